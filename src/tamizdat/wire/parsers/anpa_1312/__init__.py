"""Read ANPA 1312: a service line, a line of codes and slug, heads, text, a date.

Heads stand between `^` and `<` or `=`, one a line. The controls may be there,
written as `^V` and `^A`, or gone. Source: ANPA Technical Bulletin 1312.
"""

import re

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.desk import is_ednote
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.draft.habits_version import SLUG_FLASHES, is_lone_flash
from tamizdat.wire.draft.heading import signals_in
from tamizdat.wire.draft.people import has_by, is_title, without_by
from tamizdat.wire.draft.text import one_line, without_routing
from tamizdat.wire.faults import drafts_of
from tamizdat.wire.items import WireItem
from tamizdat.wire.parsers.saved_text.spelling import plain
from tamizdat.wire.parsers.teletype import (
    Copy,
    body_of,
    parts_of,
    read_head,
    stamp_in,
    warn_of_end,
    warn_of_zone,
    without_controls,
)
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "anpa-1312"

_STARTS = re.compile("\x16*\x01")
_SERVICE = re.compile(
    "[\x16\x01\\s]*(?P<service>[A-Za-z]{1,3})(?P<number>\\d{3,5})(?P<selector>[^\n\x02]*)"
)
# Priority, category, format and slug, month-day, words.
_CODES = re.compile(
    "\\s*(?P<priority>[a-z])[\x1f\x1e ]?\\s?(?P<category>[a-z])[\x1f\x1e \x11-\x14]+"
    "(?P<slug>[^\n\x02]*)"
)
# Where the line end before the codes was lost on the way.
_SAME_LINE = re.compile(
    "[\x1e\x1f]+(?=[a-z][\x1f\x1e ]?\\s?[a-z][\x1f\x1e \x11-\x14]+\\S)"
)
_SLUG_END = re.compile(
    "(?:[\x11-\x14\x1e\x1f\\s]+|(?<=[A-Za-z])(?=\\d\\d-\\d\\d\\b))(?:\\d{1,2}-\\d{1,2})?[\x1e\x1f\\s]*\\d*\\s*$"
)
_FORMAT = re.compile(
    "^[\x11-\x14\x1e\x1f\\s]*(?:b[tca]|a[tx]|bt)?[\x11-\x14\x1e\x1f]+\\s*"
)
_HEAD = re.compile(r"^\s*\^(?P<text>[^\n]*?)\s*(?:[<=]\s*)?$")
_STAMP = re.compile(
    r"(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{2}(?:\d{2})?)\s+"
    r"(?P<hour>\d{2}):?(?P<minute>\d{2})\s?(?P<zone>[A-Z]{1,4})?"
)
_TRAILER = re.compile(
    r"^\W*(?:[A-Z]{2,6}(?:[-/][A-Z]{2,6})*)?[-\s(]*" + _STAMP.pattern + r"\W*$"
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})\s+"
    r"(?P<hour>\d{2}):?(?P<minute>\d{2})\s?(?P<zone>[A-Z]{1,4})?$"
)
_TRAILER_LENGTH = 80  # columns of a teletype
_PRIORITIES = frozenset("fburdshw")  # others are for machines
_PLAINLY = {"^V": "\x16", "^A": "\x01", "^B": "\x02", "^C": "\x03", "^S": "\x13"}
_PLAINLY |= {"^Q": "\x11", "^_": "\x1f", "^M": "", "^D": "\x04", "^L": ""}
# Copy that is sent ahead: "$Adv08", and from when it may be used.
_ADVANCE = re.compile(r"\$?[Aa]dv\.? ?\d{0,2}")
_RELEASE = re.compile(r"for (?:use|release|publication) .{0,60}(?:\d|thereafter)")
_RIGHTS = re.compile(r"(?:c\.|\(c\)|\u00a9|copyright) ?\d{4}\b", re.IGNORECASE)
# A mark of version and the slug of one word: another head has the headline.
_NAMED = re.compile(r"[A-Z][A-Z -]{3,30}: ?(?P<slug>[\w&'.]+(?:-[\w&'.]+)+)")
_RULE = re.compile(r"[_=*-]{2,}")


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn ANPA 1312 copy into wire items, one for each header.

    Raises:
        EmptyFileError: there is nothing in it.
        NoItemError: no item says anything.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt, teletype=True)
    text = _controlled(decoded.text)
    parts = parts_of(text, _STARTS, receipt)
    drafts = drafts_of(parts, lambda one: _draft(*one, receipt), file, FAMILY)
    return finish_all(drafts, Source(data, file, decoded))


def _controlled(text: str) -> str:
    """Turn controls that somebody wrote as two letters back into what they were."""
    if not text.lstrip().startswith("^V"):
        return text
    for written, control in _PLAINLY.items():
        text = text.replace(written, control)
    return text


