"""Sources of the wire: what comes is kept once, what fails is said, no secret leaks."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from newsroom.conftest import staff
from newsroom.servers import PASSWORD, Mailbox, Web, ftp, imap, sftp, web
from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.models import (
    ArticlePage,
    KeptItem,
    RefusedFile,
    Release,
    ServicePage,
    WireSource,
)
from tamizdat.newsroom.sources import (
    credentials,
    health,
    kinds,
    network,
    polling,
    queue,
    verbs,
)
from tamizdat.newsroom.sources.kinds import Road, Rules
from tamizdat.newsroom.wire_desk import retention, taking

FILE = "agency"  # of the secret
NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
HERE = Rules(frozenset({"127.0.0.1"}))
G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"
guid="{guid}" version="{v}"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="Agency"/><versionCreated>2026-11-26T05:0{v}:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Council votes</headline></contentMeta>
<contentSet><inlineXML><html><body><p>The council voted on {day}.</p></body></html>
</inlineXML></contentSet></newsItem>"""
RSS = '<rss version="2.0"><channel><title>Valley News</title>{items}</channel></rss>'
ITEM = (
    "<item><guid>{n}</guid><title>Story {n}</title>"
    "<description>Words {n}.</description></item>"
)


def g2(v: int = 1, day: str = "Monday", guid: str = "urn:a:1") -> bytes:
    """Give one version of an item."""
    return G2.format(guid=guid, v=v, day=day).encode()


def rss(*numbers: int) -> bytes:
    """Give a feed of these stories."""
    return RSS.format(items="".join(ITEM.format(n=n) for n in numbers)).encode()


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    """Give the folder of a newsroom that may reach this machine."""
    (tmp_path / "wire").mkdir()
    (tmp_path / "secrets").mkdir()
    settings.TAMIZDAT = replace(
        django_settings.TAMIZDAT, path=tmp_path, private_hosts=("127.0.0.1",)
    )
    secret = tmp_path / "secrets" / "agency"
    secret.write_text(f'user = "wire"\npassword = "{PASSWORD}"\n')
    secret.chmod(0o600)
    return tmp_path


def put(path: Path, data: bytes, age: float = 60) -> None:
    """Write a file that has been still for some seconds."""
    path.write_bytes(data)
    os.utime(path, (time.time() - age,) * 2)


def folder(home: Path, english: ServicePage, **fields: Any) -> WireSource:
    """Give a source that watches the newsroom's own folder."""
    place = {"path": str(home / "wire")}
    return verbs.add("agency", "folder", place, [english], **fields)


def site(url: str, english: ServicePage, **fields: Any) -> WireSource:
    """Give a source that asks a web address."""
    return verbs.add("feed", "http", {"url": url}, [english], **fields)


def test_folder_is_read_and_one_bad_file_stops_none(
    home: Path, english: ServicePage
) -> None:
    """New and changed files come; what cannot be read is said and kept for later."""
    source = folder(home, english)
    put(home / "wire" / "1.xml", g2())
    put(home / "wire" / "2.xml", b"\x00\x01\x02 no copy", age=50)
    put(home / "wire" / "3.xml", g2(guid="urn:a:2"), age=40)
    put(home / "wire" / "4.xml.part", g2(guid="urn:a:3"))
    (home / "wire" / "5.xml").write_bytes(g2(guid="urn:a:4"))  # still being written
    (home / "wire" / "6.xml").symlink_to("/etc/passwd")
    told = polling.poll(source, NOW)

    assert (2, 3, "") == (len(told.kept), told.files, told.error)
    assert 1 == len(told.warnings)
    assert "2.xml" in told.warnings[0]
    assert ["2.xml"] == list(RefusedFile.objects.values_list("name", flat=True))

    put(home / "wire" / "1.xml", g2(2, "Tuesday"), age=30)
    assert ["2"] == [row.version for row in polling.poll(source, LATER).kept]
    assert [] == polling.poll(source, LATER).kept
    assert (0, 0) == (ArticlePage.objects.count(), Release.objects.count())


def test_only_folders_that_the_operator_allows_are_watched(
    home: Path, english: ServicePage
) -> None:
    """A source is no way to read the machine's files."""
    source = verbs.add("etc", "folder", {"path": f"{home}/wire/../.."}, [english])

    assert "expected a folder below" in polling.poll(source, NOW).error


