"""Know which pictures the newest release of each article shows.

Kept with every release, so that a picture that has to go is found in every story
without reading the ledger. By the hashes of renditions: they stand in the release.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tamizdat.newsroom.models import Release, Rendition, Showing

_HASH = "sha256:"
_AT_ONCE = 2_000  # releases read together


def note(release: Release) -> None:
    """Note what a new release shows, in place of the one before."""
    if release.number > 1:
        Showing.objects.filter(article=release.article_id).delete()
    _note(release.article_id, release.content, Rendition, Showing)


def note_all(article: Any, ledger: Any, rendition: Any, showing: Any) -> None:
    """Note what each newest release shows; for a newsroom that kept no notes of it.

    Args:
        article: the model of articles, as of any migration.
        ledger: that of releases.
        rendition: that of renditions.
        showing: that of the notes.
    """
    numbers = dict(article.objects.filter(number__gt=0).values_list("pk", "number"))
    for release in ledger.objects.filter(erased=None).order_by("pk").iterator(_AT_ONCE):
        if numbers.get(release.article_id) == release.number:
            _note(release.article_id, release.content, rendition, showing)


def _note(
    article: int, content: Mapping[str, Any], rendition: Any, showing: Any
) -> None:
    files = set(_files(content))
    if not files:
        return
    found = rendition.objects.filter(sha256__in=files).order_by("picture_id")
    keys = found.values_list("picture_id", flat=True).distinct()
    showing.objects.bulk_create(
        showing(article_id=article, picture_id=key) for key in keys
    )


def _files(content: Mapping[str, Any]) -> Iterator[str]:
    for entry in content.get("associations", ()):
        if entry["type"] in ("picture", "video"):
            for row in entry["renditions"]:
                yield row["href"].removeprefix(_HASH)
