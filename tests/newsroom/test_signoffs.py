"""Two people stand behind what could harm somebody, or takes a story back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hands import sign_off
from newsroom.article_form import form
from newsroom.conftest import enter, staff
from tamizdat.newsroom import accounts, actions, letting_in, signoffs
from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.doors import invitations
from tamizdat.newsroom.errors import ObstacleError, RightError
from tamizdat.newsroom.models import (
    ArticlePage,
    Byline,
    Invitation,
    Person,
    ServicePage,
    SignOff,
)
from tamizdat.newsroom.obstacles import obstacles
from tamizdat.newsroom.writing import stories

NOTE = "It was wrong."


@pytest.fixture
def chiefs(english: ServicePage) -> tuple[Any, Any]:
    """Give two chief editors of one service."""
    return (
        staff("first", english, "chief-editor"),
        staff("other", english, "chief-editor"),
    )


@pytest.fixture
def serious(released: ArticlePage) -> ArticlePage:
    """Give an article that two people are about to retract."""
    released.next_kind, released.next_note, released.next_number = "retraction", NOTE, 2
    return released


def test_one_person_takes_nothing_back(serious: ArticlePage, editor: Any) -> None:
    """A superuser is one person, too."""
    with pytest.raises(ObstacleError, match="signed by two people"):
        actions.publish_article(serious, editor, "retraction", NOTE)

    assert 1 == serious.article.releases.count()


@pytest.mark.parametrize("kind", signoffs.SERIOUS)
def test_second_person_publishes_what_the_first_signed(
    released: ArticlePage, chiefs: tuple[Any, Any], kind: str
) -> None:
    """Either of two with the right may be the first."""
    first, other = chiefs
    released.next_kind, released.next_note, released.next_number = kind, NOTE, 2
    assert obstacles(released, other, kind)

    signoffs.sign(released, first, kind)

    assert [] == obstacles(released, other, kind)
    assert obstacles(released, first, kind)


def test_release_is_the_second_ones(
    serious: ArticlePage, chiefs: tuple[Any, Any]
) -> None:
    """The ledger names who published; who signed stands beside it."""
    first, other = chiefs
    sign_off(serious, first, "retraction", NOTE)

    release = actions.publish_article(serious, other, "retraction", NOTE)

    assert release is not None
    assert ("retraction", other) == (release.kind, release.actor)
    assert [first] == [one.actor for one in SignOff.objects.all()]


def test_signing_twice_is_not_two_people(
    serious: ArticlePage, chiefs: tuple[Any, Any]
) -> None:
    """Pressing again changes nothing but the time."""
    first, other = chiefs
    for _ in range(2):
        sign_off(serious, first, "retraction", NOTE)

    (told,) = obstacles(serious, first, "retraction")

    assert "You signed at" in told
    assert str(other) in told
    assert 1 == SignOff.objects.count()
    with pytest.raises(ObstacleError):
        actions.publish_article(serious, first, "retraction", NOTE)


CHANGES = {
    "headline": {"title": "Who May Not Know"},
    "standfirst": {"standfirst": "One sentence more."},
    "body": {"body": stream_of([{"kind": "paragraph", "text": "Everyone may ask."}])},
    "section": {"section": "law"},
    "breaking": {"breaking": True},
    "earlier notes": {"next_keeps_notes": True},
    "note": {"next_note": "It was very wrong."},
    "kind": {"next_kind": "withdrawal"},
}


@pytest.mark.lab(one_in=4)
@pytest.mark.parametrize("change", CHANGES)
def test_any_change_voids_a_sign_off(
    serious: ArticlePage, chiefs: tuple[Any, Any], change: str
) -> None:
    """Nobody publishes under another's word what that one has not seen."""
    first, other = chiefs
    sign_off(serious, first, "retraction", NOTE)
    assert [] == obstacles(serious, other, "retraction")
    for field, value in CHANGES[change].items():
        setattr(serious, field, value)

    assert ["Publish signs for you"] == [
        told.partition("two people. ")[2].partition(";")[0]
        for told in obstacles(serious, other, serious.next_kind)
    ]