def test_web_address_is_asked_only_what_changed(
    home: Path, english: ServicePage
) -> None:
    """The second request carries the ETag, and an unchanged feed costs nothing."""
    with web(Web(rss(1, 2), etag='"a"', packed=True)) as served:
        source = site(served.url, english)
        assert 2 == len(polling.poll(source, NOW).kept)
        assert 0 == polling.poll(source, LATER).files
        served.body, served.etag = rss(1, 2, 3), '"b"'
        assert ["Story 3"] == [r.headline for r in polling.poll(source, LATER).kept]

    assert [None, '"a"', '"a"'] == [a.get("If-None-Match") for a in served.asked]
    source.refresh_from_db()
    assert (health.GREEN, "") == (health.health_of(source, LATER).light, source.error)


def test_what_fails_is_left_alone_longer_and_longer(
    home: Path, english: ServicePage
) -> None:
    """Each failure doubles the wait; a server that says how long is obeyed."""
    with web(Web(status=500)) as served:
        source = site(served.url, english, every=100)
        for tried in range(3):
            told = polling.poll(source, NOW)
            source.refresh_from_db()
            assert "found 500" in told.error
            assert NOW + timedelta(seconds=100 << tried) == source.due
        assert health.RED == health.health_of(source, NOW).light

        served.status, served.headers = 503, {"Retry-After": "7200"}
        polling.poll(source, NOW)
        source.refresh_from_db()
        assert NOW + timedelta(hours=2) == source.due

        served.status, served.body = 200, rss(1)
        polling.poll(source, NOW)
        source.refresh_from_db()
        assert (0, "", LATER - timedelta(seconds=200)) == (
            *(source.failures, source.error, source.due),
        )


def test_feed_that_becomes_something_else_waits_for_a_yes(
    home: Path, english: ServicePage
) -> None:
    """A page in place of a feed is no story, until somebody says so."""
    page = (
        b"<html><body><article><h1>Sign in</h1><p>Please sign in to go on to the"
        b" news of today.</p><p>Your account has ended, please write to us soon.</p>"
        b"</article></body></html>"
    )
    with web(Web(rss(1))) as served:
        source = site(served.url, english)
        polling.poll(source, NOW)
        served.body = page
        told = polling.poll(source, LATER)

        assert "changed its format: expected rss, found html" in told.error
        assert 1 == KeptItem.objects.count()
        source.refresh_from_db()
        assert health.RED == health.health_of(source, LATER).light
        verbs.accept(source, LATER)
        assert ["Sign in"] == [r.headline for r in polling.poll(source, LATER).kept]


def test_feed_that_becomes_a_page_without_a_story_waits_too(
    home: Path, english: ServicePage
) -> None:
    """Its bytes are kept; when the feed is back, nobody has to say anything."""
    moved = b"<html><body><h1>Moved</h1><p>Our feed has moved.</p></body></html>"
    with web(Web(rss(1))) as served:
        source = site(served.url, english)
        polling.poll(source, NOW)
        served.body = moved
        told = polling.poll(source, LATER)

        assert "changed its format: expected rss, found html" in told.error
        source.refresh_from_db()
        assert health.RED == health.health_of(source, LATER).light
        assert "html" == source.odd_family
        assert source.refused.get().name in told.warnings[0]

        served.body = rss(2)
        assert polling.poll(source, LATER).kept
        source.refresh_from_db()
        assert ("", "") == (source.odd_family, source.error)


def test_answers_have_an_end(home: Path) -> None:
    """A drip, a flood and a ring of redirects end with a reason."""
    with web(Web(rss(1), drips=0.05)) as served:
        road = Road({"url": served.url}, rules=HERE, seconds=0.4)
        with pytest.raises(SourceError, match="time for one fetch is over"):
            kinds.fetch("http", road)
        served.drips, served.packed = 0, True
        served.body = bytes(kinds.FILE_BYTES + 1)
        with pytest.raises(SourceError, match="at most"):
            kinds.fetch("http", Road({"url": served.url}, rules=HERE))
        served.status, served.headers = 302, {"Location": served.url}
        with pytest.raises(SourceError, match="5 redirects"):
            kinds.fetch("http", Road({"url": served.url}, rules=HERE))


