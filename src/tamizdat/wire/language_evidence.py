# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Hold what gives a language away: its script, letters and commonest words.

Each row is (code, alphabet, letters that few others have, common words).
The alphabet counts against a language when the text leaves it. Some languages
stand here only to keep their neighbours from being named wrongly.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold the marks of one language, all in lower case."""

    code: str
    alphabet: frozenset[str]
    own_letters: frozenset[str]
    words: frozenset[str]


def evidence(code: str, alphabet: str, own: str, words: str) -> Evidence:
    """Write one row, words parted by spaces."""
    # Texts mix the Arabic and the Persian yeh and kaf: words are compared with one.
    plain = words.replace("\u064a", "\u06cc").replace("\u0643", "\u06a9")
    return Evidence(code, frozenset(alphabet), frozenset(own), frozenset(plain.split()))


_RU = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SR = "абвгдђежзијклљмнњопрстћуфхцчџш"
_MK = "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ"
_FA = "ءآاأبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئؤۀة"

CYRILLIC = (
    evidence(
        "ru",
        _RU,
        "ыэё",
        "и в не на что с по как это из его для от за к о а но был была были"
        " они он она же или которые также со у до при после об",
    ),
    evidence(
        "uk",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "їєґ",
        "і й в у на що з із та не до це як від для його про за але був була були"
        " вони він вона або які також під після",
    ),
    evidence(
        "be",
        "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        "ў",
        "і й у ў на што з не да гэта як ад для яго пра за але быў была былі яны"
        " ён яна або якія таксама пад пасля паводле",
    ),
    evidence(
        "kk",
        _RU + "әғқңөұүһі",
        "ұ",
        "және мен бен үшін бұл деп туралы болды бар осы оның болған кейін бойынша"
        " деді еді жылы да де емес бір қазақстан",
    ),
    evidence(
        "ky",
        _RU + "ңөү",
        "ңөү",
        "жана менен үчүн бул деп боюнча болгон эле анын ал кийин тууралуу деди"
        " керек эмес бир да кыргызстан ошол болуп",
    ),
    evidence(
        "tg",
        "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
        "ӣӯҷҳ",
        "ва дар ба аз ки бо барои ин аст то ҳам буд як он мегӯяд шуд шудааст вай"
        " кард тоҷикистон баъди аммо",
    ),
    evidence(
        "tt",
        _RU + "әөүҗңһ",
        "җ",
        "һәм белән өчен бу дип турында да булган иде аның ул дә соң бер дигән"
        " буенча була түгел татарстан шул",
    ),
    evidence(
        "ba",
        _RU + "ғҙҡңөҫүһә",
        "ҙҫҡ",
        "һәм менән өсөн бул был тип тураһында булған ине уның ул да һуң бер тигән"
        " буйынса була түгел башҡортостан шул",
    ),
    evidence(
        "uz",
        _RU + "ўқғҳ",
        "ўҳ",
        "ва билан учун бу деб ҳам эди унинг бўлган бўйича кейин эмас бир экан"
        " ҳақида деди ўзбекистон",
    ),
    evidence(
        "mn",
        _RU + "өү",
        "",
        "нь байна энэ болон гэж бол юм хэрэв байгаа дээр ба мөн ын ийн байсан болно"
        " хийх уу үү тухай гэсэн тул учир олон бас зэрэг",
    ),
    evidence(
        "bg",
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        "ъ",
        "и на в да се от за че е са по с не като до това със но или беше след"
        " който които при",
    ),
    evidence(
        "mk",
        _MK,
        "ѓќѕ",
        "и на во да се од за дека е со не како до ова но или беше по кој кои при"
        " што го ги ќе",
    ),
    evidence(
        "sr",
        _SR,
        "ђћ",
        "и у је на да се од за су са не као до ово али или био после који које"
        " што би ће о",
    ),
)

ARABIC = (
    evidence(
        "fa",
        _FA,
        "پچژگ",
        "و در به از که این است را با برای آن بود شد می کرد یک شده تا خود او هم"
        " کرده نیز های بر گفت",
    ),
    evidence(
        "ps",
        _FA + "ټډړږښځڅېۍڼكي",
        "ټډړږښځڅېۍڼ",
        "د په او چې له دي ده کې وي کړي سره ته دې یې نه شوي دا هم پر کړ",
    ),
    evidence(
        "ar",
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقکلمنهوىی",
        "ةىإأ",
        "فی من على أن إلى التی الذی عن مع هذا کان قد لا ما هذه بعد وقال کما أو بین"
        " خلال قال حیث ذلك ذلک کانت علیه رئیس مجلس يوم یوم الیوم فیها وکان لم",
    ),
    evidence(
        "ur",
        _FA + "ٹڈڑےںھہ",
        "ٹڈڑےں",
        "کے میں کی ہے اور سے کا کو نے پر کہ ہیں یہ اس بھی کر تھا ایک",
    ),
)

# Words of daily news that Kabul has and Tehran has not; two of them make Dari.
_DARI = (
    "پوهنتون شفاخانه ولسوالی والی خارنوال څارنوالی سارنوال لیسه قوماندان"
    " ولسی مشرانو ولایات لوی جرگه تذکره معینیت موتر"
)
DARI = frozenset(_DARI.split())

# Scripts that one language of the wires is written in. Japanese is told by its kana.
ALONE = {"georgian": "ka", "armenian": "hy", "greek": "el", "hebrew": "he"}
ALONE |= {"hangul": "ko", "kana": "ja", "han": "zh", "thai": "th"}
