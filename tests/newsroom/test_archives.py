"""An archive comes in whole and once: its dates, addresses and pictures with it."""

import base64
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.utils import timezone
from PIL import Image
from wagtail.search.backends import get_search_backend

from tamizdat.newsroom import actions
from tamizdat.newsroom.archives import bringing, originals, reading, stories
from tamizdat.newsroom.archives.commands import wire_import
from tamizdat.newsroom.archives.counting import total_of
from tamizdat.newsroom.archives.forgetting import ORIGINALS
from tamizdat.newsroom.archives.shelf import FOLDER
from tamizdat.newsroom.archives.sources import candidates
from tamizdat.newsroom.desk import words
from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    EverShown,
    Imported,
    ImportedPicture,
    KeptItem,
    OldAddress,
    Release,
    ServicePage,
    Showing,
    Story,
    Tag,
)
from tamizdat.newsroom.models.articles import STANDING
from tamizdat.newsroom.writing import translating
from tamizdat.newsroom.writing.opening import open_article
from tamizdat.wire.parsers import parse_member

STORY = """<html lang="en"><head><title>{title}</title>
<link rel="canonical" href="https://old.example/a/{number}.html">
<meta property="article:published_time" content="2019-05-0{day}T10:00:00+02:00">
{more}</head><body><article><h1>{title}</h1><div itemprop="articleBody">
<img src="pictures/street.jpg" alt="A street">
<p>The council of the valley voted on {title} for a new bridge over the river.</p>
<p>Work begins in May and is to be finished before the floods of spring.</p>
</div></article></body></html>"""


