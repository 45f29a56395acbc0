"""Hold a story to what was printed of it: its ledger only grows.

Decides what of an older release may still change, and keeps just enough to know: kinds
and times, and digests of notes and words. Another form of `edition.record` needs
another version of the memory (`state`), or every story would seem to be rewritten.

Source: spec/story-document.md, "The ledger only grows".
"""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import NoReturn

from tamizdat.edition.errors import StoryError
from tamizdat.edition.record import commitment
from tamizdat.edition.statement import write_time
from tamizdat.edition.stories import Release, Story
from tamizdat.edition.withdrawals import KINDS

_COMPACT = json.JSONEncoder(separators=(",", ":"))
_DIGEST_BYTES = 16  # of a SHA-256; only equal or not matters
_BARE_BYTES = 8  # the same, where it only chooses the words of a message


@dataclass(frozen=True)
class Told:
    """What readers were told by the newest printed release of a story.

    Attributes:
        ledger: kind, time and digest of the note of each release, as JSON.
        words: digest of all that the newest release says; behind it, of a story that
            names words in other languages, one of the same without them.
    """

    ledger: str
    words: bytes


def told_by(story: Story) -> Told:
    """Digest what a story tells its readers.

    Links to other articles are left out: the newsroom completes them without a release.
    """
    rows = [_row(release) for release in story.releases]
    alone = replace(story, lineage=None) if story.lineage else story
    ledger = _COMPACT.encode(rows)
    words = _words(alone, _DIGEST_BYTES)
    bare = replace(alone, foreign=()) if story.foreign else None
    return Told(ledger, words + (_words(bare, _BARE_BYTES) if bare else b""))


def _words(story: Story, size: int) -> bytes:
    return bytes.fromhex(commitment(story))[:size]


def _row(release: Release) -> tuple[str, str, str]:
    note = "" if release.note is None else _digest(release.note.encode()).hex()
    return release.kind, write_time(release.time), note


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_DIGEST_BYTES]


def check_grown(story: Story, before: Told) -> None:
    """Check that a story only adds releases to those that were printed.

    Raises:
        StoryError: a printed release is gone, or is another one now.
    """
    rows = json.loads(before.ledger)
    if len(story.releases) < len(rows):
        _fail(
            story,
            "tamizdat.releases",
            f"release {len(rows)} is printed, the ledger ends at {len(story.releases)}",
        )
    new = story.releases[len(rows) :]
    taking_back = any(release.kind in KINDS for release in new)
    for printed, release in zip(rows, story.releases, strict=False):
        _check_release(story, release, printed, taking_back=taking_back)
    if not new:
        _check_words(story, before.words)


def _check_words(story: Story, before: bytes) -> None:
    now, number = told_by(story).words, story.release.number
    if now[:_DIGEST_BYTES] == before[:_DIGEST_BYTES]:
        return
    if _bare(now) == _bare(before):
        why = f"release {number} was printed with others; they change by a release"
        _fail(story, "tamizdat.foreign", why)
    said = f"release {number} was printed with other words; words change by a release"
    _fail(story, "version", said)


def _bare(words: bytes) -> bytes:
    """Give the digest without words in other languages, that of all if none are named.

    An older memory has none of a story that names some: it says that words changed.
    """
    return words[_DIGEST_BYTES:] or words[:_BARE_BYTES]


def _check_release(
    story: Story, release: Release, printed: list[str], *, taking_back: bool
) -> None:
    place = f"tamizdat.releases[{release.number - 1}]"
    for name, was, found in zip(
        ("kind", "time"), printed, _row(release)[:2], strict=False
    ):
        if was != found:
            _fail(story, f"{place}.{name}", f"printed as {was}, found {found}")
    gone = release.note is None and taking_back
    if _row(release)[2] != printed[2] and not gone:
        was = "another note" if printed[2] else "no note"
        _fail(story, f"{place}.note", f"printed with {was}; it goes by a redaction")


def _fail(story: Story, field: str, reason: str) -> NoReturn:
    raise StoryError(place_of(story), field, reason)


def place_of(story: Story) -> str:
    """Name a story in a message."""
    return f"{story.service}/{story.id}"
