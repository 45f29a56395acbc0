"""Hang the desk into Wagtail: late saves, holds, buttons, addresses, log actions."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from tamizdat.newsroom.desk import (
    calendars,
    comparing,
    history,
    locks,
    log,
    marking,  # noqa: F401 (it registers)
    merging,
    paste_views,
    search,
    tour,
    versions,
    views,
    widths,
)
from tamizdat.newsroom.desk.steps import read_steps
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import ArticlePage, ServicePage, Version
from tamizdat.newsroom.releases import followups
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.roles import WRITING
from tamizdat.newsroom.wire_desk import alerts

BESIDE = _(
    "Kept beside the newest text, not published: somebody else has saved or is at work "
    "on it. Nothing is lost; make one text of both."
)
ACTIONS = {
    "newsroom.take_over": (_("Take over"), _("Took over")),
    "newsroom.beside": (
        _("Keep beside"),
        _("Kept a late save beside"),
    ),
    "newsroom.settle": (
        _("Settle a version"),
        _("Settled a version kept beside"),
    ),
    "newsroom.merge": (
        _("Make one text"),
        _("Made one text of two"),
    ),
    "newsroom.name": (
        _("Name a version"),
        _("Named a version"),
    ),
}


PAGES: tuple[tuple[str, str, Callable[..., HttpResponseBase]], ...] = (
    ("take_over", "take-over/<int:page_id>", views.take_over),
    ("merge", "merge/<int:page_id>/<int:version_id>", merging.merge),
    ("name", "name/<int:page_id>", history.name),
    ("compare", "compare/<int:page_id>", comparing.show),
    ("widths", "widths/<int:page_id>", widths.show),
    ("search", "search", search.search),
    ("calendar", "calendar", calendars.show),
    ("tour", "tour", tour.steps),
    ("dismiss_tour", "tour/dismiss", tour.dismiss),
    ("log", "log", log.show),
    ("clean", "paste", paste_views.clean),
    ("paste_article", "paste/<int:service_id>", paste_views.paste_article),
)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the desk's pages their addresses."""
    return [
        path(f"desk/{place}/", view, name=f"newsroom_{name}")
        for name, place, view in PAGES
    ]


@hooks.register("register_admin_menu_item")
def search_all() -> MenuItem:
    """Offer the search over all services."""
    place = reverse_lazy("newsroom_search")
    return MenuItem(_("All stories"), place, icon_name="doc-full-inverse", order=90)


@hooks.register("construct_homepage_panels", order=10)
def show_first_steps(request: HttpRequest, panels: list[Any]) -> None:
    """Show the first steps to whoever has not sent them away."""
    if tour.is_wanted(request.user):
        panels.insert(0, tour.Tour(request))


@hooks.register("register_admin_menu_item")
def calendar() -> MenuItem:
    """Offer the calendar of what is due."""
    place = reverse_lazy("newsroom_calendar")
    return MenuItem(_("Calendar"), place, icon_name="calendar-alt", order=95)


@hooks.register("register_reports_menu_item")
def whole_log() -> MenuItem:
    """Offer the log of who did what."""
    return MenuItem(_("Log"), reverse_lazy("newsroom_log"), icon_name="history")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what the desk does for the log."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("before_edit_page", order=-200)
def ask_once(request: HttpRequest, page: Any) -> None:
    """Read once what showing a form asks for again and again."""
    if request.method == "GET" and isinstance(page, ArticlePage):
        read_steps([page])
        followups.read_holds(page)
        alerts.read_alerts(page)


@hooks.register("before_edit_page", order=-100)
def keep_late_saves(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep a late save, or one of somebody who does not hold the article, beside."""
    if request.method != "POST" or not isinstance(page, ArticlePage):
        return None
    held = locks.is_anothers(page.pk, request.user)
    if not held and not versions.is_late(page, request.POST, request.user):
        versions.spare_named(request)
        return None
    form = _form(request, page)
    version = versions.keep_beside(page, form, request.user)
    if not request.accepts("text/html"):
        return _autosaved(page, form, version, request.user)
    messages.warning(request, BESIDE)
    return redirect("newsroom_merge", page.pk, version.pk)


def _form(request: HttpRequest, page: Any) -> Any:
    form_class = page.get_edit_handler().get_form_class()
    parent = page.get_parent()
    return form_class(
        request.POST,
        request.FILES,
        instance=page,
        parent_page=parent,
        for_user=request.user,
    )


def _autosaved(page: Any, form: Any, version: Version, person: Any) -> HttpResponse:
    """Answer autosave as Wagtail does, so that it goes on into the version."""
    return JsonResponse(
        {
            "success": True,
            "pk": page.pk,
            "revision_id": version.revision_id,
            "revision_created_at": version.revision.created_at.isoformat(),
            "field_updates": {},
            "comments": form.serialize_comments(person),
        }
    )


@hooks.register("after_edit_page", order=-100)
def hold_what_was_saved(request: HttpRequest, page: Any) -> None:
    """Whoever saves a form is at work on the article."""
    if not isinstance(page, ArticlePage):
        return
    locks.take(page.pk, request.user)
    if request.accepts("text/html"):
        versions.prune(page)


@hooks.register("before_edit_page")
def tell_of_late_saves(request: HttpRequest, page: Any) -> None:
    """Lead from the form to what was saved late and nobody has looked at."""
    if request.method != "GET" or not isinstance(page, ArticlePage):
        return
    for version in Version.objects.of(page).waiting()[:3]:
        url = reverse("newsroom_merge", args=(page.pk, version.pk))
        told = gettext("“%(name)s” waits to be made one text with the newest.")
        button = messages.button(url, gettext("Look at both"))
        messages.warning(
            request, told % {"name": isolated(version.name)}, buttons=[button]
        )


@hooks.register("insert_global_admin_js")
def walk_through() -> SafeString:
    """Load the tour; without a step in the address it asks for nothing."""
    return format_html(
        '<script type="module" src="{}" data-tour-steps="{}"></script>',
        static("newsroom/desk/tour.js"),
        reverse("newsroom_tour"),
    )


@hooks.register("insert_editor_js")
def read_what_is_pasted() -> SafeString:
    """Load the scripts of the form: pasting, direction, and whole texts sent."""
    paste, direction, settle = (
        static(f"newsroom/desk/{name}.js") for name in ("paste", "direction", "settle")
    )
    scripts = (
        '<script type="module" src="{}" data-desk-paste="{}"></script>'
        '<script type="module" src="{}"></script>'
        '<script type="module" src="{}"></script>'
    )
    return format_html(scripts, paste, reverse("newsroom_clean"), direction, settle)


@hooks.register("register_page_header_buttons")
def offer_pasting(page: Any, user: Any, *_: Any, **__: Any) -> Iterator[Button]:
    """Offer to begin an article with a text copied elsewhere."""
    service = page.specific
    if not isinstance(service, ServicePage):
        return
    if any(may(user, right, service) for right in WRITING):
        url = reverse("newsroom_paste_article", args=(service.pk,))
        yield Button(
            gettext("Paste an article"), url=url, icon_name="doc-full", priority=15
        )


@hooks.register("register_page_header_buttons")
def offer_widths(page: Any, user: Any, *_: Any, **__: Any) -> Iterator[Button]:
    """Lead from an article to its history and to the four widths."""
    del user
    if not isinstance(page.specific, ArticlePage):
        return
    url = reverse("newsroom_widths", args=(page.pk,))
    label = gettext("Preview at four widths")
    yield Button(label, url=url, icon_name="mobile-alt", priority=12)
