"""Write the maps of a PDF's fonts anew: from codes to letters, from codes to signs.

Of a map stay its rows. PostScript around them, remarks, names and versions are what
every such map has.

Source: ISO 32000-2, 9.7.5 (CMaps), 9.10.3 (ToUnicode); Adobe TN 5014, 5411.
"""

import re
from collections.abc import Iterator, Sequence

from tamizdat.newsroom.errors import AttachmentError

_MARK = re.compile(
    rb"\b(begin|end)(codespacerange|bfchar|bfrange|cidchar|cidrange|notdefchar"
    rb"|notdefrange)\b"
)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|(\d+)")
_REMARK = re.compile(rb"%[^\r\n]*")
_WIDEST = 4  # bytes of a code
_MOST_LETTERS = 8  # of one sign, as units of UTF-16: a ligature
_MOST_ROWS, _MOST_BYTES = 100_000, 1 << 22
_ROWS = 100  # in one section. 9.7.5.4
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


def letters(data: bytes) -> bytes:
    """Write a map from codes to letters anew.

    Raises:
        AttachmentError: too many rows.
    """
    kinds = ("codespacerange", "bfchar", "bfrange")
    return _written(data, kinds, b"/CMapName /L def\n/CMapType 2 def\n")


def signs(data: bytes, *, down: bool) -> bytes:
    """Write a map from codes to signs anew. `down`: for text in columns.

    Raises:
        AttachmentError: too many rows, or one of another file is used.
    """
    kinds = ("codespacerange", "cidchar", "cidrange", "notdefchar", "notdefrange")
    used = _USED.search(_REMARK.sub(b"", data))
    if used and used[1].decode("latin-1") not in KNOWN:
        raise AttachmentError("a font of this PDF uses a map that is not known")
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0"
    head = b"%s >> def\n/CMapName /S def\n/CMapType 1 def\n/WMode %d def\n" % (
        system,
        down,
    )
    return _written(data, kinds, (used[0] + b"\n" if used else b"") + head)


def _written(data: bytes, kinds: Sequence[str], head: bytes) -> bytes:
    if len(data) > _MOST_BYTES:
        raise AttachmentError("a font of this PDF has too large a map")
    rows: dict[str, dict[_Row, None]] = {kind: {} for kind in kinds}
    for found, inside in _sections(_REMARK.sub(b"", data)):
        for kind, row in _rows(found, inside):
            if kind in rows:
                rows[kind][row] = None
        if sum(map(len, rows.values())) > _MOST_ROWS:
            raise AttachmentError("a font of this PDF has too large a map")
    parts = [b"".join(_section(kind, [*rows[kind]])) for kind in kinds]
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
    return b"%d" % number if 0 <= number < 1 << 16 else b""


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
