"""What one service corrects, others follow: tasks, holds, and who is behind."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

import old_ledger
from again import made_again
from newsroom.article_form import form
from newsroom.conftest import staff, two_say
from tamizdat.newsroom import actions, schedule, signoffs
from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.errors import (
    ObstacleError,
    ReleaseError,
    RightError,
    TranslationError,
)
from tamizdat.newsroom.intents import Answer
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    FollowUp,
    ForeignWords,
    RelatedStory,
    Release,
    ServicePage,
    SignOff,
)
from tamizdat.newsroom.releases import board, deciding, erasing, holds
from tamizdat.newsroom.releases.beside import set_aside
from tamizdat.newsroom.writing import stories, translating

BODY = [{"kind": "paragraph", "text": "متن"}]
Make = Callable[..., ArticlePage]


@pytest.fixture
def translate(editor: Any) -> Make:
    """Give what makes a translation of an article in another service."""

    def make(
        source: ArticlePage, service: ServicePage, *, publish: bool = True
    ) -> ArticlePage:
        def write() -> None:
            page = actions.create_article(
                *(service, "متن", BODY, editor),
                section="society",
                source=source.article,
                relation="translated",
            )
            if publish:
                actions.publish_article(page, None)

        of, newest = source.article, source.article.newest_release
        words = newest and (newest.kind, newest.content)
        name = f"{of.pk} of {of.story_id} {words} in {service.pk}, out: {publish}"
        made_again(f"translation of {name}", write)
        return ArticlePage.objects.latest("pk")

    return make


@pytest.mark.both
@pytest.mark.parametrize(
    ("kind", "hours"), [("correction", 24), ("clarification", 24), ("retraction", 2)]
)
def test_correction_opens_a_task_in_time_for_each_that_follows(
    released: ArticlePage,
    persian: ServicePage,
    translate: Make,
    kind: str,
    hours: int,
) -> None:
    """The service that has to follow says how long it takes."""
    other = translate(released, persian)
    release = actions.publish_article(released, None, kind, "We erred.")
    task = FollowUp.objects.open().get()

    assert (other.article, release) == (task.article, task.cause)
    assert timedelta(hours=hours) == task.due - task.opened
    assert not task.holds


@pytest.mark.parametrize("kind", ["update", "minor"])
def test_update_opens_none(
    released: ArticlePage, persian: ServicePage, translate: Make, kind: str
) -> None:
    """News makes a translation stale; it is no error that somebody must mend."""
    translate(released, persian)
    released.title = "Who May Know More"
    actions.publish_article(released, None, kind)

    assert not FollowUp.objects.exists()


def test_translation_turns_stale_and_follows_again(
    desk: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """One click in its form says what it follows now: the task closes, green again."""
    other = translate(released, persian)
    actions.publish_article(released, None, "correction", "We erred.")
    assert [other.article] == list(Article.objects.stale())
    fields = form(
        title="متن تازه",
        relation="translated",
        source=str(released.article.pk),
        source_release="1",
        follows_newest="on",
        next_kind="correction",
        next_note="اصلاح",
    )
    url = reverse("wagtailadmin_pages:edit", args=(other.pk,))
    shown = desk.get(url).content.decode()
    desk.post(url, fields | {"action-publish": "1"})
    task = FollowUp.objects.get()

    assert "The original has changed" in shown
    assert "This text follows release 2 of" in shown
    assert not Article.objects.stale().exists()
    assert (2, other.newest_release) == (
        Article.objects.get(pk=other.article.pk).follows,
        task.closing,
    )


def test_release_that_follows_nothing_newer_closes_no_task(
    released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """A spelling fix in the translation is no answer to a correction."""
    other = translate(released, persian)
    actions.publish_article(released, None, "correction", "We erred.")
    other.title = "متن دیگر"
    actions.publish_article(other, None, "update")

    assert 1 == FollowUp.objects.open().count()
    assert Article.objects.stale().exists()


@pytest.mark.both
def test_chain_of_translations_is_followed_to_its_end(
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    translate: Make,
) -> None:
    """A translation of a translation, even as a draft, gets its task at once."""
    middle = translate(released, persian)
    last = translate(middle, russian, publish=False)
    actions.publish_article(released, None, "correction", "We erred.")
    tasks = FollowUp.objects.open()
    assert {middle.article_id, last.article_id} == {t.article_id for t in tasks}
    middle.source_release = 2
    actions.publish_article(middle, None, "correction", "اصلاح")
    cause = released.newest_release
    of_last = FollowUp.objects.get(article=last.article_id, cause=cause)
    assert of_last.closed is None
    last.source_release = 2
    actions.publish_article(last, None)

    assert not FollowUp.objects.open().exists()


@pytest.mark.both
def test_task_closes_by_hand_with_a_reason_alone(
    released: ArticlePage, persian: ServicePage, translate: Make, desk: Client
) -> None:
    """That it does not concern a service is said by somebody, and stays on record."""
    translate(released, persian)
    actions.publish_article(released, None, "correction", "We erred.")
    task = FollowUp.objects.get()
    url = reverse("followup", args=(task.pk,))
    refused = desk.post(url, {"reason": "Someone"}).content.decode()
    assert "Choose why nothing has to be released." in refused
    assert "Who may decide: editor." in refused
    desk.post(url, {"reason": "unsaid"})
    task.refresh_from_db()

    assert ("unsaid", "editor") == (task.reason, task.closed_by.username)
    assert "does not say what was corrected." in _text(desk.get(url))
    for typed in ("", "Someone"):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.filter(pk=task.pk).update(reason=typed)


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_reporter_of_another_service_closes_nothing(
    released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """The service's own people decide; where words endanger, those with the right."""
    translate(released, persian)
    actions.publish_article(released, None, "correction", "We erred.")
    task = FollowUp.objects.get()
    stranger = staff("stranger", released.service, "chief-editor")
    with pytest.raises(RightError):
        deciding.close_by_hand(task.pk, stranger, "unsaid")
    own = staff("own", persian, "translator")
    deciding.close_by_hand(task.pk, own, "unsaid")

    with pytest.raises(ReleaseError, match="already"):
        deciding.close_by_hand(task.pk, own, "unsaid")


