# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List the words by which desks mark what is for nobody else, as data.

Every expression is matched against the spelling of `saved_text.spelling.plain`:
lower case, straight quotes, hyphens for dashes.
"""

import re

from tamizdat.wire.draft.habits import any_of

# Headings: all that follows, to the end of the copy, is for editors.
NOTEBOOKS = any_of(
    r"(?:dpa-)?notizblock(?: .{0,40})?",
    r"(?:reporter'?s? )?note-?book(?:\s?[-:(].{0,40})?",
    r"(?:bloc-?notes|contacts?) (?:de la |pour la )?redaction",
    r"redaktion(?:elle|s)[- ](?:hinweise?|kontakte?|notiz)",
    r"(?:dpa-|redaktions-?)kontakte?",
)
# In a short line with a telephone number, or alone before one: whom to ring.
CONTACTS = re.compile(
    r"(?:news ?desk|picture desk|\w{0,12}desk|newsroom|redaktion\w*|redacci[oó]n"
    r"|r[eé]daction"
    r"|r[üu]ckfragen?|kontakt\w*|contact\w*|telefon\w*|tel\b|t[eé]l[eé]phone|phone|mobile?|handy|tlf|puh\b"
    r"|\bon duty\b|duty (?:editor|reporter|officer)"
    r"|e-?mail|fax|press office|pressekontakt|medienkontakt|reuters messaging)"
)
# Words that mark text as not for publication, besides those of saved pages.
PRIVATE = any_of(
    r"not for (?:publication|broadcast|distribution|transmission)",
    r"not to be (?:published|broadcast|transmitted)\b",
    r"nicht (?:zur|für die) veröffentlichung|nicht veröffentlichen",
    r"n(?:e pas|on) (?:publier|diffuser|destin[ée]e?s? [aà] (?:la |[eê]tre )?publi\w+)",
    r"pas pour publication",
    r"no (?:publicar|(?:apto )?para (?:su )?publicaci[oó]n)",
    r"no destinad\w+ a (?:la )?publicaci[oó]n",
    r"non (?:destinat\w+ alla pubblicazione|per (?:la )?pubblicazione|pubblicare)",
    r"(?:ej|inte) f[oö]r publicering",
    r"ikke (?:til|for) (?:offentliggj|publisering|publicering)",
    r"ei julkisuuteen|ei julkaistavaksi",
    r"niet voor publicatie",
    r"nie (?:[^\W\d]+ ){0,2}do publikacji",
    r"n[aã]o (?:publicar|para publica[cç][aã]o)",
    r"не для (?:публикации|печати|публікації|друку)|не публиковать|не публікувати",
    r"не (?:предназначен\w*|призначен\w*) для (?:публикации|печати|публікації|друку)",
    r"prohibida (?:su|la) publicaci[oó]n",
    r"не (?:подлежит (?:публикации|опубликованию)|підлягає публікації)",
    r"публікації не підлягає",
    # Turkish capitals without a dot are lowered to letters with one.
    r"yay[ıi][mn]lanmamak (?:kayd[ıi]yla|üzere|şart[ıi]yla)|yay[ıi][mn]lanmayacak",
    r"yay[ıi][mn] için değil|yay[ıi][mn]lamay[ıi]n",
    r"(?:لیس|لیست|غیر) (?:[^\W\d]+ )?للنشر|لا (?:ینشر|تنشر|للنشر)|ممنوع (?:من )?النشر",
    r"жариялау үшін емес|жарияланбайды|жариялауға жатпайды",
)
# The same as a label alone, or before a colon or a dash; in a sentence they are news.
PRIVATE_LABELS = any_of(
    r"(?:strictly )?(?:internal|confidential)(?: (?:note|use|only|information|memo))*",
    r"not for (?:use|release|air|print)|private(?: note)?|off the record|eyes only",
    r"for (?:internal|editorial|desk|office) use(?: only)?",
    r"(?:streng )?vertraulich|(?:nur )?intern(?:e[rs]? (?:information|hinweis|notiz))?",
    r"confidentiel|(?:[aà] |pour )?usage interne|confidencial|(?:para )?uso interno",
    r"riservato|poufne|do użytku wewn[eę]trznego|do wiadomo[sś]ci redakcji",
    r"служебн(?:ая|ое|ые) (?:информация|записка|сообщение|данные)|конфиденциально",
    r"(?:только )?для служебного (?:использования|пользования)",
    r"службова (?:інформація|записка)|конфіденційно",
    r"(?:kurum içi|gizli)(?: bilgi)?",
    r"سری|للاستخدام الداخلی|معلومات داخلیة|محرمانه",
    r"қызметтік ақпарат|құпия",
)
# Of these the words that alone are a subhead or the name of a thing, too.
VAGUE = any_of(
    r"internal|confidential|intern(?:e[rs]?)?|vertraulich|confidentiel|confidencial",
    r"riservato|poufne|конфиденциально|конфіденційно|gizli|private|off the record",
)
# What such a line says of the text below before it says that it is private.
FOLLOWS = any_of(
    r"(?:the |die |das |der |den )?(?:following|(?:nach)?folgend\w*|nachstehend\w*)\b",
    r"(?:this|these|diese[rs]?|dies) (?:information|note|text|part|material|section"
    r"|message|contact|notiz|hinweis|angabe|kontakt|mitteilung)\w*\b",
    r"(?:les?|la|las|los|el|ces|cette|esta|estas|estos|este) [^\W\d]+ (?:ci-dessous"
    r"|suivante?s?|siguientes?)\b",
    r"(?:la|las|los|el) siguientes? [^\W\d]+",
    r"(?:следующ|нижеследующ|наступн|нижченаведен|poni[zż]sz)\w*",
    r"(?:эта|эти|данн\w+|ця|ці) (?:информаци|сведени|сообщени|данные|інформаці|дан)\w*",
    r"a[sş]a[gğ][ıi]daki|المعلومات التالیة|اطلاعات زیر|төмендегі|келесі",
)
# Where what is private ends before the copy does.
PRIVATE_ENDS = any_of(
    r"(?:end|ende|fin|fine|slut|koniec|конец|кінець)(?: (?:of|der|des|de|de la|the"
    r"|of the))? (?:private|internal|not for publication|notes?|notizblock|notebook"
    r"|notiz|hinweise?|note|nota|nicht zur veröffentlichung|служебн\w+ \w+"
    r"|службов\w+ \w+|uwag\w*)(?: [^\W\d]+)?",
    r"(?:the following is )?for publication|zur veröffentlichung|для публикации"
    r"|для публікації|para publicaci[oó]n|pour publication|للنشر",
)
# Alone above names: whom to ring.
CONTACT_HEADS = any_of(
    r"r[üu]ckfrage(?:n|hinweis)(?: an| bitte an)?",
    r"(?:[^\W\d]+(?: ?[-&/+] ?| (?:und|and|et|och|og|и|та) | ))?"
    r"(?:contacts?|kontakte?|contactos?|contatti|kontakty"
    r"|контакты|контакти|контакт|ansprechpartner)(?: [^\W\d]+)?",
    r"(?:for )?(?:more|further) information",
)
# Who writes so wants to be asked about the copy.
ASKS = any_of(
    r"(?:for|with|in case of) [^.:]{0,30}\b(?:questions|quer(?:y|ies)|[ei]nquiries)\b",
    r"(?:any |press |media )?(?:questions|queries|[ei]nquiries)(?: to)?\b",
    r"(?:bei|für) (?:rück)?fragen|r[üu]ckfragen?",
    r"pour toute(?:s)? (?:questions?|demandes?|pr[eé]cisions?)",
    r"para (?:cualquier |m[aá]s )?(?:consultas?|preguntas?|dudas?)",
    r"per (?:qualsiasi |ogni |eventuali )?(?:domand[ae]|chiariment[oi])",
    r"в случае вопросов|(?:по|с) (?:всем |любым )?вопросам|з (?:[ув]сіх )?питан\w+",
    r"w razie pytań|kérdés(?:ek)? esetén|sorular[ıi]n[ıi]z [iİ]çin|pro dotazy",
    r"برای (?:سوال|سؤال|پرسش)\w*|(?:لل|لای |لأی )استفسار\w*|如有(?:疑问|问题)",
    r"[^.:]{2,60} (?:can|may) be (?:reached|contacted)\b",
    r"[^.:]{2,60} (?:ist (?:unter|über)|est joignable|est[aá] localizable"
    r"|è raggiungibile)",
)
# A number that is for everybody is news.
HELP_LINES = any_of(
    r"hot-?line|help-?(?:line|desk)|crisis line|emergenc|information line|toll-free",
    r"residents|citizens|passengers|customers|patients|victims|relatives|readers|voters",
    r"not(?:ruf|fall)|telefonnummer|(?:bürger|hilfe|sorgen|info|opfer)-?telefon|bürger",
    r"numéro (?:vert|d'urgence)|citoyens|habitants|usagers|línea|ciudadan|vecinos",
    r"numero (?:verde|di emergenza)|cittadini|telefon zaufania|infolini|mieszkańc",
    r"горяч\w+ лини|гаряч\w+ ліні|гарач\w+ лін|горещ\w+ лини|жител|граждан|громадян",
    r"единый номер|экстренн|екстрен|danışma hattı|yardım hattı|vatandaş|yurttaş",
    r"خط (?:تلفن|ویژه|ساخن)|الخط|شهروند|مردم|مواطن|طوارئ|热线|熱線|市民|ホットライン",
)
# Labels of numbers where no blank parts the words.
OPENS_IN_RUNS = re.compile(
    r"[(\uff08]?(?:[^\W\d]{0,6}(?:联系人|聯絡人|联系方式|聯絡方式|电话|電話|手机|手機|微信"
    r"|邮箱|郵箱|連絡先|担当|연락처|전화|문의)[^\W\d]{0,4})\s*[:\uff1a]"
)
_ADDRESS = (
    r"(?:https?://)?(?:t|wa|signal|telegram)\.me/\S+|viber://\S+|@[\w.]{3,40}"
    r"|[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}"
    r"|[\w.+-]{1,60}\s?[(\[{ ]\s?(?:at|@|ät|собака|arroba|chiocciola|arobase|małpa"
    r"|kukac|zavináč)\s?[)\]} ]\s?[\w.-]{1,60}"
    r"(?:\s?[(\[{ ]\s?(?:dot|punkt|punto|ponto|point|pont|kropka|tečka|точка|крапка)"
    r"\s?[)\]} ]\s?[\w-]{1,40}){0,4}"
)
# Nothing but addresses of somebody, with or without a label.
ADDRESSES = re.compile(
    rf"(?:(?:{CONTACTS.pattern}|telegram|signal|whatsapp|viber|телеграм\w*|тг)"
    rf"\W{{1,3}})?(?:{_ADDRESS})(?:\s?(?:[,;|/]|and|und|or|и|та|et|y|o)?\s"
    rf"(?:{_ADDRESS})){{0,4}}\s?\.?"
)
