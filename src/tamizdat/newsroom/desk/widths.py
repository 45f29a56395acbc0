"""The draft as readers will see it, at the four widths of the edition, side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from tamizdat.newsroom.desk.comparing import readable

WIDTHS = (  # CSS pixels from which an edition is laid out anew
    ("XS", 320, 640),
    ("SM", 640, 900),
    ("MD", 960, 900),
    ("LG", 1280, 900),
)
ICONS = {
    "XS": "mobile-alt",
    "SM": "tablet-alt",
    "MD": "desktop",
    "LG": "desktop",
}


def sizes() -> list[dict[str, Any]]:
    """List them for the preview beside a form, in the words of whoever asks."""
    return [
        {
            "name": name.lower(),
            "icon": ICONS[name],
            "device_width": width,
            "label": _("As readers see it, %(name)s") % {"name": f"{name} ({width})"},
        }
        for name, width, _height in WIDTHS
    ]


def show(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the newest draft four times."""
    page = readable(request, page_id)
    frames = [
        {"name": name, "width": width, "height": height}
        for name, width, height in WIDTHS
    ]
    context = {"page": page, "frames": frames}
    return TemplateResponse(request, "newsroom/desk/widths.html", context)
