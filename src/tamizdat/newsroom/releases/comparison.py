"""Show word by word what a release changes, to editors.

The same words as readers see of a story, compared in the same way as the public diffs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tamizdat.edition.changes import PARTS
from tamizdat.edition.compare import Run, compare, excerpt
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import EditionError
from tamizdat.edition.pages import texts_of
from tamizdat.edition.stories import Service, Story
from tamizdat.newsroom.documents import service_document
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.models import Article, ArticlePage, ServicePage
from tamizdat.newsroom.preview import draft_document, ledger

RUN_CHARACTERS = 4_000  # shown of one change
NAMES = {
    "kicker": _("Section and kicker"),
    "headline": _("Headline"),
    "caption": _("Picture"),
    "standfirst": _("Standfirst"),
    "dateline": _("Dateline"),
    "body": _("Text"),
    "credit": _("Credit"),
    "byline": _("Bylines"),
    "tags": _("Tags"),
    "related": _("Related stories"),
}


class IncomparableError(NewsroomError):
    """Report a text that cannot be compared: it is erased, or no document yet."""


@dataclass(frozen=True)
class PartChange:
    """What changed in one part of a story, as an excerpt."""

    name: Any
    runs: list[Run]


def draft_changes(page: ArticlePage) -> list[PartChange]:
    """Compare a draft with what readers have now.

    Raises:
        IncomparableError: the draft is no story document yet.
    """
    paper, number = _paper(page.service), page.article.number
    before = _texts_at(page.article, number, paper) if number else {}
    return _changes(before, _texts(draft_document(page), paper))


def release_changes(article: Article, older: int, newer: int) -> list[PartChange]:
    """Compare two releases of an article.

    Raises:
        IncomparableError: one of them is erased.
    """
    paper = _paper(article.service)
    return _changes(_texts_at(article, older, paper), _texts_at(article, newer, paper))


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[PartChange]:
    return [
        PartChange(
            NAMES.get(part, part),
            excerpt(compare(*_both(part, old, new)), RUN_CHARACTERS),
        )
        for part in PARTS
        if old.get(part, "") != new.get(part, "")
    ]


def _both(part: str, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, str]:
    return old.get(part, ""), new.get(part, "")


def _texts_at(article: Article, number: int, paper: Service) -> dict[str, str]:
    """Give what readers saw of an article at one of its releases."""
    releases = [one for one in ledger(article) if one.number <= number]
    newest = releases[-1]
    if newest.erased is not None:
        said = gettext("release %(number)d was erased: words in it endanger someone")
        raise IncomparableError(said % {"number": number})
    rows = [
        {
            "number": release.number,
            "kind": release.kind,
            "time": f"{release.time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "note": release.note or None,
            "salt": release.salt,
        }
        for release in releases
    ]
    ours = {"lineage": None, "translations": [], "releases": rows}
    document = {
        **newest.content,
        "version": str(newest.number),
        "firstCreated": rows[0]["time"],
        "versionCreated": rows[-1]["time"],
        "tamizdat": {**newest.content["tamizdat"], **ours},
    }
    return _texts(document, paper)


def _texts(document: dict[str, Any], paper: Service) -> dict[str, str]:
    story = _read(document, "draft")
    if not isinstance(story, Story):
        raise TypeError("expected a story")
    return texts_of(story, paper)


def _paper(service: ServicePage) -> Service:
    paper = _read(service_document(service), "service")
    if not isinstance(paper, Service):
        raise TypeError("expected a service")
    return paper


def _read(document: dict[str, Any], place: str) -> Any:
    try:
        return read_document(json.dumps(document).encode(), place)
    except EditionError as error:
        raise IncomparableError(str(error)) from error
