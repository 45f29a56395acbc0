"""The history of an article: releases and versions first, autosaves folded away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.log_actions import log

from tamizdat.newsroom.desk import versions
from tamizdat.newsroom.desk.comparing import readable
from tamizdat.newsroom.desk.views import editable
from tamizdat.newsroom.models import ArticlePage, Version

MOST = 200  # states of a draft that are listed


@require_admin_access
def history(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what has a name; Wagtail's own list of every step stands behind it."""
    if "every" in request.GET or not ArticlePage.objects.filter(pk=page_id).exists():
        answer: HttpResponse = PageHistoryView.as_view()(request, page_id=page_id)
        return answer
    page = readable(request, page_id)
    states = page.revisions.select_related("user", "version").defer("content")
    rows = list(states.order_by("-created_at", "-pk")[:MOST])
    context = {
        "page": page,
        "releases": page.releases.newest_first().select_related("actor"),
        "versions": Version.objects.of(page).select_related("person", "revision"),
        "states": [row for row in rows if not hasattr(row, "version")],
        "newest": page.latest_revision_id,
        "may_edit": page.permissions_for_user(request.user).can_edit(),
    }
    return TemplateResponse(request, "newsroom/desk/history.html", context)


@require_POST
def name(request: HttpRequest, page_id: int) -> HttpResponse:
    """Name the newest draft, or another state of it."""
    page = editable(request, page_id)
    key = request.POST.get("revision", "")
    revision: Any = page.latest_revision
    if key:
        revision = get_object_or_404(page.revisions, pk=key if key.isdecimal() else 0)
    try:
        versions.name_revision(revision, request.POST.get("name", ""), request.user)
    except ValueError:
        messages.error(request, _("Write a name for it."))
    else:
        log(page, "newsroom.name", user=request.user, revision=revision)
        messages.success(request, _("It is kept under this name."))
    return redirect("wagtailadmin_pages:history", page.pk)
