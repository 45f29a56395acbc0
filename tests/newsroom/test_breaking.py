"""Breaking news: who may announce it, when it ends, and what others are offered."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from newsroom.conftest import two_say
from tamizdat.newsroom import actions, schedule
from tamizdat.newsroom.errors import BreakingError, ObstacleError, RightError
from tamizdat.newsroom.front import alarms, breaking, offers
from tamizdat.newsroom.models import Article, ArticlePage, FollowUp, Offer
from tamizdat.newsroom.writing import translating

BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]
HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    """Give the moment of a test, UTC."""
    return datetime.now(UTC)


@pytest.fixture
def story(released: ArticlePage) -> Article:
    """Give a released story in English."""
    article: Article = released.article
    article.refresh_from_db()
    return article


def until(story: Article) -> datetime | None:
    """Tell until when a story breaks."""
    found: datetime | None = Article.objects.get(pk=story.pk).breaking_until
    return found


@pytest.mark.both
def test_it_ends_at_its_hour_and_not_before(
    story: Article, editor: Any, now: datetime
) -> None:
    """Whoever stays awake writes it down; the rows tell who began it."""
    breaking.begin(story, editor, now + 2 * HOUR, now)
    schedule.do_due(now + HOUR)

    assert now + 2 * HOUR == until(story)
    assert now + 2 * HOUR == schedule.next_hour(now)

    schedule.do_due(now + 2 * HOUR)

    assert until(story) is None
    assert schedule.next_hour(now) is None
    assert [(None, None), (editor, now + 2 * HOUR)] == [
        (row.actor, row.until) for row in story.breakings.all()
    ]


def test_it_can_be_ended_by_hand_and_made_longer(
    story: Article, editor: Any, now: datetime
) -> None:
    """An end that is there already ends nothing twice."""
    breaking.begin(story, editor, now + HOUR, now)
    breaking.begin(story, editor, now + 24 * HOUR, now)

    assert now + 24 * HOUR == until(story)
    assert breaking.end(story, editor, now) is not None
    assert breaking.end(story, editor, now) is None
    assert until(story) is None


@pytest.mark.parametrize(
    ("hours", "reason"), [(0, "past"), (-1, "past"), (24.1, "24 hours at most")]
)
def test_hour_that_cannot_be_is_refused(
    story: Article, editor: Any, now: datetime, hours: float, reason: str
) -> None:
    """Nothing breaks in the past, or for longer than a day."""
    with pytest.raises(BreakingError, match=reason):
        breaking.begin(story, editor, now + hours * HOUR, now)

    assert until(story) is None


def test_what_readers_have_not_cannot_break(
    draft: ArticlePage, editor: Any, now: datetime
) -> None:
    """A draft is published first; a story that is taken back breaks nothing."""
    with pytest.raises(BreakingError, match="not released"):
        breaking.begin(draft.article, editor, now + HOUR, now)
    actions.publish_article(draft, editor)
    actions.publish_article(draft, None, "retraction", "Wrong.")
    with pytest.raises(BreakingError, match="taken back"):
        breaking.begin(draft.article, editor, now + HOUR, now)


def test_it_takes_a_right_of_its_own(story: Article, now: datetime) -> None:
    """Nobody announces breaking news, or its end, who may not."""
    nobody = get_user_model().objects.create_user("reporter")
    with pytest.raises(RightError):
        breaking.begin(story, nobody, now + HOUR, now)
    with pytest.raises(RightError):
        breaking.end(story, nobody, now)


def test_draft_asks_for_its_next_release_alone(
    draft: ArticlePage, editor: Any, now: datetime
) -> None:
    """What was asked for one release is not asked for the one after it."""
    draft.breaking, draft.breaking_hours = True, 3
    actions.publish_article(draft, editor)
    end = until(draft.article)

    assert end is not None
    assert abs(now + 3 * HOUR - end) < timedelta(minutes=1)

    breaking.end(draft.article, editor, now)
    draft.title = "Another headline"
    actions.publish_article(draft, editor, "update")

    assert until(draft.article) is None


def test_publishing_the_same_words_can_begin_it(
    released: ArticlePage, editor: Any
) -> None:
    """It says nothing about the words, so it needs no release."""
    released.breaking, released.next_number = True, 2

    assert actions.publish_article(released, editor) is None
    assert until(released.article) is not None


def test_what_is_held_breaks_neither_by_hand_nor_by_publishing_the_same_words(
    released: ArticlePage, persian: Any, editor: Any, now: datetime
) -> None:
    """Its words may endanger someone: first somebody looks, then more people read."""
    other = translating.translate(released.article, persian, editor)
    other.section, other.source_release = persian.sections.first(), 1
    actions.publish_article(other, None)
    actions.publish_article(other, None, "redaction")
    released.refresh_from_db()
    with pytest.raises(BreakingError, match="the words may endanger someone"):
        breaking.begin(released.article, editor, now + HOUR, now)
    released.breaking, released.next_number = True, 2
    with pytest.raises(ObstacleError, match="the words may endanger someone"):
        actions.publish_article(released, editor)
    assert until(released.article) is None
    task = FollowUp.objects.on(released.article_id).get()
    two_say(task.pk, released.service)
    breaking.begin(released.article, editor, now + HOUR, now)

    assert until(released.article) is not None


@pytest.mark.both
def test_every_other_service_gets_one_offer(
    story: Article, persian: Any, editor: Any, now: datetime
) -> None:
    """Making it longer offers nothing again; ending it takes the offer away."""
    breaking.begin(story, editor, now + HOUR, now)
    breaking.begin(story, editor, now + 2 * HOUR, now)
    (offer,) = offers.open_to(editor)

    assert (persian.pk, story.pk) == (offer.service_id, offer.breaking.article_id)

    breaking.end(story, editor, now)

    assert [] == offers.open_to(editor)
    assert 1 == Offer.objects.count()


@pytest.mark.both
def test_strip_says_a_story_once_however_many_services_are_asked(
    story: Article, persian: Any, editor: Any, now: datetime
) -> None:
    """Whoever works for many services keeps room to work."""
    actions.create_service("ru", "Новости", "ru", [("society", "Общество")])
    breaking.begin(story, editor, now + HOUR, now)

    assert ["en has breaking news: Who May Know. For fa, ru?"] == [
        line["text"] for line in offers.lines(editor)
    ]


def test_offers_cost_the_same_however_many_services_are_asked(
    story: Article, editor: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    """Whoever works for all of them is shown all, with what each has of the story."""
    services = [
        actions.create_service(id_, sections=[("news", "News")])
        for id_ in ("be", "hy", "uk")
    ]
    held = actions.create_article(
        services[1], "Own", BODY, editor, source=story, relation="translated"
    )
    breaking.begin(story, editor, now + HOUR, now)

    with django_assert_num_queries(2):
        rows = alarms.offer_rows(editor)
    own = {row["offer"].service_id: row["own"] for row in rows}
    assert {
        services[0].pk: None,
        services[1].pk: held.article,
        services[2].pk: None,
    } == own


@pytest.mark.both
def test_first_choice_stands_and_is_noted(
    story: Article, persian: Any, editor: Any, now: datetime
) -> None:
    """Two colleagues answer one offer: the second is told what the first one chose."""
    breaking.begin(story, editor, now + HOUR, now)
    (offer,) = offers.open_to(editor)
    colleague = get_user_model().objects.create_superuser("colleague")
    offers.choose(offer, "not-for-us", editor, now)
    late = offers.choose(offer, "translate", colleague, now + HOUR)

    assert ("not-for-us", editor, now) == (late.choice, late.actor, late.chosen)
    assert [] == offers.open_to(editor)
    assert until(story) is not None
    assert not Article.objects.filter(service=persian).exists()


def test_answer_takes_a_right_in_the_service_asked(
    story: Article, persian: Any, editor: Any, now: datetime
) -> None:
    """Somebody of no service is shown no offer and answers none."""
    breaking.begin(story, editor, now + HOUR, now)
    nobody = get_user_model().objects.create_user("stranger")
    (offer,) = offers.open_to(editor)

    assert [] == offers.open_to(nobody)
    for choice in ("translate", "front", "not-for-us"):
        with pytest.raises(RightError):
            offers.choose(offer, choice, nobody, now)


def test_service_may_spare_itself_the_offers_of_another(
    story: Article, english: Any, persian: Any, editor: Any, now: datetime
) -> None:
    """It can also have them again."""
    offers.opt_out(persian, english, editor)
    offers.opt_out(persian, english, editor)
    breaking.begin(story, editor, now + HOUR, now)

    assert [] == offers.open_to(editor)

    breaking.end(story, editor, now)
    offers.opt_in(persian, english, editor)
    breaking.begin(story, editor, now + HOUR, now)

    assert 1 == len(offers.open_to(editor))


def test_story_told_as_breaking_in_turn_comes_back_to_nobody(
    story: Article, persian: Any, editor: Any, now: datetime
) -> None:
    """The service that began is not offered its own story in another language."""
    breaking.begin(story, editor, now + HOUR, now)
    page = actions.create_article(
        persian,
        "سرتیتر",
        BODY,
        editor,
        source=story,
        relation="translated",
        section="society",
        breaking=True,
    )
    actions.publish_article(page, editor)

    assert until(page.article) is not None
    assert 1 == Offer.objects.count()


def test_translation_begun_from_an_offer_has_the_words_of_its_source(
    story: Article, persian: Any, editor: Any, now: datetime, client: Client
) -> None:
    """It is the one that the button of an article begins."""
    breaking.begin(story, editor, now + HOUR, now)
    client.force_login(editor)
    offer = Offer.objects.get()
    place = reverse("breaking_answer", args=(offer.pk,))

    answer = client.post(place, {"choice": "translate"})

    page = ArticlePage.objects.get(article__service=persian)
    assert reverse("wagtailadmin_pages:edit", args=(page.pk,)) == answer["Location"]
    assert (story, story.number, "translated") == (
        page.source,
        page.source_release,
        page.relation,
    )
    assert [f"<p>{BODY[0]['text']}</p>"] == [one.value.source for one in page.body]
