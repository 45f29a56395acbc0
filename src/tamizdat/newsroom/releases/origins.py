"""Keep what each article was made from, also where its newest release says otherwise.

Words stay in a text, and in older releases, when another source is named for it. So a
link ends with the words: with a withdrawal, or, of what only the draft of a released
article says, with that draft. Only a release moves a released article to another story.

Source: docs/decisions/0076-links-outlive-their-naming.md.
"""

from typing import Any

from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import ObstacleError
from tamizdat.newsroom.models import Article, Origin, Release
from tamizdat.newsroom.obstacles import Obstacle
from tamizdat.newsroom.writing import stories


def note(release: Release, source: Article | None) -> None:
    """Note what a new release was made from; a withdrawal leaves no word of anything.

    Args:
        release: saved, with its article.
        source: what it says it was made from, if anything.
    """
    if release.kind == "withdrawal":
        release.article.origins.all().delete()
    elif source is not None:
        Origin.objects.update_or_create(
            article=release.article, source=source, defaults={"of_draft": False}
        )


def note_draft(article: Article, source: Article | None) -> None:
    """Note what a draft was made from.

    Of an article that was never released every source counts for good: its text may
    have begun as theirs.

    Args:
        article: that is saved.
        source: what its draft says it is made from, if anything.
    """
    is_released = article.number > 0
    if is_released:
        dropped = article.origins.filter(of_draft=True)
        dropped.exclude(source__in=[source.pk] if source else []).delete()
    if source is not None:
        Origin.objects.get_or_create(
            article=article, source=source, defaults={"of_draft": is_released}
        )


def move(page: Any, actor: Any, kind: str) -> None:
    """Let an article that is released tell the story of its source from now on.

    Args:
        page: an `ArticlePage` as it goes out.
        actor: the account that publishes.
        kind: of the release.

    Raises:
        ObstacleError: its service tells that story already.
    """
    article, source = page.article, page.source
    if source is None or page.relation == "original" or kind == "withdrawal":
        return
    if source.story_id == article.story_id:
        return
    others = Article.objects.filter(service=article.service_id, story=source.story_id)
    if others.exists():
        if article.source_id == source.pk:
            return  # the source went there after this article followed it
        said = Obstacle(_("This service tells that story already."), "source")
        raise ObstacleError(page, actor, kind, [said])
    stories.join(page, source.story)
    article.save(update_fields=["story"])
