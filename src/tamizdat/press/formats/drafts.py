"""Say what is known of a file that is written and not signed yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tamizdat.edition.tree import Target

Fetch = Callable[[Target, str], bytes]  # as `tree.Fetch`: checked bytes of an object


@dataclass(frozen=True)
class Basis:
    """The edition that files are made from.

    Attributes:
        number, time: of the edition; `leaf`: leaf hash of its statement, hex.
        root: of its tree.
        fetch: gives its objects.
        seal: bytes to reserve for a seal.
        withdrawn: objects of the service withdrawn so far; if more are by the time a
            file is signed, it may hold words that must not leave.
    """

    service: str
    number: int
    time: datetime
    leaf: str
    root: Target
    fetch: Fetch
    seal: int
    withdrawn: int


@dataclass(frozen=True)
class Draft:
    """A file with zeros where its seal and the checksums of that will stand.

    Attributes:
        path: where it lies now; its name is the file's.
        seal: offset and bytes.
        crcs: offsets of CRC-32s of the seal.
        md5: offset of an MD5 of all bytes before it, or None.
    """

    path: Path
    seal: tuple[int, int]
    crcs: tuple[int, ...] = ()
    md5: int | None = None
