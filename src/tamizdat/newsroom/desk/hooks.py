"""Hang the desk into Wagtail: late saves, holds, buttons, addresses, log actions."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages

from tamizdat.newsroom.desk import locks, merging, versions, views
from tamizdat.newsroom.models import ArticlePage, Version

BESIDE = gettext_lazy(
    "Kept beside the newest text, not published: somebody else has saved or is at work "
    "on it. Nothing is lost; make one text of both."
)
ACTIONS = {
    "newsroom.take_over": (gettext_lazy("Take over"), gettext_lazy("Took over")),
    "newsroom.beside": (
        gettext_lazy("Keep beside"),
        gettext_lazy("Kept a late save beside"),
    ),
    "newsroom.settle": (
        gettext_lazy("Settle a version"),
        gettext_lazy("Settled a version kept beside"),
    ),
    "newsroom.merge": (
        gettext_lazy("Make one text"),
        gettext_lazy("Made one text of two"),
    ),
    "newsroom.name": (
        gettext_lazy("Name a version"),
        gettext_lazy("Named a version"),
    ),
}


PAGES: tuple[tuple[str, str, Callable[..., HttpResponse]], ...] = (
    ("take_over", "take-over/<int:page_id>", views.take_over),
    ("merge", "merge/<int:page_id>/<int:version_id>", merging.merge),
)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the desk's pages their addresses."""
    return [
        path(f"desk/{place}/", view, name=f"newsroom_{name}")
        for name, place, view in PAGES
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what the desk does for the log."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("before_edit_page", order=-100)
def keep_late_saves(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep a late save, or one of somebody who does not hold the article, beside."""
    if request.method != "POST" or not isinstance(page, ArticlePage):
        return None
    held = locks.is_anothers(page.pk, request.user)
    if not held and not versions.is_late(page, request.POST):
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
        told = _("“%(name)s” waits to be made one text with the newest.")
        button = messages.button(url, _("Look at both"))
        messages.warning(request, told % {"name": version.name}, buttons=[button])
