"""The first steps, for whoever has just come: on the home page, until dismissed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.users.models import UserProfile

from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.rights import is_staff_of, may
from tamizdat.newsroom.roles import WRITING

DISMISSED = "newsroom_tour"  # a key of what Wagtail keeps for an account


class Tour(Component):
    """A few steps through the site, with the places they speak of."""

    name = "newsroom_tour"
    order = 10
    template_name = "newsroom/desk/tour.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(
        self, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Name the service in which whoever looks may begin."""
        del parent_context
        person = self.request.user
        services = [s for s in ServicePage.objects.papers() if is_staff_of(person, s)]
        writes = (s for s in services if any(may(person, r, s) for r in WRITING))
        return {
            "request": self.request,
            "service": next(writes, None),
            "has_role": bool(services),
        }


def is_wanted(person: Any) -> bool:
    """Say whether somebody has not sent the tour away."""
    return not UserProfile.get_for_user(person).dismissibles.get(DISMISSED)


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Send the tour away for good."""
    profile = UserProfile.get_for_user(request.user)
    profile.dismissibles[DISMISSED] = True
    profile.save(update_fields=["dismissibles"])
    return redirect("wagtailadmin_home")
