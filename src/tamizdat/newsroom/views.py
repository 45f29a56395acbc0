"""The few pages of the editors' site that Wagtail does not have."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.admin.auth import require_admin_access

from tamizdat.newsroom.models import Rendition
from tamizdat.newsroom.renditions import rendition_path

HALF_HASH = 32  # hexadecimal digits


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the editors' site."""
    del request
    return redirect("wagtailadmin_home")


@require_safe
@require_admin_access
def media(request: HttpRequest, name: str) -> Any:
    """Show a stored picture to an editor; drafts are nobody else's."""
    return serve(request, name, document_root=str(settings.MEDIA_ROOT))


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
        rendition_path(rendition.sha256).open("rb"), content_type=rendition.type
    )
