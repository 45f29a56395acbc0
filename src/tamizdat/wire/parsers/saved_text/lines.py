"""Cut the text of a saved page into lines, each with its place and its shape.

The shape of a line (indent, bullet, an empty line before it, its end) says as
much about its part in the page as its words do.
"""

import re
from dataclasses import dataclass, replace

from tamizdat.wire.draft.text import count_words, unstopped
from tamizdat.wire.parsers.saved_text.spelling import MARKS, sound, trimmed

_BULLET = re.compile("^[\u2022\u25aa\u2023\u25e6\u00b7\u25cf*]\\s*|^-\\s+")
_INDENT = re.compile(rf"^[\s{MARKS}]*")
_ENDS = re.compile("[.!?\u2026:;\u061f\u06d4\u0589\u2024\u037e\u3002\uff01\uff1f]$")
_CLOSING = "\"'\u201d\u00bb\u2019)]\u201c\u300d\uff09"
_STOPS = re.compile("[.\u2026\u06d4\u0589\u3002]$")
_PROSE_WORDS = 25  # no headline or label is longer
_SENTENCE_WORDS = 4
_QUESTION_WORDS = 15  # a longer question is a paragraph, a shorter one a headline
_NAME_WORDS = 6
_UNPARTED_WORDS = 8  # of a sentence in a script without stops; a headline has fewer
_TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of the page; `wrapping` puts cut ones together.

    Attributes:
        number: in the file, from 1.
        indent: columns before the text, less what all lines have.
        text: without white space, marks and bullet at its ends.
        bullet: whether a bullet stood before it.
        apart: whether an empty line stands before it.
        cells: the parts between tabs, where there are at least two.
        width: columns up to the last character, as the file has it.
    """

    number: int
    indent: int
    text: str
    bullet: bool
    apart: bool
    cells: tuple[str, ...] = ()
    width: int = 0

    @property
    def words(self) -> int:
        """Count runs of characters between white space."""
        return count_words(self.text)

    @property
    def ended(self) -> bool:
        """Tell whether the text ends as a sentence does."""
        stopped = bool(_ENDS.search(self.text.rstrip(_CLOSING)))
        return stopped or (self.words >= _UNPARTED_WORDS and unstopped(self.text))

    @property
    def prose(self) -> bool:
        """Tell whether this can only be a paragraph."""
        if self.words > _PROSE_WORDS:
            return True
        text = self.text.rstrip(_CLOSING)
        stops = bool(_STOPS.search(text)) or unstopped(text)
        least = _SENTENCE_WORDS if stops else _QUESTION_WORDS
        return self.ended and self.words >= least

    @property
    def name_like(self) -> bool:
        """Tell whether this can be the name of a person or an organisation."""
        return self.words <= _NAME_WORDS and not self.ended and len(self.text) > 1


def read_lines(text: str) -> list[Line]:
    """Cut `text` into lines that hold something."""
    lines: list[Line] = []
    apart = True
    for number, row in enumerate(text.split("\n"), start=1):
        if trimmed(row):
            lines.append(_line(number, row, apart=apart))
            apart = False
        else:
            apart = True
    return lines


def same(first: Line, second: Line) -> bool:
    """Tell whether two lines say the same, but for quotes and spaces."""
    return bool(sound(first.text)) and sound(first.text) == sound(second.text)


def _line(number: int, row: str, *, apart: bool) -> Line:
    opening = _INDENT.match(row)
    indent = len(opening[0].expandtabs(_TAB)) if opening else 0
    inner = trimmed(row)
    text = trimmed(_BULLET.sub("", inner)) or inner
    cells = tuple(trimmed(cell) for cell in row.strip().split("\t"))
    return Line(
        number=number,
        indent=indent,
        text=text,
        bullet=text != inner,
        apart=apart,
        cells=cells if len(cells) > 1 else (),
        width=len(row.rstrip()),
    )


def level(lines: list[Line]) -> list[Line]:
    """Take off the indent of the whole page, or all if paragraphs have it."""
    prose = [line for line in lines if line.prose]
    if prose and sum(1 for line in prose if line.indent) * 2 > len(prose):
        return [replace(line, indent=0) for line in lines]
    least = min((line.indent for line in lines), default=0)
    return [replace(line, indent=line.indent - least) for line in lines]
