# ruff: noqa: RUF001 - Russian letters that look like Latin ones
"""Offline files: of one edition, the same for everyone, verified with no network."""

import gzip
import hashlib
import io
import json
import re
import shutil
import socket
import subprocess
import time
import zipfile
from contextlib import closing, contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from libzim.reader import Archive as Library
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher
from lxml import etree, html
from PIL import Image

import documents
import tamizdat
from cast import NOW
from mirrors.simulator import HostSimulator
from tamizdat.edition.catalogues import catalogue
from tamizdat.edition.errors import EditionError, FileError, StatementError, TrustError
from tamizdat.edition.media import name_of
from tamizdat.edition.wording import wording
from tamizdat.mirrors import offline as delivery
from tamizdat.mirrors.commands import verify
from tamizdat.mirrors.deep import check as check_deep
from tamizdat.mirrors.deliver import deliver
from tamizdat.mirrors.errors import MissingError, RoadError
from tamizdat.mirrors.probe import check_mirror
from tamizdat.mirrors.repair import repair
from tamizdat.mirrors.serve import MirrorServer
from tamizdat.mirrors.transports import directory, web
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press import filing, offline
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.errors import FormatError
from tamizdat.press.formats.paper import Paper
from tamizdat.press.keys import new_organisation
from tamizdat.press.offline_command import offline as offline_command
from tamizdat.press.printing import Operator
from tamizdat.press.run import Press

EPUBCHECK = Path("/usr/share/java/epubcheck.jar")  # of Debian; its wrapper needs more
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # half the work
SERVICES = ("fa", "ru")
STORY = "a/2026-11/20/story-1.html"
WORD, INFLECTED = "глушилками", "глушилки"  # the stem is found, not the letters
SENTENCE = "Право знать старше большинства конституций, и редакции помнят об этом. "
PERSIAN = "حق دانستن از بیشتر قانون‌های اساسی کهن‌تر است، و آزادی نیز. "
PERSIAN_TYPED = ("آزادی", "ازادی", "آزادي", "قانون", "قانون‌های", "قانونهای")


