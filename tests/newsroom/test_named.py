"""Services and the trust note: keys come first once there are any."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset

from newsroom.article_form import service_form
from tamizdat.newsroom import actions, service_commands
from tamizdat.newsroom.errors import UnnamedError
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.named import require_named
from tamizdat.press.keys import new_organisation

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def notes(settings: Any, tmp_path: Path) -> Path:
    """Give a newsroom's trust notes; the newest names en and ru."""
    settings.TAMIZDAT = replace(settings.TAMIZDAT, path=tmp_path)
    new_organisation(tmp_path / "keys", "news.example", ["en", "ru"], NOW)
    return tmp_path / "keys" / "trust"


def test_service_that_no_key_may_sign_is_refused(notes: Path, db: None) -> None:
    """A page would lead readers to a service that is on no mirror."""
    answer = _add("fa")

    assert 1 == answer.exit_code
    assert f"Error: {notes}/1.note: names en, ru, expected fa" in answer.output
    assert "keys come first" in answer.output
    assert 1 == len(answer.output.splitlines())
    assert not ServicePage.objects.exists()


def test_service_that_the_trust_note_names_is_opened(notes: Path, db: None) -> None:
    """Keys first, then the service."""
    answer = _add("ru")

    assert 0 == answer.exit_code, answer.output


def test_form_refuses_a_service_that_no_key_may_sign(notes: Path, desk: Client) -> None:
    """The editors' site keeps the same rule, at the field."""
    root = Page.get_first_root_node()
    add = reverse("wagtailadmin_pages:add", args=("newsroom", "servicepage", root.pk))
    rows = inline_formset([{"section_id": "news", "name": "News"}])
    answer = desk.post(add, service_form(service_id="fa", sections=rows))

    assert "names en, ru" in answer.context["form"].errors["service_id"][0]
    assert not ServicePage.objects.exists()


def test_service_opened_earlier_can_still_be_edited(
    english: ServicePage, desk: Client, settings: Any, tmp_path: Path
) -> None:
    """The rule is about opening; words about an open service can change."""
    settings.TAMIZDAT = replace(settings.TAMIZDAT, path=tmp_path)
    new_organisation(tmp_path / "keys", "news.example", ["ru"], NOW)
    kept = [*english.sections.values("id", "section_id", "name")]
    rows = inline_formset(kept, initial=len(kept))
    fields = service_form(service_id="en", title="The News", sections=rows)
    edit = reverse("wagtailadmin_pages:edit", args=(english.pk,))
    desk.post(edit, fields | {"action-publish": "1"})

    assert "The News" == ServicePage.objects.get().title


def test_newest_note_decides(notes: Path) -> None:
    """A later note may drop a service or add one; ten comes after nine."""
    first = (notes / "1.note").read_bytes()
    (notes / "9.note").write_bytes(first)
    (notes / "10.note").write_bytes(first.replace(b"service en ", b"service es "))

    require_named(notes, "es")
    with pytest.raises(UnnamedError, match=r"10\.note: names es, ru, expected en"):
        require_named(notes, "en")


def test_note_that_cannot_be_read_stops_the_opening(notes: Path, db: None) -> None:
    """A damaged note is named; nothing is guessed from the one before."""
    (notes / "2.note").write_bytes(b"\xff\x00")

    with pytest.raises(UnnamedError, match=r"2\.note: cannot be read as a trust note"):
        actions.create_service("ru", "Новости", "ru", [("news", "Новости")])


def test_any_service_opens_before_there_are_keys(tmp_path: Path) -> None:
    """A newsroom chooses its languages before it makes keys."""
    require_named(tmp_path / "keys" / "trust", "fa")


def _add(service_id: str) -> Any:
    words = ("add", service_id, "--name", "News", "--language", service_id)
    return CliRunner().invoke(service_commands.service, words)
