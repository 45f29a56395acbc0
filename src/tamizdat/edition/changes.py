"""Freeze what a release changed, and read it back.

Decides with which earlier release one is compared, how much of a difference stands in a
story document, and which changes a document may hold. Whose words differ is found by
`compare`; what a reader sees of a story is for `pages.texts`.

Source: spec/story-document.md, "What a release changed".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from tamizdat.edition.blocks import body_lines
from tamizdat.edition.compare import (
    ADDED,
    CUT,
    KEPT,
    OMITTED,
    REMOVED,
    Run,
    compare,
    excerpt,
)
from tamizdat.edition.fields import Fields
from tamizdat.edition.stories import Change, Release, Story, standing_after
from tamizdat.edition.withdrawals import KINDS

PARTS = (  # in the order in which they stand
    "kicker",
    "headline",
    "caption",
    "standfirst",
    "dateline",
    "body",
    "credit",
    "byline",
    "tags",
    "related",
)
NOTICE_PARTS = ("kicker", "headline")  # all that a retracted story shows
RUN_CHARACTERS = 2_000  # of one change, as the newsroom freezes it
PART_CHARACTERS = 8_000  # of one part
PART_RUNS = 400

_KINDS = (KEPT, REMOVED, ADDED, OMITTED)


def base_of(kinds: Sequence[str], number: int, carried: Collection[int]) -> int | None:
    """Say with which release one is compared.

    Args:
        kinds: of all releases of a story, oldest first.
        number: of the release.
        carried: numbers of the releases whose text an edition carries.

    Returns:
        The number of an earlier release that readers had, None if nothing is shown.
    """
    taken = [n for n, kind in enumerate(kinds, 1) if kind in KINDS]
    if number not in carried or any(n >= number for n in taken):
        return None
    first = taken[-1] if taken else 1
    earlier = [n for n in range(number - 1, first - 1, -1) if n in carried]
    if not standing_after(kinds[:number]):
        earlier = [n for n in earlier if not standing_after(kinds[:n])]
    return earlier[0] if earlier else None


def freeze(
    old: Mapping[str, str], new: Mapping[str, str], parts: Sequence[str] = PARTS
) -> list[dict[str, Any]]:
    """Write the differences of two texts as they stand in a story document.

    Args:
        old: texts by part.
        new: the same.
        parts: those to compare, in the order of PARTS.
    """
    found = []
    for part in parts:
        before, after = old.get(part, ""), new.get(part, "")
        if before != after:
            runs = _bounded(excerpt(compare(before, after), RUN_CHARACTERS))
            rows = [{"kind": run.kind, "text": run.text} for run in runs]
            found.append({"part": part, "runs": rows})
    return found


def _bounded(runs: Sequence[Run]) -> list[Run]:
    """End a part that would be too long, with what is left out marked."""
    found: list[Run] = []
    left = PART_CHARACTERS - len(CUT)
    for run in runs:
        if len(run.text) > left or len(found) >= PART_RUNS - 1:
            break
        found.append(run)
        left -= len(run.text)
    whole = len(found) == len(runs) or found[-1].kind == OMITTED
    return found if whole else [*found, Run(OMITTED, CUT)]


def read_changes(release: Fields) -> tuple[Change, ...] | None:
    """Read the changes of one release.

    Raises:
        StoryError: not of the form of spec/story-document.md.
    """
    if release.absent("changes"):
        return None
    found: list[Change] = []
    for entry in release.each("changes", most=len(PARTS)):
        part = entry.word("part", PARTS)
        if found and PARTS.index(part) <= PARTS.index(found[-1].part):
            entry.fail("part", f"expected each once, in the order {', '.join(PARTS)}")
        found.append(Change(part, _runs(entry)))
        entry.done()
    return tuple(found)


def _runs(entry: Fields) -> tuple[Run, ...]:
    runs = tuple(_run(one) for one in entry.each("runs", most=PART_RUNS))
    if sum(len(run.text) for run in runs) > PART_CHARACTERS:
        entry.fail("runs", f"expected at most {PART_CHARACTERS} characters")
    if any(one.kind == other.kind for one, other in pairwise(runs)):
        entry.fail("runs", "expected neighbours of different kinds")
    if not any(run.kind in (REMOVED, ADDED) for run in runs):
        entry.fail("runs", "expected something removed or added")
    return runs


def _run(fields: Fields) -> Run:
    run = Run(fields.word("kind", _KINDS), fields.lines("text", PART_CHARACTERS))
    if run.kind == OMITTED and run.text != CUT:
        fields.fail("text", f"expected {CUT} in place of what is omitted")
    fields.done()
    return run


def check_ledger(ours: Fields, releases: Sequence[Release]) -> None:
    """Check that changes stand only where there can be any.

    Args:
        ours: the object that holds the ledger, for messages.
        releases: of a story, oldest first.

    Raises:
        StoryError: a release has changes and may have none, or others than these.
    """
    kinds = [release.kind for release in releases]
    for number, release in enumerate(releases, 1):
        if release.changes is None:
            if release.foreign:
                place = f"releases[{number - 1}].foreign"
                ours.fail(place, "expected none where no changes stand")
            continue
        place = f"releases[{number - 1}].changes"
        if number == 1:
            ours.fail(place, "the first release changed nothing")
        if any(kind in KINDS for kind in kinds[number - 1 :]):
            ours.fail(place, "expected null up to a redaction or a withdrawal")
        others = {change.part for change in release.changes} - set(NOTICE_PARTS)
        if others and standing_after(kinds[:number]):
            ours.fail(place, f"a story taken down changes no {min(others)}")


def check_newest(ours: Fields, story: Story) -> None:
    """Check that what the newest release kept and added stands in the story.

    Raises:
        StoryError: it shows words that the story does not have.
    """
    place = f"releases[{len(story.releases) - 1}].changes"
    texts = {
        "headline": story.headline,
        "standfirst": story.standfirst or "",
        "body": "\n".join(body_lines(story.body)),
    }
    for change in story.release.changes or ():
        text = texts.get(change.part)
        if text is not None and not _stands(change.runs, text):
            ours.fail(place, f"the {change.part} of the story has other words")


def _stands(runs: Iterable[Run], text: str) -> bool:
    """Tell whether kept and added runs are a text, but for what is omitted."""
    first, *others = _stretches(runs)
    if not others:
        return text == first
    if not text.startswith(first):
        return False
    at, last = len(first), others.pop()
    for words in others:
        found = text.find(words, at)
        if found < 0:
            return False
        at = found + len(words)
    return text.endswith(last) and len(text) - len(last) >= at


def _stretches(runs: Iterable[Run]) -> list[str]:
    """Join what stands in the text now, from each omission to the next."""
    found, last = [""], ""
    for run in runs:
        if run.kind == OMITTED:
            found += [""] if last != REMOVED else []
        elif run.kind != REMOVED:
            found[-1] += run.text
        last = run.kind
    return [*found, ""] if last == OMITTED else found
