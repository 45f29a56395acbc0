"""Turn blocks of a story document back into what the form's fields of blocks hold.

Decides which picture, sound or document of the newsroom a document names. Files are
found by their hashes. Where the newsroom has them with other words, or only what was
printed of them, a row of its own is made, so that words and files stay what they were.

A picture that was replaced, covered or cut anew since is that picture as it is now:
what it was before must not come back by being opened.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Max
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from tamizdat.newsroom.blocks import spoken, typed_table
from tamizdat.newsroom.bodies import digest_of
from tamizdat.newsroom.darkroom.words import told
from tamizdat.newsroom.errors import OpeningError
from tamizdat.newsroom.exhibits import clock_of
from tamizdat.newsroom.models import (
    ArticlePage,
    Attachment,
    AttachmentFile,
    Picture,
    Rendition,
)
from tamizdat.newsroom.pictures import SQUARE, WHOLE, WIDE
from tamizdat.newsroom.renditions import focus_key, made, rendition_path
from tamizdat.newsroom.richtext import markup

Document = Mapping[str, Any]
_HASH = "sha256:"
_AS_ORIGINAL = ("image/jpeg", "image/webp", "image/avif")  # what opens everywhere first
_ENDINGS = {"image/jpeg": "jpg", "image/webp": "webp", "image/avif": "avif"}


class Store:
    """What a document shows, as things of the newsroom.

    Args:
        associations: of the document.
        service: to which what has to be made belongs; None for no one's.
    """

    def __init__(self, associations: Iterable[Document], service: Any = None) -> None:
        self._service = service
        self._named = {one["name"]: one for one in associations}

    def __contains__(self, name: str) -> bool:
        return name in self._named

    def picture(self, name: str, shape: str = WHOLE) -> dict[str, Any]:
        """Give a picture with its words, as a block of the form has them.

        Raises:
            OpeningError: its files are not here.
        """
        entry = self._named[name]
        said = _said(entry)
        words = {
            "caption": said.get("caption", ""),
            "alt": said.get("alt", ""),
            "credit": entry.get("by") or "",
            "terms": entry.get("usageTerms") or "",
        }
        cut = {shape: entry}
        picture = _find_picture(entry, cut)
        if picture is None and (picture := _find_changed(cut)):
            words = self._renewed(picture, words)
        return {"picture": picture or _make_picture(cut), **words}

    def _renewed(self, picture: Picture, words: dict[str, str]) -> dict[str, str]:
        """Leave to a picture that is another now what it says of itself."""
        language = self._service.language if self._service else ""
        own = told(picture, language, {})
        return {key: "" if own[key] else text for key, text in words.items()}

    def portrait(self, names: Document) -> Picture:
        """Give the picture of which both cuts of a portrait were made."""
        shapes = {"wide": WIDE, "square": SQUARE}
        cuts = {shapes[key]: self._named[name] for key, name in names.items() if name}
        entry = next(iter(cuts.values()))
        found = _find_picture(entry, cuts) or _find_changed(cuts)
        return found or _make_picture(cuts)

    def video(self, name: str) -> dict[str, Any]:
        """Give where a video stands, as a block of the form has it."""
        entry = self._named[name]
        page = next(row for row in entry["renditions"] if row["name"] == "page")
        rows = [row for row in entry["renditions"] if row is not page]
        poster = {**entry, "renditions": rows, "uri": ""}  # a poster's is not told
        self._named[f"{name} poster"] = poster
        words = self.picture(f"{name} poster", WIDE)
        words["poster"] = words.pop("picture")
        length = clock_of(page["duration"])
        return {**words, "href": page["href"], "length": length}

    def attachment(self, name: str) -> tuple[Attachment, str]:
        """Give a sound or a document, and its caption."""
        entry = self._named[name]
        caption = _said(entry).get("caption", "")
        wanted = _attachment(entry)
        wanted.service = self._service
        files = [_file(row) for row in entry["renditions"]]
        return _find_attachment(wanted, files) or _keep(wanted, files), caption


def _said(entry: Document) -> dict[str, str]:
    return {row["role"]: row["value"] for row in entry.get("descriptions") or ()}


def _find_picture(entry: Document, cuts: Mapping[str, Document]) -> Picture | None:
    """Find a picture of which exactly these files were made, for its present focus."""
    rows = list(entry["renditions"])
    if not rows:
        return None
    sha256 = str(rows[0]["href"]).removeprefix(_HASH)
    for row in Rendition.objects.filter(sha256=sha256).select_related("picture"):
        picture: Picture = row.picture
        if not _says_more(picture, entry) and all(
            _has(picture, s, c) for s, c in cuts.items()
        ):
            return picture
    return None


def _find_changed(cuts: Mapping[str, Document]) -> Picture | None:
    """Find a picture of which these files were made before it became another."""
    files = {row["href"] for cut in cuts.values() for row in cut["renditions"]}
    hashes = {href.removeprefix(_HASH) for href in files}
    some = Picture.objects.filter(sizes__sha256__in=hashes).distinct().order_by("pk")
    for picture in some.prefetch_related("sizes"):
        rows = [row for row in picture.sizes.all() if row.sha256 in hashes]
        now = (picture.file_hash, focus_key(picture))
        if hashes == {row.sha256 for row in rows} and not any(
            (row.master, row.focus) == now for row in rows
        ):
            found: Picture = picture
            return found
    return None


def _says_more(picture: Picture, entry: Document) -> bool:
    """Say whether the words kept of a picture would stand where a document has none."""
    credits_ = any((picture.credit, *picture.words.values_list("credit", flat=True)))
    return bool(credits_ and not entry.get("by")) or bool(
        picture.terms and not entry.get("usageTerms")
    )


def _has(picture: Picture, shape: str, entry: Document) -> bool:
    ours = [row.document() for row in made(picture, shape)]
    same_files = _files(ours) == _files(entry["renditions"])
    return same_files and entry["uri"] in ("", _HASH + digest_of(picture))


def _files(rows: Iterable[Document]) -> set[tuple[Any, ...]]:
    return {
        (row["href"], row["contentType"], row["width"], row["height"]) for row in rows
    }


def _make_picture(cuts: Mapping[str, Document]) -> Picture:
    """Keep a picture of which only files of editions are left."""
    entry = next(iter(cuts.values()))
    rows = [row for cut in cuts.values() for row in cut["renditions"]]
    data, ending = _best(entry["name"], rows)
    title = str(_said(entry).get("caption") or entry["name"])
    picture = Picture(title=title[:255])
    picture.digest = entry["uri"].removeprefix(_HASH)
    picture.waits = False  # what editions have of it is all there is
    picture.file = ContentFile(data, name=f"picture.{ending}")
    picture._set_image_file_metadata()  # noqa: SLF001 (Wagtail's forms do the same)
    picture.save()
    Rendition.objects.bulk_create(
        _rendition(picture, shape, row)
        for shape, cut in cuts.items()
        for row in cut["renditions"]
    )
    return picture


def _best(name: str, rows: list[Document]) -> tuple[bytes, str]:
    by_kind = sorted(
        rows, key=lambda row: (_AS_ORIGINAL.index(row["contentType"]), -row["width"])
    )
    for row in by_kind:
        path = rendition_path(row["href"].removeprefix(_HASH))
        if path.is_file():
            return path.read_bytes(), _ENDINGS[row["contentType"]]
    raise OpeningError(f"{name}: no file of this picture is here")


def _rendition(picture: Picture, shape: str, row: Document) -> Rendition:
    return Rendition(
        picture=picture,
        sha256=row["href"].removeprefix(_HASH),
        type=row["contentType"],
        width=row["width"],
        height=row["height"],
        size=row["sizeInBytes"],
        shape=shape,
        master=picture.file_hash,
    )


def _attachment(entry: Document) -> Attachment:
    titles = {row["role"]: row["value"] for row in entry["headlines"]}
    said = [row["value"] for row in entry.get("bodies") or ()]
    return Attachment(
        kind="audio" if entry["type"] == "audio" else "document",
        title=titles["main"],
        credit=entry.get("by") or "",
        terms=entry.get("usageTerms") or "",
        transcript="\n\n".join(said),
        digest=entry["uri"].removeprefix(_HASH),
    )


def _file(row: Document) -> AttachmentFile:
    return AttachmentFile(
        sha256=row["href"].removeprefix(_HASH),
        type=row["contentType"],
        size=row["sizeInBytes"],
        seconds=row.get("duration") or 0,
    )


def _find_attachment(
    wanted: Attachment, files: list[AttachmentFile]
) -> Attachment | None:
    same = ("kind", "title", "credit", "terms", "transcript", "digest")
    found = Attachment.objects.filter(**{key: getattr(wanted, key) for key in same})
    keys = [file.document() for file in files]
    for one in found.prefetch_related("files"):
        every = list(one.files.all())
        now = [file.document() for file in every if not file.old]
        before = [file.document() for file in every if file.old]
        if now == keys or all(key in before for key in keys):
            return one  # as it is now: it was cleaned again since
    return None


def _same(files: list[AttachmentFile]) -> Any:
    """Find rows of the same bytes."""
    hashes = [file.sha256 for file in files]
    return AttachmentFile.objects.filter(sha256__in=hashes, old=False)


def _keep(wanted: Attachment, files: list[AttachmentFile]) -> Attachment:
    for file in files:
        if not rendition_path(file.sha256).is_file():
            raise OpeningError(f"{wanted.title}: its file {file.sha256} is not here")
    # As clean as the file is: no sound is coded twice.
    same = Attachment.objects.filter(refused=None, files__in=_same(files))
    wanted.cleaning = same.aggregate(Max("cleaning"))["cleaning__max"] or 0
    wanted.save()
    for file in files:
        file.attachment = wanted
    AttachmentFile.objects.bulk_create(files)
    return wanted


def stream(blocks: Iterable[Document], store: Store) -> list[tuple[str, Any]]:
    """Turn blocks of a document into what a field of blocks takes."""
    return [(block["kind"], _value(block, store)) for block in blocks]


def posts_stream(posts: Iterable[Document], store: Store) -> StreamValue:
    """Turn posts into what the field of posts holds; their ids stay."""
    field = ArticlePage._meta.get_field("posts")  # noqa: SLF001 (Django's own API)
    rows = [("post", _post(post, store), post["id"]) for post in posts]
    return StreamValue(field.stream_block, rows)


def _post(post: Document, store: Store) -> dict[str, Any]:
    return {
        "time": datetime.fromisoformat(post["time"]),
        "headline": post.get("headline") or "",
        "by": post.get("by") or "",
        "body": stream(post["body"], store),
    }


def _value(block: Document, store: Store) -> Any:
    kind = block["kind"]
    return _VALUES.get(kind, _phrase)(block, store)


def _phrase(block: Document, _store: Store) -> RichText:
    return RichText(markup(block["text"], block.get("marks") or ()))


def _list(block: Document, _store: Store) -> dict[str, Any]:
    return spoken(list(block["items"]), block.get("language"))


def _table(block: Document, _store: Store) -> dict[str, Any]:
    return spoken(typed_table(block["rows"]), block.get("language"))


def _gallery(block: Document, store: Store) -> dict[str, Any]:
    pictures = [store.picture(name) for name in block["names"]]
    return {"title": block.get("title") or "", "pictures": pictures}


def _box(block: Document, store: Store) -> dict[str, Any]:
    return {"title": block.get("title") or "", "body": stream(block["body"], store)}


def _embed(block: Document, _store: Store) -> dict[str, Any]:
    words = {key: block[key] for key in ("href", "text")}
    return words | {"source": block.get("source") or ""}


def _attached(block: Document, store: Store) -> dict[str, Any]:
    found, caption = store.attachment(block["name"])
    if block["kind"] == "audio":
        return {"sound": found, "caption": caption}
    return {"paper": found}


_VALUES: Mapping[str, Callable[[Document, Store], Any]] = {
    "list": _list,
    "table": _table,
    "picture": lambda block, store: store.picture(block["name"]),
    "gallery": _gallery,
    "video": lambda block, store: store.video(block["name"]),
    "box": _box,
    "embed": _embed,
    "audio": _attached,
    "document": _attached,
}
