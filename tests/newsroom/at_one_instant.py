"""Two editors and the press at one instant, on whatever database the newsroom has.

A program of its own: on SQLite the newsroom must be a file, as it is for editors.
Standard output: a line for each round of Undo, Undo and the end of a hold, then one for
each round of two presses.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from tamizdat.newsroom.commands import migrate, start_django

ROUNDS = 6


def main():
    """Make a newsroom and let them meet."""
    start_django()
    migrate()
    from tamizdat.newsroom import actions  # noqa: PLC0415 (needs Django)

    service = actions.create_service("en", "News", "en", [("news", "News")])
    body = [{"kind": "paragraph", "text": "Everyone may ask."}]
    page = actions.create_article(service, "Known", body, None, section="news")
    actions.publish_article(page, None)
    for number in range(ROUNDS):
        print(*undo_against_the_end(page.pk, number))  # noqa: T201 (the answer)
    for number in range(ROUNDS):
        print(*press_against_press(page.pk, number))  # noqa: T201 (the same)


def undo_against_the_end(key, number):
    """Say how many undid a release, how many are in the ledger now, and are held."""
    from tamizdat.newsroom import schedule  # noqa: PLC0415 (needs Django)
    from tamizdat.newsroom.models import HeldRelease  # noqa: PLC0415 (the same)
    from tamizdat.newsroom.releases import holds  # noqa: PLC0415 (the same)

    page, revision = written(key, f"Known {number}")
    before = page.newest_release.number
    held = holds.hold(page, revision, None, datetime.now(UTC))
    verbs = [lambda: holds.undo(key, None)] * 2
    verbs.insert(number % 3, lambda: schedule.publish_due(held.until))
    undone = at_once(verbs)
    more = page.newest_release.number - before
    return sum(map(bool, undone)), more, HeldRelease.objects.count()


def press_against_press(key, number):
    """Say how many of two who press find it free, and how many are held."""
    from tamizdat.newsroom.models import HeldRelease  # noqa: PLC0415 (needs Django)
    from tamizdat.newsroom.releases import holds  # noqa: PLC0415 (the same)

    page, revision = written(key, f"Pressed {number}")

    def press():
        try:
            return holds.hold(page, revision, None, datetime.now(UTC)) is not None
        except holds.HoldError:
            return False

    free = at_once([press, press])
    count = HeldRelease.objects.count()
    holds.undo(key, None)
    return sum(free), count


def written(key, title):
    """Write another draft of an article, to be released as an update."""
    from tamizdat.newsroom.models import ArticlePage  # noqa: PLC0415 (needs Django)

    page = ArticlePage.objects.get(pk=key)
    page.title, page.next_kind = title, "update"
    page.next_number = page.newest_release.number + 1
    return page, page.save_revision()


def at_once(verbs):
    """Do things at one instant, each on a connection of its own."""
    from django.db import connection  # noqa: PLC0415 (needs Django)

    together = threading.Barrier(len(verbs))

    def alone(verb):
        try:
            together.wait(30)
            return verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return [one.result() for one in [pool.submit(alone, verb) for verb in verbs]]


if __name__ == "__main__":
    main()