def _draft(line: int, part: str, receipt: ReceiptWriter) -> Draft:
    writer = receipt.copied()
    draft = Draft(family=FAMILY, line=line, receipt=writer)
    warn_of_end(part, draft)
    service = _SERVICE.match(part)
    rest = part[service.end() :] if service else part
    draft.guid = f"{service['service']}{service['number']}" if service else None
    head, marked, copy = rest.partition("\x02")
    copy, _, trailer = (copy if marked else rest).partition("\x03")
    line += part.count("\n", 0, len(part) - len(rest)) + (
        head.count("\n") if marked else 0
    )
    codes = _CODES.match(head if marked else copy)
    if codes is not None:
        head, copy = (
            (head[codes.end() :], copy) if marked else ("", copy[codes.end() :])
        )
    elif service is not None and (same := _SAME_LINE.search(service["selector"])):
        codes = _CODES.match(service["selector"], same.end())
    if codes is not None:
        draft.urgency = codes["priority"] if codes["priority"] in _PRIORITIES else None
        draft.slugline = _slug(codes["slug"])
    copy = _stamped(trailer, copy, draft)
    _read(head, copy, line, draft)
    return draft


def _slug(text: str) -> str | None:
    slug = _SLUG_END.sub("", _FORMAT.sub("", text))
    return one_line(without_controls(slug)) or None


def _stamped(trailer: str, copy: str, draft: Draft) -> str:
    """Read the date behind the text, GMT where no zone is named."""
    rows = copy.rstrip("\x04\x0c \n").split("\n")
    last = without_controls(rows[-1]).strip()
    short = len(last) <= _TRAILER_LENGTH
    inside = short and any(form.match(last) for form in (_TRAILER, _COMPACT))
    stamp = stamp_in(_STAMP, trailer)
    if stamp is None and inside:
        stamp = stamp_in(_STAMP, last) or stamp_in(_COMPACT, last)
    if stamp is not None:
        zoned = stamp.unknown is not None or stamp.text[-5] in "+-"
        draft.published_at = stamp.text if zoned else f"{stamp.text}Z"
        warn_of_zone(stamp, draft)
    return "\n".join(rows[:-1] if inside else rows)


def _read(head: str, copy: str, line: int, draft: Draft) -> None:
    """Read heads between `^` and `<`, then the text."""
    rows = copy.split("\n")
    taken, lines = 0, [row for row in without_controls(head).split("\n") if row.strip()]
    for row in rows:
        text = without_controls(row)
        found = _HEAD.match(text)
        if found is None and text.strip():
            break
        taken += 1
        lines += [found["text"]] if found else []
    marked = [row for row in lines if row.strip()]
    if not marked:
        marked, body, line = body_of(None, copy, line)
        if marked and _is_slug(one_line(marked[0]), draft):
            draft.slugline = draft.slugline or one_line(marked[0])
            marked = marked[1:]
        read_head(marked, draft)
        draft.passages += body.passages(line)
        return
    _heads(marked, draft)
    text = "\n".join(_plain(row) for row in rows[taken:])
    draft.passages += Copy(text).passages(line + taken)


def _plain(row: str) -> str:
    """Take the marks of typesetting off a row of text."""
    text = row.rstrip()
    found = _HEAD.match(text)
    if found is not None:
        return "\n" + found["text"] + "\n" if not _RULE.fullmatch(found["text"]) else ""
    return (
        text.removesuffix("<").removesuffix("=") if text.endswith(("<", "=")) else text
    )


def _orders(text: str, draft: Draft, *, last: bool) -> bool:
    """Read a head that says how urgent copy is, from when, whose, or which version."""
    named = _NAMED.fullmatch(text)
    if is_lone_flash(text) or SLUG_FLASHES.fullmatch(plain(text)):
        draft.breaking = True  # "URGENT" in a line of its own
    elif _ADVANCE.fullmatch(text) or _RELEASE.match(plain(text)):
        draft.ednotes += [] if text.startswith("$") else [text]
        draft.pubstatus = draft.pubstatus or "withheld"
    elif _RIGHTS.match(text):
        draft.rights = draft.rights or text
    elif named is not None and not last:
        draft.signals += signals_in(text)
        draft.slugline = draft.slugline or named["slug"]
    else:
        return False
    return True


def _heads(lines: list[str], draft: Draft) -> None:
    """Read heads: the first repeats the slug, then headline, notes, byline, title."""
    for row in lines:
        text = without_routing(one_line(row.replace("^", "")))
        if not text or _RULE.fullmatch(text):
            continue
        if draft.ednotes and draft.ednotes[-1].endswith(":"):
            draft.ednotes[-1] += f" {text}"  # "EDITORS:" in a line of its own
        elif _orders(text, draft, last=row is lines[-1]):
            continue
        elif is_ednote(text):
            draft.ednotes.append(text)
        elif has_by(text):
            draft.bylines.append(text)
        elif draft.bylines and is_title(text) and not draft.passages:
            draft.bylines[-1] = f"{without_by(draft.bylines[-1])}, {text}"
        elif _is_slug(text, draft):
            draft.slugline = draft.slugline or text
            draft.signals += []
        else:
            draft.headlines.append(text)


def _is_slug(text: str, draft: Draft) -> bool:
    """Tell a line that repeats the slug: "BC-US--Bridge, 2nd Ld-Writethru,200"."""
    if draft.headlines:
        return False
    known = (draft.slugline or "").replace(" ", "").lower()[:8]
    return bool(
        (known and text.replace(" ", "").lower().startswith(known))
        or re.match(r"[A-Z]{2}-[A-Z]{2,4}-|[A-Z]{2}-[A-Z][\w&'.-]+(?:,|$)", text)
    )