def test_password_does_not_follow_a_redirect_to_another_host(home: Path) -> None:
    """Who redirects us learns nothing for whoever stands there."""
    given = credentials.read(home, "agency")
    with ExitStack() as stack:
        other = stack.enter_context(web(Web(rss(1))))
        first = Web(status=301, headers={"Location": other.url})
        stack.enter_context(web(first))
        road = Road({"url": first.url}, credentials=given, rules=HERE)
        fetched = kinds.fetch("http", road)

    assert ("Authorization" in first.asked[0], "Authorization" in other.asked[0]) == (
        *(True, False),
    )
    assert "moved for good" in fetched.warnings[0]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *(
            "0.0.0.0",  # noqa: S104
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "224.0.0.1",
        ),
    ],
)
def test_private_addresses_are_reached_by_leave_alone(address: str) -> None:
    """Neither a name nor a redirect leads into the newsroom's own network."""
    assert not network.is_allowed("agency.example", address, Rules())
    assert network.is_allowed("agency.example", address, Rules(frozenset({address})))
    assert network.is_allowed("agency.example", "93.184.216.34", Rules())


def test_private_host_is_refused_before_anything_is_sent() -> None:
    """The machine that asked is never connected to."""
    with (
        web(Web(rss(1))) as served,
        pytest.raises(SourceError, match=r"wire\.private_hosts"),
    ):
        kinds.fetch("http", Road({"url": served.url}))

    assert [] == served.asked


@pytest.mark.parametrize("kind", ["ftp", "sftp"])
def test_servers_of_files_are_read_as_a_folder_is(
    kind: str, home: Path, english: ServicePage, tmp_path: Path
) -> None:
    """What is new comes once; a wrong password says so and shows none."""
    there = tmp_path / "there"
    (there / "out").mkdir(parents=True)
    put(there / "out" / "1.xml", g2())
    put(there / "out" / "notes.txt", b"not asked for")
    with ExitStack() as stack:
        place = {"host": "127.0.0.1", "path": "/out", "names": "*.xml"}
        if kind == "ftp":
            place |= {"port": str(stack.enter_context(ftp(there))), "tls": "no"}
        else:
            port, key = stack.enter_context(sftp(there))
            place |= {"port": str(port), "host_key": key}
        source = verbs.add("agency", kind, place, [english], secret=FILE)
        told = polling.poll(source, NOW)
        assert (["1.xml"], "") == ([row.name for row in told.kept], told.error)

        put(there / "out" / "2.xml", g2(guid="urn:a:2"), age=30)
        assert ["2.xml"] == [row.name for row in polling.poll(source, LATER).kept]

        (home / "secrets" / "agency").write_text('user = "wire"\npassword = "guess-me"')
        wrong = polling.poll(source, LATER).error
        assert "127.0.0.1: " in wrong
        assert "guess-me" not in wrong
        if kind == "sftp":
            place["host_key"] = "SHA256:" + "A" * 43
            source.place = place
            source.save()
            assert f"found {key}" in polling.poll(source, LATER).error


def test_letters_come_once_and_stay_unread(home: Path, english: ServicePage) -> None:
    """The next fetch goes on behind the last number; a new mailbox begins anew."""
    letter = (
        b"From: Desk <desk@agency.example>\r\nSubject: Council votes\r\n"
        b"Message-ID: <%d@agency.example>\r\nDate: Thu, 26 Nov 2026 05:00:00 +0000\r\n"
        b"\r\nThe council voted on Monday, the ninth of its kind this year.\r\n"
    )
    box = Mailbox({3: letter % 3, 5: letter % 5})
    with imap(box) as port:
        place = {"host": "127.0.0.1", "port": str(port), "tls": "no"}
        source = verbs.add("mail", "imap", place, [english], secret=FILE)
        first = polling.poll(source, NOW)
        assert (["3.eml", "5.eml"], "") == ([r.name for r in first.kept], first.error)
        assert 0 == polling.poll(source, LATER).files
        box.letters[8] = letter % 8
        assert ["8.eml"] == [row.name for row in polling.poll(source, LATER).kept]
        more = EmailMessage()
        more["From"], more["To"], more["Subject"] = "a@b.example", "c@d.example", "More"
        more.set_content("The council voted on Monday.")
        more.add_attachment(g2(), "text", "xml", filename="copy.xml")
        box.letters[9] = more.as_bytes()
        told = polling.poll(source, LATER)
        assert (["9.eml", "9.eml"], []) == ([r.name for r in told.kept], told.warnings)
        box.era = 8
        assert 4 == polling.poll(source, LATER).files

        (home / "secrets" / "agency").write_text('user = "wire"\npassword = "guess-me"')
        wrong = polling.poll(source, LATER).error
        assert "look at the secret" in wrong
        assert "guess-me" not in wrong
    assert not [said for said in box.said if "STORE" in said or " BODY[" in said]


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ('password = "pw-of-ours"', 0o640, "expected mode 0600, found 0640"),
        ("password = pw-of-ours", 0o600, "expected TOML"),
        ('pasword = "pw-of-ours"', 0o600, "expected texts named"),
    ],
)
def test_secret_that_others_can_read_is_refused(
    text: str, mode: int, why: str, home: Path
) -> None:
    """A file of credentials is closed, and no message quotes it."""
    path = home / "secrets" / "other"
    path.write_text(text)
    path.chmod(mode)
    with pytest.raises(SourceError, match=why) as refused:
        credentials.read(home, "other")

    assert "pw-of-ours" not in f"{refused.value!r} {refused.value.__cause__!r}"
    with pytest.raises(SourceError):
        credentials.read(home, "../secret.key")


