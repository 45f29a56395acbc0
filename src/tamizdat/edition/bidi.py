"""Keep letters in order that run against their page.

Decides which block of a page is set the other way, and which run of letters inside a
text is told apart, so that marks and figures stay on the side where they were written.
What language a passage is in is for whoever knows: here only letters count.

The tables are ours, and whole blocks of Unicode: a newer version of it changes no page.

Source: spec/story-document.md, "Other languages in a text"; Unicode Standard Annex 9.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from tamizdat.edition.amounts import (
    ANY_FIGURE,
    ARABIC,
    BEFORE,
    HYPHEN,
    HYPHEN_SIGN,
    PLUS_MINUS,
    SIGN,
    SPAN,
    number_end,
)

_MARKS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_LETTERS = {  # of scripts, with marks of their own that turn a line as letters do
    "rtl": "\u05be\u05c0\u05c3\u05d0-\u05f4\u061b-\u064a\u066d-\u066f\u0671-\u06d5"
    "\u06ee\u06ef\u06fa-\u085f\u0860-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff",
    "ltr": "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"
    "\u0370-\u058a\u0900-\u1fff\u2c00-\u2dff\u3041-\ua4cf\ua500-\uabff\uac00-\ud7ff"
    "\uf900-\ufaff\ufb00-\ufb17\uff21-\uff3a\uff41-\uff5a\U00010000-\U000107ff\U00011000-\U00016fff"
    "\U00020000-\U0003ffff",
}
OTHER = {"rtl": "ltr", "ltr": "rtl"}
_FIGURES = {"rtl": "\u0660-\u0669\u06f0-\u06f9", "ltr": "0-9"}  # that go with letters
_LETTER = {way: re.compile(f"[{some}]") for way, some in _LETTERS.items()}
_EITHER = re.compile(f"[{''.join(_LETTERS.values())}]")
_OWN = {  # what ends a run: letters, what is set on them, figures of their script
    way: re.compile(f"[{_LETTERS[way]}{_MARKS}\u0300-\u036f\u200c\u200d{figures}]")
    for way, figures in _FIGURES.items()
}
_MARK = re.compile(f"[{_MARKS}\u0300-\u036f\u200c\u200d]")
_ATTACHED = re.compile(
    f"(?:(?:(?<![{ARABIC}])[{HYPHEN}_]|[./:])?{SPAN}|[+#%&@=~/{_MARKS}\u0300-\u036f])+"
)
_UNPARTED = (  # scripts that put no blank between words: each letter counts as one
    "\u0e00-\u0eff\u1000-\u1049\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_IN_WORD = (  # or in an address, which is one
    f"{_MARKS}\u0300-\u036f\u200c\u200d{ANY_FIGURE}'\u2019._:/?=&@#%+~\u2010\u2011-"
)
_WORD = {
    "rtl": re.compile(f"[{_LETTERS['rtl']}][{_LETTERS['rtl']}{_IN_WORD}]*+"),
    "ltr": re.compile(
        f"[{_UNPARTED}]|[{_LETTERS['ltr']}][{_LETTERS['ltr']}{_IN_WORD}]*+"
    ),
}
_FIGURE_NEXT = re.compile(f"[^\ufffc{''.join(_LETTERS.values())}]*?[{ANY_FIGURE}]")
_PAIRS = {"(": ")", "[": "]", "{": "}", "\u00ab": "\u00bb", "\u2039": "\u203a"}
_CLOSING = frozenset(_PAIRS.values())
_QUOTES = {
    **_PAIRS,
    '"': '"',
    "\u201c": "\u201d",
    "\u201e": "\u201c",
    "\u2018": "\u2019",
}
_SIGNS = re.escape("".join({*_QUOTES, *_QUOTES.values()}))
_OPENED = re.compile(
    f"[{re.escape(''.join(_QUOTES))}]"
    f"(?:[^\\s{_SIGNS}{''.join(_LETTERS.values())}]"
    f"[^{_SIGNS}{''.join(_LETTERS.values())}]*)?\\Z"
)

_ENDED = {  # a quotation that something follows; an apostrophe is within a word
    sign: re.compile(f"{re.escape(sign)}(?![{ANY_FIGURE}{''.join(_LETTERS.values())}])")
    for sign in {*_QUOTES.values()}
}
_QUOTATION = 3  # times as many words as are said of it are none any more
_LONGEST_NAME = 12  # words; "Office of the ... Commissioner for Human Rights" has ten
_DEEP = 8  # brackets within brackets
_NEAR, _FAR = 30, 600  # characters looked through for what a run begins or ends with
OBJECT = "\ufffc"  # stands for what has a direction of its own
WORDS = {"rtl": "\ufdd0", "ltr": "\U0002fffe"}  # letters that stand for such words
_BETWEEN = f"[^{''.join(_LETTERS.values())}{OBJECT}]"
_RUNS_ON = {  # letters behind the end of a quotation, whose mark they would take in
    way: re.compile(
        f"(?:(?![\u00bb\u203a]){_BETWEEN})*+[\u00bb\u203a]{_BETWEEN}*+[{some}]"
    )
    for way, some in _LETTERS.items()
}
_EDGE = re.compile(f"[{''.join(_LETTERS.values())}{OBJECT}]")
_BARRIER = {way: re.compile(f"[{some}{OBJECT}]") for way, some in _LETTERS.items()}


_TEXT_AGAINST = {
    way: re.compile(
        f"(?:\\A|>)(?:[^<>&{some}-]++|&(?:[a-z0-9#]++;)?+|(?!{begins})-)*+"
        f"(?:[{some}]|{begins})"
    )
    for way, some, begins in (
        ("rtl", _LETTERS["ltr"] + PLUS_MINUS, HYPHEN_SIGN),
        ("ltr", _LETTERS["rtl"], "(?!)"),
    )
}


def texts_against(markup: str, way: str) -> Iterator[int]:
    """Find the first letter against a direction in each text between tags, in order.

    A plus, a minus or a hyphen may begin a number that runs against `rtl`.

    Args:
        markup: as the press writes it; the letters of an escape are none.
        way: `ltr` or `rtl`.
    """
    return (match.end() - 1 for match in _TEXT_AGAINST[way].finditer(markup))


def is_any(text: str, way: str) -> bool:
    """Tell whether a letter of a text runs against a direction, `ltr` or `rtl`."""
    return _LETTER[OTHER[way]].search(text) is not None


def against(text: str, way: str) -> bool:
    """Tell whether a text as a whole runs against a direction.

    Its first letter does, and most of its words: a sentence may hold a quotation longer
    than itself. Where words of both run in it, one from left to right may begin with a
    quotation; one from right to left with names in Latin letters, and end in one.
    """
    other = _LETTER[OTHER[way]]
    first = _EITHER.search(text)
    if first is None or not other.match(first[0]):
        return False
    words, along = (len(_WORD[one].findall(text)) for one in (OTHER[way], way))
    if not along:
        return True
    ends = other.match(next(filter(_EITHER.match, reversed(text))))
    if way == "rtl":
        return bool(ends) and words > max(_LONGEST_NAME, along)
    return words > (along if ends else _QUOTATION * along)


def ends_against(text: str, way: str) -> bool:
    """Tell whether a text begins or ends in letters that run against a direction.

    Beside another such text, both would be set as one run; not where the letters are
    told apart already.
    """
    for start, end in reversed(runs_apart(text, way)):
        text = text[:start] + OBJECT + text[end:]
    found = _EDGE.findall(text)
    other = _LETTER[OTHER[way]]
    return any(other.match(one) for one in (*found[:1], *found[-1:]))


def runs_apart(text: str, way: str) -> list[tuple[int, int]]:
    """Find runs that a browser would set out of order in a text of a direction.

    A run is what stands between two letters of the text's own direction: from the first
    letter of the other one to the last, with what belongs to it before (figures, the
    sign of a name, a word or an ending: "@", "#", ".") and behind, with brackets
    that it opens, and with all that stands in quotation marks or brackets around it. A
    run that begins and ends in letters, with no figure next to it, is set right by
    itself; words with a direction of their own are, where nothing else runs with them.
    A number with a sign is a run where the text goes from right to left.

    Returns:
        Where each starts and stops, in order.
    """
    other = OTHER[way]
    found, at, stop = list[tuple[int, int]](), 0, 0
    while first := _LETTER[other].search(text, at):
        if stop <= first.start():
            barrier = _BARRIER[way].search(text, first.start())
            stop = barrier.start() if barrier else len(text)
        near = max(at, first.start() - _NEAR)
        before = BEFORE.search(text, near, first.start())
        start = before.start() if before else first.start()
        end = _end(text, first.start(), stop, other)
        start, end = _quoted(text, (start, end), at, stop)
        if not _is_safe(text, start, end, other):
            found.append((start, end))
        at = end
    return _with_numbers(found, text) if way == "rtl" else found


def _with_numbers(runs: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Tell numbers with a sign apart, too: it would stand behind them.

    Groups behind a plus would be set back to front.
    """
    found = []
    for match in SIGN.finditer(text):
        start, end = match.start(), number_end(text, match.start())
        at = bisect_left(runs, (start, start))
        if not any(a < end and start < b for a, b in runs[max(at - 1, 0) : at + 1]):
            found.append((start, end))
    return sorted([*runs, *found])


