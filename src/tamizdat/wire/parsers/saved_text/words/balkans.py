# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List the Romanian, Bulgarian, Macedonian, Serbian and Hungarian words."""

from tamizdat.wire.parsers.saved_text.words.vocabulary import NoticeWords, Words

RO = Words(
    language="ro",
    links=(
        (
            r"linkuri( de| pentru)? accesibilitate|(sari|mergi|salt) la"
            r" (conținut|navigare|căutare|meniu)\w*"
        ),
    ),
    banners=(
        r"(știri|știre|stiri|ultimele|ultima) ?(de ultimă oră|urgente?|știri|stiri)?",
        r"ultim[aă] or[aă]|breaking|live|în direct",
    ),
    breaking=(r"ultim[aă] or[aă]", r"urgent"),
    controls=(
        r"(im|ti)primare|tipărește|tipăriți|distribui(e|ți|t)|comentarii|abonare",
    ),
    updated=(r"actualizat[ăe]?( la)?",),
    published=(r"publicat[ăe]?( la)?",),
    byline=(r"(de|autor(i)?):(?= )",),
    titles=("corespondent", "redactor", "jurnalist", "editor"),
    photo=(r"foto(grafie)?",),
    caption_signs=(r"\((dreapta|stânga|centru|arhivă)[^)]*\)", r"imagine de arhivă"),
    credit=(
        (
            r"\(?(cu|pe baza|după)( informații| relatări| materiale| relatările"
            r"| informațiile)( de la| din| ale| ale agențiilor| agențiilor)?"
        ),
        r"\(?surs[ae]:",
    ),
    agency_nouns=(r"agenți\w+( de presă)?",),
    joints=(r",? și ",),
    notice=NoticeWords(
        acts={
            "sharing": r"distribui|partaj|redistribui",
            "liking": r"aprecie|like",
            "commenting": r"coment",
            "saving": r"salv|descărc",
            "contacting": r"contact",
        },
        penalties={
            "fines": r"amen[dz]",
            "imprisonment": r"închiso|privar",
            "arrest": "arest",
        },
        more=(r"^.{0,60}(?:mai multe|detalii).{0,80}(?:aici|link|click|clic).*$",),
    ),
)

BG = Words(
    language="bg",
    links=(
        r"линкове за достъпност|(преминете|отидете) към .{0,20}(съдържание|търсене)\w*",
    ),
    banners=(r"(извънредн|последн|спешн|главн)\w+ новин\w+|извънредно|новини|на живо",),
    breaking=(r"извънредно",),
    controls=(r"принтирай|отпечатай|печат|сподели|коментари|вижте още",),
    updated=(r"обновен\w*|актуализиран\w*|допълнен\w*",),
    published=(r"публикуван\w*",),
    byline=(r"(автор(и)?|от):(?= )",),
    titles=("кореспондент", "редактор", "журналист"),
    photo=(r"(снимка|фото)",),
    caption_signs=(r"\((вдясно|вляво|в средата|архив)[^)]*\)", r"архивна снимка"),
    credit=(
        (
            r"\(?(по|с използване на|с) (информация|материали|съобщения)( на| от)?"
            r"( агенции\w*)?"
        ),
        r"\(?източни\w+:",
    ),
    agency_nouns=(r"агенци\w+",),
    joints=(r",? и ",),
    notice=NoticeWords(
        acts={
            "sharing": r"споделя|разпростран",
            "liking": r"харесв|лайк",
            "commenting": r"комент",
            "saving": r"запазв|съхран",
            "contacting": r"свърз|контакт",
        },
        penalties={
            "fines": r"глоб",
            "imprisonment": r"затвор|лишаване от свобода",
            "arrest": r"арест",
        },
        more=(r"^.{0,60}(?:повече|подробн).{0,80}(?:тук|линк|кликн|натисн).*$",),
    ),
)

