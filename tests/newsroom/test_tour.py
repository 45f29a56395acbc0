"""First steps: shown until somebody sends them away, for that account alone."""

from typing import Any

from django.test import Client
from django.urls import reverse

from newsroom.conftest import staff
from tamizdat.newsroom.models import ServicePage


def _home(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_first_steps_lead_to_ones_own_service(
    client: Client, english: ServicePage, persian: ServicePage
) -> None:
    """A reporter is led to the form of the service they write for."""
    client.force_login(staff("new", persian, "reporter"))
    place = reverse(
        "wagtailadmin_pages:add", args=("newsroom", "articlepage", persian.pk)
    )

    text = _home(client)

    assert "First steps" in text
    assert place in text[text.index("First steps") :]


def test_first_steps_are_dismissed_for_good(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    """One press, on any machine from then on, and for nobody else."""
    desk.post(reverse("newsroom_dismiss_tour"))

    assert "First steps" not in _home(desk)
    other = Client()
    other.force_login(editor)
    assert "First steps" not in _home(other)
    other.force_login(staff("new", english, "reporter"))
    assert "First steps" in _home(other)


def test_who_has_no_role_is_told_what_to_do(
    client: Client, english: ServicePage
) -> None:
    """An empty site is explained."""
    account = staff("new", english, "operator")
    client.force_login(account)

    assert "First steps" in _home(client)


def test_tour_walks_through_screens_that_are_there(
    client: Client, english: ServicePage, persian: ServicePage
) -> None:
    """Each step opens for whoever walks; who writes nowhere is led past the form."""
    for role, number in (("reporter", 6), ("operator", 2)):
        client.force_login(staff(role, persian, role))
        tour = client.get(reverse("newsroom_tour")).json()

        assert number == len(tour["steps"])
        assert all(client.get(s["url"]).status_code == 200 for s in tour["steps"])
        assert f"{tour['steps'][0]['url']}?tour=1" in _home(client)