def story(number: int, *, title: str = "", day: int = 1, more: str = "") -> str:
    """Write a page that a newsroom published elsewhere."""
    title = title or f"Bridge {number}"
    return STORY.format(title=title, number=number, day=day, more=more)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a folder of saved pages, with a picture that three of them show."""
    folder = tmp_path / "site"
    (folder / "pictures").mkdir(parents=True)
    for number in (1, 2, 3):
        (folder / f"{number}.html").write_text(story(number))
    (folder / "list.html").write_text("<html><a href='/1'>One</a></html>")
    out = io.BytesIO()
    Image.new("RGB", (320, 180), "grey").save(out, "JPEG")
    (folder / "pictures" / "street.jpg").write_bytes(out.getvalue())
    return folder


@pytest.fixture(autouse=True)
def _alone_and_without_originals(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(reading, "MOST", 1)  # process: others begin slowly
    yield
    shutil.rmtree(settings.TAMIZDAT.path / ORIGINALS, ignore_errors=True)


def bring(path: Path, *words: str) -> list[dict[str, Any]]:
    """Run the command; give what it says of each story, without the sum."""
    return told(path, *words)[:-1]


def told(path: Path, *words: str) -> list[dict[str, Any]]:
    """Run the command; give what it says of each story, and then the sum."""
    options = ("--service", "en", "--json", *words)
    answer = CliRunner().invoke(wire_import, [str(path), *options])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), (
        answer.output
    )
    rows: list[dict[str, Any]] = [json.loads(row) for row in answer.stdout.splitlines()]
    return rows


def results(rows: list[dict[str, Any]]) -> list[str]:
    """Say what became of each."""
    return [row["result"] for row in rows]


def ledger() -> list[tuple[str, int, str, str]]:
    """Say what is recorded: headline, number, kind and time of each release."""
    rows = Release.objects.select_related("article").order_by("time", "number", "pk")
    return sorted(
        (r.article.headline, r.number, r.kind, f"{r.time:%Y-%m-%dT%H:%M}") for r in rows
    )


def test_stories_come_in_once_with_dates_addresses_and_pictures(
    english: ServicePage, site: Path
) -> None:
    """A dry run tells it; a run does it; a second run finds it done."""
    dry = bring(site, "--dry-run")
    assert Article.objects.count() == 0

    rows, again = bring(site), told(site)
    assert [1] == list(again.pop()["summary"]["refusals"].values())

    assert results(dry) == results(rows) == ["in", "in", "in", "refused"]
    assert results(again) == ["already", "already", "already", "refused"]
    assert ledger() == [
        (f"Bridge {n}", 1, "publish", "2019-05-01T08:00") for n in (1, 2, 3)
    ]
    assert ArticlePage.objects.count() == 0
    assert ImportedPicture.objects.count() == 1
    assert Showing.objects.count() == EverShown.objects.count() == 3
    release = Release.objects.first()
    assert release is not None
    ours = release.content["tamizdat"]
    assert ours["permalinks"] == ["https://old.example/a/1.html"]
    assert [one["name"] for one in release.content["associations"]] == ["lead"]


def test_pictures_and_redirects_of_a_web_archive_come_with_its_pages(
    english: ServicePage, site: Path
) -> None:
    """They may stand behind the pages, and are there until the last page is in."""
    page = story(4, more='<meta name="author" content="A Reporter">')
    left = Path(tempfile.gettempdir()) / f"{FOLDER}{_killed()}-x"
    left.mkdir()
    answers = [
        ("https://old.example/a/4.html", ("text/html", ""), page.encode()),
        ("https://old.example/old?id=4", ("text/html", "/a/4.html"), b""),
        (
            "https://old.example/a/pictures/street.jpg",
            ("image/jpeg", ""),
            (site / "pictures" / "street.jpg").read_bytes(),
        ),
    ]
    archive = site.with_name("site.warc")
    archive.write_bytes(b"".join(_answer(*one) for one in answers))

    (dry,) = bring(archive, "--dry-run")
    (row,) = bring(archive)
    assert (1, 1, 1) == (
        *(dry["pictures"], row["pictures"]),
        ImportedPicture.objects.count(),
    )
    assert ("2019-05-01T08:00:00Z", None, ["A Reporter"]) == (
        *(row["published"], row["updated"], row["authors"]),
    )
    release = Release.objects.get()
    assert [one["name"] for one in release.content["associations"]] == ["lead"]
    assert [
        "https://old.example/a/4.html",
        "https://old.example/old?id=4",
    ] == release.content["tamizdat"]["permalinks"]
    assert not list(Path(tempfile.gettempdir()).glob(f"{FOLDER}*"))


def test_a_page_saved_as_mhtml_comes_in_with_the_pictures_in_its_file(
    english: ServicePage, site: Path
) -> None:
    """Nothing beside it is needed, and it is a page like any other."""
    picture = (site / "pictures" / "street.jpg").read_bytes()
    where, kind = "https://old.example/a/", "Content-Type: multipart/related"
    head = f'Snapshot-Content-Location: {where}5.html\n{kind}; boundary="b"\n'
    page = (
        f"--b\nContent-Type: text/html\nContent-Location: {where}5.html\n\n{story(5)}"
    )
    file = "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n"
    file += f"Content-Location: {where}pictures/street.jpg\n\n"
    whole = f"{head}\n{page}\n--b\n{file}".encode() + base64.encodebytes(picture)
    saved = site.with_name("alone") / "5.mhtml"
    saved.parent.mkdir()
    saved.write_bytes(whole + b"--b--\n")

    (row,) = bring(saved.parent)

    assert ("in", 1) == (row["result"], row["pictures"])
    assert ledger() == [("Bridge 5", 1, "publish", "2019-05-01T08:00")]


def _killed() -> int:
    """Give the number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


def _answer(address: str, said: tuple[str, str], body: bytes) -> bytes:
    """Write one answer of a server as a WARC has it."""
    kind, leads = said
    status = f"301 Moved\r\nLocation: {leads}" if leads else "200 OK"
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Date: 2020-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_original_is_kept_byte_for_byte(english: ServicePage, site: Path) -> None:
    """What came in can be read again by a better parser."""
    bring(site)
    row = Imported.objects.get(name=str(site / "2.html"))
    folder = settings.TAMIZDAT.path / ORIGINALS

    assert originals.read(folder, row.sha256) == (site / "2.html").read_bytes()
    assert row.receipt["family"] == "html"


