"""Find the stories that show a picture, and bring the new file into all of them.

A story gets what the row of the picture has now with its next release. Here is asked
for such a release: what readers have, with the newer picture, beside any draft.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from tamizdat.newsroom.darkroom import covering
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Picture,
    Rendition,
    Showing,
)
from tamizdat.newsroom.renditions import files_of, focus_key, named
from tamizdat.newsroom.rights import may, reads_draft
from tamizdat.newsroom.turns import take_turn

KIND = "minor"  # the words stay what they are


@dataclass(frozen=True)
class Use:
    """A story that shows a picture.

    Attributes:
        page: where it is worked on, None where nobody opened it.
        old: readers have the picture as it was before.
        gone: readers had it, and have it no more.
        past: its living releases name files that a redaction would take back.
        endangers: so they do, and one of these may show who must not be recognised.
        draft: readers never had it.
    """

    article: Article
    page: ArticlePage | None
    old: bool = False
    gone: bool = False
    past: bool = False
    endangers: bool = False
    draft: bool = False


def uses(picture: Picture) -> list[Use]:
    """List the stories that show a picture, those of readers first."""
    had = Article.objects.filter(ever_shown__picture=picture)
    some = had.select_related("service", "page").order_by("-released")
    found = sorted(_of_readers(picture, some), key=lambda one: one.gone)
    drafts = ArticlePage.objects.filter(pk__in=_referring(picture))
    found += [
        Use(page.article, page, draft=True)
        for page in drafts.exclude(article__in=had).select_related("article__service")
    ]
    return found


def _of_readers(picture: Picture, some: Iterable[Article]) -> Iterator[Use]:
    """Say of stories that ever showed a picture what readers can get of it."""
    shown = set(picture.showings.values_list("article", flat=True))
    old, endangers = _old_files(picture), covering.endangers(picture)
    is_open = picture.depicts_source and not picture.is_checked
    for article in some:
        gone = article.pk not in shown
        before = bool(old) and not old.isdisjoint(named(article.releases.all()))
        yield Use(
            article,
            getattr(article, "page", None),
            old=not gone and before and _shows(article, old),
            gone=gone,
            past=gone or before,
            endangers=endangers and (before or (gone and is_open)),
        )


def unseen(rows: Iterable[Showing]) -> Iterator[tuple[Showing, bool]]:
    """Choose where readers have a picture of a source as nobody has looked at it.

    Args:
        rows: of pictures that show a source.

    Yields:
        A row, and whether somebody has looked at a newer file.
    """
    for row in rows:
        checked = row.picture.is_checked
        if not checked or _shows(row.article, _old_files(row.picture)):
            yield row, checked


def _referring(picture: Picture) -> list[int]:
    index = ReferenceIndex.get_references_to(picture).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return [int(key) for key in index.values_list("object_id", flat=True)]


def _old_files(picture: Picture) -> set[str]:
    """List the sizes that were made of it before it was replaced, covered, recut."""
    now = {"master": picture.file_hash, "focus": focus_key(picture)}
    sizes = Rendition.objects.filter(picture=picture)
    kept = set(sizes.filter(**now).values_list("sha256", flat=True))
    return set(sizes.values_list("sha256", flat=True)) - kept


def _shows(article: Article, files: set[str]) -> bool:
    if not files:
        return False
    return not files.isdisjoint(files_of(article.newest_release.content))


def release_everywhere(some: Iterable[Use], actor: Any) -> Iterator[tuple[Use, str]]:
    """Release each story that shows the picture as it was, with the one it is now.

    It is held as any release is.

    Args:
        some: stories.
        actor: the account that asks for it.

    Yields:
        Each story, with why it was not released; "" where it was.
    """
    for one in some:
        if not one.old:
            continue
        try:
            _release(one, actor)
        except (NewsroomError, ValidationError) as error:
            yield one, " ".join(getattr(error, "messages", [str(error)]))
        else:
            yield one, ""


@transaction.atomic
def _release(one: Use, actor: Any) -> None:
    # Verbs know of pictures, so that they are asked for here and not above.
    from tamizdat.newsroom.actions import intend  # noqa: PLC0415
    from tamizdat.newsroom.releases import holds  # noqa: PLC0415
    from tamizdat.newsroom.releases.beside import set_aside  # noqa: PLC0415
    from tamizdat.newsroom.writing.opening import open_article  # noqa: PLC0415

    page = one.page or open_article(one.article, actor)
    take_turn(page.pk)
    published = ArticlePage.objects.get(pk=page.pk)  # the row is what readers have
    published.go_live_at = None
    intend(published, KIND, "")
    revision = set_aside(published, actor)
    if holds.hold(published, revision, actor, datetime.now(UTC)) is None:
        revision.publish(user=actor, skip_permission_checks=True)  # obstacles say more


def told_to(user: Any, one: Use) -> bool:
    """Say whether an account may read the headline of a story."""
    return not one.draft or reads_draft(user, one.article)


def may_release(user: Any, some: Iterable[Use]) -> bool:
    """Say whether an account could release one of these at least."""
    return any(one.old and may(user, "publish", one.article.service) for one in some)
