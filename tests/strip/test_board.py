"""What the strip is told of a service: when it moved, and whether its page waits."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from newsroom.conftest import enter, staff
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


def test_strip_is_of_the_services_of_whoever_looks(client, english, persian):
    """Silent mirrors of another language cover nobody's work; the board shows all."""
    enter(client, staff("a", persian, "chief-editor"))
    rows = client.get(reverse("mirrors_status")).json()["services"]

    assert ["fa"] == [row["service"] for row in rows]
    assert ["en", "fa"] == sorted(row["service"] for row in board.services())


def test_boards_count_what_waits_along_an_index(admin_client, english, persian):
    """An archive that came in, of which all waits, makes no page sort its releases."""
    with CaptureQueriesContext(connection) as queries:
        for name in ("mirrors", "press_board", "mirrors_status"):
            assert 200 == admin_client.get(reverse(name)).status_code
    asked = [q["sql"] for q in queries if '"press_waiting"' in q["sql"]]
    counted = [sql for sql in asked if "GROUP BY" in sql]
    assert counted
    for sql in counted:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [row[3] for row in cursor.fetchall()]

        assert ["SCAN press_waiting USING COVERING INDEX waiting_by_service"] == plan


def test_what_holds_is_marked_in_every_language():
    """The mark does not depend on how the word is said."""
    holding = {"mirror": "North", "verified": True, "state": "verified"}
    row = {"name": "News", "service": "en", "waiting": 0, "holdings": [holding]}
    with translation.override("fa"):
        page = render_to_string("mirrors/table.html", {"services": [row]})

    assert 'data-verified="yes"' in page


def test_label_follows_what_witnesses_said(english):
    """Pending, then witnessed, or after an hour neither."""
    printed(english, timedelta(minutes=59))
    edition = PrintedEdition.objects
    said = [board.services()[0]["label"]]
    edition.update(asked=True)
    said.append(board.services()[0]["label"])
    edition.update(time=datetime.now(UTC) - timedelta(minutes=61))
    said.append(board.services()[0]["label"])
    edition.update(witnessed=datetime.now(UTC), witnesses="w1 w3")
    row = board.services()[0]

    alone, pending = "not independently witnessed", "published, witnesses pending"
    assert [alone, pending, alone, "witnessed"] == [*said, row["label"]]
    assert (True, ["w1", "w3"]) == (row["witnessed"], row["witnesses"])
