"""Who may bind and free a story: embargo and mark hold in every service."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from newsroom.article_form import form
from newsroom.conftest import staff
from tamizdat.newsroom import actions, signoffs
from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.errors import BreakingError, ObstacleError
from tamizdat.newsroom.front import breaking
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Hold,
    ServicePage,
    StoryChange,
)
from tamizdat.newsroom.writing import stories


def _post(client: Client, page: ArticlePage, **fields: Any) -> Any:
    """Send the form of an article; without `publish`, save a draft."""
    data = form(seen_release=page.article.number, **fields)
    return client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), data)


def _errors(answer: Any) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = answer.context["form"].errors
    return errors


def _hour(hours: float) -> str:
    time = timezone.localtime(timezone.now() + timedelta(hours=hours))
    return f"{time:%Y-%m-%d %H:%M}"


def _add(client: Client, service: ServicePage, **fields: Any) -> Any:
    url = reverse(
        "wagtailadmin_pages:add", args=("newsroom", "articlepage", service.pk)
    )
    return client.post(url, form(**{"relation": "translated", **fields}))


def test_translator_binds_and_frees_no_story_of_another_service(
    client: Client, released: ArticlePage, persian: ServicePage
) -> None:
    """Neither embargo nor mark, by a new form or by linking an article of their own."""
    story = released.article.story
    translator = staff("translator", persian, "translator", "reporter")
    body = [{"kind": "paragraph", "text": "خبر"}]
    own = actions.create_article(persian, "خبر", body, translator, section="society")
    client.force_login(translator)
    typed = {"source": str(released.article_id), "sensitive": "on"}

    answers = [_add(client, persian, **typed, embargo=_hour(99))]
    stories.set_embargo(released, timezone.now() + timedelta(days=7), None)
    typed["embargo"] = _hour(2)
    answers.append(_add(client, persian, **typed))
    answers.append(_post(client, own, relation="translated", **typed))

    for errors in map(_errors, answers):
        assert "publishes in" in errors["embargo"][0], errors
        assert "publishes in" in errors["sensitive"][0]
    story.refresh_from_db()
    assert (False, 6) == (story.sensitive, (story.embargo - timezone.now()).days)
    assert 1 == story.articles.count()


def test_what_an_article_brings_along_binds_nobody_else(
    client: Client, released: ArticlePage, persian: ServicePage
) -> None:
    """An embargo of one's own is no way to stop another service by naming it."""
    chief = staff("chief", persian, "chief-editor")
    client.force_login(chief)
    own = actions.create_article(persian, "خبر", [], chief, section="society")
    _post(client, own, embargo=_hour(99))
    mark = {"relation": "translated", "source": str(released.article_id)}
    answer = _post(client, own, **mark, embargo=_hour(99))

    assert "publishes in" in _errors(answer)["embargo"][0]
    released.article.story.refresh_from_db()
    assert released.article.story.embargo is None


def test_embargo_is_moved_where_the_story_was_told_first_and_always_logged(
    client: Client, released: ArticlePage, persian: ServicePage
) -> None:
    """By whoever publishes there, from any form; what others send changes nothing."""
    chief, other = (
        staff("chief", released.service, "chief-editor"),
        staff("other", persian, "chief-editor"),
    )
    stories.set_embargo(released, timezone.now() + timedelta(days=7), None)
    mark = {"source": str(released.article_id), "title": "خبر"}
    client.force_login(other)
    _add(client, persian, **mark)
    page = ArticlePage.objects.exclude(pk=released.pk).get()
    for typed in ("", _hour(2), _hour(999)):
        _post(client, page, relation="translated", **mark, embargo=typed)
        released.article.story.refresh_from_db()
        assert 7 == (released.article.story.embargo - timezone.now()).days + 1
    chief.groups.add(persian.roles.get(role="editor").group)
    client.force_login(chief)
    Hold.objects.all().delete()
    _post(client, page, relation="translated", **mark, embargo=_hour(2))

    released.article.story.refresh_from_db()
    assert released.article.story.embargo < timezone.now() + timedelta(hours=3)
    entries = PageLogEntry.objects.filter(page=released.pk, action="newsroom.embargo")
    entry = entries.order_by("pk").last()
    assert entry is not None
    assert (chief, True) == (entry.user, entry.data["from"] > entry.data["to"])
    assert [None, chief] == [row.actor for row in StoryChange.objects.all()]


def test_embargo_of_a_new_article_is_in_its_history(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    """It is set before there is a page to write it down for."""
    _add(desk, english, relation="original", embargo=_hour(5))

    entry = PageLogEntry.objects.get(action="newsroom.embargo")
    assert (editor, "") == (entry.user, entry.data["from"])
    assert entry.page_id == ArticlePage.objects.get().pk


def test_reporter_undoes_an_embargo_of_their_own_alone(
    member: Client, english: ServicePage
) -> None:
    """Who set it goes back to what stood before, and no further."""
    _add(member, english, relation="original")
    page = ArticlePage.objects.get()
    story = page.article.story
    _post(member, page, embargo=_hour(5))
    _post(member, page, embargo="")
    story.refresh_from_db()
    assert story.embargo is None
    chief = staff("chief", english, "chief-editor")
    stories.set_embargo(page, timezone.now() + timedelta(hours=5), chief)
    _post(member, page, embargo=_hour(9))
    answer = _post(member, page, embargo=_hour(2))

    assert "publishes in" in _errors(answer)["embargo"][0]
    story.refresh_from_db()
    assert story.embargo > timezone.now() + timedelta(hours=8)


def test_embargo_stops_every_release_but_those_that_take_back(
    released: ArticlePage,
) -> None:
    """No name for a change lets words out that readers do not have."""
    stories.set_embargo(released, timezone.now() + timedelta(days=2), None)
    for kind in ("minor", "update", "correction", "clarification"):
        page = ArticlePage.objects.get()
        page.body = stream_of([{"kind": "paragraph", "text": f"News by {kind}."}])
        with pytest.raises(ObstacleError, match="under embargo until"):
            actions.publish_article(page, None, kind, "We erred.")
    for kind in ("redaction", "withdrawal"):
        page = ArticlePage.objects.get()
        page.body = stream_of([{"kind": "paragraph", "text": "Less."}])
        assert actions.publish_article(page, None, kind, "Danger.") is not None


def test_nothing_breaks_under_embargo_or_alone_where_it_may_endanger(
    released: ArticlePage, editor: Any, second: Any
) -> None:
    """Two people sign the update that lets it break, though its words are out."""
    story, words, now = released.article, "two people sign", timezone.now()
    end = now + timedelta(hours=1)
    stories.set_embargo(released, now + timedelta(days=2), editor)
    with pytest.raises(BreakingError, match="under embargo"):
        breaking.begin(story, editor, end, now)
    with pytest.raises(ObstacleError, match="under embargo"):
        actions.publish_article(_asking(), editor)
    stories.set_embargo(released, None, editor)
    stories.set_sensitive(released, editor, sensitive=True)
    with pytest.raises(BreakingError, match=words):
        breaking.begin(story, editor, end, now)
    with pytest.raises(ObstacleError, match=words):
        actions.publish_article(_asking(), editor)
    assert _breaks() is None

    signoffs.sign(_asking(), second, "update")
    actions.publish_article(_asking(), editor)
    assert _breaks() is not None


def _asking() -> ArticlePage:
    page: ArticlePage = ArticlePage.objects.get()
    page.breaking, page.breaking_hours, page.next_number = True, 2, 2
    page.next_kind = "update"
    return page


def _breaks() -> Any:
    return Article.objects.get().breaking_until
