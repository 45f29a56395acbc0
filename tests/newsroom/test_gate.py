"""No way of Wagtail to publish goes past what is in the way."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from newsroom.article_form import form
from newsroom.conftest import staff
from tamizdat.newsroom import actions, schedule
from tamizdat.newsroom.models import ArticlePage, ServicePage, SignOff

BREAKING = "Breaking news is not among your rights. Ask: chief"


@pytest.fixture
def people(english: ServicePage) -> dict[str, Any]:
    """Give one account for each who works on a text."""
    roles = {
        "reporter": "reporter",
        "editor of texts": "editor",
        "duty": "duty-editor",
        "chief": "chief-editor",
        "chief two": "chief-editor",
    }
    return {name: staff(name, english, role) for name, role in roles.items()}


@pytest.fixture
def text(english: ServicePage, people: dict[str, Any]) -> ArticlePage:
    """Give the draft of a reporter."""
    return _draft(english, people["reporter"])


def test_reporter_is_told_who_publishes(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """A button that a form still sends after a role was lost saves the draft alone."""
    client.force_login(people["reporter"])
    shown = client.get(_edit(text)).content.decode()
    told = _press_publish(client, text, title="Longer")

    for page in (shown, told):
        assert "You write here but do not publish. Ask: chief, chief two, duty." in page
    assert 'name="action-submit"' in shown
    assert 'name="action-publish"' not in shown
    _nothing_went_out(text)
    assert "Longer" == _latest(text).title


def test_form_refuses_what_is_not_among_the_rights(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """Whoever may publish is told at the field what they may not."""
    client.force_login(people["duty"])
    told = _press_publish(client, text, breaking="on")

    assert BREAKING in told
    _nothing_went_out(text)

    _press_publish(client, text)
    told = _press_publish(client, text, next_kind="retraction", next_note="Wrong.")

    assert "A retraction is not among your rights" in told
    assert "publish" == text.newest_release.kind


def test_correction_of_announced_news_needs_no_further_right(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """Readers have heard of it: who may publish may put it right."""
    client.force_login(people["chief"])
    _press_publish(client, text, breaking="on")
    client.force_login(people["duty"])
    _press_publish(client, text, breaking="on", title="Right", next_kind="minor")

    assert "minor" == text.newest_release.kind


@pytest.mark.parametrize("role", ["reporter", "editor of texts", "duty"])
def test_list_publishes_nothing_that_the_form_would_not(
    client: Client, english: ServicePage, people: dict[str, Any], role: str
) -> None:
    """Many chosen at once: one refusal, and none of them goes out."""
    good, bad = (
        _draft(english, people["reporter"], breaking=breaking, title=title)
        for breaking, title in ((False, "Ordinary"), (True, "Announced"))
    )
    client.force_login(people[role])
    told = _bulk(client, "publish", good, bad)

    _nothing_went_out(good)
    _nothing_went_out(bad)
    if role == "duty":
        assert "“Announced” is not published: Breaking news" in told


def test_list_publishes_what_the_form_would(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """The way itself is open."""
    client.force_login(people["duty"])
    _bulk(client, "publish", text)

    assert people["duty"] == text.newest_release.actor


def test_list_publishes_no_article_by_its_service(
    client: Client, english: ServicePage, text: ArticlePage, people: dict[str, Any]
) -> None:
    """Choosing the service with all below it is no way round."""
    text.breaking = True
    text.save_revision()
    client.force_login(people["duty"])
    _bulk(client, "publish", english, include_descendants="on")

    _nothing_went_out(text)


def test_list_unpublishes_nothing_released(
    client: Client, text: ArticlePage, people: dict[str, Any], english: ServicePage
) -> None:
    """Neither the article nor, through its service, all of them."""
    actions.publish_article(text, people["chief"])
    client.force_login(people["chief"])
    for page in (text, english):
        _bulk(client, "unpublish", page, include_descendants="on")

    assert ArticlePage.objects.get(pk=text.pk).live
    assert ServicePage.objects.get(pk=english.pk).live


def test_text_goes_from_hand_to_hand(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """Submitted, edited, signed off: then readers have it."""
    client.force_login(people["reporter"])
    _press(client, text, "submit")
    assert "en: edit" == _task(text)
    _press(client, text, "save", title="Too late")
    assert "Who May Know" == _latest(text).title

    client.force_login(people["editor of texts"])
    _approve(client, text, title="Edited")
    assert "en: sign off" == _task(text)
    _nothing_went_out(text)

    client.force_login(people["chief"])
    shown = client.get(_edit(text)).content.decode()
    told = _approve(client, text, title="Edited")

    assert "Approve and Publish" in shown
    assert 'name="action-publish"' not in shown
    assert "Release 1 will stand on every mirror" in told
    assert people["chief"] == text.newest_release.actor
    assert "Edited" == ArticlePage.objects.get(pk=text.pk).title


def test_last_approval_can_be_undone(
    client: Client, english: ServicePage, text: ArticlePage, people: dict[str, Any]
) -> None:
    """Whoever signs off sees the seconds left, as after Publish."""
    _hand_to_sign_off(client, text, people)
    ServicePage.objects.filter(pk=english.pk).update(hold_seconds=60)
    client.force_login(people["chief"])
    told = _approve(client, text)

    assert "seconds left" in told
    _nothing_went_out(text)


@pytest.mark.parametrize("step", ["submit", "approve"])
def test_text_with_gaps_is_not_handed_on(
    client: Client, text: ArticlePage, people: dict[str, Any], step: str
) -> None:
    """Whoever gets it would have to ask: the form says it at once."""
    client.force_login(people["reporter"])
    if step == "approve":
        _press(client, text, "submit")
        client.force_login(people["editor of texts"])
        told = _approve(client, text, section="")
        assert "en: edit" == _task(text)
    else:
        told = _press(client, text, "submit", section="")
        assert text.current_workflow_state is None

    assert "Choose a section before publishing." in told


def test_sign_off_in_the_workflow_is_no_way_round(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """The last approval publishes: refused, it keeps the text and its place."""
    _hand_to_sign_off(client, text, people, breaking="on")
    client.force_login(people["duty"])
    told = _approve(client, text, breaking="on", title="My better headline")

    assert "Breaking news is not among your rights" in told
    _nothing_went_out(text)
    assert "en: sign off" == _task(text)
    assert "My better headline" == _latest(text).title


@pytest.mark.parametrize("by_script", [True, False])
def test_dialog_of_the_workflow_is_no_way_round(
    client: Client, text: ArticlePage, people: dict[str, Any], *, by_script: bool
) -> None:
    """The dashboard approves without the form."""
    _hand_to_sign_off(client, text, people, breaking="on")
    client.force_login(people["duty"])
    state = _fresh(text).current_workflow_task_state
    place = reverse(
        "wagtailadmin_pages:workflow_action", args=(text.pk, "approve", state.pk)
    )
    headers = {"x-requested-with": "XMLHttpRequest"} if by_script else {}
    answer = client.post(place, {"comment": "Good."}, headers=headers)

    _nothing_went_out(text)
    assert "en: sign off" == _task(text)
    leads = json.loads(answer.content)["redirect"] if by_script else answer.url
    assert (
        "Breaking news is not among your rights" in client.get(leads).content.decode()
    )


def test_two_people_sign_in_the_workflow(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """The first approval signs and stays; the second one publishes."""
    actions.publish_article(text, people["chief"])
    fields = {"next_kind": "retraction", "next_note": "It was wrong."}
    _hand_to_sign_off(client, text, people, **fields)
    client.force_login(people["chief"])
    told = _approve(client, text, **fields)

    assert "Signed, not published" in told
    assert "en: sign off" == _task(text)
    assert [people["chief"]] == [one.actor for one in SignOff.objects.all()]
    client.force_login(people["chief two"])
    _approve(client, text, **fields)

    assert "retraction" == text.newest_release.kind
    assert people["chief two"] == text.newest_release.actor
    states = WorkflowState.objects.values_list("status", flat=True)
    assert ["approved"] == list(states)


def test_old_version_is_no_way_round(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """“Publish this version” of the history asks the same questions."""
    text.breaking = True
    old = text.save_revision(user=people["chief"])
    text.breaking = False
    text.save_revision(user=people["chief"])
    client.force_login(people["duty"])
    place = reverse("wagtailadmin_pages:revisions_revert", args=(text.pk, old.pk))
    fields = form(breaking="on") | {"action-publish": "1"}
    told = client.post(place, fields).content.decode()

    assert BREAKING in told
    _nothing_went_out(text)


@pytest.mark.lab(one_in=4)
@pytest.mark.parametrize("loss", ["none", "role", "closed", "deleted"])
@pytest.mark.parametrize("by", ["resident", "command"])
def test_hour_that_comes_publishes_by_the_rights_of_who_set_it(
    client: Client, text: ArticlePage, people: dict[str, Any], loss: str, by: str
) -> None:
    """A reporter's words, set by a chief editor, who may have left since."""
    client.force_login(people["chief"])
    later = timezone.now() + timedelta(hours=2)
    _press_publish(client, text, go_live_at=f"{later:%Y-%m-%d %H:%M}")
    _nothing_went_out(text)
    if loss == "role":
        people["chief"].groups.clear()
    elif loss == "closed":
        people["chief"].is_active = False
        people["chief"].save()
    elif loss == "deleted":
        people["chief"].delete()
    past = timezone.now() - timedelta(minutes=1)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()

    if by == "resident":
        schedule.publish_due(timezone.now())
    else:
        call_command("publish_scheduled", verbosity=0)

    client.force_login(people["chief two"])
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    if loss == "none":
        assert people["chief"] == text.newest_release.actor
    else:
        _nothing_went_out(text)
    assert ("and did not. Its form says" in home) is (loss != "none")


