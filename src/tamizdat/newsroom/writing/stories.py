"""What holds for a story in every service: embargo, and whether it endangers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from tamizdat.newsroom.forms import fresh_id


@transaction.atomic
def set_embargo(page: Any, until: datetime | None, actor: Any) -> None:
    """Set, move or lift the embargo of a page's story, and log it.

    Args:
        page: an `ArticlePage` with its article.
        until: UTC; None lifts it.
        actor: the account that does it.
    """
    story = page.article.story
    before, story.embargo = story.embargo, until
    if before == until:
        return
    story.save(update_fields=["embargo"])
    if page.pk:
        data = {"from": _written(before), "to": _written(until)}
        log(instance=page, action="newsroom.embargo", user=actor, data=data)


def _written(time: datetime | None) -> str:
    return time.isoformat() if time else ""


@transaction.atomic
def join(page: Any, story: Any) -> None:
    """Make a page's article another version of a story; what held for it holds still.

    Naming a source lifts no embargo and takes no mark off: the story gets the later
    end of two, and the mark of either. The article is not saved.

    Args:
        page: an `ArticlePage` with its article.
        story: of its source.
    """
    before, page.article.story = page.article.story, story
    if before.pk == story.pk:
        return
    ends = [end for end in (before.embargo, story.embargo) if end]
    set_embargo(page, max(ends, default=None), None)
    if before.sensitive:
        set_sensitive(page, None, sensitive=True)


@transaction.atomic
def set_sensitive(page: Any, actor: Any, *, sensitive: bool) -> None:
    """Say whether a page's story may endanger someone, and log it.

    Articles of it that were never released get a new address: one that was typed may
    say what the story is about.
    """
    story = page.article.story
    if story.sensitive == sensitive:
        return
    story.sensitive = sensitive
    story.save(update_fields=["sensitive"])
    if sensitive:
        for article in story.articles.filter(number=0):
            _draw_address(article, page)
    if page.pk:
        data = {"sensitive": sensitive}
        log(instance=page, action="newsroom.sensitive", user=actor, data=data)


def _draw_address(article: Any, page: Any) -> None:
    article.address = fresh_id()
    article.save(update_fields=["address"])
    if article.pk == page.article_id:
        page.article.address = page.slug = article.address
        return
    other = getattr(article, "page", None)
    if other is not None:
        other.slug = article.address
        other.save()
