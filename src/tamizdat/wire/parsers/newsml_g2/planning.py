"""Read the plan of a coverage: what an agency will send, about what and when.

It is no news and has no text; what it says becomes the body, for the desk alone.
Who is assigned to it is named to nobody.
"""

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.items import Block
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import every, line_of, words

_TOLD = ("headline", "description")


def read_plan(item: Element, draft: Draft) -> None:
    """Fill a draft with the words of a `planningItem`."""
    draft.abstract = None
    described = every(item, ".//contentmeta/description")
    described += every(item, "itemmeta/description")
    planned = every(item, ".//newscoverage/planning")
    described += [d for one in planned for name in _TOLD for d in every(one, name)]
    said = {text: one for one in described if (text := words(one))}
    draft.passages += [
        Passage(Block("paragraph", text), line_of(one)) for text, one in said.items()
    ]
    for one in every(item, ".//planning/ednote"):
        text = words(one)
        draft.ednotes += [text] if text else []
    for one in item.iter("assignedto", "contactinfo"):
        draft.receipt.drop(line_of(one), None, "staff named in the plan")
