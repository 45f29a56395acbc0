"""The few pages of the editors' site that Wagtail does not have, or has too open.

Whatever lies in the media folder is answered as a picture or not at all: a file that
a browser could run would act with the rights of whoever looks at it.
"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    NameEmailSettingsPanel,
    NotificationsSettingsPanel,
)

from tamizdat.edition.media import half_of
from tamizdat.newsroom import pictures, sight
from tamizdat.newsroom.models import Article, ArticlePage, Rendition, ServicePage
from tamizdat.newsroom.permissions import WHY, ArticlePermissions
from tamizdat.newsroom.renditions import rendition_path
from tamizdat.newsroom.rights import is_staff_of, reads_draft

CHOOSING = "wagtailadmin_choose_page_child"
# Wagtail's report of types shows the newest page of the whole site.
OF_ALL = {f"wagtailadmin_reports:page_types_usage{part}" for part in ("", "_results")}
OF_PAGES = ("wagtailadmin_pages:", CHOOSING, *OF_ALL)
NAMING = {"page_id", "page_to_move_id", "parent_page_id", "destination_id"}
REMOVALS = {
    f"wagtailadmin_pages:{verb}" for verb in ("unpublish", "delete", "move", "copy")
}
INERT = {  # even a picture that is a page as well runs nothing and loads nothing
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
# Stripped originals, and Wagtail's small views of them.
_STORED = re.compile(r"(?:originals|images)/[\w-][\w.-]{0,199}", re.ASCII)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the editors' site."""
    del request
    return redirect("wagtailadmin_home")


@require_safe
@require_admin_access
def media(request: HttpRequest, name: str) -> FileResponse:
    """Show a stored picture to those who may choose it; drafts are nobody else's."""
    path = Path(settings.MEDIA_ROOT) / name
    if not _STORED.fullmatch(name) or not path.is_file():
        raise Http404
    if not sight.sees_file(request.user, name):
        raise Http404
    with path.open("rb") as file:
        kind = pictures.type_of(file.read(pictures.HEAD_BYTES))
    if kind is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type=kind, headers=INERT)


@require_safe
@require_admin_access
def preview_media(request: HttpRequest, name: str) -> FileResponse:
    """Show a rendition inside a preview, by its name in an edition."""
    half = half_of(name.partition(".")[0])
    found = Rendition.objects.filter(sha256__startswith=half).select_related("picture")
    seen = (one for one in found if sight.sees(request.user, one.picture))
    rendition = next(seen, None) if half else None
    if rendition is None:
        raise Http404
    return FileResponse(
        rendition_path(rendition.sha256).open("rb"),
        content_type=rendition.type,
        headers=INERT,
    )


@require_safe
@require_admin_access
def view_draft(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a draft to those who hold a role in its service.

    Wagtail's own shows it only to those who may change or publish it.
    """
    page = get_object_or_404(ArticlePage, pk=page_id).get_latest_revision_as_object()
    if not page.permissions_for_user(request.user).can_read():
        raise PermissionDenied
    response: HttpResponse = page.make_preview_request(request, "")
    return response


def refuse_removal(request: HttpRequest) -> HttpResponse | None:
    """Say why a released article stays, where Wagtail would speak of permission."""
    match = request.resolver_match
    if match is None or match.view_name not in REMOVALS:
        return None
    key = match.kwargs.get("page_id") or match.kwargs.get("page_to_move_id")
    article = ArticlePage.objects.filter(pk=key, article__number__gt=0).first()
    user: Any = getattr(request, "user", None)
    if article is None or not ArticlePermissions(user, article).can_edit():
        return None
    messages.error(request, f"{WHY}.")
    return redirect("wagtailadmin_pages:edit", article.pk)


def refuse_strangers(request: HttpRequest) -> HttpResponse | None:
    """Show nothing of an article whose drafts somebody may not read.

    Wagtail asks in most of its views for a permission, and in some, as that which
    confirms a move, after it has shown the headline.
    """
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None or user is None or not user.is_authenticated:
        return None
    if not match.view_name.startswith(OF_PAGES):
        return None
    if user.is_superuser or _may_see(user, match):
        return None
    denied: HttpResponse = permission_denied(request)
    return denied


def _may_see(user: Any, match: Any) -> bool:
    keys = [match.kwargs[name] for name in NAMING & match.kwargs.keys()]
    if match.view_name in OF_ALL:
        return False
    articles = list(_articles(keys))
    if not all(reads_draft(user, one) for one in articles):
        return False
    if len(articles) == len(keys):
        return True  # none of them is a service
    services = _services(keys, match.view_name)
    return all(is_staff_of(user, one) for one in services)


def _articles(keys: list[Any]) -> Any:
    """Find the articles of which a view shows drafts; other pages are Wagtail's."""
    found = Article.objects.filter(page__in=keys)
    return found.select_related("service", "story")


def _services(keys: list[Any], view: str) -> Any:
    """Find the services whose own pages a view shows, with the drafts below."""
    # What is listed to choose from is chosen by `gate.choose_what_is_known`.
    return ServicePage.objects.filter(pk__in=[] if view == CHOOSING else keys)


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer 404 where Wagtail would have a page."""
    raise Http404(request.path)


NOT_KEPT = (
    AvatarSettingsPanel,
    NameEmailSettingsPanel,
    NotificationsSettingsPanel,
)


class _Account(AccountView):
    def get_panels(self) -> list[Any]:
        """Drop what is not kept: portrait, first and last name, address of mail.

        Wagtail requires these three before it saves a language. No notice goes by mail.
        """
        panels = super().get_panels()
        return [one for one in panels if not isinstance(one, NOT_KEPT)]


account = never_cache(require_admin_access(_Account.as_view()))
