"""Turn text into the JSON values in it, bounded whatever it tries to blow up.

Numbers stay as they are written: a version `1.10` is not 1.1, and a number of a
million digits costs nothing. Several values may follow each other, with line ends
or without (JSON Lines); a prefix that keeps scripts from reading it, and the name
of a callback round it, are passed over.
"""

import json
import re
from typing import Any

from tamizdat.wire.errors import JsonError, TooLargeError
from tamizdat.wire.receipt import ReceiptWriter
from tamizdat.wire.records.repair import Repair

MOST_CHARACTERS = 32 << 20  # of one file
MOST_VALUES = 1_000_000  # in one file; as Python objects some 200 MB
MOST_DEPTH = 100  # levels; agencies need ten
_MARKS = re.compile(r"\"[^\"\\]*(?:\\.[^\"\\]*)*\"?|[\[{]|[\]}]", re.DOTALL)
_PREFIX = re.compile(r"[\s\ufeff;]*(?:\)\]\}',?|while\s*\(1\);|for\s*\(;;\);)?\s*")
_LONE = re.compile("[\ud800-\udfff]")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(text: str, file: str, receipt: ReceiptWriter) -> list[Any]:
    """Read every value of the outermost level.

    Args:
        text: the whole file.
        file: its name, for messages.
        receipt: gets a warning for what was repaired.

    Returns:
        Objects and lists; numbers in them are strings as written.

    Raises:
        TooLargeError: too long, or of too many values.
        JsonError: nested too deep, or there is no object in it.
    """
    _refuse_large(text, file)
    values = _strictly(text)
    if values is None:
        repair = Repair(text, MOST_DEPTH).read()
        if repair.deepest > MOST_DEPTH:
            raise JsonError(file, f"at most {MOST_DEPTH} levels", repair.too_deep)
        if repair.faults:
            receipt.warn(f"damaged JSON: {repair.faults} faults")
        values = repair.values
    values = [value for value in values if isinstance(value, dict | list)]
    if not values:
        raise JsonError(file, "an object", "none")
    return _whole(values, text, receipt)


def _refuse_large(text: str, file: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise TooLargeError(file, len(text), MOST_CHARACTERS)
    values = sum(text.count(mark) for mark in ",[{")
    if values > MOST_VALUES:
        raise TooLargeError(file, values, MOST_VALUES, "values")


def _too_deep(text: str) -> bool:
    depth = 0
    for mark in _MARKS.finditer(text):
        letter = text[mark.start()]
        depth += letter in "[{"
        depth -= letter in "]}"
        if depth > MOST_DEPTH:
            return True
    return False


def _strictly(text: str) -> list[Any] | None:
    """Read sound JSON quickly; None where it is not sound."""
    prefix = _PREFIX.match(text)
    at = prefix.end() if prefix else 0
    if at >= len(text) or text[at] not in "[{" or _too_deep(text):
        return None
    decoder = json.JSONDecoder(
        strict=False, parse_int=str, parse_float=str, parse_constant=lambda _: None
    )
    values = []
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError:
            return None
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,\x1e\x00":
            at += 1
        if at < len(text) and text[at] not in "[{":
            return None  # something else behind it
    return values


def _whole(values: list[Any], text: str, receipt: ReceiptWriter) -> list[Any]:
    """Take halves of surrogate pairs, which cannot be written, out of all strings."""
    if not (_HALF.search(text) or _LONE.search(text)):
        return values
    lost = [0]
    whole = [_mended(value, lost) for value in values]
    if lost[0]:
        receipt.warn(f"{lost[0]} halves of surrogate pairs: now '?'")
    return whole


def _mended(value: Any, lost: list[int]) -> Any:
    if isinstance(value, str):
        mended, number = _LONE.subn("?", value)
        lost[0] += number
        return mended
    if isinstance(value, list):
        return [_mended(part, lost) for part in value]
    if isinstance(value, dict):
        return {_mended(k, lost): _mended(part, lost) for k, part in value.items()}
    return value
