"""Who gets in: editors; nobody else sees a word."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tamizdat.edition.media import name_of
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, Rendition

HEADLINE = "Who May Know"
OPEN = {"admin/login/", "admin/password_reset/done/", "admin/password_reset/complete/"}
# Wagtail answers these to anyone: words of the interface, nothing of the newsroom.
WORDS_ONLY = {"admin/jsi18n/", "admin/sprite/"}
CONFIRM = "admin/password_reset/confirm/"  # says that the link is no longer valid


def test_anonymous_visitor_sees_nothing_of_the_newsroom(
    released: ArticlePage, client: Client
) -> None:
    """Whatever address is tried, the answer is a sign-in page or no page."""
    tried = list(addresses(get_resolver().url_patterns, released.pk))

    assert len(tried) > 250
    for address in tried:
        answer = client.get(f"/{address}")
        content = b"" if answer.streaming else answer.content
        assert HEADLINE not in content.decode(errors="replace"), address
        if answer.status_code == 200:
            assert _is_open(address), address


def test_article_has_no_public_page(released: ArticlePage, client: Client) -> None:
    """Readers read editions, on mirrors; the newsroom's own site shows none."""
    assert released.url is None
    for address in ("/en/", "/en/right-to-know/", "/right-to-know/", "/pages/"):
        assert 404 == client.get(address).status_code


def test_front_door_leads_to_the_sign_in(client: Client, db: None) -> None:
    """The bare address of the newsroom is of use to editors."""
    answer = client.get("/", follow=True)

    assert "/admin/login/" == answer.request["PATH_INFO"]


def test_stored_pictures_are_for_editors(
    draft: ArticlePage, photo: bytes, client: Client, editor: Any
) -> None:
    """A draft's picture is as secret as the draft."""
    picture = actions.attach_picture(draft, photo, "A street", "People walk")
    half = name_of(Rendition.objects.all()[0].sha256)
    preview = reverse("preview_media", args=(f"{half}.avif",))

    for address in (picture.file.url, preview):
        assert 302 == client.get(address).status_code
    client.force_login(editor)
    for address in (picture.file.url, preview):
        answer = client.get(address)
        assert 200 == answer.status_code
        assert answer.getvalue()


@pytest.mark.parametrize("name", ["0" * 32, "x", "%"])
def test_picture_that_is_not_kept_is_not_found(desk: Client, name: str) -> None:
    """A made-up name finds nothing."""
    assert 404 == desk.get(reverse("preview_media", args=(name,))).status_code


def test_file_outside_the_media_folder_is_not_found(desk: Client) -> None:
    """The secret of the newsroom cannot be asked for as a picture."""
    for address in ("/media/../secret.key", "/media/%2e%2e/secret.key"):
        assert desk.get(address).status_code in {400, 404}


def test_every_answer_carries_the_headers_of_a_closed_house(desk: Client) -> None:
    """Nothing is framed elsewhere, guessed at, or told to other sites."""
    headers = desk.get(reverse("wagtailadmin_home")).headers

    assert "SAMEORIGIN" == headers["X-Frame-Options"]
    assert "nosniff" == headers["X-Content-Type-Options"]
    assert "same-origin" == headers["Referrer-Policy"]


def test_session_cookie_is_out_of_reach_of_scripts(db: None, client: Client) -> None:
    """The sign-in page sets cookies that no script and no other site can use."""
    client.get(reverse("wagtailadmin_login"))

    (cookie,) = client.cookies.values()

    assert cookie["httponly"]
    assert "Lax" == cookie["samesite"]


def test_failing_page_writes_no_address_to_the_log(
    desk: Client, capfd: pytest.CaptureFixture[str], settings: Any
) -> None:
    """A log that is seized names nobody."""
    for status in ("/admin/nothing/", "/media/nothing"):
        desk.get(status, REMOTE_ADDR="203.0.113.9", headers={"user-agent": "Spy/1"})
    desk.get("/", headers={"host": "evil.example"}, REMOTE_ADDR="203.0.113.9")

    told = "".join(capfd.readouterr())

    assert "203.0.113.9" not in told
    assert "Spy/1" not in told
    assert "evil.example" not in told


def addresses(
    patterns: list[URLPattern | URLResolver], key: int, prefix: str = ""
) -> Iterator[str]:
    """List every address of the URLconf, with this key wherever one is named."""
    for pattern in patterns:
        address = prefix + _filled(str(pattern.pattern), key)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, key, address)
        else:
            yield address


def _filled(route: str, key: int) -> str:
    route = re.sub(r"<(?:int:)?\w+>", str(key), route)
    route = re.sub(r"<(?:str|slug|path):\w+>", "x", route)
    route = re.sub(r"\(\?P<\w+>[^)]*\)", str(key), route)
    return route.removeprefix("^").removesuffix("$").replace("\\Z", "")


def _is_open(address: str) -> bool:
    return address in OPEN | WORDS_ONLY or address.startswith(CONFIRM)
