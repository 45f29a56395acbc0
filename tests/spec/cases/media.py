"""Vectors of what a story shows beside paragraphs: media, boxes, posts, places."""

import copy
import hashlib
from collections.abc import Iterator
from typing import Any

from spec.cases.documents import STORY, changed
from spec.cases.vector import Series, Vector

_READ = Series("story-document", "document.read")
_RECORD = Series("releases", "releases.record")
_ITEMS = Series("pack", "pack.items")

_RESULT: dict[str, Any] = {
    "kind": "story",
    "service": "en",
    "id": "right-to-know",
    "release": 2,
    "subjects": [[s["literal"], s["name"]] for s in STORY["subjects"]],
}


def _hash(name: str) -> str:
    return f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def _picture(name: str, **more: Any) -> dict[str, Any]:
    words = [("caption", f"Caption {name}"), ("alt", f"Alt {name}")]
    return {
        "name": name,
        "uri": _hash(name),
        "type": "picture",
        "by": "Press Example",
        "descriptions": [{"role": role, "value": text} for role, text in words],
        "renditions": [_rendition(name, "image/jpeg", width=320, height=180)],
        **more,
    }


def _rendition(name: str, kind: str, **more: Any) -> dict[str, Any]:
    href = {"href": _hash(name), "contentType": kind, "sizeInBytes": 9}
    return {"name": "one", **href, **more}


_LATER = "2026-11-21T08:00:01Z"  # than the newest release
_VIDEO = "https://video.example/w/77"
_ASSOCIATIONS = [
    _picture("p1", usageTerms="Not for print"),
    _picture("p2"),
    _picture("p3"),
    _picture("face", descriptions=[{"role": "alt", "value": "A face"}]),
    {
        "name": "a1",
        "uri": _hash("a1"),
        "type": "audio",
        "by": None,
        "headlines": [{"role": "main", "value": "The strike, told"}],
        "descriptions": [{"role": "caption", "value": "At the gate"}],
        "bodies": [{"role": "transcript", "value": "We stopped at six."}],
        "renditions": [_rendition("a1", "audio/mpeg", duration=312)],
    },
    {
        "name": "v1",
        "uri": _VIDEO,
        "type": "video",
        "descriptions": _picture("v1")["descriptions"],
        "renditions": [
            _rendition("v1", "image/jpeg", width=320, height=180),
            {
                "name": "page",
                "href": _VIDEO,
                "contentType": "text/html",
                "duration": 95,
            },
        ],
    },
    {
        "name": "d1",
        "uri": _hash("d1"),
        "type": "text",
        "headlines": [{"role": "main", "value": "The ruling"}],
        "renditions": [_rendition("d1", "application/pdf")],
    },
]
_TEXT = {"kind": "paragraph", "text": "A text."}
_EMBED = {"kind": "embed", "href": "https://t.example/1", "text": "A word"}
_POSTS = [
    {
        "kind": "post",
        "id": "second",
        "time": "2026-11-21T08:00:00Z",
        "headline": "Two",
        "by": "A reporter",
        "body": [_TEXT, {"kind": "picture", "name": "p3"}],
    },
    {
        "kind": "post",
        "id": "first",
        "time": "2026-11-20T10:00:00Z",
        "headline": None,
        "by": None,
        "body": [_TEXT],
    },
]
_BODY = [
    {"kind": "picture", "name": "p1"},
    {"kind": "gallery", "names": ["p2", "p1"], "title": "At the gate"},
    {"kind": "audio", "name": "a1"},
    {"kind": "video", "name": "v1"},
    {"kind": "document", "name": "d1"},
    {"kind": "box", "title": "In short", "body": [{"kind": "list", "items": ["x"]}]},
    {**_EMBED, "source": "Telegram"},
    *_POSTS,
]
_PLACE = {"id": "geneva", "name": "Geneva", "territory": "CH-GE"}
_OTHER = {
    "service": "ru",
    "id": "dockers",
    "headline": "Докеры",
    "published": "2026-11-19T09:00:00Z",
    "language": "ru",
}
_BYLINE = {
    "name": "Press Example",
    "role": None,
    "bio": None,
    "kind": "service",
    "portrait": {"wide": None, "square": "face"},
}


def _full() -> dict[str, Any]:
    document = copy.deepcopy(STORY)
    document["associations"] = copy.deepcopy(_ASSOCIATIONS)
    document["tamizdat"] |= {
        "body": copy.deepcopy(_BODY),
        "live": {"state": "live"},
        "sections_also": ["courts"],
        "places": [_PLACE],
        "related": [_OTHER],
        "bylines": [_BYLINE],
    }
    document["tamizdat"]["lineage"]["by"] = "A translator"
    return document


_FULL = _full()


def _files(names: str) -> Iterator[str]:
    yield from (f"rendition {_hash(name)[7:]}" for name in names.split())


