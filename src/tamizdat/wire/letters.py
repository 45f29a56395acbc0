# ruff: noqa: RUF001 - letters and signs that look like others
"""Weigh a text by which letters meet in it, in nats: the least is the likeliest.

`letters.json` says of each language how seldom each letter follows each other one; of
languages whose signs are whole syllables, how seldom each comes. What else a wrong
encoding makes costs, too: capitals behind small letters, signs between letters, two
scripts in one word. Source: docs/decisions/0081-which-letters-meet.md.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

# Costs, in nats: a letter that follows another by one in e**cost.
_UNSEEN, _STRANGE = 8.0, 9.0  # two letters that never meet; one of no such alphabet
_FOREIGN = 4.0  # an ASCII letter in copy of another script
_TURNED, _MIXED = 8.0, 10.0  # a capital behind a small letter; two scripts in a word
_OPENING = 6.0  # what opens no word, before one
_SIGN, _SELDOM, _NEVER = 3.0, 5.0, 10.0
_WIDE_KNOWN, _WIDE_SIGN, _WIDE_LEVEL, _WIDE_RARE = 3.0, 4.0, 10.0, 13.0
_KANA = 5.0
_SIGNS = frozenset("«»„“”‘’–—…\xa0")
_SIGNS_SELDOM = frozenset(
    "•§°№€©®™‹›·ªº½¼¾¿¡‰†‚´²³£±µ×\u200c\u200d\u200e\u200f،؛؟\xad¨¸"
)
_WIDE_SIGNS = re.compile("[\u2010-\u2026\u3000-\u303f\uff01-\uff20\u30fb\u30fc]")

# Marks of vowels are no letters to Python; Thai has no words without them.
GAPS = re.compile(r"(?:[^\w\u0e31-\u0e4e]|[\d_ªºµ¹²³½¼¾])+")
_POINTS = re.compile("[\u05b0-\u05c7\u064b-\u0652\u0e31-\u0e4e]")
_ASCII = re.compile("[a-z]")
_ASCII_RUN = re.compile("[a-z]+")
_SEAMS = re.compile(
    "[a-z][^\x00-\x7f\u00aa-\u024f\\W]|[^\x00-\x7f\u00aa-\u024f\\W][a-z]"
)
# Signs between two letters, or two quotation marks, stand for letters.
_BETWEEN = re.compile(
    r"(?<=[^\W\d_])[^\w\s\x00-\x7f’\u200b-\u200f](?=[^\W\d_])|[«»„“”‘–—]{2}"
    r"|(?<=[^\W\d_]{2})[±¶¿](?!\w)|(?<=[^\W\d_]{3})[¹²³](?!\w)"
    r"|(?<![\u05d0-\u06ff])[\u05b0-\u05c7\u064b-\u0652]"
)
# What closes or parts, and single quotation marks but in Latin script, open no word.
_MISPLACED = re.compile(
    r"(?<!\S)(?:[’”»†‡€…–—•½¼¾](?=[^\W\d_])|[‘‚](?=[\u0370-\u06ff]))"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_KANAS = re.compile("[\u3041-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_WIDE_SEAMS = re.compile(
    "[a-z][\u2010-\uffff]|[\u2010-\uffff][a-z]|(?<![A-Z])[A-Z][\u3400-\uffff]"
    "|[\uac00-\ud7a3][\u4e00-\u9fff]|[\u4e00-\u9fff][\uac00-\ud7a3]"
)
# First bytes below these are of the commoner half of a set of Chinese letters.
_COMMON_HALF = {"gb18030": 0xD8, "big5": 0xC9, "cp932": 0x98, "euc_jp": 0xD0}


def _with_case(case: str) -> str:
    letters = map(chr, range(0xA0, 0x530))
    return "".join(letter for letter in letters if getattr(letter, case)())


_SMALL, _CAPITALS = _with_case("islower"), _with_case("isupper")
# Of two ASCII letters every encoding makes the same.
_TURNED_LETTERS = re.compile(f"[a-z][{_CAPITALS}]|[{_SMALL}][A-Z{_CAPITALS}]")


def _cost_of_sign(sign: str) -> float:
    if sign.isascii() or (sign.isalpha() and sign not in "ªºµ"):
        return 0
    if sign in _SIGNS or _POINTS.match(sign):
        return 0 if sign > "\u0e30" and _POINTS.match(sign) else _SIGN
    return _SELDOM if sign in _SIGNS_SELDOM else _NEVER


def cost_of_letters(text: str, languages: str) -> float:
    """Weigh a text in letters by the language that it suits best.

    Args:
        text: a few words, or a few hundred.
        languages: their keys in `letters.json`, between spaces.
    """
    return _cost_of_signs(text) + min(map(_pairs(text).weigh, languages.split()))


def costs_by_language(
    text: str, languages: Sequence[str]
) -> tuple[dict[str, float], int]:
    """Weigh a text in each of the languages; beside them how many pairs it has."""
    pairs = _pairs(text)
    return {code: pairs.weigh(code) for code in languages}, pairs.number


def alphabet_of(language: str) -> frozenset[str]:
    """List the letters that a language is counted with."""
    return _table(language).alphabet


@lru_cache(maxsize=8)  # several encodings read a text alike
def _cost_of_signs(text: str) -> float:
    cost = sum(_cost_of_sign(sign) * n for sign, n in Counter(text).items())
    cost += _MIXED * len(_BETWEEN.findall(text))
    cost += _OPENING * len(_MISPLACED.findall(text))
    return cost + _TURNED * len(_TURNED_LETTERS.findall(text))


def _folded(text: str) -> str:
    return text.replace("İ", "i").lower()


class _Pairs:
    """Count which letters meet in a text, and what that costs in each language."""

    def __init__(self, text: str) -> None:
        folded = GAPS.sub("_", f" {_folded(text)} ")
        bare = _ASCII_RUN.sub("_", folded)
        self._all = Counter(pairwise(folded))
        self._own = Counter(pairwise(bare))
        self._foreign = _FOREIGN * len(_ASCII.findall(folded))
        self._foreign += _MIXED * len(_SEAMS.findall(folded))
        self._weighed: dict[str, float] = {}
        self.number = self._all.total()  # of pairs

    def weigh(self, language: str) -> float:
        if language not in self._weighed:
            table = _table(language)
            latin = "a" in table.alphabet
            cost = table.weigh(self._all if latin else self._own)
            self._weighed[language] = cost + (0 if latin else self._foreign)
        return self._weighed[language]


@lru_cache(maxsize=8)  # as above
def _pairs(text: str) -> _Pairs:
    return _Pairs(text)


@dataclass(frozen=True, slots=True)
class _Table:
    alphabet: frozenset[str]
    costs: Mapping[tuple[str, str], int]

    def weigh(self, pairs: Counter[tuple[str, str]]) -> float:
        met, alphabet, total = self.costs.get, self.alphabet, 0.0
        for pair, number in pairs.items():
            cost = met(pair)
            if cost is None:
                known = pair[0] in alphabet and pair[1] in alphabet
                total += (_UNSEEN if known else _STRANGE) * number
            else:
                total += cost * number
        return total


@lru_cache(maxsize=1)
def _letters() -> Mapping[str, str]:
    place = Path(__file__).with_name("letters.json")
    rows: dict[str, str] = json.loads(place.read_text("utf-8"))
    return rows


@lru_cache
def _table(language: str) -> _Table:
    """Read which letters follow which: "aXY/Z": X and Y by one in e, Z in e squared."""
    rows = _letters()[language].split(" ")
    costs = {
        (row[0], letter): cost
        for row in rows
        for cost, letters in enumerate(row[1:].split("/"), start=1)
        for letter in letters
    }
    costs["_", "_"] = 0
    return _Table(frozenset(row[0] for row in rows), costs)


@lru_cache
def _wide_table(language: str) -> Mapping[str, float]:
    groups = enumerate(_letters()[language].split("/"))
    return {sign: _WIDE_KNOWN + step for step, signs in groups for sign in signs}


def cost_of_wide(text: str, encoding: str, language: str) -> float:
    """Weigh a text in signs of two bytes, read in an encoding of that language."""
    known = _wide_table(language)
    cost = _MIXED * len(_WIDE_SEAMS.findall(text))
    for sign, number in Counter(text).items():
        found = known.get(sign)
        cost += number * (
            found if found is not None else _unknown(sign, encoding, language)
        )
    return cost


def _unknown(sign: str, encoding: str, language: str) -> float:
    if sign.isascii():
        return _FOREIGN if sign.isalpha() else 0
    if _WIDE_SIGNS.match(sign):
        return _WIDE_SIGN
    if _KANAS.match(sign):
        return _KANA if language == "ja" else _WIDE_RARE
    if _HANGUL.match(sign):
        return _WIDE_LEVEL if encoding == "euc_kr" else _WIDE_RARE
    common = _COMMON_HALF.get(encoding, 0)
    if _HAN.match(sign) and sign.encode(encoding)[0] < common:
        return _WIDE_LEVEL
    return _WIDE_RARE
