"""Weigh in which of the old encodings the bytes of copy are words.

A text costs what its letters cost: how seldom each follows the letter before it in the
language (`letters.json`), and what else stands there. A wrong encoding makes letters
that seldom meet, capitals behind small ones and signs between letters, so the right
reading is the cheapest. Source: docs/decisions/0081-which-letters-meet.md.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from tamizdat.wire.letters import cost_of_letters, cost_of_wide

_LATIN = "en de fr es it pt nl sv da nb fi is"
_CENTRAL = "pl cs sk hu ro hr sl sq"
_CYRILLIC = "ru uk be bg mk sr"
# In which languages copy comes in an encoding; of encodings that read a text alike
# the first is taken: the commonest stand first.
_OLD = {
    "cp1252": f"{_LATIN} sq",
    "cp1251": _CYRILLIC,
    "cp1250": f"{_CENTRAL} tk",
    "cp1254": "tr az",
    "cp1256": "ar fa",
    "koi8-r": "ru",
    "koi8-u": "uk ru",
    "cp1253": "el",
    "cp1255": "he",
    "cp1257": "lt lv et",
    "iso8859-15": _LATIN,
    "iso8859-2": _CENTRAL,
    "iso8859-5": _CYRILLIC,
    "iso8859-7": "el",
    "iso8859-6": "ar",
    "cp874": "th",
    "cp866": "ru be",
    "cp1125": "uk ru",
    "mac-cyrillic": _CYRILLIC,
    "kz1048": "kk",
    "ptcp154": "tt kk ky",
    "koi8-t": "tg",
    "cp850": _LATIN,
    "cp852": _CENTRAL,
    "mac-roman": _LATIN,
}
_WIDE = {
    "gb18030": "zh-Hans",
    "euc_jp": "ja",
    "euc_kr": "ko",
    "cp932": "ja",
    "big5": "zh-Hant",
}
# Every encoding that old copy is read in, the commonest first.
ENCODINGS = (*_OLD, *_WIDE)
# How much seldomer than the commonest of its scripts an encoding is met, in nats.
_SELDOM_MET = {
    "mac-roman": 8.0,
    **dict.fromkeys(("cp850", "cp852"), 5.0),
    "mac-cyrillic": 4.0,
    **dict.fromkeys(("kz1048", "ptcp154", "koi8-t", "cp1125"), 3.0),
    **dict.fromkeys(("iso8859-15", "iso8859-6", "cp866", "koi8-u"), 1.0),
}

_TAGS = re.compile(rb"<[^<>]{0,2000}>|&[#\w]{1,10};")
_C1 = re.compile("[\x80-\x9f]")
_ODD = re.compile(rb"[\x80-\xff]")
_LOOKED_AT = 60_000  # bytes, from the line of the first that is no ASCII
_SAMPLE = 1_000  # bytes of words that are weighed
_FIRST, _FAR = 200, 90.0  # bytes after which so many nats are too many
_NEIGHBOURS = 3  # words
# Nats between readings of which either may be right; of a few letters so many more.
_DOUBT, _DOUBT_OF_FEW, _FEW = 5.0, 8.0, 20
_MOST_LIKELY = 5  # readings that are named
_MOST_EACH = 5.5  # nats for each byte of what is a language
_LEAST_LETTERS = 6
_UNFIT = float("inf")  # of bytes that an encoding leaves unread


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold one reading of a sample.

    Attributes:
        cost: in nats; the least is the likeliest.
        encoding: Python's name of it.
        text: what the sample is, read so.
    """

    cost: float
    encoding: str
    text: str


def sample(data: bytes) -> bytes:
    """Cut out the words that are no ASCII, each with its neighbours, without markup.

    The others tell the language of what stands somewhere else in the file.
    """
    found = _ODD.search(data)
    start = data.rfind(b"\n", 0, found.start()) + 1 if found else 0
    words = _TAGS.sub(b" ", data[start : start + _LOOKED_AT]).split()
    near: set[int] = set()
    size = 0
    for place, word in enumerate(words):
        if not word.isascii():
            near.update(range(place - _NEIGHBOURS, place + _NEIGHBOURS + 1))
            size += len(word)
        if size > _SAMPLE:
            break
    return b" ".join(word for place, word in enumerate(words) if place in near)


def candidates(data: bytes) -> list[Candidate]:
    """Weigh every encoding that fits, the likeliest first; never an empty list.

    What is far behind after a few words is weighed no further.
    """
    return list(_candidates(sample(data)))


@lru_cache(maxsize=2)  # decoding asks twice
def _candidates(part: bytes) -> tuple[Candidate, ...]:
    first = part[:_FIRST].rpartition(b" ")[0] if len(part) > _FIRST else part
    found = _weighed(first, [n for n in ENCODINGS if strictly(part, n) is not None])
    if not found:
        return (Candidate(_UNFIT, "cp1252", part.decode("cp1252", "replace")),)
    if first and first is not part:
        near = {one.encoding for one in found if one.cost < found[0].cost + _FAR}
        found = _weighed(part, [name for name in ENCODINGS if name in near])
    return tuple(found)


def _weighed(part: bytes, encodings: list[str]) -> list[Candidate]:
    read = ((part.decode(name, "replace"), name) for name in encodings)
    weighed = [Candidate(cost_of(text, name), name, text) for text, name in read]
    return sorted(weighed, key=lambda one: one.cost)


def likely(data: bytes) -> list[Candidate]:
    """List the reading that is likeliest, and others that are nearly as likely.

    Those that read the sample alike are one, named by the commonest encoding.
    """
    weighed = candidates(data)
    few = sum(sign > "\x7f" for sign in weighed[0].text) < _FEW
    doubt = _DOUBT_OF_FEW if few else _DOUBT
    found: dict[str, Candidate] = {}
    for one in weighed:
        if one is weighed[0] or one.cost - weighed[0].cost < doubt:
            found.setdefault(one.text, one)
    return list(found.values())[:_MOST_LIKELY]


def strictly(data: bytes, encoding: str) -> str | None:
    """Decode bytes that an encoding fits; None where it leaves any unread."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _C1.search(text) else text


def makes_words(best: Candidate) -> bool:
    """Tell whether a reading is letters that meet in a language, and no chance."""
    letters = sum(map(str.isalpha, best.text))
    size = len(best.text.encode(best.encoding, "replace"))
    return letters >= _LEAST_LETTERS and best.cost <= _MOST_EACH * size


def cost_of(text: str, encoding: str) -> float:
    """Weigh a text read in an encoding, in nats, by the language that it suits best."""
    cost = _SELDOM_MET.get(encoding, 0.0)
    if encoding in _WIDE:
        return cost + cost_of_wide(text, encoding, _WIDE[encoding])
    return cost + cost_of_letters(text, _OLD.get(encoding, _LATIN))