def test_hour_that_has_passed_is_refused_and_a_spent_one_forgotten(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """Who types one is told; a draft whose hour is over asks for none, and goes out."""
    client.force_login(people["chief"])
    past = timezone.localtime(timezone.now() - timedelta(hours=1))
    typed = f"{past:%Y-%m-%d %H:%M}"
    assert "This hour has passed" in _press_publish(client, text, go_live_at=typed)
    _nothing_went_out(text)
    text.go_live_at = past
    text.save_revision()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=(text.pk,)))

    assert edit.context["form"]["go_live_at"].value() is None
    _press_publish(client, text, go_live_at=typed)
    assert 1 == text.newest_release.number
    assert ArticlePage.objects.get(pk=text.pk).go_live_at is None


def test_hour_is_not_set_without_the_right(
    client: Client, text: ArticlePage, people: dict[str, Any]
) -> None:
    """Nor for breaking news, by who may not announce it."""
    client.force_login(people["duty"])
    later = timezone.now() + timedelta(hours=2)
    told = _press_publish(
        client, text, breaking="on", go_live_at=f"{later:%Y-%m-%d %H:%M}"
    )

    assert BREAKING in told
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("name", ["reporter", "editor of texts"])
def test_verb_itself_refuses(
    text: ArticlePage, people: dict[str, Any], name: str
) -> None:
    """Whatever calls it: a script, another room, a way nobody has thought of."""
    with pytest.raises(actions.ReleaseError, match="do not publish"):
        actions.publish_article(text, people[name])

    _nothing_went_out(text)


