"""Read how a story is tied to others: what it derives from, what goes with it.

Source: spec/story-document.md, "Story document".
"""

import re
from typing import Any

from tamizdat.edition.fields import SERVICE, SHORT, SLUG, Fields
from tamizdat.edition.foreign import read_foreign
from tamizdat.edition.stories import Lineage, Original, Related, Translation

_PERMALINK = re.compile(r"https?://[^\s/?#]+/[^\s#]{0,2000}")
_RELATED = 6  # of a story


def read_lineage(fields: Fields | None) -> Lineage | None:
    """Read which release of which article a story derives from, if any."""
    if fields is None:
        return None
    lineage = Lineage(
        relation=fields.word("relation", ("translated", "adapted", "condensed")),
        release=fields.number("release", 1, 1_000_000),
        by=fields.maybe("by", SHORT),
        original=_read_original(fields.maybe_inner("original")),
        **_named(fields),
    )
    fields.done()
    return lineage


def _read_original(fields: Fields | None) -> Original | None:
    if fields is None:
        return None
    original = Original(**_named(fields))
    fields.done()
    return original


def _named(fields: Fields) -> dict[str, Any]:
    language = fields.maybe_language("language")
    return {
        "service": fields.match("service", SERVICE),
        "id": fields.match("id", SLUG),
        "headline": fields.text("headline"),
        "published": fields.time("published"),
        "language": language,
        "name": fields.maybe("name", SHORT),
        "foreign": read_foreign(fields, language),
    }


def read_translation(fields: Fields) -> Translation:
    """Read a link to an article that derives from this one."""
    translation = Translation(
        service=fields.match("service", SERVICE),
        id=fields.match("id", SLUG),
        language=fields.language("language"),
        published=fields.time("published"),
    )
    fields.done()
    return translation


def read_related(ours: Fields) -> tuple[Related, ...]:
    """Read the stories that go with this one."""
    found: list[Related] = []
    for entry in ours.each("related", most=_RELATED):
        other = Related(
            service=entry.match("service", SERVICE),
            id=entry.match("id", SLUG),
            published=entry.time("published"),
            headline=entry.text("headline"),
            language=entry.maybe_language("language"),
        )
        if (other.service, other.id) in {(one.service, one.id) for one in found}:
            entry.fail("id", f"{other.id} stands twice")
        entry.done()
        found.append(other)
    return tuple(found)


def read_permalinks(ours: Fields) -> tuple[str, ...]:
    """Read the addresses a story had before."""
    given = ours.entries("permalinks", most=20, optional=True)
    found: list[str] = []
    for at in range(len(given)):
        found.append(given.match(str(at), _PERMALINK))
        if found[-1] in found[:-1]:
            given.fail(str(at), "stands twice")
    return tuple(found)
