"""Hang the sources into the editors' site."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tamizdat.newsroom.rights import may
from tamizdat.newsroom.roles import TEXTS
from tamizdat.newsroom.sources import lasting, views


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the addresses; Wagtail asks for a sign-in on each."""
    return [
        path("wire/sources/", views.sources, name="wire_sources"),
        path("wire/kept/", lasting.retention, name="wire_retention"),
    ]


class SourcesItem(MenuItem):
    """Shown to operators, and to those who work on texts somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for the rights."""
        return any(may(request.user, right) for right in ("operate", *TEXTS))


@hooks.register("register_settings_menu_item")
def sources_item() -> MenuItem:
    """Add the sources to the menu."""
    title = pgettext_lazy("of wire copy", "Sources")
    return SourcesItem(title, reverse("wire_sources"), icon_name="download", order=900)
