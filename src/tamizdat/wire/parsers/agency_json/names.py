"""List what agencies call the fields of an item, as data: the surest name first.

Names are spelled as `records.values.keyed` spells them: lower case, without `_`.
"""

GUID = ("guid", "uri", "urn", "uno", "itemid", "id", "uuid", "dpaid", "dpaurn")
ADDRESSES = ("url", "weburl", "link")  # where an item has no other name
VERSION = ("version", "versionnumber", "dpaversion", "revision")
LANGUAGE = (
    "language",
    "contentlanguage",
    "lang",
    "locale",
    "inlanguage",
    "dpalanguage",
)
SLUGLINE = ("slugline", "slug", "keywordline")
KICKER = ("kicker", "roofline", "overline", "dpakicker", "topline", "dachzeile")
HEADLINES = (
    *("headlines", "headline", "headlinemain", "dpaheadline", "headlineextended"),
    *("title", "headlinetext", "headlineseo", "name"),
)
STATUS = ("pubstatus", "status", "publishingstatus", "dpapubstatus")
SIGNALS = ("signal", "signals", "editorialtypes", "edstatus", "edstat", "dpasignals")
URGENCY = ("urgency", "priority", "dpaurgency", "dpapriority", "editorialpriority")
SUBJECTS = (
    *("subject", "subjects", "categories", "category", "dpacategories", "genre"),
    *("genres", "topics", "services", "iptc", "medtop", "medtops"),
)
# Members whose codes are of one scheme, which nobody names beside them.
SCHEMES = {"iptc": "subj", "medtop": "medtop", "medtops": "medtop"}
EMBARGO = ("embargoed", "embargoeduntil", "embargo", "dpaembargo", "embargodate")
CREATED = (
    "dategmt",
    *("firstcreated", "contentcreated", "datepublished", "firstpublished", "published"),
    *("publishedat", "datecreated", "created", "createdat", "issued", "dpacreated"),
    *("pubdate", "publicationdate", "webpublicationdate", "date", "datetime"),
)
CHANGED = (
    "modifiedgmt",
    *("versioncreated", "contentmodified", "datemodified", "dateupdated", "updated"),
    *("updatedat", "modified", "lastmodified", "dpaversioncreated"),
)
CREDITS = ("creditline", "descriptioncreditline", "credit", "credits", "dpacredit")
SOURCES = ("infosource", "infosources", "source", "sources")
# Of pictures alone: who sends an item is no credit of it.
SENDERS = ("provider",)
RIGHTS = ("copyrightnotice", "copyright", "rights", "dpacopyright")
HOLDERS = ("copyrightholder", "copyrightholders")
TERMS = ("usageterms", "usage", "licence", "license", "restrictions", "dpausageterms")
ABSTRACTS = (
    *("descriptiontext", "descriptionsummary", "teaser", "abstract", "standfirst"),
    *("summary", "lead", "leadin", "deck", "dek", "dpateaser", "description"),
    *("subheadline", "subhead", "descriptionxhtml", "descriptionhtml", "excerpt"),
)
CAPTIONS = (
    *("descriptioncaption", "caption", "descriptiontext", "descriptions"),
    *("description", "bodytext", "descriptionxhtml", "summary", "alttext"),
)
EDNOTES = (
    *("ednote", "ednotes", "editorsnote", "editornote", "notetoeditors", "dpaednote"),
    *("editorialnote", "editorialnotes", "correctionnote", "updatenote", "advisory"),
)
# Members that name the item whose place this one takes, and how the two are related.
EARLIER = {
    "replacing": "replaces",
    "replaces": "replaces",
    "supersedes": "supersedes",
    "evolvedfrom": "evolvedFrom",
    "derivedfrom": "derived",
    "derivedfroms": "derived",
}
DATELINES = ("dateline", "dpadateline")
BYLINES = ("bylines", "byline", "by", "authors", "author", "dpabyline")
# What an author did, where it is no job title; None is what authors do.
ROLES = {
    **dict.fromkeys(("writer", "author", "byline", "reporter", "creator"), ""),
    **dict.fromkeys(("editor", "subeditor", "subbing", "desk"), "editing"),
    **dict.fromkeys(("translator", "translation"), "translation"),
}
# Who made the pictures: credited beside them, and never the author of a text.
PICTURE_MAKERS = frozenset(
    {
        *("photographer", "photo", "photos", "camera", "cameraman", "cameraoperator"),
        *("illustrator", "illustration", "cartoonist", "artist", "graphic", "graphics"),
        *("videographer", "video", "fotograf", "imagecreator", "picture"),
    }
)
# Never for readers, wherever they stand: telephones, notebooks, staff.
PRIVATE = frozenset(
    {
        *("notepad", "notebook", "contact", "contacts", "contactinfo", "dpanotepad"),
        *("notforpublication", "nonpublichtml", "internalnote", "internalnotes"),
        *("dpacontacts", "dpacontact", "notizblock", "presscontact", "contactdetails"),
    }
)

# Bodies, the richest form first; all but those named as text may be markup.
BODIES = (
    *("bodynitf", "nitf", "bodyxhtml", "bodyhtml", "articlehtml", "bodyrichtext"),
    *("contenthtml", "html", "dpaarticlehtml", "articlebody", "bodymain", "body"),
    *("content", "text", "bodytext", "contenttext", "story", "fulltext", "news"),
)
BEHIND = ("infoboxhtml", "infobox")  # text that stands beside the story

# Roles of members of `headlines`, `descriptions`, `bodies` that stand for nothing else.
MAIN_ROLES = ("main", "headline", "title", "")
KICKER_ROLES = frozenset({"kicker", "overline", "roofline", "dachzeile"})
SUB_ROLES = frozenset(
    {"sub", "subheadline", "subhead", "subtitle", "deck", "dek", "secondary"}
)
NO_CAPTION = frozenset({"writer", "captionwriter", "credit", "usage", "editor"})
BREAKING_ROLES = frozenset({"newsalert", "alert", "flash", "bulletin", "breaking"})
# Signals that are about how copy travels, not about what it says.
SIGNAL_WORDS = frozenset(
    {
        *(
            "korr",
            "update",
            "updated",
            "u",
            "correction",
            "corrected",
            "correct",
            "c",
            "kill",
        ),
        *("corrective", "clarification", "takeback", "withhold", "disregard"),
        *(
            "elimination",
            "writethru",
            "replace",
            "replacement",
            "refile",
            "delete",
            "withdraw",
        ),
        *("withdrawal", "retraction", "cancel", "supersede", "rectify", "d"),
    }
)
EDNOTE_SIGNALS = {"correction": "correction", "correctionshort": "correction"}
EDNOTE_DROPPED = frozenset({"closingline", "closing"})
# Members of associations and renditions.
RENDITIONS = ("renditions", "medias")
PICTURES = ("urltoimage", "imageurl")  # addresses alone
HREF = ("href", "url", "link", "src", "contenturl", "downloadurl", "sourceurl")
MIME = ("mimetype", "contenttype", "mime", "format")
KINDS = {
    **dict.fromkeys(("picture", "image", "photo", "pictures", "photograph"), "picture"),
    **dict.fromkeys(("graphic", "infographic", "graphics"), "graphic"),
    **dict.fromkeys(("video", "videos", "broll"), "video"),
    **dict.fromkeys(("audio", "sound", "podcast"), "audio"),
    **dict.fromkeys(("composite", "package", "collection"), "package"),
    **dict.fromkeys(("planning", "plan", "event", "coverage"), "planning"),
}
