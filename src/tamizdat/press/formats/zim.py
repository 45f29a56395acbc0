"""Write an edition as a library: ZIM, with pictures and a full-text index.

libzim gives each file a UUID of chance, and so does Xapian to each index in it; both
are put to UUIDs of the edition, and the checksum at the end to that of the result. So
two runs give the same bytes.

Source: openZIM, "ZIM file format" (header, checksum), "Tags"; Xapian, glass_version.cc
(where an index has its UUID); spec/offline.md.
"""

import base64
import hashlib
import mmap
import os
import re
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tamizdat.edition.blocks import Foreign
from tamizdat.edition.folding import mistyped, typed
from tamizdat.edition.pages.directed import directed_line
from tamizdat.edition.wording import wording
from tamizdat.press.errors import FormatError
from tamizdat.press.formats.drafts import Draft
from tamizdat.press.formats.epub import NAMES
from tamizdat.press.formats.iso639 import three_letters
from tamizdat.press.formats.paper import Chapter, Paper
from tamizdat.press.formats.setting import (
    Rules,
    facts_of,
    notice_of,
    set_article,
    style,
    title_of,
    trust_of,
    written,
)
from tamizdat.press.formats.single import JPEG

if TYPE_CHECKING:
    from libzim.writer import Creator

SEAL = "tamizdat/seal.txt"
_UUID_AT, _UUID_BYTES = 8, 16  # in the header of a ZIM
_MD5_BYTES = 16
_INDEX = b"\x0f\x0dXapian Glass"  # how an index begins; 2 bytes of version, then UUID
_INDEX_UUID = len(_INDEX) + 2
_TAGS = "_ftindex:yes;_pictures:{};_videos:no;_details:yes"  # for catalogues
_SIGN = base64.b64decode(  # a sheet of print, for shelves: PNG, 48 px
    "iVBORw0KGgoAAAANSUhEUgAAADAAAAAwAQAAAAB/ecQqAAAAL0lEQVR42mP4DwYMWKl/DEBQD6fq////"
    "h4uqYGCQI0Dh047VlIFVgkqhhASeMAMAdmPDBImQcqwAAAAASUVORK5CYII="
)
_SIGN_PX = 48  # the size that catalogues ask for
_LISTED = 400  # stories of a page of the contents
_LONG_WORD = re.compile(r"(\S{60})\S+")  # Xapian takes no word above 245 bytes


def write_zim(
    paper: Paper, paths: Iterable[str], path: Path, since: int | None = None
) -> Draft:
    """Write stories as a library.

    Args:
        paper: the edition.
        paths: of the stories, newest day first.
        path: of the file.
        since: number of the base edition, of an increment.

    Raises:
        FormatError: libzim is not installed, or fails.
    """
    path.unlink(missing_ok=True)
    library = _Library(paper, paths, since)
    try:
        from libzim.writer import Creator  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise FormatError("a ZIM needs libzim: pip install 'tamizdat[zim]'") from error
    try:
        creator = Creator(path).config_nbworkers(1).set_mainpath("index.html")
        creator.config_indexing(True, library.code)  # noqa: FBT003 - it has no name
        with _quiet(), creator:
            library.write(creator)
    except RuntimeError as error:
        raise FormatError(f"{path.name}: {error}") from error
    return _settled(path, paper, library.mark)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what libzim says from whoever reads our own words."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


class _Row(NamedTuple):
    """A line of the contents. `day`: ISO, the one that the story's page shows."""

    day: str
    time: datetime
    path: str
    headline: str
    foreign: tuple[Foreign, ...]


