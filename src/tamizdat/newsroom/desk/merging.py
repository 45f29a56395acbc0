"""The page that shows a late save beside the newest text, to make one of them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from tamizdat.newsroom.desk import joining, locks, versions
from tamizdat.newsroom.desk.views import editable
from tamizdat.newsroom.models import Version

NAMES = {
    "body": gettext_lazy("Text"),
    "bylines": gettext_lazy("Bylines"),
    "title": gettext_lazy("Headline"),
    "foreign_rows": gettext_lazy("Words in another language"),
}
UNSEEN = {"address", "seen_release", "comment_notifications", "slug"}


def merge(request: HttpRequest, page_id: int, version_id: int) -> HttpResponse:
    """Show both texts; make one of them when asked to."""
    page = editable(request, page_id).get_latest_revision_as_object()
    version = get_object_or_404(Version.objects.of(page), pk=version_id)
    if request.method == "POST":
        done = _settle(request, page, version)
        if done is not None:
            return done
    found = _differences(page, version)
    context = {
        "page": page,
        "version": version,
        "newest": page.latest_revision,
        "differences": [_shown(page, one) for one in found],
        "open": sum(one.open for one in found),
        "held": locks.holder(page.pk) if _held(request, page) else None,
    }
    return TemplateResponse(request, "newsroom/desk/merge.html", context)


def _held(request: HttpRequest, page: Any) -> bool:
    return locks.is_anothers(page.pk, request.user)


def _settle(request: HttpRequest, page: Any, version: Version) -> HttpResponse | None:
    if _held(request, page):
        messages.error(request, _("Somebody else is at work on it: take over first."))
        return None
    if request.POST.get("newest") != str(page.latest_revision_id):
        told = _("The newest text has changed meanwhile: look at both once more.")
        messages.warning(request, told)
        return None
    if "join" in request.POST:
        _join(request, page, version)
        messages.success(request, _("Both are one text now: read it once more."))
    versions.settle(version, request.user, page)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _join(request: HttpRequest, page: Any, version: Version) -> None:
    newest = page.latest_revision
    content = joining.joined(
        newest.content, version.revision.content, request.POST.dict(), fields_of(page)
    )
    whole = page.with_content_json(content)
    whole.save_revision(user=request.user, clean=False)
    log(page, "newsroom.merge", user=request.user, revision=whole.latest_revision)
    locks.take(page.pk, request.user)


def _differences(page: Any, version: Version) -> list[joining.Difference]:
    base = version.base
    return joining.differences(
        page.latest_revision.content,
        version.revision.content,
        base.content if base else None,
        fields_of(page),
    )


def fields_of(page: Any) -> list[str]:
    """Name what the article's form asks for, in a stable order."""
    form = page.get_edit_handler().get_form_class()
    content = page.latest_revision.content
    names = [*form.base_fields, *(n for n in form.formsets if n != "comments")]
    return [name for name in names if name in content and name not in UNSEEN]


def label_of(page: Any, name: str) -> str:
    """Name a field as its form does."""
    if name in NAMES:
        return str(NAMES[name])
    field = page._meta.get_field(name)  # noqa: SLF001 (Django's own way)
    return str(getattr(field, "verbose_name", name)).capitalize()


def _shown(page: Any, one: joining.Difference) -> dict[str, Any]:
    field = None if one.name == joining.BODY else page._meta.get_field(one.name)  # noqa: SLF001
    return {
        "key": one.key,
        "label": label_of(page, one.name),
        "open": one.open,
        "choices": list(_choices(one)),
        "newest": _side(field, one, joining.NEWEST),
        "late": _side(field, one, joining.LATE),
    }


def _choices(one: joining.Difference) -> Iterator[tuple[str, str, bool]]:
    words = {
        joining.NEWEST: _("the newest"),
        joining.LATE: _("the one kept beside"),
        joining.BOTH: _("both, one after the other"),
    }
    for choice in one.choices:
        yield choice, words[choice], choice == one.chosen


def _side(field: Any, one: joining.Difference, side: str) -> list[tuple[str, str]]:
    """List runs of text as one side has them: kind and text."""
    value = getattr(one, side)
    if isinstance(field, Field) and (field.is_relation or field.choices):
        return [("", _named(field, value))]
    dropped = "added" if side == joining.NEWEST else "removed"
    return [(run.kind, run.text) for run in one.runs if run.kind != dropped]


def _named(field: Any, value: Any) -> str:
    if field.is_relation:
        found = field.related_model.objects.filter(pk=value).first() if value else None
        return str(found or "")
    return str(dict(field.flatchoices).get(value, value))
