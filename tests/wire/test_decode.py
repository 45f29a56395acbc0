# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Bytes in false, missing and broken encodings: never mojibake, always said."""

from pathlib import Path

import pytest

from tamizdat.wire.decode import decode
from tamizdat.wire.errors import (
    BinaryDataError,
    EmptyFileError,
    UnknownEncodingError,
)
from tamizdat.wire.parsers import parse
from tamizdat.wire.receipt import ReceiptWriter

RU = "Мост в долине закрыт, и когда его откроют, неизвестно, сообщили в совете."
UK = "Міст у долині закритий, і коли його відкриють, невідомо, повідомили в раді."
FR = "Le pont de la vallée est fermé à tous, et l’on ne sait pas jusqu’à quand."
DE = "Die Brücke über den Fluß ist für alle gesperrt, und für lange Zeit."
PL = "Most w dolinie jest zamknięty, ponieważ nie ma pieniędzy, i tak zostanie."
EL = "Η γέφυρα της κοιλάδας έκλεισε σήμερα, και δεν είναι γνωστό πότε θα ανοίξει."
JA = "谷の橋は今日から閉鎖されました。いつ開くかは分かりません。"
KO = "계곡의 다리는 오늘부터 폐쇄되었습니다. 언제 열릴지 모릅니다."
ZH = "山谷的桥今天关闭了，不知道什么时候开放，这是中国的一个地方。"


def read(data):
    receipt = ReceiptWriter()
    return decode(data, "f", receipt), receipt.warnings


def declared(text, name, encoding):
    return f'<?xml version="1.0" encoding="{name}"?><a>{text}</a>'.encode(encoding)


@pytest.mark.parametrize(
    ("text", "name", "encoding"),
    [
        (FR, "iso-8859-1", "utf-8"),
        (FR, "iso-8859-1", "cp1252"),
        (FR, "utf-8", "cp1252"),
        (FR, "UTF8", "utf-8"),
        (FR, "x-nonsense", "cp1252"),
        (FR, "utf-16", "utf-8"),
        (DE, "us-ascii", "latin-1"),
        (RU, "windows-1251", "cp1251"),
        (RU, "iso-8859-1", "cp1251"),
        (RU, "utf-8", "koi8-r"),
        (UK, "iso-8859-1", "cp1251"),
        (PL, "iso-8859-2", "iso-8859-2"),
        (PL, "windows-1250", "cp1250"),
        (EL, "iso-8859-7", "iso-8859-7"),
        (EL, "utf-8", "cp1253"),
        (JA, "shift_jis", "shift_jis"),
        (JA, "iso-8859-1", "euc_jp"),
        (KO, "utf-8", "euc_kr"),
        (ZH, "gb2312", "gb18030"),
        (ZH, "utf-8", "gb18030"),
        (RU, "utf-8", "utf-16"),
        (RU, "utf-8", "utf-16-le"),
        (FR, "utf-8", "utf-8-sig"),
    ],
)
def test_false_declaration_makes_no_mojibake(text, name, encoding):
    decoded, _ = read(declared(text, name, encoding))

    assert text in decoded.text


@pytest.mark.parametrize(
    ("data", "expected", "said"),
    [
        (RU.encode()[:-1] + b"\xd0", RU[:-1], "cut short"),
        ("It’s".encode()[:-2], "It", "cut short"),
        (
            (RU + "caf").encode() + b"\xe9 \x92",
            RU + "caf\u00e9 \u2019",
            "read as cp1252",
        ),
        ("It\ufffds cold".encode(), "It?s cold", "already lost"),
        (b"It is\x00\x08 cold\x1f", "It is cold", "control characters"),
        (b"a\r\r\nb\rc\r\nd", "a\nb\nc\nd", ""),
    ],
)
def test_damage_is_repaired_and_said(data, expected, said):
    decoded, warnings = read(data)

    assert expected == decoded.text
    assert said in "".join(warnings)


def test_single_bytes_in_declared_utf8_are_read_as_such():
    data = b"<a>Caf\xc3\xa9</a><b>\x93a\x94 \xe9t</b>"
    data = b'<?xml version="1.0" encoding="utf-8"?>' + data

    assert "<a>Caf\u00e9</a><b>\u201ca\u201d \u00e9t</b>" in read(data)[0].text


