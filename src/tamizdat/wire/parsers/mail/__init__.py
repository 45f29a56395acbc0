"""Read plain e-mail: a subject, a text, and copy that hangs on it as a file.

A file of a family that some parser knows becomes items of its own. The sender's
address, quoted letters and the signature with its telephone go into no field.
"""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from tamizdat.wire.decode import Decoded
from tamizdat.wire.decode_copy import decode_copy
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.errors import EmptyFileError, WireError
from tamizdat.wire.items import WireItem
from tamizdat.wire.parsers.embedded import read_escaped
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "mail"

_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
_REPLIES = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|отв)(?:\[\d+\])?:\s*)+", re.IGNORECASE
)
_LIST = re.compile(r"^\[[^\]]{1,40}\]\s*")
_UNREAD = frozenset({"mail", "saved-text"})
_PARTS = 50  # of one letter; more is no news
_PRIORITIES = {"1": "1", "2": "3", "3": "5", "4": "7", "5": "8"}


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a letter into wire items: its text, and each file it brings.

    Raises:
        EmptyFileError: there is neither text nor a file in it.
        NoItemError: the letter says nothing.
    """
    letter = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(
        data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    )
    receipt = ReceiptWriter()
    items = _attached(letter, file, receipt)
    draft = Draft(family=FAMILY, receipt=receipt)
    decoded = _read(letter, draft, file)
    if decoded is None and items:
        return items
    if decoded is None:
        raise EmptyFileError(file, len(data))
    _headers(letter, draft)
    return [*finish_all([draft], Source(data, file, decoded)), *items]


def _headers(letter: EmailMessage, draft: Draft) -> None:
    subject = _header(letter, "Subject")
    if subject:
        draft.headlines.append(_LIST.sub("", _REPLIES.sub("", subject)))
    name, address = parseaddr(_header(letter, "From") or "")
    draft.provider = one_line(name) or address.rpartition("@")[2] or None
    guid = _header(letter, "Message-ID")
    draft.guid = (guid or "").strip("<> ") or None
    draft.published_at = _header(letter, "Date")
    draft.language = (_header(letter, "Content-Language") or "").partition(",")[
        0
    ] or None
    draft.urgency = _PRIORITIES.get((_header(letter, "X-Priority") or "").strip()[:1])


def _header(letter: EmailMessage, name: str) -> str | None:
    """Read a header, however broken; None where it is not there."""
    try:
        value = letter.get(name)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # The parser of headers fails on some that no standard knows.
        value = next(
            (v for k, v in letter.raw_items() if k.lower() == name.lower()), None
        )
    if value is None:
        return None
    text = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return one_line(text) or None


def _read(letter: EmailMessage, draft: Draft, file: str) -> Decoded | None:
    """Read the text: plain if there is any, else HTML."""
    for kind in ("text/plain", "text/html"):
        for part in _leaves(letter):
            if part.get_content_type() != kind or part.is_attachment():
                continue
            data = _bytes(part)
            try:
                decoded = decode_copy(_declared(part) + data, file, draft.receipt)
            except EmptyFileError:
                continue
            text = decoded.text.removeprefix(_declared(part).decode("ascii"))
            read_escaped(_own(text, draft), 1, draft)
            if draft.passages:
                return decoded
    return None


def _own(text: str, draft: Draft) -> str:
    """Drop quoted letters and what stands below the signature's mark."""
    signature = _SIGNATURE.search(text)
    if signature is not None:
        line = text.count("\n", 0, signature.start()) + 1
        draft.receipt.drop(line, None, "signature of the letter")
        text = text[: signature.start()]
    for found in _QUOTED.finditer(text):
        draft.receipt.drop(
            text.count("\n", 0, found.start()) + 1, None, "quoted letter"
        )
    return _QUOTED.sub("", text)


def _declared(part: EmailMessage) -> bytes:
    """Write the declared encoding where the decoder looks for one."""
    charset = part.get_content_charset()
    ascii_ = charset is not None and charset.isascii() and charset.isprintable()
    return (
        f'charset="{charset}"\n'.encode() if ascii_ and " " not in str(charset) else b""
    )


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _leaves(letter: EmailMessage) -> list[EmailMessage]:
    parts = [part for part in letter.walk() if not part.is_multipart()]
    return [part for part in parts if isinstance(part, EmailMessage)][:_PARTS]


def _attached(
    letter: EmailMessage, file: str, receipt: ReceiptWriter
) -> list[WireItem]:
    """Parse the files that hang on a letter, where a parser knows their family."""
    from tamizdat.wire import parsers  # noqa: PLC0415 - the families name this one

    items: list[WireItem] = []
    for part in _leaves(letter):
        data, name = _bytes(part), part.get_filename()
        if not data or not (part.is_attachment() or name):
            continue
        family = parsers.family_of(data)
        if family.parser is None or family.name in _UNREAD | parsers.ARCHIVES:
            receipt.drop(1, name, "a file that hangs on the letter")
            continue
        try:
            items += parsers.parse(data, f"{file}/{name or 'file'}")
        except WireError as error:
            receipt.warn(f"a file of the letter was refused: {error}")
    return items
