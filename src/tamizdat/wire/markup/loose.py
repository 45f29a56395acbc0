"""Read a text that may be HTML, escaped HTML, or words alone.

Feeds and agencies put HTML into strings, escape it once more on the way, or send no
markup at all; what it is can only be told by looking.
"""

import re

from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.plain import passages_of_text
from tamizdat.wire.draft.text import html_unescaped
from tamizdat.wire.items import Media
from tamizdat.wire.markup.blocks import passages_of
from tamizdat.wire.markup.figures import spell_figures
from tamizdat.wire.markup.pictures import media_of
from tamizdat.wire.markup.reader import MOST_CHARACTERS, read_html
from tamizdat.wire.receipt import ReceiptWriter

_NAMES = (
    "p|br|div|a|img|b|i|em|strong|span|ul|ol|li|h[1-6]|table|blockquote|section|article"
    "|figure|body|html|pre|iframe|hr|td|tr|u|sup|sub|small|center|font|video|audio|cite"
    "|main|aside|header|footer|picture|dl|dt|dd|code|style|script|embed|object"
)
_TAG = re.compile(rf"</?(?:\w+:)?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED = re.compile(rf"&(?:amp;)?lt;/?(?:{_NAMES})\b", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:amp;)?(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_MOST_ROUNDS = 3  # of escaping


def is_markup(text: str) -> bool:
    """Tell whether a text has tags of HTML, escaped or not."""
    return bool(_TAG.search(text) or _ESCAPED.search(text))


def passages_of_loose(
    text: str,
    line: int = 1,
    base: str | None = None,
    receipt: ReceiptWriter | None = None,
) -> tuple[list[Passage], list[Media]]:
    """Turn a text into passages, with the pictures that stand in it.

    Args:
        text: with or without markup.
        line: of the file, on which it begins.
        base: address that relative ones are to be read by.
        receipt: gets a warning where a tag has too many attributes.
    """
    text = without_escapes(text)[:MOST_CHARACTERS]
    if not _TAG.search(text):
        if _REFERENCE.search(text):
            text = html_unescaped(html_unescaped(text))
        return passages_of_text(text, line), []
    tree = read_html(text, receipt)
    if tree is not None:
        spell_figures(tree)
    media = media_of(tree, base)
    return passages_of(tree), media


def without_escapes(text: str) -> str:
    """Undo the escaping of a text whose tags are escaped."""
    for _ in range(_MOST_ROUNDS):
        if _TAG.search(text) or not _ESCAPED.search(text):
            break
        text = html_unescaped(text)
    return text
