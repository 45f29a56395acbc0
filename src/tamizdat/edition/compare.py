"""Say word by word what differs between two texts.

Decides what counts as a word and how a difference is written in one line. Whose texts
they are, and whether their words may be shown at all, is for others.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from tamizdat.edition.cuts import beginning

KEPT, REMOVED, ADDED, OMITTED = "kept", "removed", "added", "omitted"
CUT = "…"  # the text of what is omitted

_PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")
_MOST = 4_000_000  # pairs of words compared; beyond, one text replaces the other
_AROUND = 40  # characters of what stayed, shown on each side of a change
_WIDE = 200  # the same, if the nearest word alone is longer
_CLIP = 300  # characters shown of one change
_SPACE, _WORD, _SIGN = range(3)


class Run(NamedTuple):
    """A stretch of text. `kind`: kept, removed or added; omitted in an excerpt."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Run]:
    """Compare two texts, paragraph by paragraph and then word by word.

    Args:
        old: paragraphs parted by line feeds.
        new: the same.

    Returns:
        Runs none of which is empty, neighbours of different kinds. Those kept and
        removed are the old text; those kept and added are the new one.
    """
    return list(_joined(_runs(old, new)))


def _runs(old: str, new: str) -> Iterator[Run]:
    for same, before, after in _aligned(paragraphs(old), paragraphs(new)):
        if same:
            yield Run(KEPT, before)
            continue
        for kept, left, right in _aligned(words(before), words(after)):
            yield from [Run(KEPT, left)] if kept else _replaced(left, right)


def paragraphs(text: str) -> list[str]:
    """Cut a text after each line feed."""
    return _PARAGRAPH.findall(text)


def words(text: str) -> list[str]:
    """Cut a text into words and signs, each with the space in front of it."""
    found: list[str] = []
    last = _SIGN
    for letter in text:
        kind = _kind(letter)
        if found and (last == _SPACE or (kind == last and kind != _SIGN)):
            found[-1] += letter
        else:
            found.append(letter)
        last = kind
    return found


def _kind(letter: str) -> int:
    """Tell space, letter (with what clings to it) and sign apart in any script."""
    if letter.isspace():
        return _SPACE
    return _WORD if unicodedata.category(letter)[0] in "LMNC" else _SIGN


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    if len(old) * len(new) > _MOST:
        yield False, "".join(old), "".join(new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag == "equal", "".join(old[i1:i2]), "".join(new[j1:j2])


def _replaced(old: str, new: str) -> Iterator[Run]:
    """Show what was replaced, without the space that stands before both."""
    at = 0
    while old[at : at + 1] == new[at : at + 1] and old[at : at + 1].isspace():
        at += 1
    yield Run(KEPT, old[:at])
    yield Run(REMOVED, old[at:])
    yield Run(ADDED, new[at:])


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    last = Run(KEPT, "")
    for run in runs:
        if run.text and run.kind == last.kind:
            last = Run(run.kind, last.text + run.text)
        elif run.text:
            if last.text:
                yield last
            last = run
    if last.text:
        yield last


def excerpt(runs: Iterable[Run], most: int) -> list[Run]:
    """Leave out what stayed far from any change, and the ends of long changes.

    Args:
        runs: of `compare`.
        most: characters shown of one change.

    Returns:
        Runs, an omitted one wherever something is left out: of what stayed if it comes
        first or after a kept run, of a change if it comes after that change.
    """
    whole, found = list(runs), list[Run]()
    for at, run in enumerate(whole):
        if run.kind == KEPT:
            found.extend(_near(run.text, first=at == 0, last=at == len(whole) - 1))
        elif len(run.text) > most:
            found += [Run(run.kind, beginning(run.text, most - 1)), Run(OMITTED, CUT)]
        else:
            found.append(run)
    return found


def _near(text: str, *, first: bool, last: bool) -> list[Run]:
    """Leave out the middle of what stayed, or the end that no change is near."""
    cut = words(text)
    head = "" if first else "".join(_some(cut))[:_WIDE]
    tail = "" if last else "".join(_some(cut[::-1])[::-1])[-_WIDE:]
    if len(head) + len(tail) >= len(text):
        return [Run(KEPT, text)]
    runs = (Run(KEPT, head), Run(OMITTED, CUT), Run(KEPT, tail))
    return [run for run in runs if run.text]


def _some(cut: Sequence[str]) -> list[str]:
    """Take words while they are near, at least one."""
    found = list(cut[:1])
    for word in cut[1:]:
        if sum(map(len, found)) + len(word) > _AROUND:
            break
        found.append(word)
    return found


def written(runs: Iterable[Run]) -> str:
    """Write a difference in one line: `… since [-2008-] {+2009+}, and …`.

    Of what stayed only the nearest words are shown; paragraphs are parted by ¶.
    """
    line, last = "", ""
    for before, run, after in beside(excerpt(runs, _CLIP)):
        if run.kind == KEPT:
            text = _beside_gaps(run.text, last == OMITTED, after.kind == OMITTED)
            line += behind_cut(text) if before.kind == OMITTED != last else text
        elif run.kind == OMITTED:
            line += "" if last in (REMOVED, ADDED) else CUT
        else:
            gap = " " if last == REMOVED else ""
            opens, closes = ("[-", "-]") if run.kind == REMOVED else ("{+", "+}")
            end = CUT if after.kind == OMITTED else ""
            line += f"{gap}{opens}{run.text}{end}{closes}"
        last = last if run.kind == OMITTED and last in (REMOVED, ADDED) else run.kind
    return line.replace("\n", " ¶ ")


def beside(runs: Sequence[Run]) -> Iterator[tuple[Run, Run, Run]]:
    """Give each run between those before and after it; beyond the ends an empty one."""
    nothing = Run("", "")
    return zip([nothing, *runs[:-1]], runs, [*runs[1:], nothing], strict=True)


def behind_cut(text: str) -> str:
    """Part what stayed from a change before it whose end is omitted.

    A blank went with that end, but before a sign that ends what stands there.
    """
    sign = text[0]
    closes = unicodedata.category(sign) in {"Pe", "Pf", "Po"} and sign not in "@#&"
    opens = sign == '"' and text[1:2].isalnum()
    return text if sign.isspace() or (closes and not opens) else f" {text}"


def _beside_gaps(text: str, before: bool, after: bool) -> str:  # noqa: FBT001
    """Part what stayed from an omission on either side by one space."""
    if before and text.lstrip():
        text = f" {text.lstrip()}"
    if after and text.rstrip():
        text = f"{text.rstrip()} "
    return text


def visible(text: str) -> str:
    """Show what cannot be seen by its number, as `⟨U+202E⟩`."""
    return "".join(
        f"⟨U+{ord(letter):04X}⟩" if _is_unseen(letter) else letter for letter in text
    )


def _is_unseen(letter: str) -> bool:
    return letter != " " and unicodedata.category(letter)[0] in "CZ"
