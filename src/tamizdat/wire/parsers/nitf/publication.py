"""Read the envelope that AP put round NITF before its JSON: `Publication`.

What it says comes before what the document inside says. Source: AP APPL 5.
"""

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, words

_LINES = "newslines/"


def read_publication(tree: Element, draft: Draft) -> None:
    """Read `Publication` into a draft; any other element is passed over."""
    if tree.tag != "publication":
        return
    draft.guid = words(tree, "identification/itemid")
    draft.version = words(tree, "identification/recordsequencenumber")
    draft.language = words(tree, "identification/defaultlanguage")
    management = first(tree, "publicationmanagement")
    draft.pubstatus = words(management, "status")
    draft.updated_at = words(management, "lastmodifieddatetime", "arrivaldatetime")
    draft.ednotes += [
        w for one in every(management, "instruction") if (w := words(one))
    ]
    draft.headlines += [w for w in (words(tree, f"{_LINES}headline"),) if w]
    for byline in every(tree, f"{_LINES}byline"):
        line, title = words(byline), attribute(byline, "title")
        draft.bylines += [f"{line}, {title}" if title else line] if line else []
    draft.place = words(tree, f"{_LINES}dateline")
    draft.rights = words(tree, f"{_LINES}copyrightline")
    draft.slugline = words(tree, f"{_LINES}slugline")
    draft.provider = words(tree, "administrativemetadata/provider")
    draft.urgency = words(tree, "administrativemetadata/priority")
