"""Accounts on the command line: who may what is given, taken and listed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from newsroom.conftest import enter, staff
from tamizdat.newsroom import commands
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.roles import RIGHTS


@pytest.fixture
def password(tmp_path: Path) -> tuple[str, str]:
    """Give words that name a file with a password."""
    path = tmp_path / "password"
    path.write_text("correct horse battery\n", encoding="utf-8")
    return ("--password-file", str(path))


def test_account_is_made_with_its_roles(
    english: ServicePage, persian: ServicePage, password: tuple[str, str]
) -> None:
    """It may what they bring, where they are held, and nothing else."""
    roles = ("--role", "editor@en", "--role", "translator@fa")
    answer = _run("add", "someone", *roles, *password)

    account = get_user_model().objects.get(username="someone")
    assert "someone can sign in and is editor@en, translator@fa.\n" == answer.output
    assert may(account, "edit", english)
    assert not may(account, "publish", english)
    assert may(account, "translate", persian)
    assert not may(account, "edit", persian)
    assert not account.is_superuser


def test_account_without_a_role_may_everything_and_it_is_said(
    english: ServicePage, password: tuple[str, str]
) -> None:
    """Nobody makes one by mistake and does not notice."""
    answer = _run("add", "someone", *password)

    account = get_user_model().objects.get(username="someone")
    assert "is one that may do everything." in answer.output
    assert all(may(account, right, english) for right in RIGHTS)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("boss@en", "expected ROLE@SERVICE with one of reporter, translator,"),
        ("editor", "expected one of the services en, found ''"),
        ("editor@xx", "expected one of the services en, found 'xx'"),
    ],
)
def test_odd_role_makes_nothing(
    english: ServicePage, password: tuple[str, str], role: str, said: str
) -> None:
    """What was expected is said in one line, before anything is made."""
    answer = _run("add", "someone", "--role", role, *password, status=1)

    assert said in answer.output
    assert not get_user_model().objects.filter(username="someone").exists()


def test_roles_are_given_taken_listed_and_logged(
    english: ServicePage, editor: Any
) -> None:
    """The list says what is so afterwards."""
    staff("someone", english, "editor")
    words = ("--add", "chief-editor@en", "--remove", "editor@en")
    answer = _run("role", "someone", *words)
    rows = json.loads(_run("list", "--json").output)

    assert "someone is chief-editor@en.\n" == answer.output
    assert [
        {"name": "editor", "open": True, "everything": True, "roles": []},
        {
            "name": "someone",
            "open": True,
            "everything": False,
            "roles": ["chief-editor@en"],
        },
    ] == rows
    assert [
        ("newsroom.role_given", "en: chief editor"),
        ("newsroom.role_taken", "en: editor"),
    ] == [
        (entry.action, entry.data["role"])
        for entry in ModelLogEntry.objects.order_by("pk")
    ]


def test_list_is_for_people_too(english: ServicePage, editor: Any) -> None:
    """Closed accounts and those without a role are seen at once."""
    gone = staff("gone", english, "reporter")
    gone.is_active = False
    gone.save()
    staff("idle", english)

    assert (
        "editor\tone that may do everything\n"
        "gone\treporter@en, closed\n"
        "idle\twithout a role: it can sign in nowhere\n"
    ) == _run("list").output


def test_last_account_that_may_everything_stays(
    english: ServicePage, editor: Any
) -> None:
    """Somebody must be left to look after accounts."""
    answer = _run("role", "editor", "--only-roles", status=1)
    assert "the only account that may do everything" in answer.output
    staff("someone", english, "editor")

    _run("role", "someone", "--everything")
    _run("role", "editor", "--only-roles", "--add", "reporter@en")

    rows = get_user_model().objects.order_by("username")
    assert [("editor", False), ("someone", True)] == [
        (row.username, row.is_superuser) for row in rows
    ]


def test_unknown_account_is_named(english: ServicePage) -> None:
    """A misspelt name changes nobody."""
    answer = _run("role", "nobody", "--add", "editor@en", status=1)

    assert "Error: nobody: no such account\n" == answer.output


def _run(*words: str, status: int = 0) -> Result:
    answer = CliRunner().invoke(commands.account, words)
    assert status == answer.exit_code, answer.output
    return answer


def test_page_of_roles_gives_and_takes(
    client: Client, english: ServicePage, persian: ServicePage, editor: Any
) -> None:
    """Services by roles, as boxes; what is ticked is so, and the rest is not."""
    account = staff("someone", english, "reporter")
    enter(client, editor)
    place = reverse("newsroom_roles_of", args=(account.pk,))
    shown = client.get(place).content.decode()
    seat = persian.roles.get(role="translator")
    client.post(place, {"seat": [seat.pk]})

    assert 1 == shown.count(" checked")
    assert ["fa: translator"] == [group.name for group in account.groups.all()]
    listed = client.get(reverse("newsroom_roles")).content.decode()
    assert "<code>fa</code> translator" in listed
    assert "Everything, in every service" in listed


@pytest.mark.parametrize("role", ["chief-editor", "operator"])
def test_roles_are_given_by_those_alone_who_may_everything(
    client: Client, english: ServicePage, role: str
) -> None:
    """Nobody gives themselves what they do not have."""
    account = staff("someone", english, role)
    client.force_login(account)
    place = reverse("newsroom_roles_of", args=(account.pk,))
    seats = english.roles.values_list("pk", flat=True)
    shown = client.get(reverse("newsroom_roles"))
    client.post(place, {"seat": list(seats)})

    assert reverse("wagtailadmin_home") == shown.url
    assert 1 == account.groups.count()
