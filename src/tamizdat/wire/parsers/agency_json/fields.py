"""Read all fields of an item but its body and its media into a draft."""

import re
from collections.abc import Iterator
from typing import Any

from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.people import add_line, add_titled, people_of
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.agency_json import names
from tamizdat.wire.records.values import (
    Record,
    first_text,
    keyed,
    moment,
    rows,
    text_of,
    texts,
)

_CODED = ("qcode", "uri", "code", "id")  # members of what is told by a code


def read_fields(record: Record, draft: Draft) -> None:
    """Fill a draft with what an item says about itself."""
    draft.guid = _guid(record)
    draft.provider = first_text(record, "provider")
    draft.version = first_text(record, *names.VERSION)
    draft.type = _type(record)
    draft.language = first_text(record, *names.LANGUAGE) or first_text(
        keyed(record.get("language")), "code", "tag"
    )
    draft.slugline = _slugline(record)
    draft.kicker = _kicker(record)
    draft.headlines += _headlines(record)
    draft.pubstatus = _status(record)
    draft.signals += _signals(record)
    draft.breaking = _is_breaking(record)
    said = (first_text(record, name) for name in names.URGENCY)
    draft.urgency = next((text for text in said if text and text != "0"), None)
    draft.subjects += _subjects(record)
    draft.embargo = moment(record, *names.EMBARGO)
    draft.published_at = moment(record, *names.CREATED)
    draft.updated_at = moment(record, *names.CHANGED)
    _people(record, draft)
    _credits(record, draft)
    _rights(record, draft)
    _ednotes(record, draft)
    draft.datelines += texts(_first(record, names.DATELINES))
    if (
        draft.family == "ap-media"
    ):  # AP's `located` is its dateline; elsewhere it is a desk
        draft.place = text_of(record.get("located"))


def _slugline(record: Record) -> str | None:
    """Read the slug; AFP gives its words one by one."""
    slugs = record.get("slug")
    if isinstance(slugs, list) and all(isinstance(one, str) for one in slugs):
        return "-".join(texts(slugs)) or None
    return first_text(record, *names.SLUGLINE)


def _first(record: Record, wanted: tuple[str, ...]) -> Any:
    return next((v for name in wanted if (v := record.get(name))), None)


def _guid(record: Record) -> str | None:
    # AP's address changes with who asks for it, its item id never does.
    item_id = text_of(keyed(record.get("altids")).get("itemid"))
    return item_id or first_text(record, *names.GUID, *names.ADDRESSES)


def _type(record: Record) -> str:
    said = first_text(record, "type", "itemclass", "contenttype", "mediatype") or ""
    word = re.split(r"[:/ ]", said.lower())[-1]
    if word in names.KINDS:
        return names.KINDS[word]
    return "text"


def _role(part: Any) -> str:
    return (text_of(keyed(part).get("role")) or "").lower().rpartition(":")[2]


def _kicker(record: Record) -> str | None:
    called = headlines_called(record, names.KICKER_ROLES)
    return first_text(record, *names.KICKER) or next(called, None)


def headlines_called(record: Record, roles: frozenset[str]) -> Iterator[str]:
    """Read members of `headlines` that are no headline: a kicker, a standfirst."""
    for part in rows(record.get("headlines")):
        if _role(part) in roles:
            yield from texts(part)


def _headlines(record: Record) -> Iterator[str]:
    found = [part for name in names.HEADLINES for part in rows(record.get(name))]
    others = names.KICKER_ROLES | names.SUB_ROLES
    found = [part for part in found if _role(part) not in others]
    found.sort(key=lambda part: _role(part) not in names.MAIN_ROLES)
    extra = (
        v
        for k, v in record.items()
        if k.startswith("headline") and v and k not in names.HEADLINES
    )
    for part in (*found, *extra):
        yield from texts(part)


def _status(record: Record) -> str | None:
    said = first_text(record, *names.STATUS)
    if said is None and record.get("canceled", record.get("cancelled")) is True:
        return "canceled"
    known = {"usable", "withheld", "canceled", "cancelled", "embargoed", "killed"}
    known |= {"published", "withdrawn"}
    if said is None or "pubstatus" in record:
        return said
    return said if said.lower().rpartition(":")[2] in known else None