def jpeg():
    """Draw a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (320, 180), "#7a1f1f").save(buffer, "JPEG")
    return buffer.getvalue()


PICTURE = jpeg()
DIGEST = hashlib.sha256(PICTURE).hexdigest()


def pictured(story):
    """Give a story a lead picture."""
    rendition = {"name": "320.jpg", "href": f"sha256:{DIGEST}", "width": 320}
    rendition |= {"contentType": "image/jpeg", "height": 180}
    words = [{"role": role, "value": f"Picture {role}"} for role in ("caption", "alt")]
    lead = {"name": "lead", "uri": f"sha256:{DIGEST}", "type": "picture"}
    lead |= {"descriptions": words, "by": None, "usageTerms": None}
    return {
        **story,
        "associations": [
            {**lead, "renditions": [{**rendition, "sizeInBytes": len(PICTURE)}]}
        ],
    }


def told(number, service, words, **ours):
    """Make a story that says some words."""
    link = {"kind": "link", "from": 0, "to": 5, "href": "https://source.example/1"}
    body = [
        {"kind": "paragraph", "text": words, "marks": [link]},
        {"kind": "list", "items": ["Первое & <второе>", "Третье"]},
        {"kind": "table", "rows": [["А", "Б"], ["1", "2"]]},
        {"kind": "quote", "text": "Сказано."},
    ]
    return documents.story(number, service, body=body, **ours)


def long_story(number, service):
    """Make a story of several pages; each paragraph is told from the others."""
    body = [
        {"kind": "paragraph", "text": f"Абзац {n}. {SENTENCE * 8}".strip()}
        for n in range(1, 31)
    ]
    body.append({"kind": "paragraph", "text": ("В эфире тихо. " * 900).strip()})
    made = documents.story(number, service, body=body)
    made["headlines"] = [{"role": "main", "value": "Переосвидетельствование" * 12}]
    return made


def paper():
    """Write the stories of two services."""
    rows = [documents.service(name, home="https://press.example") for name in SERVICES]
    related = {"service": "ru", "id": "story-2", "headline": "Headline 2"}
    related |= {"published": documents.story(2)["firstCreated"], "language": None}
    note = "В прошлой версии был назван другой год."
    ru = [
        pictured(told(1, "ru", f"Передачи забивали {WORD}, но их слушали.")),
        told(2, "ru", SENTENCE),
        documents.changed(told(3, "ru", SENTENCE), "Исправлено", "correction", note),
        documents.changed(told(4, "ru", SENTENCE), "Отозвано", "retraction", note),
        documents.changed(told(5, "ru", "Опасные слова."), "Нет", "withdrawal"),
        long_story(6, "ru"),
        told(7, "ru", SENTENCE, related=[related]),
    ]
    return [*rows, *ru, pictured(told(1, "fa", PERSIAN))]


class Newsroom:
    """A press, its archive and the stories it prints."""

    def __init__(self, folder, rows):
        self.folder, self.rows = folder, rows
        if not (folder / "keys").exists():
            services = ("en", *SERVICES)
            new_organisation(folder / "keys", "press.example", services, NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self.hours = 0

    def publish(self):
        """Print all stories as the next edition."""
        self.hours += 1
        now = NOW + timedelta(days=7, hours=self.hours)
        source = documents_of(map(documents.line, self.rows), whole=True)
        pictures = {DIGEST: PICTURE}.get
        return self.press.publish(source, pictures, now)

    def publish_again(self):
        """Print a heartbeat of one service: an edition of which no story changed."""
        self.hours += 1
        source = documents_of(map(documents.line, self.rows), whole=True)
        now = NOW + timedelta(days=7, hours=self.hours)
        pictures, beat = {DIGEST: PICTURE}.get, Operator(heartbeat=True)
        self.press.publish(source, pictures, now, services=["ru"], operator=beat)

    def make(self, kind, service="ru", **more):
        """Make a file and give its path."""
        now = NOW + timedelta(days=8, hours=self.hours)
        found = offline.make(self.press, service, kind, now, **more)
        return found and self.press.archive.root / "files" / found.statement.name


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """Give a printed paper with every file of both services."""
    one = Newsroom(tmp_path_factory.mktemp("paper"), paper())
    one.publish()
    one.files = {
        (service, kind): one.make(kind, service)
        for service in SERVICES
        for kind in offline.KINDS
    }
    return one


@pytest.mark.parametrize("kind", offline.KINDS)
@pytest.mark.parametrize("service", SERVICES)
def test_file_proves_itself_and_says_what_it_is(newsroom, service, kind):
    """Organisation, service, edition and fingerprint come out of its own bytes."""
    path = newsroom.files[service, kind]
    found = filing.check(path, newsroom.press.chain[0].digest, service)

    assert ("press.example", service, 1) == (
        found.statement.organisation,
        found.statement.service,
        found.statement.edition,
    )
    assert path.name == found.statement.name
    assert path.stat().st_size == found.statement.size
    assert found.edition.statement.tree == newsroom.press.basis(service).root.digest


@pytest.mark.parametrize("kind", offline.KINDS)
def test_changed_byte_is_refused_wherever_it_stands(newsroom, kind):
    """Content, head, seal, padding, checksums and the last byte: none may differ."""
    path = newsroom.files["ru", kind]
    content = path.read_bytes()
    said = filing.check(path).statement
    places = {0, 9, len(content) // 3, len(content) - 1}
    for offset, size in said.blanks():
        places |= {offset, offset + size // 2, offset + size - 1}
    seal = content[said.seal[0] : sum(said.seal)]
    places |= {said.seal[0] + at.start() for at in re.finditer(rb"(?m)^\S", seal)}
    for at in sorted(places):
        bad = bytearray(content)
        bad[at] ^= 1
        with pytest.raises(EditionError):
            checked(bytes(bad))
    for wrong in (content[:-1], content + b"\n", content[1:]):
        with pytest.raises(EditionError):
            checked(wrong)


def checked(content, **more):
    """Verify bytes as a file."""
    return filing.check_file(
        lambda at, size: content[at : at + size], len(content), **more
    )


def test_file_of_another_service_edition_or_hand_is_told(newsroom):
    """The error names what was expected and what was found."""
    path = newsroom.files["fa", "book"]

    with pytest.raises(StatementError, match="expected service ru, found fa"):
        filing.check(path, service="ru")
    with pytest.raises(TrustError, match="fingerprint"):
        filing.check(path, "ab" * 32)
    with pytest.raises(FileError, match="no seal"):
        checked(b"A book that nobody signed.")


def test_command_line_says_what_a_file_is_or_why_it_is_none(newsroom, tmp_path):
    """Exit status 0 for one that holds, 1 for another; a new name is remarked upon."""
    path = newsroom.files["ru", "text"]
    copy = shutil.copyfile(path, tmp_path / "holiday.txt")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(path.read_bytes().replace(WORD.encode(), WORD.upper().encode()))
    good = CliRunner().invoke(verify, [str(copy)])
    wrong = CliRunner().invoke(verify, [str(path), "--edition", "7"])
    told_json = CliRunner().invoke(verify, [str(path), "--json"])
    forged = CliRunner().invoke(verify, [str(bad)])

    assert good.exit_code == 0, good.output
    assert "press.example, ru: edition 1, signed 2026-12-01 07:00 UTC" in good.output
    assert "signed under the name ru-1.txt" in good.output
    assert json.loads(told_json.output)["verified"]
    assert wrong.exit_code == 1
    assert "expected edition 7, found 1" in wrong.output
    assert forged.exit_code == 1
    assert "sha256" in forged.output


def test_two_machines_make_the_same_bytes(newsroom, tmp_path):
    """One edition, one press version: one file, its seal too where the log is one."""
    shutil.copytree(newsroom.folder / "keys", tmp_path / "keys")
    other = Newsroom(tmp_path, paper())
    other.publish()
    made = {key: other.make(key[1], key[0]).read_bytes() for key in newsroom.files}

    assert made == {key: path.read_bytes() for key, path in newsroom.files.items()}


def test_text_has_every_word_once_and_no_markup(newsroom):
    """A story of several pages is whole; what is withdrawn is not there."""
    text = newsroom.files["ru", "text"].read_text("utf-8").partition("tamizdat-seal")[0]
    joined = " ".join(text.split())

    assert [1] * 30 == [joined.count(f"Абзац {n}. ") for n in range(1, 31)]
    assert 30 * 8 + 3 == joined.count(SENTENCE.strip())  # one is retracted
    [whole] = [one for one in text.split("\n\n") if "В эфире" in one]
    assert 900 == " ".join(whole.split()).count("В эфире тихо.")
    assert "Опасные слова" not in text
    assert "В прошлой версии был назван другой год." in text
    assert "<https://source.example/1>" in text
    assert "- Первое & <второе>" in text
    assert "1 декабря 2026 г., 07:00 2026-12-01T07:00:00Z" in text
    assert "\n\n[Picture alt]\n\nPicture caption\n\n" in text
    assert "</" not in text


@pytest.mark.parametrize("kind", ["page", "pictures"])
def test_page_loads_nothing_and_leads_only_into_itself_or_to_sources(newsroom, kind):
    """One file, no script, pictures inside or not at all, no dead link."""
    page = etree.HTML(
        newsroom.files["fa" if kind == "page" else "ru", kind].read_bytes()
    )
    ids = set(page.xpath("//@id"))
    links = page.xpath("//a/@href")
    loaded = page.xpath("//@src | //link/@href | //@srcset")

    assert not page.xpath("//script | //iframe | //form | //audio | //video")
    assert all(one.startswith("data:") for one in loaded)
    assert bool(page.xpath("//img")) == (kind == "pictures")
    assert {one[1:] for one in links if one.startswith("#")} <= ids
    outside = {one for one in links if not one.startswith("#")}
    assert outside == {"https://source.example/1"}
    assert len(ids) == len(page.xpath("//@id"))


def test_link_to_a_story_in_the_file_stays_and_others_become_words(newsroom):
    """A related story is found inside the page."""
    page = etree.HTML(newsroom.files["ru", "page"].read_bytes())
    (related,) = page.xpath("//div[@class='related']//li/a")
    (target,) = page.xpath(f"//article[@id='{related.get('href')[1:]}']")

    assert "Headline 2" == target.findtext("header/h1")
    assert not page.xpath("//p[@class='kick']/a")


@pytest.mark.parametrize("service", ["en", *SERVICES])
def test_no_word_is_left_of_a_way_that_leads_nowhere(tmp_path, service):
    """Nor of what a provider sees: whoever holds a file may have asked nobody."""
    note = "A year was wrong."
    first = documents.story(1, service)
    again = documents.changed(first, "Said now", "correction", note)
    story = pictured(documents.compared(first, again))
    one = Newsroom(tmp_path, [documents.service(service), story])
    one.publish()
    words = wording(service)
    keys = ("what_changed", "text_only", "notice_traces")
    gone = [catalogue(words.strangers.get(k, service)).texts[k] for k in keys]

    for kind in offline.KINDS:
        said = texts_in(one.make(kind, service))
        assert any(note in text for text in said)
        for text in said:
            assert [] == [found for found in gone if found in text], kind
            assert not re.search(r"(?m)·\s*(</|$)|\( *\)", text), kind
    pages = Paper(one.press.basis(service))
    told_there = [pages.page(path).text_content() for path in (STORY, "notice.html")]
    assert all(any(words in page for page in told_there) for words in gone)


@pytest.mark.parametrize("service", SERVICES)
def test_notes_without_room_on_a_page_stand_at_the_story(tmp_path, service):
    """A file has room, and no page of what changed to lead to."""
    story = long_story(1, service)
    for n in range(90):
        story = documents.changed(story, "Said", "correction", f"Note {n}. " * 9)
        at = f"2026-11-21T09:{n // 60 * 10:02}:{n % 60:02}Z"
        story["versionCreated"] = story["tamizdat"]["releases"][-1]["time"] = at
    one = Newsroom(tmp_path, [documents.service(service), story])
    one.publish()
    page = Paper(one.press.basis(service)).page(STORY)
    [said] = [text for text in texts_in(one.make("page", service)) if "Note" in text]

    assert len(page.findall(".//aside[@class='note']")) < 90
    assert [f"Note {n}." for n in reversed(range(90))] == list(
        dict.fromkeys(re.findall(r"Note \d+\.", said))
    )


def texts_in(path):
    """Give what a file says, entry by entry."""
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as book:
            names = [n for n in book.namelist() if n.endswith("html")]
            return [book.read(name).decode() for name in names]
    if path.suffix == ".zim":
        library = Library(path)
        names = ("index.html", "notice.html", "trust.html", STORY)
        found = [library.get_entry_by_path(name).get_item() for name in names]
        return [bytes(item.content).decode() for item in found]
    return [path.read_bytes().decode().partition("tamizdat-seal")[0]]


@pytest.mark.parametrize("service", SERVICES)
def test_book_has_no_error_and_turns_the_right_way(newsroom, service):
    """EPUB 3 by epubcheck; a Persian book opens from the other side."""
    path = newsroom.files[service, "book"]
    with zipfile.ZipFile(path) as book:
        package = book.read("book/package.opf").decode()
        first, dates = book.infolist()[0], {info.date_time for info in book.infolist()}

    way = "rtl" if service == "fa" else "ltr"
    assert f'page-progression-direction="{way}"' in package
    assert ("mimetype", zipfile.ZIP_STORED) == (first.filename, first.compress_type)
    assert {(1980, 1, 1, 0, 0, 0)} == dates
    if not (EPUBCHECK.exists() and shutil.which("java")):
        pytest.skip("epubcheck is not installed: `make tools`")
    run = subprocess.run(
        ["java", *SHORT_LIVED, "-jar", str(EPUBCHECK), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "0 fatals / 0 errors / 0 warnings" in run.stdout, run.stdout + run.stderr


def test_library_finds_russian_words_in_any_form(newsroom):
    """It opens, its own checksum holds, and its index knows the stem."""
    library = Library(newsroom.files["ru", "library"])
    found = Searcher(library).search(Query().set_query(INFLECTED))

    assert library.check()
    assert ["a/2026-11/20/story-1.html"] == list(found.getResults(0, 5))
    withdrawn = Searcher(library).search(Query().set_query("редакции"))
    assert "index.html" not in list(withdrawn.getResults(0, 9))
    assert "rus" == library.get_metadata("Language").decode()
    assert "index.html" == library.main_entry.get_item().path


def test_library_suggests_a_title_however_it_is_typed(tmp_path):
    """A reader without a Persian keyboard finds a story while still typing."""
    row = documents.changed(told(1, "fa", PERSIAN), "سردبیر ایرانی آزاد شد")
    newsroom = Newsroom(tmp_path, [documents.service("fa"), row])
    newsroom.publish()
    library = Library(newsroom.make("library", "fa"))
    found = {}
    for typed in ("سردبیر", "سردبير", "ايراني"):
        [path] = SuggestionSearcher(library).suggest(typed).getResults(0, 5)
        entry = library.get_entry_by_path(path)
        at_end = entry.get_redirect_entry() if entry.is_redirect else entry
        found[typed] = at_end.path

    assert {"a/2026-11/20/story-1.html"} == set(found.values())


def of_moment(time, number):
    """Make a Persian story of a moment, RFC 3339 in UTC."""
    made = told(number, "fa", PERSIAN)
    made["firstCreated"] = made["versionCreated"] = time
    made["tamizdat"]["releases"][0]["time"] = time
    return made


def test_library_lists_stories_under_the_days_that_their_pages_show(tmp_path):
    """Whatever UTC day they lie in, the newest first, in the calendar of the paper."""
    times = ["2026-11-20T20:15:00Z", "2026-11-20T21:15:00Z", "2026-11-21T10:00:00Z"]
    rows = list(map(of_moment, times, (3, 1, 2)))
    rows[1] = documents.changed(rows[1], "Headline 1")
    ours = {"time_zone": "Asia/Tehran", "calendar": "persian"}
    newsroom = Newsroom(tmp_path, [documents.service("fa", **ours), *rows])
    newsroom.publish()
    contents = Library(newsroom.make("library", "fa")).main_entry.get_item().content
    lines = html.fromstring(bytes(contents)).xpath("//h2|//p/a[contains(@href, '/')]")

    assert ["۳۰ آبان ۱۴۰۵", "2", "1", "۲۹ آبان ۱۴۰۵", "3"] == [
        one.text_content().removeprefix("Headline ") for one in lines
    ]


def test_library_is_served_by_kiwix(newsroom):
    """What readers use shows a Persian page from the right and finds a Russian word."""
    if not shutil.which("kiwix-serve"):
        pytest.skip("kiwix-tools are not installed: `make tools`")
    files = [newsroom.files[name, "library"] for name in SERVICES]
    with served(files) as ask:
        persian = ask("/fa-1/a/2026-11/20/story-1.html")
        hits = ask(f"/search?content=ru-1&pattern={quote(INFLECTED)}")
        found = {
            word: b"/fa-1/a/2026-11/20/story-1.html"
            in ask(f"/search?content=fa-1&pattern={quote(word)}")
            for word in PERSIAN_TYPED
        }
        picture = ask(f"/ru-1/m/{name_of(DIGEST)}.jpg")
        listed = ask("/catalog/v2/entries").decode()

    assert 'dir="rtl"' in persian.decode()
    assert all(found.values()), found
    assert "/ru-1/a/2026-11/20/story-1.html" in hits.decode()
    assert PICTURE == picture
    assert 2 == listed.count("_ftindex:yes")
    assert 2 == listed.count("_pictures:yes")


@contextmanager
def served(files):
    """Serve libraries; gives a function that asks for an address."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["kiwix-serve", "--address", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [*command, *map(str, files)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def ask(address):
        with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as line:
            line.request("GET", address)
            return line.getresponse().read()

    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                ask("/")
                break
            except OSError:
                time.sleep(0.05)
        yield ask
    finally:
        process.terminate()
        process.wait(10)