class _Library:
    """What a ZIM holds. `mark`: bytes by which the place of its seal is found."""

    def __init__(self, paper: Paper, paths: Iterable[str], since: int | None) -> None:
        self._paper, self._since = paper, since
        self._paths = list(paths)
        self._inside = frozenset(self._paths)
        self.code = three_letters(paper.cover.language)
        self.mark = hashlib.sha512(f"{paper.basis.leaf} {since}".encode()).digest()
        self._pictures: dict[str, None] = {}
        self._rows: list[_Row] = []

    def write(self, creator: "Creator") -> None:
        """Write every entry, in one order."""
        paper = self._paper
        css = style(paper.cover.language, scrolls=True).encode()
        creator.add_item(_item("style.css", "", "text/css", css))
        for one in self._paper.chapters(self._paths):
            day = one.published.date().isoformat()
            self._rows.append(_Row(day, *one.place, one.headline, one.foreign))
            creator.add_item(self._story(one))
            self._title_again(creator, one)
        for where in sorted(self._pictures):
            content = paper.content(where)
            creator.add_item(_item(where, "", "image/jpeg", content, packed=False))
        for name, value in sorted(self._metadata().items()):
            creator.add_metadata(name, value)
        creator.add_illustration(_SIGN_PX, _SIGN)
        for name, make in (("notice.html", notice_of), ("trust.html", trust_of)):
            article = make(paper, self._rules(name))
            title = title_of(article) or name
            page, told = self._page(name, title, written(article)), self._told(article)
            creator.add_item(_item(name, title, "text/html", page, told=told))
        for name, page in self._contents():
            title = paper.cover.name
            creator.add_item(_item(name, title, "text/html", page))
        seal = self.mark + bytes(paper.basis.seal - len(self.mark))
        creator.add_item(_item(SEAL, "", "text/plain", seal, packed=False))

    def _title_again(self, creator: "Creator", one: Chapter) -> None:
        """Lead to a story from its title as others type it, to be suggested."""
        from libzim.writer import Hint  # noqa: PLC0415 - as below

        title = mistyped(one.headline, self._paper.cover.language)
        if title:
            told = {Hint.FRONT_ARTICLE: True}
            creator.add_redirection(f"typed/{one.path}", title, one.path, told)

    def _metadata(self) -> dict[str, str]:
        basis, cover = self._paper.basis, self._paper.cover
        since = "" if self._since is None else f"-since-{self._since}"
        return {
            "Title": cover.name[:30],
            "Description": " – ".join(facts_of(self._paper))[:80],  # noqa: RUF001
            "Language": self.code,
            "Name": f"{basis.service}{since}",
            "Creator": cover.name,
            "Publisher": "Tamizdat",
            "Date": f"{basis.time:%Y-%m-%d}",
            "Tags": _TAGS.format("yes" if self._pictures else "no"),
        }

    def _rules(self, path: str) -> Rules:
        up = "../" * path.count("/")
        return Rules(
            link=lambda where: f"{up}{where}" if where in self._inside else None,
            picture=lambda where: self._picture(where, up),
        )

    def _picture(self, where: str, up: str) -> str | None:
        if not where.endswith(JPEG):
            return None
        self._pictures[where] = None
        return f"{up}{where}"

    def _story(self, one: Chapter) -> Any:
        article = set_article(one.article, one.path, self._rules(one.path))
        article.set("data-salt", one.salt)
        page = self._page(one.path, one.headline, written(article))
        told = self._told(article)
        return _item(one.path, one.headline, "text/html", page, told=told)

    def _told(self, article: Any) -> str:
        """Give the words of an article as they may be typed to find it."""
        text = " ".join(" ".join(article.itertext()).split())
        return typed(text, self._paper.cover.language)

    def _page(self, path: str, title: str, body: str) -> bytes:
        cover, up = self._paper.cover, "../" * path.count("/")
        home = f'<p><a href="{up}index.html">{escape(cover.name)}</a></p>'
        return (
            f'<!doctype html>\n<html lang="{cover.language}" dir="{cover.direction}">'
            f'<head><meta charset="utf-8"><title>{escape(title)}</title>'
            '<meta name="viewport" content="width=device-width">'
            f'<link rel="stylesheet" href="{up}style.css"></head>'
            f"<body>{home}{body}</body></html>\n"
        ).encode()

    def _contents(self) -> Iterator[tuple[str, bytes]]:
        """List the stories by day, newest first, on as many pages as they need."""
        rows, called = sorted(self._rows, reverse=True), self._paper.days()
        pages = [rows[at : at + _LISTED] for at in range(0, len(rows), _LISTED)]
        for number, some in enumerate(pages or [[]], 1):
            name, title = _contents_name(number), self._paper.cover.name
            more = _contents_name(number + 1) if number < len(pages) else None
            yield name, self._page(name, title, self._listed(some, called, more))

    def _listed(
        self, rows: list[_Row], called: dict[str, str], more: str | None
    ) -> str:
        words = wording(self._paper.cover.language).plain
        parts = [f"<p>{'<br>'.join(map(escape, facts_of(self._paper)))}</p>"]
        parts.append(
            f'<p><a href="notice.html">{escape(words["notice_page_title"])}</a> ·'
            f' <a href="trust.html">{escape(words["trust"])}</a></p>'
        )
        last, way = "", self._paper.cover.direction
        for day, _time, path, headline, foreign in rows:
            if day != last:
                parts.append(f"<h2>{escape(called.get(day, day))}</h2>")
                last = day
            line = directed_line(headline, way, foreign)
            parts.append(f'<p><a href="{path}">{line}</a></p>')
        if more:
            parts.append(f'<p><a href="{more}">{escape(words["older"])}</a></p>')
        return "".join(parts)


