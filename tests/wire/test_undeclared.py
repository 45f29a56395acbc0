# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Copy that declares no encoding: a sentence is read right, less is said to be doubted.

The sentences are ours and of one kind; `letters.json` was counted in other words.
"""

from pathlib import Path

import pytest

from tamizdat.wire.decode import decode, known_encoding, reading_in
from tamizdat.wire.parsers import parse
from tamizdat.wire.receipt import ReceiptWriter

CYRILLIC = "cp1251 iso8859-5 mac-cyrillic"
CENTRAL = "cp1250 iso8859-2"
COPY = [
    (
        f"{CYRILLIC} koi8-r cp866",
        "Мост в долине закрыт из-за паводка, сообщили в совете.",
    ),
    (
        f"{CYRILLIC} koi8-u cp1125",
        "Міст у долині закрили через паводок, повідомили в раді.",
    ),
    (f"{CYRILLIC}", "Мост у даліне зачынены праз паводку, сказалі ў савеце."),
    (CYRILLIC, "Мостът в долината е затворен заради наводнение, съобщи общината."),
    ("cp1251 iso8859-5", "Мостот во долината е затворен поради поплава, рече советот."),
    (
        "cp1251 iso8859-5",
        "Мост у долини је затворен због поплаве, саопштила је општина.",
    ),
    ("kz1048 ptcp154", "Аңғардағы көпір су тасқынына байланысты жабылды, деді кеңес."),
    ("ptcp154", "Үзәндәге күпер ташу аркасында ябылды, дип хәбәр итте шәһәр."),
    ("koi8-t", "Купруки водӣ аз сабаби обхезӣ баста шуд, гуфт шӯрои шаҳр."),
    (CENTRAL, "Most w dolinie został zamknięty z powodu powodzi, podała rada."),
    (CENTRAL, "Most v údolí je kvůli povodni uzavřen, řekl včera starosta města."),
    (CENTRAL, "Most v údolí je pre povodeň uzavretý, povedal včera primátor mesta."),
    (
        CENTRAL,
        "A völgyi hidat az árvíz miatt lezárták, közölte tegnap az önkormányzat.",
    ),
    (
        CENTRAL,
        "Podul din vale a fost închis din cauza inundaţiilor, a anunţat primăria.",
    ),
    (
        CENTRAL,
        "Most u dolini zatvoren je zbog poplave, priopćilo je jučer općinsko vijeće.",
    ),
    (CENTRAL, "Most v dolini je zaprt zaradi poplave, je včeraj sporočila občina."),
    ("cp1250", "Jülgedäki köpri suw joşmagy sebäpli ýapyldy diýip, geňeş habar berdi."),
    (
        "cp1254 iso8859-9",
        "Vadideki köprü sel nedeniyle kapatıldı, dedi dün belediye başkanı.",
    ),
    ("cp1257", "Slėnio tiltas dėl potvynio uždarytas, vakar pranešė miesto taryba."),
    ("cp1257", "Ielejas tilts plūdu dēļ ir slēgts, vakar paziņoja pilsētas dome."),
    ("cp1257", "Oru sild on üleujutuse tõttu suletud, teatas eile linnavalitsus."),
    ("cp1252", "Pont de la vallée fermé à cause des crues, a annoncé hier la mairie."),
    (
        "cp1252 cp850",
        "Die Brücke im Tal ist für alle gesperrt, sagte die Bürgermeisterin.",
    ),
    ("cp1252", "El puente del valle se cerró por la inundación, anunció el alcalde."),
    ("cp1252", "Laakson silta on suljettu tulvan vuoksi, kertoi eilen pääkaupunki."),
    ("cp1252", "Bron i dalen är stängd på grund av översvämningen, sade kommunen."),
    (
        "cp1252",
        "Broen i dalen er stengt på grunn av flommen, sa ordføreren før helgen.",
    ),
    ("cp1253 iso8859-7", "Η γέφυρα της κοιλάδας έκλεισε λόγω πλημμύρας, είπε ο δήμος."),
    ("cp1255 iso8859-8", "הגשר בעמק נסגר בגלל השיטפון, כך נמסר אתמול מטעם המועצה."),
    (
        "cp1256 iso8859-6",
        "أغلق الجسر في الوادي بسبب الفيضان، كما أعلن مجلس البلدة أمس.",
    ),
    ("cp1256", "پل دره به دليل سيلاب بسته شد، ديروز شوراي شهر خبر داد."),
    ("cp874", "สะพานในหุบเขาปิดเพราะน้ำท่วมนายกเทศมนตรีกล่าวเมื่อวานนี้"),
    ("shift_jis euc_jp", "谷の橋は洪水のため昨日から閉鎖されたと町議会が発表した。"),
    ("gb18030", "市议会昨天说，山谷里的桥因为洪水已经关闭。"),
    ("big5", "市議會昨天說，山谷裡的橋因為洪水已經關閉。"),
    ("euc_kr", "시의회는 어제 계곡의 다리가 홍수로 폐쇄되었다고 밝혔다."),
]
CASES = [(text, name) for names, text in COPY for name in names.split()]
SHARED = Path(__file__).parents[4] / "shared" / "input" / "text"


def read(data):
    receipt = ReceiptWriter()
    return decode(data, "f", receipt), receipt.warnings


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_a_sentence_tells_its_encoding(text, encoding):
    """A sentence is read as it was written, and so are forty letters of it."""
    cut = text[:40].rpartition(" ")[0] or text[:40]

    whole = read(text.encode(encoding))[0]
    assert (text, True) == (whole.text, whole.told)
    assert cut == read(cut.encode(encoding))[0].text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Мост", "mac-cyrillic"),
        ("Şok", "cp1254"),
        ("Łódź", "iso8859-2"),
        ("عمان", "cp1256"),
    ],
)
def test_a_word_alone_is_read_right_or_said_to_be_doubtful(text, encoding):
    decoded, warnings = read(text.encode(encoding))

    named = any("encoding in doubt" in one and encoding in one for one in warnings)
    assert decoded.text == text or named


def test_nothing_is_doubted_where_only_one_reading_makes_words():
    _, warnings = read("Совет города закрыл мост через реку.".encode("koi8-r"))

    assert warnings == ["the encoding was guessed by words: read as koi8-r"]


@pytest.mark.parametrize(
    "family",
    [
        "Subject: {0}\nFrom: a@b.example\nDate: x\n\n{0}",
        "<html><article><p>{0}</p><p>{0}</p></article>",
        '{{"uri": "u:1", "headline": "{}", "body_text": "x"}}',
    ],
)
def test_a_chosen_encoding_is_obeyed_in_every_family(family):
    """What an editor or a source chose comes before words and declarations."""
    text = "Łódź odkłada decyzję w sprawie mostu, podała w środę rada miasta nad rzeką."
    data = family.format(text).encode("iso8859-2")

    [item] = parse(data, "f", "iso8859-2")
    [other] = parse(data, "f", "cp1251")

    assert text in str(item.to_json())
    assert ("iso8859-2", "chosen") == (item.receipt.encoding, item.receipt.encoding_by)
    assert text.encode("iso8859-2").decode("cp1251") in str(other.to_json())


def test_a_choice_holds_for_one_reading_only():
    with reading_in("koi8-r"):
        chosen = decode("да".encode("koi8-r"), "f", ReceiptWriter())
    after = decode("да".encode(), "f", ReceiptWriter())

    assert ("chosen", "utf-8") == (chosen.by, after.by)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("windows-1251", "cp1251"),
        ("ISO-8859-1", "cp1252"),
        ("utf8", "utf-8"),
        ("unicode_escape", None),
        ("zip", None),
        ("no such\x00name", None),
        ("", None),
    ],
)
def test_only_encodings_of_text_can_be_chosen(name, expected):
    assert expected == known_encoding(name)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the texts of ../shared")
@pytest.mark.parametrize(
    ("language", "encodings"),
    [("ru", f"{CYRILLIC} koi8-r cp866"), ("be", "cp1251 iso8859-5"), ("fa", "cp1256")],
)
def test_sentences_of_others_are_read_right(language, encodings):
    """Of a hundred sentences of eighty letters at most one is misread."""
    lines = (SHARED / f"{language}.txt").read_text("utf-8").splitlines()
    lines = [one.replace("ی", "ي")[:80] for one in lines if len(one) > 80]
    for encoding in encodings.split():
        known = [one for one in lines if one.encode(encoding, "ignore")][:600:6]
        data = [one.encode(encoding, "ignore") for one in known]
        wrong = [one for one in data if read(one)[0].text != one.decode(encoding)]

        assert len(wrong) <= len(known) / 100, (encoding, wrong)
