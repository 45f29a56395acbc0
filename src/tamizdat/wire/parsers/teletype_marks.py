"""Tell teletype copy by its first lines, with its controls or without them."""

import re

from tamizdat.wire.parsers.head import Head

# Source: IPTC 7901, 3.2 and 3.3: service and number, priority, category, words.
HEADER_7901 = re.compile(
    r"(?P<source>[^\W\d_]{2,5})\s?(?P<number>\d{3,5}|(?<=[A-Z]{4})\d{2})\s+(?P<priority>[0-9])\s+"
    r"(?P<category>[^\W\d_]{1,4})\s+(?:(?P<words>\d{1,5})\b)?[ \t]*"
    r"(?P<rest>[^\n\r\x02]*)"
)
# The same behind SOH, its letters in any encoding: read as ASCII they are signs.
_IN_BYTES_7901 = re.compile(
    r"[^\x00-\x20]{2,16}?(?:\d{3,5}|(?<=[A-Z]{4})\d{2})\s+[0-9]\s+[^\x00-\x20]{1,16}\s+\d{1,5}\b"
)
_ANPA = re.compile(r"\s*(?:\x16+\s*\x01|\x01\s*[A-Za-z]{1,4}\d{2,5}|\^V\^V)")
_ANPA_LINES = re.compile(
    r"\s*[a-zA-Z]{1,3}\d{3,5}[^\n\x02]{0,60}\n+\s*"
    r"[a-z][\x1f\x1e ]?[a-z][\x11-\x14\x1e\x1f ]"
)
_TOP = 600  # characters of the service line, the codes and the first head
_MAIL_HEADER = re.compile(r"(?:From |[A-Za-z][A-Za-z0-9-]{1,40}: ?)")
_MAIL = re.compile(
    r"^(?:From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path):",
    re.MULTILINE | re.IGNORECASE,
)
_RELATED = re.compile(
    r"^Content-Type:\s*multipart/(?:related|mixed|alternative)\b|^Content-Type:\s*text/html",
    re.MULTILINE | re.IGNORECASE,
)
# What browsers write: Chromium, Internet Explorer, Opera and their like.
_SAVED = re.compile(
    r"^(?:Snapshot-)?Content-Location:|^From: *\"?<?Saved by\b|^X-Saved-With:",
    re.MULTILINE | re.IGNORECASE,
)
_LEAST_HEADERS = 3  # a page that was saved has no three of them at its top


def looks_like_7901(head: Head) -> bool:
    """Tell IPTC 7901: SOH and a header line, or such a line and nothing before it."""
    text = head.text.lstrip("\x16\x00\r\n \t\ufeff")
    if text.startswith("ZCZC"):
        return True
    marked = text.startswith("\x01")
    if marked and _IN_BYTES_7901.match(text, 1):
        return True
    found = HEADER_7901.match(text.lstrip("\x01\r\n "))
    return found is not None and (marked or bool(found["words"]))


def looks_like_anpa(head: Head) -> bool:
    """Tell ANPA 1312: SYN SYN SOH, or its two first lines without the controls."""
    text = head.text[:_TOP].replace("\r", "")
    if _ANPA.match(text):
        return True
    marked = any(mark in text for mark in ("\x02", "\x13", "^", "BC-", "bc-"))
    return marked and _ANPA_LINES.match(text) is not None


def looks_like_mhtml(head: Head) -> bool:
    """Tell a page that a browser saved as MHTML from mail that somebody sent."""
    top = _top(head)
    if _MAIL_HEADER.match(top) is None or not _RELATED.search(top):
        return False
    return _SAVED.search(top) is not None


def looks_like_mail(head: Head) -> bool:
    """Tell plain e-mail: it opens with headers, and has three that all mail has."""
    top = _top(head)
    if _MAIL_HEADER.match(top) is None:
        return False
    return len({name.lower() for name in _MAIL.findall(top)}) >= _LEAST_HEADERS


def _top(head: Head) -> str:
    text = head.text.lstrip("\ufeff\u00ef\u00bb\u00bf\r\n")
    return re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