def _shown(name: str, *more: str) -> list[str]:
    words = [f"caption Caption {name}", f"alt Alt {name}", *more]
    return [*words, *_files(name)]


_CREDIT = "picture-credit Press Example"
_RECORD_LINES = [
    "tamizdat-record/1",
    "salt c2Vjb25kc2FsdGJ5dGVzMg",
    "article en/right-to-know",
    "release 2 correction 2026-11-21T08:00:00Z",
    "language en",
    "section law",
    "also courts",
    "live live",
    "tag access-to-information Access to information",
    "tag courts Courts",
    "headline Who May Know",
    "standfirst The right is older than the law.",
    "dateline Geneva 2026-11-20",
    "place geneva CH-GE Geneva",
    *("picture", *_shown("p1", _CREDIT, "terms Not for print"), "end"),
    *("gallery", "title At the gate", *_shown("p2", _CREDIT)),
    *(*_shown("p1", _CREDIT, "terms Not for print"), "end"),
    *("audio", "title The strike, told", "caption At the gate"),
    *(f"file {_hash('a1')[7:]} 312", "transcript We stopped at six.", "end"),
    *("video", f"video {_VIDEO} 95", *_shown("v1"), "end"),
    *("document", "title The ruling", f"file {_hash('d1')[7:]}", "end"),
    *("box", "title In short", "- x", "end"),
    *("embed https://t.example/1 A word", "source Telegram"),
    *("post second 2026-11-21T08:00:00Z", "headline Two", "by A reporter"),
    *("p A text.", "picture", *_shown("p3", _CREDIT), "end", "end"),
    *("post first 2026-11-20T10:00:00Z", "p A text.", "end"),
    *("by Press Example", "is service", "portrait square", "alt A face", _CREDIT),
    *_files("face"),
    "related ru/dockers 2026-11-19T09:00:00Z ru Докеры",
    "lineage translated ru/right-to-know 1",
    "translator A translator",
    "note 2 correction An earlier version named another year.",
]
_PACK_LINES = [
    "i picture Caption p1",
    *("u At the gate", "i picture Caption p2", "i picture Caption p1"),
    *("i audio The strike, told", "p We stopped at six."),
    "i video Caption v1",
    "i document The ruling",
    *("u In short", "l x"),
    "p A word · Telegram",
    *("o 2026-11-21T08:00:00Z A reporter", "u Two", "p A text."),
    *("i picture Caption p3", "o 2026-11-20T10:00:00Z -", "p A text."),
]


def vectors() -> Iterator[Vector]:
    """Make every vector of these fields."""
    why = "A story with every block, a place, a related story and a portrait."
    yield _READ.ok("media-story", why, {"document": _FULL}, _RESULT)
    none = changed(_FULL, "tamizdat.body", _BODY[:-2])
    none["associations"] = [a for a in none["associations"] if a["name"] != "p3"]
    for key in ("live", "sections_also", "places", "related"):
        none["tamizdat"][key] = None
    why = "What is not used is null."
    yield _READ.ok("media-null", why, {"document": none}, _RESULT)
    text = "".join(f"{line}\n" for line in _RECORD_LINES)
    digest = hashlib.sha256(text.encode()).hexdigest()
    why = "Words and files of all that is shown stand in the record."
    result = {"record": text, "commitment": digest}
    yield _RECORD.ok("record-of-media", why, {"document": _FULL}, result)
    yield _pack()
    yield from _bad()


def _pack() -> Vector:
    lines = [
        "= right-to-know 1/1 2 - 2026-11-20T09:00:00Z 2026-11-21T08:00:00Z law",
        "h Who May Know",
        "s The right is older than the law.",
        "b Press Example",
        "d 2026-11-20 Geneva",
        *_PACK_LINES,
        "n correction 2026-11-21T08:00:00Z An earlier version named another year.",
    ]
    result = {"items": ["".join(f"{line}\n" for line in lines)]}
    why = "Of what is shown a pack says that it is there."
    return _ITEMS.ok("story-with-media", why, {"document": _FULL}, result)


def _bad() -> Iterator[Vector]:
    for name, path, value, reason in _ODD:
        given = {"document": changed(_FULL, path, value)}
        why = f"Refused: {name.replace('-', ' ')}."
        yield _READ.bad(f"media-{name}", why, given, ("StoryError", reason))


def _itself() -> dict[str, Any]:
    return {**_OTHER, "service": "en", "id": "right-to-know"}


