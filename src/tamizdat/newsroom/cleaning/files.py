"""Tell what a file is, and hand it to who can clean it."""

import math
import re
from dataclasses import dataclass

from tamizdat.newsroom.cleaning import pdf, sounds
from tamizdat.newsroom.cleaning.pdf import Unseen
from tamizdat.newsroom.errors import AttachmentError

MAX_BYTES = 1 << 26  # what a story document allows a file
SOUND_TYPE = "audio/mpeg"  # of every sound that was cleaned
TAKEN = {
    "audio": "MP3, M4A, Ogg (Vorbis or Opus), WAV, FLAC",
    "document": "PDF, plain text, CSV (both in UTF-8)",
}


NOTHING = Unseen(0, "")


@dataclass(frozen=True)
class Cleaned:
    """A file without anything but what is heard or read.

    Attributes:
        type: as HTTP names it.
        seconds: how long a sound is, at least 1; 0 for a document.
        unseen: words of a document that its pages do not show.
    """

    data: bytes
    type: str
    seconds: int = 0
    unseen: Unseen = NOTHING


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def clean_file(
    kind: str,
    data: bytes,
    name: str = "",
    *,
    behind: bool = False,
    longest: float = math.inf,
) -> Cleaned:
    """Clean a sound or a document.

    Args:
        kind: "audio" or "document".
        data: of the file as it came.
        name: of the file; its ending tells CSV from other text.
        behind: it may take long, as nobody waits.
        longest: seconds of sound that are coded at once, whatever its head says.

    Raises:
        AttachmentError: too large, damaged, of a kind not taken, or not to be cleaned.
        LongError: a sound lasts longer than `longest`.
    """
    _refuse_at_sight(data)
    if kind == "audio":
        return _sound(data, longest)
    return _paper(data, name, behind=behind)


def _refuse_at_sight(data: bytes) -> None:
    if not data:
        raise AttachmentError("the file is empty")
    if len(data) > MAX_BYTES:
        raise AttachmentError(
            "expected at most %(most)d MiB, found %(found)d",
            most=MAX_BYTES >> 20,
            found=len(data) >> 20,
        )


def is_like(kind: str, type_: object, data: bytes) -> bool:
    """Tell whether bytes look like what `clean_file` gives for a kind.

    Args:
        kind: "audio" or "document".
        type_: as it was said.
        data: that were said to be of that type.
    """
    if not data or len(data) > MAX_BYTES:
        return False
    if kind == "audio":
        return type_ == SOUND_TYPE and sounds.is_mp3(data)
    if type_ == "application/pdf":
        return data.startswith(b"%PDF-")
    return type_ in ("text/csv", "text/plain") and _is_text(data)


def _is_text(data: bytes) -> bool:
    try:
        return not _CONTROL.search(data.decode())
    except UnicodeDecodeError:
        return False


def _stranger(kind: str) -> AttachmentError:
    return AttachmentError("expected one of %(formats)s", formats=TAKEN[kind])


def _sound(data: bytes, longest: float) -> Cleaned:
    # Later: it is 30 MB of code in C, for the process alone that opens sounds.
    from tamizdat.newsroom.cleaning import coding  # noqa: PLC0415

    data = sounds.untagged(data)
    coded, seconds = coding.coded(data, _kind(data), MAX_BYTES, longest)
    return Cleaned(coded, SOUND_TYPE, max(1, round(seconds)))


def weigh_sound(data: bytes) -> float:
    """Say how many seconds a sound has, without decoding it.

    Raises:
        AttachmentError: as `clean_file`, as far as that is seen so.
    """
    from tamizdat.newsroom.cleaning import coding  # noqa: PLC0415 (as above)

    _refuse_at_sight(data)
    data = sounds.untagged(data)
    return coding.planned(data, _kind(data), MAX_BYTES).seconds


def _kind(data: bytes) -> sounds.Kind:
    kind = sounds.kind_of(data)
    if kind is None:
        raise _stranger("audio")
    return kind


def _paper(data: bytes, name: str, *, behind: bool) -> Cleaned:
    if pdf.is_pdf(data):
        if not behind:
            pdf.refuse_long(data)
        cleaned, words = pdf.clean(data)
        return Cleaned(cleaned, "application/pdf", unseen=pdf.unseen(cleaned, words))
    try:
        text = data.decode("utf-8-sig").encode()
    except UnicodeDecodeError as error:
        raise _stranger("document") from error
    if not _is_text(text):
        raise _stranger("document")
    is_csv = name.lower().endswith((".csv", ".tsv"))
    return Cleaned(text, "text/csv" if is_csv else "text/plain")