def _end(text: str, start: int, stop: int, way: str) -> int:
    """Find where a run ends, before `stop`: never within brackets."""
    at = end = start
    while at < stop and text[at] not in _CLOSING:
        closed = _closed(text, at, stop) if text[at] in _PAIRS else at
        if closed < 0:
            break
        if closed > at or _OWN[way].match(text[at]):
            end = closed + 1
        at = closed + 1
    attached = _ATTACHED.match(text, end, stop)
    return attached.end() if attached else end


def _closed(text: str, at: int, stop: int) -> int:
    """Find the bracket that closes one, -1 where none does that is near."""
    closing = list[str]()
    for place in range(at, min(stop, at + _FAR)):
        char = text[place]
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _PAIRS:
            closing.append(_PAIRS[char])
        if not closing:
            return place
        if len(closing) > _DEEP:
            break
    return -1


def _quoted(text: str, run: tuple[int, int], floor: int, stop: int) -> tuple[int, int]:
    """Widen a run to all that stands in the quotation marks around it.

    The mark before a quotation that the run goes on behind goes along with it.
    """
    start, end = run
    for _ in range(_DEEP):
        near = max(floor, start - _NEAR)
        opened = _OPENED.search(text[near:start])
        if opened is None:
            break
        begun, closing = near + opened.start() + 1, _QUOTES[opened[0][0]]
        if not _ENDED[closing].search(text, start, end):
            closed = text.find(closing, end, min(stop, end + _FAR))
            return (start, end) if closed < 0 else (begun, closed)
        start = begun - 1
    return start, end


def _is_safe(text: str, start: int, end: int, way: str) -> bool:
    """Tell whether a run is in order without being told apart."""
    if WORDS[way] in text[start:end]:
        return end - start == 1
    letter, last = _LETTER[way], text[end - 1]
    ends = letter.match(last) or (last not in "0123456789" and _MARK.match(last))
    follows = _FIGURE_NEXT.match(text, end) or _RUNS_ON[way].match(text, end)
    return bool(letter.match(text[start]) and ends) and not follows
