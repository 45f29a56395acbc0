"""Lay the pictures of an archive aside, and note where old addresses lead.

Both may stand behind the pages that need them. The pictures lie in a folder that goes
with the import.
"""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from tamizdat.newsroom.archives.sources import address_of
from tamizdat.newsroom.pictures import HEAD_BYTES, type_of
from tamizdat.wire.archive.members import Member

_MOST_REDIRECTS = 1_000_000
_MOST_BYTES = 32 << 30  # of all pictures of one archive
_MOST_STEPS = 5  # redirects after each other


class Shelf:
    """Hold the pictures and redirects of one archive, by address or name."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="tamizdat-import-")
        self._files: dict[str, str] = {}
        self._moved: dict[str, list[str]] = {}
        self._size = 0

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Take the folder away."""
        self._folder.cleanup()

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
        path = Path(self._folder.name) / digest
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
        return (
            None if digest is None else (Path(self._folder.name) / digest).read_bytes()
        )

    def leading_to(self, address: str | None) -> list[str]:
        """List the addresses that led to this one, over several steps too."""
        found: list[str] = []
        ahead = [address] if address else []
        for _ in range(_MOST_STEPS):
            ahead = [old for new in ahead for old in self._moved.get(_plain(new), ())]
            ahead = [old for old in ahead if old not in found and old != address]
            found += dict.fromkeys(ahead)
        return found


def _plain(address: str) -> str:
    """Spell an address so that those of one page are equal."""
    text = address.partition("#")[0]
    return text.removeprefix("https:").removeprefix("http:").removesuffix("/")


def _tail(name: str) -> str:
    """Take the last two segments of a path: folder and file."""
    return "/".join(name.partition("?")[0].split("/")[-2:])
