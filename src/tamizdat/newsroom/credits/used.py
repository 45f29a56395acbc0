"""Ask from which agencies an article was made, and what its credit line says of them.

What was used is on record with the wire desk (docs/decisions/0047-the-wire-desk.md).
"""

import itertools
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tamizdat.newsroom.credits.agencies import ids_of
from tamizdat.newsroom.credits.checking import Found, compare, sentences
from tamizdat.newsroom.credits.composing import unlabelled
from tamizdat.newsroom.isolates import isolated


def agencies_used(page: Any) -> list[str]:
    """List ids of the agencies whose work stands in an article, in the order of use.

    Read once for an article: form and list of reasons both ask.

    Args:
        page: an `ArticlePage`; one that is not saved yet has used nothing.
    """
    if not page.article_id:
        return []
    article = page.article
    if not hasattr(article, "agencies_on_record"):
        article.agencies_on_record = on_record(page)
    known: list[str] = article.agencies_on_record
    return known


def on_record(page: Any) -> list[str]:
    """Ask anew what an article has used; a translation, also what its source has."""
    from tamizdat.newsroom.wire_desk import taking  # noqa: PLC0415 (it needs us)

    found = (ids_of(taking.agencies_used(one)) for one in _lineage(page))
    return list(dict.fromkeys(itertools.chain.from_iterable(found)))


def _lineage(page: Any) -> Iterator[Any]:
    """Give the article at the beginning of a chain of translations, down to a page's.

    Ends where a chain comes round: relinked articles may have named each other.
    """
    chain = [page.article]
    source = page.source if page.relation != "original" else None
    while source is not None and source not in chain:
        chain.append(source)
        source = source.source if source.relation != "original" else None
    yield from reversed(chain)


def has_nameless(page: Any) -> bool:
    """Say whether copy was used of which nobody says whose it is."""
    from tamizdat.newsroom.wire_desk import taking  # noqa: PLC0415 (it needs us)

    return bool(page.article_id) and "" in taking.names_used(page.article)


def found(page: Any) -> Found:
    """Compare the credit line of a page, as it stands, with what was used."""
    return compare(page.credit_line, agencies_used(page))


def said(page: Any, language: str) -> Iterator[str]:
    """Say to editors what is wrong with the credit line. `language`: of the service."""
    wrong = found(page)
    yield from sentences(wrong, language)
    named = [one for one in agencies_used(page) if one not in wrong.missing]
    for label in unlabelled(page.credit_line, named, language):
        text = _("The line does not say of every agency whose it is: %(label)s.")
        yield text % {"label": isolated(label)}
