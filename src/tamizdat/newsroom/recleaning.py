"""Clean kept sounds and documents again, by the rules of a newer version.

A file that comes out otherwise takes the place of the older one with the next release
of each story; the older one is kept while living releases name it, as sizes of
pictures are. One that is not taken any more stays as it is, and no story can be
released with it.

Safe to be stopped: each file is a transaction of its own, and what was cleaned by the
rules of now is not looked at again.

Source: docs/decisions/0071-files-are-cleaned-again.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from tamizdat.edition.media import AUDIO_TYPES, DOCUMENT_TYPES
from tamizdat.newsroom.attachments import RULES, keep_file, why_refused
from tamizdat.newsroom.cleaning import Cleaned
from tamizdat.newsroom.darkroom import cell
from tamizdat.newsroom.errors import AttachmentError, kept_words
from tamizdat.newsroom.models import Attachment, AttachmentFile, Release
from tamizdat.newsroom.renditions import files_of, rendition_path

if TYPE_CHECKING:
    from django.db.models import QuerySet

SAME, CHANGED, REFUSED, MISSING = "same", "changed", "refused", "missing"
_ENDINGS = {**AUDIO_TYPES, **DOCUMENT_TYPES}
_AT_ONCE = 2_000  # releases read together


@dataclass(frozen=True)
class Left:
    """A sound or a document about which people have something to do.

    Attributes:
        what: CHANGED: readers have an older file. REFUSED: it is taken no more.
        why: of what is refused, in words; else "".
        stories: "service/address" of those whose readers have it, sorted.
    """

    attachment: Attachment
    what: str
    why: str
    stories: list[str]


def waiting() -> int:
    """Count what was not cleaned by the rules of now."""
    return _older().count()


def _older() -> "QuerySet[Attachment]":
    found = Attachment.objects.none()
    for kind, rules in RULES.items():
        kept = Attachment.objects.filter(kind=kind, empty=False)
        found |= kept.exclude(cleaning=rules)
    return found


def clean_again() -> Iterator[tuple[Attachment, str]]:
    """Clean what was not cleaned by the rules of now.

    Yields:
        Each, and what became of it: SAME, CHANGED, REFUSED or MISSING.
    """
    for key in list(_older().order_by("pk").values_list("pk", flat=True)):
        attachment = Attachment.objects.filter(pk=key).first()
        if attachment is not None:
            yield attachment, _clean(attachment)


def _clean(attachment: Attachment) -> str:
    files = attachment.files.filter(old=False)
    results = [_file(attachment, file) for file in files]
    worst = (MISSING, REFUSED, CHANGED, SAME)
    result = min(results or [MISSING], key=worst.index)
    if result == MISSING:
        return MISSING  # a backup may bring it back: it is looked at again
    if result != REFUSED:
        attachment.refused = None
    attachment.cleaning = RULES[attachment.kind]
    attachment.save(update_fields=["refused", "cleaning"])
    return result


@transaction.atomic
def _file(attachment: Attachment, file: AttachmentFile) -> str:
    path = rendition_path(file.sha256)
    if not path.is_file():
        return MISSING
    before = path.read_bytes()
    try:
        name = f"file.{_ENDINGS[file.type]}"
        cleaned = cell.clean_file(attachment.kind, before, name, behind=True)
        _refuse_unseen(attachment, cleaned)
    except AttachmentError as error:
        attachment.refused = kept_words(error)
        return REFUSED
    if cleaned.data == before:
        return SAME
    keep_file(attachment, cleaned)
    AttachmentFile.objects.filter(pk=file.pk).update(old=True)
    return CHANGED


def _refuse_unseen(attachment: Attachment, cleaned: Cleaned) -> None:
    """Refuse a document with words that no page shows, and nobody was told of."""
    count = cleaned.unseen.count
    if count > attachment.unseen:
        raise AttachmentError(
            "its pages do not show %(count)d of its words: look at what they are by "
            "bringing it in again",
            count=count,
        )


def left() -> list[Left]:
    """List what people have to do, whenever it was found."""
    old = AttachmentFile.objects.filter(old=True).select_related("attachment__service")
    changed = {one.sha256: one.attachment for one in old}
    bad = Attachment.objects.filter(refused__isnull=False).select_related("service")
    refused = list(bad.prefetch_related("files"))
    files = {one.sha256 for each in refused for one in each.files.all()}
    shown = _shown({*changed, *files})
    found = [
        Left(one, REFUSED, why_refused(one), sorted(_stories(one, shown)))
        for one in refused
    ]
    for sha256, one in changed.items():
        if stories := shown.get(sha256):
            found.append(Left(one, CHANGED, "", sorted(stories)))
    return found


def _stories(one: Attachment, shown: dict[str, set[str]]) -> set[str]:
    return {name for file in one.files.all() for name in shown.get(file.sha256, ())}


def _shown(files: Iterable[str]) -> dict[str, set[str]]:
    """Find the stories whose newest release names one of some files."""
    asked = set(files)
    found: dict[str, set[str]] = {}
    if not asked:
        return found
    newest = Release.objects.filter(number=F("article__number"), erased=None)
    texts = newest.annotate(text=Cast("content", TextField())).order_by()
    rows: Any = texts.values_list("text", "pk").iterator(_AT_ONCE)
    keys = [key for text, key in rows if any(sha256 in text for sha256 in asked)]
    some = Release.objects.filter(pk__in=keys).select_related("article__service")
    for release in some:
        name = f"{release.article.service.service_id}/{release.article.address}"
        for sha256 in asked.intersection(files_of(release.content)):
            found.setdefault(sha256, set()).add(name)
    return found
