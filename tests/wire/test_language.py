# ruff: noqa: RUF001 - letters of languages that look like Latin ones
import pytest
from page_simulator import SAMPLES

from tamizdat.newsroom.passages import tags
from tamizdat.wire.language import (
    direction_of,
    language_of,
    script_in,
    script_of,
    scripts_of,
)

SENTENCES = {
    "en": "The council said that it will open the new bridge for all of the villages.",
    "ru": "Совет сообщил, что откроет новый мост для всех деревень и что это не шутка.",
    "uk": "Рада повідомила, що відкриє новий міст для всіх сіл і що це не жарт.",
    "be": "Рада паведаміла, што адкрые новы мост для ўсіх вёсак і што гэта не жарт.",
    "kk": "Кеңес жаңа көпірді барлық ауылдар үшін ашады деп хабарлады және бұл рас.",
    "ky": "Кеңеш жаңы көпүрөнү бардык айылдар үчүн ачат деп билдирди жана бул чын.",
    "tg": "Шӯро гуфт, ки пули навро барои ҳамаи деҳаҳо мекушояд ва ин шӯхӣ нест.",
    "tt": "Шура яңа күперне барлык авыллар өчен дә ача дип хәбәр итте һәм бу җитди.",
    "ba": "Шура яңы күперҙе бөтә ауылдар өсөн дә аса тип хәбәр итте һәм был ысын.",
    "bg": "Съветът съобщи, че ще открие новия мост за всички села и че това не е шега.",
    "mk": "Советот соопшти дека ќе го отвори новиот мост за сите села и тоа не е шега.",
    "sr": "Савет је саопштио да ће отворити нови мост за сва села и да то није шала.",
    "ro": "Consiliul a anunțat că va deschide noul pod și că nu este o glumă.",
    "hu": "A tanács szerint az új híd minden falu számára megnyílik, és ez nem vicc.",
    "az": "Şura bildirib ki, yeni körpü bütün kəndlər üçün açılacaq və bu belədir.",
    "uz": "Kengash yangi ko'prik qishloqlar uchun ochiladi deb dedi va bu hazil emas.",
    "tk": "Geňeş täze köprini obalar üçin açar diýip habar berdi we bu degişme däl.",
    "fa": "شورا گفت که پل تازه را برای همه روستاها باز می‌کند و این شوخی نیست.",
    "prs": "والی گفت که پوهنتون و شفاخانه را برای همه باز می‌کند و این را اعلام کرد.",
    "ps": "شورا وویل چې نوی پل به د ټولو کلیو لپاره پرانیزي او دا ټوکه نه ده.",
    "ka": "საბჭომ განაცხადა, რომ ახალ ხიდს გახსნის.",
    "hy": "Խորհուրդը հայտնեց, որ նոր կամուրջը կբացվի։",
}


# Told by which letters meet, or by words that one of two neighbours has alone.
NEIGHBOURS = {
    "vi": "Hội đồng thung lũng hôm qua đã bỏ phiếu xây cầu mới, tin cho biết.",
    "ms": "Majlis semalam mengundi untuk membina jambatan baharu, kata jurucakap.",
    "id": "Dewan kemarin memilih membangun jembatan baru, kata juru bicara.",
    "uz": "Vodiy kengashi yangi ko‘prik qurilishini ma’qulladi, deya xabar berdi.",
    "lt": "Slėnio taryba vakar balsavo už naują tiltą, pranešė atstovas spaudai.",
    "lv": "Padome vakar nobalsoja par jaunu tiltu, paziņoja preses pārstāvis.",
    "et": "Oru nõukogu hääletas eile uue silla poolt, teatas pressiesindaja.",
    "kk": "Аңғар кеңесі кеше жаңа көпір салуға дауыс берді, деп хабарлады хатшы.",
    "hr": "Vijeće jučer glasovalo je za most, radovi traju tri tjedna u ožujku.",
    "sr": "Savet je glasao za most, saopštio je predsednik opštine posle sednice.",
    "be": "Складаная прапорцыя сярэднявечных будынкаў і мураваных мастоў",
    "ca": "El consell de la vall va votar ahir la construcció d'un pont nou.",
    "gl": "O consello do val votou onte a construción dunha nova ponte sobre o río.",
    "sl": "Svet doline je včeraj izglasoval gradnjo mostu, ki bo stal na bregu reke.",
    "eo": "La konsilio de la valo voĉdonis hieraŭ por nova ponto, kiu kostos pli.",
    "bs": "Vijeće je glasalo za most, rekao je predsjednik, radovi traju tri sedmice.",
}


@pytest.mark.parametrize("code", NEIGHBOURS)
def test_language_of_few_common_words_is_told(code):
    assert code == language_of(NEIGHBOURS[code])