def test_article_of_an_archive_opens_in_the_form(
    english: ServicePage, editor: Any, site: Path
) -> None:
    """An editor works on it as on any other; a later run leaves it alone."""
    bring(site)
    page = open_article(Article.objects.get(headline="Bridge 2"), editor)
    (site / "2.html").write_text(story(2, title="Bridge of two", day=3))
    (row,) = [r for r in bring(site) if r["file"].endswith("2.html")]

    assert (page.title, page.permalinks) == (
        "Bridge 2",
        "https://old.example/a/2.html",
    )
    assert (row["result"], row["why"]) == ("merged", "an editor has opened it here")


def test_newer_version_of_what_people_have_to_look_at_waits_for_them(
    english: ServicePage, persian: ServicePage, editor: Any, site: Path
) -> None:
    """A run of a program releases nothing that is held, or that two people sign."""
    bring(site)
    held = Article.objects.get(headline="Bridge 1")
    page = translating.translate(held, persian, editor)
    page.section = persian.sections.first()
    page.source_release = 1
    actions.publish_article(page, None)
    actions.publish_article(page, None, "redaction")
    Story.objects.filter(articles__headline="Bridge 2").update(sensitive=True)
    for number in (1, 2, 3):
        newer = story(number, title=f"Bridge {number} stands", day=3)
        (site / f"{number}.html").write_text(newer)
        copy = story(number).replace(f"/a/{number}.html", f"/print/{number}.html")
        (site / f"copy-{number}.html").write_text(copy)
    rows = {Path(r["file"]).name: r for r in bring(site)}

    assert not ArticlePage.objects.filter(article=held).exists()
    reasons = ["words in it may endanger someone", "two people sign what goes out"]
    for number, why in enumerate(reasons, start=1):
        for name in (f"{number}.html", f"copy-{number}.html"):
            assert rows[name]["result"] == "merged"
            assert why in rows[name]["why"]
        article = Article.objects.get(service=english, headline=f"Bridge {number}")
        assert article.releases.count() == 1
    assert rows["3.html"]["result"] == "updated"


