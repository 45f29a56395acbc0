# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Turn the bytes of agency copy into text; unlike `decode`, nearly nothing is refused.

A saved page that does not decode can be saved again; a wire item cannot be sent
again. So a truncated end is cut, single bytes of cp1252 inside UTF-8 are read as
what they are, and letters that are lost become "?", each with a warning. The order
of trust is that of `decode`: byte order mark, strict UTF-8, the declaration, evidence;
ISO 2022 is told by its escapes before UTF-8, in which it would be sound and no words.
"""

import codecs
import re

from tamizdat.wire.decode import Decoded
from tamizdat.wire.doubled import read_back
from tamizdat.wire.errors import EmptyFileError
from tamizdat.wire.language import known_words, script_of
from tamizdat.wire.receipt import ReceiptWriter

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (
    *((letter + b"\x00", "utf-16-le") for letter in (b"<", b"{", b"[")),
    *((b"\x00" + letter, "utf-16-be") for letter in (b"<", b"{", b"[")),
)
# By which ISO 2022 goes over to its wide letters.
_ESCAPES = (
    (b"\x1b$B", "iso2022_jp_2"),
    (b"\x1b$@", "iso2022_jp_2"),
    (b"\x1b$)C", "iso2022_kr"),
)
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE
)
_DECLARED_WITHIN = 2048  # bytes; a declaration stands at the top
# Python codecs that are no encodings of text (escapes, archives) are not allowed.
_ALLOWED = re.compile(
    r"cp\d+|iso8859-\d+|koi8-[rut]|mac-\w+|kz1048|ptcp154|tis-620"
    r"|gb2312|gbk|gb18030|big5|big5hkscs|shift_jis|cp932|euc_jp|euc_kr|iso2022_jp"
)
# Declared as Latin-1, sent as its Windows sister: so has every browser read it.
_SISTERS = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
_SISTERS |= {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "ascii": "cp1252",
}
# Of encodings that read a text alike the first is taken: the commonest stand first.
_OLD: tuple[str, ...] = ("cp1252", "cp1251", "cp1250", "cp1254", "cp1256", "koi8-r")
_OLD += ("koi8-u", "cp1253", "cp1255", "cp1257", "iso8859-15", "iso8859-2", "iso8859-5")
_OLD += ("cp866", "cp850")
_WIDE = ("gb18030", "euc_jp", "euc_kr", "cp932", "big5")
_MIXED = re.compile("[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")
_WIDE_LETTERS = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_WIDE_COMMON = re.compile("[\u3040-\u30ff\uac00-\ud7a3的是在了和有人中国一不日本年月]")
_TAGS = re.compile(r"<[^<>]{0,2000}>|&[#\w]{1,10};")
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(
    "[A-Za-z]?[\u00aa-\u00ff\u0160\u0161\u017d\u017e\u0192]{3,}[A-Za-z]?"
)
# Signs between letters: a wrong encoding has read letters as them.
_BETWEEN = re.compile(
    r"(?<=[^\W\d_])[\u00a1\u00a4\u00a6-\u00a9\u00ac\u00ae-\u00b1\u00b4\u00b6\u00b8\u00b9\u00bc-\u00bf\u00d7\u00f7"
    r"\u2020\u2021\u2030\u2039\u203a\u2219-\u2265](?=[^\W\d_])"
    # At the end of a word, or anywhere.
    r"|(?<=[^\W\d_]{3})[\u00bf\u00b3](?!\w)|\u00a4|[\u2320\u2321\u2500-\u25a0]"
    # Low quotation marks open, so they stand behind no letter.
    r"|(?<=[^\W\d_])[\u201a\u201e]"
)
_TURNED = re.compile(
    "[\u0430-\u044f\u03ac-\u03ce][\u0410-\u042f\u0391-\u03a9]"
    # Quotation marks and apostrophes read as letters.
    "|[\u00df-\u00f6\u00f8-\u00ff][A-Z]|[a-z][\u00c0-\u00d6\u00d8-\u00de]"
)
# Common words whose letters few encodings have at the same place.
_COMMON = """
και το της να η του την με στην για από που οι τα των את של על לא עם הוא כי זה
się że są ponieważ już być został została była było był które która będzie można
jeśli też dzień według także więc pieniędzy
powiedział powiedziała części środę września października
že při před řekl řekla může či až ještě měl měla mě většina další září říjen podle též
keď päť ľudí ďalší tiež však môže viac
ő első előtt később erős fő idő jövő nő műsor gyűlés több között elnök időben
că să după fără această și şi țara ţara între până către dacă
će već što također međutim riječ može još kaže tisuća
için çok olduğu değil şu dışında kadın sayın açıkladı söyledi tarafından karşı arasında
sırasında göre başkanı başkan yaptığı olduğunu ettiği dedi yüzde
už iš būti dėl kurių pēc vairāk tiek arī tā kā gadā
à été être même après où très déjà œuvre cœur l’œuvre también más según años así
über für können größe daß ä ö å är på från även också för att når får også være på så år
på já não são está até também após mês você è più perché così può già città
"""
_TELLING = frozenset(_COMMON.split())
_C1 = re.compile("[\x80-\x9f]")
_ODD = re.compile(rb"[\x80-\xff]")
_LOST = "\ufffd"
_GOOD_PER_BROKEN = 2  # so many sound sequences for each damaged one mean UTF-8
_CLEARLY, _TIMES = 2, 3  # words, and how often as many, that gainsay a declaration
_SAMPLE = 60_000  # bytes that are weighed, from the first that is no ASCII
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_TELETYPE = re.compile("[\x00\x05-\x08\x0b\x0e-\x10\x14\x15\x17-\x1b\x7f-\x9f\ufeff]")


def decode_copy(
    data: bytes, file: str, receipt: ReceiptWriter, *, teletype: bool = False
) -> Decoded:
    """Turn the bytes of a file into text.

    Args:
        data: the whole file.
        file: its name, for messages.
        receipt: gets a warning for what was repaired or lost.
        teletype: keep the controls by which teletypes part their copy.

    Raises:
        EmptyFileError: there is nothing but white space and controls.
    """
    text, encoding, by = _decoded(data, receipt)
    text = read_back(text, receipt) if encoding.startswith("utf-") else text
    controls = _CONTROLS.findall(text)
    plain = (_TELETYPE if teletype else _CONTROLS).sub("", _lines(text))
    if not plain.strip() or not _CONTROLS.sub("", plain).strip():
        raise EmptyFileError(file, len(data))
    damaged = plain.count(_LOST)
    if damaged:
        receipt.warn(f"{damaged} characters were already lost: now '?'")
    if controls and not teletype:
        receipt.warn(f"{len(controls)} control characters dropped")
    return Decoded(plain.replace(_LOST, "?"), encoding, by, damaged)


def head_of(data: bytes, length: int) -> str:
    """Read the beginning of a file well enough to tell its family."""
    head = data[:length]
    for mark, encoding in (*_MARKS, *_UNMARKED):
        if head.startswith(mark):
            start = 0 if (mark, encoding) in _UNMARKED else len(mark)
            return head[start:].decode(encoding, "replace")
    return head.decode("latin-1")


def _lines(text: str) -> str:
    lines = re.sub("\r+\n|\r", "\n", text)
    return re.sub("[\u2028\u2029\x85\x0c]", "\n", lines)


def _decoded(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str]:
    return (
        _by_mark(data)
        or _by_escapes(data)
        or _as_utf8(data, receipt)
        or _by_declaration(data, receipt)
        or _by_evidence(data, receipt)
    )


def _by_mark(data: bytes) -> tuple[str, str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark) and encoding != "utf-8":
            return data[len(mark) :].decode(encoding, "replace"), encoding, "bom"
    for mark, encoding in _UNMARKED:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding, "evidence"
    return None


def _by_escapes(data: bytes) -> tuple[str, str, str] | None:
    """Read ISO 2022, seven bits of which all are sound UTF-8 and none are words."""
    for mark, encoding in _ESCAPES:
        if mark in data and data.isascii():
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            declared = _DECLARED.search(data[:_DECLARED_WITHIN])
            named = declared is not None and b"2022" in declared[1]
            return text, encoding, "declared" if named else "evidence"
    return None


def _as_utf8(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str] | None:
    by = "bom" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    plain = data.removeprefix(codecs.BOM_UTF8)
    try:
        return plain.decode("utf-8"), "utf-8", by
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            receipt.warn("the file ends inside a character: it was cut short")
            return plain[: error.start].decode("utf-8"), "utf-8", by
    text = plain.decode("utf-8", "replace")
    already = plain.count(_LOST.encode())
    broken = text.count(_LOST) - already
    sound = sum(1 for letter in text if letter > "\x7f") - broken - already
    if by != "bom" and sound < _GOOD_PER_BROKEN * broken:
        return None
    receipt.warn(f"{broken} bytes are no UTF-8: read as cp1252")
    return plain.decode("utf-8", "tamizdat-cp1252"), "utf-8", by


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return broken.decode("cp1252", "replace"), error.end


codecs.register_error("tamizdat-cp1252", _as_cp1252)


def _by_declaration(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str] | None:
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if declared is None:
        return None
    name = declared[1].decode("ascii")
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        receipt.warn(f"declared encoding {name!r} is not known")
        return None
    encoding = _SISTERS.get(encoding, encoding)
    text = _strictly(data, encoding) if _ALLOWED.fullmatch(encoding) else None
    if text is None:
        receipt.warn(f"declared encoding {name!r} does not fit the bytes")
        return None
    best = max(_candidates(data), key=lambda one: one[0])
    latin, other = encoding == "cp1252", best[1] != encoding
    told = _sense(_sample(data).decode(encoding, "replace"))
    if other and _is_better(best[0], told, latin=latin):
        receipt.warn(f"declared encoding {name!r} yields no words: {best[1]} does")
        return None
    return text, encoding, "declared"


def _is_better(found: float, declared: float, *, latin: bool) -> bool:
    """Tell whether evidence is so much better that the declaration must be false.

    Latin-1 is what many programs declare that know nothing: any word counts against it.
    """
    clear = found - declared >= _CLEARLY and found > declared * _TIMES
    return found > 0 and (declared < 0 or clear or (latin and found > declared))


def _by_evidence(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str]:
    sense, encoding = max(_candidates(data), key=lambda one: one[0])
    text = _strictly(data, encoding)
    if text is None:
        receipt.warn("no encoding fits all bytes: read as cp1252")
        return data.decode("cp1252", "replace"), "cp1252", "evidence"
    if sense < 0:
        receipt.warn(f"no encoding yields known words: read as {encoding}")
    return text, encoding, "evidence"


def _sample(data: bytes) -> bytes:
    """Cut whole lines out of a file, from the first letter that tells anything."""
    found = _ODD.search(data)
    start = data.rfind(b"\n", 0, found.start()) + 1 if found else 0
    if len(data) <= start + _SAMPLE:
        return data[start:]
    end = max(data.rfind(mark, start, start + _SAMPLE) for mark in (b"\n", b" "))
    return data[start : end if end > start else start + _SAMPLE]


def _candidates(data: bytes) -> list[tuple[float, str]]:
    """Weigh every encoding that fits; of equals the first is taken."""
    sample = _sample(data)
    weighed = [
        (float(_sense(text)), name)
        for name in _OLD
        if (text := _strictly(sample, name)) is not None
    ]
    weighed += [
        (_wide_sense(text), name)
        for name in _WIDE
        if (text := _strictly(sample, name)) is not None
    ]
    return weighed or [(0.0, "cp1252")]


def _sense(text: str) -> int:
    """Weigh the words that hold letters beyond ASCII: the others prove nothing.

    A dash or a bullet that a wrong encoding reads as a letter is a word of one
    letter: in Latin script those count only beside longer words that are known.
    Words nearly all of accented letters, capitals behind small ones and letters of
    two scripts in one word are what a wrong encoding makes.
    """
    plain = _TAGS.sub(" ", text)
    words = [word for word in _WORD.findall(plain) if not word.isascii()]
    running = " ".join(words)
    known = _known(words)
    wrong = len(_MIXED.findall(running)) + len(_TURNED.findall(running))
    wrong += len(_BETWEEN.findall(plain))
    return known - wrong - sum(1 for word in words if _ACCENTED.fullmatch(word))


def _known(words: list[str]) -> int:
    """Count known words; in Latin script single letters only beside longer ones."""
    longer = [word for word in words if len(word) > 1]
    found = _common(longer)
    alone = found or script_of(" ".join(words)) != "latin"
    return _common(words) if alone else found


def _common(words: list[str]) -> int:
    telling = sum(word.lower() in _TELLING for word in words)
    return known_words(" ".join(words)) + telling


def _wide_sense(text: str) -> float:
    """Weigh copy in wide scripts: common letters, if most odd ones are letters."""
    odd = sum(1 for letter in text if letter > "\x7f")
    letters = len(_WIDE_LETTERS.findall(text))
    if not odd or letters < odd * 0.7:
        return -1.0
    return len(_WIDE_COMMON.findall(text)) - (odd - letters)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _C1.search(text) else text