@pytest.mark.parametrize(
    "text",
    [
        "Radovi na mostu su u toku i ne zna se do kada se na to da, a i to je do nas.",
        "Bular neşirniñ esas adresine bara. Siz olğan yerde o bloklanğan ola bile.",
        "Vijeće je za most, a radovi bi mogli trajati do ljeta, kaže se u dokumentu.",
        "Stranica je poslana na moderiranje, pregledajte ju za nekoliko minuta.",
        "Baraza la bonde lilipiga kura jana kuunga mkono daraja jipya, alisema.",
        "Хөндийн зөвлөл өчигдөр шинэ гүүр барихыг дэмжин санал өглөө гэж мэдэгдэв.",
    ],
)
def test_what_may_be_a_neighbour_is_not_guessed(text):
    assert language_of(text) is None


@pytest.mark.parametrize("code", SENTENCES)
def test_language_is_told_from_one_sentence(code):
    assert code == language_of(SENTENCES[code])


@pytest.mark.parametrize(
    "text",
    ["", "12:30", "Helsinki", "Минск", "Demo Press, Example, Lorem, Ipsum", "日本語"],
)
def test_too_little_evidence_yields_none(text):
    assert language_of(text) is None


def test_german_is_not_taken_for_english():
    text = (
        "Der Rat will die Brücke für alle Dörfer öffnen und das ist nicht zum Lachen."
    )

    assert language_of(text) != "en"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Helsinki", "ltr"),
        ("تهران", "rtl"),
        ("שלום", "rtl"),
        ("ދިވެހި", "rtl"),
        ("ܣܘܪܝܝܐ", "rtl"),
        ("हिन्दी", "ltr"),
        ("12", None),
    ],
)
def test_direction_follows_the_script(text, direction):
    assert direction == direction_of(text)


LETTERS = {
    "am": "አማርኛ",
    "av": "магӀарул мацӀ",
    "bn": "বাংলা",
    "bo": "བོད་སྐད་",
    "chr": "ᏣᎳᎩ",
    "dv": "ދިވެހި",
    "gu": "ગુજરાતી",
    "hi": "हिन्दी",
    "ii": "ꆈꌠꉙ",
    "ja": "にほんご",
    "kk-Arab": "قازاقشا",
    "km": "ខ្មែរ",
    "kn": "ಕನ್ನಡ",
    "ko": "한국어",
    "lo": "ລາວ",
    "ml": "മലയാളം",
    "my": "မြန်မာ",
    "pa": "ਪੰਜਾਬੀ",
    "si": "සිංහල",
    "syr": "ܣܘܪܝܝܐ",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "th": "ไทย",
    "vi": "tiếng Việt",
    "zh-Hant": "漢語",
}


@pytest.mark.parametrize("code", LETTERS)
def test_language_is_known_by_its_letters(code):
    """Whatever its script is, and whether or not it has a name in itself."""
    assert script_of(LETTERS[code]) in scripts_of(code)


def test_language_of_several_scripts_has_all_its_letters():
    """As Japanese is written, and Korean may be."""
    assert {"han", "kana"} == scripts_of("ja")
    assert {"han", "hangul"} == scripts_of("ko")


@pytest.mark.parametrize(
    ("tag", "letters", "script"),
    [
        ("sr", "latin", "Latn"),
        ("sr", "cyrillic", "Cyrl"),
        ("sr-Latn", "cyrillic", None),
        ("uz-UZ", "arabic", "Arab"),
        ("hi", "latin", None),
        ("ru", "arabic", None),
        ("ja", "kana", "Jpan"),
        ("ru", None, None),
    ],
)
def test_language_is_written_in_scripts_of_its_own(tag, letters, script):
    """Its usual one, and others but Latin, whose letters stand in every language."""
    assert script == script_in(tag, letters)


def test_every_language_that_is_offered_has_letters():
    """Of a script that Unicode knows."""
    assert [] == [tag for tag in tags() if "" in scripts_of(tag)]


def test_sample_names_agree_with_the_detector():
    for path in SAMPLES.glob("*.txt"):
        assert path.stem.split("_")[0] == language_of(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("صوت مجلس الوادي الثلاثاء لصالح الجسر، كما أعلن رئيس البلدية", "ar"),
        ("القاهرة 2 يناير (رويترز) - قال وزير الخارجية في بيان", "ar"),
        ("شورای دره پل را تصویب کرد و کار در ماه مه آغاز می‌شود", "fa"),
        ("شوراي دره پل را تصويب كرد و كار در ماه مه آغاز مي‌شود", "fa"),
    ],
)
def test_arabic_and_persian_are_told_apart_whichever_yeh_is_typed(text, language):
    assert language_of(text) == language
