"""Take out of the library the files that a redaction or withdrawal took back.

Decides which pictures, sounds and documents go: those that an older text of the
article showed and its newest does not, unless a living release, newest or not, a page
or a person shows them. What stays is told under Tasks. Done by the press that stays
awake: for sounds and documents it reads every living release, which is no work for the
transaction of a release.

Safe if the power fails: what is to go stands in `Erasure.files` until it is gone.

Source: spec/withdrawals.md, docs/decisions/0033-held-erased-followed.md.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, Page, ReferenceIndex

from tamizdat.newsroom.models import (
    Article,
    Attachment,
    AttachmentFile,
    Erasure,
    Person,
    Picture,
    Release,
    Rendition,
)
from tamizdat.newsroom.renditions import files_of, forget_old_sizes, named, unlink

PICTURE, ATTACHMENT = "picture", "attachment"
_AT_ONCE = 2_000  # releases read together


def taken_back(article: Article, release: Release) -> list[str]:
    """List the files that older texts of an article showed and the newest does not.

    Args:
        article: whose older releases are not erased yet.
        release: the redaction or withdrawal.

    Returns:
        SHA-256 in hex, sorted.
    """
    older = article.releases.filter(number__lt=release.number)
    return sorted(named(older) - set(files_of(release.content)))


def take_out() -> None:
    """Take out what is noted, where older texts are erased already."""
    for erasure in Erasure.objects.exclude(files=[]).exclude(done=None).order_by("pk"):
        some = _attachments(erasure)
        of_some = AttachmentFile.objects.filter(attachment__in=some)
        living = _living(of_some.values_list("sha256", flat=True))  # reads for long
        with transaction.atomic():
            kept = [*_take_pictures(erasure), *_take_attachments(some, living)]
            Erasure.objects.filter(pk=erasure.pk).update(files=[], kept=kept)


def _living(files: Iterable[str]) -> set[str]:
    """Find which of some files a living release of any article names."""
    left, found = set(files), set[str]()
    if not left:
        return found
    living = Release.objects.filter(erased=None)
    texts = living.annotate(text=Cast("content", TextField())).order_by()
    for text in texts.values_list("text", flat=True).iterator(_AT_ONCE):
        here = {sha256 for sha256 in left if sha256 in text}
        found |= here
        left -= here
        if not left:
            break
    return found


def _take_pictures(erasure: Erasure) -> Iterator[tuple[str, int]]:
    """Take pictures out; give those that stay."""
    cut = Rendition.objects.filter(picture=OuterRef("pk"), sha256__in=erasure.files)
    for picture in Picture.objects.filter(Exists(cut)).order_by("pk"):
        files = set(picture.sizes.values_list("sha256", flat=True))
        if picture.ever_shown.exists() or _is_referred_to(picture):
            forget_old_sizes(picture)  # a face that was covered since is in them
            yield PICTURE, picture.pk
        else:
            _remove(picture, files)


def _attachments(erasure: Erasure) -> list[Attachment]:
    file = AttachmentFile.objects.filter(
        attachment=OuterRef("pk"), sha256__in=erasure.files
    )
    return list(Attachment.objects.filter(Exists(file)).order_by("pk"))


def _take_attachments(
    some: Iterable[Attachment], living: set[str]
) -> Iterator[tuple[str, int]]:
    """Take sounds and documents out; give those that stay."""
    for attachment in some:
        files = set(attachment.files.values_list("sha256", flat=True))
        if files & living or _is_referred_to(attachment):
            old = attachment.files.filter(old=True).exclude(sha256__in=living)
            gone = set(old.values_list("sha256", flat=True))
            old.delete()
            unlink(gone)
            yield ATTACHMENT, attachment.pk
        else:
            _remove(attachment, files)


def _is_referred_to(thing: Any) -> bool:
    """Say whether a page or a person shows it, released or not."""
    bases = ContentType.objects.get_for_models(Page, Person).values()
    found = ReferenceIndex.get_references_to(thing)
    return bool(found.filter(base_content_type__in=bases).exists())


def _remove(thing: Any, files: set[str]) -> None:
    """Delete a row, its title in the log, and files that no other row keeps."""
    kind = ContentType.objects.get_for_model(thing, for_concrete_model=False)
    logged = ModelLogEntry.objects.filter(content_type=kind, object_id=str(thing.pk))
    logged.update(label="", data={})
    thing.delete()
    unlink(files)
