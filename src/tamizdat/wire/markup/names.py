"""List the names of elements that part a text, of HTML, NITF and agencies."""

PARAGRAPHS = frozenset({"p", "para", "paragraph", "txt", "address", "dd", "figcaption"})
SUBHEADS = frozenset(
    {
        *("h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "hl3", "hl4", "subhead"),
        *("crosshead", "subheadline", "subtitle", "intertitle", "mellemrubrik"),
        *("mellanrubrik", "zwischentitel", "ladillo", "sottotitolo", "intertitre"),
        *("mellomtittel", "tussentitel", "tussenkop", "subheading", "sub-head"),
    }
)
QUOTES = frozenset({"bq", "blockquote"})
LISTS = frozenset({"ul", "ol", "dl", "menu", "dir"})
TABLES = frozenset({"table", "nitf-table"})
PREFORMATTED = frozenset({"pre", "agate", "listing", "xmp"})
# No words of the story: pictures are read elsewhere, scripts are no words at all.
SILENT = frozenset(
    {
        *("script", "style", "head", "media", "media-metadata", "figure", "picture"),
        *("img", "video", "audio", "iframe", "object", "svg", "noscript", "template"),
        *("nitf-table-metadata", "alt-code", "custom-table", "form", "button", "nav"),
        *("colgroup", "col", "media-reference", "media-producer", "media-caption"),
    }
)
CONTAINERS = frozenset(
    {
        *("body", "div", "block", "section", "article", "main", "html", "center"),
        *("body.content", "bodycontent", "datacontent", "content", "story", "text"),
        *("header", "footer", "aside", "details", "nitf", "li", "td", "caption"),
    }
)
# Words inside of a text, never a text of their own.
INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data"),
        *("del", "dfn", "em", "font", "foreign", "foreignphrase", "hi", "i", "inline"),
        *("ins", "kbd", "label", "lang", "mark", "nobr", "q", "ruby", "rb", "rt", "rp"),
        *("s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
        *("u", "var", "wbr", "br", "img"),
        # NITF
        *("org", "person", "chron", "event", "function", "location", "money", "num"),
        *("object.title", "virtloc", "city", "state", "region", "country", "frac"),
        *("sublocation", "pronounce", "classifier", "name.given", "name.family"),
    }
)
# Texts of their own, with the paragraphs in them.
ENTIRE = frozenset(
    {
        *("li", "dt", "dd", "td", "th", "caption", "figcaption", "media-caption"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "hl3", "hl4"),
    }
)
WHOLES = PARAGRAPHS | SUBHEADS | QUOTES | LISTS | TABLES | PREFORMATTED
BLOCKS = WHOLES | CONTAINERS
