# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Sort names as the readers of a language look for them.

Decides which letter comes before which, from tables of our own: the same on every
machine, whatever its system knows. The alphabet of a language stands in the head of its
file, letters that it does not have stand where its script has them, other scripts
behind it.

Source: Unicode Technical Standard 10, UCA; CLDR 42, root collation and tailorings;
spec/addresses.md, "Registers". Not taken over: the order of signs among themselves, and
doubled letters of Hungarian that are written short.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tamizdat.edition.headings import find
from tamizdat.edition.languages import is_dotted, script

_SIGN, _DIGIT, _LETTER, _STRANGE = range(4)  # in this order
_SCRIPTS = {  # letters of the root collation; those of one place joined by "="
    "Latn": "a b c d=đ=ð e ǝ ə ɛ f g ɣ h=ħ i ı j k l=ł m n ŋ o=ø ɔ p q r s t u v w x"
    " y z ʒ þ",
    "Cyrl": "а ә ӕ б в г=ґ ғ ӻ ҕ ӷ д ђ ҙ е є ж җ з ѕ ӡ и ҋ і й ј к қ ӄ ҡ ҟ ҝ л ӆ љ м"
    " ӎ н ӊ ң ӈ ҥ њ о ө п ҧ р ҏ с ҫ т ҭ ћ у ү ұ ф х ӽ ӿ ҳ һ ц ҵ ч ҷ ӌ ҹ ҽ ҿ џ ш щ ъ ы ь"
    " ҍ ѣ э ю я ѫ ѳ ѵ ҩ ӏ",
    "Geor": "ა ბ გ დ ე ვ ზ ჱ თ ი კ ლ მ ნ ჲ ო პ ჟ რ ს ტ ჳ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჴ ჯ"
    " ჰ ჵ ჶ",
    "Armn": "ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ"
    " ֆ",
    "Arab": "ء ٲ ٱ ٳ ا ب ٻ پ ڀ ة ت ث ٹ ٺ ټ ٽ ٿ ج ڃ ڄ چ ڇ ح خ ځ څ د ذ ڈ ډ ڊ ڌ ڍ ر ز ڑ ړ"
    " ڕ ږ ژ ڙ س ش ښ ص ض ط ظ ع غ ف ڤ ق ك ک ڪ ګ ڭ گ ڱ ڳ ل ڵ م ن ں ڻ ڼ ه ھ ہ ۃ ە و ۆ ۇ ۈ"
    " ۉ ۋ ى ي ی ۍ ێ ې ے",
}
_WRITTEN_OUT = str.maketrans({"æ": "ae", "œ": "oe", "ß": "ss", "և": "եվ"})
_UNSEEN = frozenset({"Cc", "Cf"})  # categories: joiners, marks of direction


class _Place(NamedTuple):
    """Where a letter stands. `rank`: of its like; `aside`: among those of one rank."""

    kind: int
    rank: int
    aside: int


class Key(NamedTuple):
    """What a text is sorted by: letters, then marks, then small before capital."""

    letters: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, ...], ...]
    capitals: tuple[bool, ...]
    text: str


@lru_cache(maxsize=4096)
def sort_key(text: str, language: str) -> Key:
    """Give what a text is sorted by in a language. `language`: BCP 47 tag."""
    letters: list[tuple[int, int]] = []
    marks: list[tuple[int, ...]] = []
    for place, accents in _elements(_lower(text, language), _alphabet(language)):
        if place is not None:
            letters.append((place.kind, place.rank))
            marks.append((place.aside, *accents))
        elif marks:
            marks[-1] += accents
    capitals = tuple(char.isupper() for char in text)
    return Key(tuple(letters), tuple(marks), capitals, text)


def _lower(text: str, language: str) -> str:
    if is_dotted(language):
        text = text.replace("I", "ı").replace("İ", "i")
    text = unicodedata.normalize("NFC", text.lower())
    return text.translate(_WRITTEN_OUT)


def _elements(
    text: str, alphabet: Mapping[str, _Place]
) -> Iterator[tuple[_Place | None, tuple[int, ...]]]:
    """Take a text apart: letters with their accents, and accents that come later."""
    at, longest = 0, max(map(len, alphabet))
    while at < len(text):
        for length in range(longest, 0, -1):
            if (place := alphabet.get(text[at : at + length])) is not None:
                yield place, ()
                at += length
                break
        else:
            yield from _foreign(text[at], alphabet)
            at += 1


def _foreign(
    char: str, alphabet: Mapping[str, _Place]
) -> Iterator[tuple[_Place | None, tuple[int, ...]]]:
    """Place a character that is no letter of an alphabet as what it is made of."""
    for part in unicodedata.normalize("NFKD", char):
        if unicodedata.combining(part):
            yield None, (ord(part),)
        elif unicodedata.category(part) not in _UNSEEN:
            yield alphabet.get(part) or _outside(part), ()


def _outside(char: str) -> _Place:
    """Place a character of no alphabet."""
    if (digit := unicodedata.digit(char, None)) is not None:
        return _Place(_DIGIT, digit, ord(char))
    kind = _STRANGE if char.isalpha() else _SIGN
    return _Place(kind, ord(char), 0)


@lru_cache(maxsize=64)
def _alphabet(language: str) -> Mapping[str, _Place]:
    """Give the letters of a language, then those of other scripts, by what is typed."""
    own, near = script(language), find(language)
    letters = near.alphabet if near and near.script == own else ()
    groups = _merged(letters, _SCRIPTS.get(own, "").split())
    for other, its in _SCRIPTS.items():
        groups += its.split() if other != own else []
    return {
        letter: _Place(_LETTER, rank, aside)
        for rank, group in enumerate(groups)
        for aside, letter in enumerate(group.split("="))
    }


def _merged(own: Sequence[str], script: Sequence[str]) -> list[str]:
    """Put letters of a script among those of an alphabet, behind the same letters."""
    groups = [group.split("=") for group in own]
    its = {letter for group in script for letter in group.split("=")}
    at = 0
    for group in script:
        letters = group.split("=")
        there = [n for n, some in enumerate(groups) if set(some) & set(letters)]
        known = {letter for some in groups for letter in some}
        new = [letter for letter in letters if letter not in known]
        if there:
            groups[there[0]] += new
            at = there[0] + 1
            while at < len(groups) and not its.intersection(groups[at]):
                at += 1
        else:
            groups.insert(at, new)
            at += 1
    return ["=".join(some) for some in groups]
