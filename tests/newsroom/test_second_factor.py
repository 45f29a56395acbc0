"""Second factors: who must have one, and that no address of the site goes round it."""

import json
import re
import time
from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.auth import SESSION_KEY, get_user_model
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from newsroom.conftest import enter, staff
from newsroom.test_doors import addresses
from tamizdat.newsroom.doors import attempts, factors, lockout
from tamizdat.newsroom.home import SECOND_FACTOR
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.roles import ROLES

TAKEN = "192.0.2.77"  # an address for documents
PASSWORD = "correct horse battery"  # noqa: S105 (of nobody)


@pytest.fixture(autouse=True)
def asked(settings: Any) -> None:
    """Ask for a second factor as a newsroom does that nobody has told otherwise."""
    settings.TAMIZDAT = replace(settings.TAMIZDAT, second_factor=SECOND_FACTOR)


@pytest.fixture
def operator(db: None) -> Any:
    """Give an account that may do everything, with a password and an app."""
    account = get_user_model().objects.create_superuser("operator", password=PASSWORD)
    account.secret = generate_totp_secret()
    TOTP.activate(account, account.secret)
    return account


def code(secret: str, steps: int = 0) -> str:
    """Compute the code an app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client: Client, name: str = "operator") -> Any:
    """Give name and password."""
    return client.post(
        reverse("account_login"), {"login": name, "password": PASSWORD}, follow=True
    )


@pytest.mark.parametrize("role", ROLES)
def test_role_decides_who_must_have_one(english: ServicePage, role: str) -> None:
    """Operators, chief editors and legal reviewers must, unless it is set otherwise."""
    account = staff("someone", english, role)

    assert (role in SECOND_FACTOR) == factors.must_have(account)


def test_code_of_the_app_signs_in_and_only_once(client: Client, operator: Any) -> None:
    """Name and password lead to the code, the code leads in, and is used up."""
    shown = sign_in(client)
    used = code(operator.secret)

    assert "The second factor" in shown.content.decode()
    assert SESSION_KEY not in client.session
    answer = client.post(reverse("mfa_authenticate"), {"code": used}, follow=True)
    assert 200 == answer.status_code
    assert str(operator.pk) == client.session[SESSION_KEY]
    other = Client()
    sign_in(other)
    answer = other.post(reverse("mfa_authenticate"), {"code": used})
    assert "not the right code" in answer.content.decode()
    assert SESSION_KEY not in other.session


def test_no_address_signs_in_without_the_second_factor(operator: Any) -> None:
    """Whatever address takes a name and a password, it opens nothing by itself."""
    given = {
        **dict.fromkeys(("login", "username", "email", "name"), "operator"),
        **dict.fromkeys(("password", "password1", "password2"), PASSWORD),
        **dict.fromkeys(("oldpassword", "old_password", "new_password1"), PASSWORD),
        **dict.fromkeys(("new_password2", "code", "credential"), "000000"),
        "next": "/admin/",
    }
    client = Client()
    tried = list(addresses(get_resolver().url_patterns, operator.pk))
    assert len(tried) > 250
    for address in tried:
        for kept in (True, False):  # with what the address before left behind, too
            browser = client if kept else Client()
            browser.post(f"/{address}", given)
            browser.get(f"/{address}", given)

            assert SESSION_KEY not in browser.session, address


def test_no_address_makes_an_account(operator: Any) -> None:
    """Nobody signs up: whatever form is sent anywhere, there are no more accounts."""
    given = {
        **dict.fromkeys(("login", "username", "name"), "newcomer"),
        **dict.fromkeys(("password", "password1", "password2"), PASSWORD),
        "email": "newcomer@news.example",
        "is_superuser": "on",
    }
    client = Client()
    tried = list(addresses(get_resolver().url_patterns, operator.pk))
    tried += ["admin/signup/", "accounts/signup/", "signup/", "admin/door/signup/"]
    for address in tried:
        client.post(f"/{address}", given)
        client.get(f"/{address}", given)

    assert [operator] == list(get_user_model().objects.all())
    assert SESSION_KEY not in client.session


def test_who_owes_a_second_factor_gets_nothing_else(
    released: Any, client: Client, english: ServicePage
) -> None:
    """A chief editor with a password alone is led to the set-up from everywhere."""
    enter(client, staff("chief", english, "chief-editor"))
    setting_up = reverse("mfa_index")
    for address in addresses(get_resolver().url_patterns, released.pk):
        answer = client.get(f"/{address}")
        content = b"" if answer.streaming else answer.content

        assert released.title not in content.decode(errors="replace"), address
        if address.startswith("admin/pages") or address == "admin/":
            assert setting_up == answer.headers.get("Location"), address


def test_set_up_leads_in_and_shows_codes_once(
    client: Client, english: ServicePage
) -> None:
    """An app is set up, ten recovery codes are shown, each lets in once."""
    account = staff("chief", english, "chief-editor")
    account.set_password(PASSWORD)
    account.save()
    sign_in(client, "chief")
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]

    shown = client.post(
        reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True
    ).content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", shown)
    assert 10 == len(codes)
    assert 200 == client.get(reverse("wagtailadmin_home")).status_code
    client.get(reverse("wagtailadmin_home"))
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    other = Client()
    for expected in (True, False):
        sign_in(other, "chief")
        other.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert expected == (SESSION_KEY in other.session)
        other.logout()


def test_session_that_never_showed_the_factor_is_asked_for_it(
    client: Client, operator: Any
) -> None:
    """However a session came about, an account with a factor works behind it."""
    enter(client, operator)

    answer = client.get(reverse("wagtailadmin_home"))

    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))


def test_ten_wrong_codes_lock_the_second_factor(client: Client, operator: Any) -> None:
    """After six not even the right code is taken, and it is said in words."""
    sign_in(client)
    said = [
        client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
        for _ in range(10)
    ]
    right = {"code": code(operator.secret)}
    last = client.post(reverse("mfa_authenticate"), right).content.decode()

    assert "not the right code" in said[5]
    assert "Too many wrong attempts" in said[6]
    assert "Too many wrong attempts" in last
    assert SESSION_KEY not in client.session


def test_code_is_asked_for_in_the_language_of_whose_password_was_right(
    client: Client, operator: Any
) -> None:
    """A wrong password is told of in the newsroom's, whoever's it is not."""
    UserProfile.objects.create(user=operator, preferred_language="fa")
    door = reverse("account_login")
    shown = [
        client.post(door, {"login": "operator", "password": "wrong"}),
        sign_in(client),
        client.post(reverse("mfa_authenticate"), {"code": "000000"}),
    ]

    spoken = [re.search(r'<html.* lang="(\w+)"', one.content.decode()) for one in shown]
    assert ["en", "fa", "fa"] == [one and one[1] for one in spoken]


def test_door_speaks_the_language_of_a_browser(client: Client, db: None) -> None:
    """Of what it asks for, the first that is spoken here; else the newsroom's."""
    asked = ["fa-IR,fa;q=0.9,en;q=0.5", "de,ka;q=0.4,en;q=0.3", "de", "*;q=x, ,,"]
    door = reverse("account_login")
    shown = [client.get(door, headers={"accept-language": one}) for one in asked]

    spoken = [re.search(r'<html.* lang="(\w+)"', one.content.decode()) for one in shown]
    assert ["fa", "ka", "en", "en"] == [one and one[1] for one in spoken]