@pytest.mark.parametrize("data", [b" \n\t", b"\xef\xbb\xbf", b"\x00\x00", b"\xff\xfe"])
def test_nothing_but_controls_is_an_empty_file(data):
    with pytest.raises(EmptyFileError):
        read(data)


def test_teletype_keeps_its_controls():
    text = decode(b"\x01a\x02b\x03\x00", "f", ReceiptWriter(), teletype=True).text

    assert text == "\x01a\x02b\x03"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Türkiye köprü yapıyor", "latin-1"),
        ("It’s — fine", "cp1252"),
        ("Мост построят", "cp1251"),
        ("مجلس پل را تصویب کرد", "latin-1"),
        ("日本語の見出し", "latin-1"),
    ],
)
def test_text_that_was_encoded_twice_is_read_back(text, encoding):
    doubled = text.encode().decode(encoding, "replace").encode()
    receipt = ReceiptWriter()

    decoded = decode(b"<p>plain</p><p>" + doubled + b"</p>", "copy.xml", receipt)

    assert decoded.text == f"<p>plain</p><p>{text}</p>"
    assert receipt.warnings == ["1 stretches of text were encoded twice: read back"]


@pytest.mark.parametrize(
    "text",
    ["„MENÜ“ und Café", "«CAFÉ» et «THÉ»", "СССР» и Россия", "PÃO – É", "ÆØÅ – Å“"],
)
def test_letters_that_only_look_like_bytes_stay(text):
    assert decode(text.encode(), "copy", ReceiptWriter()).text == text


TR = "Vadideki köprü kapandı ve ne zaman açılacağı bilinmiyor, dedi belediye başkanı."
CS = "Most v údolí je uzavřen a není známo, kdy bude otevřen, řekl při jednání."


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (TR, "cp1254", "iso-8859-1"),
        (TR, "cp1254", "utf-8"),
        (CS, "iso8859-2", "iso-8859-1"),
        (PL, "iso8859-2", "us-ascii"),
        ("5 € la place, une œuvre à voir même après.", "iso8859-15", "iso-8859-1"),
        (RU, "koi8-r", "windows-1251"),
        (RU, "cp1251", "koi8-r"),
        (RU, "cp866", "koi8-r"),
        (RU, "iso8859-5", "utf-8"),
    ],
)
def test_a_declaration_that_words_gainsay_is_false(text, encoding, name):
    decoded, _ = read(declared(text, name, encoding))

    assert text in decoded.text


@pytest.mark.parametrize("name", ["iso-8859-1", "windows-1252", "utf-8", ""])
@pytest.mark.parametrize(
    "text",
    [
        "“Nobody may cross,” the mayor said.",
        "40° on Friday • officials said … it’s over – or not — ‘so what’",
        "… in ‘40’ cross • it cost 5 € • the™ mayor 40‰ – nobody",
        "On “I’s Friday On ©cross in’s “said’s mayor’s",
        "They met in the café",
        "He said “no” … “On Friday” • 5 € • café – and left…",
        "“It’s on,” she said – “and … we’ll see.” It was a résumé à la carte.",
    ],
)
def test_signs_are_no_letters_of_an_older_encoding(text, name):
    data = declared(text, name, "cp1252") if name else text.encode("cp1252")

    decoded, _ = read(data)

    assert text in decoded.text


@pytest.mark.parametrize("text", [FR, DE])
def test_old_copy_of_dos_is_still_read(text):
    plain = text.replace("’", "'")

    decoded, _ = read(plain.encode("cp850"))

    assert decoded.text == plain


HE = "הגשר בעמק נסגר היום ולא ידוע מתי ייפתח מחדש, כך אמר ראש המועצה לתושבים."
LT = "Slėnio tiltas šiandien uždarytas, kada bus atidarytas, pranešė taryba."
LV = "Ielejas tilts šodien slēgts, un nav zināms, kad to atvērs."
ZT = "議會昨天表示，市長說工程將於五月開始，但經費還沒有著落。"
ZS = "议会昨天表示，市长说工程将于五月开始，但经费还没有着落。"
TH = "สะพานในหุบเขาปิดวันนี้ และยังไม่ทราบว่าจะเปิดเมื่อใด นายกเทศมนตรีกล่าว"
AR = "أعلن مجلس الوادي أن الجسر مغلق اليوم ولا يعرف متى يفتح من جديد."


