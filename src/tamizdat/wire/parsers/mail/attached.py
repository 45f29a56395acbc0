"""Read what hangs on a letter: copy of any family, pictures, recordings.

A file that cannot be read never loses the letter nor the files beside it; it is named
in the receipt. Pictures inside a letter that nobody attached, as a logo, count when
they are large enough to be news.
"""

import re
from base64 import b64decode
from dataclasses import dataclass, field
from email.message import EmailMessage, Message

from tamizdat.wire import faults
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.errors import WireError
from tamizdat.wire.items import Media, Rendition, WireItem
from tamizdat.wire.markup.pictures import absolute
from tamizdat.wire.parsers.mail.captions import Caption, read_caption
from tamizdat.wire.parsers.mail.headers import ODD, BoundedHeaders
from tamizdat.wire.receipt import ReceiptWriter

_PARTS = 50  # of one letter; more is no news
_MOST_NAME = 200  # characters
_DEEPEST = 3  # letters in letters
_AS_IT_IS = BoundedHeaders(refold_source="none")
LOGO = 10_000  # bytes; a picture that nobody attached and that is smaller is none
_RECORDINGS = ("video", "audio")
_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_BRANDS = {
    b"WEBP": "image/webp",  # behind RIFF and a length
    b"avif": "image/avif",  # behind a length and `ftyp`
    b"heic": "image/heic",
}


@dataclass(slots=True)
class Attached:
    """Reads the files of a letter, and holds what they are.

    Attributes:
        file: name of the letter, for messages.
        receipt: is told of every file that went into neither item nor media.
        depth: in how many letters this letter lies.
        items: of copy, in the order of the files.
        media: pictures and recordings; `href` is their address in the letter.
        unread: how many files went into neither.
    """

    file: str
    receipt: ReceiptWriter
    depth: int = 0
    items: list[WireItem] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    unread: int = 0

    def read(self, letter: EmailMessage) -> None:
        """Read each file as what its bytes are; none stops another."""
        parts = leaves(letter)
        for number, part in enumerate(parts[:_PARTS], start=1):
            try:
                self._read(part, number)
            except ODD as error:
                self._leave(f"file {number}", type(error).__name__)
        if len(parts) > _PARTS:
            self._leave(f"{len(parts) - _PARTS} more", f"expected {_PARTS} at most")

    def _read(self, part: EmailMessage, number: int) -> None:
        data, name, kind = bytes_of(part), _name(part), part.get_content_type()
        address, main = _address(part, number), part.get_content_maintype()
        mime = mime_of_picture(data)
        if mime is not None and (is_file(part) or len(data) >= LOGO):
            self.media.append(media_of("picture", name, address, mime, data))
        elif data and is_file(part) and main in _RECORDINGS:
            self.media.append(media_of(main, name, address, kind))
        elif is_file(part) or main != "text":
            self._read_copy(data, name or address, kind, address)

    def _read_copy(self, data: bytes, name: str, kind: str, address: str) -> None:
        """Parse a file if a parser knows its family; else name it."""
        from tamizdat.wire import parsers  # noqa: PLC0415 - the families name this one
        from tamizdat.wire.parsers import carried, mail  # noqa: PLC0415 (as above)

        if not data:
            self._leave(name, f"an empty file ({kind})")
            return
        family = parsers.family_of(data).name
        # What has no marks is copy if the letter says that it is text.
        is_text = kind == "text/plain" or name.lower().endswith(".txt")
        deep = family == "mail" and self.depth >= _DEEPEST
        if deep or (family == "saved-text" and not is_text):
            self._leave(name, f"no parser reads it ({kind})")
            return
        inner = f"{self.file}/{name}"
        try:
            if family == "mail":
                with faults.told(inner, family):
                    self.items += mail.parse(data, inner, self.depth + 1)
            else:
                self.items += carried.inside(parsers.parse(data, inner), address)
        except WireError as error:
            pictures = carried.media_in(data) if family == "zip" else []
            self.media += [carried.moved(one, address) for one in pictures]
            if pictures:
                return
            self._leave(name, f"refused ({kind})")
            self.receipt.warn(f"a file of the letter was refused: {error}")

    def _leave(self, name: str, why: str) -> None:
        self.unread += 1
        self.receipt.drop(1, name, f"a file that hangs on the letter: {why}")