@pytest.mark.lab(one_in=2)
@pytest.mark.both
@pytest.mark.parametrize("kind", ["redaction", "withdrawal"])
def test_redaction_holds_every_linked_article_at_once(
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    translate: Make,
    kind: str,
) -> None:
    """Original, translations and drafts: nothing goes out until somebody decides."""
    middle = translate(released, persian)
    draft = translate(released, russian, publish=False)
    actions.publish_article(middle, None, kind)
    tasks = FollowUp.objects.open()

    assert {released.article_id, draft.article_id} == {t.article_id for t in tasks}
    assert all(task.holds and task.due <= datetime.now(UTC) for task in tasks)
    for page, how in ((released, "correction"), (draft, "publish")):
        with pytest.raises(ObstacleError, match="the words may endanger someone"):
            actions.publish_article(page, None, how, "We erred.")
    released = ArticlePage.objects.get(pk=released.pk)  # the refusal undid a version
    actions.publish_article(released, None, "retraction", "Taken back.")
    assert 2 == FollowUp.objects.open().filter(holds=True).count()
    actions.publish_article(released, None, "redaction", answers=_answers(released))
    left = FollowUp.objects.open().filter(holds=True)
    assert draft.article_id in {task.article_id for task in left}
    assert released.article_id not in {task.article_id for task in left}


def _answers(page: ArticlePage, *, same_words: bool = False) -> Answer:
    """Tick every hold that is open on an article."""
    keys = FollowUp.objects.on(page.article_id).values_list("pk", flat=True)
    return Answer(frozenset(keys), same_words)


NO_WORD = "This redaction takes no word out of what readers have now"


