# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Read IPTC 7901: one header line, a head of one to four lines, a text, a date.

The controls SOH, STX, ETX may have been stripped on the way; then the head ends
where the text begins to look like one. Source: IPTC 7901, chapters 3 and 4.
"""

import re

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.draft.habits import UNDER
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.faults import drafts_of
from tamizdat.wire.items import WireItem
from tamizdat.wire.parsers.teletype import (
    SOH,
    Stamp,
    body_of,
    parts_of,
    read_head,
    stamp_in,
    warn_of_end,
    warn_of_zone,
    without_controls,
)
from tamizdat.wire.parsers.teletype_marks import HEADER_7901
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "iptc-7901"

# Day, hour, minute, zone, month, year: "021530 Jan 24", "021530 GMT JAN 2024".
_STAMP = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})[:.]?(?P<minute>\d{2})\s*(?P<zone>[A-ZА-Я]{1,4})?\s+"
    r"(?P<month>[^\W\d_]{3,9})\.?\s+(?P<year>\d{2}(?:\d{2})?)\b"
)
_TELEX = re.compile(
    r"(?P<day>\d{1,2})-(?P<month>[A-Z]{3})-(?P<year>\d{2})\s+"
    r"(?P<hour>\d{2}):(?P<minute>\d{2})(?P<zone>)"
)
_KEYWORD_WORDS = 4
_KEYWORD_LETTERS = 30
_CUT_WORDS = 8  # of a last paragraph; a shorter one may be a subhead or a sign-off
_STX, _ETX = "\x02", "\x03"


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn IPTC 7901 copy into wire items, one for each header.

    Raises:
        EmptyFileError: there is nothing in it.
        NoItemError: no item says anything.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt, teletype=True)
    parts = parts_of(decoded.text, SOH, receipt)
    drafts = drafts_of(parts, lambda one: _draft(*one, receipt), file, FAMILY)
    return finish_all(drafts, Source(data, file, decoded))


def _draft(line: int, part: str, receipt: ReceiptWriter) -> Draft:
    draft = Draft(
        family=FAMILY,
        line=line,
        receipt=receipt.copied(),
    )
    warn_of_end(part, draft)
    text = part.lstrip("\x01\x16\x00\r\n ")
    skipped = part[: len(part) - len(text)].count("\n")
    text = _unheaded(text, draft)
    head, marked, rest = text.partition(_STX)
    copy, _, trailer = (rest if marked else text).partition(_ETX)
    stamp, copy = _stamp(trailer, copy)
    if stamp is not None:
        draft.published_at = stamp.text
        warn_of_zone(stamp, draft)
    line += skipped + (head.count("\n") if marked else 0)
    lines, body, line = body_of(head if marked else None, copy, line)
    if draft.urgency is not None and not marked:
        _take_keyword(lines, draft)
    read_head(lines, draft)
    draft.passages += body.passages(line)
    _take_subtitle(draft)
    if not marked and _ETX not in text:
        _warn_of_cut(draft)
    if not draft.passages:
        draft.receipt.warn("no text in the item")
    return draft


def _unheaded(text: str, draft: Draft) -> str:
    """Read the header of copy, and give what stands behind it."""
    header = HEADER_7901.match(text)
    if text.startswith("ZCZC"):
        draft.guid, text = _unrouted(text)
    elif header is not None:
        draft.guid = f"{header['source']}{header['number']}"
        draft.provider = header["source"]
        draft.urgency = header["priority"]
        draft.slugline = _keyword(header["rest"])
        text = text[header.end() :]
    return text


def _take_keyword(lines: list[str], draft: Draft) -> None:
    """Take the keyword line off the head of copy that lost its controls.

    A headline fills its first row before it goes on in a second.
    """
    if draft.slugline is not None or len(lines) < 2:  # noqa: PLR2004
        return
    first, second = one_line(lines[0]), one_line(lines[1])
    few = len(first.split()) <= _KEYWORD_WORDS and len(first) <= _KEYWORD_LETTERS
    if few and len(second) > len(first) and not first.endswith(("=", ":", ".")):
        draft.slugline = one_line(lines.pop(0))


def _warn_of_cut(draft: Draft) -> None:
    """Say that a text without an end ends inside a sentence."""
    last = (draft.passages[-1].block.text or "") if draft.passages else ""
    if last[-1:].isalpha() and len(last.split()) > _CUT_WORDS:
        draft.receipt.warn("the text ends inside a sentence: it may be cut short")


def _take_subtitle(draft: Draft) -> None:
    """Take "Utl.: ... =" for the standfirst where it opens the text."""
    first = draft.passages[0].text if len(draft.passages) > 1 else ""
    found = UNDER.match(first)
    if found is not None and draft.abstract is None:
        draft.abstract = first[found.end() :].rstrip(" =")
        draft.passages.pop(0)


def _keyword(rest: str) -> str | None:
    """Read the keyword behind the word count, where it is no number and no date."""
    text = one_line(without_controls(rest))
    few = 0 < len(text.split()) <= _KEYWORD_WORDS and not is_agency(text)
    return text if few and not any(map(str.isdigit, text)) else None


def _unrouted(text: str) -> tuple[str | None, str]:
    """Drop the lines by which a telex was routed, "ZCZC" to the first in words.

    Returns:
        What stood behind ZCZC, and the text, its lines counted as before.
    """
    rows = text.split("\n")
    guid = one_line(without_controls(rows[0].removeprefix("ZCZC"))) or None
    taken = 1
    while taken < len(rows) and rows[taken].upper() == rows[taken]:
        taken += 1
    return guid, "\n" * taken + "\n".join(rows[taken:])


def _stamp(trailer: str, copy: str) -> tuple[Stamp | None, str]:
    """Read the date behind the text, or at its end where no ETX parts them."""
    found = stamp_in(_STAMP, trailer)
    if found is not None:
        return found, copy
    tail = copy.rstrip("\x04 \n\r").removesuffix("NNNN").rstrip()
    last = tail.rpartition("\n")[2]
    found = stamp_in(_STAMP, last) or stamp_in(_TELEX, last)
    return (found, tail[: len(tail) - len(last)]) if found else (None, copy)