def _contents_name(number: int) -> str:
    return "index.html" if number == 1 else f"index.{number}.html"


def _item(  # noqa: PLR0913 - what libzim wants to know of an entry
    path: str,
    title: str,
    kind: str,
    content: bytes,
    *,
    packed: bool = True,
    told: str = "",
) -> Any:
    """Make an entry. `told`: words by which a search finds it; none for no search."""
    from libzim.writer import Hint, Item, StringProvider  # noqa: PLC0415 - as above

    class Entry(Item):
        def get_path(self) -> str:
            return path

        def get_title(self) -> str:
            return _LONG_WORD.sub(r"\1…", title)

        def get_mimetype(self) -> str:
            return kind

        def get_contentprovider(self) -> Any:
            return StringProvider(content)

        def get_indexdata(self) -> Any:
            return _words(title, told)

        def get_hints(self) -> dict[Any, bool]:
            front = bool(told)
            return {Hint.FRONT_ARTICLE: front, Hint.COMPRESS: packed}

    return Entry()


def _words(title: str, told: str) -> Any:
    """Say what an entry is found by; libzim's own reading takes marks off letters.

    Programs that take none off what is typed would then find no word that has one.
    """
    from libzim.writer import IndexData  # noqa: PLC0415 - as above

    class Told(IndexData):
        def has_indexdata(self) -> bool:
            return bool(told)

        def get_title(self) -> str:
            return title

        def get_content(self) -> str:
            return told

        def get_keywords(self) -> str:
            return ""

        def get_wordcount(self) -> int:
            return told.count(" ") + 1

    return Told()


def _settled(path: Path, paper: Paper, mark: bytes) -> Draft:
    """Put UUIDs of the edition in place of those of chance, zeros for the checksum."""
    name = f"{paper.basis.leaf}\n{path.name}"
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as content:
        content[_UUID_AT : _UUID_AT + _UUID_BYTES] = uuid.uuid5(NAMES, name).bytes
        at = content.find(_INDEX)
        while at >= 0:
            number = uuid.uuid5(NAMES, f"{name}\n{at}").bytes
            content[at + _INDEX_UUID : at + _INDEX_UUID + _UUID_BYTES] = number
            at = content.find(_INDEX, at + 1)
        seal = content.find(mark)
        if seal < 0:
            raise FormatError(f"{path.name}: libzim packed the seal all the same")
        content[seal : seal + len(mark)] = bytes(len(mark))
        md5 = len(content) - _MD5_BYTES
        content[md5:] = bytes(_MD5_BYTES)
        content.flush()
    return Draft(path, (seal, paper.basis.seal), md5=md5)