@pytest.mark.parametrize(
    ("codes", "said", "listed"),
    [
        (0, "Кто-то ввёл ваш пароль", "без кода"),
        (2, "неверные коды (2)", "2 неверных кода"),
        (8, "неверные коды (6)", "6 неверных кодов"),
    ],
)
def test_right_password_without_the_code_is_told_to_whose_it_is(
    client: Client, operator: Any, codes: int, said: str, listed: str
) -> None:
    """At the next sign-in, and on the page of sessions; what was typed is not kept."""
    told = {"preferred_language": "ru"}
    UserProfile.objects.update_or_create(user=operator, defaults=told)
    stranger = Client()
    sign_in(stranger)
    typed = [
        stranger.post(
            reverse("mfa_authenticate"), {"code": "000000"}, REMOTE_ADDR=TAKEN
        )
        for _ in range(codes)
    ]
    entries = ModelLogEntry.objects.filter(action=lockout.WRONG_CODES)
    assert (codes > 1) == entries.exists()
    kept = json.dumps([[e.user_id, e.data] for e in entries], default=str)
    assert not [one for one in ("000000", TAKEN) if one in kept]
    lockout.lift(operator)

    sign_in(client)
    right = {"code": code(operator.secret)}
    home = client.post(reverse("mfa_authenticate"), right, follow=True)
    again = client.get(reverse("wagtailadmin_home"))
    sessions = client.get(reverse("mfa_index"))

    assert said in home.content.decode()
    assert said not in again.content.decode()
    assert listed in sessions.content.decode()
    assert not [one for one in typed if said in one.content.decode()]


def test_who_mistypes_a_code_is_not_told_of_it(
    client: Client, operator: Any, english: ServicePage
) -> None:
    """Nor of giving the password twice: it is the same browser, and it got in."""
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("account_logout"))  # "Begin again"
    sign_in(client)
    right = {"code": code(operator.secret)}
    home = client.post(reverse("mfa_authenticate"), right, follow=True)

    assert "gave your password" not in home.content.decode()
    assert "gave your password" not in client.get(reverse("mfa_index")).content.decode()


def test_who_guessed_the_code_is_told_to_whose_it_is(
    client: Client, operator: Any
) -> None:
    """Not to whoever guessed: the next sign-in says it, until the password changes."""
    stranger = Client()
    sign_in(stranger)
    for wrong in ("000000", "000001"):
        stranger.post(reverse("mfa_authenticate"), {"code": wrong})
    right = {"code": code(operator.secret)}
    got_in = stranger.post(reverse("mfa_authenticate"), right, follow=True)

    sign_in(client)
    right = {"code": code(operator.secret, 1)}
    home = client.post(reverse("mfa_authenticate"), right, follow=True)
    shown = client.get(reverse("mfa_index")).content.decode()
    assert "gave your password" not in got_in.content.decode()
    assert "then wrong codes (2)" in home.content.decode()
    assert "then the right one" in shown
    attempts.forget(operator)
    assert "wrong code" not in client.get(reverse("mfa_index")).content.decode()


def test_rows_of_one_account_are_bounded(operator: Any) -> None:
    """Whoever has the password can begin for ever; the newest are kept."""
    for _ in range(3):
        sign_in(Client())
    kept = [row.pk for row in attempts.shown(operator)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(attempts, "MOST", 2)
        sign_in(Client())

    left = [row.pk for row in attempts.shown(operator)]
    assert 2 == len(left)
    assert kept[0] in left


def test_last_factor_of_who_must_have_one_stays(client: Client, operator: Any) -> None:
    """It can be replaced, not taken away."""
    enter(client, operator, "mfa")
    answer = client.post(reverse("mfa_deactivate_totp"))

    assert "this is the only one" in answer.content.decode()
    assert factors.has(operator)
