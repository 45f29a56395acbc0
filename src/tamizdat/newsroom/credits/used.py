"""Ask from which agencies an article was made, and what its credit line says of them.

What was used is on record with the wire desk (docs/decisions/0047-the-wire-desk.md).
"""

from typing import Any

from tamizdat.newsroom.credits.agencies import ids_of
from tamizdat.newsroom.credits.checking import Found, compare


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
        article.agencies_on_record = on_record(article)
    known: list[str] = article.agencies_on_record
    return known


def on_record(article: Any) -> list[str]:
    """Ask anew what an article has used."""
    from tamizdat.newsroom.wire_desk import taking  # noqa: PLC0415 (it needs us)

    return ids_of(taking.agencies_used(article))


def found(page: Any) -> Found:
    """Compare the credit line of a page, as it stands, with what was used."""
    return compare(page.credit_line, agencies_used(page))
