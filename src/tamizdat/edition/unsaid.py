"""Bind what a page leaves out of what is said of an author, for want of room.

A page without room for a role, a portrait or a bio says a hash of them, so that nothing
else can come in their place later without a release. Role and the rest are hashed one
over the other: a page that has room for the role alone proves it all the same. Hashes
hold the salt of the release: who has only them, and no page with the salt, can test no
guess; and both go together when the words are withdrawn.

Source: spec/releases.md, "What a page leaves out of its authors".
"""

import base64
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

_TYPE = "tamizdat-unsaid/1"
_BYTES = 16  # of a hash, as of the names of pictures
ROLE, LIFE = "role", "life"  # what is left out: all but the name, or all but the role


class Unsaid(NamedTuple):
    """What one page says instead: what it leaves out, of ROLE and LIFE, and its hash.

    Attributes:
        seal: half of a SHA-256, base64url without padding: 22 characters.
    """

    what: str
    seal: str


def seal_life(salt: str, face: Sequence[str], bio: str) -> str:
    """Hash portrait and bio of an author.

    Args:
        salt: of the release.
        face: file of a wide page or "", file, width, height, description; () for none.
        bio: "" for none.
    """
    return _seal(salt, LIFE, *face, bio)


def seal_author(salt: str, role: str, life: str) -> str:
    """Hash the role of an author, and the hash of the rest."""
    return _seal(salt, ROLE, role, life)


def _seal(salt: str, *texts: str) -> str:
    """Hash texts, each with its length, so that none runs into the next."""
    lines = [f"{len(text.encode())} {text}" for text in texts]
    found = hashlib.sha256("\n".join([_TYPE, f"salt {salt}", *lines, ""]).encode())
    half = found.digest()[:_BYTES]
    return base64.urlsafe_b64encode(half).decode().rstrip("=")
