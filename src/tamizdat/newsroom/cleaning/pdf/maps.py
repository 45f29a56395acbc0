"""Write the maps of a PDF's fonts anew: from codes to letters, from codes to signs.

Of a map stay the rows of codes that are drawn, one for each. PostScript around them,
remarks, names and versions are what every such map has.

Source: ISO 32000-2, 9.7.5 (CMaps), 9.10.3 (ToUnicode); Adobe TN 5014, 5411.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from functools import partial
from typing import TypeVar

from tamizdat.newsroom.errors import AttachmentError

_MARK = re.compile(
    rb"\b(begin|end)(codespacerange|bfchar|bfrange|cidchar|cidrange|notdefchar"
    rb"|notdefrange)\b"
)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|(\d+)")
_REMARK = re.compile(rb"%[^\r\n]*")
_WIDEST = 4  # bytes of a code
_MOST_LETTERS = 8  # of one sign, as units of UTF-16
_MOST_ROWS, _MOST_BYTES = 100_000, 1 << 22
_ROWS = 100  # in one section. 9.7.5.4
_SIGNS = 1 << 16  # of one font
_USED = re.compile(rb"/([^\s/()<>\[\]{}%]+)\s+usecmap")
_HEAD = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
# Maps that viewers have, all but the turned ones, which end in V. Table 116.
_KNOWN = (
    "GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16 B5pc HKscs-B5"
    " ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16 83pv-RKSJ 90ms-RKSJ"
    " 90msp-RKSJ 90pv-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2 UniJIS-UCS2-HW"
    " UniJIS-UTF16 KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC UniKS-UCS2 UniKS-UTF16"
    " UniGB-UTF8 UniCNS-UTF8 UniJIS-UTF8 UniKS-UTF8 UniJIS2004-UTF16 Identity"
)
KNOWN = {f"{name}-{way}" for name in _KNOWN.split() for way in "HV"} | {"H", "V"}

_Row = tuple[bytes, ...]
_Rows = Iterable[tuple[str, _Row]]
_Value = TypeVar("_Value", str, bytes)


def letters(data: bytes, drawn: Collection[bytes]) -> tuple[bytes, dict[bytes, str]]:
    """Write a map from codes to letters anew: a row for each code that is drawn.

    Args:
        data: the map.
        drawn: codes of the fonts that it is of.

    Returns:
        The map, and the letters of each code in it.

    Raises:
        AttachmentError: too many rows.
    """
    told = _told(_read(data, ("bfchar", "bfrange")), drawn, _said)
    rows: dict[str, list[_Row]] = {
        "codespacerange": _spaces_of(told),
        "bfchar": [
            (_digits(code), _digits(_wide(said))) for code, said in told.items()
        ],
    }
    return _put(rows, b"/CMapName /L def\n/CMapType 2 def\n"), told


def signs(data: bytes, drawn: Collection[bytes], *, down: bool) -> bytes:
    """Write a map from codes to signs anew. `down`: for text in columns.

    Raises:
        AttachmentError: too many rows, or one of another file is used.
    """
    above = used(data)
    if above and above not in KNOWN:
        raise AttachmentError("a font of this PDF uses a map that is not known")
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0"
    head = b"%s >> def\n/CMapName /S def\n/CMapType 1 def\n/WMode %d def\n" % (
        system,
        down,
    )
    rows: dict[str, list[_Row]] = {"codespacerange": _spaces_of(drawn)}
    for kind, step in (("cid", 1), ("notdef", 0)):
        read = _read(data, (f"{kind}char", f"{kind}range"))
        told = _told(read, drawn, partial(_numbered, step=step))
        rows[f"{kind}char"] = [(_digits(code), told[code]) for code in told]
    before = b"/%s usecmap\n" % above.encode() if above else b""
    return _put(rows, before + head)


def _told(
    rows: _Rows, drawn: Collection[bytes], read: Callable[[bytes, int], _Value | None]
) -> dict[bytes, _Value]:
    """Find what each code that is drawn stands for. A later row counts.

    Codes are compared as numbers: many programs write those of one byte as two.

    Args:
        rows: one code and what it stands for, or the first and the last of several.
        drawn: codes.
        read: what a code stands for, given that of the first, and how far it is on.
    """
    codes = defaultdict(list)
    for code in sorted(drawn):
        codes[int.from_bytes(code)].append(code)
    numbers, told = sorted(codes), dict[int, _Value]()
    for _kind, (*ends, last) in rows:
        low, high = (int(one[1:-1], 16) for one in (ends[0], ends[-1]))
        for number in numbers[bisect_left(numbers, low) : bisect_right(numbers, high)]:
            value = read(last, number - low)
            if value is not None:
                told[number] = value
    return {code: told[one] for one in numbers if one in told for code in codes[one]}


def _said(digits: bytes, further: int) -> str | None:
    """Read letters, the last one so many further on; None where they are none."""
    data = bytes.fromhex(digits[1:-1].decode()).rjust(2, b"\0")
    try:
        text = data[: len(data) // 2 * 2].decode("utf-16-be")
        text = text[:-1] + chr(ord(text[-1]) + further)
        text.encode()
    except ValueError:  # half of a pair, or beyond all letters
        return None
    return text


def _numbered(digits: bytes, further: int, step: int) -> bytes | None:
    number = int(digits) + further * step
    return b"%d" % number if number < _SIGNS else None


def _wide(text: str) -> bytes:
    return text.encode("utf-16-be")


def _digits(data: bytes) -> bytes:
    return b"<%s>" % data.hex().upper().encode()


def _spaces_of(codes: Iterable[bytes]) -> list[_Row]:
    """Say which codes there may be, by nothing but those there are."""
    widths = {len(code) for code in codes}
    if len(widths) == 1:
        (width,) = widths
        return [(_digits(bytes(width)), _digits(b"\xff" * width))]
    heads = sorted({(len(code), code[:1]) for code in codes})
    return [
        (_digits(head.ljust(width, b"\0")), _digits(head.ljust(width, b"\xff")))
        for width, head in heads
    ]


def spaces(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Tell which codes a map from codes to signs has: the least and the greatest."""
    for _kind, row in _read(data, ("codespacerange",)):
        low, high = (bytes.fromhex(one[1:-1].decode()) for one in row)
        if len(low) == len(high):
            yield low, high


