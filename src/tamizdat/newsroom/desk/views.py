"""Views of the desk that change something in one press."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from tamizdat.newsroom.desk import locks
from tamizdat.newsroom.models import ArticlePage


def editable(request: HttpRequest, page_id: int) -> Any:
    """Find an article that whoever asks may edit.

    Raises:
        Http404: there is none.
        PermissionDenied: they may not.
    """
    page = get_object_or_404(ArticlePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


@require_POST
def take_over(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take an article over, and go on writing."""
    page = editable(request, page_id)
    hold = locks.take_over(page, request.user)
    if hold.taken_from:
        told = _("You are at work on it now. What was written until here is a version.")
        messages.success(request, told)
    place = get_valid_next_url_from_request(request)
    return redirect(place or reverse("wagtailadmin_pages:edit", args=(page.pk,)))
