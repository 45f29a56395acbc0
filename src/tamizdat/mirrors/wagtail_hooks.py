"""Hang the mirrors' board into the editors' site."""

import json
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from tamizdat.mirrors import board, strip_words, views
from tamizdat.mirrors.pressboard import views as pressboard


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the boards' addresses; Wagtail asks for a sign-in on each."""
    return [
        path("press/", pressboard.page, name="press_board"),
        path("press/live/", pressboard.live, name="press_board_live"),
        path("mirrors/", views.overview, name="mirrors"),
        path("mirrors/status.json", views.status, name="mirrors_status"),
    ]


@hooks.register("register_admin_menu_item")
def press_item() -> MenuItem:
    """Add the press board to the menu."""
    place = reverse("press_board")
    return MenuItem(_("Press board"), place, icon_name="clipboard-list", order=240)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Add the board to the menu."""
    return MenuItem(_("Mirrors"), reverse("mirrors"), icon_name="site", order=250)


class MirrorsPanel(Component):
    """The board on the home page of the editors' site."""

    order = 150
    template_name = "mirrors/panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Give the template its rows."""
        del parent_context
        return {"services": board.services()}


@hooks.register("construct_homepage_panels")
def home_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put the board on the home page."""
    del request
    panels.append(MirrorsPanel())


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Load the board's style."""
    return format_html('<link rel="stylesheet" href="{}">', static("mirrors/board.css"))


@hooks.register("insert_global_admin_js")
def strip() -> SafeString:
    """Load the strip that follows a release to its mirrors."""
    return format_html(
        '<script type="module" src="{}" data-status="{}" data-board="{}" '
        'data-words="{}"></script>',
        static("mirrors/strip.mjs"),
        reverse("mirrors_status"),
        reverse("mirrors"),
        json.dumps(strip_words.words(), ensure_ascii=False),
    )
