# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Weigh in which of the old encodings the bytes of copy are words.

Well-kept guessers weigh how often letters stand side by side, which misleads in copy
of one sentence; here count the commonest words, and letters where none can stand.
"""

import re

from tamizdat.wire.language import known_words

# Of encodings that read a text alike the first is taken: the commonest stand first.
_OLD: tuple[str, ...] = ("cp1252", "cp1251", "cp1250", "cp1254", "cp1256", "koi8-r")
_OLD += ("koi8-u", "cp1253", "cp1255", "cp1257", "iso8859-15", "iso8859-2", "iso8859-5")
_OLD += ("iso8859-7", "iso8859-6", "cp874", "cp866", "cp850")
_WIDE = ("gb18030", "euc_jp", "euc_kr", "cp932", "big5")
_MIXED = re.compile(
    "[A-Za-z\u00c0-\u024f][\u0370-\u06ff\u0e00-\u0e7f]"
    "|[\u0370-\u06ff\u0e00-\u0e7f][A-Za-z\u00c0-\u024f]"
)
_WIDE_LETTERS = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_WIDE_SIGNS = re.compile("[\u2010-\u2026\u3000-\u303f\uff01-\uff5e]")
_WIDE_MIXED = re.compile(
    "[\uac00-\ud7a3][\u4e00-\u9fff]|[\u4e00-\u9fff][\uac00-\ud7a3]"
)
_TWICE = 2
# What is left of English words whose signs and next letters were read as one.
_WIDE_LATIN = re.compile(
    "[a-z][\u3040-\u30ff\u4e00-\u9fff]|[\u3040-\u30ff\u4e00-\u9fff][a-z]"
)
_WIDE_COMMON = re.compile(
    "[\u3040-\u30ff\uac00-\ud7a3的一是不了在人有我他这为大来以个中上们到说国和地也子时道出"
    "而要于就下得可你年生这會這為來個們說國時後對過還沒發長經與從進實當學關開日本月]"
)
_THAI_COMMON = re.compile("ที่|การ|ของ|และ|ใน|ว่า|เป็น|ได้|ไม่|มี|ให้|จาก|ความ|วัน|นี้|จะ|กล่าว")
# A vowel that opens a syllable before none; a mark on no consonant.
_THAI_MISPLACED = re.compile(
    "[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
    "|(?<![\u0e01-\u0e2e\u0e31-\u0e3a\u0e47-\u0e4c])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)
_TAGS = re.compile(r"<[^<>]{0,2000}>|&[#\w]{1,10};")
_FOREIGN = re.compile("[\u0370-\u06ff]{3,}")
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(
    "[A-Za-z]?[\u00aa-\u00ff\u0160\u0161\u017d\u017e\u0192]{3,}[A-Za-z]?"
)
# Signs between letters: a wrong encoding has read letters as them.
_BETWEEN = re.compile(
    r"(?<=[^\W\d_])[\u00a1\u00a4\u00a6-\u00a9\u00ac\u00ae-\u00b1\u00b4\u00b6\u00b8\u00b9\u00bc-\u00bf\u00d7\u00f7"
    r"\u2020\u2021\u2030\u2039\u203a\u2219-\u2265](?=[^\W\d_])"
    # At the end of a word, or anywhere.
    r"|(?<=[^\W\d_]{3})[\u00b1\u00b3\u00b6\u00bf](?!\w)|\u00b6(?=[\u03b1-\u03ce])|\u00a4|[\u2320\u2321\u2500-\u25a0]"
    # A pound is followed by a number.
    r"|\u00a3(?=[^\W\d_])"
    # Low quotation marks open, so they stand behind no letter.
    r"|(?<=[^\W\d_])[\u201a\u201e]"
)
_TURNED = re.compile(
    "[\u0430-\u044f\u03ac-\u03ce][\u0410-\u042f\u0391-\u03a9]"
    # Quotation marks and apostrophes read as letters.
    "|[\u00df-\u00f6\u00f8-\u00ff][A-Z]|[a-z][\u00c0-\u00d6\u00d8-\u00de]"
)
# Letters where their language has none: final ones inside a word, others at its end;
# Polish letters beside Czech ones; no vowel among four letters; an eth that begins a
# word, as in no Icelandic one; an ending that in Hungarian has a double acute.
_MISPLACED = re.compile(
    r"\u03c2(?=[\u03ac-\u03ce])|\u03c3\b"
    r"|[\u05da\u05dd\u05df\u05e3\u05e5](?=[\u05d0-\u05ea])|\b[\u00f0\u00d0]"
    r"|[brt]\u00f5l\b|[ąęł]\w{0,6}[áéěířůýď]|[áéěířůýď]\w{0,6}[ąęł]"
    r"|\b[бвгджзйклмнпрстфхцчшщъьБВГДЖЗЙКЛМНПРСТФХЦЧШЩЪЬ]{4,}\b"
)
# Words as they end in Greek, with one accent, and in Hebrew, with a final letter.
_ENDINGS = re.compile(
    r"\b[\u0391-\u03a9α-ω]{0,12}[άέήίόύώ](?:[α-ω]{0,12}[αεηιουωνς])?\b"
    r"|[\u05d0-\u05ea]{2}[\u05da\u05dd\u05df\u05e3\u05e5]\b"
)
# Common words whose letters few encodings have at the same place.
_COMMON = """
και το της να η του την με στην για από που οι τα των את של על לא עם הוא כי זה
ולא ראש אמר אמרה היום אתמול כך הודיע גם היה היא הם יש אין כל לפי בין עד אחרי לפני הממשלה
się że są ponieważ już być został została była było był które która będzie można
jeśli też dzień według także więc pieniędzy
powiedział powiedziała części środę września października
že při před řekl řekla může či až ještě měl měla mě většina další září říjen podle též
keď päť ľudí ďalší tiež však môže viac
ő első előtt később erős fő idő jövő nő műsor gyűlés több között elnök időben
că să după fără această și şi țara ţara între până către dacă
će već što također međutim riječ može još kaže tisuća
için çok olduğu değil şu dışında kadın sayın açıkladı söyledi tarafından karşı arasında
sırasında yıl yılı yılında kişi kişinin
açıklama açıklamada yapılan yapıldı yapılacak başladı ülke
göre başkanı başkan yaptığı olduğunu ettiği dedi yüzde
šiandien pranešė sakė tačiau nėra žmonių žmonės prieš savaitę jį jų šių šį šios dėl
teigė buvę kuriuos metų būtų galėtų kurį šalies šiuo už iš būti kurių tūkst
mėnesį gegužės balandžio birželio rugpjūčio rugsėjo gruodžio sausį vyriausybė prasidės
pirmadienį antradienį trečiadienį ketvirtadienį penktadienį šeštadienį sekmadienį
maijā jūnijā jūlijā martā janvārī februārī aprīlī augustā septembrī oktobrī novembrī
decembrī pilsētā iedzīvotāji iedzīvotājiem valdība rīgā sākās trešdien
sacīja šodien paziņoja ļoti līdz šī nevarētu būs zināms slēgts cilvēki darbības pēdējā
valstī vēl mēneša pēc vairāk tiek arī tā kā gadā
nächste länger später während zunächst möglich präsident würde würden müssen könnte wäre
hätte dafür darüber gegenüber zurück täglich ständig brücke bürger behörden lässt läuft
että hän myös sekä jälkeen päivä päivää työ työt tämä näin mitä kävi pääministeri
à été être même après où très déjà œuvre cœur l’œuvre también más según años así
über für können größe daß ä ö å är på från även också för att når får også være på så år
på já não são está até também após mês você è più perché così può già città
"""
_TELLING = frozenset(_COMMON.split())
_CYRILLIC = re.compile("[\u0400-\u045f\u0490\u0491]+")
_CYRILLIC_COMMON = re.compile("[оеаинтсрвлкмдпуі]", re.IGNORECASE)
_LATIN_ACCENTED = re.compile("[\u00c0-\u017f]")
_SYLLABLE, _MOSTLY = 2, 0.6  # letters of a word too short to tell; share of its letters
_C1 = re.compile("[\x80-\x9f]")
_ODD = re.compile(rb"[\x80-\xff]")
_UNFIT = float("-inf")  # of bytes that an encoding leaves unread
_SAMPLE = 60_000  # bytes that are weighed, from the first that is no ASCII


def sample(data: bytes) -> bytes:
    """Cut whole lines out of a file, from the first letter that tells anything."""
    found = _ODD.search(data)
    start = data.rfind(b"\n", 0, found.start()) + 1 if found else 0
    if len(data) <= start + _SAMPLE:
        return data[start:]
    end = max(data.rfind(mark, start, start + _SAMPLE) for mark in (b"\n", b" "))
    return data[start : end if end > start else start + _SAMPLE]


def candidates(data: bytes) -> list[tuple[float, str]]:
    """Weigh every encoding that fits; of equals the first is taken."""
    part = sample(data)
    weighed = [(weight(part, name), name) for name in (*_OLD, *_WIDE)]
    fitting = [one for one in weighed if one[0] > _UNFIT]
    return fitting or [(0.0, "cp1252")]


def weight(part: bytes, encoding: str) -> float:
    """Weigh how well bytes read in an encoding are words."""
    text = strictly(part, encoding)
    if text is None:
        return _UNFIT
    if encoding in _WIDE:
        return _wide_sense(text)
    return _thai_sense(text) if encoding == "cp874" else sense(text)


def sense(text: str) -> float:
    """Weigh the words that hold letters beyond ASCII: the others prove nothing.

    A dash or a bullet that a wrong encoding reads as a letter is a word of one
    letter: those count only beside longer words.
    Words nearly all of accented letters, capitals behind small ones and letters of
    two scripts in one word are what a wrong encoding makes.
    """
    plain = _TAGS.sub(" ", text)
    words = [word for word in _WORD.findall(plain) if not word.isascii()]
    running = " ".join(words)
    known = _known(words)
    wrong = len(_MIXED.findall(running)) + len(_TURNED.findall(running))
    wrong += len(_BETWEEN.findall(plain)) + len(_MISPLACED.findall(running))
    known += len(_ENDINGS.findall(running))
    wrong += sum(1 for word in words if _ACCENTED.fullmatch(word) or _is_odd(word))
    return known - wrong + sum(map(_cyrillic, words))


def _is_odd(word: str) -> bool:
    """Tell a longer word of Latin script of which hardly a letter has no accent."""
    accented = len(_LATIN_ACCENTED.findall(word))
    return len(word) > _SYLLABLE and accented > len(word) * _MOSTLY


def _cyrillic(word: str) -> float:
    """Weigh a word of Cyrillic script, known or not, by how common its letters are.

    A name in a headline is in no list; read in a wrong encoding, its letters are rare.
    """
    if len(word) <= _SYLLABLE or not _CYRILLIC.fullmatch(word):
        return 0
    share = len(_CYRILLIC_COMMON.findall(word)) / len(word)
    even = word == word.upper() or word[1:] == word[1:].lower()
    if not even or share < _MOSTLY / 2:
        return -1
    return 0 if share < _MOSTLY else 1 if len(word) > _SYLLABLE * _TWICE else 1 / 2


def _known(words: list[str]) -> int:
    """Count known words; single letters only beside longer ones.

    In Latin script the longer ones are known, in others without any Latin letter.
    """
    found = _common([word for word in words if len(word) > 1])
    wholly = any(_FOREIGN.fullmatch(word) for word in words)
    return _common(words) if found or wholly else found


def _common(words: list[str]) -> int:
    telling = sum(word.lower() in _TELLING for word in words)
    return known_words(" ".join(words)) + telling


def _wide_sense(text: str) -> float:
    """Weigh copy in wide scripts: common letters, if most odd ones are letters.

    Korean letters beside Chinese ones are what a wrong encoding makes of either.
    """
    odd = sum(1 for letter in _WIDE_SIGNS.sub("", text) if letter > "\x7f")
    letters = len(_WIDE_LETTERS.findall(text))
    if not odd or letters < odd * 0.7:
        return -1.0
    wrong = odd - letters + _TWICE * len(_WIDE_MIXED.findall(text))
    wrong += len(_WIDE_LATIN.findall(_TAGS.sub(" ", text)))
    return len(_WIDE_COMMON.findall(text)) - wrong


def _thai_sense(text: str) -> int:
    """Weigh Thai, which parts no words, by the commonest of them."""
    plain = _TAGS.sub(" ", text)
    wrong = len(_MIXED.findall(plain)) + len(_THAI_MISPLACED.findall(plain))
    return len(_THAI_COMMON.findall(plain)) - wrong


def strictly(data: bytes, encoding: str) -> str | None:
    """Decode bytes that an encoding fits; None where it leaves any unread."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _C1.search(text) else text
