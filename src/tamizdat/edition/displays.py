"""Take apart what a page shows beside words: figures, files, portraits.

Each is told by all it is made of: names of its files, sizes on the page, lengths,
words. As `reprint`, it reads what this version prints and refuses all else.

Source: `templates/rich.html`, `templates/image.html`, `templates/files.html`.
"""

import re

from minijinja import Markup, escape

from tamizdat.edition.markup import Element, strange
from tamizdat.edition.media import AUDIO_TYPES
from tamizdat.edition.media import NAME as _NAME
from tamizdat.edition.pages.exhibits import site_of
from tamizdat.edition.proofreader import SAID, Proofreader

_UP = r"(?:\.\./){3}"
_IMAGE = (
    r'<picture>(?P<sources>(?:<source type="image/(?:avif|webp)" srcset="[^"<>]+"'
    r'(?: sizes="\(min-width:60rem\) 36rem,\(min-width:40rem\) 44vw,80px")?'
    r'(?: media="\(max-width:40rem\)")?>)*)'
    rf'<img src="{_UP}(?P<src>{_NAME})" width="(?P<w>\d+)" height="(?P<h>\d+)"'
)
_ALT = r' alt="(?P<alt>[^"<>]*)"></picture>'
_BELOW = (
    rf"(?:<figcaption>(?P<caption>{SAID})(?:<small>(?P<by>{SAID})</small> ?)?"
    rf'(?:<small class="terms">(?P<terms>{SAID})</small>)?</figcaption>)?'
)
_TIME = r'<time datetime="PT(?P<seconds>[1-9]\d*)S">(?P<length>[^<]*)</time>'
_AWAY = (
    r'<p class="files"><a href="(?P<href>https://[^"<>\s]+)"'
    rf' rel="noopener noreferrer">(?P<words>.*)</a> ·\xa0{_TIME}</p>'
)
_LEAD = re.compile(f"{_IMAGE}{_ALT}{_BELOW}")
_INSIDE = re.compile(
    f'{_IMAGE}(?P<lazy> loading="lazy")?{_ALT}(?P<away>{_AWAY})?{_BELOW}', re.DOTALL
)
_KEPT = re.compile(
    rf'<p class="head">(?P<title>{SAID})</p>'
    r'(?:<audio controls="" preload="none">(?P<played>(?:(?!</audio>).)*)</audio>)?'
    rf'<p class="files">(?P<files>(?:(?!</p>).)*)</p>{_BELOW}'
    r'(?:<p class="to">(?P<to>(?:<span[^>]*>)?[^<]*(?:</span>)?)</p>)?',
    re.DOTALL,
)
_PLAYED = re.compile(rf'<source src="{_UP}({_NAME})" type="([a-z0-9/]+)">')
_FILE = re.compile(
    rf'<a href="{_UP}(?P<name>{_NAME})">(?P<kind>[A-Z0-9]+)</a>'
    rf'(?: ·\xa0{_TIME})? ·\xa0<data value="(?P<bytes>[1-9]\d*)">(?P<size>[^<]*)</data>'
)
_FACE = re.compile(
    rf'<picture>(?:<source media="\(min-width:40rem\)" srcset="{_UP}({_NAME})">)?'
    rf'<img src="{_UP}({_NAME})" width="(\d+)" height="(\d+)" loading="lazy"'
    r' alt="([^"<>]*)"></picture>'
)
_SET = re.compile(rf"{_UP}({_NAME})(?: (\d+)w)?")

Told = list[object]  # of texts, lists and None: what a display is made of


def lead_of(reader: Proofreader, child: Element) -> dict[str, list[str]]:
    """Read the picture above the text, by part of `printing.PARTS`.

    Raises:
        PageError: not as this press prints it; so do all below.
    """
    match = reader.match(_LEAD, child)
    reader.pictures += 1
    caption, *rest = _below(reader, match)
    found = {
        "picture": _files(reader, match),
        "alt": [reader.plain(match["alt"])],
        "caption": [caption or ""],
    }
    for part, text in zip(("picture credit", "picture terms"), rest, strict=True):
        if text is not None:
            found[part] = [text]
    return found


def shown_in(reader: Proofreader, child: Element) -> Told:
    """Read a picture of the body, or a video: its poster and where it stands."""
    match = reader.match(_INSIDE, child)
    if bool(match["lazy"]) != bool(reader.pictures):
        raise strange(reader.path, "a picture that loads out of its turn")
    reader.pictures += 1
    told: Told = [child.kind, _files(reader, match), reader.plain(match["alt"])]
    if match["away"]:
        href = reader.plain(match["href"])
        site = Markup(f"<bdi>{escape(site_of(href))}</bdi>")
        reader.own("link", match["words"], [reader.w.fill("watch_video", site=site)])
        reader.length(match["seconds"], match["length"])
        told += [href, match["seconds"]]
    return told + _below(reader, match)


def kept_in(reader: Proofreader, child: Element) -> Told:
    """Read a sound or a document: its files, with a player or without."""
    match = reader.match(_KEPT, child)
    files = [_file(reader, one) for one in match["files"].split("<br>")]
    played = match["played"]
    if played is not None:
        ours = [(str(name), _audio_type(str(name))) for name, *_rest in files]
        if _PLAYED.sub("", played) or _PLAYED.findall(played) != ours:
            raise strange(reader.path, played)
    if match["to"] is not None:
        reader.own("label", match["to"], [reader.w.html["transcript"]])
    kind = "document" if played is None else "sound"
    return [kind, reader.said("title", match["title"]), files, *_below(reader, match)]


def face_of(reader: Proofreader, markup: str | None) -> list[str]:
    """Read a portrait beside a name, if there is one."""
    if markup is None:
        return []
    found = reader.matched(_FACE, markup).groups()
    return [reader.plain(part or "") for part in found]


def _files(reader: Proofreader, match: re.Match[str]) -> list[str]:
    """List the files of a picture, with their sizes on the page."""
    files = {f"{match['src']} {match['w']}x{match['h']}"}
    for srcset in re.findall(r'srcset="([^"]*)"', match["sources"]):
        for one in srcset.split(","):
            name, width = reader.matched(_SET, one).groups()
            files.add(f"{name} {width}w" if width else name)
    return sorted(files)


def _file(reader: Proofreader, markup: str) -> list[str | None]:
    """Read one file: its name, its length in seconds, its size in bytes."""
    match = reader.matched(_FILE, markup)
    name, seconds = match["name"], match["seconds"]
    reader.own("file", match["kind"], [name.rpartition(".")[2].upper()])
    if seconds is not None:
        reader.length(seconds, match["length"])
    reader.size(match["bytes"], match["size"])
    return [name, seconds, match["bytes"]]


def _audio_type(name: str) -> str:
    ending = name.rpartition(".")[2]
    return next((kind for kind, e in AUDIO_TYPES.items() if e == ending), "")


def _below(reader: Proofreader, match: re.Match[str]) -> list[str | None]:
    """Read caption, credit and terms; a space parts the first from the others."""
    caption, by, terms = (
        None if match[name] is None else reader.said(name, match[name])
        for name in ("caption", "by", "terms")
    )
    if caption and not (by is None and terms is None):
        caption = caption.removesuffix(" ")
    return [caption, by, terms]
