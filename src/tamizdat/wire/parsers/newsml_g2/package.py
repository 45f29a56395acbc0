"""Read what a NewsML-G2 item points to: the groups of a package, and links."""

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.items import Association
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, words


def read_links(item: Element, draft: Draft) -> None:
    """Read references in the order of the file, each once."""
    found = [_reference(ref, _role(ref)) for ref in every(item, ".//itemref")]
    found += [
        _reference(link, _relation(link)) for link in every(item, ".//itemmeta/link")
    ]
    draft.associations += [
        one for one in dict.fromkeys(found) if one.guid or one.headline
    ]


def _reference(element: Element, rel: str) -> Association:
    guid = attribute(element, "residref", "guid", "idref", "href")
    return Association(rel, guid, words(element, "headline", "title", ".//title"))


def _role(ref: Element) -> str:
    group = next(ref.iterancestors("group"), None)
    role = attribute(group, "role") or attribute(group, "id") or "item"
    return role.rpartition(":")[2] or role


def _relation(link: Element) -> str:
    rel = attribute(link, "rel") or "link"
    return rel.rpartition(":")[2] or rel
