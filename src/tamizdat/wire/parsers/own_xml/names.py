"""List what agencies call the parts of a story in XML of their own, in lower case."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


HEADLINES = _set(
    "headline hedline title heading hl1 hl overskrift rubrik titel titre titolo"
    " titulo otsikko tytul nadpis cim zaglavlje headlinetext newstitle headtitle"
    " tittel"
)
BODIES = _set(
    "body bodytext content text story brodtekst broedtekst brodtext tekst texte"
    " testo texto articletext articlebody fulltext main newstext teksti bodytxt"
    " maintext htmltext html xhtml body.content"
)
ABSTRACTS = _set(
    "abstract summary lead lede ingress ingres manchet teaser standfirst subtitle"
    " subhead subheadline underrubrik undertitel chapo chapeau sommario occhiello"
    " description intro preamble introduction caption-abstract"
    " anons annotation annotatsiya resume lid"
)
KICKERS = _set("kicker overline dachzeile surtitre cintillo overtitel strapline")
BYLINES = _set(
    "byline author authors auteur auteurs forfatter autor signature bylines by-line"
    " authorname authornames forfattere journalist skribent"
)
SLUGS = _set("slug slugline storyname keyword keywords keywordline stikord objectname")
GUIDS = _set(
    "guid id uri newsid articleid storyid publicid itemid newsitemid docid uniqueid"
)
VERSIONS = _set("version versionid revision revisionid")
LANGUAGES = _set("language lang sprog sprak langue lingua idioma")
PROVIDERS = _set("provider agency agence source bureau newsagency publisher")
CREDITS = _set("credit creditline kilde kalla quelle")
URGENCIES = _set("urgency priority prioritet prio")
RIGHTS = _set("copyright rights copyrightline copyrightnotice ophavsret")
TERMS = _set("usageterms usage restrictions restriction terms")
EDNOTES = _set(
    "ednote editorsnote editornote note advisory instruction redaktionelt"
    " specialinstructions"
)
DATELINES = _set("dateline")
EMBARGOES = _set("embargo embargoed embargodate embargotime embargountil releasedate")
DATES = _set(
    "publishdate pubdate date datetime created createddate publicationdate"
    " published firstcreated timestamp dateissue dato datum publish_date datecreated"
    " versioncreated sendedato sendtdato senddate publiceringsdato pubdato"
    " publiceringstid"
    " publisert publicerad udgivet julkaistu fecha fechapublicacion datum data"
    " data_pubblicazione datapublicacao tarih dataora date_publication"
)
TIMES = _set("publishtime pubtime time createdtime publicationtime tid publish_time")
UPDATES = _set("updated modified lastmodified updatedate lastupdate modifieddate")
STATUSES = _set("status pubstatus state")
KNOWN_STATUSES = frozenset({"usable", "withheld", "canceled", "cancelled", "killed"})
MEDIA = _set(
    "image photo picture img media billede bild foto graphic"
    " infographic video audio enclosure"
)
# Files of one picture or recording, and what is said of it.
FILES = _set("file rendition version image img source original preview thumbnail")
CAPTIONS: tuple[str, ...] = (".//caption", ".//description", ".//text")
CAPTIONS += (".//billedtekst", ".//bildtext", ".//legende", ".//didascalia")
MEDIA_CREDITS: tuple[str, ...] = (".//credit", ".//creditline", ".//photographer")
MEDIA_CREDITS += (".//byline", ".//fotograf", ".//photocredit", ".//author")
SUBJECTS = _set("iptc iptccode subjectcode subject subjects mediatopic")
