"""Find texts that say nearly the same, as two agencies that pass one report on do.

A text is the set of its shingles, runs of four words. Two sets are compared exactly;
which ones are worth it is told by bands of least hashes, which two sets share the more
surely the more they have in common: nine times in ten where it is half, once in five
where it is three tenths. Pure.

Source: Broder, "On the resemblance and containment of documents" (1997); one hash in
place of many: Li, Owen, Zhang, "One Permutation Hashing" (2012).
"""

import hashlib
import re
from collections.abc import Sequence

LIKE = 0.5  # of all shingles of two texts in common: one report
_RUN = 4  # words of a shingle
_BINS, _ROWS = 24, 3
_TOO_SHORT = 12  # words: a flash is compared as a whole
_63_BITS = (1 << 63) - 1  # what a column of integers holds


def words_in(text: str) -> list[str]:
    """List the words of a text, spelled alike."""
    return re.findall(r"\w+", text.lower())


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Give the hashes of all runs of four words; of a short text, that of the whole."""
    if len(words) < _TOO_SHORT:
        return frozenset({_hash(" ".join(words))}) if words else frozenset()
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    return frozenset(map(_hash, runs))


def bands(hashes: frozenset[int]) -> list[int]:
    """Give the bands of a set of shingles: numbers below 2**63, each once."""
    if not hashes:
        return []
    least: list[int | None] = [None] * _BINS
    for one in hashes:
        value, place = divmod(one, _BINS)
        held = least[place]
        if held is None or value < held:
            least[place] = value
    full = _filled(least)
    rows = (full[at : at + _ROWS] for at in range(0, _BINS, _ROWS))
    named = (f"{at}:{row}" for at, row in enumerate(rows))
    return list(dict.fromkeys(map(_hash, named)))


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Tell how much two sets have in common, 0 to 1 (Jaccard)."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def _filled(least: Sequence[int | None]) -> list[int]:
    """Fill an empty bin by the next one that is not, as the sets of both would."""
    found = []
    for place in range(_BINS):
        step = next(n for n in range(_BINS) if least[(place + n) % _BINS] is not None)
        value = least[(place + step) % _BINS]
        found.append((value or 0) + step)
    return found


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") & _63_BITS
