"""Write letters, each with its marks, as text and nested marks.

Decides how marks that cross are cut, and where an address goes that nothing can carry.
Pure: no Django, no disk.

Source: spec/story-document.md, `tamizdat.marks`.
"""

from collections.abc import Iterator
from typing import Any

from tamizdat.newsroom.richtext import LINK

EDGES = " \t\r\n\f"
NOTHING = EDGES + "\u00a0\u200b\ufeff"

# A letter, whether it is bold and italic, where it links to, its language if another.
Letters = list[tuple[str, bool, bool, str | None, str | None]]
_END = ("", False, False, None, None)


def stripped(letters: Letters) -> Letters:
    """Leave out blanks at both ends; a part of blanks alone is empty."""
    if all(letter[0] in NOTHING for letter in letters):
        return []
    first = next(n for n, one in enumerate(letters) if one[0] not in EDGES)
    last = next(n for n, one in enumerate(reversed(letters)) if one[0] not in EDGES)
    return letters[first : len(letters) - last]


def flat(letters: Letters) -> str:
    """Write a part that carries no marks: where a link leads stands behind it."""
    out, link = "", None
    for letter, _, _, href, _ in [*stripped(letters), _END]:
        if href != link:
            out += _told(out, link)
            link = href
        out += letter
    return out


def _told(text: str, href: str | None) -> str:
    if href is None:
        return ""
    bare = href.removeprefix("mailto:")
    return "" if text.endswith(bare) else f" ({bare})"


def paragraph(letters: Letters) -> dict[str, Any]:
    """Write a paragraph as a story document has it: text and nested marks."""
    letters = _with_addresses(stripped(letters))
    marks = [
        *_runs("language", _languages(letters), []),
        *_runs("link", [one[3] for one in letters], []),
        *_runs("strong", [one[1] or None for one in letters], [3], letters),
        *_runs("em", [one[2] or None for one in letters], [3, 1], letters),
    ]
    rank = {"language": 0, "link": 1, "strong": 2, "em": 3}
    marks.sort(key=lambda mark: (mark["from"], rank[mark["kind"]]))
    text = "".join(one[0] for one in letters)
    return {"kind": "paragraph", "text": text, "marks": marks}


def _languages(letters: Letters) -> list[str | None]:
    """Give the language of each letter; blanks around a passage are not of it."""
    found = [one[4] for one in letters]
    places = range(len(found))
    for order in (places, reversed(places)):
        beside = None
        for at in order:
            if letters[at][0] in NOTHING and found[at] != beside:
                found[at] = None
            beside = found[at]
    return found


def _with_addresses(letters: Letters) -> Letters:
    """Write out addresses that a paragraph cannot link to."""
    out: Letters = []
    link: str | None = None
    for one in [*letters, _END]:
        if one[3] != link:
            if link is not None and not LINK.fullmatch(link):
                text = "".join(letter[0] for letter in out)
                out += [(t, False, False, None, None) for t in _told(text, link)]
            link = one[3]
        keeps = one[3] if one[3] and LINK.fullmatch(one[3]) else None
        if one[0]:
            out.append((one[0], one[1], one[2], keeps, one[4]))
    return out


def _runs(
    kind: str, values: list[Any], edges: list[int], letters: Letters | None = None
) -> Iterator[dict[str, Any]]:
    """List stretches of one value, cut where an outer mark begins or ends."""
    start = 0
    for at in range(1, len(values) + 1):
        if at < len(values) and values[at] == values[start]:
            pair = (letters[at - 1], letters[at]) if letters else None
            if pair is None or all(pair[0][n] == pair[1][n] for n in edges):
                continue
        if values and values[start] is not None:
            mark: dict[str, Any] = {"kind": kind, "from": start, "to": at}
            said = {"link": "href", "language": "language"}.get(kind)
            yield mark | ({said: values[start]} if said else {})
        start = at