def test_redaction_that_changes_no_word_ends_no_hold_without_a_warning(
    client: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """Who signs first is told, and who would sign next reads it before."""
    actions.publish_article(translate(released, persian), None, "redaction")
    url = reverse("wagtailadmin_pages:edit", args=(released.pk,))
    fields = form(next_kind="redaction")
    fields |= {"next_answers": list(_answers(released).tasks)}
    client.force_login(staff("c", released.service, "chief-editor"))
    assert NO_WORD not in client.get(url).content.decode()
    told = client.post(url, fields | {"action-publish": "1"}, follow=True)
    client.force_login(staff("d", released.service, "chief-editor"))

    assert NO_WORD in " ".join(str(one) for one in told.context["messages"])
    assert NO_WORD in client.get(url).content.decode()
    assert 1 == len(_held(released))


def _held(page: ArticlePage) -> list[int]:
    """List the articles whose redactions and withdrawals hold one."""
    holds = FollowUp.objects.on(page.article_id).order_by("pk")
    return [one.cause.article_id for one in holds.select_related("cause")]


@pytest.mark.both
def test_redaction_settles_the_holds_that_it_names_and_no_other(
    desk: Client,
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    translate: Make,
) -> None:
    """The form lists each; what nobody ticked goes on holding the article."""
    first, second = translate(released, persian), translate(released, russian)
    for page in (first, second):
        actions.publish_article(page, None, "redaction")
    url = reverse("wagtailadmin_pages:edit", args=(released.pk,))
    shown = desk.get(url).context["form"]["next_answers"]
    task, other = FollowUp.objects.on(released.article_id).order_by("pk")
    assert [task.pk, other.pk] == [key for key, _name in shown.field.choices]
    assert shown.value() == []
    fields = form(title="Other words", next_kind="redaction", next_same_words="on")
    fields |= {"next_answers": [str(task.pk)], "action-publish": "1"}
    for account in ("c", "d"):
        desk.force_login(staff(account, released.service, "chief-editor"))
        desk.post(url, fields)
        assert NO_WORD not in desk.get(url).content.decode()

    newest = released.newest_release
    assert (2, "redaction") == (newest.number, newest.kind)
    task.refresh_from_db()
    assert (newest, True) == (task.closing, task.same_words)
    assert [second.article_id] == _held(released)
    # It takes out the words of the first alone: whom those did not hold looks anew.
    assert released.article_id not in _held(first)
    assert [first.article_id] == _held(second)


def test_sign_off_stands_for_the_holds_it_was_given_for(
    released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """Two people say the same of which words are taken out."""
    actions.publish_article(translate(released, persian), None, "redaction")
    page = ArticlePage.objects.get(pk=released.pk)
    page.next_kind, page.next_number = "redaction", 2
    page.next_answers = sorted(_answers(page).tasks)
    page.save()
    signoffs.sign(page, staff("c", page.service, "chief-editor"), "redaction")
    assert signoffs.standing(page, "redaction")
    page.next_same_words = True
    assert not signoffs.standing(page, "redaction")
    page.next_answers, page.next_same_words = [], False
    assert not signoffs.standing(page, "redaction")


@pytest.mark.lab(one_in=5)
@pytest.mark.parametrize(
    ("first", "second", "same_words", "asked"),
    [
        ("redaction", "redaction", False, True),  # it may have taken out more
        ("redaction", "redaction", True, False),
        ("redaction", "withdrawal", False, True),  # the rest stands there still
        ("withdrawal", "redaction", False, False),  # no word is left there
        ("withdrawal", "withdrawal", False, False),
    ],
)
def test_answer_holds_whoever_may_keep_the_words_it_takes_out(  # noqa: PLR0913, PLR0917 (fixtures)
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    translate: Make,
    first: str,
    second: str,
    *,
    same_words: bool,
    asked: bool,
) -> None:
    """Also the service that spoke first, unless it has no such words left."""
    other, third = translate(released, persian), translate(released, russian)
    actions.publish_article(released, None, first)
    answers = _answers(other, same_words=same_words)
    actions.publish_article(other, None, second, answers=answers)

    assert asked == (other.article_id in _held(released))
    assert [] == _held(other)
    expected = [released.article_id, *([] if same_words else [other.article_id])]
    assert expected == _held(third)


def test_who_was_asked_for_a_headline_alone_is_asked_for_the_text(
    client: Client,
    english: ServicePage,
    released: ArticlePage,
    persian: ServicePage,
    translate: Make,
) -> None:
    """Two name a third story; the same words, found in the text of one, are new."""
    third = actions.create_article(english, "Third", BODY, None, section="society")
    actions.publish_article(third, None)
    page, other = released, translate(released, persian)
    for one in (page, other):
        one.related_rows = [RelatedStory(article=third.article)]
        actions.publish_article(one, None, "update")
    third.title = "Somebody"
    actions.publish_article(third, None, "redaction")
    task = FollowUp.objects.on(other.article_id).get()
    for account in ("c", "d"):
        client.force_login(staff(account, persian, "chief-editor"))
        client.post(reverse("followup", args=(task.pk,)), {"take_out": "1"})
    # A headline that is taken out says nothing of the text: who has its task keeps it.
    assert [] == _held(other)
    assert [third.article_id] == _held(page)
    page = ArticlePage.objects.get(pk=page.pk)
    page.title = "Other words"
    answers = _answers(page, same_words=True)
    actions.publish_article(page, None, "redaction", answers=answers)

    assert [] == _held(page)
    assert [page.article_id] == _held(other)


def test_hold_for_a_headline_stops_no_translation_and_taking_it_out_holds_none(  # noqa: PLR0913, PLR0917 (fixtures)
    desk: Client,
    english: ServicePage,
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    editor: Any,
    translate: Make,
) -> None:
    """It is among the related stories of one article; others show none of it."""
    third = actions.create_article(english, "Third", BODY, None, section="society")
    actions.publish_article(third, None)
    other, showing = translate(released, persian), translate(released, russian)
    for one in (released, showing):
        one.related_rows = [RelatedStory(article=third.article)]
        one.foreign_rows = [ForeignWords(words="Third", language="de")]
        actions.publish_article(one, None, "correction", "Mended")
    third.title = "Somebody"
    actions.publish_article(third, None, "redaction")
    task = FollowUp.objects.on(released.article_id).get()
    other = ArticlePage.objects.get(pk=other.pk)
    other.title = "متن دو"
    actions.publish_article(other, None, "update")
    url = reverse("followup", args=(task.pk,))
    for place in (url, reverse("followups")):
        assert "Held for its related stories" in desk.get(place).content.decode()
    for name in ("c", "d"):
        desk.force_login(staff(name, english, "chief-editor"))
        desk.post(url, {"take_out": "1", "keep_notes": "on"})

    assert ("redaction", [], []) == (
        released.newest_release.kind,
        _held(released),
        _held(other),
    )
    assert [third.article_id] == _held(showing)  # its own, and no second one
    fresh = actions.create_service("de", "Presse", "de", [("society", "Leben")])
    assert translating.translate(showing.article, fresh, editor).pk


@pytest.mark.lab(one_in=2)
@pytest.mark.parametrize(("ticked", "kept"), [({}, ""), ({"keep_notes": "on"}, "Name")])
def test_notes_stay_only_where_somebody_said_that_the_words_stand_in_none(
    client: Client,
    english: ServicePage,
    released: ArticlePage,
    ticked: dict[str, str],
    kept: str,
) -> None:
    """Taking a headline out erases them else: a note may quote it."""
    third = actions.create_article(english, "Third", BODY, None, section="society")
    actions.publish_article(third, None)
    released.related_rows = [RelatedStory(article=third.article)]
    actions.publish_article(released, None, "correction", "Name")
    third.title = "Somebody"
    actions.publish_article(third, None, "redaction")
    url = reverse("followup", args=(FollowUp.objects.get().pk,))
    for name in ("c", "d"):
        client.force_login(staff(name, english, "chief-editor"))
        assert 'name="keep_notes"' in client.get(url).content.decode()
        client.post(url, {"take_out": "1", **ticked})

    assert [] == _held(released)
    assert kept == released.article.releases.get(number=2).note


def test_who_was_asked_for_one_of_two_words_is_asked_for_the_other(
    english: ServicePage,
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    translate: Make,
) -> None:
    """Two ticks are two holds: an exemption from one is none from the other."""
    third = actions.create_article(english, "Third", BODY, None, section="society")
    actions.publish_article(third, None)
    first, other = translate(released, persian), translate(released, russian)
    released.related_rows = [RelatedStory(article=third.article)]
    actions.publish_article(released, None, "update")
    third.title = "Somebody"
    for page in (first, third):
        actions.publish_article(page, None, "redaction")
    assert [first.article_id] == _held(other)
    released = ArticlePage.objects.get(pk=released.pk)
    released.title = "Other words"
    answers = _answers(released, same_words=True)
    actions.publish_article(released, None, "redaction", answers=answers)

    assert [] == _held(released)
    assert [first.article_id, released.article_id] == _held(other)


def test_same_words_as_none_are_refused_in_the_form(
    desk: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """Nobody is spared a look at words that were never named."""
    actions.publish_article(translate(released, persian), None, "redaction")
    url = reverse("wagtailadmin_pages:edit", args=(released.pk,))
    fields = form(next_kind="redaction", next_same_words="on")
    told = desk.post(url, fields | {"action-publish": "1"}).content.decode()
    assert "Tick above whose words they are." in told
    odd = form(next_kind="redaction") | {"next_answers": ["999999"]}
    told = desk.post(url, odd | {"action-publish": "1"}).content.decode()

    assert "999999 is not one of the available choices" in told
    assert not SignOff.objects.exists()


def test_held_article_is_neither_translated_nor_followed_into_the_open(
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    translate: Make,
    editor: Any,
) -> None:
    """Words that somebody has to look at first reach no further service."""
    middle = translate(released, persian)
    # Begun at that instant: no hold knows of it.
    draft = actions.create_article(russian, "متن", BODY, editor, section="society")
    actions.publish_article(released, None, "redaction")
    draft.source, draft.relation = middle.article, "translated"
    draft.save()
    with pytest.raises(ObstacleError, match="article it was made from is held"):
        actions.publish_article(draft, None)
    with pytest.raises(TranslationError, match="That article is held"):
        translating.translate(middle.article, russian, editor)
    task = FollowUp.objects.on(middle.article_id).get()
    two_say(task.pk, persian)
    draft = ArticlePage.objects.get(pk=draft.pk)  # the refusal undid a version
    with pytest.raises(ObstacleError, match="nobody was asked whether its words"):
        actions.publish_article(draft, None)

    assert not Release.objects.filter(article=draft.article).exists()


@pytest.mark.lab(one_in=2)
@pytest.mark.both
@pytest.mark.parametrize("was_released", [True, False])
def test_article_that_is_linked_later_is_held_by_the_link(
    desk: Client,
    released: ArticlePage,
    persian: ServicePage,
    editor: Any,
    *,
    was_released: bool,
) -> None:
    """It may tell the same words: it is held before anything more of it goes out."""
    other = actions.create_article(persian, "متن", BODY, editor, section="society")
    if was_released:
        actions.publish_article(other, None)
    actions.publish_article(released, None, "redaction")
    assert [] == _held(other)
    kind = "update" if was_released else "publish"
    fields = form(title="متن دو", next_kind=kind, source=str(released.article_id))
    url = reverse("wagtailadmin_pages:edit", args=(other.pk,))
    told = desk.post(
        url, fields | {"relation": "adapted", "action-publish": "1"}, follow=True
    )

    assert "the words may endanger someone here too" in told.content.decode()
    assert [released.article_id] == _held(other)
    assert int(was_released) == Article.objects.get(pk=other.article_id).number


def test_link_that_no_form_made_lets_nothing_out(
    released: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """Begun or linked at that instant, no hold knows of it: the ledger asks."""
    other = actions.create_article(persian, "متن", BODY, editor, section="society")
    actions.publish_article(other, None)
    actions.publish_article(released, None, "redaction")
    other.source, other.relation, other.title = released.article, "adapted", "متن دو"

    with pytest.raises(ObstacleError, match="nobody was asked whether its words"):
        actions.publish_article(other, None, "update")


def test_link_holds_every_story_that_it_ties_to_what_was_taken_back(
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    translate: Make,
    editor: Any,
) -> None:
    """Original and other translations, where the one that is linked had redacted."""
    other = actions.create_article(persian, "متن", BODY, editor, section="society")
    actions.publish_article(other, None)
    third = translate(released, russian)
    actions.publish_article(other, None, "redaction")
    other = ArticlePage.objects.get(pk=other.pk)
    other.source, other.relation = released.article, "adapted"
    actions.settle_article(other, persian)

    assert [other.article_id] == _held(released) == _held(third)
    assert [] == _held(other)


@pytest.fixture
def elsewhere(russian: ServicePage, editor: Any) -> Article:
    """Give a released article that tells another story."""
    page = actions.create_article(russian, "Другое", BODY, editor, section="society")
    actions.publish_article(page, None)
    return ArticlePage.objects.get(pk=page.pk).article


def _link(page: ArticlePage, source: Article | None) -> ArticlePage:
    """Save in the draft of a page what it was made from."""
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.source, draft.source_release = source, None
    draft.relation = "adapted" if source else "original"
    actions.settle_article(draft, draft.service)
    if not draft.live:
        draft.save()
    draft.save_revision()
    return draft


@pytest.mark.lab(one_in=4)
@pytest.mark.both
@pytest.mark.parametrize("is_released", [True, False])
@pytest.mark.parametrize("is_below", [True, False])
def test_article_that_was_linked_anew_is_held_for_what_it_was_made_from(  # noqa: PLR0913, PLR0917 (fixtures)
    released: ArticlePage,
    persian: ServicePage,
    elsewhere: Article,
    editor: Any,
    is_released: bool,  # noqa: FBT001 (a parameter)
    is_below: bool,  # noqa: FBT001 (a parameter)
) -> None:
    """Its older releases hold those words, or its draft began with them."""
    page = translating.translate(released.article, persian, editor)
    page.section = "society"
    page.save_revision()
    if is_released:
        actions.publish_article(page, None)
    page = _link(page, elsewhere)
    if is_released or not is_below:
        actions.publish_article(page, None, "minor")
    cause, held = (released, page) if is_below else (page, released)
    cause = ArticlePage.objects.get(pk=cause.pk)
    actions.publish_article(cause, None, "withdrawal", "Danger.")

    assert [cause.article_id] == _held(held)
    if is_below:
        assert [cause.article_id] == _held(elsewhere.page)  # two steps away
        held = ArticlePage.objects.get(pk=held.pk).get_latest_revision_as_object()
        held.title = "متن دو"
        with pytest.raises(ObstacleError, match="may endanger someone here too"):
            actions.publish_article(held, None, "update")


def test_draft_moves_no_released_article_to_another_story(
    released: ArticlePage, persian: ServicePage, elsewhere: Article, editor: Any
) -> None:
    """A source that was chosen by mistake, and taken off, leaves nothing behind."""
    other = actions.create_article(persian, "متن", BODY, editor, section="society")
    actions.publish_article(other, None)
    other = ArticlePage.objects.get(pk=other.pk)
    until = timezone.now() + timedelta(days=3)
    stories.set_embargo(other, until, editor)
    stories.set_sensitive(
        ArticlePage.objects.get(pk=released.pk), editor, sensitive=True
    )

    linked = _link(other, released.article)

    assert other.article.story == Article.objects.get(pk=other.article_id).story
    assert Article.objects.get(pk=released.article_id).story.embargo is None
    assert "may endanger someone" in signoffs.reason(linked, "minor")
    _link(other, None)
    actions.publish_article(ArticlePage.objects.get(pk=released.pk), None, "redaction")
    assert [] == _held(other)
    translating.translate(released.article, persian, editor)  # its place is free


def test_release_moves_an_article_under_what_holds_for_its_new_story(
    released: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """It is refused under that embargo and moves nowhere; without one it moves."""
    other = actions.create_article(persian, "متن", BODY, editor, section="society")
    actions.publish_article(other, None)
    until = timezone.now() + timedelta(days=3)
    stories.set_embargo(released, until, editor)
    linked = _link(other, released.article)
    with pytest.raises(ObstacleError, match="under embargo"):
        actions.publish_article(linked, None, "update")
    assert other.article.story == Article.objects.get(pk=other.article_id).story
    stories.set_embargo(ArticlePage.objects.get(pk=released.pk), None, editor)
    linked = ArticlePage.objects.get(pk=other.pk).get_latest_revision_as_object()
    actions.publish_article(linked, None, "update")

    moved = Article.objects.get(pk=other.article_id)
    assert (released.article.story, 2) == (moved.story, moved.number)


def test_release_is_refused_where_the_service_tells_that_story_since(
    released: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """Another began while the source stood in the draft alone."""
    other = actions.create_article(persian, "متن", BODY, editor, section="society")
    actions.publish_article(other, None)
    linked = _link(other, released.article)
    translating.translate(released.article, persian, editor)

    with pytest.raises(ObstacleError, match="tells that story already"):
        actions.publish_article(linked, None, "update")


def test_what_is_begun_from_clean_words_is_asked_nothing(
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    editor: Any,
) -> None:
    """A translation of what readers have since; one of an older text is held."""
    actions.publish_article(released, None, "redaction")
    page = translating.translate(released.article, persian, editor)
    page.section = "society"
    actions.publish_article(page, None)
    page = ArticlePage.objects.get(pk=page.pk)
    page.title = "متن دو"
    actions.publish_article(page, None, "update")
    older = actions.create_article(
        *(russian, "Текст", BODY, editor),
        section="society",
        source=released.article,
        source_release=1,
        relation="translated",
    )

    assert [] == _held(page)
    assert [released.article_id] == _held(older)
    page.source_release = 1  # somebody says now that it is made from the older words
    actions.settle_article(page, persian)
    assert [released.article_id] == _held(page)


def test_article_that_is_linked_later_has_a_task_for_each_correction_it_lacks(
    released: ArticlePage,
    persian: ServicePage,
    russian: ServicePage,
    translate: Make,
    editor: Any,
) -> None:
    """Of its source, and of what the source itself has still to follow."""
    middle = translate(released, persian)
    actions.publish_article(released, None, "correction", "We erred.")
    last = translate(middle, russian, publish=False)
    german = actions.create_service("de", "Presse", "de", [("society", "Leben")])
    page = actions.create_article(german, "Text", BODY, editor, section="society")
    page.source, page.relation, page.source_release = released.article, "adapted", 1
    actions.settle_article(page, german)
    tasks = FollowUp.objects.open().filter(cause=released.newest_release)

    assert {middle.article_id, last.article_id, page.article_id} == {
        task.article_id for task in tasks
    }
    assert {timedelta(hours=24)} == {task.due - task.opened for task in tasks}
    page.source_release = 2
    actions.publish_article(page, None)
    assert not tasks.filter(article=page.article_id).exists()


@pytest.mark.both
def test_withdrawn_text_hears_of_later_redactions_when_it_comes_back(
    desk: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """While no word of it is left nobody is asked; as soon as one is, somebody is."""
    other = translate(released, persian)
    actions.publish_article(other, None, "withdrawal")
    task = FollowUp.objects.on(released.article_id).get()
    answers = Answer(frozenset({task.pk}))
    actions.publish_article(released, None, "redaction", answers=answers)
    assert [] == _held(other)
    other = ArticlePage.objects.get(pk=other.pk)
    other.title, other.body, other.section = "متن", stream_of(BODY), "society"
    with pytest.raises(ObstacleError, match="nobody was asked whether its words"):
        actions.publish_article(other, None, "update", "It is back.")
    url = reverse("wagtailadmin_pages:edit", args=(other.pk,))
    desk.post(url, form(title="متن", next_kind="update", next_note="It is back."))

    assert [released.article_id] == _held(other)


@pytest.mark.both
def test_held_redaction_answers_nothing_that_came_after_it_was_pressed(
    released: ArticlePage, persian: ServicePage, russian: ServicePage, translate: Make
) -> None:
    """Two people signed it before the other service said which words endanger."""
    page, other = translate(released, persian), translate(released, russian)
    persian.hold_seconds = 60
    persian.save()
    first, second = (staff(name, persian, "chief-editor") for name in "cd")
    page = ArticlePage.objects.get(pk=page.pk)
    page.next_kind, page.next_number, page.title = "redaction", 2, "متن دیگر"
    revision = set_aside(page, second)
    signoffs.sign(page, first, "redaction")
    held = holds.hold(page, revision, second, datetime.now(UTC))
    assert held
    actions.publish_article(other, None, "withdrawal")
    schedule.publish_due(held.until)
    task = FollowUp.objects.get(article=page.article_id)

    assert "redaction" == page.newest_release.kind
    assert (None, None) == (task.closed, task.closing)
    page = ArticlePage.objects.get(pk=page.pk)
    page.title = "متن سوم"
    with pytest.raises(ObstacleError, match="the words may endanger someone"):
        actions.publish_article(page, None, "update")


def test_form_says_what_holds_and_signs_nothing(
    desk: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """No second person could publish it either: that would be no true answer."""
    actions.publish_article(translate(released, persian), None, "redaction")
    url = reverse("wagtailadmin_pages:edit", args=(released.pk,))
    fields = form(title="Other words", next_kind="update") | {"action-publish": "1"}
    told = desk.post(url, fields, follow=True).content.decode()

    assert "the words may endanger someone here too" in told
    assert not SignOff.objects.exists()
    assert 1 == released.newest_release.number


def test_article_both_linked_and_named_is_asked_for_its_text(
    desk: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """Taking the headline out is offered there, and said to settle nothing."""
    other = translate(released, persian)
    other.related_rows = [RelatedStory(article=released.article)]
    actions.publish_article(other, None, "update")
    released.title = "Somebody"
    actions.publish_article(released, None, "redaction")
    task = FollowUp.objects.on(other.article_id).get()
    shown = desk.get(reverse("followup", args=(task.pk,))).content.decode()
    other = ArticlePage.objects.get(pk=other.pk)

    assert "Look whether the words that endanger someone stand in it." in shown
    assert "Its related stories show a headline" not in shown
    assert "It does not settle this task" in shown
    with pytest.raises(ObstacleError, match="the words may endanger someone here too"):
        actions.publish_article(other, None, "update")


def test_who_may_not_redact_opens_nothing_by_taking_a_headline_out(
    client: Client,
    released: ArticlePage,
    persian: ServicePage,
    translate: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The button of a task opens no article of another service."""
    actions.publish_article(translate(released, persian), None, "redaction")
    # As an archive brings it in: with a ledger and no page.
    task, article = FollowUp.objects.get(), released.article_id
    monkeypatch.setattr(erasing, "forget_page", lambda _page: None)
    released.revisions.all().delete()
    Page.objects.filter(pk=released.pk).delete()
    assert not ArticlePage.objects.filter(article=article).exists()
    client.force_login(staff("d", persian, "duty-editor"))
    client.post(reverse("followup", args=(task.pk,)), {"take_out": "1"})
    # Whoever has the right finds the way to its form there and in the list.
    way = f'href="{reverse("newsroom_open", args=(article,))}"'
    for url in (reverse("followup", args=(task.pk,)), reverse("followups")):
        assert way in client.get(url).content.decode()

    assert Article.objects.filter(pk=article).exists()
    assert not ArticlePage.objects.filter(article=article).exists()


def test_hold_ends_when_two_with_the_right_say_the_same(
    client: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """One chief editor lets nothing out, by whatever reason, and is told who can."""
    other = translate(released, persian)
    actions.publish_article(released, None, "redaction")
    task = FollowUp.objects.get()
    url = reverse("followup", args=(task.pk,))
    with pytest.raises(RightError):
        deciding.close_by_hand(task.pk, staff("d", persian, "duty-editor"), "absent")
    first, second = (staff(name, persian, "chief-editor") for name in ("c", "e"))
    client.force_login(first)
    for reason in ("absent", "harmless", "harmless"):
        told = client.post(url, {"reason": reason}, follow=True).content.decode()
        assert "The hold ends when another says the same here" in told
        assert "tomorrow: e, editor." in told
    assert [released.article_id] == _held(other)
    client.force_login(second)
    other.title = "متن دیگر"  # of this text nobody has said it yet
    other.save_revision()
    client.post(url, {"reason": "absent"})
    assert [released.article_id] == _held(other)
    client.force_login(first)
    client.post(url, {"reason": "absent"})
    task.refresh_from_db()

    assert ("absent", second, first) == (task.reason, task.said_by, task.closed_by)
    actions.publish_article(other, None, "update")
    assert 2 == other.newest_release.number


@pytest.mark.both
def test_board_shows_red_with_what_changed(
    desk: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """A stale cell leads to the words that changed in the original since."""
    translate(released, persian)
    released.title = "Who May Know More"
    actions.publish_article(released, None, "correction", "We erred.")
    page = desk.get(reverse("stale")).content.decode()
    url = reverse("release_changes", args=(released.article_id,))

    assert 'data-state="stale"' in page
    assert f"{url}?from=1" in page
    shown = desk.get(f"{url}?from=1").content.decode()
    assert "<ins>" in shown
    assert " More</ins>" in shown
    assert "We erred." in shown


def test_boards_count_in_menu_and_on_the_home_page(
    desk: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """Nobody has to look for what is past its time."""
    translate(released, persian)
    actions.publish_article(released, None, "redaction")
    home = desk.get(reverse("wagtailadmin_home")).content.decode()

    assert "Tasks (1)" in home
    assert "1 task is past its time." in home


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("stale", "show=green"),
        ("stale", "before=yesterday"),
        ("followups", "state=lost"),
    ],
)
def test_odd_address_of_a_board_is_refused(
    desk: Client, english: ServicePage, name: str, query: str
) -> None:
    """It is answered by no traceback."""
    assert 400 == desk.get(f"{reverse(name)}?{query}").status_code


@pytest.mark.both
def test_board_costs_the_same_however_many_articles_there_are(
    desk: Client, released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """A page of it reads its own stories, and no table whole."""
    other = translate(released, persian)
    actions.publish_article(released, None, "correction", "We erred.")
    other = ArticlePage.objects.get(pk=other.pk)
    few = _steps(board.Asked("stale")), _steps(board.Asked("all"))
    old_ledger.fill(other, 600, 1)
    many = _steps(board.Asked("stale")), _steps(board.Asked("all"))

    assert few == many


def _steps(asked: board.Asked) -> int:
    """Count the questions of a page, none of which goes through the articles."""
    with CaptureQueriesContext(connection) as queries:
        board.stories(asked)
    for query in queries.captured_queries:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plan = [row[3] for row in cursor.fetchall()]
            for step in plan:
                bare = step.startswith("SCAN newsroom_article")
                assert not bare or "USING INDEX" in step, step
    return len(queries)


def test_report_is_for_programs_too(
    released: ArticlePage, persian: ServicePage, translate: Make
) -> None:
    """Each open task with service, article, cause and time."""
    other = translate(released, persian)
    actions.publish_article(released, None, "redaction")
    (row,) = board.report(datetime.now(UTC), overdue=True)

    assert {
        "service": "fa",
        "article": other.address,
        "released": True,
        "after": "en/right-to-know",
        "release": 2,
        "kind": "redaction",
        "holds": True,
        "named_only": False,
        "overdue": True,
    } == {key: value for key, value in row.items() if key != "due"}
    json.dumps(row)
