"""A press without a disk: small papers, printed and laid as a mirror holds them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from cast import NOW, ORGANISATION, signer
from spec.cases import trusts
from spec.cases.trees import built
from tamizdat.edition import log
from tamizdat.edition.log import Checkpoint, leaf_hash
from tamizdat.edition.note import sign_note
from tamizdat.edition.statement import Statement, sign_statement

ARTICLE = "a/2026-11/20/right-to-know.html"
FRONT = "index.html"
ROOT = "shared/root.html"

Files = dict[str, bytes]


def page(words: str) -> bytes:
    return f"<!doctype html>\n<p>{words}\n".encode()


FIRST = {
    ARTICLE: page("Anyone may ask."),
    FRONT: page("One story."),
    "notice.html": page("Sharing this may be punished."),
    "releases/1": b"tamizdat-releases/1\n"
    b"right-to-know 1 publish 2026-11-20T09:00:00Z - -\n",
    ROOT: page("Choose a language."),
}
SECOND = {
    **FIRST,
    ARTICLE: page("Anyone may ask, and be answered."),
    FRONT: page("One story, updated."),
    "releases/1": b"tamizdat-releases/1\n"
    b"right-to-know 2 update 2026-11-24T06:30:00Z - -\n",
}


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def place_of(content: bytes) -> str:
    """Name the object of some bytes."""
    digest = sha(content)
    return f"o/{digest[:2]}/{digest}"


def without(files: Files, *paths: str) -> Files:
    return {path: content for path, content in files.items() if path not in paths}


_GONE = f"tamizdat-withdrawn/1\nwithdrawn {sha(SECOND[ARTICLE])}\n".encode()
THIRD = {
    **SECOND,
    ARTICLE: page("This story was withdrawn."),
    FRONT: page("No story."),
    "releases/1": b"tamizdat-releases/1\n"
    b"right-to-know 3 withdrawal 2026-11-24T07:30:00Z - -\n",
    "withdrawn/1": _GONE,
}


_NONE = Statement(ORGANISATION, "en", 0, NOW, "", None, 1, "1.0.0")


@dataclass
class Press:
    """Prints editions of one service and says what a mirror of them holds.

    Attributes:
        entries: of the log, so far.
        files: of a mirror that has all of it.
        last: the newest statement; `leaf`: its leaf hash.
    """

    entries: list[bytes] = field(default_factory=list)
    files: Files = field(default_factory=lambda: {"trust/1.note": trusts.first()})
    last: Statement = _NONE
    leaf: bytes = b""

    def publish(self, paper: Files, objects: Sequence[bytes] = (), **odd: Any) -> None:
        """Print an edition and bring it to the mirror.

        Args:
            paper: the files by path in the tree.
            objects: directory objects instead of those of the paper, the root last.
            odd: fields of the statement.
        """
        made = [*objects] or directories(paper)
        self.last = replace(self._statement(sha(made[-1])), **odd)
        self.entries.append(sign_statement(self.last, signer("service/en")))
        self.leaf = leaf_hash(self.entries[-1])
        gone = [path for path in self.files if path.startswith("en/")]
        self.files = {
            **without(self.files, *gone),
            **{place_of(content): content for content in (*made, *paper.values())},
            **log_files(self.entries),
            **{f"en/{path}": content for path, content in paper.items()},
            "index.html": paper[ROOT],
            "en/latest": latest(self.entries),
        }

    def _statement(self, root: str) -> Statement:
        number = self.last.number + 1
        previous = self.leaf.hex() if self.leaf else None
        time = NOW + timedelta(hours=number - 1)
        return Statement(ORGANISATION, "en", number, time, root, previous, 1, "1.0.0")


def directories(paper: Files) -> list[bytes]:
    """Write the directory objects of a paper, the root last."""
    root, store = built(paper)
    found = {digest: content.encode() for digest, content in store.items()}
    return [*found.values(), found[root.digest]]


def checkpoint(entries: Sequence[bytes], role: str = "log/1") -> bytes:
    """Sign the head of a log."""
    tiles = dict(log.append({}.__getitem__, 0, entries))
    root = log.range_hash(tiles.__getitem__, len(entries), 0, len(entries))
    head = Checkpoint(signer("log/1").name, len(entries), root)
    return sign_note(head.text(), [signer(role)])


def log_files(entries: Sequence[bytes]) -> Files:
    """Write the files of a log, its newest tiles alone."""
    tiles = dict(log.append({}.__getitem__, 0, entries))
    found = {f"log/{tile.path}": content for tile, content in tiles.items()}
    return {"log/checkpoint": checkpoint(entries), **found}


def latest(entries: Sequence[bytes], index: int | None = None) -> bytes:
    """Write `latest` of the last entry of a log, or of another one."""
    at = len(entries) - 1 if index is None else index
    tiles = dict(log.append({}.__getitem__, 0, entries))
    path = log.inclusion_proof(tiles.__getitem__, at, len(entries))
    return entries[at] + log.write_proof(at, path, checkpoint(entries))


def printed(*papers: Files) -> Press:
    """Print these papers one after another."""
    press = Press()
    for paper in papers:
        press.publish(paper)
    return press


TWO = printed(FIRST, SECOND)
THREE = printed(FIRST, SECOND, THIRD)
