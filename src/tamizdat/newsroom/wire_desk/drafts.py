"""Read agency copy as the draft of an article.

Decides what of a wire item reaches a draft. Contacts and agency logins never were in
the item; terms, embargoes and advice go into the note to editors, never to readers.

Source: spec/wire-item.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from tamizdat.edition.foreign import likeness
from tamizdat.newsroom.desk.tongues import Tongue
from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.richtext import plain, without_overrides
from tamizdat.newsroom.writing.named import is_told, words_of
from tamizdat.wire.draft.spoken import pieces_of
from tamizdat.wire.items import Block, WireItem

HEADLINE_LENGTH = 255  # characters, the field's own
_HEADS = ("headline", "kicker", "standfirst", "credit_line")
_WITHDRAWN, _WITHHELD = "canceled", "withheld"


def draft_of(item: WireItem, language: str = "") -> dict[str, Any]:
    """Read an item as arguments of `actions.create_article`.

    Args:
        item: the copy.
        language: BCP 47 tag of the article; "" leaves out the languages of passages.

    Raises:
        CopyError: the agency has withdrawn it, or it is or holds no text.
    """
    if item.pubstatus == _WITHDRAWN or item.signal == "kill":
        status = item.pubstatus if item.pubstatus == _WITHDRAWN else "killed"
        raise CopyError(f"{item.guid}: the agency has {status} this copy")
    if item.type != "text":
        raise CopyError(f"{item.guid}: expected a text, found a {item.type}")
    tongue = Tongue(language)
    body = [_block(block, tongue) for block in item.body]
    if not body:
        raise CopyError(f"{item.guid}: holds no text")
    return {
        "headline": _headline(item),
        "body": body,
        "bylines": _bylines(item),
        "slugline": _short(item.slugline),
        "kicker": _short(item.kicker),
        "standfirst": _standfirst(item),
        "breaking": item.breaking,
        "urgency": item.urgency,
        "credit_line": (plain(item.credit) or "")[:300],
        "ednote": "\n".join(_ednotes(item)),
        **_dateline(item),
    }


def named(
    item: WireItem, texts: Mapping[str, Any], language: str
) -> list[dict[str, str]]:
    """List the words of other languages that a draft of an item has to name.

    Only those that stand in the draft where it holds no languages itself: editors may
    have taken a part, and the newsroom writes credit lines of its own.

    Args:
        item: the copy.
        texts: what of `draft_of` is in the draft, by the same names.
        language: BCP 47 tag of the article.
    """
    heads = [texts.get(name) or "" for name in _HEADS]
    told, tongue = [*heads, *_parts(texts["body"])], Tongue(language)
    rows: dict[str, dict[str, str]] = {}
    for one in item.foreign:
        words = words_of(one.words)
        spoken = tongue.spoken(words, one.language, None)
        if spoken and is_told(words, told):
            rows.setdefault(likeness(words), {"words": words, "language": spoken})
    return [*rows.values()]


def _parts(body: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """List items and cells, but for those of a block that names its own language."""
    for block in body:
        if not block.get("language"):
            yield from block.get("items") or ()
            yield from (cell for row in block.get("rows") or () for cell in row)


def _headline(item: WireItem) -> str:
    first = item.body[0].text or ""
    text = plain(item.headline) or plain(item.slugline) or plain(first) or "Untitled"
    return text[:HEADLINE_LENGTH]


def _short(text: str | None) -> str:
    return (plain(text) or "")[:100]


def _standfirst(item: WireItem) -> str:
    # Some agencies repeat the first paragraph as abstract; it is shown once.
    text = plain(item.abstract) or ""
    return "" if item.body and text == item.body[0].text else text


def _block(block: Block, tongue: Tongue) -> dict[str, Any]:
    if block.kind == "list":
        items = _clean(block.items or ())
        language = tongue.spoken(" ".join(items), block.language, None)
        return {"kind": "list", "items": items, "language": language}
    if block.kind == "table":
        rows = [_clean(row) for row in block.rows or ()]
        words = " ".join(cell for row in rows for cell in row)
        language = tongue.spoken(words, block.language, None)
        return {"kind": "table", "rows": rows, "language": language}
    return {"kind": block.kind, **_phrase(block, tongue)}


def _phrase(block: Block, tongue: Tongue) -> dict[str, Any]:
    text, marks = "", list[dict[str, Any]]()
    for words, named in pieces_of(block):
        clean = without_overrides(words)
        start, text = len(text), text + clean
        if language := tongue.spoken(clean, named, None):
            at = {"from": start, "to": len(text)}
            marks.append({"kind": "language", **at, "language": language})
    return {"text": text, "marks": marks}


def _clean(texts: Iterable[str]) -> list[str]:
    return [without_overrides(text) for text in texts]


def _bylines(item: WireItem) -> list[dict[str, str]]:
    rows = [
        {"name": _short(person.name), "role": _short(person.title)}
        for person in item.byline
    ]
    if rows and item.bio:
        rows[0]["bio"] = without_overrides(item.bio)
    return rows


def _dateline(item: WireItem) -> dict[str, Any]:
    if item.dateline is None:
        return {}
    return {
        "dateline_place": _short(item.dateline.place),
        "dateline_date": _day(item.dateline.date),
    }


def _day(text: str | None) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None  # a printed date; it stands in the place line as the agency wrote


def _ednotes(item: WireItem) -> Iterator[str]:
    labels = {
        "From": item.provider,
        "Guid": item.guid,
        "Embargoed until": item.embargo,
        "Held back": _held(item),
        "Usage terms": item.usageterms,
        "Rights": item.rights,
        "Agency's note": item.ednote,
    }
    yield from (f"{label}: {text}" for label, text in labels.items() if text)
    yield from (f"Look at: {warning}" for warning in item.receipt.warnings)


def _held(item: WireItem) -> str | None:
    held = item.pubstatus == _WITHHELD and item.embargo is None
    return "not to go out before the agency releases it" if held else None
