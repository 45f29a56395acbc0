"""Show nothing of another service where Wagtail asks for no permission on one thing.

Its pages of many name what one may not change; its pages of a tag or place ask
whether somebody may change any.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import permission_denied

from tamizdat.newsroom.models import Article, Picture, Place, ServicePage, Tag
from tamizdat.newsroom.rights import is_staff_of, may, reads_draft
from tamizdat.newsroom.sight import sees

_BULK = "wagtail_bulk_action"
_PAGES_CHOSEN = "wagtailadmin_choose_page_chosen_multiple"
_SUBJECTS = {
    f"{space}_newsroom_{model.__name__.lower()}": model
    for space in ("wagtailsnippets", "wagtailsnippetchoosers")
    for model in (Tag, Place)
}
_CHANGING = ("edit", "delete")
_MANY = "chosen_multiple"
_EVERY = "all"  # what a list holds, of which the address names the parent


def refuse_strangers_things(request: HttpRequest) -> HttpResponse | None:
    """Refuse what names things of a service in which somebody holds no role."""
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None or user is None or not user.is_authenticated or user.is_superuser:
        return None
    space, _colon, view = match.view_name.rpartition(":")
    if view == _BULK:
        shown = _may_name(request, user, match.kwargs)
    elif view == _PAGES_CHOSEN:
        shown = _may_read(user, request.GET.getlist("id"))
    elif space in _SUBJECTS and view == _MANY:
        shown = False  # one alone is chosen, to merge into
    elif space in _SUBJECTS and "pk" in match.kwargs:
        one: Any = get_object_or_404(_SUBJECTS[space], pk=match.kwargs["pk"])
        changes = view in _CHANGING
        shown = (
            may(user, "service", one.service)
            if changes
            else is_staff_of(user, one.service)
        )
    else:
        return None
    denied: HttpResponse = permission_denied(request)
    return None if shown else denied


def _may_name(request: HttpRequest, user: Any, kwargs: dict[str, Any]) -> bool:
    """Say whether somebody may read the names of what is chosen in a list."""
    keys = request.GET.getlist("id")
    if kwargs["model_name"] == "page":
        if _EVERY in keys:
            keys = [request.GET.get("childOf", "")]
            return bool(_numbers(keys)) and _may_read(user, keys)
        return _may_read(user, keys)
    if kwargs["model_name"] == "picture":
        found = Picture.objects.filter(pk__in=_numbers(keys))
        return all(sees(user, one) for one in found)
    # Tags, places, sounds, documents, people: nobody changes many of them at once, and
    # Wagtail's page would name them all.
    return False


def _may_read(user: Any, keys: Iterable[str]) -> bool:
    pages = _numbers(keys)
    articles = Article.objects.filter(page__in=pages).select_related("service", "story")
    services = ServicePage.objects.filter(pk__in=pages)
    return all(reads_draft(user, one) for one in articles) and all(
        is_staff_of(user, one) for one in services
    )


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal()]
