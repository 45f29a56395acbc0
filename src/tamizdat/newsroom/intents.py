"""Say what Publish would record: the kind of the next release, and its note.

A draft carries both for one release. Once that is in the ledger they are spent, in
whatever draft they stand.
"""

from dataclasses import dataclass
from typing import Any

from tamizdat.newsroom.richtext import without_overrides


@dataclass(frozen=True)
class Answer:
    """What a redaction says of the holds on its article.

    Attributes:
        tasks: keys of the follow-ups whose words it takes out.
        same_words: it takes out nothing that those did not.
        keeps_notes: the words stand in no note of the article.
    """

    tasks: frozenset[int] = frozenset()
    same_words: bool = False
    keeps_notes: bool = False


NO_ANSWER = Answer()


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


def answer(page: Any) -> Answer:
    """Read which holds the release that this page would become is to settle."""
    if intended(page)[0] != "redaction":
        return NO_ANSWER
    tasks = frozenset(page.next_answers or ())
    same_words = bool(tasks) and page.next_same_words
    return Answer(tasks, same_words, page.next_keeps_notes)


def aim(page: Any) -> None:
    """Let kind and note that were just typed be meant for the release to come."""
    number = coming_number(page)
    if page.next_number != number:
        page.next_time = None  # it was the time of an earlier release
    page.next_number = number


def coming_number(page: Any) -> int:
    """Number the release that this page would become."""
    return page.article.number + 1 if page.article_id else 1