_IN_BODY, _SHOWN, _OURS = "tamizdat.body", "associations", "tamizdat"
_FIRST = f"{_SHOWN}.0"
_NO_ALT = [{"role": "caption", "value": "A court"}]
_NO_CAPTION = [{"role": "alt", "value": "A court"}]
_MIXED = [*_BODY, _TEXT]
_INNER = {"kind": "post", **_POSTS[1], "body": [_POSTS[1]]}
_CUT, _PAGE = f"{_SHOWN}.4.renditions.0", f"{_SHOWN}.5.renditions.1"
_ODD = [
    ("picture-unknown", f"{_IN_BODY}.0.name", "p9", "no picture 'p9'"),
    ("picture-of-a-sound", f"{_IN_BODY}.0.name", "a1", "no picture 'a1'"),
    ("picture-without-alt", f"{_FIRST}.descriptions", _NO_ALT, "one alt"),
    ("picture-no-caption", f"{_FIRST}.descriptions", _NO_CAPTION, "with a caption"),
    ("picture-without-files", f"{_FIRST}.renditions", [], "at least one of image/"),
    ("picture-nothing-shows", f"{_IN_BODY}.7.body", [_TEXT], "story shows 'p3'"),
    ("picture-twice", f"{_SHOWN}.2.name", "p2", "p2 stands twice"),
    ("lead-of-a-sound", f"{_SHOWN}.4.name", "lead", "expected picture"),
    ("name-with-a-dot", f"{_FIRST}.name", "p.1", "expected [a-z0-9]"),
    ("caption-too-long", f"{_FIRST}.descriptions.0.value", "x" * 1001, "at most 1"),
    ("terms-too-long", f"{_FIRST}.usageTerms", "x" * 301, "at most 300"),
    ("type-unknown", f"{_FIRST}.type", "graphic", "expected one of picture"),
    ("gallery-of-nothing", f"{_IN_BODY}.1.names", [], "at least one"),
    ("gallery-of-31", f"{_IN_BODY}.1.names", ["p2"] * 31, "at most 30"),
    ("audio-as-a-wave", f"{_CUT}.contentType", "audio/wav", "mpeg"),
    ("audio-of-no-time", f"{_CUT}.duration", 0, "expected 1 to"),
    ("audio-without-a-title", f"{_SHOWN}.4.headlines", None, "one of role main"),
    ("transcript-as-html", f"{_SHOWN}.4.bodies.0.role", "html", "transcript"),
    ("video-as-a-player", f"{_PAGE}.contentType", "video/mp4", "text/html"),
    ("video-on-http", f"{_PAGE}.href", "http://video.example/", "expected https"),
    ("video-without-a-page", f"{_PAGE}.name", "one", "a poster and one rendition"),
    ("document-as-html", f"{_SHOWN}.6.renditions.0.contentType", "text/html", "pdf"),
    ("box-of-nothing", f"{_IN_BODY}.5.body", [], "at least one block"),
    ("box-with-a-picture", f"{_IN_BODY}.5.body.0", _BODY[0], "one of paragraph"),
    ("embed-on-http", f"{_IN_BODY}.6.href", "http://t.example/1", "expected https"),
    ("embed-without-words", f"{_IN_BODY}.6.text", "", "found an empty one"),
    ("post-in-a-post", f"{_IN_BODY}.7", _INNER, "one of paragraph"),
    ("post-twice", f"{_IN_BODY}.8.id", "second", "second stands twice"),
    ("post-older-first", f"{_IN_BODY}.8.time", _LATER, "the post before"),
    ("post-from-later", f"{_IN_BODY}.7.time", _LATER, "the newest release"),
    ("post-before-a-text", _IN_BODY, _MIXED, "after all other blocks"),
    ("post-without-live", f"{_OURS}.live", None, "expected tamizdat.live"),
    ("post-with-a-long-headline", f"{_IN_BODY}.8.headline", "x" * 301, "at most 300"),
    ("post-without-a-block", f"{_IN_BODY}.8.body", [], "at least one block"),
    ("live-in-another-state", f"{_OURS}.live.state", "paused", "live, ended"),
    ("byline-protected", f"{_OURS}.bylines.0.kind", "protected", "person, service"),
    ("portrait-unknown", f"{_OURS}.bylines.0.portrait.square", "p9", "no picture"),
    ("section-also-twice", f"{_OURS}.sections_also", ["law"], "stands twice"),
    ("sections-also-3", f"{_OURS}.sections_also", ["a", "b", "c"], "at most 2"),
    ("place-without-a-name", f"{_OURS}.places.0.name", None, "found null"),
    ("place-in-lower-case", f"{_OURS}.places.0.territory", "ch", "of ISO 3166"),
    ("place-twice", f"{_OURS}.places", [_PLACE] * 2, "geneva stands twice"),
    ("places-11", f"{_OURS}.places", [_PLACE] * 11, "at most 10"),
    ("related-7", f"{_OURS}.related", [_OTHER] * 7, "at most 6"),
    ("related-twice", f"{_OURS}.related", [_OTHER] * 2, "dockers stands twice"),
    ("related-to-itself", f"{_OURS}.related.0", _itself(), "not related to itself"),
    ("embargo", "embargoedUntil", "2026-12-01T00:00:00Z", "unknown field"),
]  # fmt: skip
