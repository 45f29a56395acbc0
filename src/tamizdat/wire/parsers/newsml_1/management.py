"""Read which item this is and what is to be done with it."""

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.houses import sender_of
from tamizdat.wire.items import Association
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, words

_NO_SIGNAL = {"n", "u", "a", ""}  # of @Update; U is counted only beside a revision


def read_management(item: Element, draft: Draft) -> None:
    """Read `Identification` and `NewsManagement` into a draft."""
    identifier = first(item, ".//newsidentifier")
    component = first(item, "newscomponent", ".//newscomponent")
    draft.guid = (
        _unbroken(words(identifier, "publicidentifier"))
        or words(identifier, "newsitemid")
        or attribute(item, "duid", "id")
        or attribute(component, "duid")
    )
    revision = first(identifier, "revisionid")
    draft.version = words(revision)
    provider = words(identifier, "providerid")
    draft.provider = sender_of(provider) if provider else None
    draft.slugline = words(item, ".//identification/namelabel")
    management = first(item, "newsmanagement", ".//newsmanagement")
    draft.published_at = words(management, "firstcreated")
    draft.updated_at = words(management, "thisrevisioncreated")
    draft.pubstatus = attribute(first(management, "status"), "formalname")
    draft.urgency = attribute(first(management, "urgency"), "formalname")
    _embargo(management, draft)
    _signals(management, revision, draft)
    _associations(management, draft)


def _unbroken(name: str | None) -> str | None:
    """Take out of a URN the line ends that some programs put into it."""
    return "".join(name.split()) if name and name.startswith("urn:") else name


def _embargo(management: Element | None, draft: Draft) -> None:
    """Read when an embargo ends: when the status changes to usable."""
    change = first(management, "statuswillchange")
    if change is None:
        return
    future = attribute(first(change, "futurestatus"), "formalname") or "usable"
    if future.strip().lower() == "usable":
        draft.embargo = words(change, "dateandtime")


def _signals(
    management: Element | None, revision: Element | None, draft: Draft
) -> None:
    for instruction in every(management, "instruction"):
        code = attribute(instruction, "formalname")
        draft.signals += [code] if code else []
    previous = attribute(revision, "previousrevision") or "0"
    update = (attribute(revision, "update") or "").lower()
    if update == "u" and previous != "0":
        draft.signals.append("update")
    elif update not in _NO_SIGNAL:
        draft.signals.append(update)
    kind = attribute(first(management, "newsitemtype"), "formalname") or ""
    draft.breaking = kind.lower() in {"alert", "flash", "newsalert"}


def _associations(management: Element | None, draft: Draft) -> None:
    for path, rel in (("derivedfrom", "derived"), ("associatedwith", "associated")):
        for one in every(management, path):
            guid = attribute(one, "newsitem")
            draft.associations += [Association(rel, guid)] if guid else []