def test_change_taken_back_lets_it_hold_again(
    serious: ArticlePage, chiefs: tuple[Any, Any]
) -> None:
    """What was signed is what is there, letter by letter."""
    first, other = chiefs
    sign_off(serious, first, "retraction", NOTE)
    serious.title = "Something else"
    serious.title = "Who May Know"
    serious.next_note = f"  {NOTE}\r\n"  # as a browser may send it

    assert [] == obstacles(serious, other, "retraction")


@pytest.mark.parametrize(("hours", "holds"), [(23, True), (25, False)])
def test_sign_off_holds_for_a_day(
    serious: ArticlePage, chiefs: tuple[Any, Any], hours: int, *, holds: bool
) -> None:
    """Whoever signed last week is asked again."""
    first, other = chiefs
    serious.save_revision()
    signed = timezone.now() - timedelta(hours=hours)
    signoffs.sign(serious, first, "retraction", now=signed)

    assert holds == (not obstacles(serious, other, "retraction"))


def test_spent_sign_off_signs_no_second_release(
    serious: ArticlePage, chiefs: tuple[Any, Any]
) -> None:
    """The number of the release is part of what was signed."""
    first, other = chiefs
    sign_off(serious, first, "retraction", NOTE)
    actions.publish_article(serious, other, "retraction", NOTE)
    serious.next_kind, serious.next_note, serious.next_number = "retraction", NOTE, 3

    assert obstacles(serious, other, "retraction")


@pytest.mark.parametrize("loss", ["closed", "role"])
def test_word_of_who_left_holds_no_more(
    serious: ArticlePage, chiefs: tuple[Any, Any], loss: str
) -> None:
    """A sign-off is worth what its giver may do now."""
    first, other = chiefs
    sign_off(serious, first, "retraction", NOTE)
    if loss == "closed":
        get_user_model().objects.filter(pk=first.pk).update(is_active=False)
    else:
        first.groups.clear()

    assert obstacles(serious, other, "retraction")


@pytest.mark.parametrize(
    "role", ["duty-editor", "editor", "reporter", "legal-reviewer"]
)
def test_who_has_not_the_right_signs_nothing(serious: ArticlePage, role: str) -> None:
    """A word that carries no weight is not recorded."""
    account = staff("someone", serious.service, role)

    with pytest.raises(RightError):
        sign_off(serious, account, "retraction", NOTE)

    assert not SignOff.objects.exists()


def test_chief_editor_of_another_service_signs_nothing(
    serious: ArticlePage, persian: ServicePage
) -> None:
    """A right ends where its service ends."""
    with pytest.raises(RightError):
        sign_off(
            serious, staff("next door", persian, "chief-editor"), "retraction", NOTE
        )


@pytest.mark.parametrize("kind", ["publish", "update", "minor", "correction"])
def test_ordinary_release_needs_one_person(draft: ArticlePage, kind: str) -> None:
    """Two people are asked only where it matters."""
    assert "" == signoffs.reason(draft, kind)


@pytest.mark.parametrize("kind", ["publish", "update", "minor", "correction"])
def test_sensitive_story_needs_two_for_every_release(
    draft: ArticlePage, kind: str
) -> None:
    """What may endanger someone does so in a minor change, too."""
    draft.article.story.sensitive = True

    assert "may endanger someone" in signoffs.reason(draft, kind)


def test_protected_byline_needs_two(draft: ArticlePage) -> None:
    """A name that is not to be known goes past two pairs of eyes."""
    known = Person.objects.create()
    hidden = Person.objects.create(kind="protected")
    draft.bylines = [Byline(person=known), Byline(person=hidden)]

    assert "protected" in signoffs.reason(draft, "update")

    draft.bylines = [Byline(person=known)]

    assert "" == signoffs.reason(draft, "update")


def test_protected_translator_needs_two(draft: ArticlePage) -> None:
    """Who translated may be in danger like who wrote."""
    draft.translator = Person.objects.create(kind="protected")

    assert "protected" in signoffs.reason(draft, "update")


def test_withdrawn_text_comes_back_when_two_sign(draft: ArticlePage) -> None:
    """What was taken away for somebody's safety is not one person's to bring back."""
    draft.article.number, draft.article.taken_back = 2, "withdrawal"

    assert "comes back when two people sign" in signoffs.reason(draft, "update")
    assert "" == signoffs.reason(draft, "minor")


