"""Know which pictures the newest release of each article shows, and those before it.

Kept with every release, so that a picture that has to go is found in every story
without reading the ledger. By the hashes of renditions: they stand in the release.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tamizdat.newsroom.models import Article, EverShown, Release, Rendition, Showing

_HASH = "sha256:"
_AT_ONCE = 2_000  # releases read together


def note(release: Release) -> None:
    """Note what a new release shows, beside those before."""
    if release.number > 1:
        Showing.objects.filter(article=release.article_id).delete()
    _note(release.article_id, release.content, Rendition, Showing, EverShown)


def look_again(article: Article) -> None:
    """Note what the living releases of an article name, after others were erased."""
    EverShown.objects.filter(article=article).delete()
    living = article.releases.filter(erased=None).order_by()
    for content in living.values_list("content", flat=True):
        _note(article.pk, content, Rendition, EverShown)


def note_all(
    article: Any, ledger: Any, rendition: Any, showing: Any, ever: Any = None
) -> None:
    """Note what each release shows; for a newsroom that kept no notes of it.

    Args:
        article: the model of articles, as of any migration.
        ledger: that of releases.
        rendition: that of renditions.
        showing: that of the notes of newest releases.
        ever: that of the notes of every living one; None where there was none yet.
    """
    numbers = dict(article.objects.filter(number__gt=0).values_list("pk", "number"))
    for release in ledger.objects.filter(erased=None).order_by("pk").iterator(_AT_ONCE):
        notes = [ever] if ever else []
        if numbers.get(release.article_id) == release.number:
            notes.append(showing)
        if notes:
            _note(release.article_id, release.content, rendition, *notes)


def _note(
    article: int, content: Mapping[str, Any], rendition: Any, *notes: Any
) -> None:
    files = set(_files(content))
    if not files:
        return
    found = rendition.objects.filter(sha256__in=files).order_by("picture_id")
    keys = list(found.values_list("picture_id", flat=True).distinct())
    for model in notes:
        model.objects.bulk_create(
            (model(article_id=article, picture_id=key) for key in keys),
            ignore_conflicts=True,
        )


def _files(content: Mapping[str, Any]) -> Iterator[str]:
    for entry in content.get("associations", ()):
        if entry["type"] in ("picture", "video"):
            for row in entry["renditions"]:
                yield row["href"].removeprefix(_HASH)
