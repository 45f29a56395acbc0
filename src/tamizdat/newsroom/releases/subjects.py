"""Take out the tags and places that only a redacted or withdrawn text named.

Their names are words of the text, in tables of their own. A tag or a place stays as
long as a release that is not erased names it, or a state of a draft, of any article.
Done by the press that stays awake, like `files`: it reads every living release. What
stays for the sake of a draft is looked at again when a draft goes, and once a day: it
may have lost the name. What a living release names goes with an erasure of that one.

Safe if the power fails: what may go stands in `Erasure.subjects` until looked at.

Source: spec/withdrawals.md, docs/decisions/0033-held-erased-followed.md.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Erasure,
    PagePlace,
    PageTag,
    Place,
    Release,
    Tag,
)

TAG, PLACE = "tag", "place"
_KINDS: dict[str, Any] = {TAG: Tag, PLACE: Place}
_ROWS: dict[str, Any] = {TAG: PageTag, PLACE: PagePlace}
_AT_ONCE = 2_000  # texts read together
_AGAIN = timedelta(days=1)  # it reads every living release of a service


def named_before(article: Article, number: int) -> list[tuple[str, int]]:
    """List the tags and places that older texts and drafts of an article name.

    Args:
        article: whose older releases and drafts are not erased yet.
        number: of the redaction or withdrawal.

    Returns:
        "tag" or "place" and key, sorted. No names: those would be words again.
    """
    older = article.releases.filter(number__lt=number, erased=None)
    contents = [one.content for one in older]
    page = ArticlePage.objects.filter(article=article).first()
    drafts = [one.content for one in page.revisions.all()] if page else []
    found = set()
    for kind, model in _KINDS.items():
        keys = {key for content in contents for key in _keys(kind, content)}
        ids = {id_ for draft in drafts for id_ in _ids(kind, draft)}
        # Where the page's rows are emptied already, its versions still name them.
        ids |= set(_of_page(kind, page)) if page else set()
        rows = model.objects.filter(service=article.service)
        wanted = rows.filter(Q(key__in=keys) | Q(pk__in=ids))
        found |= {(kind, id_) for id_ in wanted.values_list("pk", flat=True)}
    return sorted(found)


def take_out() -> None:
    """Take out what is noted, where older texts are erased already."""
    due = Erasure.objects.exclude(subjects=[]).exclude(done=None)
    due = due.filter(Q(looked=None) | Q(looked__lte=timezone.now() - _AGAIN))
    for erasure in due.order_by("pk"):
        with transaction.atomic():
            left = []
            for kind in _KINDS:
                noted = {id_ for one, id_ in erasure.subjects if one == kind}
                left += [(kind, id_) for id_ in _take_out(kind, noted)]
            Erasure.objects.filter(pk=erasure.pk).update(
                subjects=left, looked=timezone.now()
            )


def look_again(article: int) -> None:
    """Have those looked at again that a draft kept in a service, for one goes.

    Args:
        article: key of the one whose draft goes.
    """
    near = Erasure.objects.filter(article__service__articles=article)
    near.exclude(subjects=[]).update(looked=None)


def _take_out(kind: str, noted: Collection[int]) -> list[int]:
    """Delete of some tags or places, and names merged into them, what nothing names.

    Returns:
        Keys of those noted that stay for the sake of drafts alone, sorted.
    """
    model = _KINDS[kind]
    family = _family(model, noted)
    if not family:
        return []
    published = _with_what_took_over(_in_releases(kind, family), family)
    used = _with_what_took_over(published | _in_drafts(kind, family), family)
    gone = [id_ for id_ in family if id_ not in used]
    model.objects.filter(pk__in=gone).update(merged_into=None)
    model.objects.filter(pk__in=gone).delete()
    logged = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=list(map(str, gone)),
    )
    logged.update(label="", data={})
    return sorted(used.intersection(noted) - published)


def _family(model: Any, ids: Iterable[int]) -> dict[int, Any]:
    """Give rows by their keys, with every name that was merged into one of them."""
    found: dict[int, Any] = {}
    rows = list(model.objects.filter(pk__in=ids))
    while rows:
        found |= {one.pk: one for one in rows}
        merged = model.objects.filter(merged_into__in=[one.pk for one in rows])
        rows = list(merged.exclude(pk__in=found))
    return found


def _with_what_took_over(used: set[int], family: Mapping[int, Any]) -> set[int]:
    """Add what names in use were merged into: it is in use with them."""
    found = set(used)
    for id_ in used:
        after = family[id_].merged_into_id
        while after in family and after not in found:
            found.add(after)
            after = family[after].merged_into_id
    return found


def _service_of(family: Mapping[int, Any]) -> int:
    service: int = next(iter(family.values())).service_id
    return service


def _in_releases(kind: str, family: Mapping[int, Any]) -> set[int]:
    """Find which of a service's tags or places a release that is not erased names."""
    by_key = {one.key: one.pk for one in family.values()}
    rows = Release.objects.filter(article__service=_service_of(family), erased=None)
    found = set()
    for content in _holding(rows, map(json.dumps, by_key)):
        found |= {by_key[key] for key in _keys(kind, content) if key in by_key}
    return found


def _in_drafts(kind: str, family: Mapping[int, Any]) -> set[int]:
    """Find which of a service's tags or places a page or a state of a draft names."""
    rows = _ROWS[kind].objects.filter(subject__in=family)
    found = set(rows.values_list("subject", flat=True))
    pages = ArticlePage.objects.filter(article__service=_service_of(family))
    pages = pages.annotate(text=Cast("pk", CharField())).values("text")
    drafts = Revision.objects.filter(
        base_content_type=ContentType.objects.get_by_natural_key("wagtailcore", "page"),
        object_id__in=pages,
    )
    for content in _holding(drafts, (f'"subject": {id_}' for id_ in family)):
        found |= family.keys() & set(_ids(kind, content))
    return found


def _holding(rows: Any, needles: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Read the contents in whose text one of some pieces of JSON stands."""
    wanted = list(needles)
    texts = rows.order_by().annotate(read=Cast("content", TextField()))
    for text in texts.values_list("read", flat=True).iterator(_AT_ONCE):
        if any(one in text for one in wanted):
            yield json.loads(text)


def _keys(kind: str, content: Mapping[str, Any]) -> list[str]:
    """List the ids by which a story document names tags or places."""
    if kind == TAG:
        return [row["literal"] for row in content.get("subjects") or ()]
    return [row["id"] for row in content["tamizdat"].get("places") or ()]


def _ids(kind: str, draft: Mapping[str, Any]) -> list[int]:
    """List the keys of those that a state of a draft names."""
    rows = draft.get(f"{kind}_rows") or ()
    return [row["subject"] for row in rows if row["subject"] is not None]


def _of_page(kind: str, page: ArticlePage) -> list[int]:
    rows = _ROWS[kind].objects.filter(page=page.pk, subject__isnull=False)
    return list(rows.values_list("subject", flat=True))
