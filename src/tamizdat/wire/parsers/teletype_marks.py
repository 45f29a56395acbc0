"""Tell teletype copy by its first lines, with its controls or without them."""

import re

from tamizdat.wire.parsers.head import Head

# Source: IPTC 7901, 3.2 and 3.3: service and number, priority, category, words.
HEADER_7901 = re.compile(
    r"(?P<source>[A-Za-z]{2,5})\s?(?P<number>\d{3,5})\s+(?P<priority>[0-9])\s+"
    r"(?P<category>[A-Za-z]{1,4})\s+(?:(?P<words>\d{1,5})\b)?[ \t]*"
    r"(?P<rest>[^\n\r\x02]*)"
)
_ANPA = re.compile(r"\s*\x16*\s*\x01|\^V\^V")
_MAIL_HEADER = re.compile(r"(?:From |[A-Za-z][A-Za-z0-9-]{1,40}: ?)")
_MAIL = re.compile(
    r"^(?:From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path):",
    re.MULTILINE | re.IGNORECASE,
)
_LEAST_HEADERS = 3  # a page that was saved has no three of them at its top


def looks_like_7901(head: Head) -> bool:
    """Tell IPTC 7901: SOH and a header line, or such a line and nothing before it."""
    text = head.text.lstrip("\x16\x00\r\n \t\ufeff")
    marked = text.startswith("\x01")
    found = HEADER_7901.match(text.lstrip("\x01\r\n "))
    return found is not None and (marked or bool(found["words"]))


def looks_like_anpa(head: Head) -> bool:
    """Tell ANPA 1312: SYN SYN SOH, or the controls that only it has."""
    text = head.text[:400]
    return bool(_ANPA.match(text)) or (
        "\x02" in text and bool({"\x1f", "\x13"} & {*text})
    )


def looks_like_mail(head: Head) -> bool:
    """Tell plain e-mail: it opens with headers, and has three that all mail has."""
    top = re.split(
        r"\r?\n\r?\n", head.text.lstrip("\ufeff\u00ef\u00bb\u00bf\r\n"), maxsplit=1
    )[0]
    if _MAIL_HEADER.match(top) is None:
        return False
    return len({name.lower() for name in _MAIL.findall(top)}) >= _LEAST_HEADERS