def test_secret_is_in_no_row_and_no_log(
    home: Path, english: ServicePage, caplog: pytest.LogCaptureFixture
) -> None:
    """A dump of the database and the log of a failure hold no password."""
    with caplog.at_level(logging.DEBUG), imap(Mailbox()) as port:
        place = {"host": "127.0.0.1", "port": str(port), "tls": "no"}
        source = verbs.add("mail", "imap", place, [english], secret=FILE)
        polling.poll(source, NOW)
    source.refresh_from_db()

    assert PASSWORD not in f"{vars(source)} {verbs.told(source)} {caplog.text}"
    assert PASSWORD not in repr(polling.road_of(source))


@pytest.mark.parametrize(
    ("kind", "place", "why"),
    [
        ("http", {"url": "file:///etc/passwd"}, "url: expected an address"),
        ("http", {"url": "https://me:pw@a.example/"}, "belongs into a file"),
        ("http", {}, "url: expected an address with http or https, found nothing"),
        ("ftp", {"host": "a.example", "port": "0"}, "port: expected a TCP port"),
        ("ftp", {"host": "a.example", "path": "a\r\nDELE b"}, "path: expected"),
        ("imap", {"host": "a.example", "mailbox": 'a" b'}, "mailbox: expected"),
        ("sftp", {"host": "a.example"}, "host_key: expected the fingerprint"),
        ("gopher", {}, "expected one of folder"),
        ("http", {"url": "https://a.example/", "key": "x"}, "key: expected one of"),
    ],
)
def test_odd_place_is_refused_by_its_key(
    kind: str, place: dict[str, str], why: str, english: ServicePage
) -> None:
    """What was expected, and where, is said before a source is added."""
    with pytest.raises(SourceError, match=why):
        verbs.add("odd", kind, place, [english])
    assert not WireSource.objects.exists()


@pytest.fixture
def queued(home: Path, english: ServicePage) -> Iterator[WireSource]:
    """Give a source whose hour has come, with a file."""
    put(home / "wire" / "1.xml", g2())
    return folder(home, english)


@pytest.mark.both
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_queue_fetches_what_is_due_once(queued: WireSource) -> None:
    """Two who look at the hours enqueue one fetch; a worker runs it."""
    now = datetime.now(UTC)
    assert [1, 0] == [queue.enqueue_due(now), queue.enqueue_due(now)]
    queue.worker("test", batch=True).run()

    queued.refresh_from_db()
    assert (1, None) == (KeptItem.objects.count(), queued.lease)
    assert queued.due is not None
    assert queued.due > now