@pytest.mark.parametrize("size", [2, 64])
def test_dry_run_says_what_a_run_would_do_and_no_more(
    english: ServicePage,
    editor: Any,
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: int,
) -> None:
    """Of every story: what is held, opened, embargoed or refused, and each address."""
    monkeypatch.setattr(bringing, "BATCH", size)
    for number in (4, 5):
        (site / f"{number}.html").write_text(story(number))
    bring(site, "--no-pictures")
    later = timezone.now() + timedelta(days=1)
    Story.objects.filter(articles__headline="Bridge 1").update(sensitive=True)
    Story.objects.filter(articles__headline="Bridge 2").update(embargo=later)
    open_article(Article.objects.get(headline="Bridge 3"), editor)
    for number in (1, 2, 3, 4):
        newer = story(number, title=f"Bridge {number} stands", day=3)
        (site / f"{number}.html").write_text(newer)
    for name, text in {
        "50": story(4, title="Bridge 4 stood", day=2),  # older than what came before
        "51": story(4, title="Bridge 4 falls", day=4),
        "52": story(5).replace("/a/5.html", "/print/5.html"),
        "53": story(53).replace("/a/53.html", "/print/5.html"),
        "54": story(54, more='<link rel="alternate" href="/a/1.html">'),
        "55": story(54, title="Bridge 54 stands", day=2),
        "56": story(56).replace("pictures/street.jpg", "pictures/broken.jpg"),
        "57": story(57).replace(
            "<p>The", "<p>EMBARGO: 26 December 2099 18:00 GMT<p>The"
        ),
        "58": story(54),
        "59": story(52).replace("/a/52.html", "/print/5.html"),
    }.items():
        (site / f"{name}.html").write_text(text)
    (site / "pictures" / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")

    dry, before = told(site, "--dry-run"), ledger()
    rows = told(site)

    new = [at for at, row in enumerate(rows[:-1]) if row["result"] == "in"]
    for at in new:
        rows[at]["article"] = None  # drawn anew each time
    made = {row["article"] for row in dry[:-1]}
    for row in rows[:-1]:
        row["article"] = row["article"] if row["article"] in made else None
    dry[-1]["summary"].pop("seconds")
    rows[-1]["summary"].pop("seconds")
    assert {**rows[-1]["summary"], "dry_run": True} == dry[-1]["summary"]
    assert rows[:-1] == dry[:-1]
    assert 2 <= len(new) < len(rows)
    why = {Path(row["file"]).name: row["why"] for row in rows[:-1]}
    assert "under embargo until" in why["2.html"]
    assert "two people sign" in why["1.html"]
    assert "embargo until 2099" in why["57.html"]
    assert ("Bridge 2", 1, "publish", "2019-05-01T08:00") in before
    assert not any(row[0] == "Bridge 2 stands" for row in ledger())


def test_newer_version_is_an_update_and_a_copy_brings_its_address(
    english: ServicePage, site: Path
) -> None:
    """The same story under another name is one article, with both addresses."""
    changed = '<meta property="article:modified_time" content="2019-05-04T10:00:00Z">'
    bring(site)
    (site / "1.html").write_text(story(1, title="Bridge 1 stands", more=changed))
    copy = story(2).replace("/a/2.html", "/print/2.html")
    (site / "9.html").write_text(copy)
    rows = {Path(r["file"]).name: r for r in bring(site)}

    assert rows["1.html"]["result"] == "updated"
    assert rows["9.html"]["result"] == "merged"
    assert ("Bridge 1 stands", 2, "update", "2019-05-04T10:00") in ledger()
    assert rows["9.html"]["permalinks"] == [
        "https://old.example/a/2.html",
        "https://old.example/print/2.html",
    ]
    assert Article.objects.count() == 3


@pytest.mark.lab(one_in=3)
@pytest.mark.parametrize(
    "step",
    [
        (originals, "keep", 2),
        (bringing, "keep_pictures", 2),
        (actions, "append_firsts", 1),
        (actions, "put_new", 1),
        (Imported.objects, "bulk_create", 1),
        (OldAddress.objects, "bulk_create", 1),
        (OldAddress.objects, "get_or_create", 1),  # the last story comes alone
        (actions, "append_release", 1),
        (actions, "put_release", 1),
    ],
    ids=str,
)
def test_import_that_is_killed_goes_on_and_nothing_is_there_twice(
    english: ServicePage, site: Path, monkeypatch: pytest.MonkeyPatch, step: Any
) -> None:
    """Wherever the power fails, the next run ends where one run would have."""
    place, name, after = step
    monkeypatch.setattr(bringing, "BATCH", 2)
    verb, left = getattr(place, name), [after]

    def fail(*given: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return verb(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(place, name, fail)
        CliRunner().invoke(wire_import, [str(site), "--service", "en"])
    assert left[0] == 0
    bring(site)

    assert [row[0] for row in ledger()] == ["Bridge 1", "Bridge 2", "Bridge 3"]
    assert ImportedPicture.objects.count() == 1
    assert Imported.objects.count() == OldAddress.objects.count() == 3
    assert not list((settings.TAMIZDAT.path / ORIGINALS).rglob("*.part"))


def test_story_that_was_taken_back_stays_so_and_its_bytes_go(
    english: ServicePage, editor: Any, site: Path
) -> None:
    """A withdrawal reaches the originals, and the next run."""
    bring(site)
    row = Imported.objects.get(name=str(site / "3.html"))
    kept = row.sha256
    page = open_article(row.article, editor)
    actions.publish_article(page, None, "withdrawal")
    (again,) = [r for r in bring(site) if r["file"].endswith("3.html")]

    assert not originals.path_of(settings.TAMIZDAT.path / ORIGINALS, kept).exists()
    assert (again["result"], again["why"]) == ("merged", "it was taken back here")
    row.refresh_from_db()
    assert (row.name, row.receipt) == ("", {})


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.json", '{"uri": "a", "headline": "b", "body_text": "c."}', "agency copy"),
        ("b.html", story(1).replace("2019-05-01", "2999-05-01"), "has not come yet"),
        ("c.html", story(1).replace("article:published_time", "x"), "no date"),
        ("d.html", "<html>\x00" * 9, "without a story"),
        ("e.zip", "PK\x03\x04broken", "a sound zip"),
    ],
)
def test_what_cannot_come_in_is_told_and_why(
    english: ServicePage, tmp_path: Path, name: str, text: str, why: str
) -> None:
    """One line each, and nothing is recorded."""
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / name).write_text(text)
    (row,) = bring(folder)

    assert row["result"] == "refused"
    assert why in row["why"]
    assert Release.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "hour", "why"),
    [
        ({"embargo": "2026-11-26T10:00:00"}, 21, "embargo until 2026-11-26T10:00:00"),
        ({"embargo": "2026-11-26T10:00:00"}, 22, None),  # over in every zone
        ({"embargo": "2026-11-26"}, 11, "embargo until 2026-11-26"),
        ({"ednote": "EMBARGOED until Friday noon"}, 22, "without a certain time"),
    ],
)
def test_embargo_is_over_when_it_is_over_everywhere(
    english: ServicePage, said: dict[str, str], hour: int, why: str | None
) -> None:
    """A time without a zone may be that of any; words without a time end nowhere."""
    (item,) = parse_member(story(1).encode(), "1.html", None)
    item = replace(
        item, pubstatus="usable", published_at="2026-11-20T10:00:00Z", **said
    )
    now = datetime(2026, 11, 26, hour, tzinfo=UTC)
    with pytest.raises(CopyError, match=why) if why else nullcontext():
        stories.check(item, english, now)


