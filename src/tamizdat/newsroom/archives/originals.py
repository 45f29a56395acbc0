"""Keep what came in, byte for byte, under the hash of its bytes.

Safe if the power fails: a file has its name only once it is whole. It is kept before
the story is, so a story always has its original.
"""

import gzip
import hashlib
import os
from pathlib import Path
from threading import get_ident

_LEVEL = 6


def path_of(folder: Path, sha256: str) -> Path:
    """Say where an original is kept, packed."""
    return folder / sha256[:2] / f"{sha256}.gz"


def keep(folder: Path, data: bytes) -> str:
    """Keep bytes; give their SHA-256 in hex."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(folder, sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two threads may bring the same bytes at once: each writes a file of its own.
    part = path.with_name(f"{sha256}.{os.getpid()}-{get_ident()}.part")
    with part.open("wb") as file:
        file.write(gzip.compress(data, _LEVEL, mtime=0))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return sha256


def read(folder: Path, sha256: str) -> bytes:
    """Give an original back.

    Raises:
        FileNotFoundError: it was taken out, or never came in.
    """
    return gzip.decompress(path_of(folder, sha256).read_bytes())


def forget(folder: Path, sha256: str) -> None:
    """Take an original out, if it is there."""
    path_of(folder, sha256).unlink(missing_ok=True)
