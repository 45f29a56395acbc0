# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List what feeds call things, as data."""

import re

# Namespaces whose names stay apart, by address in lower case and without its end.
PREFIXES = {
    "http://search.yahoo.com/mrss": "media",
    "http://www.rssboard.org/media-rss": "media",
    "https://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://news.yandex.ru": "yandex",
    "https://news.yandex.ru": "yandex",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://wordpress.org/export/1.0": "wp",
    "http://wordpress.org/export/1.1": "wp",
    "http://wordpress.org/export/1.2": "wp",
    "http://wordpress.org/export/1.0/excerpt": "excerpt",
    "http://wordpress.org/export/1.1/excerpt": "excerpt",
    "http://wordpress.org/export/1.2/excerpt": "excerpt",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://www.georss.org/georss": "georss",
    "http://purl.org/rss/1.0/modules/slash": "slash",
    "http://wellformedweb.org/commentapi": "wfw",
    "http://www.smartnews.be/snf": "snf",
}

# The whole text, the surest name first; then what may be a summary or all there is.
TEXTS = (
    *("yandex.full-text", "content.encoded", "encoded", "full-text", "fulltext"),
    *("content", "body", "xhtml", "article", "text"),
)
SUMMARIES = ("description", "summary", "excerpt.encoded", "subtitle", "itunes.summary")
HEADLINES = ("title", "media.title", "itunes.title", "dc.title")
GUIDS = ("guid", "id", "dc.identifier")
CREATED = (
    *("pubdate", "published", "issued", "dc.date", "dcterms.created", "dcterms.issued"),
    *("created", "date", "wp.post_date_gmt", "publicationdate"),
)
CHANGED = ("updated", "modified", "dcterms.modified", "lastmodified", "last-modified")
PEOPLE = ("dc.creator", "author", "creator", "itunes.author", "byline", "dc.author")
SUBJECTS = ("category", "dc.subject", "subject")
RIGHTS = ("rights", "dc.rights", "copyright", "media.copyright", "media.rights")
PUBLISHERS = ("dc.publisher", "title", "dc.title", "itunes.author")
LANGUAGES = ("language", "dc.language")
CREDITS = ("source", "dc.source", "credit")
EDNOTES = ("ednote", "editorsnote")
KINDS = {"image": "picture", "video": "video", "audio": "audio"}
ENDINGS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif"), "picture"),
    **dict.fromkeys(("mp4", "mov", "webm", "m4v", "m3u8"), "video"),
    **dict.fromkeys(("mp3", "m4a", "wav", "ogg", "opus"), "audio"),
}
# Behind a text that is cut: a link to the whole of it.
_GO_ON = (
    r"read (?:more|on|the (?:full|whole|rest)[^.]{0,40})|continue reading|keep reading"
    r"|weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|leggi tutto"
    r"|continua a leggere|ler mais|continuar lendo|lees meer|läs mer|les mer|læs mere"
    r"|lue lisää|czytaj (?:więcej|dalej)|číst (?:více|dál)|čítať viac|opširnije"
    r"|pročitaj više|tovább|cite[șş]te mai (?:mult|departe)|devamı(?:nı oku)?"
    r"|читать (?:далее|дальше|полностью)|подробнее|читати (?:далі|більше)|детальніше"
    r"|чытаць (?:далей|цалкам)|прочетете още|виж още|ادامه مطلب|اقرأ المزيد|المزيد"
    r"|толығырақ|batafsil"
)
MORE = re.compile(
    r"(?:^|(?<=[.!?\u2026\])\u00bb\"])\s*)(?:\[?(?:\u2026|\.{3})\]?\s*)?"
    rf"(?:{_GO_ON})[^.!?]{{0,80}}[\s.\u2026\u00bb\u2192>\])]*$",
    re.IGNORECASE,
)
