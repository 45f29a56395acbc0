"""Tell which tables are wider than a small phone.

A table that fits is no stop for the keyboard; one that may not fit has to be, since
some browsers scroll by keyboard only what can be reached.

Decides by a guess that is too wide rather than too narrow. Where it is wrong, as with
letters twice as large, most browsers let the keyboard scroll the table nevertheless.

Source: `templates/reader.css` (table); WCAG 2.2, 2.1.1 and 1.4.10 (320 px).
"""

import unicodedata
from collections.abc import Sequence

_ROOM = 288.0  # CSS pixels: a window of 320 without its margins
_LEAST, _MOST = 88.0, 288.0  # of a column, 5.5rem and 18rem
_AIR = 11.5  # behind its words, .8em of .9rem
_LETTER, _WIDE = 10.0, 15.0  # CSS pixels; of Han, kana, hangul and emoji


def may_scroll(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table may be wider than a window of 320 CSS pixels.

    Args:
        rows: cells of each.
    """
    many = max(map(len, rows), default=0)
    if many * _LEAST > _ROOM:
        return True
    columns = ([row[at] for row in rows if at < len(row)] for at in range(many))
    return sum(map(_column, columns)) > _ROOM


def _column(cells: Sequence[str]) -> float:
    words = (_word(word) for cell in cells for word in cell.split())
    return max(_LEAST, min(_MOST, max(words, default=0) + _AIR))


def _word(word: str) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in word)
    return (len(word) - wide) * _LETTER + wide * _WIDE
