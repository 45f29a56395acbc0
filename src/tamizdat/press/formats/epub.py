"""Write an edition as a book: EPUB 3.

Nothing in it depends on a clock: a ZIP's times are its first possible ones.

Source: EPUB 3.2 (Open Container Format, Packages, Content Documents); EPUB
Accessibility 1.1; PKWARE APPNOTE 6.3, sections 4.3.7 and 4.3.12 for where checksums
stand.
"""

import uuid
import zipfile
from html import escape
from pathlib import Path

from tamizdat.edition.pages.directed import directed_line
from tamizdat.edition.statement import write_time
from tamizdat.edition.wording import wording
from tamizdat.press.formats.drafts import Draft
from tamizdat.press.formats.paper import Chapter, Paper
from tamizdat.press.formats.setting import (
    Rules,
    facts_of,
    notice_of,
    set_article,
    style,
    title_of,
    trust_of,
    written_xml,
)
from tamizdat.press.formats.single import JPEG

SEAL = "META-INF/tamizdat.txt"
NAMES = uuid.UUID("6f1c1d0e-6a0b-4b7e-9d59-0c2f3b8f7a41")  # as for feeds
_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
_CRC_LOCAL, _CRC_CENTRAL = 14, 16  # offsets of the checksum in a header
_CENTRAL = b"PK\x01\x02"
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="book/package.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


def write_epub(paper: Paper, chapters: list[Chapter], path: Path) -> Draft:
    """Write the stories as chapters, with their pictures."""
    book = _Book(paper, chapters, path.name)
    files = book.files()
    with zipfile.ZipFile(path, "w") as archive:
        _put(archive, "mimetype", b"application/epub+zip", packed=False)
        _put(archive, "META-INF/container.xml", _CONTAINER.encode())
        _put(archive, SEAL, bytes(paper.basis.seal), packed=False)
        for name, content in files.items():
            _put(archive, f"book/{name}", content, packed=not name.endswith(JPEG))
    return _blanked(path, paper.basis.seal)


