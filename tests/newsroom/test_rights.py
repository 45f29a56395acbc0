"""Who may do what: a role brings its rights in its service, and nowhere else."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Workflow

from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.errors import RightError
from tamizdat.newsroom.groups import settle_desk
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.rights import forget, is_staff_of, may, require, who_may
from tamizdat.newsroom.roles import RIGHTS, ROLES, roles_with


@pytest.mark.parametrize("role", ROLES)
def test_role_brings_its_rights_in_its_service_alone(
    english: ServicePage, persian: ServicePage, role: str
) -> None:
    """Each right of the role is there, each other is not, and none next door."""
    account = staff("someone", english, role)

    assert ROLES[role].rights == {r for r in RIGHTS if may(account, r, english)}
    assert not [right for right in RIGHTS if may(account, right, persian)]
    assert ROLES[role].rights == {right for right in RIGHTS if may(account, right)}


def test_roles_add_up(english: ServicePage, persian: ServicePage) -> None:
    """Whoever reports here and translates there may each in its place."""
    account = staff("someone", english, "reporter", "moderator")
    account.groups.add(persian.roles.get(role="translator").group)

    assert may(account, "write", english)
    assert may(account, "moderate", english)
    assert not may(account, "translate", english)
    assert may(account, "translate", persian)
    assert is_staff_of(account, persian)


def test_superuser_may_everything(english: ServicePage, editor: Any) -> None:
    """An account without a role that was made on the command line runs the house."""
    assert all(may(editor, right, english) for right in RIGHTS)
    assert may(editor, "operate")


@pytest.mark.parametrize("right", RIGHTS)
def test_closed_account_may_nothing(
    english: ServicePage, editor: Any, right: str
) -> None:
    """Taking “Active” away is enough, also from a superuser and from nobody."""
    account = staff("someone", english, *ROLES)
    for one in (account, editor):
        one.is_active = False

    assert not any(may(one, right, english) for one in (account, editor, None))
    assert not may(AnonymousUser(), right, english)
    assert not is_staff_of(account, english)


def test_missing_right_is_named(english: ServicePage) -> None:
    """The refusal says who, what and where."""
    account = staff("someone", english, "reporter")
    require(account, "write", english)

    with pytest.raises(RightError, match="someone may not publish in en"):
        require(account, "publish", english)
    with pytest.raises(RightError, match=r"after press and mirrors$"):
        require(account, "operate")


def test_unknown_right_is_a_mistake_of_the_programme(editor: Any) -> None:
    """A misspelt right is never silently refused or granted."""
    with pytest.raises(ValueError, match=r"expected one of write, .*, found publsh"):
        may(editor, "publsh")


def test_rights_are_read_once_until_forgotten(
    english: ServicePage, django_assert_num_queries: Any
) -> None:
    """A page that asks a hundred times costs one query; a new role counts at once."""
    account = staff("someone", english, "reporter")
    with django_assert_num_queries(1):
        assert not any(may(account, "publish", english) for _ in range(100))
    account.groups.add(english.roles.get(role="chief-editor").group)

    forget(account)

    assert may(account, "publish", english)


def test_who_may_are_those_who_can_sign_in(english: ServicePage, editor: Any) -> None:
    """An editor who asks whom to call is sent to nobody who left."""
    chief = staff("chief", english, "chief-editor", "duty-editor")
    staff("reporter", english, "reporter")
    gone = staff("gone", english, "chief-editor")
    get_user_model().objects.filter(pk=gone.pk).update(is_active=False)

    assert [chief, editor] == who_may("publish", english)


def test_every_right_is_in_a_role() -> None:
    """No right is out of reach for all but superusers."""
    assert all(roles_with(right) for right in RIGHTS)
    assert all(role.rights <= set(RIGHTS) for role in ROLES.values())


def test_groups_of_wagtail_that_reach_everything_are_gone(db: None) -> None:
    """Nobody is put into a group that reads the drafts of all services."""
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_settling_twice_changes_nothing(english: ServicePage) -> None:
    """A migration run again neither doubles nor empties a group."""
    account = staff("someone", english, "editor")
    before = _everything(english)

    settle_desk(english)

    assert before == _everything(english)
    assert account.groups.count() == 1


def test_groups_follow_the_path_of_their_service(english: ServicePage) -> None:
    """A service whose path is mended before its first release keeps its people."""
    account = staff("someone", english, "editor")
    english.service_id = "en-gb"
    english.save()

    desk = settle_desk(english)

    assert ["en-gb: editor"] == [group.name for group in account.groups.all()]
    assert "en-gb: pictures" == desk.pictures.name


def test_service_that_goes_takes_its_groups_along(english: ServicePage) -> None:
    """Opened again, it finds its names free, and nobody holds a role in it."""
    account = staff("someone", english, "editor")
    sections = [("society", "Society")]
    english.delete()
    again = actions.create_service("en", sections=sections)

    assert not account.groups.exists()
    assert len(ROLES) == again.roles.count() == Group.objects.count()
    assert 1 == Workflow.objects.count()


def _everything(service: ServicePage) -> list[Any]:
    groups = Group.objects.filter(service_role__service=service).order_by("name")
    return [
        (
            group.name,
            sorted(group.permissions.values_list("codename", flat=True)),
            sorted(group.page_permissions.values_list("page", "permission__codename")),
            sorted(
                group.collection_permissions.values_list(
                    "collection", "permission__codename"
                )
            ),
        )
        for group in groups
    ]
