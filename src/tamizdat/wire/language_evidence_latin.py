# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Hold what gives languages in Latin letters away, as `language_evidence` does."""

from tamizdat.wire.language_evidence import evidence

_AZ = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"
_EN = "abcdefghijklmnopqrstuvwxyz"

LATIN = (
    evidence(
        "en",
        _EN,
        "w",
        "the of and to in that is was for on with as by at from it has have his"
        " were are said not be an its their will after who",
    ),
    evidence(
        "ro",
        _EN + "ăâîșțşţ",
        "ățțș",
        "și de în la a să cu pe din că nu este pentru au fost prin care mai sunt"
        " după sau lui iar dintre",
    ),
    evidence(
        "hu",
        _EN + "áéíóöőúüű",
        "őű",
        "a az és hogy nem is egy volt de meg ezt azt mint már csak vagy lesz után"
        " szerint pedig magyar",
    ),
    evidence(
        "az",
        _AZ,
        "əğı",
        "və bu bir ki ilə üçün da də olan edib deyib onun olub sonra isə kimi"
        " görə var azərbaycan o",
    ),
    evidence(
        "uz",
        _EN + "ʻʼ",
        "ʻ",
        "va bilan uchun bu deb ham edi uning bo'lgan bo'yicha keyin emas bir ekan"
        " haqida dedi qilgan bo'lib o'zbekiston",
    ),
    evidence(
        "tk",
        "abçdefgäžhijňklmnoöprsştuüwyýz",
        "ňýä",
        "we bilen üçin bu diýip hem bolan onuň soň däl bir boýunça hakynda diýdi"
        " türkmenistan şol bolup eden",
    ),
    evidence(
        "sr",
        "abcčćdđefghijklmnoprsštuvzž",
        "ćđ",
        "i u je na da se od za su sa ne kao do ovo ali ili bio posle koji koje što"
        " bi će o",
    ),
    evidence(
        "tr",
        "abcçdefgğhıijklmnoöprsştuüvyz",
        "ığ",
        "ve bir bu da de için ile olan olarak çok daha gibi sonra kadar değil var"
        " ancak dedi",
    ),
    evidence(
        "de",
        _EN + "äöüß",
        "ß",
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein"
        " eine als auch",
    ),
    evidence(
        "fr",
        _EN + "àâæçéèêëîïôœùûüÿ",
        "èêœ",
        "le la les de des et à un une du en que est pour dans qui par sur il au",
    ),
    evidence(
        "es",
        _EN + "áéíñóúü",
        "ñ",
        "el la de que y en los del se las por un para con no una su al lo como",
    ),
    evidence(
        "pt",
        _EN + "áâãàçéêíóôõú",
        "ãõ",
        "de a o que e do da em um para com não uma os no se na por mais as dos ao"
        " foi são",
    ),
    evidence(
        "nl",
        _EN + "ëïéè",
        "",
        "de het een van en in op dat is te voor met zijn niet aan er die ook bij"
        " naar om door wordt heeft",
    ),
    evidence(
        "sv",
        _EN + "åäöé",
        "",
        "och att är som för inte på med av till från har säger efter om en ett det"
        " den de i vid eller men",
    ),
    evidence(
        "da",
        _EN + "æøåé",
        "æø",
        "og at er som for ikke på med af til fra har siger efter om en et det den de"
        " i ved eller men blev også",
    ),
    evidence(
        "nb",
        _EN + "æøåé",
        "æø",
        "og at er som for ikke på med av til fra har sier etter om en et det den de"
        " i ved eller men ble også",
    ),
    evidence(
        "fi",
        _EN + "äöå",
        "",
        "ja on ei että se hän mutta oli myös kun mukaan ovat sekä joka jo tai ole"
        " kertoo sanoo vuoden",
    ),
    evidence(
        "cs",
        "aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzž",
        "řěů",
        "a se v na je že o s z do i to by pro jako za po od ale si byl podle které",
    ),
    evidence(
        "sk",
        "aáäbcčdďeéfghiíjklĺľmnňoóôpqrŕsštťuúvwxyýzž",
        "ľĺŕô",
        "a sa v na je že o s z do i to by pre ako za po od ale si bol podľa ktoré",
    ),
    evidence(
        "it",
        _EN + "àèéìòù",
        "ìò",
        "il la di che e in un per è del della non con le sono da una dei si gli",
    ),
    evidence(
        "pl",
        _EN + "ąćęłńóśźż",
        "ąęłń",
        "i w na z do że się nie to jest o od po za jak przez dla oraz są był",
    ),
    evidence(
        "ca",
        _EN + "àçèéíïòóúü·",
        "",
        "el la els les de del dels i que en a per amb un una és no al als ha es se"
        " com més han aquest aquesta va seva seu són ser també però dia segons",
    ),
    evidence(
        "gl",
        _EN + "áéíñóúüï",
        "",
        "o a os as de do da dos das e que en no na nos nas un unha para por con non"
        " máis é foi ao á ós polo pola seu súa está teñen ten como pero tamén este",
    ),
    evidence(
        "sl",
        "abcčdefghijklmnoprsštuvzž",
        "",
        "je in na v za se da ki so pa z s ne bi bo po iz ob kot do tudi pri še od ali"
        " že ter zaradi lahko bil bila bilo več pred med oziroma kar jih",
    ),
    evidence(
        "et",
        _EN + "äöõüšž",
        "õ",
        "ja on ei et see mis ka oma kui ning aga oli selle ta nii kes seda mida ole"
        " või ma pärast eest juba kuid ütles nende",
    ),
    evidence(
        "lt",
        "aąbcčdeęėfghiįyjklmnoprsštuųūvzž",
        "ėįųę",
        "ir kad į iš su yra tai buvo bet jis ne o nuo jau kaip už dėl per dar apie bus"
        " po prie savo arba",
    ),
    evidence(
        "lv",
        "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž",
        "āēīņļķģ",
        "un ir ka par no ar uz kas arī bija gada to bet kā vai pēc ja tiek jau lai tika"
        " savu gan pie viņš",
    ),
    evidence(
        "eo",
        _EN + "ĉĝĥĵŝŭ",
        "ĉĝĥĵŝŭ",
        "la de kaj en estas al por ke ne kiu kun el pri ankaŭ li ĝi kiel sed pli post"
        " estis ili oni kiuj tiu ĉi dum diris sur per aŭ estos kie ĝis da",
    ),
    evidence(
        "id",
        _EN,
        "",
        "yang dan di untuk dengan pada dari ini itu dalam tidak akan ke telah oleh juga"
        " bahwa karena ada sebagai kata tersebut saat adalah para bisa lebih hari atas",
    ),
    evidence(
        "sq",
        _EN + "çë",
        "ë",
        "të e në i për me dhe se një që nga ka është do u më ai si nuk janë edhe ishte"
        " kjo ky pas ose nga",
    ),
    evidence(
        "eu",
        _EN + "ñü",
        "",
        "eta da ez du bat dute dira ere zuen zen egin izan hau den duen bere baina"
        " dago edo bi beste egun dela dituzte arte",
    ),
    evidence(
        "af",
        _EN + "êëéôûïîáè",
        "",
        "die van en het in is nie te dat vir met om op sy wat was as hy aan word deur"
        " sal ook by kan hulle gesê na uit",
    ),
    evidence(
        "cy",
        _EN + "âêîôûŵŷï",
        "ŵŷ",
        "y yn yr a i o ar ei am wedi ac oedd mae eu bod gan fod ond nid neu hyn ni gyda"
        " bydd sydd wrth roedd cael",
    ),
    evidence(
        "is",
        _EN + "áðéíóúýþæö",
        "ðþ",
        "að og í á er sem til um við var fyrir það en með ekki af hann hefur þess því"
        " frá eru eftir verið þar",
    ),
)
