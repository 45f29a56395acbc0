"""Read JSON that no strict reader takes: comments, odd commas, an end that is missing.

It goes once over the text and keeps its own stack, so that no depth of nesting
can break it. What cannot be a value is skipped and counted; what is open at the
end is closed there.
"""

import re
from typing import Any

_BLANK = re.compile(r"(?:[\s\ufeff,;]|//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*)+", re.DOTALL)
_STRING = re.compile(r"\"([^\"\\]*(?:\\.[^\"\\]*)*)(\"|\\?\Z)", re.DOTALL)
_SINGLE = re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)('|\\?\Z)", re.DOTALL)
_BARE = re.compile(r"[^\s\"'{}\[\],:;/]+|/")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.|\Z)", re.DOTALL)
_NUMBER = re.compile(r"[-+]?\d[\d.eE+-]*")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "\n"}
_WORDS = {"true": True, "false": False, "null": None, "none": None, "nan": None}


class Repair:
    """Read one text to its end.

    Attributes:
        values: those of the outermost level, in order.
        faults: how many things were skipped or closed.
        deepest: levels of what it has read.
    """

    def __init__(self, text: str, most_depth: int) -> None:
        self.values: list[Any] = []
        self.faults = 0
        self.deepest = 0
        self._text = text
        self._most = most_depth
        self._stack: list[dict[str, Any] | list[Any]] = []
        self._keys: list[str | None] = []
        self._at = 0

    def read(self) -> "Repair":
        """Read all values; `deepest` tells whether they were too deep to go on."""
        at, text = 0, self._text
        while at < len(text) and self.deepest <= self._most:
            blank = _BLANK.match(text, at)
            self._at = at = blank.end() if blank else at
            if at < len(text):
                at = self._part(at)
        self.faults += len(self._stack)
        return self

    def _part(self, at: int) -> int:
        letter = self._text[at]
        if letter in "{[":
            self._open({} if letter == "{" else [])
            return at + 1
        if letter in "}]":
            self._close(letter)
            return at + 1
        if letter == ":":
            return at + 1
        form = {'"': _STRING, "'": _SINGLE}.get(letter, _BARE)
        found = form.match(self._text, at)
        if found is None:
            self.faults += 1
            return at + 1
        if form is _BARE:
            self._bare(found[0])
        else:
            self.faults += found[2] in {"", "\\"}
            self._value(unescaped(found[1]), may_be_key=True)
        return found.end()

    def _open(self, value: dict[str, Any] | list[Any]) -> None:
        self._value(value)
        self._stack.append(value)
        self._keys.append(None)
        self.deepest = max(self.deepest, len(self._stack))

    @property
    def too_deep(self) -> str:
        """Say which level it stopped at and where, in words of an error."""
        line = self._text.count("\n", 0, self._at) + 1
        return f"level {self.deepest} in line {line}, character {self._at + 1:,}"

    def _close(self, letter: str) -> None:
        kind = dict if letter == "}" else list
        while self._stack:
            right = isinstance(self._stack.pop(), kind)
            self._keys.pop()
            if right:
                return
            self.faults += 1
        self.faults += 1

    def _bare(self, word: str) -> None:
        if word.lower() in _WORDS:
            self._value(_WORDS[word.lower()])
        elif _NUMBER.fullmatch(word):
            self._value(word)
        elif self._stack and isinstance(self._stack[-1], dict):
            self._value(word, may_be_key=True)
        else:
            self.faults += 1  # words between values: a name before them, garbage

    def _value(self, value: Any, *, may_be_key: bool = False) -> None:
        if not self._stack:
            if isinstance(value, dict | list):
                self.values.append(value)
            return
        inside = self._stack[-1]
        if isinstance(inside, list):
            inside.append(value)
        elif self._keys[-1] is not None:
            inside[self._keys[-1]] = value
            self._keys[-1] = None
        elif may_be_key:
            self._keys[-1] = value
        else:
            self.faults += 1


def unescaped(text: str) -> str:
    """Read the escapes of a string; half a surrogate pair stays half."""
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_letter, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _letter(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) == 5:  # noqa: PLR2004 - u and four digits
        return chr(int(code[1:], 16))
    return _LETTERS.get(code, code)