def test_serious_release_is_not_set_for_an_hour(
    serious: ArticlePage, chiefs: tuple[Any, Any]
) -> None:
    """Who signed must be there to say no."""
    first, other = chiefs
    serious.go_live_at = timezone.now() + timedelta(hours=2)
    signoffs.sign(serious, first, "retraction")

    (told,) = obstacles(serious, other, "retraction")

    assert "It is not set for an hour" in told
    assert "go_live_at" == told.field


def test_first_who_presses_publish_signs_and_the_second_publishes(
    client: Client, released: ArticlePage, chiefs: tuple[Any, Any]
) -> None:
    """The real forms, one after the other."""
    first, other = chiefs
    fields = {"next_kind": "retraction", "next_note": NOTE, "action-publish": "1"}
    client.force_login(first)
    told = client.post(_edit(released), form(**fields), follow=True).content.decode()

    assert "Signed, not published" in told
    assert "another presses Publish: editor, other." in told
    assert "You signed at" in told
    assert 1 == released.releases.count()

    client.force_login(other)
    shown = client.get(_edit(released)).content.decode()
    assert "Signed by first at" in shown
    assert "Why can I not publish?" not in shown
    client.post(_edit(released), form(**fields))

    assert "retraction" == released.newest_release.kind
    assert other == released.newest_release.actor


def test_second_who_changes_a_word_becomes_the_first(
    client: Client, released: ArticlePage, chiefs: tuple[Any, Any]
) -> None:
    """The draft is kept, the new words are signed, the first is asked again."""
    fields = {"next_kind": "retraction", "next_note": NOTE, "action-publish": "1"}
    for account, title in zip(chiefs, ("Who May Know", "Who May Not"), strict=True):
        client.force_login(account)
        client.post(_edit(released), form(title=title, **fields))

    assert 1 == released.releases.count()
    assert 2 == SignOff.objects.count()
    latest = ArticlePage.objects.get(pk=released.pk).get_latest_revision_as_object()
    assert "Who May Not" == latest.title
    client.force_login(chiefs[0])
    client.post(_edit(released), form(title="Who May Not", **fields))
    assert "retraction" == released.newest_release.kind


def _edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


# One hand is not two people


def _let_in(account: Any, by: Any) -> None:
    """Make a link, and follow it."""
    token = invitations.reset(account, by)
    invitations.accept(token, "four words of nobody", timezone.now())


def test_operator_who_lets_two_in_is_not_two_people(
    serious: ArticlePage, chiefs: tuple[Any, Any], english: ServicePage
) -> None:
    """Neither those let in by one hand, nor it and one of them, for three days."""
    first, other = chiefs
    third = staff("third", english, "chief-editor")
    operator = staff("both", english, "operator", "chief-editor")
    _let_in(first, operator)
    assert letting_in.are_two(first, other, timezone.now())
    _let_in(other, operator)
    signoffs.sign(serious, first, "retraction")

    for one in (other, operator):
        (found,) = obstacles(serious, one, "retraction")
        assert "one hand let both of you in" in found
        assert ("third" in found, found.waits) == (True, True)
        fresh = ArticlePage.objects.get(pk=serious.pk)
        with pytest.raises(ObstacleError, match="one hand"):
            actions.publish_article(fresh, one, "retraction", NOTE)
    assert [] == obstacles(serious, third, "retraction")
    Invitation.objects.update(used=timezone.now() - letting_in.APART)
    assert [] == obstacles(serious, other, "retraction")


def test_hand_is_the_same_through_another_account(
    chiefs: tuple[Any, Any], english: ServicePage, editor: Any
) -> None:
    """Whoever was let in lets in the next: all of it is one hand, until it is over."""
    first, other = chiefs
    _let_in(first, editor)
    _let_in(other, first)
    now = timezone.now()

    assert not letting_in.are_two(other, editor, now)
    assert now < letting_in.until(other, editor, now) < now + letting_in.APART
    assert letting_in.are_two(other, editor, now + letting_in.APART)
    third = staff("third", english, "chief-editor")
    _let_in(third, None)  # at a terminal: nobody's hand
    assert letting_in.are_two(first, third, now)


