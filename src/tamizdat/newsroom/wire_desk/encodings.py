"""Let an editor read copy again in another encoding: its bytes are kept.

Source: docs/decisions/0081-which-letters-meet.md.
"""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import KeptItem, ServicePage
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.wire_desk import inbox, retention
from tamizdat.wire.copy_evidence import ENCODINGS
from tamizdat.wire.decode import DOUBTED
from tamizdat.wire.items import WireItem

CHOICES = ("utf-8", "utf-16-le", "utf-16-be", *ENCODINGS)


def asked_about(
    row: KeptItem, item: WireItem, user: Any, service: ServicePage
) -> dict[str, Any]:
    """Say for the page of an item whether its encoding is doubtful, and the choice."""
    receipt = item.receipt
    doubts = [one for one in receipt.warnings if one.startswith(DOUBTED)]
    here = bool(row.sha256) and row.erased is None
    return {
        "doubtful": bool(doubts),
        "encodings": CHOICES if here and may(user, "edit", service) else (),
        # What the receipt names comes first.
        "likely": [name for name in CHOICES if any(name in one for one in doubts)],
    }


@require_POST
def read_again(request: HttpRequest, service_id: str, key: int) -> HttpResponse:
    """Read an item again in the encoding that was chosen, and show it."""
    service: ServicePage = get_object_or_404(ServicePage, service_id=service_id)
    if not may(request.user, "edit", service):
        raise PermissionDenied
    rows = inbox.of_service(service).select_related("source")
    row = get_object_or_404(rows, pk=key)
    try:
        chosen = request.POST.get("encoding", "")
        retention.read_in(row, chosen, request.user, datetime.now(UTC))
    except CopyError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Read again. Look whether the words are right now.")
        )
    return redirect("wire_item", service_id, key)