def test_no_link_leads_out_of_a_folder(english: ServicePage, tmp_path: Path) -> None:
    """Neither a page nor a picture is read through one."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "out.html").write_text(story(7))
    (tmp_path / "secret.jpg").write_bytes(b"\xff\xd8\xff secret")
    (folder / "link.html").symlink_to(tmp_path / "out.html")
    (folder / "p.jpg").symlink_to(tmp_path / "secret.jpg")
    page = story(8).replace("pictures/street.jpg", "../secret.jpg")
    (folder / "page.html").write_text(page)
    (folder / "page2.html").write_text(story(9).replace("pictures/street.jpg", "p.jpg"))
    rows = bring(folder)

    assert results(rows) == ["refused", "in", "in"]
    assert ImportedPicture.objects.count() == 0


def test_pictures_that_were_left_out_come_with_a_later_run(
    english: ServicePage, site: Path, editor: Any
) -> None:
    """A first run without pictures is quick; another adds them, once, where it may."""
    bring(site, "--no-pictures")
    opened = Article.objects.get(headline="Bridge 2")
    open_article(opened, editor)
    foretold = bring(site, "--dry-run")
    rows, again = bring(site), bring(site)

    assert results(foretold) == results(rows)
    assert results(rows) == ["updated", "merged", "updated", "refused"]
    assert results(again) == ["already", "merged", "already", "refused"]
    assert [(1, "minor"), (0, "publish"), (1, "minor")] == [
        (len(one.newest_release.content["associations"]), one.newest_release.kind)
        for one in Article.objects.order_by("headline")
    ]


def test_only_usable_texts_of_agency_copy_become_drafts(
    english: ServicePage, tmp_path: Path
) -> None:
    """Of a message with a text, a kill, a picture and a package one draft is made."""
    copy = Path(__file__).parents[1] / "wire" / "copy" / "g2_message.xml"
    file = tmp_path / "message.xml"
    file.write_bytes(copy.read_bytes())
    words = [str(file), str(file), "--service", "en"]
    dry = CliRunner().invoke(wire_import, [*words, "--dry-run"])
    assert not KeptItem.objects.exists()
    assert not ArticlePage.objects.exists()
    assert not (settings.TAMIZDAT.path / ORIGINALS).exists()
    answer = CliRunner().invoke(wire_import, words[1:])

    assert answer.exit_code == dry.exit_code == 1
    assert dry.stderr == answer.stderr * 2
    assert 2 == dry.stdout.count("would be a draft: Valley council votes down")
    assert ["Valley council votes down new bridge"] == list(
        ArticlePage.objects.values_list("title", flat=True)
    )
    for said in ("has canceled this copy", "found a picture", "found a package"):
        assert said in answer.output
    assert 4 == KeptItem.objects.count()
    assert not Release.objects.exists()


def test_stories_recorded_together_are_as_those_recorded_alone(
    english: ServicePage, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ledger, addresses, index and receipt do not tell how many came at once."""
    sections = [("society", "Society"), ("law", "Law")]
    other = actions.create_service("gb", "Demo Press", "en", sections, bio=english.bio)
    changed = '<meta property="article:modified_time" content="2019-06-01T10:00:00Z">'
    (site / "4.html").write_text(story(4, more=changed))
    (site / "5.html").write_text(story(1, title="Another under this name"))

    def brought(service: ServicePage) -> Any:
        plan = bringing.Plan(service, settings.TAMIZDAT.path / ORIGINALS)
        rows = list(bringing.Bringer(plan).bring(candidates(site)))
        told = [(row.file, row.result, row.permalinks, row.warnings) for row in rows]
        return told, [_recorded(one) for one in _articles(service)]

    together = brought(english)
    monkeypatch.setattr(bringing, "_TOGETHER", 1 << 30)
    alone = brought(other)

    assert together == alone
    assert [1, 1, 1, 2] == [len(releases) for releases, *_rest in together[1]]


