"""Open the sheet an article is printed on: what stands around it, and its head.

Decides what may stand around an article at all: the paper's name, its notice, its
links. Nothing there may load, run, hide or lie on top of anything; whether it is the
same on every article is for others.

Source: spec/releases.md, "Reprinted"; `templates/frame.html`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tamizdat.edition.dates import utc_stamp
from tamizdat.edition.drawings import PEN, SHAPES
from tamizdat.edition.errors import PageError
from tamizdat.edition.languages import direction
from tamizdat.edition.markup import plain, strange, tokens
from tamizdat.edition.pages.directed import undirected

_YEARS = (1900, 9999)  # what no press prints a time outside of
_MALFORMED = (ValueError, LookupError, TypeError, AttributeError)
_AHEAD = timedelta(hours=16)  # of UTC or behind it: no zone ever was as far
_UP = r"(?:\.\./){3}"
_HEAD = re.compile(
    r'(?P<before><!doctype html><html lang="(?P<lang>[A-Za-z0-9-]+)" dir="(?:ltr|rtl)">'
    r'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    r'<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">)'
    r"<title>(?P<title>[^<]*)</title>"
    r'<meta name="salt" content="(?P<salt>[A-Za-z0-9_-]{22})">'
    r'(?:<meta property="og:type" content="article">'
    r'<meta property="og:title" content="(?P<og>[^"<>]*)">)?'
    r'(?:<meta name="description" property="og:description"'
    r' content="(?P<summary>[^"<>]*)">)?'
    r'(?:<link rel="canonical" href="(?P<home>https://[^"<>]*)">'
    r'<meta property="og:url" content="(?P<url>[^"<>]*)">)?'
    r'(?:<meta property="og:image" content="(?P<image>https://[^"<>]*)">)?'
    r'(?:<script type="application/ld\+json">(?P<data>[^<]*)</script>)?'
    r"<style>(?P<style>[^<]*)</style>(?P<after></head><body>.*<main id=\"text\">)"
    r"<article>(?P<article>.*)</article>(?P<rest></main><footer>.*)",
    re.DOTALL,
)
_HOME = re.compile(r"(https://.+)/(a/\d{4}-\d\d/\d\d/[a-z0-9-]+\.html)")
_SOURCES = re.compile(r'<a href="(?:\.\./){4}([a-z0-9./-]+)"')
_ARTICLE = re.compile(r"a/\d{4}-\d\d/\d\d/[a-z0-9-]+\.html")
_LATER = '<header class="mast">'  # stands on every page but those
_MAST = re.compile(
    rf'<a class="name" href="{_UP}index\.html">(?:<svg.*?</svg>)?([^<]*)</a>'
)
_STORY = re.compile(r"a/\d{4}-\d\d/\d\d/([a-z0-9-]+)\..+")
_NEAR = re.compile(r'href="([^"/]*)"')  # addresses of the story's own folder
_AROUND = {  # elements of the frame, and what each may be given
    "html": (),
    "head": (),
    "body": (),
    "nav": ("class",),
    "a": ("class", "href"),
    "header": ("class",),
    "main": ("id",),
    "footer": (),
    "section": ("class", "id", "aria-labelledby"),
    "h2": ("id",),
    "p": ("class",),
    "strong": (),
    "ul": ("class",),
    "li": (),
    "span": ("lang", "dir"),
    "svg": ("viewbox", "height", "fill", "aria-hidden"),
    **{name: (*given, *PEN) for name, given in SHAPES.items()},
}
_ADDRESS = re.compile(r"[a-z0-9._/-]*(#[a-z0-9-]+)?")
_DATED = {"datePublished", "dateModified"}


@dataclass(frozen=True)
class Sheet:
    """A page without its article.

    Attributes:
        language: BCP 47 tag of the page.
        style: its stylesheet.
        frame: all that stands around the article and its head, as it is written.
        mast: the paper's name, as it stands on top.
        head: title, salt, summary and data of the article, by part.
        publisher: as the data names it, or "".
        article: markup of what stands in the article.
        later: it is not the first page of a long text.
    """

    language: str
    style: str
    frame: str
    mast: str
    head: dict[str, str]
    publisher: str
    article: str
    later: bool


def open_sheet(content: bytes, path: str) -> Sheet:
    """Part a page into its article and what stands around it.

    Raises:
        PageError: not a page of this press, or something stands there that is none of
            a paper's frame.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise PageError(f"{path}: expected a page in UTF-8") from error
    match = _HEAD.fullmatch(text)
    if match is None:
        raise PageError(f"{path}: not a page of this press")
    rest = undirected_foot(match["rest"], direction(match["lang"]), path)
    check_frame(match["after"] + rest, path)
    _check_near(match["article"], path)
    mast = _MAST.search(match["after"])
    name = plain(mast[1], path).strip() if mast else ""
    data, publisher = _data(match, name, path)
    head = dict(_head(match, path)) | ({"data": data} if data else {})
    return Sheet(
        language=match["lang"],
        style=match["style"],
        frame=_frame(match, path) + rest,
        mast=name,
        head=head,
        publisher=publisher,
        article=match["article"],
        later=_LATER not in match["after"],
    )