def _draft(service: ServicePage, owner: Any, **fields: Any) -> ArticlePage:
    body = [{"kind": "paragraph", "text": "Everyone may seek information."}]
    title = fields.pop("title", "Who May Know")
    return actions.create_article(
        service, title, body, owner, section="society", **fields
    )


def _edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def _press(client: Client, page: ArticlePage, name: str, **changes: Any) -> str:
    fields = form(**changes) | {f"action-{name}": "1"}
    return client.post(_edit(page), fields, follow=True).content.decode()


def _press_publish(client: Client, page: ArticlePage, **changes: Any) -> str:
    return _press(client, page, "publish", **changes)


def _approve(client: Client, page: ArticlePage, **changes: Any) -> str:
    fields = form(**changes) | {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    return client.post(_edit(page), fields, follow=True).content.decode()


def _hand_to_sign_off(
    client: Client, page: ArticlePage, people: dict[str, Any], **changes: Any
) -> None:
    for name in ("reporter", "editor of texts"):
        client.force_login(people[name])
        if name == "reporter":
            _press(client, page, "submit", **changes)
        else:
            _approve(client, page, **changes)
    assert "en: sign off" == _task(page)


def _bulk(client: Client, verb: str, *pages: Any, **fields: Any) -> str:
    place = reverse("wagtail_bulk_action", args=("wagtailcore", "page", verb))
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{place}?{chosen}", fields, follow=True).content.decode()


def _fresh(page: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def _latest(page: ArticlePage) -> Any:
    return _fresh(page).get_latest_revision_as_object()


def _task(page: ArticlePage) -> str:
    return str(_fresh(page).current_workflow_task)


def _nothing_went_out(page: ArticlePage) -> None:
    assert not _fresh(page).live
    assert page.newest_release is None
