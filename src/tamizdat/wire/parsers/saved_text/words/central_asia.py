# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List the Kyrgyz, Tajik, Uzbek and Turkmen words of saved pages."""

from tamizdat.wire.parsers.saved_text.words.vocabulary import NoticeWords, Words

KY = Words(
    language="ky",
    links=(
        r"линктер|жеткиликтүү\w* (линктер|шилтемелер)|шилтемелер",
        r"(негизги|издөөгө|башкы) ?[\w ]{0,40}өтүңүз",
    ),
    banners=(
        r"(шашылыш|акыркы|башкы|тез) (кабар|жаңылык)\w*|шашылыш|кабарлар|түз эфир",
    ),
    breaking=(r"шашылыш",),
    controls=(r"басып чыгаруу|бөлүшүү|бөлүшүңүз|пикирлер|комментарийлер|дагы караңыз",),
    updated=(r"жаңырт(ыл)?\w*|толукталды",),
    published=(r"жарыяланды",),
    byline=(r"автор(у|лор)?:?(?= )",),
    titles=("кабарчы", "редактор", "журналист"),
    photo=(r"(сүрөт|фото)",),
    credit=(
        r"\(?(?=.*(маалыматтары|кабарлары|материалдары)(нын)? негизинде)",
        r"\(?булак(тар)?:",
    ),
    agency_nouns=(
        r"(маалымат )?агентти(ктери|ги)\w*",
        r"(маалыматтары|кабарлары|материалдары)(нын)? негизинде",
    ),
    joints=(r",? (жана|менен) ",),
    private=(r"жарыялоо(го|) (болбойт|үчүн эмес)",),
    contact=(r"(телефон|тел|байланыш)",),
    notice=NoticeWords(
        acts={
            "sharing": r"бөлүш|тарат|репост",
            "liking": r"лайк|жактыр",
            "commenting": r"коммент|пикир",
            "saving": r"сакта|жүктө",
            "contacting": r"байланыш",
        },
        penalties={
            "fines": r"айып",
            "imprisonment": r"түрмө|эркинен ажырат|камак",
            "arrest": r"кармоо",
        },
        more=(
            r"^.{0,60}(?:кененирээк|көбүрөөк|толук).{0,80}(?:бул жер|шилтеме|бас).*$",
        ),
    ),
)

TG = Words(
    language="tg",
    links=(
        r"пайвандҳои( осони?)? дастрас\w*|пайвандҳо",
        (
            r"(гузариш|бозгашт|рафтан|ҷаҳиш) ба (\w+ )?"
            r"(мундариҷа|ҷустуҷӯ|матлаб|меню)\w*"
        ),
    ),
    banners=(
        (
            r"(хабари|хабарҳои|ахбори) (фаврӣ|таъҷилӣ|охирин|нав|муҳим)|фаврӣ|таъҷилӣ"
            r"|хабарҳо|пахши зинда"
        ),
    ),
    breaking=(r"фаврӣ", r"таъҷилӣ"),
    controls=(r"чоп( кардан)?|мубодила|баҳам дидан|шарҳҳо|ҷустуҷӯ|пахш кунед",),
    updated=(r"нав (карда )?шуд(ааст)?|тоза шуд|навшуда|навсозӣ шуд(ааст)?",),
    published=(r"нашр шуд(ааст)?",),
    byline=(r"муаллиф(он)?:?(?= )",),
    titles=("хабарнигор", "муҳаррир", "рӯзноманигор"),
    photo=(r"(акс|сурат)",),
    credit=(
        (
            r"\(?(бо истифода аз|дар асоси|дар такя ба) "
            r"(хабар|гузориш|мавод|иттилоот)\w*"
            r"( оҷонсиҳои)?"
        ),
        r"\(?(манбаъ|сарчашма)\w*:",
    ),
    agency_nouns=(r"(оҷонси|оҷонсиҳои|хабаргузори)\w*",),
    joints=(r",? ва ",),
    private=(r"барои нашр нест",),
    contact=(r"(телефон|тел|тамос)",),
    notice=NoticeWords(
        acts={
            "sharing": r"мубодил|паҳн|бознашр|баҳам",
            "liking": r"лайк|писанд",
            "commenting": r"шарҳ|назар",
            "saving": r"захира|нигоҳ",
            "contacting": r"тамос|робита",
        },
        penalties={
            "fines": r"ҷарима",
            "imprisonment": r"зиндон|ҳабс",
            "arrest": r"боздошт",
            "prosecution": r"таъқиб|ҷиноят",
        },
        more=(r"^.{0,60}бештар.{0,80}(?:ин ҷо|пайванд|пахш|клик).*$",),
    ),
)

