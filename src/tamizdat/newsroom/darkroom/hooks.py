"""Hang the pages of a picture into the editors' site; offer no lapsed picture."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from tamizdat.newsroom.darkroom import covering, originals, replacing, views
from tamizdat.newsroom.models import Showing
from tamizdat.newsroom.rights import services_of

AHEAD = timedelta(days=14)  # in which an editor hears of a right that ends
SHOWN = 20  # rows on the home page
ACTIONS = {
    covering.COVERED: (_("Cover a picture"), _("Covered parts of the picture")),
    covering.CHECKED: (
        _("Check a picture"),
        _("Looked for faces and number plates"),
    ),
    covering.SHOWS: (
        _("Say that it shows a source"),
        _("Said that the picture shows a source"),
    ),
    covering.SHOWS_NOT: (
        _("Say that it shows no source"),
        _("Said that the picture shows no source any more"),
    ),
    originals.KEPT: (_("Keep an original"), _("Kept the sealed original")),
    originals.OPENED: (_("Open an original"), _("Asked for the sealed original")),
    originals.GONE: (_("Erase an original"), _("Erased the sealed original")),
}


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the addresses; Wagtail asks for a sign-in on each."""
    return [
        path("pictures/<int:key>/faces/", views.faces, name="newsroom_picture_faces"),
        path("pictures/<int:key>/words/", views.told, name="newsroom_picture_words"),
        path("pictures/<int:key>/uses/", views.uses, name="newsroom_picture_uses"),
        path("originals/<int:key>/", views.original, name="newsroom_original"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is logged of a picture."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("construct_image_chooser_queryset")
def choose_what_may_be_shown(pictures: Any, request: HttpRequest) -> Any:
    """Offer no picture whose right has ended."""
    del request
    return pictures.exclude(expires__lt=datetime.now(UTC).date())


class RightsPanel(Component):
    """Stories whose pictures endanger a source, or may be shown no longer, or soon."""

    name = "newsroom_picture_rights"
    order = 65
    template_name = "newsroom/darkroom/rights_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        user: Any = request.user
        today = datetime.now(UTC).date()
        rows, sources = Showing.objects.ending(today + AHEAD), Showing.objects.sources()
        if not user.is_superuser:
            own = services_of(user)
            rows = rows.filter(article__service__in=own)
            sources = sources.filter(article__service__in=own)
        self.rows = [(row, row.picture.is_expired(today)) for row in rows[:SHOWN]]
        self.sources = list(islice(replacing.unseen(sources), SHOWN))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Give the rows to the template."""
        del parent_context
        return {"rows": self.rows, "sources": self.sources}


@hooks.register("construct_homepage_panels")
def home_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Tell of sources and of rights that end, where there are any."""
    panel = RightsPanel(request)
    if panel.rows or panel.sources:
        panels.append(panel)