def _put(
    archive: zipfile.ZipFile, name: str, content: bytes, *, packed: bool = True
) -> None:
    """Put a file into a ZIP, with no time and no owner."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    archive.writestr(info, content, compresslevel=9 if packed else None)


def _blanked(path: Path, size: int) -> Draft:
    """Put zeros in place of the checksums of the seal."""
    with zipfile.ZipFile(path) as archive:
        info, start = archive.getinfo(SEAL), archive.start_dir
    content = bytearray(path.read_bytes())
    local, name = info.header_offset, SEAL.encode()
    central = content.index(name, start) - 46
    if content[central : central + 4] != _CENTRAL:
        raise ValueError(f"{path.name}: no entry of the seal in its directory")
    seal = local + 30 + len(name)
    crcs = (local + _CRC_LOCAL, central + _CRC_CENTRAL)
    for at in crcs:
        content[at : at + 4] = bytes(4)
    path.write_bytes(content)
    return Draft(path, (seal, size), crcs)


class _Book:
    """The files of a book."""

    def __init__(self, paper: Paper, chapters: list[Chapter], name: str) -> None:
        self._paper, self._cover = paper, paper.cover
        self._chapters = chapters
        self._uuid = uuid.uuid5(NAMES, f"{paper.basis.leaf}\n{name}")
        self._words = wording(paper.cover.language).plain
        self._pictures: dict[str, bytes] = {}
        pairs = enumerate(chapters, 1)
        self._names = {one.path: f"s{number}.xhtml" for number, one in pairs}
        self._rules = Rules(link=self._names.get, picture=self._picture)

    def _picture(self, where: str) -> str | None:
        if not where.endswith(JPEG):
            return None
        name = where.rpartition("/")[2]
        self._pictures[name] = self._paper.content(where)
        return name

    def files(self) -> dict[str, bytes]:
        """Give every file of the book by its name, package first."""
        paper, rules = self._paper, self._rules
        notice, trust = notice_of(paper, rules), trust_of(paper, rules)
        pages = {"title.xhtml": self._title(title_of(notice))}
        for one in self._chapters:
            article = set_article(one.article, one.path, rules)
            name = self._names[one.path]
            pages[name] = self._page(one.headline, written_xml(article), one.salt)
        pages["notice.xhtml"] = self._page(title_of(notice), written_xml(notice))
        pages["trust.xhtml"] = self._page(title_of(trust), written_xml(trust))
        titles = {"notice.xhtml": title_of(notice), "trust.xhtml": title_of(trust)}
        found = {"nav.xhtml": self._nav(titles), **pages}
        texts = {name: text.encode() for name, text in found.items()}
        package = self._package([*pages]).encode()
        css = f"{style(self._cover.language, scrolls=False)}\n".encode()
        return {"package.opf": package, **texts, "style.css": css, **self._pictures}

    def _page(self, title: str, body: str, salt: str = "") -> str:
        cover = self._cover
        noted = f'<meta name="salt" content="{salt}"/>' if salt else ""
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
            f'<html xmlns="{_XHTML}" xmlns:epub="{_OPS}" lang="{cover.language}"'
            f' xml:lang="{cover.language}" dir="{cover.direction}"><head>'
            f"<title>{escape(title)}</title>{noted}"
            '<link rel="stylesheet" type="text/css" href="style.css"/></head>'
            f"<body>{body}</body></html>\n"
        )

    def _title(self, notice: str) -> str:
        facts = "<br/>".join(map(escape, facts_of(self._paper)))
        name, more = escape(self._cover.name), escape(notice)
        body = f'<h1>{name}</h1><p>{facts}</p><p><a href="notice.xhtml">{more}</a></p>'
        return self._page(self._cover.name, body)

    def _nav(self, ends: dict[str, str]) -> str:
        way = self._cover.direction
        lines = {
            self._names[one.path]: directed_line(one.headline, way, one.foreign)
            for one in self._chapters
        }
        lines |= {name: directed_line(title, way) for name, title in ends.items()}
        rows = "".join(
            f'<li><a href="{name}">{line}</a></li>' for name, line in lines.items()
        )
        title = self._words["newest"]
        return self._page(
            title,
            f'<nav epub:type="toc"><h1>{escape(title)}</h1><ol>{rows}</ol></nav>',
        )

    def _access(self) -> str:
        """Say how the book can be read: libraries of readers who do not see ask."""
        looked = [("accessMode", "visual")] if self._pictures else []
        pairs = [("accessMode", "textual"), *looked, *_ACCESS]
        return "".join(
            f'<meta property="schema:{name}">{value}</meta>' for name, value in pairs
        )

    def _package(self, pages: list[str]) -> str:
        cover, number = self._cover, self._paper.basis.number
        items = [f'<item id="{_id(name)}" href="{name}"{_XML}/>' for name in pages]
        items += [
            f'<item id="{_id(name)}" href="{name}" media-type="image/jpeg"/>'
            for name in self._pictures
        ]
        order = "".join(f'<itemref idref="{_id(name)}"/>' for name in pages)
        signed = write_time(self._paper.signed)
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
            f' unique-identifier="id" xml:lang="{cover.language}"'
            f' dir="{cover.direction}"><metadata'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:identifier id="id">{self._uuid.urn}</dc:identifier>'
            f"<dc:title>{escape(cover.name)} {number}</dc:title>"
            f"<dc:language>{cover.language}</dc:language>"
            f"<dc:creator>{escape(cover.name)}</dc:creator>"
            f"<dc:date>{signed}</dc:date>"
            f'<meta property="dcterms:modified">{signed}</meta>'
            f"{self._access()}</metadata><manifest>"
            f'<item id="nav" href="nav.xhtml" properties="nav"{_XML}/>'
            '<item id="style" href="style.css" media-type="text/css"/>'
            f"{''.join(items)}</manifest>"
            f'<spine page-progression-direction="{cover.direction}">{order}</spine>'
            "</package>\n"
        )


_ACCESS = (  # EPUB Accessibility 1.1, section 2
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
)
_XML = ' media-type="application/xhtml+xml"'


def _id(name: str) -> str:
    return f"f-{name.partition('.')[0]}"
