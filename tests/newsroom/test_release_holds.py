"""A release is held before the ledger: undone until its end, and by nobody after it."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

import template
from hands import keep_attachment
from newsroom.article_form import FEATURES, WORDS, form
from newsroom.conftest import staff
from tamizdat.newsroom import schedule
from tamizdat.newsroom.home import Organisation, make_home
from tamizdat.newsroom.models import ArticlePage, HeldRelease, ServicePage, Story
from tamizdat.newsroom.releases import holds

_ORGANISATION = Organisation("demo.tamizdat.example", "Demo Press", 2026)
TOLD = {"title": "Who May Know More", "next_kind": "update"}


@pytest.fixture
def holding(english: ServicePage) -> ServicePage:
    """Give a service that holds each release for a minute, breaking news for none."""
    english.hold_seconds = 60
    english.save()
    return english


@pytest.fixture
def held(holding: ServicePage, released: ArticlePage, desk: Client) -> HeldRelease:
    """Give an update that somebody just pressed."""
    _publish(desk, released, **TOLD)
    one: HeldRelease = HeldRelease.objects.get()
    return one


@pytest.mark.both
def test_pressed_release_is_in_no_ledger_until_its_end(
    held: HeldRelease, released: ArticlePage
) -> None:
    """At its end it goes out as it was pressed, by whoever pressed it."""
    assert 1 == released.newest_release.number
    schedule.publish_due(held.until - timedelta(milliseconds=1))
    assert 1 == released.newest_release.number
    schedule.publish_due(held.until)

    newest = released.newest_release

    assert (2, "update", held.actor) == (newest.number, newest.kind, newest.actor)
    assert "Who May Know More" == ArticlePage.objects.get().title
    assert not HeldRelease.objects.exists()


@pytest.mark.both
def test_press_knows_the_end_of_a_hold(held: HeldRelease) -> None:
    """The resident press wakes at that instant and at no other."""
    assert held.until == schedule.next_hour(held.pressed)
    assert schedule.next_hour(held.until) is None


def test_undo_leaves_what_was_written_as_the_draft(
    held: HeldRelease, released: ArticlePage, desk: Client
) -> None:
    """Nothing went out; kind, note and text wait in the form."""
    answer = desk.post(_held(released), follow=True)
    schedule.publish_due(held.until)
    shown = answer.context["form"]

    assert "Undone: nothing went out" in answer.content.decode()
    assert 1 == released.newest_release.number
    assert "Who May Know More" == shown["title"].value()
    assert "update" == shown["next_kind"].value()


@pytest.mark.both
def test_undo_after_the_end_recalls_nothing(
    held: HeldRelease, released: ArticlePage, desk: Client
) -> None:
    """Whoever comes too late is told, and the release stands."""
    schedule.publish_due(held.until)
    answer = desk.post(_held(released), follow=True)

    assert "Too late" in answer.content.decode()
    assert 2 == released.newest_release.number


@pytest.mark.both
def test_second_press_changes_nothing(
    held: HeldRelease, released: ArticlePage, desk: Client
) -> None:
    """A double click is one release; other words of somebody else wait as a draft."""
    _publish(desk, released, **TOLD)
    answer = _publish(desk, released, title="From another desk", next_kind="update")

    assert "is held until" in answer.content.decode()
    assert held.revision_id == HeldRelease.objects.get().revision_id
    schedule.publish_due(held.until)
    assert "Who May Know More" == ArticlePage.objects.get().title
    kept = ArticlePage.objects.get().get_latest_revision_as_object()
    assert "From another desk" == kept.title


def test_page_counts_without_a_script(
    held: HeldRelease, released: ArticlePage, desk: Client
) -> None:
    """The seconds left, Undo as a form, and the browser asks again after the end."""
    answer = desk.get(_held(released))
    page = answer.content.decode()

    assert "seconds left" in page
    assert '<button type="submit" class="button serious" autofocus>Undo' in page
    assert 55 <= int(answer["Refresh"]) <= 61


@pytest.mark.both
def test_headline_that_is_held_is_shown_to_its_own_desk_alone(
    held: HeldRelease, released: ArticlePage, persian: ServicePage, client: Client
) -> None:
    """No other service sees it; of a sensitive story nobody who works on no text."""
    places = [reverse("wagtailadmin_home"), reverse("followups")]
    near = staff("near", released.service, "reporter")
    looking_on = staff("looking on", released.service, "operator")
    far = staff("far", persian, "chief-editor")

    for account in (near, looking_on):
        client.force_login(account)
        assert 200 == client.get(_held(released)).status_code
        assert all(_shows(client, place, TOLD["title"]) for place in places)
        assert TOLD["title"] in _strip(client)[0]["text"]
    assert "" == _strip(client)[0]["undo"]  # who may not publish undoes nothing
    Story.objects.update(sensitive=True)
    for account in (far, looking_on):
        client.force_login(account)
        assert 200 != client.get(_held(released)).status_code
        assert not any(_shows(client, place, TOLD["title"]) for place in places)
        assert [] == _strip(client)


def _strip(client: Client) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = client.get(reverse("mirrors_status")).json()["held"]
    return held


def _shows(client: Client, place: str, headline: str) -> bool:
    return f"{headline}</a>: held" in client.get(place).content.decode()


def test_board_says_that_no_press_runs(
    held: HeldRelease, released: ArticlePage, desk: Client
) -> None:
    """What is over and still held is told, with what to do; Undo goes on working."""
    past = datetime.now(UTC) - timedelta(minutes=3)
    HeldRelease.objects.update(until=past)
    page = desk.get(_held(released)).content.decode()
    home = desk.get(reverse("wagtailadmin_home")).content.decode()

    assert "no press takes it" in page
    assert "no press took it" in home
    assert holds.undo(released.pk, held.actor)


def test_breaking_news_is_not_held(
    holding: ServicePage, released: ArticlePage, desk: Client
) -> None:
    """Its service says 0 seconds: it is out when the button comes up."""
    _publish(desk, released, **TOLD, breaking="on")

    assert 2 == released.newest_release.number
    assert not HeldRelease.objects.exists()


def test_text_changed_while_it_was_held_does_not_go_out(
    held: HeldRelease, released: ArticlePage, desk: Client
) -> None:
    """Only what was pressed is released; the page says why it was not."""
    revision = held.revision
    revision.content["title"] = "Slipped in"
    revision.save()
    schedule.publish_due(held.until)

    assert 1 == released.newest_release.number
    assert "changed while it was held" in desk.get(_held(released)).content.decode()


def test_words_beside_a_text_go_out_as_they_were_pressed(
    holding: ServicePage, released: ArticlePage, desk: Client
) -> None:
    """A title or transcript that is changed in the library meanwhile is another one."""
    paper = keep_attachment("document", b"Report.", "The report", service=holding)
    text = ("paragraph", rich_text(WORDS, features=FEATURES))
    body = streamfield([text, ("document", {"paper": str(paper.pk)})])
    for title, number in (("Another report", 1), ("The report", 2)):
        _publish(desk, released, **TOLD, body=body)
        held = HeldRelease.objects.get()
        type(paper).objects.update(title=title)
        schedule.publish_due(held.until)
        told = desk.get(_held(released)).content.decode()
        holds.undo(released.pk, held.actor)
        paper.save()

        assert number == released.newest_release.number
        assert (number == 1) == ("was changed while it was held" in told)


def test_same_words_are_not_held(
    holding: ServicePage, released: ArticlePage, desk: Client
) -> None:
    """Nobody waits for a release of nothing."""
    answer = _publish(desk, released, next_kind="minor")

    assert "Nothing was released" in answer.content.decode()
    assert not HeldRelease.objects.exists()


def test_kind_is_asked_for_before_it_is_held(
    holding: ServicePage, released: ArticlePage, desk: Client
) -> None:
    """Minor or material is a question with no answer given in advance."""
    answer = _publish(desk, released, title="Who May Know More")  # no radio is on

    assert "Say what kind of change it is" in answer.content.decode()
    assert not HeldRelease.objects.exists()


@pytest.mark.parametrize("by_service", [False, True])
def test_articles_published_from_a_list_are_held_too(
    holding: ServicePage, draft: ArticlePage, desk: Client, *, by_service: bool
) -> None:
    """No way of the site passes the hold, neither that by all below a service."""
    bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    key, below = (holding.pk, "on") if by_service else (draft.pk, "")
    desk.post(f"{bulk}?id={key}", {"include_descendants": below})
    held = HeldRelease.objects.get()

    assert draft.newest_release is None
    schedule.publish_due(held.until)
    assert "publish" == draft.newest_release.kind


def test_what_a_workflow_approves_is_held_too(
    holding: ServicePage, draft: ArticlePage, editor: Any
) -> None:
    """The last approval is a Publish like any other."""
    state = holding.desk.workflow.start(draft, editor)
    while state.status == state.STATUS_IN_PROGRESS:
        state.current_task_state.approve(user=editor)
        state.refresh_from_db()
    held = HeldRelease.objects.get()

    assert draft.newest_release is None
    schedule.publish_due(held.until)
    assert "publish" == draft.newest_release.kind


@pytest.mark.both
def test_one_instant_has_one_winner(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Of two who undo and the press one takes the release; of two presses one holds."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    if connection.vendor == "postgresql":
        server = request.getfixturevalue("postgres")
        environment["TAMIZDAT_DATABASE_URL"] = server.create(
            "instant", template.migrated_on(server)
        )
    template.lay(tmp_path / "home")
    make_home(tmp_path / "home", _ORGANISATION, "127.0.0.1", 8300)
    environment["TAMIZDAT_HOME"] = str(tmp_path / "home")
    script = Path(__file__).with_name("at_one_instant.py")
    done = subprocess.run(
        [sys.executable, script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    lines = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    undos, presses = lines[:6], lines[6:]
    assert {(1, 0, 0), (0, 1, 0)} >= set(undos)
    assert 6 == len(undos)
    assert [(1, 1)] * 6 == presses


def _held(page: ArticlePage) -> str:
    return reverse("held_release", args=(page.pk,))


def _publish(desk: Client, page: ArticlePage, **changes: Any) -> Any:
    url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    return desk.post(url, form(**changes) | {"action-publish": "1"}, follow=True)