@pytest.mark.parametrize("way", ["role", "everything", "other role"])
def test_role_that_publishes_is_given_by_a_hand(
    english: ServicePage, editor: Any, client: Client, way: str
) -> None:
    """So is everything, by the form of an account; a role that signs nothing is not."""
    account = staff("puppet", english, "reporter")
    enter(client, editor)
    if way == "everything":
        fields = {"username": "puppet", "is_superuser": "on", "is_active": "on"}
        client.post(reverse("wagtailusers_users:edit", args=(account.pk,)), fields)
    else:
        role = "chief-editor" if way == "role" else "moderator"
        seat = english.roles.get(role=role)
        accounts.change_roles(account, [seat], (), editor)

    assert letting_in.are_two(account, editor, timezone.now()) == (way == "other role")


def test_form_of_an_account_gives_no_role(
    english: ServicePage, editor: Any, client: Client
) -> None:
    """It shows them; they are given where it is written down who gave them."""
    account = staff("puppet", english, "reporter")
    enter(client, editor)
    chief = english.roles.get(role="chief-editor").group
    place = reverse("wagtailusers_users:edit", args=(account.pk,))
    sent = {"username": "puppet", "is_active": "on", "groups": [chief.pk]}
    answer = client.post(place, sent)

    assert 302 == answer.status_code
    state = {"mark_as_active": "False"}
    for verb, said in (
        ("assign_role", {"role": chief.pk}),
        ("set_active_state", state),
    ):
        many = reverse("wagtail_bulk_action", args=("auth", "user", verb))
        assert 302 == client.post(f"{many}?id={account.pk}", said).status_code
    account.refresh_from_db()
    assert ["en: reporter"] == [str(group) for group in account.groups.all()]
    assert account.is_active


def test_those_who_sign_together_are_told_who_let_whom_in(
    chiefs: tuple[Any, Any], english: ServicePage, persian: ServicePage, client: Client
) -> None:
    """On their home page; not those who sign elsewhere, nor whoever did it."""
    first, other = chiefs
    operator = staff("keeper", english, "operator", "chief-editor")
    _let_in(first, operator)
    told = {}
    for one in (other, operator, first, staff("far", persian, "chief-editor")):
        client.force_login(one)
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        told[one.username] = "Let in lately" in home

    assert {"other": True, "keeper": False, "first": False, "far": False} == told


def test_who_let_in_is_not_deleted_meanwhile(
    chiefs: tuple[Any, Any], editor: Any, client: Client
) -> None:
    """Without the account nobody would know that it was one hand."""
    second = get_user_model().objects.create_superuser("second")
    _let_in(chiefs[0], second)
    enter(client, editor)
    client.post(reverse("wagtailusers_users:delete", args=(second.pk,)))
    bulk = reverse("wagtail_bulk_action", args=("auth", "user", "delete"))
    client.post(f"{bulk}?id={second.pk}")

    assert get_user_model().objects.filter(pk=second.pk).exists()
    Invitation.objects.update(used=timezone.now() - letting_in.APART)
    client.post(reverse("wagtailusers_users:delete", args=(second.pk,)))
    assert not get_user_model().objects.filter(pk=second.pk).exists()


@pytest.mark.parametrize("way", ["delete", "relink"])
def test_mark_taken_off_counts_whatever_becomes_of_its_page(
    released: ArticlePage,
    persian: ServicePage,
    editor: Any,
    way: str,
) -> None:
    """The mark was the story's: a draft that goes takes nothing of it along."""
    body = [{"kind": "paragraph", "text": "خبر"}]
    words = (persian, "خبر", body, editor)
    made = {"section": "society", "source": released.article, "relation": "adapted"}
    other = actions.create_article(*words, **made)
    stories.set_sensitive(other, editor, sensitive=True)
    released.article.released -= timedelta(hours=1)
    released.article.save()
    stories.set_sensitive(other, editor, sensitive=False)
    if way == "delete":
        other.delete()
    else:
        third = actions.create_article(released.service, "Third", body, editor)
        other.source = third.article
        actions.settle_article(other, persian)
        other.save()
        assert signoffs.reason(other, "publish")

    page = ArticlePage.objects.get(pk=released.pk)
    page.title = "A Name"
    with pytest.raises(ObstacleError, match="two people sign"):
        actions.publish_article(page, editor, "update")
