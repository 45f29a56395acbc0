"""Tell the language and the direction of a text by script, letters and words.

The declared language of copy is often wrong, so it is not asked. What is
too short or too mixed yields None, and an editor decides.
"""

import re
from collections import Counter

from tamizdat.wire.language_evidence import (
    ALONE,
    ARABIC,
    CYRILLIC,
    DARI,
    LATIN,
    Evidence,
)

_SCRIPTS = (
    ("latin", "A-Za-z\u00c0-\u024f\u0259\u02bb\u02bc"),
    ("cyrillic", "\u0400-\u052f"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"),
    ("hebrew", "\u0590-\u05ff"),
    ("georgian", "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"),
    ("armenian", "\u0530-\u058f"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("hangul", "\uac00-\ud7a3\u1100-\u11ff"),
    ("kana", "\u3040-\u30ff"),
    ("han", "\u4e00-\u9fff"),
    ("thai", "\u0e00-\u0e7f"),
)
_LETTERS = tuple((name, re.compile(f"[{span}]")) for name, span in _SCRIPTS)
_KANA = re.compile("[\u3040-\u30ff]")
_RIVALS = {"latin": LATIN, "cyrillic": CYRILLIC, "arabic": ARABIC}
_WORD = re.compile(r"[^\W\d_]+(?:['\u02bb\u02bc][^\W\d_]+)*")
_RTL = {"arabic", "hebrew"}

_LEAST_LETTERS = 6  # below this not even a script of its own is evidence
_LEAST_WORDS = 4  # below this no word list is evidence
_LEAST_SCORE = 0.12  # a third of running text is common words; names alone score 0
_LEAST_LEAD = 0.03  # neighbours nearer than this cannot be told apart
_LETTER_WEIGHT = 3.0  # own letters are rarer than common words
_STRAY_WEIGHT = 6.0  # a letter outside the alphabet tells more than a word inside
_DARI_WORDS = 2


def script_of(text: str) -> str | None:
    """Name the script of most letters of `text`, None if it has no letters."""
    counts = {name: len(letters.findall(text)) for name, letters in _LETTERS}
    script = max(counts, key=lambda name: counts[name])
    return script if counts[script] else None


def direction_of(text: str) -> str | None:
    """Tell "ltr" or "rtl" by the script, None if there are no letters."""
    script = script_of(text)
    if script is None:
        return None
    return "rtl" if script in _RTL else "ltr"


def language_of(text: str) -> str | None:
    """Tell the BCP 47 language of `text`, None if the evidence is too thin."""
    script = script_of(text)
    if script == "han" and len(_KANA.findall(text)) >= _LEAST_LETTERS:
        script = "kana"
    if script in ALONE:
        letters = dict(_LETTERS)[script].findall(text)
        return ALONE[script] if len(letters) >= _LEAST_LETTERS else None
    if script not in _RIVALS:
        return None
    words = _words(text, script)
    if len(words) < _LEAST_WORDS:
        return None
    return _nearest(words, _RIVALS[script])


def common_words(text: str, code: str) -> int | None:
    """Count the commonest words of a language in Latin letters; None of an unknown."""
    words = Counter(_words(text, "latin"))
    return next((_hits(words, one) for one in LATIN if one.code == code), None)


def _words(text: str, script: str) -> list[str]:
    plain = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    plain = plain.replace("\u02bb", "'").replace("\u064a", "ی").replace("\u0643", "ک")
    letters = dict(_LETTERS)[script]
    return [word for word in _WORD.findall(plain) if letters.match(word)]


def _nearest(words: list[str], rivals: tuple[Evidence, ...]) -> str | None:
    counted, letters = Counter(words), Counter("".join(words))
    scores = sorted(
        ((_score(counted, letters, rival), rival) for rival in rivals), key=_first
    )
    best, second = scores[-1], scores[-2]
    if rivals is LATIN and not _hits(counted, best[1]):
        return None  # Latin letters with marks are everybody's: Finnish is no Turkmen
    if best[0] < _LEAST_SCORE or best[0] - second[0] < _LEAST_LEAD:
        return None
    if best[1].code == "fa" and len(DARI & counted.keys()) >= _DARI_WORDS:
        return "prs"
    return best[1].code


def _first(pair: tuple[float, Evidence]) -> float:
    return pair[0]


def _hits(words: Counter[str], rival: Evidence) -> int:
    return sum(count for word, count in words.items() if word in rival.words)


def _score(words: Counter[str], letters: Counter[str], rival: Evidence) -> float:
    total = letters.total()
    own = sum(letters[letter] for letter in rival.own_letters) / total
    known = sum(letters[letter] for letter in rival.alphabet) + letters["'"]
    stray = 1 - known / total
    share = _hits(words, rival) / words.total()
    return share + _LETTER_WEIGHT * min(own, 0.1) - _STRAY_WEIGHT * stray
