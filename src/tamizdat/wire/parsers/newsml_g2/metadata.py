"""Read what a NewsML-G2 item says about itself: rights, `itemMeta`, `contentMeta`."""

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.people import is_person
from tamizdat.wire.items import Credited
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, line_of, words
from tamizdat.wire.parsers.newsml_g2.tongues import keep_language

TYPES = {
    "text": "text",
    "picture": "picture",
    "photo": "picture",
    "still": "picture",
    "image": "picture",
    "graphic": "graphic",
    "animated": "graphic",
    "video": "video",
    "audio": "audio",
    "composite": "package",
    "package": "package",
}
_SUMMARIES = (
    "abstract",
    "summary",
    "synopsis",
    "synthe",
    "lead",
    "intro",
    "standfirst",
    "short",
)
_CAPTIONS = ("caption", "legend")
ALTS = ("alttext", "accessib")
_SCRIPTS = ("script", "shotlist", "story", "storyline", "body")
_ALERTS = ("alert", "flash", "breaking", "snap", "newsbreak")
_AUTHORS = ("author", "photographer", "writer", "reporter", "journalist", "byline")
# Roles of those who hand copy on; they are named to nobody.
_STAFF = (
    "edit",
    "desk",
    "transm",
    "operator",
    "distrib",
    "redact",
    "redakt",
    "publish",
)


def read_metadata(item: Element, draft: Draft) -> None:
    """Read one item's metadata into a draft."""
    draft.guid = attribute(item, "guid")
    draft.version = attribute(item, "version")
    meta = first(item, "itemmeta", ".//itemmeta")
    content = (
        item
        if item.tag == "contentmeta"
        else first(item, "contentmeta", ".//contentmeta")
    )
    draft.language = attribute(first(content, "language"), "tag") or attribute(
        item, "lang"
    )
    keep_language(item, draft.language, draft.receipt)
    _item_meta(meta, draft)
    _times(meta, content, draft)
    _rights(item, draft)
    _heading(meta, content, draft)
    _people(content, draft)
    _descriptions(content, draft)
    draft.subjects += [
        code for one in every(content, "subject") for code in _codes(one)
    ]
    draft.type = _type(item, meta)


def code_of(element: Element | None) -> str | None:
    """Read a code without its scheme: "nprov:AFP" yields "AFP"."""
    code = attribute(element, "qcode", "literal", "code")
    if code is None:
        return None
    return code.rpartition(":")[2] or code


def name_of(element: Element | None) -> str | None:
    """Read a name: in words, else as a literal, a code or an address."""
    uri = attribute(element, "uri") or ""
    host = uri.partition("//")[2].partition("/")[0].removeprefix("www.")
    plain = None if element is None else (element.text or "").strip()
    return words(element, "name") or plain or code_of(element) or host or uri or None


def _type(item: Element, meta: Element | None) -> str:
    if item.tag in {"packageitem", "groupset"}:
        return "package"
    if item.tag == "planningitem":
        return "planning"
    code = (code_of(first(meta, "itemclass")) or "").lower()
    return TYPES.get(code, "text")


def _item_meta(meta: Element | None, draft: Draft) -> None:
    draft.provider = name_of(first(meta, "provider"))
    draft.pubstatus = attribute(first(meta, "pubstatus"), "qcode", "literal", "uri")
    for path in ("signal", "edstat", "editorialstatus"):
        for one in every(meta, path):
            code = attribute(one, "qcode", "literal", "uri") or words(one)
            draft.signals += [code] if code else []
    _ednotes(meta, draft)
    roles = [*every(meta, "role"), *every(meta, "signal"), *every(meta, "profile")]
    said = " ".join(f"{code_of(one) or ''} {words(one) or ''}" for one in roles).lower()
    draft.breaking = any(word in said for word in _ALERTS)


def _ednotes(meta: Element | None, draft: Draft) -> None:
    for one in every(meta, "ednote"):
        if "closingline" in (attribute(one, "role") or "").lower():
            draft.receipt.drop(line_of(one), None, "sign-off")
        elif text := words(one):
            draft.ednotes.append(text)


def _times(meta: Element | None, content: Element | None, draft: Draft) -> None:
    draft.published_at = words(meta, "firstcreated")
    draft.updated_at = words(meta, "versioncreated")
    if draft.published_at is None and draft.updated_at is None:
        draft.published_at = words(content, "contentcreated")
    draft.embargo = words(meta, "embargoed", "embargo")


