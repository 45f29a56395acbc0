# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List the words of Tatar, Bashkir, Azerbaijani, Armenian and Pashto pages."""

from tamizdat.wire.parsers.saved_text.words.vocabulary import NoticeWords, Words

TT = Words(
    language="tt",
    links=(r"(керү|үтемле\w*|мөмкинлек) (сылтамалары?|линклар)|сылтамалар",),
    banners=(r"(ашыгыч|соңгы|төп) (хәбәр|яңалык)\w*|ашыгыч|яңалыклар",),
    breaking=(r"ашыгыч",),
    controls=(r"бастыру|уртаклашу|уртаклашыгыз|фикерләр|шәрехләр",),
    updated=(r"яңарт(ыл)?\w*",),
    published=(r"басылды|бастырылды",),
    byline=(r"автор(ы|лар)?:?(?= )",),
    credit=(r"\(?(?=.*(хәбәрләре|мәгълүматлары) нигезендә)", r"\(?чыганак(лар)?:"),
    agency_nouns=(r"агентлы\w+", r"(хәбәрләре|мәгълүматлары) нигезендә"),
    joints=(r",? (һәм|белән) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"уртаклаш|тарат",
            "liking": r"лайк|ошат",
            "commenting": r"коммент|шәрех|фикер",
            "saving": r"сакла",
            "contacting": r"элемтә|бәйләнеш",
        },
        penalties={"fines": r"штраф", "imprisonment": r"төрмә|ирегеннән мәхрүм"},
    ),
)

BA = Words(
    language="ba",
    links=(r"[\w ]{0,20}(һылтанмалар|һылтанмалары)",),
    banners=(r"(ашығыс|һуңғы|төп) (хәбәр|яңылыҡ)\w*|ашығыс|яңылыҡтар",),
    controls=(r"баҫтырыу|уртаҡлашыу|фекерҙәр",),
    updated=(r"яңырт(ыл)?\w*",),
    byline=(r"автор(ы|ҙар)?:?(?= )",),
    credit=(r"\(?(?=.*(хәбәрҙәре|мәғлүмәттәре) нигеҙендә)", r"\(?сығанаҡ\w*:"),
    agency_nouns=(r"агентлы\w+", r"(хәбәрҙәре|мәғлүмәттәре) нигеҙендә"),
    joints=(r",? (һәм|менән) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"уртаҡлаш|тарат",
            "liking": r"лайк|оҡшат",
            "commenting": r"коммент|фекер",
            "saving": r"һаҡла",
            "contacting": r"бәйләнеш|элемтә",
        },
        penalties={"fines": r"штраф", "imprisonment": r"төрмә|иркенән мәхрүм"},
    ),
)

AZ = Words(
    language="az",
    links=(r"keçid linkləri|əlçatanlıq linkləri|linklər",),
    banners=(r"(təcili|son|əsas) (xəbər|yenilik)\w*|təcili|xəbərlər|canlı yayım",),
    breaking=(r"təcili",),
    controls=(r"çap( et| edin)?|paylaş(ın)?|şərhlər|həmçinin bax",),
    updated=(r"yenilən(di|ib|miş)",),
    published=(r"dərc (olunub|edilib)",),
    byline=(r"müəllif(lər)?:?(?= )",),
    photo=(r"foto",),
    credit=(r"\(?(?=.*(məlumatları|xəbərləri) əsasında)", r"\(?mənbə(lər)?:"),
    agency_nouns=(r"(xəbər )?agentliy?\w*", r"(məlumatları|xəbərləri) əsasında"),
    joints=(r",? (və|ilə) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"paylaş|yay(?:ma|ıl)",
            "liking": r"bəyən|layk",
            "commenting": r"şərh",
            "saving": r"saxla|yadda",
            "contacting": r"əlaqə",
        },
        penalties={
            "fines": r"cərimə",
            "imprisonment": r"həbs|azadlıqdan məhrum",
            "arrest": r"saxlanıl",
        },
        more=(r"^.{0,60}(?:ətraflı|daha çox).{0,80}(?:bura|link|klik).*$",),
    ),
)

