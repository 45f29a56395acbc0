"""Read plain e-mail: a subject, a text, and what hangs on it as a file.

A file of a family that some parser knows becomes items of its own, pictures and
recordings are media of the letter, and all other files are named in its receipt. The
sender's address, quoted letters and the signature with its telephone go into no field.
"""

import re
from dataclasses import replace
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import Policy
from itertools import islice, pairwise
from typing import cast

from tamizdat.wire import faults
from tamizdat.wire.decode import Decoded, decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import MOST_ITEMS, Source, finish_all
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.errors import EmptyFileError, ParserFaultError, WireError
from tamizdat.wire.items import Association, WireItem, warned
from tamizdat.wire.markup.noted import noted_in
from tamizdat.wire.parsers.embedded import read_escaped
from tamizdat.wire.parsers.mail.attached import Attached, bytes_of, is_file, leaves
from tamizdat.wire.parsers.mail.headers import (
    ODD,
    BoundedHeaders,
    address_in,
    cut,
    told_of_cuts,
)
from tamizdat.wire.parsers.mail.quoted import is_fine_print, own_words
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "mail"

_REPLIES = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|отв)(?:\[\d+\])?:\s*)+", re.IGNORECASE
)
_LIST = re.compile(r"^\[[^\]]{1,40}\]\s*")
MOST_PARTS = 1_000  # of one letter, those of letters in it counted
_BORDER = re.compile(rb'boundary\s{0,20}=\s{0,20}"?([^"\r\n;]{1,200})', re.IGNORECASE)
_DASHED = re.compile(rb"^--([^\r\n]{1,200}?)(?:--)?[ \t]{0,80}\r?$", re.MULTILINE)
# What begins each letter of an mbox. Source: RFC 4155.
_BOX = re.compile(
    rb"(?:\A|(?<=\n)\r?\n)From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [^\r\n]{10,40}\r?\n"
)
_HEAD = re.compile(rb"\r?\n\r?\n")
_NAMED = 20  # refusals that are told one by one
_PRIORITIES = {"1": "1", "2": "3", "3": "5", "4": "7", "5": "8"}


def parse(data: bytes, file: str, depth: int = 0) -> list[WireItem]:
    """Turn a letter into wire items: itself, and the copy that it brings.

    A letter without words that brings copy alone is no item of its own.

    Args:
        data: the whole letter.
        file: its name, for messages.
        depth: in how many letters it lies.

    Raises:
        EmptyFileError: there is neither text nor a file in it.
        NoItemError: the letter says nothing.
    """
    letters = _letters(data)
    if len(letters) > 1:
        return _each(letters, file, depth)
    return _of_letter(data, file, depth)


def _of_letter(data: bytes, file: str, depth: int) -> list[WireItem]:
    receipt = ReceiptWriter()
    letter = letter_of(data, receipt)
    attached = Attached(file, receipt, depth)
    attached.read(letter)
    draft = Draft(family=FAMILY, receipt=receipt, media=attached.media)
    decoded = _read(letter, draft, file)
    if decoded is None:
        if attached.items and not attached.media:
            return _told(attached.items, receipt)
        if not (attached.items or attached.media or attached.unread):
            raise EmptyFileError(file, len(data))
        draft.type = attached.media[0].kind if attached.media else draft.type
        decoded = decode(_HEAD.split(data, maxsplit=1)[0], file, draft.receipt)
    _headers(letter, draft, decoded.encoding)
    draft.associations += [
        Association("attachment", item.guid, item.headline) for item in attached.items
    ]
    try:
        return [*finish_all([draft], Source(data, file, decoded)), *attached.items]
    except ParserFaultError as error:
        if not attached.items:
            raise
        receipt.warn(f"the letter itself was refused: {error}")
        return _told(attached.items, receipt)


def _letters(data: bytes) -> list[bytes]:
    """Part an mbox: each letter begins with "From ", an address and a date."""
    if not _BOX.match(data):
        return [data]
    starts = [0, *(found.start() + 1 for found in _BOX.finditer(data) if found.start())]
    ends = islice(pairwise([*starts, len(data)]), MOST_ITEMS)
    return [data[start:end] for start, end in ends]


def _each(letters: list[bytes], file: str, depth: int) -> list[WireItem]:
    """Read each letter of an mbox; a bad one never stops the others."""
    items: list[WireItem] = []
    refused: list[WireError] = []
    for number, one in enumerate(letters, start=1):
        try:
            with faults.told(f"{file}#{number}", FAMILY):
                items += _of_letter(one, f"{file}#{number}", depth)
        except WireError as error:
            refused.append(error.with_traceback(None))
    if not items and refused:
        raise refused[0]
    told = [f"another letter was refused: {one}" for one in refused[:_NAMED]]
    return [warned(items[0], told), *items[1:]]