def numbers(data: bytes, drawn: Collection[bytes]) -> list[int] | None:
    """Give the signs of codes that are drawn; None where another map tells more."""
    if used(data):
        return None
    found = []
    for kind, step in (("cid", 1), ("notdef", 0)):
        rows = _read(data, (f"{kind}char", f"{kind}range"))
        told = _told(rows, drawn, partial(_numbered, step=step))
        found += [int(number) for number in told.values()]
    return found


def used(data: bytes) -> str:
    """Name the map that a map goes on from; "" for none."""
    found = _USED.search(_REMARK.sub(b"", data))
    return found[1].decode("latin-1") if found else ""


def _read(data: bytes, kinds: Collection[str]) -> _Rows:
    """Read the rows of some kinds of sections, in their order."""
    rows: dict[tuple[str, _Row], None] = {}
    for found, inside in _sections(_REMARK.sub(b"", data[: _MOST_BYTES + 1])):
        for kind, row in _rows(found, inside):
            if kind in kinds:
                rows.pop((kind, row), None)  # said again, it counts again
                rows[kind, row] = None
        if len(rows) > _MOST_ROWS or len(data) > _MOST_BYTES:
            raise AttachmentError("a font of this PDF has too large a map")
    return rows


def _put(rows: Mapping[str, Sequence[_Row]], head: bytes) -> bytes:
    parts = [b"".join(_section(kind, some)) for kind, some in rows.items()]
    return b"".join([_HEAD, head, *parts, _TAIL])


def _sections(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Find what stands between a beginning and the end that follows it."""
    begun = None
    for mark in _MARK.finditer(data):
        if mark[1] == b"begin":
            begun = mark
        elif begun is not None and begun[2] == mark[2]:
            yield mark[2].decode(), data[begun.end() : mark.start()]
            begun = None


def _section(kind: str, rows: Sequence[_Row]) -> Iterator[bytes]:
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        lines = b"".join(b" ".join(row) + b"\n" for row in some)
        name = kind.encode()
        yield b"%d begin%s\n%send%s\n" % (len(some), name, lines, name)


def _rows(kind: str, data: bytes) -> Iterator[tuple[str, _Row]]:
    """Read the rows of a section; lists of letters become a row for each."""
    tokens = list(_TOKEN.finditer(data))
    at, codes = 0, 1 if kind.endswith("char") else 2
    is_told = kind != "codespacerange"
    while at + codes + is_told <= len(tokens):
        row = [_code(token[1]) for token in tokens[at : at + codes]]
        at += codes
        if not is_told:
            yield from [(kind, tuple(row))] if all(row) else []
        elif tokens[at][2]:
            told = []
            while at + 1 < len(tokens) and not tokens[at + 1][3]:
                at += 1
                told.append(tokens[at])
            at += 2
            yield from _listed(row[0], told)
        else:
            last = _last(kind, tokens[at])
            at += 1
            yield from [(kind, (*row, last))] if all(row) and last else []


def _last(kind: str, token: re.Match[bytes]) -> bytes:
    """Read what a code stands for: letters, or the number of a sign."""
    if kind.startswith("bf"):
        return _letters(token[1])
    number = int(token[4][:9]) if token[4] else -1
    return b"%d" % number if 0 <= number < _SIGNS else b""


def _listed(code: bytes, told: Sequence[re.Match[bytes]]) -> Iterator[tuple[str, _Row]]:
    if not code:
        return
    first, width = int(code[1:-1], 16), len(code) - 2
    for number, token in enumerate(told, first):
        found = _letters(token[1])
        if found and number < 1 << 4 * width:
            yield "bfchar", (b"<%0*X>" % (width, number), found)


def _code(digits: bytes | None) -> bytes:
    return _hex(digits, _WIDEST)


def _letters(digits: bytes | None) -> bytes:
    return _hex(digits, 2 * _MOST_LETTERS)


def _hex(digits: bytes | None, most: int) -> bytes:
    """Write bytes in digits; b"" where there are none, or too many."""
    plain = re.sub(rb"\s", b"", digits or b"").upper()
    plain += b"0" * (len(plain) % 2)
    return b"<%s>" % plain if 0 < len(plain) <= 2 * most else b""
