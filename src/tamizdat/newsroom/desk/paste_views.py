"""Take what somebody pasted: into a form that is open, or as a whole article."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.blocks import StreamValue

from tamizdat.newsroom import actions
from tamizdat.newsroom.blocks import FEATURES, stream_of
from tamizdat.newsroom.desk.letters import NOTHING
from tamizdat.newsroom.desk.pasting import (
    COMMENTS,
    FORMULAS,
    PICTURES,
    Pasted,
    headline_of,
    pasted,
    pasted_text,
)
from tamizdat.newsroom.desk.spoken import to_be_translated
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.richtext import markup, plain
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.roles import WRITING
from tamizdat.newsroom.writing.editor import TextEditor

MOST = 255  # characters of a headline, as Wagtail's pages have it


@require_POST
def clean(request: HttpRequest) -> HttpResponse:
    """Answer with the blocks of pasted markup, as the form's own script takes them.

    Text that is paragraphs alone comes besides as the rich text editor has it, for the
    place where the caret stands.
    """
    if not any(may(request.user, right) for right in WRITING):
        raise PermissionDenied
    try:
        language = request.POST.get("language", "")
        found = pasted(request.POST.get("html", ""), language)
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=413)
    kinds = {block["kind"] for block in found.blocks}
    content = ""
    if kinds <= {"paragraph"}:
        rich = "".join(markup(b["text"], b["marks"]) for b in found.blocks)
        content = TextEditor(features=FEATURES).converter.from_database_format(rich)
    return JsonResponse(
        {"blocks": _states(found), "content": content, "told": _told(found)}
    )


def _states(found: Pasted) -> list[dict[str, Any]]:
    """Write blocks as the form's script inserts them."""
    stream = ArticlePage._meta.get_field("body").stream_block  # noqa: SLF001 (Django's own way)
    states: list[dict[str, Any]] = stream.get_form_state(
        StreamValue(stream, stream_of(found.blocks))
    )
    return states


def _told(found: Pasted) -> str:
    """Say what became of what was pasted."""
    count = len(found.blocks)
    told = [ngettext("Pasted: %d block.", "Pasted: %d blocks.", count) % count]
    left = found.left_out.get(PICTURES, 0)
    if left:
        told.append(
            ngettext(
                "%d picture was left out: upload it.",
                "%d pictures were left out: upload them.",
                left,
            )
            % left
        )
    formulas = found.left_out.get(FORMULAS, 0)
    if formulas:
        told.append(
            ngettext(
                "%d formula was left out: write it in words.",
                "%d formulas were left out: write them in words.",
                formulas,
            )
            % formulas
        )
    if found.left_out.get(COMMENTS):
        told.append(_("Comments in the margin were left out."))
    return " ".join(told)


def paste_article(request: HttpRequest, service_id: int) -> HttpResponse:
    """Draft an article from a whole text that somebody copied."""
    service = get_object_or_404(ServicePage, pk=service_id)
    if not any(may(request.user, right, service) for right in WRITING):
        raise PermissionDenied
    context = {"service": service, "error": ""}
    if request.method == "POST":
        try:
            found = _whole(request, service.language)
        except ValueError as error:
            context["error"] = str(error)
        else:
            if found.blocks:
                return _drafted(request, service, found)
            context["error"] = _("There was no text in it.")
    return TemplateResponse(request, "newsroom/desk/paste.html", context)


def _whole(request: HttpRequest, language: str) -> Pasted:
    html = request.POST.get("html", "")
    if html.strip():
        found = pasted(html, language)
        return Pasted(to_be_translated(found.blocks), found.left_out)
    return pasted_text(request.POST.get("text", ""))


def _drafted(request: HttpRequest, service: Any, found: Pasted) -> HttpResponse:
    given = plain(request.POST.get("headline")) or ""
    headline, body = headline_of(found.blocks)
    if given and plain(headline) != given:
        body = found.blocks
    title = (given or headline or _("No headline yet")).strip(NOTHING)
    if len(title) > MOST:
        title, body = _("No headline yet"), found.blocks
    sections = list(service.sections.all())
    fields = {"section": sections[0].section_id} if len(sections) == 1 else {}
    page = actions.create_article(service, title, body, request.user, **fields)
    messages.success(request, _told(found))
    return redirect("wagtailadmin_pages:edit", page.pk)