MK = Words(
    language="mk",
    links=(
        (
            r"достапни линкови|линкови за пристап"
            r"|(оди|премини|врати се) на .{0,20}(содржина|пребарување|навигација)\w*"
        ),
    ),
    banners=(r"(итн|најнов|последн|ударн)\w* вест\w*|итно|вести|во живо",),
    breaking=(r"итно",),
    controls=(r"печати|испечати|сподели|коментари|видете и",),
    updated=(r"ажуриран\w*|дополнет\w*|освежен\w*",),
    published=(r"објавен\w*",),
    byline=(r"(автор|пишува):(?= )",),
    photo=(r"фото(графија)?",),
    credit=(
        r"\(?(според|од) (извештаи|информации|материјали)(те)?( на| од)?",
        r"\(?извор\w*:",
    ),
    agency_nouns=(r"агенци\w+",),
    joints=(r",? и ",),
    notice=NoticeWords(
        acts={
            "sharing": r"сподел",
            "liking": r"лајк|допаѓ",
            "commenting": r"комент",
            "saving": r"зачув",
            "contacting": r"контакт",
        },
        penalties={"fines": r"глоб|казн", "imprisonment": r"затвор", "arrest": r"апсе"},
    ),
)

SR = Words(
    language="sr",
    links=(
        r"dostupni linkovi|linkovi za pristup",
        r"(idi|pređi) na .{0,20}(sadržaj|pretrag)\w*",
        r"доступни линкови|линкови за приступ",
        r"(иди|пређи) на .{0,20}(садржај|претраг)\w*",
    ),
    banners=(
        r"(najnovij|poslednj|hitn|udarn)\w* vest\w*|hitno|vesti|uživo",
        r"(најновиј|последњ|хитн|ударн)\w* вест\w*|хитно|вести|уживо",
    ),
    breaking=(r"hitno|хитно",),
    controls=(r"štampaj|podeli|komentari|štampanje|штампај|подели|коментари",),
    updated=(r"ažuriran\w*|dopunjen\w*|ажуриран\w*|допуњен\w*",),
    published=(r"objavljen\w*|објављен\w*",),
    byline=(r"(autor(ka)?|piše|аутор(ка)?|пише):(?= )",),
    photo=(r"(foto|фото)(grafija|графија)?",),
    credit=(
        r"\(?(prema|uz|na osnovu) (izveštaj|informacij|agencijsk)\w*( agencij\w*)?",
        r"\(?(према|уз|на основу) (извештај|информациј|агенцијск)\w*( агенциј\w*)?",
        r"\(?(izvor|извор)\w*:",
    ),
    agency_nouns=(r"agencij\w+|агенциј\w+",),
    joints=(r",? (i|и) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"delje|deliti|дељењ|делити",
            "liking": r"lajk|sviđ|лајк|свиђ",
            "commenting": r"komentar|komentis|комент",
            "saving": r"čuva|чува",
            "contacting": r"kontakt|контакт",
        },
        penalties={
            "fines": r"novčan|kazn|новчан|казн",
            "imprisonment": r"zatvor|затвор",
            "arrest": r"hapše|хапше",
        },
    ),
)

HU = Words(
    language="hu",
    links=(r"akadálymentes\w*( mód| linkek)?|ugrás .{0,20}(tartalom|keresés|menü)\w*",),
    banners=(r"(rendkívüli|friss|legfrissebb) hír\w*|rendkívüli|hírek|élő",),
    breaking=(r"rendkívüli",),
    controls=(r"nyomtatás|megosztás|oszd meg|hozzászólások|feliratkozás",),
    updated=(r"frissítve|frissült",),
    published=(r"megjelent|közzétéve",),
    byline=(r"(szerző(k)?|írta):(?= )",),
    photo=(r"(fotó|fénykép|kép)",),
    credit=(
        r"\(?(?=.*(jelentései|beszámolói|anyagai) (alapján|felhasználásával))",
        r"\(?forrás(ok)?:",
    ),
    agency_nouns=(
        r"hírügynökség\w*",
        r"(jelentései|beszámolói|anyagai) (alapján|felhasználásával)",
    ),
    joints=(r",? (és|valamint) ",),
    notice=NoticeWords(
        acts={
            "sharing": r"megoszt|terjeszt",
            "liking": r"kedvel|lájk",
            "commenting": r"komment|hozzászól",
            "saving": r"ment[ée]s|elment",
            "contacting": r"kapcsolat",
        },
        penalties={
            "fines": r"bírság",
            "imprisonment": r"börtön|szabadságveszt",
            "arrest": r"letartózt",
        },
    ),
)
