"""Tell what an element is called: a byline, a dateline, a note, for the desk alone."""

import re

from tamizdat.wire.markup.marked import called
from tamizdat.wire.markup.reader import Element

# Names, classes and roles without their hyphens: for the desk alone.
PRIVATE = frozenset(
    {
        *("private", "nonpublic", "notpublic", "nonpublishable", "notforpublication"),
        *("notforbroadcast", "notforrelease", "notforuse", "npa", "nopublish"),
        *("notepad", "notebook", "notizblock", "blocnotes", "deskonly", "editorsonly"),
        *("internal", "internalnote", "internalnotes", "internalonly", "internaluse"),
        *("confidential", "privatenote", "desknote", "contact", "contacts"),
    }
)
ROLES = {
    "byline": "byline",
    "bylines": "byline",
    "byttl": "byline",
    "author": "byline",
    "signature": "byline",
    "dateline": "dateline",
    "tagline": "tagline",
    "note": "ednote",
    "ednote": "ednote",
    "editorsnote": "ednote",
    "editors-note": "ednote",
    "editornote": "ednote",
    "ed-msg": "ednote",
    "abstract": "abstract",
    "lead": "abstract",
    "lede": "abstract",
    "ingress": "abstract",
    "standfirst": "abstract",
    "preamble": "abstract",
    "kicker": "kicker",
    "article-standfirst": "abstract",
    "article__standfirst": "abstract",
    **dict.fromkeys(PRIVATE, "private"),
    "hedline": "headline",
    "headline": "headline",
    "rubrik": "headline",
    "copyright": "copyright",
    "copyrite": "copyright",
}
# An element of this name is what the name says; a class of it may be style alone.
_STANDFIRSTS = frozenset({"standfirst", "article-standfirst", "article__standfirst"})
_BY_CLASS = frozenset({"byline", "dateline", "ednote", "private", "copyright"})
_JOINTS = re.compile(r"[-_.]+")


def role_of(element: Element) -> str | None:
    """Tell what the sender's markup calls an element, None for plain text."""
    if element.tag == "note" and element.get("type") == "npa":
        return "private"
    by_name = "private" if _bare(element.tag) in PRIVATE else ROLES.get(element.tag)
    if by_name is not None:
        return by_name
    said = f"{element.get('class') or ''} {element.get('role') or ''}".lower()
    for word in said.split():
        if ROLES.get(word) in _BY_CLASS or word in _STANDFIRSTS:
            return ROLES[word]
        if _bare(word) in PRIVATE:
            return "private"
    return ROLES.get(called(element) or "") if said.strip() else None


def _bare(word: str) -> str:
    """Spell a name without its scheme and its joints: "x:non-public"."""
    return _JOINTS.sub("", word.rpartition(":")[2])
