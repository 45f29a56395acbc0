"""Say why a run leaves a story as it stands here: people have to look at it first."""

from datetime import UTC, datetime

from tamizdat.newsroom.models import Article, ArticlePage, FollowUp


def why_not_touch(article: Article, *, is_as_it_came: bool) -> str | None:
    """Say why nothing is added to a story that is here; None where it is.

    Args:
        article: that may not be saved, where a run only foretells.
        is_as_it_came: its newest release is the one that came in.
    """
    if not is_as_it_came or _is_opened(article):
        return "an editor has opened or changed it here"
    return why_held(article)


def why_not_newer(
    article: Article, *, is_as_it_came: bool, is_newer: bool
) -> str | None:
    """Say why a newer version of a story is not released; None where it is."""
    if not is_as_it_came:
        return "it was changed here since"
    if _is_opened(article):
        return "an editor has opened it here"
    if not is_newer:
        return "the version that is here is not older"
    return why_held(article)


def why_held(article: Article) -> str | None:
    """Say why people have to look before anything more of a story goes out."""
    if article.pk is None:
        return None
    if FollowUp.objects.on(article.pk).exists():
        return "it is held here: words in it may endanger someone"
    story = article.story
    if story.sensitive:
        return "its story may endanger someone: two people sign what goes out"
    if story.embargo is not None and story.embargo > datetime.now(UTC):
        return f"its story is under embargo until {story.embargo:%Y-%m-%dT%H:%M:%SZ}"
    return None


def _is_opened(article: Article) -> bool:
    pages = ArticlePage.objects.filter(article=article.pk)
    return article.pk is not None and bool(pages.exists())