def test_log_with_files_in_it_verifies_to_its_last_entry(newsroom):
    """A monitor takes the statements of files, and editions go on after them."""
    mirror = DirectoryTransport(newsroom.press.archive.root)
    chain = newsroom.press.chain
    reports, book = check_mirror(mirror, chain, SERVICES)

    assert book.verified, book.problems
    assert all(report.verified for report in reports)
    assert book.entries == len(SERVICES) + len(newsroom.files)
    assert [] == list(check_deep(mirror, chain, SERVICES).problems)


def test_made_again_a_file_is_sealed_again_and_takes_no_second_leaf(
    newsroom, monkeypatch
):
    """The log grows by nothing, and the file proves itself in its newest head."""
    before = newsroom.press.state.log_size()
    path = newsroom.make("text")

    assert before == newsroom.press.state.log_size()
    assert filing.check(path).edition.checkpoint.size == before[0]
    monkeypatch.setattr(tamizdat, "VERSION", "9.9.9")
    with pytest.raises(FormatError, match="filed before by another version"):
        newsroom.make("text")
    assert filing.check(path)


# Each of the following has a newsroom of its own: the paper changes.


@pytest.fixture
def changing(tmp_path):
    """Give a small paper."""
    one = Newsroom(tmp_path, [*paper()[:2], *paper()[2:5], paper()[-1]])
    one.publish()
    return one


