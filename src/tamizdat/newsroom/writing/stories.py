"""What holds for a story in every service: embargo, and whether it endangers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import get_active_log_context, log

from tamizdat.newsroom.forms import fresh_id
from tamizdat.newsroom.models.articles import Article, Story
from tamizdat.newsroom.models.stories import (
    EMBARGO,
    MARK,
    note_change,
    was_marked,
    written,
)


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
    note_change(story, EMBARGO, before, until, actor)
    _log(page, EMBARGO, {"from": written(before), "to": written(until)}, actor)


def _log(page: Any, what: str, data: dict[str, Any], actor: Any) -> None:
    """Write a change into the history of every page of a story.

    A page that is not saved yet remembers it for `log_remembered`.
    """
    action = f"newsroom.{what}"
    pages = type(page).objects.filter(article__story=page.article.story_id)
    for other in pages.exclude(pk=page.pk):
        log(instance=other, action=action, user=actor, data=data)
    if page.pk:
        log(instance=page, action=action, user=actor, data=data)
    else:
        page.story_changes = [*getattr(page, "story_changes", ()), (action, data)]


def log_remembered(page: Any, actor: Any) -> None:
    """Write down what was said of the story of a page before the page was saved."""
    for action, data in page.__dict__.pop("story_changes", ()):
        log(instance=page, action=action, user=actor, data=data)


def home_of(story: Story) -> Any:
    """Find the service that told a story first; None while nobody tells it.

    Args:
        story: saved.
    """
    rows = story.articles.select_related("service").order_by("pk")
    services = [row.service for row in rows]
    homes = [one for one in services if one.pk == story.home_id]
    return next(iter(homes or services), None)


@transaction.atomic
def join(page: Any, story: Any) -> None:
    """Make a page's article another version of a story; what held for it holds still.

    Naming a source lifts no embargo and takes no mark off: the story gets the later
    end of two, and the mark of either; that a mark was taken off lately counts there,
    too. The article is not saved.

    Args:
        page: an `ArticlePage` with its article.
        story: of its source.
    """
    before, page.article.story = page.article.story, story
    _settle_home(story, page.article)
    if before.pk == story.pk:
        return
    actor = get_active_log_context().user
    ends = [end for end in (before.embargo, story.embargo) if end]
    set_embargo(page, max(ends, default=None), actor)
    if before.sensitive:
        set_sensitive(page, actor, sensitive=True)
    elif was_marked(before.pk, page.article.released):
        _carry_mark(before, story)


def _carry_mark(before: Story, story: Story) -> None:
    """Note of a story that the mark was taken off another, when it was."""
    last = before.changes.filter(what=MARK).order_by("time").last()
    if last is not None:
        row = note_change(story, MARK, True, story.sensitive, last.actor)  # noqa: FBT003
        row.time = last.time
        row.save(update_fields=["time"])


def _settle_home(story: Story, joining: Article) -> None:
    """Keep who told a story first: whoever joins it may be older."""
    if story.home_id is None:
        first = story.articles.exclude(pk=joining.pk).order_by("pk").first()
        if first is not None:
            story.home_id = first.service_id
            story.save(update_fields=["home"])


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
    note_change(story, MARK, before=not sensitive, after=sensitive, actor=actor)
    if sensitive:
        for article in story.articles.filter(number=0):
            _draw_address(article, page)
    _log(page, MARK, {"sensitive": sensitive}, actor)


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