HY = Words(
    language="hy",
    links=(
        (
            r"մատչելիության հղումներ|հղումներ|(անցնել|վերադառնալ)"
            r" (\w+ )?(բովանդակ|որոն|նավիգ|մենյու)\w*"
        ),
    ),
    banners=(
        r"(հրատապ|վերջին|գլխավոր|շտապ) (լուր|լուրեր|նորություն|նորություններ)",
        r"հրատապ|շտապ|ուղիղ եթեր|լուրեր",
    ),
    breaking=(r"հրատապ", r"շտապ"),
    controls=(
        r"տպել|տպագրել|կիսվել|կիսվեք|մեկնաբանություններ|տեսեք նաև|բաժանորդագրվել",
    ),
    updated=(r"թարմացված( է)?|թարմացվել է|թարմացվեց|լրացված",),
    published=(r"հրապարակված( է)?|հրապարակվել է",),
    byline=(r"հեղինակ(ներ)?:?(?= )",),
    titles=("թղթակից", "խմբագիր", "լրագրող"),
    photo=(r"(լուսանկար|լուսանկարը|ֆոտո)",),
    credit=(
        (
            r"\(?(?=.*(հաղորդումների|նյութերի|տեղեկությունների)"
            r" (հիման վրա|օգտագործմամբ|համաձայն))"
        ),
        r"\(?աղբյուր(ներ)?:",
    ),
    agency_nouns=(
        r"(լրատվական )?գործակալությ\w+",
        r"(հաղորդումների|նյութերի|տեղեկությունների) (հիման վրա|օգտագործմամբ|համաձայն)",
    ),
    joints=(r",? (և|եւ|ու) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"կիսվ|տարած|տարածել",
            "liking": r"հավան|լայք",
            "commenting": r"մեկնաբան",
            "saving": r"պահպան|պահել|ներբեռն",
            "contacting": r"կապ(?:վել|ի|ն)? |կապվել|կապ հաստատ",
        },
        penalties={
            "fines": r"տուգանք|տուգան",
            "imprisonment": r"ազատազրկ|բանտ",
            "arrest": r"ձերբակալ|կալան",
        },
        more=(r"^.{0,60}(?:ավելին|մանրամասն).{0,80}(?:այստեղ|հղում|սեղմ).*$",),
    ),
)

PS = Words(
    language="ps",
    links=(r"(د )?(لاسرسی|لاسرسي)( وړ)? (لینکونه|ځوابونه|پیوندونه)|لینکونه",),
    banners=(r"(بیړنی|بیړني|عاجل|تازه|وروستي|وروستی) (خبر|خبرونه)|بیړنی|تازه خبرونه",),
    breaking=(r"بیړنی", r"عاجل"),
    controls=(r"چاپ|چاپ کړی|شریک ?(کړی|کړئ|یی کړی)|تبصری|لټون",),
    updated=(r"(نوی|تازه|اپډیټ) ?(شوی|شو)|تازه شوی",),
    published=(r"خپور شوی|خپره شوی",),
    byline=(r"(لیکوال|خبریال|لیکنه):?(?= )",),
    titles=("خبریال", "ژورنالیست"),
    photo=(r"(انځور|عکس)",),
    credit=(r"\(?د (?=.* په (مرسته|حواله|استناد))", r"\(?سرچین(ه|ی):"),
    agency_nouns=(r"(خبری )?(اژانس|آژانس|اژانسونو)\S*", r"(په )?(مرسته|حواله|استناد)"),
    joints=(r"،? (او) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"شریک|خپر",
            "liking": r"لایک|خوښ",
            "commenting": r"تبصر|نظر",
            "saving": r"خوندی|ذخیره",
            "contacting": r"اړیک",
        },
        penalties={
            "fines": r"جریم|جرمان",
            "imprisonment": r"زندان|بند|حبس",
            "arrest": r"نیول",
        },
        more=(r"^.{0,60}(?:نور|زیات).{0,80}(?:دلته|کلیک).*$",),
    ),
)
