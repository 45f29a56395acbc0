"""The demo's witness: one of ours, on this machine, as a sister newsroom runs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tamizdat.edition.note import Verifier
from tamizdat.edition.witness import witness_key
from tamizdat.press import keys

if TYPE_CHECKING:
    from tamizdat.witness.book import Book

NAME = "witness.tamizdat.example/1"


@dataclass(frozen=True)
class Onlooker:
    """A witness that runs. `policy`: lines of a trust note that asks for it."""

    policy: tuple[str, ...]
    book: "Book"

    def watch(self, log: Verifier) -> None:
        """Follow a log from now on."""
        self.book.watch(log)


@contextmanager
def running(folder: Path) -> Iterator[Onlooker]:
    """Run a witness on loopback until the block ends. `folder`: made for it."""
    from tamizdat.witness.book import Book  # noqa: PLC0415 - quick start
    from tamizdat.witness.service import WitnessServer  # noqa: PLC0415 - as above

    keys.make_private(folder)
    signer = keys.new_signer(folder / "witness.key", NAME)
    book = Book(folder / "book.sqlite3")
    server = WitnessServer(book, signer)
    try:
        line = f"witness sister {witness_key(signer)} {server.url}"
        yield Onlooker((line, "quorum sister"), book)
    finally:
        server.close()
        book.close()
