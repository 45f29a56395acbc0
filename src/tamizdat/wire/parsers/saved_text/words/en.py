"""List the English words of saved pages."""

from tamizdat.wire.parsers.saved_text.words.vocabulary import NoticeWords, Words

_DECLARED = (
    r"(?:declared|designated|label+ed|listed|recogni[sz]ed|branded|named|classified"
    r"|outlawed|banned|added|put|placed)"
)
_AS = (
    r"(?: (?:as|on|to)(?: (?:the|its|a) (?:list|register|registry) of)?)?(?: an?| the)?"
)
_DESIGNATION = (
    r'(?P<designation>"[^"]{3,80}"|(?:undesirable|extremist|terrorist|foreign'
    r"|unwanted|illegal|banned)[\w -]{3,50}?)"
)
_END = r"(?: (?:on|in|since) [^.]*\d[^.]*)?(?:$|\.$|(?<=\w\w\w)[.,;] )"
_IN = r"(?:in|inside|within|on) "
_HOLD = r"(?:hold|have|are|possess|carry|own|live|reside)"
_WARN = (
    r"(?:please|note|be aware|remember|know that|keep in mind"
    r"|you (?:could|may|might|can|risk|face|are|run))\b"
)

NOTICE = NoticeWords(
    declared=(
        (
            r"^(?P<entity>.{2,120}?) (?:has|have|had|was|were|is|are)(?: been)?"
            rf"(?: officially| now| also)? {_DECLARED}{_AS} {_DESIGNATION}"
            rf" by (?:the )?(?P<authority>.{{3,100}}?){_END}"
        ),
        (
            rf"^(?:the )?(?P<authority>.{{3,100}}?) (?:has |have )?{_DECLARED}"
            rf" (?P<entity>.{{2,120}}?){_AS} {_DESIGNATION}{_END}"
        ),
        (
            r"^(?P<entity>.{2,120}?) (?:has|have|had|was|were|is|are)(?: been)?"
            rf"(?: officially| now| also)? {_DECLARED}{_AS} {_DESIGNATION}"
            rf"(?: {_IN}.{{3,40}}?)?{_END}"
        ),
    ),
    condition=(
        (
            r"\bif you (?:are|live|reside|stay)"
            r"(?: (?:now|currently|physically|located|living|residing))*"
            rf" {_IN}(?P<territories>.+?)(?:,? and (?P<persons>(?:you )?{_HOLD}\b.+?))?"
            rf",?(?: -)? {_WARN}"
        ),
        rf"\bif you (?P<persons>{_HOLD}\b.+?),?(?: -)? {_WARN}",
        (
            rf"^(?:readers|people|anyone|those|residents) {_IN}(?P<territories>.+?)"
            rf"(?: who (?P<persons>{_HOLD}\b.+?))?,?"
            r" (?:could|may|might|can|risk|face)\b"
        ),
    ),
    persons_split=rf",? or (?=(?:you |who )?{_HOLD}\b)",
    territories_split=r",? or |, ",
    persons_forms=(
        (r"^(?:you )?(?:hold|have|possess|carry|own) (.+)$", "holders of {0}"),
        (r"^(?:you )?are (?:an? )?stateless person(.*)$", "stateless persons{0}"),
        (
            (
                r"^(?:you )?are an? ((?:[\w-]+ )?"
                r"(?:citizen|national|resident|person|holder|refugee|subscriber))\b(.*)$"
            ),
            "{0}s{1}",
        ),
        (r"^(?:you )?are (.+)$", "{0}"),
        (r"^(?:you )?((?:live|reside) .+)$", "people who {0}"),
    ),
    preposition=rf"^(?:{_IN})?(?:the )?",
    acts={
        "sharing": r"\bshar(?:e|es|ing)\b|repost|forward|distribut|spread|retweet",
        "liking": r"\blik(?:ing|es)\b|\blike(?=[,;]| (?:our|or|and|it|them)\b)",
        "commenting": r"\bcomment",
        "saving": r"\bsav(?:e|es|ing)\b|download|\bstor(?:e|ing)\b",
        "contacting": r"\bcontact|\bwrit(?:e|ing) to\b|in touch|communicat",
        "subscribing": r"\bsubscri|\bfollowing\b",
        "donating": r"\bdonat",
        "reading": r"\breading\b|\bviewing\b|\bwatching\b|\baccessing\b",
        "linking": r"\blink(?:ing|s)? to\b",
        "quoting": r"\bquot(?:e|ing)\b",
    },
    penalties={
        "fines": r"\bfin(?:e|es|ed)\b|monetary penalt",
        "imprisonment": r"imprison|\bprison|\bjail",
        "arrest": r"\barrest|\bdetention|\bdetain",
        "prosecution": r"\bprosecut|criminal (?:charge|liabilit|case|responsib)",
        "forced labor": r"(?:forced|compulsory) labou?r",
    },
    more=(
        (
            r"^(?:to |for )?(?:find out|learn|read|know|see|get)?\s?more\b"
            r".{0,80}\b(?:click|here|link|page|tap|visit)\b.*$"
        ),
        r"^(?:click|tap|see) here\b.*$",
        r"^(?:find out|learn|read) more\.?$",
        r"^more (?:information|details)(?: here)?\.?$",
    ),
)

