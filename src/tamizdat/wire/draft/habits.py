# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List the habits of agencies as data: what their desks write into their copy.

Every expression is matched against the spelling of `saved_text.spelling.plain`:
lower case, straight quotes, hyphens for dashes. The words that saved pages share
stand in `saved_text.words`; here is only what agency copy has besides.
"""

import re


def any_of(*expressions: str) -> re.Pattern[str]:
    """Match any of several expressions."""
    return re.compile("|".join(f"(?:{one})" for one in expressions))


# At the beginning of a passage: it is a note to editors.
NOTES = any_of(
    r"eds?(?:itors?)?'? ?notes?\b ?[:;.-]",
    r"editors?:",
    r"eds\b ?[:.,;-]",
    r"attention[,:]? (?:editors|subscribers|clients|users)",
    r"notes? (?:to|for) (?:editors|subscribers|users|clients)",
    r"advisory ?:|attn ?:",
    r"(?:opravuje|doplňuje|aktualizuje)\b[^.]{0,120}"
    r"\b(?:odstav|titul|perex|jmén|údaj)\w*[^.]{0,40}\.?$",
    r"(?:internal |desk )?notes? to (?:the )?desks?\s*[:-]|(?:internal|desk) note\b",
    r"(?:this|a|the) (?:[\w .,-]{0,30} )?(?:story|item|version|report|copy)"
    r" (?:corrects|replaces|updates|adds|has been (?:corrected|withdrawn))\b.{0,200}$",
    r".{0,60}\b(?:vervangt|remplace|annule et remplace|ersetzt|sustituye|sostituisce"
    r"|ers[äa]tter|erstatter|korvaa|заменяет|замінює)\b.{0,80}$",
    r"(?:adds|recasts|updates|corrects|refiles|repeats|recasts and adds|rewrites)\b"
    r"[^.]{3,160}\)?$",
    r"\(?(?:begin |end )?optional (?:add|trim|cut|material|end)s?\b.{0,20}\)?$",
    r"no (?:changes|new material|alterations)\b.{0,80}$",
    r"(?:redaktioneller|redaktions-?)\s?hinweis",
    r"(?:achtung|hinweis an die) redaktion(?:en)?\b",
    r"(?:note|attention) (?:aux|[aà] la|[aà] l'attention des) r[eé]dact",
    r"nota (?:a los|para) (?:editores|redactores|la redaccion|la redacción)",
    r"(?:till|til|to) redaksjon|til red\b|till red\b|til redaktionen|till redaktion",
    r"(?:nota|attenzione) (?:per le redazioni|redazioni)",
    r"noot (?:voor de )?redactie|redactie\b ?:",
    r"toimituksille|huom(?:io)?[.:]? toimitu",
    r"(?:замечание|примечание|вниманию|к сведению) (?:для )?редактор",
    r"(?:до уваги|примітка для) редактор",
    r"photos?(?: and video)?(?: available)?(?: at)?\s*[:;]\s*http",
    r"(?:with )?(?:ap )?(?:photos?|graphics?|video)(?: [a-z]{2,4}\d{2,4}.{0,40})?\.?$",
)

# Alone below a text, as press offices have it: all below is for editors.
NOTES_ALONE = any_of(
    r"(?:ends?\W+)?(?:background )?notes? (?:to|for) (?:the )?(?:news )?editors?",
    r"editors?'? notes?|(?:notes|informations) (?:aux|pour les) r[eé]dact\w+",
    r"(?:hinweise?|anmerkung(?:en)?) (?:an|für) die redaktion(?:en)?",
    r"notas? (?:a|para) (?:los|la) (?:editores|redacci[oó]n|redactores)",
    r"(?:примечани[ея]|информация) для (?:редакторов|редакций|сми)",
)

# A whole paragraph in brackets that opens so: it says what was wrong before.
CORRECTS = re.compile(
    r"\((?:(?:durchgehend |mehr )?neu|aktualisiert|ergänzt|berichtigt"
    r"|actualis\w+|ajoute|actualiza\w*|ampl[ií]a|atualiza\w*|aggiorna\w*|p[äa]ivite\w+|uppdatera\w*"
    r"|berichtigung|korrigiert|korrektur|correct(?:s|ed|ion)|corrige|correctif"
    r"|rectificatif|rectifica|corrige|correzione|rettelse|retting|r[äa]ttelse|r[äa]ttar"
    r"|korjaus|correctie|исправ\w+|поправка|уточн\w+|виправл\w+)\b[^()]{4,300}\)\.?"
)
# Before the name of who wrote the copy.
BY = re.compile(
    r"(?:(?:written |story |exclusive )?by|von|vom|par|por|da|di|av|af"
    r"|fra"
    r"|door|od|autor(?:en|in|a|es|ka)?:|muhabir:|haber:|skribent:|journalist:|reporter:|نویسنده:|گزارشگر:|خبرنگار:|авторы?:?|автори:?|از|texte?:|text:|teksti:|tekst:"
    r"|bericht:|kirjoittanut|του|της|de)"
    r"[ :]+(?=\S)"
    # "Von unserem Korrespondenten", "de notre envoyé spécial".
    r"(?:(?:unser(?:em|er|en)|notre|nos|nuestr[oa]s?|nostr[oa]|onze|vår\w?|our)"
    r" (?:own |staff |special )?(?:korrespondent\w*|mitarbeiter\w*|redakteur\w*"
    r"|envoy[ée]\w*(?: sp[ée]cia\w+)?|correspond[ae]nt\w*|corresponsal\w*"
    r"|enviad[oa]s?(?: especial\w*)?|inviat[oa]|corrispondente|reporters?"
    r"|verslaggever\w*)(?: in [^\W\d_]+)?,? (?=\S))?"
)
# Inside the brackets of a dateline, before the agency whose correspondent wrote.
CORRESPONDENT = re.compile(
    r"(?:(?:спец|соб|фото)?корр\w{0,12}\.? |к[ао]р\. |от (?:нашего )?корреспондента "
    r"|(?:special )?correspondent (?:of )?|corr?\. )"
)
# These set the place of a story in capitals, alone above the text.
PLACE_ALONE = frozenset(
    {"aa", "anadolu", "anadolu agency", "anadolu ajansi", "anadolu ajansı", "tt"}
)
# Glued to the last keyword of a slug: a word to the desk.
DESK_MARK = re.compile(r"(?<=\w)/TIP$")
# What Agerpres signs with: "AGERPRES/(A - autor: A B, editor: C D)".
SIGNED_BY = re.compile(
    r"agerpres ?/? ?\((?:[a-z]{1,3} - )?(?P<who>autor: [^()]{3,200})\)"
)
# Before a second headline.
UNDER = re.compile(r"(?:Utl|Untertitel|Subh?)\.?:\s*", re.IGNORECASE)
# Before a colon and the name of who did something, as `plain` spells it.
LABELS_OF_ROLES = {
    **dict.fromkeys(
        (
            "muhabir",
            "pewarta",
            "reporter",
            "reporting",
            "текст",
            "репортаж",
            "reportage",
        ),
        "reporting",
    ),
    "autor": "writing",
    **dict.fromkeys(
        (
            "editor online",
            "edit\u00f6r",
            "editor",
            "редактор",
            "redaktor",
            "redakt\u00f6r",
            "red",
        ),
        "editing",
    ),
    **dict.fromkeys(
        ("\u00e7eviri", "\u00e7eviren", "перевод", "translation", "traduction"),
        "translation",
    ),
}
# Between names.
ANDS = any_of(
    r",? (?:and|und|sowie|et|y|e|ed|och|og|ja|en|oraz|i|и|і|та|й|va|ve) (?=\S)",
    r",? (?:with|avec|mit|con|com) (?=\S)",
    r"\s*[;|]\s*",
    r"\s+/\s+",
    r"\s+[&+]\s+",
    r"\s*\n\s*",
)
# Between names, and between a name and a title.
COMMAS = any_of(r"\s*,\s*", r"\s+-\s+")
# A title with no comma between it and the name.
_OF_AGENCY = r"(?:ap|associated press|reuters|afp|dpa|pa|cp|aap|upi|xinhua|tass|тасс)"
LEADING = re.compile(
    rf"(?:{_OF_AGENCY} )?(?:(?:special |staff |senior )?(?:writers?|reporters?"
    r"|correspondents?)|(?:спец|соб)?корр?(?:еспонденты?)?\.?) "
)
TRAILING = re.compile(
    rf" (?:the )?{_OF_AGENCY} [\w ]{{0,24}}(?:writer|reporter|correspondent|editor)s?$"
)
# Words that make a part of a byline a title, or the name of an agency beside it.
TITLES = any_of(
    r"\b(?:writer|reporter|correspondent|editor|journalist|columnist|analyst|producer)s?\b",
    r"\b(?:photographer|contributor|chief|bureau|staff|director|critic|fellow|blogger)s?\b",
    r"\bag[eê]n(?:cia|zia)\b",
    r"\b(?:press|news|agency|agence|agentur|newspapers?|times|post|journal|media|wire|newswire)\b",
    r"\b(?:associated press|reuters|afp|dpa|ap|upi|apa|ats|sda|tass|efe|ansa|kyodo)\b",
    r"\b(?:korrespondent\w*|redakt\w+|redactor\w*|redattor\w*|corresponsal|corrispondente)",
    r"\b(?:correspondant\w*|r[eé]dact\w+|journalist[ae]?\w*|toimittaja|reporter\w*)\b",
    r"\b(?:fotograf|photograph|fotógraf)\w*|фотограф",
    r"корреспондент|редактор|обозреватель|журналист|спецкор|кореспондент",
)
# In brackets behind a name: what of the story is whose.
OF_TEXT = any_of(r"texte?s?", r"words", r"testo", r"texto", r"tekst", r"текст")
OF_PICTURES = any_of(
    r"(?:photo|foto|bild|picture|video|vidéo|grafik|graphic|zdj[eę]cia|фото|графика)"
    r"(?:s|er|graf|grapher|graphe|grafie|graphies?)?"
)
# A title of several people.
PLURAL_TITLES = any_of(
    r"\b(?:writer|reporter|editor|correspondent|journalist|journaliste)s\b",
    r"\b(?:redakteure|redakteurinnen|redakteur\*innen|korrespondenten|reporterinnen)\b",
    r"\b(?:redactores|corresponsales|periodistas|rédacteurs|correspondants)\b",
    r"\b(?:corrispondenti|giornalisti|redattori|jornalistas|redatores)\b",
    r"\b(?:dziennikarze|korespondenci|redaktorzy)\b",
    r"\bкорреспонденты|обозреватели|журналисты|кореспонденти|журналісти",
)
# A line at the end that signs the copy off and tells readers nothing.
SIGN_OFFS = any_of(
    r"\(?-?\s*(?:the )?(?:ends?|ende|fin|fine|slutt?|loppu|bitti|koniec|конец"
    r"|einde|-0-|-30-)\s*-?\)?\.?",
    r"=+ ?[\w.-]{2,20}",
    r"\(end\).{0,60}",
    r"[(/]?[a-z]{1,4}(?:[/-][a-z]{1,5}){1,6}[)/]?",
    r"[a-z]{2,4}(?: ?/{1,2} ?[a-z]{2,5}){1,5} ?/?",
    r"(?:dpa|dpa-afx|apa|sda|ats|awp|ap|afp|efe|ansa|aap|cp)"
    r"(?:[ /](?:[a-z]{2,6}|n\d)){1,9}",
    r"\(?(?:\u00a9|\(c\)) ?[\w-]{2,20}\)?",
    r"[(/\[](?:sda|ats|afp|apa|awp|belga|bta|efe|ansa)(?:[-/](?:sda|ats))?"
    r"[ \\/](?:[a-z]{1,4}[/,-]?){1,5}[)/\]]",
    r"[(/](?:pap|apa|sda|ats|belga|ansa|efe|bta|tass|afp|dpa|anp|ctk|čtk|lusa|agerpres)[)/]\.?",
    r"\((?:schluss|forts\.?|mehr|more|folgt|segue|suite|sigue)\)\.{0,3}"
    r"(?: ?[a-z]{2,4}(?:[/*+-][a-z]{2,5})*)?",
    r"/[a-zа-яіїў]{1,3}(?:[,/ ]{1,2}[a-zа-яіїў]{1,3}){0,3}/",
    r"\((?:hina|sta|fena|srna|tanjug|beta)\) ?(?:[a-zčćđšž]{2,5} ?){1,4}",
    r"[-\u2013]?\.?/{1,2}\.",
    r"(?:\()?end(?:item|all ?item)(?:/[a-z]{1,4})?(?:\))?\.?|arch\.?",
    r"[a-z]{2,4}\d{3,5} +\d{4}-\d{2}-\d{2}[/ ]\d{2}:\d{2}",
    r"keywords?: .{0,80}",
    r"our standards: .{0,80}",
    r"(?:[\u0621-\u06cc] ?){1,4}(?:/ ?(?:[\u0621-\u06cc] ?){1,4}){1,3}",
    r"[a-z]{2,4}(?: ?[\\*+] ?[a-z]{2,4}){1,4}",
    r"[a-z]{2,4}\.[a-z]{2,4}|\([a-z]{2,3}\)|ends?/",
    r"(?:photos?|fotos?|фото|bild|kuva|zdj[eę]cie)(?: by)?\s*: .{2,40}",
    # Programs of sites put this below each entry of a feed.
    r"the post (?!office).{1,200} (?:appeared first|first appeared) on .{1,100}",
    r"(?:запись|сообщение|статья) .{1,200} появил\w{2,4} (?:сначала |впервые )?на "
    r".{1,100}",
    r"(?:der beitrag|l'article|la entrada|el cargo|o post|l'articolo) .{1,200}"
    r" (?:erschien zuerst auf|est apparu en premier sur|se public[oó] primero en"
    r"|aparece primero en|apareceu primeiro em|proviene da) .{1,100}",
    r"(?:for )?more (?:on|see|stories)?.{0,30}\[id:.{0,40}\]",
    r"-?0-\s?(?:[^\W\d_]{1,4}[/-]?){0,4}|30|\[[a-z]{1,3}(?:/[a-z]{1,3})*\]|\{[a-z]{1,4}\}"
    r"|/[a-z]{1,3}\.|\(?(?:[a-z]\.){2,3}\)?|[a-z]{1,2}\d{1,2}-[a-z]{2,3}(?:/[a-z]{2,3})?",
    r"(?:more|follow|find|read)\b.{0,20}\bap\b.{0,80}https?://\S+",
    r"(?:انتهای|پایان) پیام\s?/?\s?\d*|کد خبر\s?:\s?\d+|\(?끝\)?|完",
    r"[a-z]{2,3}\d{0,2}|#+|\*+|-{2,}|={2,}|nnnn",
    r"\((?:schluss|ende|fine|fin|kraj|край|крај|конец|кінець|канец|koniec|konec|vége"
    r"|sfârșit|fund|slut|slutt|son)\) ?"
    r"(?:[^\W\d_]{2,4}(?:[/*-][^\W\d_]{2,4})*)?",
    # Copy of Latin agencies ends with what hangs on it, and with when it was sent.
    r"(?:\((?:fotos?|v[ií]deos?|audios?|infograf[ií]as?|gr[aá]ficos?|photos?)\)\s*)+",
    r"\d{1,2}-[a-z]{3}-\d{2,4} \d{2}:\d{2}(?: nnnn)?",
    r"this (?:report|story|article) by the canadian press was first published.{0,40}",
    r"\d{6,9}|[a-z]{2,3}(?: [a-z]{2,3}){1,2}|[а-яіїєґ]{2,3}(?: [а-яіїєґ]{2,3}){1,2}",
    r"[(\uff08](?:完|了|終わり)[)\uff09]",
    r"\(?service de base\)?",
)
# Initials of desks, in capitals and brackets: (DWI, VDH).
INITIALS = re.compile(r"\([A-Z]{2,4}(?:[,;/ ]{1,2}[A-Z]{2,4}){0,5}\)")
# A whole passage that says who helped, wherever it stands.
CONTRIBUTED = re.compile(
    r"(?P<who>[^.!?:]{3,220}?(?:\b[a-z]\.[^.!?:]{0,60}?)?) (?:also )?contributed"
    r"(?: reporting| to (?:this|the) (?:report|story|article|dispatch))?"
    r"(?: from [^.]{2,40})?\.?"
)
# A whole sentence that says who reported from where; places are not told from names.
REPORTED = re.compile(
    r"(?:[^.!?:]|\b[a-z]\.){3,220}? (?:also )?reported (?:from|in) "
    r"(?:[^.!?:]|\b[a-z]\.){2,160}\.?"
)
# Whose copy went into it besides.
FILES = re.compile(r"(?:-+ ?)?with files from (?P<who>[^.]{2,120}?)\.?")
# Before their names: whose they are, and what.
THEIR_TITLE = re.compile(
    r"(?:(?:the )?associated press|ap|reuters|afp|aap|pa|cp|the canadian press)?"
    r"(?: ?(?:[a-z]+ )?(?:writers?|reporters?|correspondents?|journalists?|editors?"
    r"|staff(?: writers?)?|freelancers?|contributors?|videojournalists?|photographers?)"
    r"\b)? ?"
)
# Before the agency whose copy it is.
SOURCE = re.compile(
    r"(?:sources?|quelle|kilde|k[aä]lla|fuente|fonte|źródło|zdroj|источник|джерело|крыніца"
    r"|kaynak|l[aä]hde|bron|πηγ[ηή]|المصدر|منبع|出典|来源)\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
# The same, where it stands in capitals: it goes on in another take, or ends.
IN_CAPITALS = frozenset({"MORE", "MEHR", "SUITE", "SEGUE", "SIGUE", "FOLGT", "FORTS"})
