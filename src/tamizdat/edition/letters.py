"""Write the text of a part with letters and common strings in one byte each.

Decides which strings a part names behind its type line, and how they are read back.
What type line and text say is for `pack`.

Source: spec/pack.md, "Letters and strings in one byte".
"""

import re
from collections import Counter

from tamizdat.edition.errors import PackError

_CODES = 128  # bytes 80 to ff
_FIRST = 0xDC80  # how Python's surrogateescape shows the first of them
_LONGEST = 5  # characters of a string that is named here
_WORD = re.compile("[ ][A-Za-z\x80-\U0010ffff]+")  # no table of Unicode, of any version
_FIRST_LINE = re.compile(
    r"(?P<type>[^\x00-\x1f\x7f-\x9f]*)(?:\t(?P<letters>[^\x00-\x1f\x7f-\x9f]*)"
    r"(?P<strings>(?:\t[^\x00-\x1f\x7f-\x9f]{2,16})*))?"
)


def write(kind: str, text: str) -> bytes:
    """Write a part of this text: in UTF-8, or with a table where that is shorter.

    Args:
        kind: its type line, without a control character.
        text: of its items.
    """
    plain = f"{kind}\n{text}".encode()
    letters = sorted(letter for letter in set(text) if ord(letter) >= _CODES)
    if len(letters) > _CODES:
        return plain
    strings = _strings_of(text, _CODES - len(letters))
    head = "\t".join((kind, "".join(letters), *strings))
    codes = {one: chr(_FIRST + at) for at, one in enumerate([*letters, *strings])}
    for string in sorted(strings, key=len, reverse=True):
        text = text.replace(string, codes[string])
    text = text.translate({ord(letter): codes[letter] for letter in letters})
    coded = text.encode("ascii", "surrogateescape")
    return min(plain, f"{head}\n".encode() + coded, key=len)


def _strings_of(text: str, most: int) -> list[str]:
    """Choose strings that are worth a byte, in ascending order."""
    counts = _pieces_of(text)
    found = []
    for string in sorted(counts, key=len, reverse=True):
        if _worth(string, counts[string]) > 0:
            found.append(string)
            count = counts[string]
            for piece in _cuts(string):  # the string itself among them
                counts[piece] -= count
            counts[string] = count
    found.sort(key=lambda string: (-_worth(string, counts[string]), string))
    return sorted(found[:most])


def _pieces_of(text: str) -> Counter[str]:
    """Count pieces of words that may be worth a byte."""
    counts: dict[str, int] = {}
    for word, count in Counter(_WORD.findall(text)).items():  # each once
        for piece in _cuts(word):
            counts[piece] = counts.get(piece, 0) + count  # Counter takes longer
    return Counter({one: n for one, n in counts.items() if _worth(one, n) > 0})


def _cuts(word: str) -> list[str]:
    size = len(word)
    return [
        word[start:end]
        for start in range(size - 1)
        for end in range(start + 2, min(start + _LONGEST, size) + 1)
    ]


def _worth(string: str, count: int) -> int:
    """Say in half bytes what a string saves in gzip, less what naming it costs.

    Found by trial: a letter costs deflate some five bits, a name more than its letters.
    """
    return count * (2 * len(string) - 3) - 12 * (len(string) + 3)


def read(part: bytes) -> tuple[str, str]:
    """Read the type line of a part, without the table, and its text.

    Raises:
        PackError: no such table, or a byte that stands for nothing.
    """
    line, _, rest = part.partition(b"\n")
    head = _FIRST_LINE.fullmatch(_decoded(line))
    if head is None:
        raise PackError("expected a type and a table in the first line")
    if head["letters"] is None:
        return head["type"], _decoded(rest)
    table = [*head["letters"], *head["strings"].split("\t")[1:]]
    if len(table) > _CODES:
        raise PackError(f"names {len(table)} strings, at most {_CODES}")
    codes = {_FIRST + at: string for at, string in enumerate(table)}
    text = rest.decode("ascii", "surrogateescape").translate(codes)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        byte = ord(text[error.start]) - _FIRST + _CODES
        raise PackError(f"byte {byte:x}: one of {len(table)} strings") from error
    return head["type"], text


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise PackError("expected UTF-8") from error
