"""Turn a record of the corpus into documents of ours, and edit them.

A record is what the generator prints, one story and its words, and what `extended` adds
to it: later releases, and the translation it is or has.

Source: spec/story-document.md.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

Record = dict[str, Any]

ORGANISATION = "bench.demo.example"
PAPER = "Bench Press"
SUBJECTS = True  # tags in story documents, and on the peer's side
NOTE = "An earlier version of this story gave a figure that was out of date."
ADDED = "The figure was checked again on the day of this correction."

_NAMES = {  # of the sections, in every service alike
    "politics": "Politics",
    "society": "Society",
    "economy": "Economy",
    "war": "War",
    "region": "Region",
    "culture": "Culture",
    "tech": "Technology",
    "investigations": "Investigations",
}
SECTIONS = tuple(_NAMES)
SERVICES = {"be": "ltr", "en": "ltr", "fa": "rtl", "hy": "ltr", "ru": "ltr"}


_LATER = {  # releases after the first, by the story's place in ten: kind and hours
    3: (("update", 2),),
    6: (("correction", 26),),
    9: (("update", 1), ("correction", 30)),
}
_TRANSLATED = 5  # one story of so many, where the next is another service's


def extended(records: Iterable[Record]) -> Iterator[Record]:
    """Give stories their later releases, and make some a translation of the one before.

    Three in ten have more than one release; of about 14 in a hundred there is a
    translation.
    """
    last: Record | None = None
    for number, record in enumerate(records):
        record |= {"source": None, "translations": []}
        record["later"] = [
            {"kind": kind, "time": _after(record["published"], hours)}
            for kind, hours in _LATER.get(number % 10, ())
        ]
        if last is not None:
            if number % _TRANSLATED == 1 and last["service"] != record["service"]:
                record["source"] = _named(last)
                last["translations"] = [_named(record)]
            yield last
        last = record
    if last is not None:
        yield last


def _after(published: str, hours: int) -> str:
    return utc(datetime.fromisoformat(published) + timedelta(hours=hours))


def _named(record: Record) -> Record:
    """Take of a story what another one says of it."""
    return {key: record[key] for key in ("service", "slug", "published", "headline")}


def section_name(section: str) -> str:
    """Name a section as readers see it."""
    return _NAMES[section]


def utc(value: str | datetime) -> str:
    """Write a time in UTC as documents do, whole seconds."""
    time = datetime.fromisoformat(value) if isinstance(value, str) else value
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def address(record: Record) -> str:
    """Give the path of a story's page, the same for us and for a peer."""
    month, day = utc(record["published"])[:7], utc(record["published"])[8:10]
    return f"{record['service']}/a/{month}/{day}/{record['slug']}.html"


def service_document(service: str, direction: str | None = None) -> bytes:
    """Write the service document of one language."""
    return _line(
        {
            "format": "tamizdat-service/1",
            "organisation": PAPER,
            "id": service,
            "name": f"{PAPER} {service}",
            "language": service,
            "direction": direction or SERVICES[service],
            "time_zone": "UTC",
            "calendar": "gregorian",
            "territories": [],
            "bio": None,
            "notice": None,
            "sections": [{"id": id_, "name": name} for id_, name in _NAMES.items()],
        }
    )


def story_document(record: Record, edits: tuple[datetime, ...] = ()) -> bytes:
    """Write the story document of a record, with one correction for each edit."""
    first = utc(record["published"])
    history = [("publish", first)]
    history += [(later["kind"], later["time"]) for later in record["later"]]
    history += [("correction", utc(time)) for time in edits]
    releases = [_release(record, n, *line) for n, line in enumerate(history, 1)]
    return _line(
        {
            "uri": f"tag:{ORGANISATION},2024:{record['service']}/{record['slug']}",
            "type": "text",
            "version": str(len(releases)),
            "language": record["service"],
            "pubStatus": "usable",
            "urgency": None,
            "firstCreated": first,
            "versionCreated": releases[-1]["time"],
            "slugline": None,
            "headlines": [{"role": "main", "value": record["headline"]}],
            "descriptions": [{"role": "summary", "value": record["standfirst"]}],
            "by": record["byline"],
            "associations": [],
            "subjects": [_subject(tag) for tag in record["tags"]] if SUBJECTS else [],
            "tamizdat": _ours(record, releases, len(edits)),
        }
    )


def _subject(tag: str) -> dict[str, str]:
    """Make a tag: words of a corpus are in any script, its path is in Latin."""
    return {"name": tag, "literal": f"t{hashlib.sha256(tag.encode()).hexdigest()[:10]}"}


def paragraphs(record: Record, edits: int = 0) -> list[str]:
    """List a story's paragraphs as they stand after some edits."""
    first, *rest = record["body"]
    return [" ".join([first, *[ADDED] * edits]), *rest]


def _ours(record: Record, releases: list[dict[str, Any]], edits: int) -> dict[str, Any]:
    return {
        "format": "tamizdat-story/1",
        "service": record["service"],
        "id": record["slug"],
        "section": record["section"],
        "breaking": False,
        "dateline": None,
        "body": [
            {"kind": "paragraph", "text": text, "marks": []}
            for text in paragraphs(record, edits)
        ],
        "credit_line": None,
        "bylines": [{"name": record["byline"], "role": None, "bio": None}],
        "lineage": _lineage(record["source"]),
        "translations": [_translation(other) for other in record["translations"]],
        "releases": releases,
    }


def _lineage(source: Record | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        "relation": "translated",
        "service": source["service"],
        "id": source["slug"],
        "release": 1,
        "headline": source["headline"],
        "published": utc(source["published"]),
    }


def _translation(other: Record) -> dict[str, str]:
    return {
        "service": other["service"],
        "id": other["slug"],
        "language": other["service"],
        "published": utc(other["published"]),
    }


def _release(record: Record, number: int, kind: str, time: str) -> dict[str, Any]:
    name = f"{record['service']}/{record['slug']}/{number}"
    seed = hashlib.sha256(name.encode()).digest()
    return {
        "number": number,
        "kind": kind,
        "time": time,
        "note": NOTE if kind == "correction" else None,
        "salt": base64.urlsafe_b64encode(seed[:16]).decode().rstrip("="),
    }


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"
