"""Read what a NITF document says about itself: `docdata`, `meta`, `tobject`."""

import re

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.heading import signals_in
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, values, words

# What senders call things in `meta`, where NITF has elements for them or has none.
_SLUGS = ("slug", "slugline", "storyname", "anpa-keyword", "ap-keyword", "keyword")
_LANGUAGES = ("language", "lang", "content-language")
_URGENCIES = ("priority", "urgency", "anpa-priority")
_TAKES = ("anpa-takekey", "takekey", "take-key", "ap-takekey")
_EDNOTES = ("ednote", "editorsnote", "editors-note", "advisory", "usage-note")
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d{1,3}$)")
_CODE = 8  # digits of an IPTC Subject Code


def read_docdata(tree: Element, draft: Draft) -> None:
    """Read the head of a document; what the draft has already stays."""
    data = first(tree, "head/docdata", ".//docdata")
    said = _meta(tree)
    _identity(tree, data, said, draft)
    _state(data, said, draft)
    _rights(data, draft)
    draft.subjects += _subjects(tree)
    for one in every(data, "series"):
        name = attribute(one, "series.name")
        draft.slugline = draft.slugline or name


def _meta(tree: Element) -> dict[str, str]:
    """Read `meta` by name, in lower case; of two of a name the first."""
    said: dict[str, str] = {}
    for one in every(tree, "head/meta"):
        name, content = attribute(one, "name", "http-equiv"), attribute(one, "content")
        if name and content:
            said.setdefault(name.lower(), content)
    return said


def _of(said: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((said[name] for name in names if name in said), None)


def _identity(
    tree: Element, data: Element | None, said: dict[str, str], draft: Draft
) -> None:
    id_, key = first(data, "doc-id"), first(data, "du-key")
    draft.guid = draft.guid or attribute(id_, "id-string") or attribute(tree, "uno")
    draft.provider = draft.provider or attribute(id_, "regsrc") or said.get("provider")
    draft.version = draft.version or attribute(key, "version", "generation")
    body = first(tree, "body", ".//body")
    draft.language = (
        draft.language
        or attribute(tree, "lang", "baselang")
        or attribute(body, "lang")
        or attribute(first(body, "body.content"), "lang")
        or _of(said, _LANGUAGES)
    )
    draft.slugline = (
        draft.slugline
        or _worded(attribute(key, "key"))
        or _of(said, _SLUGS)
        or _worded(attribute(first(data, "fixture"), "fix-id"))
        or attribute(first(data, "key-list/keyword", "keyword"), "key")
    )


def _worded(key: str | None) -> str | None:
    """Keep a key that has words: numbers are for machines."""
    return key if key and any(map(str.isalpha, key)) else None


def _state(data: Element | None, said: dict[str, str], draft: Draft) -> None:
    draft.pubstatus = draft.pubstatus or attribute(data, "management-status")
    urgency = first(data, "urgency")
    draft.urgency = (
        draft.urgency
        or attribute(urgency, "ed-urg", "id-string")
        or words(urgency)
        or _of(said, _URGENCIES)
    )
    issued = _date(data, "date.issue")
    draft.published_at = draft.published_at or issued or _date(data, "date.release")
    draft.embargo = draft.embargo or _release(data)
    for path in ("ed-msg", "correction"):
        draft.ednotes += values(data, path, "info")
        draft.ednotes += [text for one in every(data, path) if (text := words(one))]
    draft.ednotes += [said[name] for name in _EDNOTES if name in said]
    draft.signals += ["correction" for _ in every(data, "correction")]
    draft.signals += signals_in(_of(said, _TAKES))
    for message in every(data, "ed-msg"):
        kind = (attribute(message, "msg-type") or "").lower()
        draft.signals += [kind] if kind in {"kill", "correction", "update"} else []


def _date(data: Element | None, name: str) -> str | None:
    found = first(data, name)
    return attribute(found, "norm") or words(found)


def _release(data: Element | None) -> str | None:
    """Read when copy may be released, where its status says that it may not yet."""
    status = (attribute(data, "management-status") or "").lower()
    return _date(data, "date.release") if status in {"embargoed", "withheld"} else None


def _rights(data: Element | None, draft: Draft) -> None:
    rights = first(data, "doc.copyright")
    holder, year = attribute(rights, "holder"), _year(attribute(rights, "year"))
    if year and holder and year in holder:
        year = None
    draft.rights = (
        draft.rights
        or words(rights)
        or " ".join(filter(None, (year, holder) if holder else ()))
        or None
    )
    terms = first(data, "doc.rights")
    draft.usageterms = (
        draft.usageterms or attribute(terms, "limitations") or words(terms)
    )


def _year(text: str | None) -> str | None:
    """Read the year of a copyright: the first of a full date; none of two digits."""
    found = _YEAR.match(text or "")
    return found[0] if found else None


def _subjects(tree: Element) -> list[str]:
    codes: list[str] = []
    for subject in every(tree, ".//tobject.subject"):
        number = attribute(subject, "tobject.subject.refnum")
        code = number or attribute(subject, "tobject.subject.code")
        if code:
            codes.append(
                f"subj:{code}" if code.isdigit() and len(code) == _CODE else code
            )
    return codes
