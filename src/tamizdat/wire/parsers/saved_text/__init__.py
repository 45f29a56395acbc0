"""Read a page saved as plain text: one story with all that stood round it.

The page is read from the outside in: private lines, labels of the site, the
top, the pictures, the bottom. What is left is the body. Every line ends up in
a field of the item or, with a reason, in the receipt.
"""

import re
from dataclasses import dataclass, replace

from tamizdat.wire.decode import Decoded, by_halves, decode
from tamizdat.wire.errors import BinaryDataError, NoBodyError, UnknownEncodingError
from tamizdat.wire.items import Block, Credited, Media, WireItem
from tamizdat.wire.language import direction_of, language_of
from tamizdat.wire.parsers.saved_text.agency import Wired, of_agency
from tamizdat.wire.parsers.saved_text.body import has_body, read_body, take_dateline
from tamizdat.wire.parsers.saved_text.desk import take_desk_lines
from tamizdat.wire.parsers.saved_text.ending import Ending, read_ending
from tamizdat.wire.parsers.saved_text.heading import Heading, read_heading
from tamizdat.wire.parsers.saved_text.labels import (
    is_banner,
    is_breakpoint,
    is_control,
    is_skip_link,
    ratio_of,
)
from tamizdat.wire.parsers.saved_text.lines import Line, level, read_lines
from tamizdat.wire.parsers.saved_text.notices import read_notices
from tamizdat.wire.parsers.saved_text.pictures import take_pictures
from tamizdat.wire.parsers.saved_text.spelling import sound
from tamizdat.wire.parsers.saved_text.wrapping import unwrapped
from tamizdat.wire.receipt import Receipt, ReceiptWriter

FAMILY = "saved-text"
_EMPTY = Receipt("", "", "", 0, "", (), ())  # until all warnings are known

