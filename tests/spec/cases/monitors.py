"""Vectors for a monitor: whole mirrors on which an article changed, told or in silence.

Each is signed and verifies for a reader; what is wrong is that nobody said so.
"""

from collections.abc import Iterator
from typing import Any

from spec.cases import trusts
from spec.cases.mirrors import sent
from spec.cases.printed import ARTICLE, FIRST, FRONT, SECOND, Files, page, printed, sha
from spec.cases.vector import Series, Vector
from tamizdat.edition.releases import line_hash

_SERIES = Series("mirror", "mirror.monitor")
_ONE = "right-to-know 1 publish 2026-11-20T09:00:00Z - -\n"
_HEAD = "tamizdat-releases/1\n"
_LINES = "releases/1"
_SILENT = {**SECOND, FRONT: FIRST[FRONT]}  # the article alone has other words
_OTHER = "a/2026-11/21/other.html"


def _line(number: int, kind: str, before: str | None) -> str:
    previous = line_hash(before) if before else "-"
    return f"right-to-know {number} {kind} 2026-11-24T06:30:00Z - {previous}\n"


_TWO = _line(2, "update", _ONE)


def _paper(paper: Files, *lines: str) -> Files:
    """Give a paper these release lines, or none at all."""
    rest = {path: content for path, content in paper.items() if path != _LINES}
    return {**rest, _LINES: (_HEAD + "".join(lines)).encode()} if lines else rest


_Row = tuple[str, str, list[Files], dict[str, Any]]


def vectors() -> Iterator[Vector]:
    """Make every vector of what a monitor finds."""
    first, told = _paper(FIRST, _ONE), _paper(SECOND, _TWO)
    for name, why, papers, found in (*_edits(first, told), *_lines(first)):
        yield _SERIES.ok(f"monitor-{name}", why, _given(papers), _result(papers, found))


def _edits(first: Files, told: Files) -> list[_Row]:
    silent, quiet = _paper(_SILENT), _paper(FIRST)
    taken = _paper({path: FIRST[path] for path in FIRST if path != ARTICLE})
    added = _paper({**FIRST, _OTHER: page("Nobody said so.")})
    return [
        ("told", "A change has its line.", [first, told], {}),
        ("quiet", "A heartbeat changes nothing and has no lines.", [first, quiet], {}),
        ("quiet-between", "Lines go on after it.", [first, quiet, told], {}),
        (
            "silent-edit",
            "An article was changed without its release line, signed.",
            [first, silent],
            {"silent": [2]},
        ),
        (
            "silent-edit-reverted",
            "The edition seen last and the newest one are equal.",
            [first, silent, quiet],
            {"silent": [2, 3]},
        ),
        (
            "silent-edit-covered",
            "A told change on top hides nothing.",
            [first, silent, _paper({**SECOND, ARTICLE: page("More.")}, _TWO)],
            {"silent": [2]},
        ),
        ("silently-gone", "An article went.", [first, taken], {"silent": [2]}),
        (
            "silently-added",
            "An article came.",
            [first, added],
            {"silent": [2], "article": "other"},
        ),
    ]


def _lines(first: Files) -> list[_Row]:
    forged = _paper(SECOND, _line(2, "update", _TWO))
    again = _paper(SECOND, _ONE)
    late = _paper(SECOND, _line(3, "update", _TWO))
    return [
        ("line-forged", "It names another line.", [first, forged], {"broken": True}),
        ("line-repeated", "A line came before.", [first, again], {"broken": True}),
        ("line-skipped", "Release 2 has none.", [first, late], {"broken": True}),
    ]


def _given(papers: list[Files]) -> dict[str, Any]:
    press = printed(*papers)
    fingerprint = sha(trusts.first())
    return {"fingerprint": fingerprint, "files": sent(press.files), "number": 1}


def _result(papers: list[Files], found: dict[str, Any]) -> dict[str, Any]:
    article = found.get("article", "right-to-know")
    return {
        "edition": len(papers),
        "explained": not found,
        "silent": {article: found["silent"]} if "silent" in found else {},
        "broken": [article] if "broken" in found else [],
    }
