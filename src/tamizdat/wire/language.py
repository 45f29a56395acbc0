"""Tell the language and the direction of a text by script, letters and words.

The declared language of copy is often wrong, so it is not asked. What is
too short or too mixed yields None, and an editor decides.

Source: Unicode Standard Annex 24, Scripts.txt, as fontTools carries it.
"""

import re
from collections import Counter
from functools import lru_cache

from fontTools import unicodedata as ucd

from tamizdat.edition import languages
from tamizdat.wire import neighbours
from tamizdat.wire.language_evidence import (
    ALONE,
    ARABIC,
    CYRILLIC,
    DARI,
    Evidence,
)
from tamizdat.wire.language_evidence_latin import LATIN

# Letters of one script that Unicode keeps apart.
_ONE = {"hiragana": "kana", "katakana": "kana"}
_NO_SCRIPT = frozenset({"Zinh", "Zyyy", "Zzzz"})  # inherited, common, unknown
# Codes of ISO 15924 that name letters of others, or of several scripts.
_SEVERAL = {
    "Aran": ("arabic",),
    "Hans": ("han",),
    "Hant": ("han",),
    "Jpan": ("han", "kana"),
    "Kore": ("han", "hangul"),
    "Latg": ("latin",),
}
_KANA = re.compile("[\u3040-\u30ff]")
_RIVALS = {"latin": LATIN, "cyrillic": CYRILLIC, "arabic": ARABIC}
_WORD = re.compile(r"[^\W\d_]+(?:['\u02bb\u02bc][^\W\d_]+)*")
_Scores = list[tuple[float, Evidence]]

_LEAST_LETTERS = 6  # below this not even a script of its own is evidence
_LEAST_WORDS = 4  # below this no word list is evidence
_LEAST_SCORE = 0.12  # a third of running text is common words; names alone score 0
_LEAST_LEAD = 0.03  # neighbours nearer than this cannot be told apart by words
_NEAR_BEST = 0.06  # those nearer than this may be the language, if letters say so
_SURE_SCORE, _SURE_LEAD = 0.25, 0.1  # no letters are asked
_SURE_HITS = 4  # words, and letters of its own, of what has no counts of letters
_FEW_WORDS = 8  # may all be words of another language, too
_SURE_WORDS = 40  # of Cyrillic, for the same
_LETTER_WEIGHT = 3.0  # own letters are rarer than common words
_STRAY_WEIGHT = 6.0  # a letter outside the alphabet tells more than a word inside
_DARI_WORDS = 2


@lru_cache(maxsize=8192)
def _script(letter: str) -> str | None:
    code = ucd.script(letter)
    name = ucd.script_name(code).lower()
    return None if code in _NO_SCRIPT else _ONE.get(name, name)


def _letters(text: str) -> Counter[str]:
    """Count the letters of a text by their scripts."""
    found: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if script := _script(letter):
            found[script] += count
    return found


def script_of(text: str) -> str | None:
    """Name the script of most letters of `text`, None if it has no letters.

    Of two with as many it is the first by name. Hiragana and Katakana are "kana".
    """
    counts = _letters(text)
    return min(counts, key=lambda name: (-counts[name], name), default=None)


@lru_cache(maxsize=256)
def scripts_of(language: str) -> frozenset[str]:
    """Name the scripts of the letters that a language has, as `script_of` does.

    Args:
        language: BCP 47 tag; its script counts where it names one, else its usual one.
    """
    return _named_by(languages.script(language))


@lru_cache(maxsize=1024)
def script_in(language: str, letters: str | None) -> str | None:
    """Find the script in which a language is written in some letters.

    Latin letters are of it where they are its usual ones: names and addresses in them
    stand in every language.

    Args:
        language: BCP 47 tag; its script is the only one where it names one.
        letters: as `script_of` names them.

    Returns:
        A code of ISO 15924, that of its usual script first; None where these are not
        its letters.
    """
    usual = languages.script(language)
    others = languages.scripts(language) - {usual} if letters != "latin" else ()
    codes = (usual, *sorted(others))
    return next((code for code in codes if letters in _named_by(code)), None)


def _named_by(code: str) -> frozenset[str]:
    """Name the scripts of a code of ISO 15924, which may be several."""
    name = ucd.script_name(code, default="").lower()
    return frozenset(_SEVERAL.get(code, (_ONE.get(name, name),)))


def direction_of(text: str) -> str | None:
    """Tell "ltr" or "rtl" by the script, None if there are no letters."""
    script = script_of(text)
    leading = next((one for one in text if script and _script(one) == script), None)
    if leading is None:
        return None
    return str(ucd.script_horizontal_direction(ucd.script(leading))).lower()


