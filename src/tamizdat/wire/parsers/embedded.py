"""Read the text that an envelope carries: NITF, XHTML, escaped HTML, plain text.

Envelopes say what they carry and are often wrong, so the content is looked at.
"""

import base64
import binascii
import re

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.plain import passages_of_text
from tamizdat.wire.markup.blocks import passages_of
from tamizdat.wire.markup.noted import noted_in
from tamizdat.wire.markup.pictures import media_of
from tamizdat.wire.markup.reader import Element, read_html
from tamizdat.wire.markup.tree import first, line_of, words
from tamizdat.wire.parsers.nitf.document import read_nitf

_TAG = re.compile(
    r"<(?:/?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?|!\[CDATA\[|!--)", re.IGNORECASE
)
_ESCAPED = re.compile(r"&lt;/?[A-Za-z][\w:.-]*(?:\s.{0,200}?)?/?&gt;")
_NITF = re.compile(r"<(?:[\w.-]+:)?(?:nitf|body\.content)\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]")


def read_embedded(holder: Element, draft: Draft) -> bool:
    """Read what an element carries into a draft.

    Args:
        holder: the element round the content, as `inlineXML` or `DataContent`.
        draft: gets passages and pictures, and the head of a NITF document.

    Returns:
        Whether there were words in it.
    """
    before = len(draft.passages)
    nitf = (
        holder
        if holder.tag == "nitf"
        else first(holder, ".//nitf", ".//body.content/..")
    )
    if nitf is not None:
        read_nitf(nitf, draft)
    elif len(holder):
        _read_tree(holder, draft)
    else:
        read_escaped(holder.text or "", line_of(holder), draft)
    return any(_WORDS.search(part.text) for part in draft.passages[before:])


def read_escaped(text: str, line: int, draft: Draft) -> None:
    """Read a text that may be HTML or NITF, escaped once or twice, or nothing such."""
    if _ESCAPED.search(text) and not _TAG.search(text):
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if not _TAG.search(text):
        draft.passages += passages_of_text(text, line)
        return
    tree = read_html(text, draft.receipt)
    if tree is None:
        return
    if _NITF.search(text):
        read_nitf(tree, draft)
    else:
        _read_tree(tree, draft)


def read_base64(text: str, encoding: str, line: int, draft: Draft) -> None:
    """Read a text that was packed for a road of seven bits."""
    try:
        data = base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        draft.receipt.warn("a text in base64 is damaged")
        return
    text = data.decode(encoding, "replace").replace("\ufffd", "?")
    draft.noted += noted_in(text, draft.receipt)
    read_escaped(text, line, draft)


def _read_tree(holder: Element, draft: Draft) -> None:
    body = first(holder, ".//body")
    tree = holder if body is None else body
    for path in (".//h1", ".//title"):
        title = words(holder, path)
        draft.headlines += [title] if title else []
    draft.media += media_of(tree)
    draft.passages += passages_of(tree)
