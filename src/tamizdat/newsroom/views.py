"""The few pages of the editors' site that Wagtail does not have, or has too open.

Whatever lies in the media folder is answered as a picture or not at all: a file that
a browser could run would act with the rights of whoever looks at it.
"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel

from tamizdat.newsroom import pictures
from tamizdat.newsroom.models import ArticlePage, Rendition
from tamizdat.newsroom.permissions import WHY, ArticlePermissions
from tamizdat.newsroom.renditions import rendition_path

HALF_HASH = 32  # hexadecimal digits
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
    """Show a stored picture to an editor; drafts are nobody else's."""
    del request
    path = Path(settings.MEDIA_ROOT) / name
    if not _STORED.fullmatch(name) or not path.is_file():
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
    del request
    half = name.partition(".")[0]  # an edition names a file by half of its hash
    rendition = Rendition.objects.filter(sha256__startswith=half).first()
    if rendition is None or len(half) != HALF_HASH:
        raise Http404
    return FileResponse(
        rendition_path(rendition.sha256).open("rb"),
        content_type=rendition.type,
        headers=INERT,
    )


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


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer 404 where Wagtail would have a page."""
    raise Http404(request.path)


class _Account(AccountView):
    def get_panels(self) -> list[Any]:
        """Drop the portrait: its file would be kept with its metadata."""
        panels = super().get_panels()
        return [one for one in panels if not isinstance(one, AvatarSettingsPanel)]


account = never_cache(require_admin_access(_Account.as_view()))