def language_of(text: str) -> str | None:
    """Tell the BCP 47 language of `text`, None if the evidence is too thin.

    Common words first; where they are few, or other letters meet than in that
    language, which letters meet. Two that are near yield None.
    """
    script = script_of(text)
    if script not in {"latin", "cyrillic"}:
        return language_by_words(text)
    words = _words(text, script)
    if len(words) < _LEAST_WORDS:
        return None
    scores = _scores(words, _RIVALS[script])
    said = named = _named(words, _RIVALS[script], scores)
    if script == "latin" and named is not None:
        said = _of_the_family(named, words)
    if named is not None and said is None:
        return None
    if said is not None and _needs_no_letters(said, script, words, scores):
        return said
    if said in neighbours.UNCOUNTED:
        return said if _is_led(said, words, scores) else None
    return _by_letters(text, words, said, scores)


def _by_letters(
    text: str, words: list[str], said: str | None, scores: _Scores
) -> str | None:
    """Ask which letters meet, where words alone are not enough."""
    latin = scores[0][1] in LATIN
    weighed = neighbours.weigh(text, "latin" if latin else "cyrillic")
    if weighed is None:
        return None if said in neighbours.SMALL else said
    if latin and said in {None, *neighbours.SMALL}:
        near = neighbours.nearest(weighed, _near(scores))
        if near is not None:
            return _of_the_family(near, words)
    return _weighed(words, said, weighed, scores)


def _is_led(said: str, words: list[str], scores: _Scores) -> bool:
    """Tell whether several words name a language whose letters nobody counted."""
    (second, _), (best, row) = scores[-2:]
    known = row.words & set(words)
    own = row.own_letters & set("".join(words))
    lead = best - second >= _SURE_LEAD
    return row.code == said and lead and len(known) + len(own) >= _SURE_HITS


def _near(scores: _Scores) -> set[str]:
    """List the languages that words suit best, where two are near."""
    best = scores[-1][0]
    if best < _LEAST_SCORE:
        return set()
    return {one.code for score, one in scores if score >= best - _NEAR_BEST}


def _needs_no_letters(
    said: str, script: str, words: list[str], scores: _Scores
) -> bool:
    if script == "latin" and said in {*neighbours.SOUTH, *neighbours.BY_WORDS_ALONE}:
        return True
    if said in neighbours.SMALL:
        return False
    (second, near), (best, _) = scores[-2:]
    led = best >= _SURE_SCORE and best - second >= _SURE_LEAD
    # Few words of Belarusian may all be Russian, but for letters they lack.
    least = _FEW_WORDS if script == "latin" else _SURE_WORDS
    return led and len(words) >= least and near.code not in neighbours.SMALL


def _of_the_family(said: str, words: list[str]) -> str | None:
    """Tell a language from those with its words: the Serbian, Crimean Tatar."""
    letters = set("".join(words))
    if said in neighbours.SOUTH:
        return neighbours.of_the_south(words)
    if said == "id":
        return neighbours.of_the_islands(" ".join(words), least=1)
    if said == "sl":
        return said if neighbours.is_slovenian(words) else None
    if said == "az":
        return said if "\u0259" in letters else None
    return None if said == "tr" and letters & {"\u00f1", "q"} else said


def _weighed(
    words: list[str], said: str | None, weighed: neighbours.Weighed, scores: _Scores
) -> str | None:
    """Judge what words say by which letters meet."""
    if said is not None and not weighed.doubts(said):
        small = {said, weighed.code} & neighbours.SMALL
        return None if small and weighed.code != said else said
    # Words of another language, be they few, are against what letters alone tell.
    others = [score for score, one in scores if one.code != weighed.code]
    latin = scores[0][1] in LATIN
    if not weighed.is_sure or (latin and max(others) >= _LEAST_SCORE):
        return None
    return _of_the_family(weighed.code, words) if latin else weighed.code


def language_by_words(text: str) -> str | None:
    """Tell the language of `text` by script, letters of its own and common words."""
    script = script_of(text)
    if script == "han" and len(_KANA.findall(text)) >= _LEAST_LETTERS:
        script = "kana"
    if script in ALONE:
        return ALONE[script] if _letters(text)[script] >= _LEAST_LETTERS else None
    if script not in _RIVALS:
        return None
    words = _words(text, script)
    if len(words) < _LEAST_WORDS:
        return None
    return _named(words, _RIVALS[script], _scores(words, _RIVALS[script]))


def common_words(text: str, code: str) -> int | None:
    """Count the commonest words of a language in Latin letters; None of an unknown."""
    words = Counter(_words(text, "latin"))
    return next((_hits(words, one) for one in LATIN if one.code == code), None)


def _words(text: str, script: str) -> list[str]:
    plain = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    plain = plain.replace("\u02bb", "'").replace("\u064a", "ی").replace("\u0643", "ک")
    return [word for word in _WORD.findall(plain) if _script(word[0]) == script]


def _scores(words: list[str], rivals: tuple[Evidence, ...]) -> _Scores:
    """Score each language by common words and letters, the best one last."""
    counted, letters = Counter(words), Counter("".join(words))
    return sorted(
        ((_score(counted, letters, rival), rival) for rival in rivals), key=_first
    )


def _named(
    words: list[str], rivals: tuple[Evidence, ...], scores: _Scores
) -> str | None:
    counted, best, second = Counter(words), scores[-1], scores[-2]
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