def letter_of(data: bytes, receipt: ReceiptWriter | None = None) -> EmailMessage:
    """Read the parts of a letter, the first MOST_PARTS of them.

    Args:
        data: the whole letter.
        receipt: is told where there are more.
    """
    whole = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    headers = cast("Policy[EmailMessage]", BoundedHeaders())
    parser = BytesParser(_class=EmailMessage, policy=headers)
    end = _end_of_parts(whole)
    if end is not None and receipt is not None:
        receipt.warn(f"only the first {MOST_PARTS:,} parts of the letter are read")
    try:
        letter = parser.parsebytes(whole[:end])
    except RecursionError:
        if receipt is not None:
            receipt.warn("letters lie in letters too deep: only the first is read")
        return parser.parsebytes(whole[:end], headersonly=True)
    if end is None and receipt is not None and is_cut(letter):
        receipt.warn("the letter has no end: it was cut short")
    return letter


def is_cut(letter: EmailMessage) -> bool:
    """Tell a letter of several parts whose last border is missing."""
    return any(isinstance(one, CloseBoundaryNotFoundDefect) for one in letter.defects)


def _end_of_parts(data: bytes) -> int | None:
    """Find where a part too many begins; each costs the reader a tenth of a ms."""
    borders = {found[1] for found in islice(_BORDER.finditer(data), MOST_PARTS)}
    lines = (line for line in _DASHED.finditer(data) if line[1].rstrip() in borders)
    last = next(islice(lines, MOST_PARTS, None), None)
    return last.start() if last else None


def _told(items: list[WireItem], receipt: ReceiptWriter) -> list[WireItem]:
    """Let the first receipt say what of the letter went into no item."""
    first = items[0].receipt
    told = replace(
        first,
        dropped=(*receipt.dropped, *first.dropped),
        warnings=(*receipt.warnings, *first.warnings),
    )
    return [replace(items[0], receipt=told), *items[1:]]


def _headers(letter: EmailMessage, draft: Draft, encoding: str) -> None:
    draft.receipt.warnings += told_of_cuts(letter, {"subject", "from", "content-type"})
    subject = _header(letter, "Subject", encoding)
    if subject:
        draft.headlines.append(_LIST.sub("", _REPLIES.sub("", subject)))
    name, address = address_in(_header(letter, "From", encoding) or "")
    draft.provider = one_line(name) or address.rpartition("@")[2] or None
    guid = _header(letter, "Message-ID")
    draft.guid = (guid or "").strip("<> ") or None
    draft.published_at = _header(letter, "Date")
    draft.language = (_header(letter, "Content-Language") or "").partition(",")[
        0
    ] or None
    draft.urgency = _PRIORITIES.get((_header(letter, "X-Priority") or "").strip()[:1])


def _header(letter: EmailMessage, name: str, encoding: str = "utf-8") -> str | None:
    """Read a header, however broken; None where it is not there.

    Args:
        letter: the whole letter.
        name: of the header.
        encoding: of the letter's text, which holds for headers of raw bytes too.
    """
    raw = next((v for k, v in letter.raw_items() if k.lower() == name.lower()), None)
    if raw is None:
        return None
    raw = cut(str(raw))
    data = raw.encode("utf-8", "surrogateescape")
    if not data.isascii():
        return one_line(_raw(data, encoding)) or None
    try:
        value = letter.get(name)
    except ODD:
        value = raw  # the parser of headers fails on some that no standard knows
    text = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return one_line(text) or None


def _raw(data: bytes, encoding: str) -> str:
    """Read the bytes of a header that nobody encoded, against RFC 5322."""
    for one in ("utf-8", encoding):
        try:
            return data.decode(one)
        except UnicodeDecodeError:
            continue
    return decode(data, "header", ReceiptWriter()).text


def _read(letter: EmailMessage, draft: Draft, file: str) -> Decoded | None:
    """Read the text: plain if there is any, else HTML."""
    for kind in ("text/plain", "text/html"):
        for part in leaves(letter):
            if not _is_text(part, kind):
                continue
            data = bytes_of(part)
            try:
                decoded = decode(_declared(part) + data, file, draft.receipt)
            except EmptyFileError:
                continue
            text = decoded.text.removeprefix(_declared(part).decode("ascii"))
            text = own_words(text, draft.receipt)
            draft.noted = noted_in(text, draft.receipt)
            read_escaped(text, 1, draft)
            while draft.passages and is_fine_print(draft.passages[-1].text):
                gone = draft.passages.pop()
                draft.receipt.drop(gone.line, None, "fine print of the letter")
            if draft.passages:
                return decoded
    return None


def _is_text(part: EmailMessage, kind: str) -> bool:
    try:
        return part.get_content_type() == kind and not is_file(part)
    except ODD:
        return False


def _declared(part: EmailMessage) -> bytes:
    """Write the declared encoding where the decoder looks for one."""
    charset = part.get_content_charset()
    ascii_ = charset is not None and charset.isascii() and charset.isprintable()
    return (
        f'charset="{charset}"\n'.encode() if ascii_ and " " not in str(charset) else b""
    )
