"""Say what Publish would record: the kind of the next release, and its note.

A draft carries both for one release. Once that is in the ledger they are spent, in
whatever draft they stand.
"""

from typing import Any

from tamizdat.newsroom.richtext import without_overrides


def intended(page: Any) -> tuple[str, str]:
    """Read kind and note of the release that this page would become.

    Args:
        page: an `ArticlePage`, saved or not.
    """
    note = without_overrides(page.next_note).strip()
    coming = coming_number(page)
    if coming == 1:
        return "publish", note
    if page.next_number != coming:
        return "minor" if page.taken_back else "update", ""
    return page.next_kind, note


def aim(page: Any) -> None:
    """Let kind and note that were just typed be meant for the release to come."""
    number = coming_number(page)
    if page.next_number != number:
        page.next_time = None  # it was the time of an earlier release
    page.next_number = number


def coming_number(page: Any) -> int:
    """Number the release that this page would become."""
    return page.article.number + 1 if page.article_id else 1
