"""Greet an editor with the language services, and open another with one press.

Source: docs/howto/add-a-language.md, for what a service begins with.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from tamizdat.newsroom import actions
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.opening import reach, ready
from tamizdat.newsroom.rights import is_staff_of, may
from tamizdat.newsroom.roles import WRITING


class Welcome(Component):
    """Tells an editor where to begin."""

    name = "newsroom_welcome"
    order = 50
    template_name = "newsroom/welcome.html"

    def get_context_data(
        self, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """List the services with what stands in them, and the languages still free."""
        request = (parent_context or {}).get("request")
        services = list(ServicePage.objects.desks())
        user = request.user if request else None
        for service in services:
            service.reads = is_staff_of(user, service)
            service.writes = any(may(user, right, service) for right in WRITING)
        services.sort(key=lambda service: not service.reads)  # one's own first
        free = ready(service.language for service in services)
        is_free = bool(request and request.user.is_superuser)
        return {
            "services": services,
            "reach": _reach(services),
            "root": Page.get_first_root_node() if is_free else None,
            "ready": list(free) if is_free else [],
            "csrf_token": get_token(request) if request else "",
        }


def _reach(services: list[Any]) -> str:
    """Say in how many languages, for how many countries, the newsroom works."""
    found = reach(services)
    spoken = ngettext("%(number)d language", "%(number)d languages", found.languages)
    if not found.countries:
        return f"{spoken % {'number': found.languages}}."
    lands = ngettext(
        "in %(number)d country", "in %(number)d countries", found.countries
    )
    counts = ({"number": found.languages}, {"number": found.countries})
    return f"{spoken % counts[0]} {lands % counts[1]}."


@require_POST
@require_admin_access
def open_service(request: HttpRequest) -> HttpResponse:
    """Open a service as its language's file has it, as `tamizdat service add` does."""
    if not request.user.is_superuser:
        raise PermissionDenied
    try:
        service = actions.create_service(request.POST.get("language", "").lower())
    except (ValidationError, NewsroomError) as error:
        texts = error.messages if isinstance(error, ValidationError) else [str(error)]
        messages.error(request, " ".join(texts))
        return redirect("wagtailadmin_home")
    told = _("%(name)s is open. Read what it begins with, and write its notice.")
    messages.success(request, told % {"name": isolated(service.title)})
    return redirect("wagtailadmin_pages:edit", service.pk)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give opening an address."""
    return [path("services/open/", open_service, name="newsroom_open_service")]