# What Python gives back of base64 that it cannot unpack: as it came.
_ENCODED = re.compile(rb"[A-Za-z0-9+/\s]{40,}={0,2}\s*")


def leaves(letter: EmailMessage) -> list[EmailMessage]:
    """List the parts of a letter that hold no others; a letter in it is one."""
    found, left = list[EmailMessage](), [letter]
    while left:
        part = left.pop(0)
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            inner = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
            left[:0] = inner
        else:
            found.append(part)
    return found


def is_file(part: EmailMessage) -> bool:
    """Say whether a part is a file, and no words of the letter itself."""
    return bool(part.get_filename()) or part.is_attachment()


def bytes_of(part: EmailMessage) -> bytes:
    """Give the bytes of a part, unpacked."""
    if part.get_content_maintype() == "message" and part.is_multipart():
        inner = part.get_payload(0)
        return inner.as_bytes(policy=_AS_IT_IS) if isinstance(inner, Message) else b""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    return _mended(data) if _is_base64(part) and _ENCODED.fullmatch(data) else data


def _is_base64(part: EmailMessage) -> bool:
    coding = str(part.get("Content-Transfer-Encoding") or "")
    return coding.strip().lower() == "base64"


def _mended(data: bytes) -> bytes:
    """Unpack base64 that was cut inside a group, up to there."""
    packed = b"".join(data.split()).rstrip(b"=")
    try:
        return b64decode(packed[: len(packed) // 4 * 4])
    except ValueError:
        return data


def picture_files(data: bytes) -> dict[str, bytes]:
    """Give the pictures of a letter by their address in it, as `href` has it.

    In a page saved as MHTML that is the address from which they were saved.

    Args:
        data: the whole letter.
    """
    from tamizdat.wire.parsers.mail import letter_of  # noqa: PLC0415 - it names us

    letter, found = letter_of(data), {}
    saved = str(letter.get("Snapshot-Content-Location") or "") or None
    for number, part in enumerate(leaves(letter), start=1):
        try:
            whole = bytes_of(part)
            if mime_of_picture(whole) is not None:
                found[_address(part, number)] = whole
                told = part.get("Content-Location")
                where = absolute(str(told), saved) if told else None
                found |= {where: whole} if where else {}
        except ODD:
            continue  # no item named it
    return found


def mime_of_picture(data: bytes) -> str | None:
    """Tell the kind of a picture from its first bytes."""
    brand = data[8:12]
    if brand in _BRANDS and (data[:4] == b"RIFF" or data[4:8] == b"ftyp"):
        return _BRANDS[brand]
    return next((mime for mark, mime in _PICTURES if data.startswith(mark)), None)


def _name(part: EmailMessage) -> str | None:
    """Give the name of a file as it can be shown."""
    text = (part.get_filename() or "").encode("utf-8", "replace").decode()
    return one_line(text.replace("\ufffd", "?"))[:_MOST_NAME] or None


def _address(part: EmailMessage, number: int) -> str:
    """Say where a part stands: by its own identifier, else its number from 1."""
    own = str(part.get("Content-ID") or "").strip(" <>")
    return f"cid:{own}" if own else f"part:{number}"


def file_at(data: bytes, address: str) -> bytes | None:
    """Give a file of a letter by its address in it; None where there is none.

    Args:
        data: the whole letter.
        address: as `href` of its media has it.
    """
    from tamizdat.wire.parsers.mail import letter_of  # noqa: PLC0415 - it names us

    for number, part in enumerate(leaves(letter_of(data)), start=1):
        try:
            if _address(part, number) == address:
                return bytes_of(part)
        except ODD:
            continue  # no item named it
    return None


def media_of(
    kind: str, name: str | None, address: str, mime: str, data: bytes = b""
) -> Media:
    """Describe a picture or recording, with the words that stand in a picture.

    Args:
        kind: "picture", "video" or "audio".
        name: of the file, as it is shown.
        address: where it lies.
        mime: of its bytes.
        data: the whole picture; empty for a recording.
    """
    caption = read_caption(data) if data else Caption()
    return Media(
        kind=kind,
        caption=caption.text,
        credit=caption.credit,
        renditions=(Rendition(name=name, href=address, mime=mime),),
    )