UZ = Words(
    language="uz",
    links=(
        r"линклар|havolalar|kirish havolalari|ochiq havolalar|очиқ линклар",
        r"(asosiy|асосий|qidiruv|қидирув)[\w' ]{0,40}(o'tish|ўтиш|o'ting|ўтинг)",
    ),
    banners=(
        r"(shoshilinch|tezkor|so'nggi|bosh) (xabar|yangilik)\w*|tezkor|shoshilinch",
        r"(шошилинч|тезкор|сўнгги|бош) (хабар|янгилик)\w*|тезкор|шошилинч",
    ),
    breaking=(r"tezkor|shoshilinch|тезкор|шошилинч",),
    controls=(r"chop etish|чоп этиш|ulashish|улашиш|izohlar|изоҳлар|bo'lishish",),
    updated=(r"yangilan(di|gan)|янгилан(ди|ган)",),
    published=(r"e'lon qilin(di|gan)|эълон қилин(ди|ган)",),
    byline=(r"(muallif|муаллиф)(lar|лар)?:?(?= )",),
    titles=("muxbir", "muharrir", "jurnalist", "мухбир", "муҳаррир"),
    photo=(r"(surat|foto|сурат|фото)",),
    credit=(
        r"\(?(?=.*(xabarlari|ma'lumotlari|materiallari) asosida)",
        r"\(?(?=.*(хабарлари|маълумотлари|материаллари) асосида)",
        r"\(?(manba|манба)(lar|лар)?:",
    ),
    agency_nouns=(
        r"(axborot |ахборот )?(agentli|агентли)\w*",
        (
            r"(xabarlari|ma'lumotlari|materiallari|хабарлари|маълумотлари|материаллари)"
            r" (asosida|асосида)"
        ),
    ),
    joints=(r",? (va|ва|hamda|ҳамда) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"ulash|tarqat|улаш|тарқат",
            "liking": r"layk|yoqtir|лайк|ёқтир",
            "commenting": r"izoh|изоҳ",
            "saving": r"saqla|сақла",
            "contacting": r"bog'lan|боғлан|aloqa|алоқа",
        },
        penalties={
            "fines": r"jarima|жарима",
            "imprisonment": r"qamoq|қамоқ|ozodlikdan mahrum|озодликдан маҳрум",
        },
        more=(
            r"^.{0,60}(?:batafsil|ko'proq|батафсил|кўпроқ).{0,80}(?:bu yer|бу ер).*$",
        ),
    ),
)

TK = Words(
    language="tk",
    links=(r"sepleriň elýeterliligi|elýeterli sepler|sepler",),
    banners=(r"(gyssagly|soňky|esasy) (habar|täzelik)\w*|gyssagly|habarlar",),
    breaking=(r"gyssagly",),
    controls=(r"çap ediň|paýlaşyň|paýlaş|teswirler",),
    updated=(r"täzelen(di|en)",),
    published=(r"çap edildi",),
    byline=(r"awtor(y|lar)?:?(?= )",),
    photo=(r"surat",),
    credit=(r"\(?(?=.*(habarlary|maglumatlary) esasynda)", r"\(?çeşme(ler)?:"),
    agency_nouns=(r"(habar )?agentlig\w*", r"(habarlary|maglumatlary) esasynda"),
    joints=(r",? (we|bilen) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"paýlaş|ýaýrat",
            "liking": r"laýk|halan",
            "commenting": r"teswir",
            "saving": r"sakla",
            "contacting": r"habarlaş|aragatnaşyk",
        },
        penalties={"fines": r"jerime", "imprisonment": r"türme|azatlykdan mahrum"},
    ),
)