# UTF-16 and UTF-32, whose letters have zeros.
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# Controls that no text file has; escapes are those of ISO 2022.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a saved page into one wire item.

    Args:
        data: the whole file.
        file: its name, for messages.

    Raises:
        EmptyFileError: see `decode`.
        BinaryDataError: the bytes hold controls that no text has.
        UnknownEncodingError: no encoding yields known words.
        NoBodyError: the page has no paragraph.

    Source: spec/wire-item.md, "Pages saved as text".
    """
    receipt = ReceiptWriter()
    decoded = _text_of(data, file, receipt)
    lines = level(unwrapped(read_lines(decoded.text)))
    page = _read_page(lines, receipt)
    if not has_body(page.body):
        raise NoBodyError(file, len(lines))
    item = _item(page, receipt)
    sealed = receipt.seal(FAMILY, decoded.encoding, decoded.by, data)
    return [replace(item, receipt=sealed)]


def _text_of(data: bytes, file: str, receipt: ReceiptWriter) -> Decoded:
    """Decode what no other family took; unlike copy it may be no text at all."""
    wide = data.startswith(_WIDE_MARKS) or by_halves(data) is not None
    binary = None if wide else _BINARY.search(data)
    if binary is not None:
        raise BinaryDataError(file, binary.start(), data[binary.start()])
    decoded = decode(data, file, receipt)
    if not decoded.told:
        odd = next(place for place, byte in enumerate(data) if byte > 127)  # noqa: PLR2004
        raise UnknownEncodingError(file, odd, data[odd])
    return decoded


@dataclass(frozen=True, slots=True)
class _Page:
    ednote: str | None
    ratios: tuple[str, ...]
    heading: Heading
    pictures: tuple[Media, ...]
    ending: Ending
    body: tuple[Block, ...]


def _read_page(lines: list[Line], receipt: ReceiptWriter) -> _Page:
    ednote, lines = take_desk_lines(lines, receipt)
    ratios, lines = _take_labels(lines, receipt)
    heading, lines = read_heading(lines, receipt)
    lines = _drop_repeated(heading, lines, receipt)
    pictures, lines = take_pictures(lines, receipt)
    ending, lines = read_ending(lines, set(ratios), receipt)
    return _Page(
        ednote,
        tuple(ratios.values()),
        heading,
        tuple(pictures),
        ending,
        read_body(lines),
    )


def _take_labels(
    lines: list[Line], receipt: ReceiptWriter
) -> tuple[dict[int, str], list[Line]]:
    """Take out the labels that mean the same anywhere on the page.

    Returns:
        Line number -> ratio of a picture, and the lines that are left.
    """
    ratios: dict[int, str] = {}
    rest = []
    for line in lines:
        ratio = ratio_of(line.text, bullet=line.bullet)
        why = _label_of(line) if ratio is None else "name of a picture's crop"
        if ratio is not None:
            ratios[line.number] = ratio
        if why is None:
            rest.append(line)
        else:
            receipt.drop(line.number, line.text, why)
    return ratios, rest


def _label_of(line: Line) -> str | None:
    if is_breakpoint(line.text):
        return "breakpoint label"
    return "button of the page" if is_control(line.text) else None


def _drop_repeated(
    heading: Heading, lines: list[Line], receipt: ReceiptWriter
) -> list[Line]:
    """Drop labels and the headline where they stand again below the heading."""
    headline = sound(heading.headline or "")
    rest = []
    for line in lines:
        if is_banner(line.text) or is_skip_link(line.text):
            receipt.drop(line.number, line.text, "label of the site")
        elif headline and sound(line.text) == headline:
            receipt.drop(line.number, line.text, "the headline again")
        else:
            rest.append(line)
    return rest


def _item(page: _Page, receipt: ReceiptWriter) -> WireItem:
    heading, ending = page.heading, page.ending
    wired = of_agency(page.body, receipt) or Wired(*take_dateline(page.body))
    running = "\n".join([heading.headline or "", *(b.text or "" for b in wired.body)])
    byline = _byline(heading, ending) or wired.byline
    credit, agencies = _credit(ending, wired)
    return WireItem(
        family=FAMILY,
        language=language_of(running),
        direction=direction_of(running),
        kicker=heading.kicker,
        headline=heading.headline,
        breaking=heading.breaking,
        updated=heading.updated,
        byline=byline,
        bio="\n\n".join(ending.bio) or None,
        contributors=(*wired.contributors, *ending.contributors),
        dateline=wired.dateline,
        published_at=heading.published_at,
        updated_at=heading.updated_at,
        credit=credit,
        credit_agencies=agencies,
        rights=ending.rights or wired.rights,
        ednote=page.ednote,
        abstract=heading.abstract,
        body=wired.body,
        media=_media(page),
        notices=read_notices(ending.notices, byline[0].name if byline else None),
        receipt=_EMPTY,
    )


def _credit(ending: Ending, wired: Wired) -> tuple[str | None, tuple[str, ...]]:
    """Credit whom the page credits, else the agency of the dateline."""
    if ending.credit is not None:
        return ending.credit.text, ending.credit.agencies
    once = {sound(name): name for name in reversed(wired.credits)}
    names = tuple(reversed(once.values()))
    return ", ".join(names) or None, names


def _byline(heading: Heading, ending: Ending) -> tuple[Credited, ...]:
    people = {sound(one.name): one for one in (*ending.names, *heading.byline)}
    order = [sound(one.name) for one in (*heading.byline, *ending.names)]
    return tuple(people[name] for name in dict.fromkeys(order))


def _media(page: _Page) -> tuple[Media, ...]:
    """Give each picture the ratio that stands at its place in the order."""
    pictures = page.pictures or ((Media("picture"),) if page.ratios else ())
    ratios = (*page.ratios, *[None] * len(pictures))
    return tuple(
        replace(picture, ratio=ratio)
        for picture, ratio in zip(pictures, ratios, strict=False)
    )
