"""List the objects that are withdrawn: their words endanger someone.

Decides the bytes of the list. It only grows, so that a mirror that missed an edition
still learns of every withdrawal; whoever holds an object named in it deletes it.

Source: spec/withdrawals.md.
"""

import re
from collections.abc import Iterable

from tamizdat.edition.errors import TreeError

KINDS = ("withdrawal", "redaction")  # releases after which older objects go
PART_LINES = 200  # of one part, at most: 15.2 KB

_HEAD = b"tamizdat-withdrawn/1\n"
_LINE = re.compile(r"withdrawn ([0-9a-f]{64})")


def parts(digests: Iterable[str]) -> dict[str, bytes]:
    """Write the list in parts.

    Args:
        digests: SHA-256 in hex of every object withdrawn so far, in the order in which
            they were; parts are filled from the first.

    Returns:
        By path below the service's tree, "withdrawn/1".
    """
    lines = [f"withdrawn {digest}\n".encode() for digest in digests]
    return {
        f"withdrawn/{at // PART_LINES + 1}": _HEAD + b"".join(lines[at:][:PART_LINES])
        for at in range(0, len(lines), PART_LINES)
    }


def read_part(content: bytes, path: str) -> list[str]:
    """Read one part: SHA-256 in hex of each object.

    Raises:
        TreeError: not as spec/withdrawals.md says.
    """
    if not content.startswith(_HEAD) or not content.endswith(b"\n"):
        raise TreeError(f"{path}: not a tamizdat-withdrawn/1 part")
    lines = content[len(_HEAD) : -1].decode("ascii", "replace").split("\n")
    if len(lines) > PART_LINES:
        raise TreeError(f"{path}: more than {PART_LINES} lines")
    found = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if not match:
            raise TreeError(f"{path}: expected `withdrawn <sha256>`: {line[:60]!r}")
        found.append(match[1])
    if len(found) != len(set(found)):
        raise TreeError(f"{path}: an object stands twice")
    return found