def test_increment_holds_what_changed_since_the_base(changing):
    """Base and newest increment are the paper; what a page names is kept besides."""
    base = changing.make("library")
    changing.rows[3] = documents.changed(changing.rows[3], "Заново")
    changing.publish()
    first = changing.make("library")
    changing.rows.append(told(9, "ru", "Новое слово."))
    changing.publish()
    second = changing.make("library")
    library = Library(second)

    assert ("ru-1.zim", "ru-2-since-1.zim", "ru-3-since-1.zim") == (
        base.name,
        first.name,
        second.name,
    )
    kept = ["ru-1.zim", "ru-2-since-1.zim", "ru-3-since-1.zim"]  # edition 3 names two
    assert kept == filing.names(changing.press.archive)
    there = {
        n
        for n in (1, 2, 3, 9)
        if library.has_entry_by_path(f"a/2026-11/20/story-{n}.html")
    }
    assert there == {2, 9}
    assert filing.check(second).statement.edition == 3


def shown(newsroom, service="ru"):
    """Read from a service's page of mirrors which files it offers: name to digest."""
    path = newsroom.press.archive.root / service / "mirrors.html"
    page = etree.HTML(path.read_bytes()).find(".//main")
    rows = page.xpath(".//li[a[starts-with(@href, '../files/')]]")
    return {
        row.find("a").get("href").removeprefix("../files/"): (
            int(row.find(".//data").get("value")),
            "".join(row.findtext(".//code").split()),
        )
        for row in rows
    }


