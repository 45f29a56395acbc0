"""Make odd inputs out of good ones: the mutator of the fuzzing tests."""

import re
from collections.abc import Callable, Sequence
from random import Random

MOST_CHANGES = 4  # of one input

_NUMBERS = re.compile(rb"\d+")
_ODD_NUMBERS = (
    b"0",
    b"00",
    b"-1",
    b"0001",
    b"256",
    b"65536",
    b"281474976710657",  # one leaf more than a log may have
    b"1e999",
    b"9" * 5000,  # more digits than Python turns into a number
    "٣".encode(),  # a digit, but not of ASCII
)
_TOKENS = (
    b"\n",
    b"\n\n",
    b"\r\n",
    b" ",
    b"\t",
    b"\x00",
    b"\x7f",
    b"\xff",
    b"=",
    b"+",
    b"-",
    b"null",
    b"[]",
    b"[" * 3000,  # deeper than Python reads
    b'{"":' * 500,
    rb"\ud800",
    b"any",
    b"none",
    "\u2028".encode(),
    "\u202e".encode(),
    "— a b\n".encode(),
)


class Mutator:
    """Makes inputs for one parser.

    Attributes:
        most: bytes of an input.
    """

    def __init__(self, random: Random, seeds: Sequence[bytes], most: int) -> None:
        self._random = random
        self._seeds = seeds
        self.most = most

    def input(self) -> bytes:
        """Change a seed in one to four places."""
        content = self._random.choice(self._seeds)
        for _ in range(self._random.randint(1, MOST_CHANGES)):
            content = self._random.choice(_CHANGES)(self, content)
        return content[: self.most]

    def _at(self, content: bytes) -> int:
        return self._random.randint(0, len(content))

    def _piece(self, content: bytes) -> tuple[int, int]:
        start = self._at(content)
        return start, min(len(content), start + self._random.choice((1, 2, 8, 64, 999)))

    def flip(self, content: bytes) -> bytes:
        """Turn some bits of one byte."""
        at = self._at(content)
        turned = bytes(b ^ self._random.randint(1, 255) for b in content[at : at + 1])
        return content[:at] + turned + content[at + 1 :]

    def replace(self, content: bytes) -> bytes:
        """Put another byte of the same input in a byte's place."""
        at, other = self._at(content), self._at(content)
        return content[:at] + content[other : other + 1] + content[at + 1 :]

    def insert(self, content: bytes) -> bytes:
        """Put in a few bytes that mean something to one format or another."""
        at = self._at(content)
        return content[:at] + self._random.choice(_TOKENS) + content[at:]

    def delete(self, content: bytes) -> bytes:
        """Take a piece out."""
        start, end = self._piece(content)
        return content[:start] + content[end:]

    def repeat(self, content: bytes) -> bytes:
        """Repeat a piece, twice or often."""
        start, end = self._piece(content)
        return content[:end] + content[start:end] * self._random.choice((1, 2, 300))

    def repeat_line(self, content: bytes) -> bytes:
        """Let a line stand twice, or elsewhere."""
        lines = content.splitlines(keepends=True) or [b""]
        line = self._random.choice(lines)
        lines.insert(self._random.randint(0, len(lines)), line)
        return b"".join(lines)

    def splice(self, content: bytes) -> bytes:
        """Begin as one input and go on as another."""
        other = self._random.choice(self._seeds)
        return content[: self._at(content)] + other[self._at(other) :]

    def truncate(self, content: bytes) -> bytes:
        """Lose the end."""
        return content[: self._at(content)]

    def number(self, content: bytes) -> bytes:
        """Write another number: lengths, counts, years."""
        found = list(_NUMBERS.finditer(content))
        if not found:
            return content
        start, end = self._random.choice(found).span()
        return content[:start] + self._random.choice(_ODD_NUMBERS) + content[end:]


_CHANGES: tuple[Callable[[Mutator, bytes], bytes], ...] = (
    Mutator.flip,
    Mutator.replace,
    Mutator.insert,
    Mutator.delete,
    Mutator.repeat,
    Mutator.repeat_line,
    Mutator.splice,
    Mutator.truncate,
    Mutator.number,
)