def _articles(service: ServicePage) -> Any:
    return Article.objects.filter(service=service).order_by("headline")


def _recorded(article: Article) -> Any:
    """Tell all that is recorded of an article, but what differs by chance."""
    own = (article.address, article.service.service_id)

    def plain(value: Any) -> str:
        text = json.dumps(value, ensure_ascii=False, default=str)
        return text.replace(own[0], "ADDRESS").replace(f":{own[1]}/", ":SERVICE/")

    releases = []
    for one in article.releases.all():
        ours = {**one.content["tamizdat"], "service": None}
        told = plain({**one.content, "tamizdat": ours})
        releases.append((one.number, one.kind, one.time, told))
    said = [
        getattr(article, name) for name in STANDING if name not in {"source", "section"}
    ]
    imported = Imported.objects.get(article=article)
    places = OldAddress.objects.filter(article=article).values_list("path", flat=True)
    found = words.found(Article.objects.all(), words.RELEASED, article.headline)
    indexed = get_search_backend().autocomplete(article.headline, Article.objects.all())
    return (
        releases,
        said,
        (imported.key, imported.words, imported.number, plain(imported.receipt)),
        sorted(places),
        (article in found, article in list(indexed)),
    )


POST = """<rss xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Old</title>
<language>en</language><item><title>A bridge</title><link>https://old.example/p</link>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date_gmt>2019-05-01 08:00:00</wp:post_date_gmt>
<category domain="category">Public works</category>
<category domain="category">Uncategorized</category>
<category domain="post_tag">river</category><category domain="post_tag">Mist</category>
<content:encoded>The council of the valley voted for a bridge over the river. Work
begins in May and ends before the floods.</content:encoded></item></channel></rss>"""


