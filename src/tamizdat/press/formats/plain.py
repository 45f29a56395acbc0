"""Write an edition as plain text.

Programs that show text tell from the first letter of a line which way it runs. A line
of the paper's language that begins with a letter of the other direction, or none, says
so by a mark that nobody sees.

Source: Unicode Standard Annex 9 (rules P2 and P3, "Implicit directional marks").
"""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from tamizdat.edition.wording import wording
from tamizdat.press.formats.drafts import Draft
from tamizdat.press.formats.paper import Chapter, Paper
from tamizdat.press.formats.setting import (
    Rules,
    facts_of,
    lines_of,
    notice_of,
    set_article,
    title_of,
    trust_of,
)

_RULE = "=" * 24
_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
_LETTERS = {"L": "ltr", "R": "rtl", "AL": "rtl"}  # by bidirectional class


def write_plain(paper: Paper, chapters: list[Chapter], path: Path) -> Draft:
    """Write the stories one after another, the newest first."""
    rules = Rules(link=lambda _path: None, picture=lambda _path: None)
    words = wording(paper.cover.language).plain
    notice = notice_of(paper, rules)
    listed = [title_of(notice), *(one.headline for one in chapters)]
    parts: list[Iterable[str]] = [[paper.cover.name, *facts_of(paper)]]
    parts += [[words["newest"], "", *(f"- {title}" for title in listed)]]
    for one in chapters:
        article = set_article(one.article, one.path, rules)
        parts.append([*lines_of(article), f"({one.salt})"])
    parts += [lines_of(notice), lines_of(trust_of(paper, rules))]
    runs = (_run(part, paper.cover.direction) for part in parts)
    text = f"\n{_RULE}\n\n".join("\n".join(_tidy(run)) + "\n" for run in runs)
    content = f"{text}\n{_RULE}\n\n".encode()
    path.write_bytes(content + bytes(paper.basis.seal))
    return Draft(path, (len(content), paper.basis.seal))


def _tidy(lines: list[str]) -> list[str]:
    """Leave one empty line where there were several, and none at the ends."""
    found: list[str] = []
    for line in lines:
        if line or (found and found[-1]):
            found.append(line)
    return found[:-1] if found and not found[-1] else found


def _run(lines: Iterable[str], direction: str) -> list[str]:
    """Have lines run in a direction that their first letter does not tell.

    One wholly in letters of the other direction runs as they do.
    """
    found = []
    for line in lines:
        ways = [_LETTERS.get(unicodedata.bidirectional(sign)) for sign in line]
        told = next(filter(None, ways), None)
        own = direction in ways or (told is None and direction == "rtl" and line)
        mark = _MARKS[direction] if own and told != direction else ""
        found.append(f"{mark}{line}")
    return found