def test_next_edition_offers_the_files_with_size_and_digest(changing):
    """A file that a page offers is there, byte for byte, until another page is out."""
    for kind in ("book", "library", "text"):
        changing.make(kind)
    changing.make("text", stories=1)
    assert {} == shown(changing)
    changing.rows[3] = documents.changed(changing.rows[3], "Заново")
    changing.publish()
    offered = shown(changing)
    folder = changing.press.archive.root / "files"
    there = {
        name: (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for name in offered
        if (path := folder / name).exists()
    }
    assert ["ru-1.txt", "ru-1.epub", "ru-1.zim"] == list(offered)
    assert offered == there

    for kind in ("book", "library", "text"):
        changing.make(kind)
    assert offered.keys() <= {*filing.names(changing.press.archive)}
    changing.publish_again()
    assert ["ru-2.txt", "ru-2.epub", "ru-1.zim", "ru-2-since-1.zim"] == list(
        shown(changing)
    )
    changing.make("book")
    changing.rows[2] = documents.changed(changing.rows[2], "Нет", "withdrawal")
    changing.publish()
    assert {} == shown(changing)
    assert [] == filing.names(changing.press.archive)


def test_fewer_stories_of_one_edition_make_a_file_of_their_own(changing):
    """Each says which stories it holds, and neither takes the other's place."""
    usual, few = changing.make("text"), changing.make("text", stories=1)
    changing.publish_again()
    again = changing.make("text", stories=1)

    assert ("ru-1.txt", "ru-1-newest-1.txt") == (usual.name, few.name)
    assert "ru-2-newest-1.txt" == again.name
    assert ["ru-1.txt", again.name] == filing.names(changing.press.archive)
    assert filing.check(usual).statement.size > filing.check(again).statement.size


def test_increment_is_made_only_where_a_story_changed(changing):
    """A heartbeat makes no file and no leaf; an edition of its own seals again."""
    changing.make("library")
    changing.publish_again()
    before = changing.press.state.log_size()
    assert changing.make("library") is None
    changing.rows[3] = documents.changed(changing.rows[3], "Заново")
    changing.publish()
    made = changing.make("library")
    changing.publish_again()

    assert changing.press.state.log_size()[0] == before[0] + 3
    assert "ru-3-since-1.zim" == made.name
    assert changing.make("library") is None


def test_withdrawal_deletes_the_files_that_may_hold_its_words(changing, tmp_path):
    """From archive and mirror, of that service alone; the next ones lack the words."""
    mirror = DirectoryTransport(tmp_path / "mirror")
    changing.make("book")
    changing.make("text", "fa")
    send(changing, mirror)
    before = sorted((tmp_path / "mirror" / "files").iterdir())
    changing.rows[2] = documents.changed(changing.rows[2], "Нет", "withdrawal")
    changing.publish()
    send(changing, mirror)
    after = sorted(path.name for path in (tmp_path / "mirror" / "files").iterdir())

    assert ["fa-1.txt", "index.txt", "ru-1.epub"] == [path.name for path in before]
    assert ["fa-1.txt", "index.txt"] == after
    assert ["fa-1.txt"] == filing.names(changing.press.archive)
    assert WORD not in changing.make("text").read_text("utf-8")


def send(newsroom, mirror):
    """Deliver every service to a mirror."""
    for service in SERVICES:
        deliver(newsroom.press.archive, mirror, service)


def test_library_is_read_from_a_mirror_in_pieces(changing, tmp_path, monkeypatch):
    """However large, a piece of it is in memory; gzip that a host adds is undone."""
    mirror = DirectoryTransport(tmp_path / "mirror")
    path = changing.make("library")
    send(changing, mirror)
    asked = []

    class Watched(io.BytesIO):
        """A file that notes how much is put into it at once."""

        def write(self, piece):
            asked.append(len(piece))
            return super().write(piece)

    monkeypatch.setattr(directory, "STEP", 4096)
    monkeypatch.setattr(web, "STEP", 4096)
    content, name = path.read_bytes(), f"files/{path.name}"
    server = MirrorServer(tmp_path / "mirror")
    source = web.WebSource(server.url)
    for one in (mirror, source):
        copy = Watched()
        assert len(content) == one.save(name, len(content), copy)
        assert content == copy.getvalue()
        assert 10_001 == one.save(name, 10_000, Watched())
    there = tmp_path / "mirror" / name
    there.write_bytes(gzip.compress(content))
    copy = Watched()
    assert len(content) == source.save(name, len(content), copy)
    assert content == copy.getvalue()
    assert max(asked) <= 4096
    assert 10_001 == source.save(name, 10_000, Watched())
    for bad in (gzip.compress(content)[:-9], gzip.compress(b"")[:5] + b"no gzip"):
        there.write_bytes(bad)
        with pytest.raises(RoadError, match=name):
            source.save(name, len(content), Watched())
    there.unlink()
    for one in (mirror, source):
        with pytest.raises(MissingError, match=name):
            one.save(name, 10, Watched())
    server.close()


def test_forged_file_on_a_mirror_is_named_and_mended(changing, tmp_path):
    """Whoever checks a mirror checks what lies there to carry along."""
    mirror = DirectoryTransport(tmp_path / "mirror")
    path = changing.make("page")
    send(changing, mirror)
    fingerprint = changing.press.chain[0].digest
    good = delivery.check_files(mirror, fingerprint)
    there = tmp_path / "mirror" / "files" / path.name
    there.write_bytes(
        there.read_bytes().replace(WORD.encode(), b"x" * len(WORD.encode()))
    )
    (there.parent / "stray.exe").write_text("planted")
    _names, (problem,) = delivery.check_files(mirror, fingerprint, "ru")
    result = CliRunner().invoke(verify, [str(tmp_path / "mirror")])
    others = delivery.check_files(mirror, fingerprint, "fa")
    mended = repair(changing.press.archive, mirror, "ru")

    assert (["ru-1.html"], []) == good
    assert ("forged", "files/ru-1.html") == (problem.kind, problem.path)
    assert result.exit_code == 1
    assert (
        "offline files and search: NOT verified, 1 problem (1 files)" in result.output
    )
    assert "files/ru-1.html: forged" in result.output
    assert ([], []) == others
    assert 2 == mended
    assert path.read_bytes() == there.read_bytes()
    assert ["index.txt", "ru-1.html"] == sorted(p.name for p in there.parent.iterdir())


@pytest.mark.parametrize("refused", ["index.txt", "ru-1.txt"])
def test_host_that_keeps_a_file_back_is_named(changing, tmp_path, refused):
    """An answer that is none says nothing good of what is listed."""
    mirror = DirectoryTransport(tmp_path / "mirror")
    changing.make("text")
    send(changing, mirror)
    host = HostSimulator(tmp_path / "mirror")
    host.refuse(f"/files/{refused}")
    source = web.WebSource(host.url)
    _names, (problem,) = delivery.check_files(source, changing.press.chain[0].digest)
    source.close()
    host.close()

    assert ("unreachable", f"files/{refused}") == (problem.kind, problem.path)


STEPS = ("file recorded", "tiles written", "log recorded", "checkpoint in place")


@pytest.mark.parametrize("step", [*STEPS, "file in place"])
def test_killed_at_any_step_the_next_run_finishes_the_file(changing, step):
    """No statement is signed twice, and the file that comes out verifies."""

    class Killed(BaseException):
        """End a run as a power cut does."""

    def reached(found):
        if found == step:
            raise Killed

    changing.press.reached = reached
    with pytest.raises(Killed):
        changing.make("book")
    again = Newsroom(changing.folder, changing.rows)
    again.hours = changing.hours
    again.rows.append(told(9, "ru", "Новое слово."))
    again.publish()
    path = again.press.archive.root / "files" / "ru-1.epub"
    mirror = DirectoryTransport(again.press.archive.root)
    _reports, book = check_mirror(mirror, again.press.chain, SERVICES)

    assert filing.check(path).statement.edition == 1
    assert book.verified, book.problems
    assert book.entries == 4  # two editions, the file, one edition
    assert [] == again.press.state.pending()


def test_command_makes_files_and_says_which(changing):
    """One line a file; what cannot be made is said and the rest is made."""
    root = changing.press.archive.root
    keys = changing.folder / "keys"
    given = [str(root), "--keys", str(keys), "--service", "ru"]
    given += ["--time", "2026-12-03T00:00:00Z"]
    good = CliRunner().invoke(offline_command, [*given, "--kind", "text"])
    bad = CliRunner().invoke(
        offline_command, [*given, "--service", "hy", "--kind", "page"]
    )

    assert good.exit_code == 0, good.output
    assert re.fullmatch(r"ru-1\.txt: [\d,]+ bytes of edition 1\n", good.output)
    assert bad.exit_code == 1
    assert "hy, page: hy: no edition yet" in bad.output
    assert "ru-1.html: " in bad.output