def _rights(item: Element, draft: Draft) -> None:
    for rights in every(item, ".//rightsinfo"):
        notice = words(rights, "copyrightnotice")
        draft.rights = (
            draft.rights or notice or name_of(first(rights, "copyrightholder"))
        )
        terms = [text for one in every(rights, "usageterms") if (text := words(one))]
        draft.usageterms = draft.usageterms or "\n".join(dict.fromkeys(terms)) or None


def _heading(meta: Element | None, content: Element | None, draft: Draft) -> None:
    draft.slugline = words(content, "slugline")
    for headline in every(content, "headline"):
        text, role = words(headline), (attribute(headline, "role") or "").lower()
        if text is None:
            continue
        if "kick" in role or "overline" in role:
            draft.kicker = draft.kicker or text
        elif "sub" in role or "deck" in role:
            draft.abstract = draft.abstract or text
        else:
            draft.headlines.append(text)
    title = words(meta, "title")
    draft.headlines += [title] if title else []
    dateline = words(content, "dateline")
    draft.datelines += [dateline] if dateline else []
    urgency = first(content, "urgency")
    draft.urgency = words(urgency) or attribute(urgency, "qcode", "literal")


def _people(content: Element | None, draft: Draft) -> None:
    """Read bylines; a creator is one only if it is said or seen to be a person."""
    for path in ("by", "byline"):
        draft.bylines += [text for one in every(content, path) if (text := words(one))]
    for creator in every(content, "creator"):
        name = words(creator, "name") or attribute(creator, "literal") or words(creator)
        if name is None:
            continue
        role = (attribute(creator, "role", "roleuri") or "").lower()
        wrote = any(one in role for one in _AUTHORS)
        if not wrote and any(one in role for one in _STAFF):
            draft.receipt.drop(line_of(creator), None, "creator: staff of the desk")
            continue
        said = f"{attribute(creator, 'type')} {role}".lower()
        person = "person" in said or any(one in said for one in _AUTHORS)
        if not draft.bylines and is_person(name, said=person):
            draft.byline.append(Credited(name))
        elif not draft.bylines and not is_person(name, said=False):
            draft.receipt.drop(line_of(creator), None, "creator: a login or a desk")
    for one in every(content, "contributor"):
        draft.receipt.drop(line_of(one), None, "staff named in the envelope")
    for path in ("creditline", "infosource"):
        names = [words(one) or name_of(one) for one in every(content, path)]
        draft.credits += [name for name in names if name] if not draft.credits else []


def _descriptions(content: Element | None, draft: Draft) -> None:
    for one in every(content, "description"):
        role, text = (attribute(one, "role") or "").lower(), words(one)
        if text is None or any(word in role for word in _SCRIPTS + ALTS):
            continue
        if draft.abstract is None and not any(word in role for word in _CAPTIONS):
            draft.abstract = text


def captions_in(item: Element) -> list[str]:
    """Read the captions of a picture; without a role every description is one."""
    found = every(item, ".//contentmeta/description")
    marked = [one for one in found if _has_role(one, _CAPTIONS)]
    plain = [one for one in found if attribute(one, "role") is None]
    return [text for one in marked or plain if (text := words(one))]


def alt_in(item: Element) -> str | None:
    """Read the words for whoever cannot see a picture."""
    found = every(item, ".//contentmeta/description")
    told = [words(one) for one in found if _has_role(one, ALTS)]
    return next((text for text in told if text), None)


def scripts_in(item: Element) -> list[Element]:
    """Find what was written to be read beside a recording."""
    found = every(item, ".//contentmeta/description")
    return [one for one in found if _has_role(one, _SCRIPTS)]


def _has_role(description: Element, words_: tuple[str, ...]) -> bool:
    role = (attribute(description, "role") or "").lower()
    return any(word in role for word in words_)


def _codes(subject: Element) -> list[str]:
    """Read the code of a subject, and the Media Topic that is said to equal it."""
    same = [code for one in every(subject, "sameas") if (code := _code(one))]
    topics = [code for code in same if "medtop" in code or "mediatopic" in code]
    own = _code(subject) or words(subject, "name") or attribute(subject, "literal")
    return [*([own] if own else []), *topics]


def _code(element: Element) -> str | None:
    return attribute(element, "qcode", "uri", "code")
