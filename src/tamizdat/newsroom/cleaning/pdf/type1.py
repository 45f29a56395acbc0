"""Read a font program of Type 1: its signs, and which code shows which.

PostScript is not run: what every such program has is looked for, as viewers do. The
rest, the words on who made it above all, is not read.

Source: Adobe Type 1 Font Format, 2 (structure), 7 (encryption), 8 (subroutines).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T1CharString

from tamizdat.newsroom.errors import AttachmentError

_EEXEC, _CHARSTRING = 55_665, 4_330  # keys. 7.1
_RANDOM = 4  # bytes before what is encrypted
_MATRIX = re.compile(rb"/FontMatrix\s*\[([^\]]*)\]")
_ENCODED = re.compile(rb"dup\s+(?:8#([0-7]+)|(\d+))\s*/([^\s/()<>\[\]{}%]+)\s+put")
_STANDARD = re.compile(rb"/Encoding\s+StandardEncoding\s+def")
_LENIV = re.compile(rb"/lenIV\s+(-?\d+)")
_SUBR = re.compile(rb"dup\s+(\d+)\s+(\d+)\s+\S+ ")
_SIGN = re.compile(rb"/([^\s/()<>\[\]{}%]+)\s+(\d+)\s+\S+ ")
_HEX = re.compile(rb"[0-9A-Fa-f\s]{8}")
_MOST_SUBRS = 65_536
_PFB = 0x80
# A sign without lines: hsbw of no width, and its end.
BLANK = T1CharString(bytes([139, 139, 13, 14]), subrs=[])


@dataclass(frozen=True)
class Type1:
    """A font program. `codes`: names of 256 signs; `signs`: by name."""

    matrix: list[float]
    codes: list[str]
    signs: dict[str, T1CharString]


def read(data: bytes) -> Type1:
    """Read a font program.

    Raises:
        AttachmentError: it is none of Type 1.
    """
    plain, mark, rest = _joined(data).partition(b"eexec")
    if not mark or b"FontMatrix" not in plain:
        raise AttachmentError("a font of this PDF is damaged")
    secret = _decrypted(rest.lstrip(b" \t\r\n"))
    found = _LENIV.search(secret)
    skipped = int(found[1]) if found else _RANDOM
    before, _mark, after = secret.partition(b"/CharStrings")
    subrs = _subrs(before, skipped)
    signs = {
        name.decode("latin-1"): _charstring(code, skipped, subrs)
        for name, code in _stretches(_SIGN, after)
    }
    matrix = _MATRIX.search(plain)
    numbers = [float(one) for one in matrix[1].split()] if matrix else []
    return Type1(numbers, _codes(plain), signs)


def _joined(data: bytes) -> bytes:
    """Take the heads of the segments of a PFB out."""
    parts = []
    while data[:1] == bytes([_PFB]) and data[1:2] in (b"\1", b"\2"):
        size = int.from_bytes(data[2:6], "little")
        parts.append(data[6 : 6 + size])
        data = data[6 + size :]
    return b"".join(parts) or data


def _decrypted(data: bytes) -> bytes:
    if _HEX.match(data):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", data)
        data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    plain, _key = eexec.decrypt(data, _EEXEC)
    return bytes(plain[_RANDOM:])


def _subrs(data: bytes, skipped: int) -> list[T1CharString]:
    _before, _mark, after = data.partition(b"/Subrs")
    found = {int(n): code for n, code in _stretches(_SUBR, after)}
    subrs: list[T1CharString] = []
    for number in range(max(found, default=-1) + 1):
        if number > _MOST_SUBRS:
            raise AttachmentError("a font of this PDF is damaged")
        subrs.append(_charstring(found.get(number, b""), skipped, subrs))
    return subrs


def _stretches(head: re.Pattern[bytes], data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Read pieces of code, each after a head that tells its name and length."""
    at = 0
    while found := head.search(data, at):
        at = found.end() + int(found[2])
        if at > len(data):
            return
        yield found[1], data[found.end() : at]


def _charstring(code: bytes, skipped: int, subrs: list[T1CharString]) -> T1CharString:
    if skipped >= 0:
        plain, _key = eexec.decrypt(code, _CHARSTRING)
        code = bytes(plain[skipped:])
    return T1CharString(code, subrs=subrs)


def _codes(plain: bytes) -> list[str]:
    if _STANDARD.search(plain):
        return list(StandardEncoding)
    codes = [".notdef"] * 256
    _before, _mark, after = plain.partition(b"/Encoding")
    for octal, decimal, name in _ENCODED.findall(after):
        code = int(octal, 8) if octal else int(decimal)
        if code < len(codes):
            codes[code] = name.decode("latin-1")
    return codes
