# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List the words that say which version copy is, and how urgent, as data.

Every expression is matched against the spelling of `saved_text.spelling.plain`:
lower case, straight quotes, hyphens for dashes.
"""

import re

from tamizdat.wire.parsers.saved_text.spelling import plain

# Before a headline: where it goes, not what it says.
ROUTING = re.compile(
    r"(?:\+{2,3}|\*{2,3}|={1,3}|#+)\s*"
    r"|(?:ansa|agi|adnkronos)\s?(?:[/-]|\bflash\b)[ -]*"
    r"|(?:ansa-focus|ansa-box|ansa-scheda|ansa-interview|ansa-web)[/ :-]+"
    r"|\((?:ap|afp|dpa|ansa|efe|tass|upi)[^)]{0,12}\)\s*[-:]*\s*"
    r"|[a-z]{2,4}-[a-z]{2,12}--(?=\w)"
    r"|for (?:immediate )?release\s*[:-]+\s*|(?:press|news|media) release\s*:\s*"
    r"|(?:presse|medien)mitteilung\s*:\s*|communiqué de presse\s*:\s*"
    r"|(?:nota|comunicado) de prensa\s*:\s*|comunicato stampa\s*:\s*"
    r"|пресс-релиз\s*:\s*|прес-реліз\s*:\s*"
)
# Before a headline or inside a slug: which version this is. Word -> signal.
_MARKS = {
    "update": (
        r"(?:\d+(?:st|nd|rd|th)? )?(?:ld|lead)(?:[- ]?writethru)?(?: \d+)?"
        r"|(?:\d+(?:st|nd|rd|th)? )?write-?thru"
        r"|(?:update|upd|wrapup|wrap) ?\d{0,2}|updated|ampliaci[oó]n"
        r"|actuali[zs]a\w*(?: \d)?"
        r"|(?:\d\. )?(?:zusammenfassung|neufassung|update|lead|aktualisier(?:ung|t))"
        r"|l?ead(?: \d)?|net|ampl?\.|p[äa]ivitetty|дополнен\w*|доповнен\w*"
        r"|oppdatert|uppdatering|ny versjon|opdateret|обновлен\w*|онов\w+|atualiza\w*"
        r"|aktl\.?(?: ?\d)?|aggiornamento|g[üu]ncelle\w*(?: \d)?"
    ),
    "correction": (
        r"(?:official )?correct(?:ion|ed|s)?(?: \d)?|corrective|korrektur|berichtigung"
        r"|rectificatif|correctif|correcci[oó]n|rettelse|retting|r[äa]ttelse|korr\.?"
        r"|korjaus|korjattu|oprava|korekta|sprostowanie|d[üu]zelt(?:me|ildi)|виправлен\w*"
        r"|correzione|rettifica|correctie|исправлен\w*|поправка|اصلاحیه|تصحیح"
        r"|уточнение|выпраўлен\w*|папраўка|корекция|исправка|ispravak|ispravka|popravek"
        r"|corectare|rectificare|corre[cç][aã]o|düzəliş|түзету|tuzatish|διόρθωση|תיקון"
        r"|更正|訂正|정정"
    ),
    "replace": (
        r"refile|repeat|rpt|resend|replac\w+|bis|wiederholung|wdhlg\.?|repetici[oó]n"
        r"|повтор\w*"
    ),
    "kill": (
        r"(?:mandatory |bulletin |advisory-? ?)*kill(?:ed)?(?: notice| advisory)?"
        r"|withdraw[na]?l?|annule\w*|annulation|аннулир\w*|отмена|حذف خبر|ابطال خبر"
        r"|annullament\w+|anulare|anulowan\w+|zrušen\w*|скасован\w*|скасування|анулюван\w*"
        r"|отозван\w*|отозвано|адклікана|оттеглен\w*|повучен\w*|povučen\w*|intrekking"
        r"|tilbagekald\w*|peruutus|återkallad\w*|geri çekildi|إلغاء|سحب الخبر|לבטל"
        r"|anulaci[oó]n|r[üu]ckzug|zur[üu]ckgezogen|story withdrawn"
    ),
}


# Words too short to be a mark unless brackets stand round them.
_IN_BRACKETS = "|amp|act|agg|atualizada"


def _version(words: str, *, counted: bool) -> re.Pattern[str]:
    """Match the words before a headline, or in brackets with what else is new."""
    ends = r"\s*[:/\u2013-]+\s*" + (r"|\s+(?=[\d(])" if counted else "")
    inside = words + (_IN_BRACKETS if counted else "")
    bracketed = rf"\((?:{inside})(?!\w)[^()]{{0,80}}\)\s*(?:[:/\u2013-]+\s*)?"
    return re.compile(rf"{bracketed}|(?:{words})(?:{ends})")


# The same in capitals before a headline that is not: no other mark has to follow.
SHOUTED = tuple(
    (signal, re.compile(rf"(?:{words}) (?:(?:to|TO|of|OF|for|FOR) )?(?=.*[^\W\d_A-Z])"))
    for signal, words in (
        ("kill", r"(?:MANDATORY |BULLETIN )*(?:KILL|WITHDRAWAL)(?: NOTICE| ADVISORY)?"),
        ("correction", "CORRECTION"),
        ("update", r"(?:\d+(?:ST|ND|RD|TH|st|nd|rd|th) )?(?:WRITETHRU|Writethru)"),
    )
)
# In capitals before a dash as a place would stand, which they are not.
NO_PLACE = re.compile(
    rf"{_MARKS['kill']}|{_MARKS['correction']}|attention|warning|advisory|note|editors?"
    r"|eds|notice|reminder|achtung|hinweis|atenci[oó]n|attenzione|внимание|увага"
)
# The same: how long it is and what hangs on it, as PAP has it.
LENGTHS_BEHIND = re.compile(
    r"\s*\((?:krótka|długa|opis|synteza|komunikat|zapowiedź|kalendarium|wersja .{2,20}"
    r"|(?:\d|i+)\.? ?część|uzup\w*\.?)\)$"
)
# Behind a headline, in brackets and alone.
VERSIONS_BEHIND = tuple(
    (signal, re.compile(rf"\s*\((?:{words})\)$")) for signal, words in _MARKS.items()
)
VERSIONS = tuple(
    (signal, _version(words, counted=signal == "update"))
    for signal, words in _MARKS.items()
)
IN_SLUG = (
    (
        "update",
        re.compile(
            r"\b(?:\d+(?:st|nd|rd|th) )?(?:ld|lead)\b|writethru|\bupdate\b|\badd\b"
        ),
    ),
    ("correction", re.compile(r"\bcorrect(?:ion|ive|ed)?\b")),
    ("kill", re.compile(r"\b(?:kill|withdrawal)\b")),
)
# Inside a note to editors: what it does to an earlier version.
IN_NOTES = (
    (
        "kill",
        re.compile(
            r"^\W*(?:eds?(?:itors)?\W+)?(?:(?:mandatory|bulletin|please|advisory)\W+)?kill\b"
            r"|\bkill (?:the|this|story|item|copy|notice)\b|\bstory (?:kill|removed)\b"
            r"|\bwithdraw[ns]?\b|\bwithdrawn\b|zur[üu]ckgezogen|annul[ée]e?\b"
            r"|\b(?:zurückziehen|annullier\w+|anulad[ao]|annullat[ao])\b|аннулирован"
            r"|анульован|скасован"
        ),
    ),
    (
        "replace",
        re.compile(
            r"\b(?:replaces|vervangt|remplace|ersetzt|sustituye|sostituisce|ers[äa]tter"
            r"|erstatter|korvaa|заменяет|замінює)\b"
        ),
    ),
    (
        "correction",
        re.compile(
            r"\b(?:corrects|corrected|corrective|correction|korrektur|korrigier\w+|berichtig\w+"
            r"|corrige|correctif|rectificatif|correcci[oó]n|corregid[oa]|rettelse|rettet"
            r"|retting|r[äa]ttelse|r[äa]ttar|korjaus|korjat\w+|correctie|correzione|rettifica"
            r"|corre[cç][aã]o|oprava|sprostowanie|korekta|d[üu]zeltme|d[üu]zeltilm\w+|исправл\w+"
            r"|поправка|уточн\w+|виправл\w+|уточнення)\b"
        ),
    ),
    (
        "update",
        re.compile(
            r"^\W*(?:eds?(?:itors)?\W+)?(?:\w+\W+){0,2}?(?:updates|adds|recasts|ampl[ií]a"
            r"|actualiza|aggiorna|aggiornamento|ajoute|lis[äa]tty|p[äa]ivitetty|ekleme)\b"
            r"|^\W*(?:durchgehend |mehr )?neu\b"
            r"|^\W*(?:zusammenfassung|neufassung|lead) \d"
            r"|\b(?:aktualisier\w+|erg[äa]nz(?:t|ung)"
            r"|ny versjon|ny version|oppdater\w+"
            r"|uppdater\w+|opdater\w+|mise? [aà] jour|actualizad[ao]|atualizad[ao]"
            r"|aggiornat\w|toegevoegd|aanvulling|uzupe[lł]ni\w+|aktualizacja"
            r"|дополн\w+|обновл\w+|доповн\w+|оновл\w+|g[üu]ncelle\w*)\b"
        ),
    ),
)
# At the top of copy, before a colon: what is said behind it is for editors.
LABELS = re.compile(
    r"(?:[\w-]{2,12} ){0,2}(?:correction|corrected|clarification|berichtigung|korrektur"
    r"|wiederholung|neufassung|rectificatif|correctif|correcci[oó]n|correzione|rettifica"
    r"|rettelse|retting|r[äa]ttelse|korjaus|correctie|corre[cç][aã]o|oprava|sprostowanie"
    r"|korekta|d[üu]zeltme|поправка|уточнение|исправление|виправлення|уточнення)"
    r"(?: [^:.]{1,40})?\s?:"
)
# Inside a slug: it is breaking news.
SLUG_FLASHES = re.compile(
    r"news ?alert|\bflash\b|\bsnap\b|\bbulletin\b|\burgent\b|\balert\b"
)
# Before a headline: it is breaking news.
FLASHES = re.compile(
    r"【速報】\s*|\((?:urgente?|flash|alerte?|eil|pilne|spoed|срочно|терміново)\)\s*"
    r"|\(?(?:breaking(?: news)?|urgent|flash|(?:ap ?)?news ?alert|alerte?|snap"
    r"|bulletin"
    r"|eil(?:meldung|t)?|blitz|newsbreak|hast(?:er)?|urgente|ultim[ao] ora"
    r"|последние новости"
    r"|молния|срочно|терміново|экстренно|spoed|pilne|son dak[iİ]ka|عاجل|فوری"
    r"|тэрмінова|извънредно|спешно|хитно|hitno|nujno|t[əe]cili|шұғыл|έκτακτο|επείγον"
    r"|דחוף|速報|快讯|快訊|急讯|속보|긴급|alert[ăa]|rendkívüli|mimořádně|kiire(?:inen)?)"
    r"\)?\s*[:/!\u2013-]+\s*(?:\+{2,3})?\s*"
)
# The same in capitals before a headline that is not.
SHOUTED_FLASHES = re.compile(
    r"(?:URGENTE?|FLASH|BULLETIN|NEWS ALERT|ALERT|BREAKING|HAST|EIL|СРОЧНО|МОЛНИЯ)[ .]+"
    r"(?=[^\W\d_a-z].*[^\W\d_A-Z\u0400-\u042f])"
)
# In capitals before the place of a dateline.
FLASHES_OF_PLACE = re.compile(
    r"(?:HAST|EIL|FLASH|URGENT|ALERT|BREAKING|BLITZ|SNAP)[ :]+(?=[^\W\d_a-z])"
)
# The same in a line of its own.
LONE_FLASHES = re.compile(rf"(?:{FLASHES.pattern})|(?:ap ?)?news ?alert|breaking|snap")


def is_lone_flash(text: str) -> bool:
    """Tell "URGENT", "AP NewsAlert", "СРОЧНО" in a line of their own."""
    return LONE_FLASHES.fullmatch(f"{plain(text).strip(' :!-')}:") is not None or bool(
        LONE_FLASHES.fullmatch(plain(text).strip(" :!-"))
    )


# In brackets above a place they name no agency.
_DESK_WORDS = (
    "update updated lead corrected correction advance urgent photo photos video foto"
    " repeat recast adds new breaking alert обновлено срочно молния фото видео"
    " оновлено терміново"
)
DESK_WORDS = frozenset(_DESK_WORDS.split())
# The same behind a name in capitals: parties, alliances, clubs of nations.
_NO_AGENCIES = (
    "spd cdu csu fdp afd bsw övp spö fpö svp sp nato otan eu ue un uno onu"
    " who oms osce osze imf iwf fbi cia nsa fifa uefa ioc nba nfl nhl mlb gop pp psoe"
    " erc pd pdl lega psd pnl usr aur pis po psl akp chp mhp hdp dem syriza nd hdz sdp"
    " sns dps gerb ldpr kprf лдпр кпрф ер едро оон нато ес мвф фсб мвд сбу оун всу"
    " labour tory snp ukip vvd pvv cda d66 fidesz dk mszp ano ods smer bjp inc"
)
NO_AGENCIES = frozenset(_NO_AGENCIES.split())
# A name that says that it is an agency.
OF_NEWS = re.compile(
    r"\b(?:news|newswire|wire|press|presse|media|agency|agence|agencia|agenzia|agentur"
    r"|новости|пресс|инфо|info)\b|ajans"
)