def _signals(record: Record) -> Iterator[str]:
    for name in names.SIGNALS:
        told = record.get(name)
        if isinstance(told, dict) and not keyed(told).keys() & set(_CODED):
            told = [*told.values()]
        for part in rows(told):
            text = text_of(part) or first_text(keyed(part), *_CODED) or ""
            bare = text.lower().rpartition(":")[2].rpartition("/")[2].strip()
            if bare in names.SIGNAL_WORDS:
                yield text
    for part in rows(record.get("ednotes")):
        if _role(part) in names.EDNOTE_SIGNALS:
            yield names.EDNOTE_SIGNALS[_role(part)]
    if record.get("correction"):
        yield "correction"


def _is_breaking(record: Record) -> bool:
    said = [*texts(record.get("editorialrole")), *texts(record.get("profile"))]
    said += texts(record.get("editorialtypes"))
    words = {re.sub(r"[^a-z]", "", word.lower()) for word in said}
    return bool(words & names.BREAKING_ROLES) or record.get("breaking") is True


def _subjects(record: Record) -> Iterator[str]:
    for name in names.SUBJECTS:
        for part in rows(record.get(name)):
            code = _code(part)
            scheme = names.SCHEMES.get(name)
            if code and scheme and code.isdigit():
                yield f"{scheme}:{code}"
            elif code:
                yield code


def _code(part: Any) -> str | None:
    if isinstance(part, str):
        return text_of(part)
    row = keyed(part)
    whole = first_text(row, "qcode", "uri")
    if whole:
        return whole
    code, scheme = first_text(row, "code", "id"), first_text(row, "scheme")
    if code and scheme and ":" not in code:
        return f"{scheme}{code}" if scheme[-1] in "/#:" else f"{scheme}:{code}"
    return code or first_text(row, "literal", "name")


def _people(record: Record, draft: Draft) -> None:
    for name in names.BYLINES:
        for part in rows(record.get(name)):
            _byline(part, draft)
        if draft.byline or draft.bylines:
            return


def _byline(part: Any, draft: Draft) -> None:
    row = keyed(part)
    line = (
        text_of(part) if not row else first_text(row, "by", "byline", "name", "value")
    )
    line = line or " ".join(
        filter(None, (first_text(row, k) for k in ("firstname", "lastname")))
    )
    title = first_text(row, "title", "jobtitle", "role") if row else None
    if not line:
        return
    called = (first_text(row, "role") or "").lower().rpartition(":")[2]
    if called in names.PICTURE_MAKERS and draft.type == "text":
        draft.receipt.drop(1, line, f"{called}: no author of the text")
        return
    role = names.ROLES.get(called)
    if role is not None:
        title = first_text(row, "title", "jobtitle")
    if role:
        draft.contributors += [Credited(p.name, role, title) for p in people_of(line)]
        return
    people = people_of(line) if title else []
    if people:
        titled = [Credited(p.name, p.role, p.title or title) for p in people]
        add_titled(draft, titled)
    else:
        add_line(draft, line)


def _credits(record: Record, draft: Draft) -> None:
    for name in names.CREDITS:
        draft.credits += texts(record.get(name))
    line = " ".join(draft.credits)
    for name in names.SOURCES:
        for source in texts(record.get(name)):
            if source not in line and not source.startswith(("http:", "https:")):
                draft.credits.append(source)
    if not draft.credits:
        draft.credits += [line for line in draft.bylines if is_agency(line)]


def _rights(record: Record, draft: Draft) -> None:
    infos = [keyed(part) for part in rows(record.get("rightsinfo"))]
    of_all = [record, *infos]
    notices = (first_text(one, *names.RIGHTS) for one in of_all)
    holders = (first_text(one, *names.HOLDERS, "holder") for one in of_all)
    draft.rights = next((t for t in (*notices, *holders) if t), None)
    terms = [t for one in of_all for n in names.TERMS for t in texts(one.get(n))]
    terms += [] if infos else list(texts(record.get("rightsinfo")))
    draft.usageterms = "\n".join(map(unescaped, dict.fromkeys(terms))) or None


def _ednotes(record: Record, draft: Draft) -> None:
    for name in names.EDNOTES:
        for part in rows(record.get(name)):
            if _role(part) in names.EDNOTE_DROPPED:
                draft.receipt.drop(1, None, "sign-off")
                continue
            draft.ednotes += map(unescaped, texts(part))
    for name in names.PRIVATE & record.keys():
        if _has_words(record[name]):
            draft.receipt.drop(1, None, "marked as not for publication")


def _has_words(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_words, value.values()))
    if isinstance(value, list):
        return any(map(_has_words, value))
    return isinstance(value, str) and bool(value.strip())
