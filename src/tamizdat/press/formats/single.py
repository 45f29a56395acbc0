"""Write an edition as one page that needs nothing beside it."""

import base64
from html import escape
from pathlib import Path

from tamizdat.edition.pages.directed import directed_line
from tamizdat.edition.wording import wording
from tamizdat.press.formats.drafts import Draft
from tamizdat.press.formats.paper import Chapter, Paper
from tamizdat.press.formats.setting import (
    Rules,
    facts_of,
    heading_ids,
    notice_of,
    set_article,
    style,
    title_of,
    trust_of,
    written,
)

JPEG = ".jpg"  # what every reading program shows


def write_single(
    paper: Paper, chapters: list[Chapter], path: Path, *, pictures: bool
) -> Draft:
    """Write the stories as one page, with or without pictures."""
    names = heading_ids(chapters)
    rules = Rules(
        link={where: f"#{name}" for where, name in names.items()}.get,
        picture=lambda where: _inlined(paper, where) if pictures else None,
        prefix=True,
    )
    head, end = _head(paper), "<!--\n"
    notice = notice_of(paper, rules)
    notice.set("id", "notice")
    parts = [head, _contents(paper, chapters, names, title_of(notice))]
    for one in chapters:
        article = set_article(one.article, one.path, rules)
        article.set("id", names[one.path])
        article.set("data-salt", one.salt)
        parts.append(written(article))
    parts += [
        written(notice),
        written(trust_of(paper, rules)),
        "</body>\n</html>\n",
        end,
    ]
    content = "".join(parts).encode()
    path.write_bytes(content + bytes(paper.basis.seal) + b"-->\n")
    return Draft(path, (len(content), paper.basis.seal))


def _head(paper: Paper) -> str:
    cover = paper.cover
    facts = "<br>".join(map(escape, facts_of(paper)))
    css = style(cover.language, scrolls=True)
    return (
        "<!doctype html>\n"
        f'<html lang="{cover.language}" dir="{cover.direction}"><head>'
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="referrer" content="no-referrer">'
        '<link rel="icon" href="data:,">'
        f"<title>{escape(cover.name)}</title>"
        f"<style>:root{{color-scheme:light dark}}{css}</style></head>\n"
        f"<body><h1>{escape(cover.name)}</h1><p>{facts}</p>\n"
    )


def _contents(
    paper: Paper, chapters: list[Chapter], names: dict[str, str], notice: str
) -> str:
    rows = f'<li><a href="#notice">{escape(notice)}</a></li>'
    way = paper.cover.direction
    rows += "".join(
        f'<li><a href="#{names[one.path]}">'
        f"{directed_line(one.headline, way, one.foreign)}</a></li>"
        for one in chapters
    )
    title = wording(paper.cover.language).plain["newest"]
    return f"<nav><h2>{escape(title)}</h2><ul>{rows}</ul></nav>\n"


def _inlined(paper: Paper, where: str) -> str | None:
    if not where.endswith(JPEG):
        return None
    content = base64.b64encode(paper.content(where)).decode()
    return f"data:image/jpeg;base64,{content}"
