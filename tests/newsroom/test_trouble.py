"""What cannot be answered is said on one calm page, in the language of the account."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from newsroom.article_form import form
from newsroom.conftest import staff
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.releases import board

PAGE = {"HTTP_ACCEPT": "text/html,*/*;q=0.8"}
MENU = "wagtail-sidebar"


@pytest.fixture
def russian(desk: Client, editor: Any) -> Client:
    """Give the browser of an editor who reads Russian, in an English newsroom."""
    _speak(editor, "ru")
    desk.raise_request_exception = False
    return desk


def _speak(account: Any, language: str) -> None:
    told = {"preferred_language": language}
    UserProfile.objects.update_or_create(user=account, defaults=told)


def test_what_a_view_expected_is_said_to_whoever_asked(
    russian: Client, draft: ArticlePage
) -> None:
    """Inside the frame; a script gets one line."""
    stale = reverse("stale")
    edit = reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    sent = form() | {"body-count": "PLANTED"}

    for answer, line in (
        (russian.get(stale, {"show": "bogus"}, **PAGE), "show: ожидалось"),
        (russian.post(edit, sent, **PAGE), "body-count: ожидалось: целое число"),
    ):
        said = answer.content.decode()
        assert 400 == answer.status_code
        assert MENU in said
        assert "Это не читается" in said
        assert line in said
    line = russian.post(edit, sent)
    assert "text/plain; charset=utf-8" == line["Content-Type"]
    told = "body-count: ожидалось: целое число; получено: 'PLANTED'"
    assert told == line.content.decode()


@pytest.mark.parametrize("place", ["/admin/PLANTED/", "/PLANTED/", "/media/PLANTED"])
def test_nothing_is_told_of_what_is_not_there(
    russian: Client, client: Client, place: str
) -> None:
    """With the menu for whoever is signed in, and without for others."""
    found = russian.get(place, **PAGE)

    assert 404 == found.status_code
    said = found.content.decode()
    assert "Здесь ничего нет - Tamizdat" in " ".join(said.split())
    assert MENU in said
    assert "PLANTED" not in said.replace(f"?next={place}", "")
    stranger = Client().get(place, **PAGE)
    assert MENU not in stranger.content.decode()
    line = russian.get(place, HTTP_ACCEPT="application/json")
    assert (404, "Здесь ничего нет") == (line.status_code, line.content.decode())


def test_failure_tells_nothing_of_itself(
    russian: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, and where no page can be made, in one line."""

    def fail(*_: Any) -> None:
        raise RuntimeError("PLANTED")

    monkeypatch.setattr(board, "stories", fail)
    for accepted in (PAGE, {}):
        answer = russian.get(reverse("stale"), **accepted)
        assert 500 == answer.status_code
        assert "Здесь что-то сломалось" in answer.content.decode()
        assert "PLANTED" not in answer.content.decode()


def test_who_may_not_is_told_in_their_language(
    english: ServicePage, persian: ServicePage, draft: ArticlePage, client: Client
) -> None:
    """What is refused before a view is asked speaks no other language than views."""
    far = staff("far", persian, "editor")
    _speak(far, "ru")
    client.force_login(far)
    edit = reverse("wagtailadmin_pages:edit", args=(draft.pk,))

    answer = client.get(edit, follow=True, **PAGE)

    assert "Извините" in answer.content.decode()
    assert "Sorry" not in answer.content.decode()


def test_form_of_elsewhere_is_refused_in_words(db: None) -> None:
    """Django's own page names settings, in English."""
    account = get_user_model().objects.create_superuser("everything")
    _speak(account, "ru")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account)

    answer = browser.post(reverse("newsroom_end_session"), **PAGE)

    said = answer.content.decode()
    assert 403 == answer.status_code
    assert "Отправьте ещё раз - Tamizdat" in " ".join(said.split())
    assert "Загрузите её заново" in said
    assert not [one for one in ("CSRF verification", "роли") if one in said]


def test_who_owes_a_second_factor_gets_no_menu(
    english: ServicePage, client: Client, settings: Any
) -> None:
    """A page of trouble is no way round the door."""
    client.force_login(staff("owing", english, "editor"))
    client.raise_request_exception = False
    with_menu = client.get("/PLANTED/", **PAGE).content.decode()
    asked = {**vars(settings.TAMIZDAT), "second_factor": ("editor",)}
    settings.TAMIZDAT = type(settings.TAMIZDAT)(**asked)

    assert MENU in with_menu
    assert MENU not in client.get("/PLANTED/", **PAGE).content.decode()


def test_name_that_is_not_the_sites_is_a_bad_request(client: Client) -> None:
    """Whoever forgot the host in a proxy is not told that the program failed."""
    answer = client.get("/admin/login/", HTTP_HOST="other.example", **PAGE)

    assert 400 == answer.status_code
