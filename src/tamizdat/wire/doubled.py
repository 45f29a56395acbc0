# ruff: noqa: RUF001, RUF002 - letters of languages that look like Latin ones
"""Read back what was turned into UTF-8 twice: "kÃ¶prÃ¼", "РњРѕСЃС‚", "itâ€™s".

Somebody read UTF-8 as an encoding of single bytes and wrote it as UTF-8 again. A
stretch of text is read back only as a whole: all of it must be bytes of that encoding
and sound UTF-8, which words of no language are by chance.
"""

import codecs
import re

from tamizdat.wire.receipt import ReceiptWriter

# First bytes of UTF-8, and behind them bytes that go on, as single bytes show them.
_BEHIND = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122]"
)
_SUSPECT = re.compile(
    f"[\u00c2-\u00d9]{_BEHIND}|[\u00e0-\u00ef]{_BEHIND}{{2}}|вЂ"
    "|[РС][\u0402-\u040f\u0450-\u045f\u0490\u0491\u00a0-\u00bb\u2013-\u203a\u20ac\u2116\u2122]"
)
# Markup, quotes and line ends part stretches: each is written by one hand.
_STRETCH = re.compile(r"[^<>\n\"]+")
_SINGLE = ("cp1252", "cp1251")
_SURE = frozenset("ÃÂÐÑâРСв")  # one of these, followed so, is no letter of a word
_MOST_ROUNDS = 2
_LEAST = 2  # letters that were two bytes, where none of them is sure
_CONTROL = re.compile("[\x80-\x9f\ufffd]")


def read_back(text: str, receipt: ReceiptWriter) -> str:
    """Read back the stretches of a text that were encoded twice; others stay.

    Args:
        text: of a file that was sound UTF-8.
        receipt: gets a warning with their number.
    """
    if _SUSPECT.search(text) is None:
        return text
    number = [0]

    def change(found: re.Match[str]) -> str:
        mended = _read(found[0])
        number[0] += mended != found[0]
        return mended

    text = _STRETCH.sub(change, text)
    if number[0]:
        receipt.warn(f"{number[0]} stretches of text were encoded twice: read back")
    return text


def _read(text: str) -> str:
    for _ in range(_MOST_ROUNDS):
        if _SUSPECT.search(text) is None:
            break
        found = next((t for name in _SINGLE if (t := _once(text, name))), None)
        if found is None:
            break
        text = found
    return text


def _once(text: str, encoding: str) -> str | None:
    try:
        found = text.encode(encoding, "tamizdat-c1").decode("utf-8")
    except UnicodeError:
        return None
    sure = any(mark[0][0] in _SURE for mark in _SUSPECT.finditer(text))
    wide = sum(1 for letter in found if letter > "\x7f")
    return (
        found
        if wide >= (1 if sure else _LEAST) and not _CONTROL.search(found)
        else None
    )


def _c1(error: UnicodeError) -> tuple[bytes, int]:
    """Give the bytes back that an encoding leaves out: Latin-1 has letters for them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letter = error.object[error.start]
    if not "\x80" <= letter <= "\x9f":
        raise error
    return bytes([ord(letter)]), error.start + 1


codecs.register_error("tamizdat-c1", _c1)
