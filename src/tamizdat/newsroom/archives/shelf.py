"""Lay the pictures of an archive aside, and note where old addresses lead.

Both may stand behind the pages that need them. The pictures lie in a folder that goes
with the last page that may ask for one, whoever still works on it: pages are read
ahead of what is recorded.
"""

import hashlib
import os
import shutil
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from weakref import finalize

from tamizdat.newsroom.archives.sources import address_of
from tamizdat.newsroom.pictures import HEAD_BYTES, type_of
from tamizdat.wire.archive.members import Member

FOLDER = "tamizdat-import-"
_MOST_REDIRECTS = 1_000_000
_MOST_BYTES = 32 << 30  # of all pictures of one archive
_MOST_STEPS = 5  # redirects after each other


class Shelf:
    """Hold the pictures and redirects of one archive, by address or name."""

    def __init__(self) -> None:
        _sweep()
        self._folder = Path(mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
        finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._files: dict[str, str] = {}
        self._moved: dict[str, list[str]] = {}
        self._size = 0

    def put(self, member: Member) -> None:
        """Look at a member: keep a picture, note a redirect."""
        if member.leads_to is not None and member.address is not None:
            if len(self._moved) < _MOST_REDIRECTS:
                target = address_of(member.leads_to, member.address)
                self._moved.setdefault(_plain(target), []).append(member.address)
            return
        data = member.data
        if not data or type_of(data[:HEAD_BYTES]) is None or self._is_full(data):
            return
        digest = hashlib.sha256(data).hexdigest()
        path = self._folder / digest
        if not path.exists():
            path.write_bytes(data)
            self._size += len(data)
        self._files[_plain(member.address or member.name)] = digest

    def _is_full(self, data: bytes) -> bool:
        return self._size + len(data) > _MOST_BYTES

    def find(self, href: str, near: str) -> bytes | None:
        """Give a picture: by its address, or by the end of it where it is a name."""
        whole = address_of(href, near)
        digest = self._files.get(_plain(whole)) or self._files.get(_plain(href))
        if digest is None and not near.startswith(("http:", "https:")):
            ends = _plain(href).rpartition("//")[2]
            digest = next(
                (d for n, d in self._files.items() if n.endswith("/" + _tail(ends))),
                None,
            )
        return None if digest is None else (self._folder / digest).read_bytes()

    def leading_to(self, address: str | None) -> list[str]:
        """List the addresses that led to this one, over several steps too."""
        found: list[str] = []
        ahead = [address] if address else []
        for _ in range(_MOST_STEPS):
            ahead = [old for new in ahead for old in self._moved.get(_plain(new), ())]
            ahead = [old for old in ahead if old not in found and old != address]
            found += dict.fromkeys(ahead)
        return found


def _sweep() -> None:
    """Take away what imports left that somebody killed: pictures as they came."""
    for path in Path(gettempdir()).glob(f"{FOLDER}*"):
        owner = path.name.removeprefix(FOLDER).partition("-")[0]
        if owner.isdecimal() and not _runs(int(owner)):
            shutil.rmtree(path, ignore_errors=True)  # of another account it stays


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _plain(address: str) -> str:
    """Spell an address so that those of one page are equal."""
    text = address.partition("#")[0]
    return text.removeprefix("https:").removeprefix("http:").removesuffix("/")


def _tail(name: str) -> str:
    """Take the last two segments of a path: folder and file."""
    return "/".join(name.partition("?")[0].split("/")[-2:])
