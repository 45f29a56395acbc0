"""Find the pictures of a page by their captions.

A page saved as text gives a picture as its alternative text and its caption,
in most cases the same sentence twice in a row.
"""

import re

from tamizdat.wire.items import Media
from tamizdat.wire.parsers.saved_text.credits import read_credit
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.spelling import plain, sound, trimmed
from tamizdat.wire.parsers.saved_text.words import LANGUAGES
from tamizdat.wire.receipt import ReceiptWriter

_PHOTO = "|".join(f"(?:{entry})" for words in LANGUAGES for entry in words.photo)
_SIGNS = re.compile(
    "|".join(f"(?:{entry})" for words in LANGUAGES for entry in words.caption_signs)
)
_BEHIND = re.compile(
    rf"(?:^|\s|\()(?:{_PHOTO})\s?:\s*(?P<credit>[^.:]{{2,60}}?)\)?\.?$"
    rf"|\((?:{_PHOTO})\s+(?P<bracket>[^():]{{2,60}}?)\)\.?$"
)
_MARKED = re.compile(r"\s\(?(?P<credit>\u00a9\s?[^()]{2,60}?)\)?\.?$")
_BRACKET = re.compile(r"\s\((?P<credit>[^()]{2,60})\)\.?$")
_PAIR = 2  # lines: alternative text and caption
_LEAST_SOUND = 12  # shorter lines repeat by chance
_PREFIX_SHARE = 0.8  # a caption that adds a credit is the same sentence still


def twin_length(lines: list[Line], index: int) -> int:
    """Count the lines of a sentence given twice at `index`: 2, 1 or 0.

    One line means that a wrapper joined the two copies.
    """
    line = lines[index]
    if _halves(line.text) is not None:
        return 1
    if index + 1 >= len(lines) or line.bullet or line.cells:
        return 0
    return _PAIR if _twins(line, lines[index + 1]) else 0


def _twins(first: Line, second: Line) -> bool:
    alt, caption = sound(first.text), sound(second.text)
    if len(alt) < _LEAST_SOUND or first.words == 1:
        return False
    if alt == caption:
        return True
    short, long = sorted((alt, caption), key=len)
    return long.startswith(short) and len(short) >= _PREFIX_SHARE * len(long)


def _halves(text: str) -> str | None:
    half = text[: len(text) // 2].strip()
    if sound(half) and sound(half) == sound(text[len(text) // 2 :]):
        return half if len(sound(half)) >= _LEAST_SOUND else None
    return None


def is_caption(line: Line) -> bool:
    """Tell a caption given once: by "(right)" or a credit."""
    spelled = plain(line.text)
    return bool(
        _SIGNS.search(spelled) or _BEHIND.search(spelled) or _MARKED.search(spelled)
    )


def take_pictures(
    lines: list[Line], receipt: ReceiptWriter
) -> tuple[list[Media], list[Line]]:
    """Take the captions out of the lines below the heading.

    Returns:
        The pictures in order, and the lines that are left.
    """
    pictures: list[Media] = []
    rest: list[Line] = []
    index, started = 0, False
    while index < len(lines):
        started = started or bool(pictures) or (bool(rest) and rest[-1].prose)
        taken = _twin_at(lines, index, started=started)
        if taken == 0 and index == 0 and is_caption(lines[0]):
            receipt.warn(f"line {lines[0].number}: taken for a caption, given once")
            taken = 1
        if taken:
            pictures.append(_picture(lines[index : index + taken]))
        elif pictures and not rest and (credit := _credit_alone(lines[index])):
            pictures[-1] = _credited(pictures[-1], credit)
            taken = 1
        else:
            rest.append(lines[index])
        index += taken or 1
    return pictures, rest


def _twin_at(lines: list[Line], index: int, *, started: bool) -> int:
    """Count a pair's lines; once the body has begun, both must stand together."""
    length = twin_length(lines, index)
    if length == _PAIR and started and lines[index + 1].apart:
        return 0
    return length


def _picture(pair: list[Line]) -> Media:
    if len(pair) == 1:
        halved = _halves(pair[0].text)
        caption, credit = _split_credit(halved or pair[0].text)
        return Media("picture", caption, caption if halved else None, credit)
    alt, alt_credit = _split_credit(pair[0].text)
    caption, credit = _split_credit(pair[1].text)
    return Media("picture", caption, alt, credit or alt_credit)


def _split_credit(text: str) -> tuple[str, str | None]:
    """Cut the credit off a caption: "... (AP)", "... Photo: X", "... © X"."""
    spelled = plain(text)
    for form in (_BEHIND, _MARKED):
        found = form.search(spelled)
        if found is not None:
            return trimmed(text[: found.start()]), _credit_in(text, found)
    bracket = _BRACKET.search(text)
    if bracket is not None and _is_agency(bracket["credit"]):
        return trimmed(text[: bracket.start()]), trimmed(bracket["credit"])
    return text, None


def _is_agency(text: str) -> bool:
    return read_credit(Line(0, 0, text, bullet=False, apart=True)) is not None


def _credit_alone(line: Line) -> str | None:
    found = _BEHIND.match(plain(line.text))
    if found is not None:
        return _credit_in(line.text, found)
    if line.text.startswith(("(", "\u00a9")) and _is_agency(line.text):
        return line.text.strip("() ")
    return None


def _credit_in(text: str, found: re.Match[str]) -> str:
    group = next(name for name, words in found.groupdict().items() if words)
    return trimmed(text[slice(*found.span(group))])


def _credited(picture: Media, credit: str) -> Media:
    return Media("picture", picture.caption, picture.alt, picture.credit or credit)