WORDS = Words(
    language="en",
    links=(
        r"accessibility( links| menu)?",
        (
            r"(skip|jump|go) to (the )?(main |site )?"
            r"(content|navigation|search|menu|footer)"
        ),
        r"links",
    ),
    banners=(
        r"(breaking|latest|top|live|just in|urgent|developing)( news| stor(y|ies))",
        r"breaking|just in|live( blog| updates?)?|news( alert| flash)?|newsflash",
    ),
    breaking=(r"breaking( news)?", r"urgent", r"flash", r"news alert"),
    controls=(
        r"print( this( page)?)?",
        r"share( (this|on|via|with|in) [\w /-]{2,30})?",
        r"embed( share)?|copy (link|to clipboard)|e-?mail( this)?( to a friend)?",
        r"(no |see |read |view |show |post a )?comments?( \(\d+\)| this)?",
        r"(facebook|twitter|x|telegram|whatsapp|youtube)( forum| share)?",
        r"follow us|subscribe|listen|download|previous( slide)?|next( slide)?|close",
        r"(see|read|view|show) (more|all)|most (read|popular|viewed)|related|search",
        r"back to top|menu|the code has been copied to your clipboard\.?",
        r"(image|photo|picture|enlarge)( gallery)?",
    ),
    updated=(r"(last |story )?updated?( at| on)?", r"last (modified|update)( on)?"),
    published=(r"(first )?published( at| on)?", r"posted( at| on)?"),
    byline=(r"(written |story |report )?by(?= )", r"authors?:", r"correspondent:"),
    titles=(
        "correspondent",
        "editor",
        "reporter",
        "journalist",
        "writer",
        "producer",
        "analyst",
        "director",
        "contributor",
        "columnist",
        "photographer",
    ),
    photo=(
        r"(photo|picture|image|photograph)( credit| courtesy)?( by| of)?",
        r"credit|courtesy( of)?|handout( by)?",
    ),
    caption_signs=(
        r"\((right|left|center|centre|back|front|file( photo)?|archive)\b[^)]*\)",
        r"\b(file|archive|illustrative) (photo|image)\b",
        r"\bin this (undated|file) (photo|picture|image)\b",
    ),
    credit=(
        (
            r"\(?(with|based on|compiled from|some)( additional| some| earlier)?"
            r" (reporting|reports?|information|material|contributions|dispatches|news)"
            r"( in this (story|report))?( was| were| is)?( supplied| provided)?"
            r" (by|from|of)"
        ),
        r"\(?(written|prepared|compiled) based on( reporting| reports)? (by|from)",
        r"\(?sources?:",
        r"\(?with (?=.*agenc)",
    ),
    agency_nouns=(r"(the )?(news )?agenc(y|ies)", r"the", r"news wires"),
    joints=(r",? and ", r" & "),
    contributors={
        "reporting": r"\(?(additional )?reporting by|\(?reported by",
        "writing": r"\(?writing by",
        "editing": r"\(?(additional )?(editing|edited) by",
        "translation": r"\(?(translated|translation)( from [\w ]+)? by",
    },
    private=(
        r"not for (publication|broadcast|distribution)",
        r"for (internal|editorial) use only",
        r"^notebook\b",
        r"do not publish",
        r"for (the information of )?editors only",
    ),
    contact=(
        r"(phone|tel|telephone|fax|mobile|cell|e-?mail|contacts?|whatsapp)",
        r"(editor|editors|desk|newsroom|duty (editor|desk))( contact| phone)?",
    ),
    ednote=(r"eds", r"(note to editors|editors?'?s?'? note)", r"attention editors"),
    embargo=(
        (
            r"embargo(ed)?(?=\s*(?:$|[:!-][^.]{0,30}\d|until\b|till\b"
            r"|for (release|publication)))"
        ),
        r"not (to be (published|used)|for use) before\b",
    ),
    months={
        "january": 1,
        "february": 2,
        "march": 3,
        "april": 4,
        "may": 5,
        "june": 6,
        "july": 7,
        "august": 8,
        "september": 9,
        "october": 10,
        "november": 11,
        "december": 12,
        "jan": 1,
        "feb": 2,
        "mar": 3,
        "apr": 4,
        "jun": 6,
        "jul": 7,
        "aug": 8,
        "sep": 9,
        "sept": 9,
        "oct": 10,
        "nov": 11,
        "dec": 12,
    },
    date_words=(
        *("at", "on", "the", "of", "am", "pm", "gmt", "utc", "z", "t", "st", "nd"),
        *("rd", "th", "a", "p", "m", "monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday", "cet", "cest", "msk", "est", "edt"),
    ),
    notice=NOTICE,
)