def test_whoever_was_killed_while_fetching_loses_and_doubles_nothing(
    queued: WireSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until its lease ends nobody fetches; then all that was kept is known."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(polling, "_succeed", killed)
        with pytest.raises(KeyboardInterrupt):
            polling.poll(queued, NOW)
    assert 1 == KeptItem.objects.count()

    assert polling.poll(queued, NOW + timedelta(minutes=1)).busy
    told = polling.poll(queued, NOW + polling.LEASE)
    assert (1, [], "") == (told.files, told.kept, told.error)


def test_unused_copy_goes_and_used_copy_keeps_its_receipt(
    queued: WireSource,
    home: Path,
    english: ServicePage,
    editor: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """After its days the bytes are gone; what was taken, and from whom, stays."""
    put(home / "wire" / "2.xml", g2(guid="urn:a:2"))
    rows = polling.poll(queued, NOW).kept
    used = next(row for row in rows if row.name == "1.xml")
    page = taking.begin(used, english, editor)
    kept = sorted((home / "originals").rglob("*.gz"))
    assert 0 == retention.sweep(NOW + timedelta(days=13))
    assert 2 == len(kept)

    with django_capture_on_commit_callbacks(execute=True):
        assert 2 == retention.sweep(NOW + timedelta(days=15))
    (left,) = KeptItem.objects.all()
    assert (used.pk, [], "urn:a:1") == (left.pk, left.item["body"], left.item["guid"])
    assert "The council voted on Monday." == left.uses.get().paragraphs[0][1]
    assert ["Agency"] == taking.agencies_used(page.article)
    assert [] == sorted((home / "originals").rglob("*.gz"))


def test_kept_bytes_are_read_again_by_a_better_parser(
    queued: WireSource, home: Path, english: ServicePage, editor: Any
) -> None:
    """What was refused gets another chance; what was used stays as it was used."""
    put(home / "wire" / "2.xml", g2(guid="urn:a:2"))
    put(home / "wire" / "3.xml", g2(guid="urn:a:3"))
    rows = {row.name: row for row in polling.poll(queued, NOW).kept}
    taking.begin(rows["1.xml"], english, editor)
    for row in rows.values():  # as an older parser left them
        row.headline = row.item["headline"] = "Council v"
        row.save()
    refused = rows["3.xml"]
    RefusedFile.objects.create(
        source=queued, name="3.xml", sha256=refused.sha256, why="odd", time=NOW
    )
    refused.bands.all().delete()
    refused.delete()

    told = {one.name: one.result for one in retention.reparse(queued, LATER)}
    assert {"1.xml": "same", "2.xml": "better", "3.xml": "better"} == told
    assert ["Council v", "Council votes", "Council votes"] == [
        row.headline for row in KeptItem.objects.order_by("name")
    ]
    assert not RefusedFile.objects.exists()


PLACES = "Łódź, 20 listopada (PAP) - Rada miasta odkłada decyzję o moście na rzece Ner."


def test_source_is_read_in_the_encoding_that_it_has(
    home: Path, english: ServicePage
) -> None:
    """What the bytes tell is not asked; an odd name is refused."""
    with pytest.raises(SourceError, match="expected an encoding of text"):
        folder(home, english, encoding="rot13")
    one = folder(home, english, encoding="ISO-8859-2")
    put(home / "wire" / "1.txt", f"Most\n\n{PLACES}\n".encode("iso8859-2"))
    (row,) = polling.poll(one, NOW).kept

    assert "Łódź" == row.item["dateline"]["place"]
    receipt = row.item["receipt"]
    assert ("iso8859-2", "chosen") == (receipt["encoding"], receipt["encoding_by"])


def test_editor_reads_copy_again_in_another_encoding(
    desk: Client, home: Path, english: ServicePage, editor: Any
) -> None:
    """The bytes are kept; the choice outlives better parsers and the source's own."""
    put(home / "wire" / "1.txt", f"Most\n\n{PLACES}\n".encode("iso8859-2"))
    one = folder(home, english, encoding="cp1251")
    (row,) = polling.poll(one, NOW).kept
    place = reverse("wire_encoding", args=("en", row.pk))
    shown = desk.get(f"/admin/wire/desk/en/{row.pk}/").content.decode()
    assert f'action="{place}"' in shown

    assert 200 == desk.post(place, {"encoding": "iso8859-2"}, follow=True).status_code
    list(retention.reparse(one, LATER))
    row.refresh_from_db()
    assert "Łódź" == row.item["dateline"]["place"]
    told = desk.post(place, {"encoding": "rot13"}, follow=True).content.decode()
    assert "No copy can be in this encoding" in told
    told = desk.post(place, {"encoding": "cp037"}, follow=True).content.decode()
    assert "Read so it is no copy: it has no paragraph of a story" in told
    assert "lines of text" not in told  # which is its parser's
    taking.begin(row, english, editor)
    told = desk.post(place, {"encoding": "cp1251"}, follow=True).content.decode()
    assert "its words stay as they were used" in told
    row.refresh_from_db()
    assert "Łódź" == row.item["dateline"]["place"]
    desk.force_login(staff("member", english, "reporter"))
    assert desk.post(place, {"encoding": ""}).status_code in {302, 403}
    row.refresh_from_db()
    assert "chosen" == row.item["receipt"]["encoding_by"]
