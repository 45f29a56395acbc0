"""Read the words out of a story document or a draft, whatever blocks it has.

Decides which values are words that people wrote. Pure: no Django, no disk.

Source: spec/story-document.md.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tamizdat.newsroom.desk.joining import words_of

# Keys whose values say how a thing is set, where it is or which it is.
_UNSAID = frozenset(
    {
        "breaking",
        "contentType",
        "date",
        "format",
        "href",
        "id",
        "kind",
        "language",
        "lineage",
        "marks",
        "permalinks",
        "pubStatus",
        "releases",
        "renditions",
        "role",
        "salt",
        "section",
        "service",
        "territory",
        "time",
        "translations",
        "type",
        "uri",
        "urgency",
    }
)
_NO_WORDS = re.compile(r"(?:sha256|tag|https?):\S*\Z")
# Fields of a page that hold text and yet nothing that anybody wrote.
_RECORD = frozenset(
    {
        "address",
        "draft_title",
        "live_state",
        "next_kind",
        "path",
        "relation",
        "search_description",
        "section",
        "seo_title",
        "slug",
        "url_path",
    }
)


def words_in(value: Any) -> Iterator[str]:
    """List the texts in a story document, or a part of one, in their order."""
    if isinstance(value, str):
        if value and not _NO_WORDS.match(value):
            yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key not in _UNSAID:
                yield from words_in(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from words_in(one)


def people_of(content: Mapping[str, Any]) -> list[str]:
    """List who signs a story, as readers see it."""
    rows = content["tamizdat"].get("bylines") or ()  # archives may name nobody
    return [row["name"] for row in rows if row.get("name")]


def draft_words(content: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    """List the texts of a draft.

    Args:
        content: of its revision.
        names: fields that hold text.
    """
    for name in names:
        value = content.get(name)
        if not isinstance(value, str) or name in _RECORD:
            continue
        yield words_of(_blocks(value) or value)
    for row in content.get("bylines") or ():
        yield words_of(row)


def _blocks(value: str) -> list[Any]:
    """Read the blocks of a stream; a headline may begin with a bracket, too."""
    try:
        found = json.loads(value) if value.startswith("[") else []
    except ValueError:
        return []
    return found if all(isinstance(one, dict) for one in found) else []


def parts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Give the words of a story document by part, in the order readers see them."""
    ours = content["tamizdat"]
    rows = [*content["headlines"], *content["descriptions"]]
    by_role = {row["role"]: row["value"] for row in rows}
    parts = {
        "section": ours["section"],
        "kicker": by_role.pop("kicker", ""),
        "headline": by_role.pop("main", ""),
        "standfirst": by_role.pop("summary", ""),
        "dateline": "\n".join(words_in(ours.get("dateline") or {})),
        "pictures": "\n".join(words_in(content.get("associations") or ())),
        "text": "\n".join(words_in(ours["body"])),
        "posts": "\n".join(words_in(ours.get("posts") or ())),
        "foreign": "\n".join(
            f"{row['words']} [{row['language']}]" for row in ours.get("foreign") or ()
        ),
        "credit": ours.get("credit_line") or "",
        "bylines": "\n".join(words_in(ours["bylines"])),
        "tags": "\n".join(words_in(ours.get("tags") or ())),
        "places": "\n".join(words_in(ours.get("places") or ())),
        "related": "\n".join(words_in(ours.get("related") or ())),
    }
    return {name: text for name, text in parts.items() if text}
