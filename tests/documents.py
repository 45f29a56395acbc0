"""Frozen documents for tests: one service, stories as many as asked."""

import base64
import copy
import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tamizdat.edition.changes import freeze

FIRST = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def service(name: str = "en", **other: Any) -> dict[str, Any]:
    """Make a service document; `other` replaces fields."""
    document = {
        "format": "tamizdat-service/1",
        "organisation": "Press",
        "id": name,
        "name": f"Press {name}",
        "language": name,
        "direction": "rtl" if name == "fa" else "ltr",
        "time_zone": "UTC",
        "calendar": "gregorian",
        "territories": [],
        "bio": "Press reports what is kept from its readers.",
        "notice": {
            "designation": "Press has been declared undesirable.",
            "paragraphs": ["Sharing this may be punished."],
            "more": "To find out more, read here.",
        },
        "sections": [
            {"id": "society", "name": "Society"},
            {"id": "law", "name": "Law"},
        ],
    }
    return {**document, **other}


def salt(*parts: Any) -> str:
    """Make a salt out of what it is for, so that runs repeat."""
    digest = hashlib.sha256(repr(parts).encode()).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def release(
    number: int, kind: str, time: datetime, note: str | None, of: str = ""
) -> dict[str, Any]:
    """Make one line of the ledger of a story, whose `uri` makes its salts its own."""
    return {
        "number": number,
        "kind": kind,
        "time": f"{time:%Y-%m-%dT%H:%M:%SZ}",
        "note": note,
        "salt": salt(number, kind, time, of),
    }


def story(number: int = 1, name: str = "en", **ours: Any) -> dict[str, Any]:
    """Make a story document at its first release; `ours` replaces its own fields."""
    time = FIRST + timedelta(minutes=number)
    uri = f"tag:press.example,2026:{name}/story-{number}"
    return {
        "uri": uri,
        "type": "text",
        "version": "1",
        "language": name,
        "pubStatus": "usable",
        "urgency": 5,
        "firstCreated": f"{time:%Y-%m-%dT%H:%M:%SZ}",
        "versionCreated": f"{time:%Y-%m-%dT%H:%M:%SZ}",
        "slugline": "STORY",
        "headlines": [{"role": "main", "value": f"Headline {number}"}],
        "descriptions": [{"role": "summary", "value": f"Standfirst {number}"}],
        "by": "Press",
        "associations": [],
        "tamizdat": {
            **_of_ours(number, name),
            "releases": [release(1, "publish", time, None, uri)],
            **ours,
        },
    }


def _of_ours(number: int, name: str) -> dict[str, Any]:
    return {
        "format": "tamizdat-story/1",
        "service": name,
        "id": f"story-{number}",
        "section": "society",
        "breaking": False,
        "dateline": None,
        "body": [{"kind": "paragraph", "text": f"Text of story {number}."}],
        "credit_line": None,
        "bylines": [{"name": "Press", "role": None, "bio": None}],
        "lineage": None,
        "translations": [],
    }


def changed(
    document: dict[str, Any],
    headline: str,
    kind: str = "update",
    note: str | None = None,
) -> dict[str, Any]:
    """Release a document again with another headline."""
    again = copy.deepcopy(document)
    ledger = again["tamizdat"]["releases"]
    time = FIRST + timedelta(days=len(ledger))
    ledger.append(release(len(ledger) + 1, kind, time, note, again["uri"]))
    again["headlines"][0]["value"] = headline
    again["version"] = str(len(ledger))
    again["versionCreated"] = ledger[-1]["time"]
    return again


def compared(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Tell in a document what its newest release changed of the one before."""
    told = copy.deepcopy(after)
    told["tamizdat"]["releases"][-1]["changes"] = freeze(_texts(before), _texts(after))
    return told


def _texts(document: dict[str, Any]) -> dict[str, str]:
    return {
        "headline": document["headlines"][0]["value"],
        "standfirst": document["descriptions"][0]["value"],
        "body": "\n".join(block["text"] for block in document["tamizdat"]["body"]),
    }


def line(document: Any) -> bytes:
    """Write a document as a line of a content file."""
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


def write(path: Path, documents: Iterable[Any]) -> Path:
    """Write a content file."""
    path.write_bytes(b"".join(line(document) for document in documents))
    return path
