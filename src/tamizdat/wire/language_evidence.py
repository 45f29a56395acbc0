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


def _evidence(code: str, alphabet: str, own: str, words: str) -> Evidence:
    # Texts mix the Arabic and the Persian yeh and kaf: words are compared with one.
    plain = words.replace("\u064a", "\u06cc").replace("\u0643", "\u06a9")
    return Evidence(code, frozenset(alphabet), frozenset(own), frozenset(plain.split()))


_RU = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SR = "абвгдђежзијклљмнњопрстћуфхцчџш"
_MK = "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ"
_AZ = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"
_EN = "abcdefghijklmnopqrstuvwxyz"
_FA = "ءآاأبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئؤۀة"

CYRILLIC = (
    _evidence(
        "ru",
        _RU,
        "ыэё",
        "и в не на что с по как это из его для от за к о а но был была были"
        " они он она же или которые также со у до при после об",
    ),
    _evidence(
        "uk",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "їєґ",
        "і й в у на що з із та не до це як від для його про за але був була були"
        " вони він вона або які також під після",
    ),
    _evidence(
        "be",
        "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        "ў",
        "і й у ў на што з не да гэта як ад для яго пра за але быў была былі яны"
        " ён яна або якія таксама пад пасля паводле",
    ),
    _evidence(
        "kk",
        _RU + "әғқңөұүһі",
        "ұ",
        "және мен бен үшін бұл деп туралы болды бар осы оның болған кейін бойынша"
        " деді еді жылы да де емес бір қазақстан",
    ),
    _evidence(
        "ky",
        _RU + "ңөү",
        "ңөү",
        "жана менен үчүн бул деп боюнча болгон эле анын ал кийин тууралуу деди"
        " керек эмес бир да кыргызстан ошол болуп",
    ),
    _evidence(
        "tg",
        "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
        "ӣӯҷҳ",
        "ва дар ба аз ки бо барои ин аст то ҳам буд як он мегӯяд шуд шудааст вай"
        " кард тоҷикистон баъди аммо",
    ),
    _evidence(
        "tt",
        _RU + "әөүҗңһ",
        "җ",
        "һәм белән өчен бу дип турында да булган иде аның ул дә соң бер дигән"
        " буенча була түгел татарстан шул",
    ),
    _evidence(
        "ba",
        _RU + "ғҙҡңөҫүһә",
        "ҙҫҡ",
        "һәм менән өсөн бул был тип тураһында булған ине уның ул да һуң бер тигән"
        " буйынса була түгел башҡортостан шул",
    ),
    _evidence(
        "uz",
        _RU + "ўқғҳ",
        "ўҳ",
        "ва билан учун бу деб ҳам эди унинг бўлган бўйича кейин эмас бир экан"
        " ҳақида деди ўзбекистон",
    ),
    _evidence(
        "bg",
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        "ъ",
        "и на в да се от за че е са по с не като до това със но или беше след"
        " който които при",
    ),
    _evidence(
        "mk",
        _MK,
        "ѓќѕ",
        "и на во да се од за дека е со не како до ова но или беше по кој кои при"
        " што го ги ќе",
    ),
    _evidence(
        "sr",
        _SR,
        "ђћ",
        "и у је на да се од за су са не као до ово али или био после који које"
        " што би ће о",
    ),
)

