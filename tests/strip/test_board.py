"""What the strip is told of a service: when it moved, and whether its page waits."""

from datetime import UTC, datetime, timedelta

from tamizdat.mirrors import board
from tamizdat.newsroom import actions
from tamizdat.press.models import PrintedEdition
from tamizdat.press.snapshot import page_digest, service_line

BODY = [{"kind": "paragraph", "text": "One paragraph."}]


def printed(service, ago):
    """Note that an edition of a service was signed so long ago."""
    time = datetime.now(UTC).replace(microsecond=0) - ago
    PrintedEdition.objects.create(
        service=service.service_id, number=1, time=time, tree="0" * 64, leaf=0
    )
    return time


def published(service, ago):
    """Let a service's own page have been published so long ago."""
    service.last_published_at = datetime.now(UTC) - ago
    service.save(update_fields=["last_published_at"])


def test_service_page_waits_until_an_edition_shows_it(english):
    """A page without a release is waited for: by its words, not by any clock."""
    assert board.services()[0]["page_waiting"]

    printed(english, timedelta(seconds=20))
    page = page_digest(service_line(english))
    PrintedEdition.objects.filter(service="en").update(page=page)

    assert not board.services()[0]["page_waiting"]
    english.title = "Another Name"
    english.save()
    assert board.services()[0]["page_waiting"]


def test_unprinted_release_is_what_moved_last(english, persian, editor):
    """The service published last can be shown first, whatever became of it."""
    for service in (english, persian):
        published(service, timedelta(hours=2))
        printed(service, timedelta(hours=1))
    article = actions.create_article(
        english, "Headline", BODY, editor, section="society"
    )
    release = actions.publish_article(article, editor)
    rows = {row["service"]: row for row in board.services()}

    assert release.time.isoformat() == rows["en"]["moved"]
    assert rows["fa"]["moved"] == rows["fa"]["time"]
    assert rows["fa"]["moved"] < rows["en"]["moved"]
    assert (1, 0) == (rows["en"]["waiting"], rows["fa"]["waiting"])
