"""Write the body of an article, and what it shows, as a story document has them.

Decides the names of associations: of each kind in the order of the text. What is not
complete yet is left out: a draft may be looked at any time.

Source: spec/story-document.md, "Blocks of the body" and "Associations".
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from django.db.models import prefetch_related_objects

from tamizdat.newsroom.blocks import table_rows
from tamizdat.newsroom.darkroom.words import told
from tamizdat.newsroom.exhibits import seconds_of
from tamizdat.newsroom.models import Attachment, Picture
from tamizdat.newsroom.pictures import SQUARE, WHOLE, WIDE
from tamizdat.newsroom.renditions import renditions
from tamizdat.newsroom.richtext import paragraphs, plain

Document = dict[str, Any]


class Shown:
    """What an article shows, as associations, in the order in which it is named.

    Args:
        language: of the service, whose words of a picture stand where none are typed;
            a passage in it is none of another language.
    """

    def __init__(self, language: str = "") -> None:
        self._language = language
        self._entries: list[Document] = []
        self._cuts: list[tuple[Document, Picture, str, Any]] = []  # shape, words
        self._files: list[tuple[Document, Attachment]] = []
        self._counts: dict[str, int] = {}

    def foreign(self, marks: list[Document]) -> list[Document]:
        """Leave out of marks what names the language of the article itself."""
        own = self._language
        return [m for m in marks if not own or m.get("language") != own]

    def spoken(self, value: Mapping[str, Any]) -> Document:
        """Name the language of a list or a table, where it is another one."""
        language = value["language"]
        other = language and language != self._language
        return {"language": language} if other else {}

    def associations(self) -> list[Document]:
        """Give what was added, with its files: one question for all of a sort.

        Raises:
            PictureError: the stored original of one cannot be opened.
        """
        pictures = [picture for _entry, picture, *_rest in self._cuts]
        prefetch_related_objects(pictures, "sizes", "words")
        prefetch_related_objects([one for _entry, one in self._files], "files")
        for entry, picture, shape, words in self._cuts:
            said = told(picture, self._language, words)
            if bearer := words.get("bearer"):  # a portrait's: it has no caption
                said |= {"caption": "", "alt": said["alt"] or bearer}
            rows = [row.document() for row in renditions(picture, shape)]
            own = {**entry, "renditions": [*rows, *entry["renditions"]]}
            entry.update(_pictured(picture, said) | own)
        for entry, one in self._files:
            entry["renditions"] = [
                file.document() for file in one.files.all() if not file.old
            ]
        self._cuts, self._files = [], []
        return self._entries

    def _name(self, letter: str) -> str:
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return f"{letter}{self._counts[letter]}"

    def picture(
        self, picture: Picture, words: Document, name: str = "", shape: str = WHOLE
    ) -> str:
        """Add a picture.

        Args:
            picture: of the newsroom's store.
            words: caption, alt, credit and terms, each may be missing.
            name: of the association; "" draws the next one.
            shape: how it is cut.

        Returns:
            The name of the association.
        """
        name = name or self._name("p")
        self._add({"name": name}, picture, shape, words)
        return name

    def _add(self, entry: Document, picture: Picture, shape: str, words: Any) -> None:
        entry.setdefault("renditions", [])
        self._entries.append(entry)
        self._cuts.append((entry, picture, shape, words))

    def video(self, value: Any) -> str:
        """Add where a video stands, with its poster."""
        name, href = self._name("v"), value["href"].strip()
        page = {
            "name": "page",
            "href": href,
            "contentType": "text/html",
            "duration": seconds_of(value["length"].strip()),
        }
        entry = {"name": name, "type": "video", "uri": href, "renditions": [page]}
        self._add(entry, value["poster"], WIDE, value)
        return name

    def attachment(self, attachment: Attachment, caption: str = "") -> str:
        """Add a sound or a document."""
        is_sound = attachment.kind == "audio"
        name = self._name("a" if is_sound else "d")
        entry: Document = {
            "name": name,
            "type": "audio" if is_sound else "text",
            "uri": f"sha256:{attachment.digest}",
            "by": plain(attachment.credit),
            "headlines": by_role(main=attachment.title),
            "renditions": [],
        }
        said = [_said(text) for text in attachment.transcript.split("\n\n")]
        some = {
            "usageTerms": plain(attachment.terms),
            "descriptions": by_role(caption=caption),
            "bodies": [one for one in said if one],
        }
        entry |= {key: value for key, value in some.items() if value}
        self._entries.append(entry)
        self._files.append((entry, attachment))
        return name

    def portrait(self, picture: Picture, bearer: str, at: int) -> Document:
        """Add both cuts of a portrait. `at`: the number of its byline, from 1."""
        words = {"bearer": bearer}
        cuts = {"wide": WIDE, "square": SQUARE}
        return {
            key: self.picture(picture, words, f"b{at}-{key}", shape)
            for key, shape in cuts.items()
        }


def by_role(**texts: str) -> list[dict[str, str]]:
    """Write texts by their roles; an empty one is left out."""
    cleaned = ((role, plain(text)) for role, text in texts.items())
    return [{"role": role, "value": text} for role, text in cleaned if text]


def _said(text: str) -> Document | None:
    value = plain(text)
    return {"role": "transcript", "value": value} if value else None


def _pictured(picture: Picture, words: Mapping[str, str]) -> Document:
    entry = {
        "uri": f"sha256:{digest_of(picture)}",
        "type": "picture",
        "by": plain(words["credit"]),
        "descriptions": by_role(caption=words["caption"], alt=words["alt"]),
    }
    terms = plain(words["terms"])
    return entry | ({"usageTerms": terms} if terms else {})


def digest_of(picture: Picture) -> str:
    """Say by which hash documents know the original of a picture: hex."""
    if picture.digest:
        return str(picture.digest)
    with picture.open_file() as file:
        return hashlib.sha256(file.read()).hexdigest()


def body_of(stream: Iterable[Any], shown: Shown) -> list[Document]:
    """Write the blocks of a stream, and add to `shown` what they show."""
    parts = (_PARTS[block.block_type](block.value, shown) for block in stream)
    return [part for some in parts for part in some]


def posts_of(stream: Iterable[Any], shown: Shown) -> list[Document]:
    """Write the posts of a live story, the newest first."""
    dated = [post for post in stream if post.value.get("time")]
    dated.sort(key=lambda post: post.value["time"], reverse=True)
    posts = [_post(post, body_of(post.value["body"], shown)) for post in dated]
    return [post for post in posts if post["body"]]


def _post(post: Any, body: list[Document]) -> Document:
    time = post.value["time"].astimezone(UTC)
    return {
        "kind": "post",
        "id": post.id,
        "time": f"{time:%Y-%m-%dT%H:%M:%SZ}",
        "headline": plain(post.value["headline"]),
        "by": plain(post.value["by"]),
        "body": body,
    }


Parts = Iterator[Document]


def _paragraphs(value: Any, shown: Shown) -> Parts:
    for found in paragraphs(value.source):
        yield found | {"marks": shown.foreign(found["marks"])}


def _phrase(kind: str) -> Callable[[Any, Shown], Parts]:
    def part(value: Any, shown: Shown) -> Parts:
        for found in paragraphs(value.source):
            marks = shown.foreign(found["marks"])
            said = {"marks": marks} if marks else {}
            yield {"kind": kind, "text": found["text"], **said}

    return part


def _list(value: Any, shown: Shown) -> Parts:
    items = [item for item in map(plain, value["items"]) if item]
    if items:
        yield {"kind": "list", "items": items, **shown.spoken(value)}


def _table(value: Any, shown: Shown) -> Parts:
    rows = [[plain(cell) for cell in row] for row in table_rows(value["rows"])]
    if rows:
        yield {"kind": "table", "rows": rows, **shown.spoken(value)}


def _picture(value: Any, shown: Shown) -> Parts:
    if value["picture"]:
        yield {"kind": "picture", "name": shown.picture(value["picture"], value)}


def _gallery(value: Any, shown: Shown) -> Parts:
    some = [one for one in value["pictures"] if one["picture"]]
    names = [shown.picture(one["picture"], one) for one in some]
    if names:
        yield {"kind": "gallery", "names": names, "title": plain(value["title"])}


def _sound(value: Any, shown: Shown) -> Parts:
    if value["sound"] and not value["sound"].empty:
        name = shown.attachment(value["sound"], value["caption"] or "")
        yield {"kind": "audio", "name": name}


def _video(value: Any, shown: Shown) -> Parts:
    if value["poster"] and value["href"] and value["length"]:
        yield {"kind": "video", "name": shown.video(value)}


def _paper(value: Any, shown: Shown) -> Parts:
    if value["paper"]:
        yield {"kind": "document", "name": shown.attachment(value["paper"])}


def _box(value: Any, shown: Shown) -> Parts:
    body = body_of(value["body"], shown)
    if body:
        yield {"kind": "box", "title": plain(value["title"]), "body": body}


def _embed(value: Any, _shown: Shown) -> Parts:
    text = plain(value["text"])
    if text and value["href"]:
        yield {
            "kind": "embed",
            "href": value["href"].strip(),
            "text": text,
            "source": plain(value["source"]),
        }


_PARTS: dict[str, Callable[[Any, Shown], Parts]] = {
    "paragraph": _paragraphs,
    "subhead": _phrase("subhead"),
    "quote": _phrase("quote"),
    "list": _list,
    "table": _table,
    "picture": _picture,
    "gallery": _gallery,
    "audio": _sound,
    "video": _video,
    "document": _paper,
    "box": _box,
    "embed": _embed,
}
