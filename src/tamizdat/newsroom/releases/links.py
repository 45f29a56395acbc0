"""Find which articles tell the same story, or were made from one another.

Source: docs/decisions/0033-held-erased-followed.md, docs/decisions/
0076-links-outlive-their-naming.md.
"""

from collections.abc import Collection
from typing import Any

from tamizdat.newsroom.models import Article, Origin

FOLLOWED = ("correction", "clarification", "retraction")
HOLDING = ("redaction", "withdrawal")
_STEPS = 100  # of translation after translation; a story has fewer services


def linked(article: Article, kind: str) -> list[Article]:
    """List the articles that a release of this kind concerns.

    Words that are corrected stand in what other services made from an article; words
    that endanger someone stand in what it was made from as well.

    Args:
        article: before it takes up what the release says.
        kind: of the release.
    """
    if kind in FOLLOWED:
        found = _reached({article.pk}, _made_from)
    elif kind in HOLDING:
        found = _reached({article.pk}, _beside)
    else:
        return []
    others = Article.objects.filter(pk__in=found - {article.pk})
    if kind in FOLLOWED:
        others = others.exclude(service=article.service_id)
    return list(others.select_related("service").order_by("pk"))


def near(article: Article, source: Article | None) -> list[Article]:
    """List the articles that one is linked with, itself among them.

    Args:
        article: as it stands.
        source: what its draft is made from, if that is saved nowhere yet.
    """
    start = {article.pk, *([source.pk] if source else ())}
    rows = Article.objects.filter(pk__in=_reached(start, _beside))
    return list(rows.select_related("service").order_by("pk"))


def _reached(start: set[int], step: Any) -> set[int]:
    """Follow links from article to article until there is none left."""
    found, edge = set(start), set(start)
    for _step in range(_STEPS):
        edge = step(edge) - found
        if not edge:
            break
        found |= edge
    return found


def _made_from(keys: Collection[int]) -> set[int]:
    """List what was made from articles, released or still a draft."""
    # Two questions, for one with OR would go through every article.
    rows = Article.objects.order_by()
    released = rows.filter(source__in=keys).values_list("pk", flat=True)
    drafts = rows.filter(page__source__in=keys).values_list("pk", flat=True)
    return {*released, *drafts}


def _beside(keys: Collection[int]) -> set[int]:
    """List what is or was made from articles, what they are or were, and their stories.

    A link of an older release counts while that release holds words.
    """
    rows = Article.objects.order_by()
    stories = rows.filter(pk__in=keys).values_list("story", flat=True)
    told = rows.filter(story__in=list(stories)).values_list("pk", flat=True)
    above = rows.filter(pk__in=keys).values_list("source", "page__source")
    began = Origin.objects.filter(article__in=keys).values_list("source_id", flat=True)
    made = Origin.objects.filter(source__in=keys).values_list("article_id", flat=True)
    sources = (k for row in above for k in row if k)
    return {*told, *_made_from(keys), *sources, *made, *began}


def with_words(articles: Collection[Article]) -> set[Article]:
    """Leave out what was withdrawn whole and has no draft since: no word is left."""
    gone = [one.pk for one in articles if one.taken_back == "withdrawal"]
    drafts = Article.objects.filter(
        pk__in=gone, page__has_unpublished_changes=True
    ).values_list("pk", flat=True)
    empty = set(gone) - set(drafts)
    return {one for one in articles if one.pk not in empty}