LATIN = (
    _evidence(
        "en",
        _EN,
        "w",
        "the of and to in that is was for on with as by at from it has have his"
        " were are said not be an its their will after who",
    ),
    _evidence(
        "ro",
        _EN + "ăâîșțşţ",
        "ățțș",
        "și de în la a să cu pe din că nu este pentru au fost prin care mai sunt"
        " după sau lui iar dintre",
    ),
    _evidence(
        "hu",
        _EN + "áéíóöőúüű",
        "őű",
        "a az és hogy nem is egy volt de meg ezt azt mint már csak vagy lesz után"
        " szerint pedig magyar",
    ),
    _evidence(
        "az",
        _AZ,
        "əğı",
        "və bu bir ki ilə üçün da də olan edib deyib onun olub sonra isə kimi"
        " görə var azərbaycan o",
    ),
    _evidence(
        "uz",
        _EN + "ʻʼ",
        "ʻ",
        "va bilan uchun bu deb ham edi uning bo'lgan bo'yicha keyin emas bir ekan"
        " haqida dedi qilgan bo'lib o'zbekiston",
    ),
    _evidence(
        "tk",
        "abçdefgäžhijňklmnoöprsştuüwyýz",
        "ňýä",
        "we bilen üçin bu diýip hem bolan onuň soň däl bir boýunça hakynda diýdi"
        " türkmenistan şol bolup eden",
    ),
    _evidence(
        "sr",
        "abcčćdđefghijklmnoprsštuvzž",
        "ćđ",
        "i u je na da se od za su sa ne kao do ovo ali ili bio posle koji koje što"
        " bi će o",
    ),
    _evidence(
        "tr",
        "abcçdefgğhıijklmnoöprsştuüvyz",
        "ığ",
        "ve bir bu da de için ile olan olarak çok daha gibi sonra kadar değil var"
        " ancak dedi",
    ),
    _evidence(
        "de",
        _EN + "äöüß",
        "ß",
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein"
        " eine als auch",
    ),
    _evidence(
        "fr",
        _EN + "àâæçéèêëîïôœùûüÿ",
        "èêœ",
        "le la les de des et à un une du en que est pour dans qui par sur il au",
    ),
    _evidence(
        "es",
        _EN + "áéíñóúü",
        "ñ",
        "el la de que y en los del se las por un para con no una su al lo como",
    ),
    _evidence(
        "pt",
        _EN + "áâãàçéêíóôõú",
        "ãõ",
        "de a o que e do da em um para com não uma os no se na por mais as dos ao"
        " foi são",
    ),
    _evidence(
        "nl",
        _EN + "ëïéè",
        "",
        "de het een van en in op dat is te voor met zijn niet aan er die ook bij"
        " naar om door wordt heeft",
    ),
    _evidence(
        "sv",
        _EN + "åäöé",
        "",
        "och att är som för inte på med av till från har säger efter om en ett det"
        " den de i vid eller men",
    ),
    _evidence(
        "da",
        _EN + "æøåé",
        "æø",
        "og at er som for ikke på med af til fra har siger efter om en et det den de"
        " i ved eller men blev også",
    ),
    _evidence(
        "nb",
        _EN + "æøåé",
        "æø",
        "og at er som for ikke på med av til fra har sier etter om en et det den de"
        " i ved eller men ble også",
    ),
    _evidence(
        "fi",
        _EN + "äöå",
        "",
        "ja on ei että se hän mutta oli myös kun mukaan ovat sekä joka jo tai ole"
        " kertoo sanoo vuoden",
    ),
    _evidence(
        "cs",
        "aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzž",
        "řěů",
        "a se v na je že o s z do i to by pro jako za po od ale si byl podle které",
    ),
    _evidence(
        "sk",
        "aáäbcčdďeéfghiíjklĺľmnňoóôpqrŕsštťuúvwxyýzž",
        "ľĺŕô",
        "a sa v na je že o s z do i to by pre ako za po od ale si bol podľa ktoré",
    ),
    _evidence(
        "it",
        _EN + "àèéìòù",
        "ìò",
        "il la di che e in un per è del della non con le sono da una dei si gli",
    ),
    _evidence(
        "pl",
        _EN + "ąćęłńóśźż",
        "ąęłń",
        "i w na z do że się nie to jest o od po za jak przez dla oraz są był",
    ),
)

ARABIC = (
    _evidence(
        "fa",
        _FA,
        "پچژگ",
        "و در به از که این است را با برای آن بود شد می کرد یک شده تا خود او هم"
        " کرده نیز های بر گفت",
    ),
    _evidence(
        "ps",
        _FA + "ټډړږښځڅېۍڼكي",
        "ټډړږښځڅېۍڼ",
        "د په او چې له دي ده کې وي کړي سره ته دې یې نه شوي دا هم پر کړ",
    ),
    _evidence(
        "ar",
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقکلمنهوىی",
        "ةىإأ",
        "فی من على أن إلى التی الذی عن مع هذا کان قد لا ما هذه بعد وقال کما أو بین"
        " خلال قال حیث ذلك ذلک کانت علیه رئیس مجلس يوم یوم الیوم فیها وکان لم",
    ),
    _evidence(
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
