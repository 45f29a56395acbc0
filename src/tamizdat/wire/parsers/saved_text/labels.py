# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Tell what a line of a saved page is by its words, in any language.

Only whole lines are labels: a sentence that holds the words of a label is not.
"""

import re
from collections.abc import Iterable, Iterator

from tamizdat.wire.parsers.saved_text.spelling import label, plain
from tamizdat.wire.parsers.saved_text.words import LANGUAGES

_WIDTHS = r"(?:xs|sm|md|lg|xl|xxl|2xl)"
_BREAKPOINTS = re.compile(rf"[> ]*{_WIDTHS}(?:[ |/,]+{_WIDTHS})*")
_RATIO = re.compile(
    r"(?:[^\W\d]+ )?(?P<width>\d{1,2})\s?(?:[xх\u00d7*]|(?P<colon>:))\s?"
    r"(?P<height>\d{1,2})"
    r"(?P<words>(?: [^\W\d]+){0,2})"
)
_PHONE = re.compile(r"\+?\d[\d ()./-]{6,}\d")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_COPYRIGHT = re.compile(
    r"(?:copyright\b|\(c\)|\u00a9)\s?.{0,5}\d{4}|^\u00a9 "
    r"|^(?:copyright\b|\(c\)) .{2,60}?\b(?:19|20)\d{2}\b"
)
_LABEL_WORDS = 8  # a longer line is no label
_CONTACT_WORDS = 25
_CONTACT_LETTERS = 500


def _any(expressions: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{expression})" for expression in expressions))


_LINKS = _any(entry for words in LANGUAGES for entry in words.links)
_BANNERS = _any(entry for words in LANGUAGES for entry in words.banners)
_CONTROLS = _any(entry for words in LANGUAGES for entry in words.controls)
_BREAKING = _any(entry for words in LANGUAGES for entry in words.breaking)
_PRIVATE = _any(entry for words in LANGUAGES for entry in words.private)
_CONTACT = re.compile(
    rf"(?:{_any(e for words in LANGUAGES for e in words.contact).pattern})(?!\w)"
)
_EDNOTE = _any(entry for words in LANGUAGES for entry in words.ednote)
_EMBARGO = _any(entry for words in LANGUAGES for entry in words.embargo)


def _whole(expression: re.Pattern[str], text: str) -> bool:
    spelled = label(text)
    return len(spelled.split()) <= _LABEL_WORDS and bool(expression.fullmatch(spelled))


def is_breakpoint(text: str) -> bool:
    """Tell names of screen widths, as in "XS"."""
    return bool(_BREAKPOINTS.fullmatch(label(text)))


def is_skip_link(text: str) -> bool:
    """Tell a link for keyboards and screen readers."""
    return _whole(_LINKS, text)


def is_banner(text: str) -> bool:
    """Tell a banner of the site, which says nothing about the story."""
    return _whole(_BANNERS, text)


def is_control(text: str) -> bool:
    """Tell a button of the page, as in "Print"."""
    return _whole(_CONTROLS, text)


def is_breaking(headline: str) -> bool:
    """Tell whether the headline itself begins with "Breaking:"."""
    head, colon, _ = plain(headline).partition(":")
    return bool(colon) and bool(_BREAKING.fullmatch(head.strip()))


def ratio_of(text: str, *, bullet: bool) -> str | None:
    """Read the name of a crop: "16x9 Image" yields "16x9".

    A colon makes a score as well as a ratio, so it needs a bullet or a word.
    """
    found = _RATIO.fullmatch(label(text))
    if found is None or (found["colon"] and not (bullet or found["words"])):
        return None
    return f"{int(found['width'])}x{int(found['height'])}"


def is_private(text: str) -> bool:
    """Tell a line that marks something as not for publication.

    A sentence of the story may speak of such a mark; then it neither opens
    with it nor holds a number or an address.
    """
    spelled = label(text).lstrip("(*[ ")
    marked = _PRIVATE.search(spelled)
    if marked is None:
        return False
    if marked.start() == 0 or _reaches(spelled):
        return True
    return len(spelled.split()) <= _LABEL_WORDS and not text.rstrip().endswith(".")


def private_words(spelled: str) -> Iterator[re.Match[str]]:
    """Find the words that mark text as private, in a line spelled as a label."""
    return _PRIVATE.finditer(spelled)


def is_contact(text: str) -> bool:
    """Tell a line that tells editors whom to ring or write to."""
    spelled = label(text)
    reached = _reaches(spelled)
    if reached is None or len(spelled.split()) > _CONTACT_WORDS:
        return False
    if _CONTACT.match(spelled):
        return True
    short = len(spelled.split()) <= _LABEL_WORDS
    return short and ("@" in reached or reached.startswith("+"))


def _reaches(spelled: str) -> str | None:
    """Find an address or a number by which somebody can be reached."""
    # The search is quadratic in one long word, and no contact line is long.
    if len(spelled) > _CONTACT_LETTERS:
        return None
    found = _MAIL.search(spelled) or _PHONE.search(spelled)
    return found[0] if found else None


def is_note_to_editors(text: str) -> bool:
    """Tell a line that opens with "Eds:" or an embargo."""
    spelled = plain(text).lstrip("( ")
    embargo = _EMBARGO.match(spelled)
    note = _EDNOTE.match(spelled)
    return bool(embargo or (note and spelled[note.end() :].lstrip().startswith(":")))


def is_copyright(text: str) -> bool:
    """Tell a line that says whose the rights are."""
    return bool(_COPYRIGHT.search(plain(text)))
