"""Read pages saved as HTML: what they say to machines first, then how they are built.

In this order: JSON-LD, Open Graph and its like, microdata, structure. The body is what
the page itself marks as such; where it marks nothing, `unknown` finds it.

Source: schema.org NewsArticle; ogp.me; HTML Standard, "Microdata"; spec/wire-item.md.
"""

import re
from dataclasses import replace

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish
from tamizdat.wire.draft.text import count_words, unstopped
from tamizdat.wire.errors import MarkupError, NoBodyError, NotNewsError, TooLargeError
from tamizdat.wire.items import WireItem
from tamizdat.wire.markup.noted import noted
from tamizdat.wire.markup.reader import MOST_CHARACTERS, read_html
from tamizdat.wire.parsers.page.body import find_body
from tamizdat.wire.parsers.page.called import take_lines
from tamizdat.wire.parsers.page.fields import read_fields
from tamizdat.wire.parsers.page.marks import Marks, read_marks
from tamizdat.wire.parsers.page.notices import take_notices
from tamizdat.wire.parsers.saved_text.spelling import sound
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "html"
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_TAIL = 100_000  # characters at the end; programs that save pages add to them
_LEAST_WORDS = 8  # of a paragraph, as in pages saved as text
# Paragraphs that end as sentences do, of a page that nothing says to be a story.
_LEAST_OF_UNMARKED = 2
_TOP, _LEAST_OF_TITLE = 2, 3  # passages; words
_SENTENCE = re.compile(
    r"[.!?\u2026:;\u3002\u061f\u06d4\u0964\u0589][\"'\u201d\u00bb\u2019)\]]*$"
)


def parse(data: bytes, file: str, address: str | None = None) -> list[WireItem]:
    """Turn a saved page into one wire item.

    Args:
        data: the whole file.
        file: its name, for messages.
        address: where it was saved from, if that is known from outside.

    Raises:
        EmptyFileError, TooLargeError: see `decode` and `read_html`.
        MarkupError: there is no element in it.
        NotNewsError: it is a list of stories, a front page, an error page.
        NoBodyError: there is no paragraph in it.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt)
    if len(decoded.text) > MOST_CHARACTERS:
        raise TooLargeError(file, len(decoded.text), MOST_CHARACTERS)
    tree = read_html(decoded.text, receipt)
    if tree is None:
        raise MarkupError(file, "the beginning", "an element", "no element")
    _warn_of_end(decoded.text, receipt)
    marks = read_marks(tree, decoded.text, address, receipt)
    draft = Draft(family=FAMILY, receipt=receipt, noted=noted(tree, receipt))
    read_fields(marks, draft)
    find_body(marks, draft, decoded.text)
    _take_lines(draft)
    notices = take_notices(tree, draft)
    _refuse_unlike_stories(marks, draft, file, decoded.text)
    item = finish(draft, Source(data, file, decoded))
    return [replace(item, notices=notices)]


def _warn_of_end(text: str, receipt: ReceiptWriter) -> None:
    """Tell of a page that opens its body and closes nothing; some do so on purpose."""
    closed = _END.search(text, max(0, len(text) - _TAIL))
    if closed is None and _BODY.search(text):
        receipt.warn("the page has no end (</body>, </html>): it may be cut short")


def _take_lines(draft: Draft) -> None:
    """Take date and byline off the top; see what stands there that the title repeats.

    Old pages have no other mark, and in their titles the name of the paper.
    """
    take_lines(draft)
    said = [sound(text) for text in draft.headlines]
    for part in draft.passages[:_TOP]:
        text = sound(part.text)
        longer = any(one != text and one.endswith(text) for one in said)
        if longer and len(part.text.split()) >= _LEAST_OF_TITLE:
            draft.headlines.insert(0, part.text)
            return


def _refuse_unlike_stories(marks: Marks, draft: Draft, file: str, text: str) -> None:
    counts = [count_words(re.sub(r"[^\w\s]+", " ", p.text)) for p in draft.passages]
    if not counts or max(counts) < _LEAST_WORDS:
        if not marks.is_story:
            raise NotNewsError(file, "a page without a story")
        raise NoBodyError(file, text.count("\n") + 1)
    told = [
        part
        for part, count in zip(draft.passages, counts, strict=True)
        if count >= _LEAST_WORDS
        and (_SENTENCE.search(part.text) or unstopped(part.text))
    ]
    if not marks.is_story and len(told) < _LEAST_OF_UNMARKED:
        raise NotNewsError(file, "a page that no mark calls a story, without sentences")
