"""Clean text as agencies send it, without changing a letter of its words."""

import html
import re

_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_EDGES = " \t\r\n\f\v\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200e\u200f\ufeff\ufffe\uffff]"
)
_LOST = "\ufffd"
_QUOTES = (("``", "\u201c"), ("''", "\u201d"))
_ROUTING = re.compile(r"\s*(?:=|\+{2,3}|\^|<)\s*$")
_OPENING = re.compile(r"(?:(?<=\s)|^|(?<=\())''(?=\w)")
_LOW = re.compile(r"(?:(?<=\s)|^|(?<=[(\u2013-])),,(?=\w)")
_DASH = re.compile(r"(?<=\s)_{1,2}(?=\s)")
# Chinese and Japanese letters; those of Thai, Lao, Burmese and Khmer.
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WIDE_WORD, _UNPARTED_WORD = 2, 5  # letters that a word has about
_TAGGED = re.compile(
    r"</?(?:p|br|div|b|i|em|strong|a|ul|li|span|h\d)\b[^>]*>", re.IGNORECASE
)
_NO_LETTER = re.compile(r"&#(?:\d{8,}|x[0-9a-f]{7,});?", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)


def one_line(text: str) -> str:
    """Put a text into one line: runs of white space become one space.

    No-break spaces and joiners inside stay, for they are part of the words.
    """
    spaced = _SPACES.sub(" ", text.replace("\u2028", " ").replace("\u2029", " "))
    return _CONTROLS.sub("", spaced).replace(_LOST, "?").strip(_EDGES + "\u00a0\u3000")


def typeset(text: str) -> str:
    """Give teletype quotes and dashes the letters that print has."""
    text = _OPENING.sub("\u201c", text)
    text = _LOW.sub("\u201e", text)
    for typed, printed in _QUOTES:
        text = text.replace(typed, printed)
    return _DASH.sub("\u2014", text)


def without_routing(headline: str) -> str:
    """Take off the marks that tell machines where a headline ends."""
    return _ROUTING.sub("", headline)


def unescaped(text: str) -> str:
    """Take HTML's escapes and inline tags out of a line that was not to have any."""
    if _ESCAPED.search(text):
        text = html_unescaped(text)
    return one_line(_TAGGED.sub(" ", text))


def count_words(text: str) -> int:
    """Count the words of a text; where a script parts none, by its letters."""
    wide, marked = len(_WIDE.findall(text)), len(_UNPARTED.findall(text))
    return len(text.split()) + wide // _WIDE_WORD + marked // _UNPARTED_WORD


def unstopped(text: str) -> bool:
    """Tell a text in Thai, Lao, Burmese or Khmer, which end sentences with a space."""
    return bool(text) and _UNPARTED.match(text[-1]) is not None


def html_unescaped(text: str) -> str:
    """Turn HTML's escapes into letters; numbers that no letter has go."""
    return html.unescape(_NO_LETTER.sub("", text))