def undirected_foot(text: str, way: str, path: str) -> str:
    """Take what keeps letters in order out of the foot of a page.

    Args:
        text: of a page, to its end.
        way: direction of the page.
        path: of the page, for messages.

    Raises:
        PageError: not markup as the press writes it.
    """
    before, begin, rest = text.partition("<footer>")
    foot, end, after = rest.rpartition("</footer>")
    return before + undirected(begin + foot + end, way, path) + after


def _frame(match: re.Match[str], path: str) -> str:
    """Give what stands before an article, without the head that is its own."""
    style = f"<style>{match['style']}</style>"
    home = _home(match, path)
    return match["before"] + home + style + match["after"]


def _home(match: re.Match[str], path: str) -> str:
    """Read where the pages are at home: one place for all of them, or none."""
    if match["home"] is None:
        return ""
    parts = _HOME.fullmatch(match["home"])
    if parts is None or match["url"] != match["home"]:
        raise strange(path, match["home"])
    if _ARTICLE.fullmatch(path) and parts[2] != path:
        raise strange(path, parts[2])
    return f'<link rel="canonical" href="{parts[1]}">'


def check_frame(markup: str, path: str) -> None:
    """Refuse markup that has no place around an article.

    Raises:
        PageError: an element, an attribute or an address of another kind.
    """
    for token in tokens(markup, path):
        allowed = _AROUND.get(token.name, ()) if token.name else ()
        known = not token.name or token.name in _AROUND
        address = token.given.get("href", "")
        if (
            not known
            or not token.given.keys() <= set(allowed)
            or not _ADDRESS.fullmatch(address)
        ):
            raise strange(path, f"{token.name} {dict(token.given)}")


def _check_near(article: str, path: str) -> None:
    """Refuse turns, and links to notes and to what changed, of another story."""
    story = _STORY.fullmatch(path)
    for address in _NEAR.findall(article):
        own = story is None or address.partition(".")[0] == story[1]
        if not own and address[:1] != "#":
            raise strange(path, address)


def _head(match: re.Match[str], path: str) -> Iterator[tuple[str, str]]:
    title = plain(match["title"], path)
    if match["og"] is not None and plain(match["og"], path) != title:
        raise PageError(f"{path}: expected one title, found two")
    yield "title", title
    yield "salt", match["salt"]
    if match["summary"] is not None:
        yield "summary", plain(match["summary"], path)


def _data(match: re.Match[str], mast: str, path: str) -> tuple[str, str]:
    """Read the data for search engines without what the paper says of itself."""
    text, names = match["data"], _names(match, path)
    if text is None:
        return "", ""
    try:
        facts: dict[str, Any] = dict(json.loads(text))
        for key in facts.keys() & names.keys():
            if facts.pop(key) not in names[key]:
                raise strange(path, key)
        publisher = str(facts.pop("publisher")["name"])
        facts["author"] = [
            "" if _is_paper(one, {publisher, mast}) else one for one in facts["author"]
        ]
        for entry in (facts, *facts.get("correction", ())):
            for key in entry.keys() & _DATED:
                entry[key] = utc_stamp(local_of(entry[key], path))
        data = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    except (*_MALFORMED, RecursionError) as error:
        raise strange(path, text) from error
    return data, publisher


def _names(match: re.Match[str], path: str) -> dict[str, list[Any]]:
    """List what the data may name by addresses at home, and in which language it is.

    All of it stands on the page, too: what it shows and where it leads to.
    """
    home, image, article = match["home"] or "", match["image"], match["article"]
    at = home.removesuffix(found[2]) if (found := _HOME.fullmatch(home)) else ""
    shown = (image or "").removeprefix(at)
    if image and not (at and f'<img src="../../../{shown}"' in article):
        raise strange(path, image)
    root = at.rstrip("/").rpartition("/")[0]
    sources = _SOURCES.findall(article) if root else ()
    return {
        "@id": [home],
        "image": [{"@type": "ImageObject", "@id": image}],
        "inLanguage": [match["lang"]],
        "translationOfWork": [{"@id": f"{root}/{source}"} for source in sources],
    }


def _is_paper(author: Any, names: set[str]) -> bool:
    return author["@type"] == "Organization" and author["name"] in names


def local_of(iso: str, path: str) -> datetime:
    """Read a moment with its offset, in its one spelling.

    Raises:
        PageError: it is none.
    """
    try:
        local = datetime.fromisoformat(iso)
    except ValueError as error:
        raise strange(path, iso) from error
    if local.isoformat() != iso or local.tzinfo is None:
        raise strange(path, iso)
    if not _YEARS[0] <= local.year < _YEARS[1]:
        raise strange(path, iso)
    if abs(local.utcoffset() or timedelta()) >= _AHEAD:
        raise strange(path, iso)
    return local


def frame_text(frame: str) -> str:
    """Take the words out of a frame, a line each, the stylesheet left out."""
    bare = re.sub(r"<style>.*?</style>|</?span[^>]*>", "", frame, flags=re.DOTALL)
    lines = (plain(line, "frame").strip() for line in re.split(r"<[^>]*>", bare))
    return "\n".join(line for line in lines if line)
