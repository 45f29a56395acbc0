"""Write an edition as plain text."""

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
    trust_of,
)

_RULE = "=" * 24


def write_plain(paper: Paper, chapters: list[Chapter], path: Path) -> Draft:
    """Write the stories one after another, the newest first."""
    rules = Rules(link=lambda _path: None, picture=lambda _path: None)
    words = wording(paper.cover.language).plain
    parts: list[Iterable[str]] = [[paper.cover.name, *facts_of(paper)]]
    parts += [[words["newest"], "", *(f"- {one.headline}" for one in chapters)]]
    for one in chapters:
        article = set_article(one.article, one.path, rules)
        parts.append([*lines_of(article), f"({one.salt})"])
    parts += [lines_of(notice_of(paper, rules)), lines_of(trust_of(paper, rules))]
    text = f"\n{_RULE}\n\n".join("\n".join(_tidy(list(part))) + "\n" for part in parts)
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
