"""Compare any two states of an article: drafts, versions, releases, what readers have.

Decides how a state is named in an address: `draft`, `readers`, `v` and the key of a
revision, `r` and the number of a release.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tamizdat.edition.compare import compare, excerpt
from tamizdat.newsroom.desk.joining import words_of
from tamizdat.newsroom.desk.sheets import parts_of
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import ArticlePage
from tamizdat.newsroom.rights import reads_draft

DRAFT, READERS = "draft", "readers"
LONGEST = 20_000  # characters of one change that are shown
_NAMED = re.compile(r"([vr])(\d{1,12})\Z")
LABELS = {
    "section": pgettext_lazy("of a paper", "Section"),
    "kicker": gettext_lazy("Kicker"),
    "headline": gettext_lazy("Headline"),
    "standfirst": gettext_lazy("Standfirst"),
    "dateline": gettext_lazy("Dateline"),
    "pictures": gettext_lazy("Pictures and other media"),
    "text": gettext_lazy("Text"),
    "posts": gettext_lazy("Posts"),
    "foreign": gettext_lazy("Words in another language"),
    "credit": gettext_lazy("Credit line"),
    "bylines": gettext_lazy("Bylines"),
    "tags": gettext_lazy("Tags"),
    "places": gettext_lazy("Places"),
    "related": gettext_lazy("Related stories"),
    "slugline": gettext_lazy("Slugline"),
    "ednote": gettext_lazy("Note to editors"),
    "note": gettext_lazy("Note to readers"),
}


@dataclass(frozen=True)
class State:
    """One state of an article.

    Attributes:
        key: as in addresses.
        name: for people.
        parts: its words by part.
    """

    key: str
    name: str
    parts: Mapping[str, str]


def readable(request: HttpRequest, page_id: int) -> Any:
    """Find an article whose drafts whoever asks may read.

    Raises:
        Http404: there is none.
        PermissionDenied: they may not.
    """
    page = get_object_or_404(ArticlePage, pk=page_id)
    if not reads_draft(request.user, page.article):
        raise PermissionDenied
    return page


def show(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the words that differ between two states."""
    page = readable(request, page_id)
    try:
        old = state(page, request.GET.get("a", READERS))
        new = state(page, request.GET.get("b", DRAFT))
    except NewsroomError as error:
        return TemplateResponse(
            request, "newsroom/desk/compare.html", {"page": page, "error": error}
        )
    found = [
        {"label": LABELS[part], "runs": _runs(old, new, part)}
        for part in LABELS
        if old.parts.get(part, "") != new.parts.get(part, "")
    ]
    context = {"page": page, "old": old, "new": new, "differences": found}
    return TemplateResponse(request, "newsroom/desk/compare.html", context)


def _runs(old: State, new: State, part: str) -> Any:
    return excerpt(compare(old.parts.get(part, ""), new.parts.get(part, "")), LONGEST)


def state(page: Any, key: str) -> State:
    """Read one state of an article.

    Raises:
        Http404: it has no such state.
        NewsroomError: it cannot be read, as a picture is missing.
    """
    if key == DRAFT:
        return _draft(page.latest_revision, key, _("The newest draft"))
    if key == READERS:
        newest = page.newest_release
        return _release(newest, key, _("What readers have"))
    found = _NAMED.match(key)
    if found is None:
        raise Http404
    if found[1] == "v":
        revision = get_object_or_404(page.revisions, pk=found[2])
        return _draft(revision, key, _name(revision))
    release = get_object_or_404(page.releases, number=found[2])
    return _release(release, key, _("Release %(number)s") % {"number": release.number})


def _name(revision: Any) -> str:
    version = getattr(revision, "version", None)
    time = isolated(f"{revision.created_at:%Y-%m-%d %H:%M}")
    return f"{version.name}, {time}" if version else time


def _draft(revision: Any, key: str, name: str) -> State:
    if revision is None:
        raise Http404
    page = revision.as_object()
    inner = {"slugline": page.slugline, "ednote": words_of(page.ednote)}
    if page.article.number:
        inner["note"] = page.next_note
    return State(key, name, {**parts_of(article_content(page)), **inner})


def _release(release: Any, key: str, name: str) -> State:
    if release is None or release.erased:
        return State(key, name, {})
    content = release.content
    inner = {"slugline": content.get("slugline") or "", "note": release.note}
    return State(key, name, {**parts_of(content), **inner})