def test_categories_and_tags_become_those_of_the_service(
    english: ServicePage, tmp_path: Path
) -> None:
    """What it has by the name is taken; what it has not is told, and made if asked."""
    waters = Tag.objects.create(service=english, key="waters", name="Waters")
    river = {"service": english, "key": "river", "name": "River"}
    Tag.objects.create(**river, merged_into=waters)
    section = english.sections.first()
    marks = f"""<meta property="article:section" content="{section.name.upper()}">
    <meta name="news_keywords" content="River, medtop:20000523, Мост">"""
    (tmp_path / "1.html").write_text(story(1, more=marks))
    (tmp_path / "2.xml").write_text(POST)

    *_rows, dry = told(tmp_path, "--dry-run")
    became = {
        one["name"]: (one["becomes"], one["id"]) for one in dry["summary"]["subjects"]
    }
    assert became == {
        "River": ("tag", "waters"),
        section.name.upper(): ("section", section.section_id),
        "Public works": ("nothing", None),
        "Mist": ("nothing", None),
        "Мост": ("nothing", None),
    }
    words = ("--make-tags", "--as-section", "Public works=works")
    assert told(tmp_path, *words, "--dry-run")[-1]["summary"]["subjects"]
    assert (2, False) == (
        Tag.objects.count(),
        english.sections.filter(section_id="works").exists(),
    )

    rows = bring(tmp_path, *words)

    assert [(row["section"], row["tags"], row["left"]) for row in rows] == [
        (section.section_id, ["waters", "most"], []),
        ("works", ["waters", "mist"], []),
    ]
    english.refresh_from_db()
    assert (
        english.get_latest_revision_as_object().sections.last().name == "Public works"
    )
    release = Release.objects.get(article__headline="A bridge")
    assert release.content["subjects"] == [
        {"name": "Waters", "literal": "waters"},
        {"name": "Mist", "literal": "mist"},
    ]
    assert release.content["tamizdat"]["section"] == "works"
    page = open_article(release.article, None)
    assert [str(row) for row in page.tag_rows.all()] == ["Waters", "Mist"]


def test_pages_read_by_other_processes_come_in_as_they_would(
    english: ServicePage, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who parses decides nothing: order, results and refusals are the same."""
    monkeypatch.setattr(bringing, "BATCH", 1)
    plan = bringing.Plan(english, settings.TAMIZDAT.path / ORIGINALS, readers=2)
    rows = list(bringing.Bringer(plan).bring(candidates(site)))

    assert ["in", "in", "in", "refused"] == [row.result for row in rows]
    assert rows[3].why is not None
    assert rows[3].why.startswith("expected ")
    assert ["1.html", "2.html", "3.html", "list.html"] == [
        Path(row.file).name for row in rows
    ]


def test_who_parses_ends_with_whoever_was_killed() -> None:
    """A run that is killed leaves no process behind that waits for work."""
    run = subprocess.run(
        [sys.executable, "-c", _KILLED],
        capture_output=True,
        text=True,
        check=False,
    )
    left = [int(word) for word in run.stdout.split()]

    assert (-signal.SIGKILL, 2) == (run.returncode, len(left))
    end = time.monotonic() + 60
    while any(map(_lives, left)):
        assert time.monotonic() < end, left
        time.sleep(0.05)


_KILLED = """
import os, signal
from tamizdat.newsroom.archives.reading import Readers
from tamizdat.newsroom.archives.sources import Candidate
readers = Readers(2)
one = Candidate("a.html", b"<p>words", apart=True)
for _batch in readers.ahead(iter([[one], [one], [one]])):
    [future.result() for _one, future in _batch if future]
print(*readers._pool._processes, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_progress_knows_how_much_is_to_come(tmp_path: Path) -> None:
    """Files of a folder, entries of a zip, items of an export; of the rest nothing."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("1.html", "2.html", "photo.jpg"):
        (folder / name).write_text("<p>x</p>", encoding="utf-8")
    export = tmp_path / "export.xml"
    items = "<item></item>" * 200_000
    export.write_text(f'<rss xmlns:wp="http://wordpress.org/export/1.2/">{items}')
    packed = tmp_path / "pages.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a/1.html", "a/2.html", "a/3.png"):
            archive.writestr(name, "<p>x</p>")
    web = tmp_path / "site.warc"
    web.write_bytes(b"WARC/1.0\r\n")

    assert 2 + 200_000 + 2 == total_of([folder, export, packed])
    assert None is total_of([folder, web])


def test_same_bytes_brought_by_many_at_once_are_kept_once(tmp_path: Path) -> None:
    """A folder may hold one page under forty names."""
    data = os.urandom(1 << 20)  # takes a while to pack
    with ThreadPoolExecutor(8) as pool:
        (name,) = set(pool.map(lambda _: originals.keep(tmp_path, data), range(24)))

    assert data == originals.read(tmp_path, name)
    assert [originals.path_of(tmp_path, name)] == [
        path for path in tmp_path.rglob("*") if path.is_file()
    ]