@pytest.mark.parametrize("name", ["iso-8859-1", "utf-8", ""])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (EL, "cp1253"),
        ("Άνοιξε η γέφυρα της κοιλάδας σήμερα.", "cp1253"),
        ("Άνοιξε η γέφυρα της κοιλάδας σήμερα.", "iso8859-7"),
        (HE, "cp1255"),
        (LT, "cp1257"),
        (LV, "cp1257"),
        (ZT, "big5"),
        (ZS, "gb18030"),
        (TH, "cp874"),
        (AR, "cp1256"),
        (AR, "iso8859-6"),
    ],
)
def test_every_script_is_told_and_said_to_be_guessed(text, encoding, name):
    data = declared(text, name, encoding) if name else text.encode(encoding)

    decoded, warnings = read(data)

    assert text in decoded.text
    assert any("the encoding was guessed" in one for one in warnings)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Þetta er það sem bæjarstjórinn sagði; ðe síðan.", "cp1252"),
        ("СССР, ВЧК и МВД", "cp1251"),
        ("Σ. και Φ.", "cp1253"),
        ("40 µm, § 5, ½ – ©", "cp1252"),
        ("Żółw", "cp1250"),
        ("桥", "gb18030"),
    ],
)
def test_a_true_declaration_of_a_few_words_is_believed(text, encoding):
    decoded, warnings = read(declared(text, encoding, encoding))

    assert text in decoded.text
    assert not warnings


@pytest.mark.parametrize(
    ("data", "encoding", "by"),
    [
        (b"\xff\xfe" + RU.encode("utf-16-le"), "utf-16-le", "bom"),
        (RU.encode("utf-16-be"), "utf-16-be", "evidence"),
        (f"It\u2019s on. {RU}".encode("utf-16-le"), "utf-16-le", "evidence"),
        (f"charset=unicode_escape\n{RU}".encode("cp1251"), "cp1251", "evidence"),
        (f"charset=windows-1251\n{RU}".encode("cp1251"), "cp1251", "declared"),
        (RU.encode("koi8-r"), "koi8-r", "evidence"),
    ],
)
def test_marks_come_before_declarations_and_both_before_evidence(data, encoding, by):
    decoded, _ = read(data)

    assert (encoding, by) == (decoded.encoding, decoded.by)
    assert RU in decoded.text


@pytest.mark.parametrize(
    ("data", "error", "place"),
    [
        (b"", EmptyFileError, "the whole file"),
        (b" \n\t ", EmptyFileError, "the whole file"),
        (b"\x89PNG\r\n\x1a\n\x00", BinaryDataError, "byte 6"),
        (b"\xd7\xd7 \xd7\xd7", UnknownEncodingError, "byte 0"),
    ],
)
def test_refusal_of_what_is_no_text_names_the_place(data, error, place):
    with pytest.raises(error) as caught:
        parse(data, "f.txt")

    assert ("f.txt", place) == (caught.value.file, caught.value.place)


def test_saved_text_of_damaged_utf8_is_read_and_the_receipt_says_so():
    whole = (Path(__file__).parent / "samples" / "ru_byline.txt").read_bytes()
    item = parse(whole.replace("ы".encode(), b"\xe9", 1), "page.txt")[0]

    assert parse(whole, "page.txt")[0].headline == item.headline
    assert any("read as cp1252" in one for one in item.receipt.warnings)


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "iso8859-5", "cp1251"])
@pytest.mark.parametrize(
    "headline",
    ["Минздрав", "Рубль укрепился", "ТАСС: пожар потушен", "Путин прибыл в Минск"],
)
def test_a_headline_alone_tells_its_encoding_by_its_letters(headline, encoding):
    assert headline == read(headline.encode(encoding))[0].text
