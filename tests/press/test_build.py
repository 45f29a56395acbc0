"""Incremental printing: after any edits the files are those of a full build."""

import copy
import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import documents
from cast import NOW
from patience import examples
from tamizdat.edition import pages, tree
from tamizdat.edition.dates import month_of, way_of, zone
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages.registers import Named, few_pages
from tamizdat.edition.statement import parse_latest
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile, documents_of
from tamizdat.press.errors import ContentError
from tamizdat.press.keys import new_organisation
from tamizdat.press.printing import Operator
from tamizdat.press.run import Press

SECTIONS = ("society", "law")
WEEK = 7  # days; no story has as many releases, one a day
OLD = {"One": [], "Another": ["7.html", "?p=1"], "A third": ["?p=1", "words"]}
KINDS = ("update", "minor", "correction", "retraction", "redaction", "withdrawal")
FACES = (  # of one service, each with something every page or many pages show
    documents.service(),
    documents.service(organisation="Another", home="https://press.example"),
    documents.service(notice=None),
    documents.service(calendar="persian"),
    documents.service(calendar="persian", time_zone="Asia/Tehran"),
    documents.service(time_zone="America/New_York"),
    documents.service(
        sections=[
            {"id": "society", "name": "Society"},
            {"id": "law", "name": "Law", "retired": True},
        ]
    ),
)
TAGS = ("courts", "rights", "press-freedom")
FIVE_TAGS = (*TAGS, "law", "archives")


class Newsroom:
    """Stories that come and change, and a press that prints them."""

    def __init__(self, folder, keys):
        self.press = Press(Archive(folder), keys)
        self.hours = 0

    def publish(self, stories, service=None, only=None, front=None, **operator):
        """Print all stories, or only some of them, as the next edition."""
        rows = [service or documents.service(), *(only or stories)]
        rows += [front] if front else []
        lines = (documents.line(row) for row in rows)
        self.hours += 1
        now = NOW + timedelta(days=WEEK, hours=self.hours)
        source = documents_of(lines, whole=only is None)
        watching = Operator(**operator)
        return self.press.publish(source, lambda _: None, now, operator=watching)[0]

    def led(self, path):
        """List the paths that a page at the root leads to."""
        page = (self.press.archive.root / "en" / path).read_text("utf-8")
        return set(re.findall('href="([^"#]*)', page))

    def files(self):
        """List the edition's files that do not tell its number."""
        latest = (self.press.archive.root / "en" / "latest").read_bytes()
        root = tree.root_of(parse_latest(latest).statement.tree)
        return {
            path: target
            for path, target in tree.walk(root, self.press.archive.object)
            if path != "trust.html" and not path.startswith("releases/")
        }


@pytest.fixture
def keys(tmp_path):
    """Give the keys of one service."""
    new_organisation(tmp_path / "keys", "press.example", ["en"], NOW)
    return tmp_path / "keys"


def story(number, days, section, tags, headline):
    """Make a story of so many days ago; its old addresses follow from its headline."""
    links = [f"https://old.example/{number}/{name}" for name in OLD[headline]]
    one = documents.story(number, section=section, permalinks=links)
    time = f"{documents.FIRST - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
    one["firstCreated"] = one["versionCreated"] = time
    one["tamizdat"]["releases"][0]["time"] = time
    one["subjects"] = [{"name": tag.title(), "literal": tag} for tag in tags]
    one["headlines"][0]["value"] = headline
    return one


STORIES = st.builds(
    story,
    number=st.integers(1, 60),
    days=st.integers(0, 210).map(lambda thirds: thirds / 3),  # at 9, 17 and 1 o'clock
    section=st.sampled_from(SECTIONS),
    tags=st.sets(st.sampled_from(TAGS)).map(sorted),
    headline=st.sampled_from(sorted(OLD)),
)


@st.composite
def histories(draw):
    """Draw batches of new and changed stories; none ever leaves."""
    first = draw(st.lists(STORIES, min_size=1, max_size=60, unique_by=_number))
    state = {_number(one): one for one in first}
    batches = [dict(state)]
    for _ in range(draw(st.integers(1, 4))):
        changes = draw(st.lists(STORIES, min_size=1, max_size=20, unique_by=_number))
        for new in changes:
            state[_number(new)] = _again(state.get(_number(new)), new, draw)
        batches.append(dict(state))
    return batches


def _number(one):
    return one["tamizdat"]["id"]


def _again(old, new, draw):
    """Release an old story anew with a new one's section, tags and headline."""
    if old is None:
        return new
    kind = draw(st.sampled_from(KINDS))
    changed = documents.changed(old, new["headlines"][0]["value"], kind, "Why.")
    changed["tamizdat"]["section"] = new["tamizdat"]["section"]
    changed["subjects"] = new["subjects"]
    changed["tamizdat"]["permalinks"] = new["tamizdat"]["permalinks"]
    return changed


ORDERS = st.lists(st.integers(0, len(FACES) - 1), min_size=1, max_size=5)


@settings(
    deadline=None,
    max_examples=examples(3, 100),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=histories(), partial=st.booleans(), faces=ORDERS)
def test_files_after_any_edits_are_those_of_a_full_build(
    tmp_path_factory, keys, batches, partial, faces
):
    """How an archive grew leaves no trace in its newest edition."""
    grown = Newsroom(tmp_path_factory.mktemp("grown"), keys)
    before = {}
    for number, state in enumerate(batches):
        changed = [one for key, one in state.items() if before.get(key) != one]
        face = FACES[faces[number % len(faces)]]
        same = face == FACES[faces[(number - 1) % len(faces)]]
        only = changed if partial and number and changed and same else None
        grown.publish(list(state.values()), face, only=only, front=_front(state))
        before = state
    fresh = Newsroom(tmp_path_factory.mktemp("fresh"), keys)
    fresh.publish(list(batches[-1].values()), face, front=_front(batches[-1]))

    assert fresh.files() == without_withdrawn(grown.files())
    assert _naive(batches[-1].values(), face) == {
        path: target for path, target in grown.files().items() if _listed(path)
    }


def without_withdrawn(files):
    """Leave out the list of what was withdrawn: it tells how an archive grew."""
    return {p: t for p, t in files.items() if not p.startswith("withdrawn/")}


def _front(state):
    """Give fixed places to some of the stories, others in each state."""
    some = sorted(state, key=lambda id_: hash_of(id_, len(state)))[:4]
    slots = [{"id": "society", "stories": some[2:]}]
    named = {"format": "tamizdat-front/1", "service": "en"}
    return {**named, "lead": some[:2], "sections": slots}


def hash_of(*parts):
    """Order things by chance, the same in every run."""
    return hashlib.sha256(repr(parts).encode()).digest()


def _listed(path):
    lists = {"news.html", "news.atom", "corrections.html", "corrections.atom"}
    kinds = ("s/", "t/", "corrections/", "a/index")
    return path in lists or path.startswith(kinds) or _is_month(path)


def _is_month(path):
    return path.startswith("a/") and path.endswith("/index.html")


def _naive(rows, face):
    """Print the lists whole, from all stories at once, without any memory."""
    service = read_document(documents.line(face), "service")
    stories = [read_document(documents.line(row), "story") for row in rows]
    stories.sort(key=lambda s: (s.published.isoformat(), s.id))
    cards = [pages.card(one) for one in stories]
    notes = sorted(
        (
            note
            for one in stories
            for note in pages.noted(one, pages.changes_pages(one, service))
        ),
        key=lambda note: (note.time.isoformat(), note.card.id, note.number),
    )
    alarms = tuple([card for card in reversed(cards) if card.breaking][:3])
    shelves = [(replace(pages.news_list(service), alarms=alarms), cards)]
    for section in service.sections:
        inside = [card for card in cards if card.section == section.id]
        shelf = replace(pages.section_list(service, section), alarms=alarms)
        shelves.append((shelf, inside))
    names = []
    for tag in TAGS:
        about = [card for card in cards if tag in {t.id for t in card.tags}]
        if about:
            shelves.append((pages.tag_list(service, tag), about))
            called = next(t.name for t in about[0].tags if t.id == tag)
            salt = about[0].beside.origin or about[0].salt
            names.append(Named(f"t/{tag}", called, salt))
    printed = [p for s, c in shelves for p in s.pages(c, lambda card: card.published)]
    printed += pages.corrections_list(service).pages(notes, lambda note: note.time)
    printed += _almanac(service, cards, printed)
    printed += few_pages("t", service, names)
    return {
        page.path: tree.target_of(page.content)
        for page in printed
        if _listed(page.path)
    }


def _almanac(service, cards, printed):
    """Print the archive by date: each day leads to the newest page that shows it."""
    places = {}
    for page in sorted(filter(_shows_all, printed), key=lambda p: _age(p, cards)):
        for day in re.findall(r'<h2 id="(\d[^"]*)"', page.content.decode()):
            places.setdefault(day, page.path)
    days = {card.published.astimezone(zone(service.time_zone)).date() for card in cards}
    assert places.keys() == {day.isoformat() for day in days}
    months = {}
    for day, place in places.items():
        month = month_of(date.fromisoformat(day), way_of(service))
        months.setdefault(month, {})[day] = place
    for month, inside in months.items():
        yield from pages.month_pages(service, month, inside)
    yield from pages.archive_pages(service, sorted(months, reverse=True))


def _shows_all(page):
    return bool(re.fullmatch(r"news(/\d+)?\.html|a/.*/all_[\d.]+html", page.path))


def _age(page, cards):
    """Tell how many stories are newer than the newest of a page."""
    html = page.content.decode()
    newest_first = reversed(cards)
    return next(n for n, one in enumerate(newest_first) if f"/{one.id}.html" in html)


def test_pages_of_a_shortened_story_are_taken_away(tmp_path, keys):
    """No page of an older release stays behind."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    long = documents.story(1)
    text = "A sentence of a long story. " * 1_500
    long["tamizdat"]["body"] = [{"kind": "paragraph", "text": text}]
    newsroom.publish([long])
    several = {path for path in newsroom.files() if "story-1." in path}
    short = documents.changed(long, "Short")
    short["tamizdat"]["body"] = [{"kind": "paragraph", "text": "Short."}]
    newsroom.publish([short])

    assert len(several) > 2
    assert 1 == len([path for path in newsroom.files() if "story-1." in path])
    placed = (newsroom.press.archive.root / "en" / "a").rglob("story-1*")
    assert ["story-1.html"] == [path.name for path in placed]


def test_pages_of_changes_go_with_the_changes(tmp_path, keys):
    """A page that has nothing to tell any more is taken away, and its second too."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    first = documents.story(1)
    second = documents.changed(first, "Another")
    second["tamizdat"]["body"] = [
        {"kind": "paragraph", "text": f"{n} {'new word ' * 90}"} for n in range(20)
    ]
    second = documents.compared(first, second)
    for number in range(4):
        again = documents.changed(second, f"Another {number}", "correction", "Why.")
        again["tamizdat"]["body"][0]["text"] = f"other{number} words " * 150
        second = documents.compared(second, again)
    newsroom.publish([second])
    several = {path for path in newsroom.files() if ".changes." in path}
    before = newsroom.led("corrections.html")
    newsroom.publish([documents.changed(without_changes(second), "X", "redaction")])

    assert len(several) > 1
    assert 1 < len(several & before) == len([p for p in before if ".changes." in p])
    assert not [path for path in newsroom.files() if ".changes." in path]
    assert not [path for path in newsroom.led("corrections.html") if ".changes" in path]
    assert [] == list(newsroom.press.archive.root.rglob("*.changes.*"))


def without_changes(story):
    """Take what its releases changed out of a document."""
    bare = copy.deepcopy(story)
    for release in bare["tamizdat"]["releases"]:
        release.pop("changes", None)
    return bare


def test_one_edit_makes_few_new_objects(tmp_path, keys):
    """Cost follows the change: leaves and directories of one edit are counted."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    stories = [
        story(n, n % 60, SECTIONS[n % 2], TAGS[: n % 4], "One") for n in range(1, 400)
    ]
    newsroom.publish(stories)
    before = _objects(newsroom)
    edited = documents.changed(stories[200], "Another headline")
    edited["subjects"] = [{"name": t.title(), "literal": t} for t in FIVE_TAGS]
    stories[200] = documents.compared(stories[200], edited)
    newsroom.publish(stories)
    new = [path.read_bytes() for path in _objects(newsroom) - before]
    folders = [content for content in new if content.startswith(b"tamizdat-dir/1")]

    assert len(new) - len(folders) <= 22
    assert len(folders) <= 18
    assert any("story-201.changes.html" in path for path in newsroom.files())


def _objects(newsroom):
    found = (newsroom.press.archive.root / "o").rglob("*")
    return {path for path in found if path.is_file()}


def test_printed_story_that_is_missing_stops_the_press(tmp_path, keys):
    """A story leaves by a release, never in silence."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    newsroom.publish([documents.story(1), documents.story(2)])

    with pytest.raises(Exception, match="missing now: en/story-2; a story leaves by"):
        newsroom.publish([documents.story(1)])


def test_retired_section_leaves_no_page(tmp_path, keys):
    """When its stories have moved, a section's page goes with it."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    one = documents.story(1, section="law")
    newsroom.publish([one])
    moved = copy.deepcopy(documents.changed(one, "Moved"))
    moved["tamizdat"]["section"] = "society"
    left = [{"id": "society", "name": "Society"}]
    newsroom.publish([moved], service=documents.service(sections=left))

    assert "s/law.html" not in newsroom.files()
    assert "s/law.atom" not in newsroom.files()
    assert "s/society.html" in newsroom.files()


def test_retired_section_keeps_its_page_and_leaves_the_bar(tmp_path, keys):
    """An address stays; nobody is led to a section that takes no new stories."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    rows = [documents.story(1, section="law"), documents.story(2)]
    sections = documents.service()["sections"]
    sections[1]["retired"] = True
    newsroom.publish(rows, service=documents.service(sections=sections))
    root = newsroom.press.archive.root / "en"

    assert "This section is closed." in (root / "s/law.html").read_text()
    assert "This section is closed." not in (root / "s/society.html").read_text()
    for page in ("index.html", "news.html"):
        assert "s/society.html" in (root / page).read_text()
        assert "s/law.html" not in (root / page).read_text()


def test_old_address_leads_to_its_story(tmp_path, keys):
    """Links from before go on working; one that is given up goes."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    one = documents.story(1)
    one["tamizdat"]["permalinks"] = [
        "https://old.example/a/31234567.html",
        "http://older.example/?p=77",
    ]
    newsroom.publish([one])
    page = newsroom.press.archive.root / "en/old/a/31234567.html"

    assert "../../a/2026-11/20/story-1.html" in page.read_text()
    assert len([path for path in newsroom.files() if path.startswith("old/")]) == 2
    again = documents.changed(one, "Changed")
    del again["tamizdat"]["permalinks"][1]
    newsroom.publish([again])
    left = [path for path in newsroom.files() if path.startswith("old/")]
    assert ["old/a/31234567.html"] == left


def test_old_address_of_another_story_is_refused(tmp_path, keys):
    """One address leads to one story; nothing of the second one is kept."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    one, two = documents.story(1), documents.story(2)
    one["tamizdat"]["permalinks"] = ["https://old.example/a/1.html"]
    two["tamizdat"]["permalinks"] = [
        "https://old.example/a/2.html",
        "https://other.example/a/1",
    ]
    newsroom.publish([one])

    said = "en/story-2: tamizdat.permalinks: old/a/1.html leads to story-1 already"
    with pytest.raises(StoryError, match=said):
        newsroom.publish([one, two])
    two["tamizdat"]["permalinks"] = ["https://old.example/a/2.html"]
    newsroom.publish([one, two])
    assert "old/a/2.html" in newsroom.files()


def test_story_too_long_that_waits_for_an_old_address_is_left_out(tmp_path, keys):
    """It is named by its place, and nothing else is held up."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    one, two = documents.story(1), documents.story(2)
    one["tamizdat"]["permalinks"] = ["https://old.example/a/1.html"]
    newsroom.publish([one])
    two["tamizdat"]["permalinks"] = one["tamizdat"].pop("permalinks")
    two["headlines"][0]["value"] = "Long " * 4_000
    refused = []
    rows = [documents.service(), two, documents.changed(one, "New"), documents.story(3)]
    content = ContentFile(documents.write(tmp_path / "x.jsonl", rows))
    now = NOW + timedelta(days=WEEK, hours=2)
    watching = Operator(refuse=refused.append)
    newsroom.press.publish(content, lambda _: None, now, operator=watching)

    assert ["x.jsonl line 2 (en/story-2)"] == [one.place for one in refused]
    assert "the frame leaves" in str(refused[0])
    stories = re.compile(r"a/.*/story-\d\.html|old/.*")
    there = {f"a/2026-11/20/story-{number}.html" for number in (1, 3)}
    assert there == set(filter(stories.fullmatch, newsroom.files()))


def test_story_refused_while_the_service_changed_is_printed_when_it_is_back(
    tmp_path, keys
):
    """It does not keep the notice of before, though its document is the old one."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    one, two = documents.story(1), documents.story(2)
    newsroom.publish([one, two])
    bad = copy.deepcopy(two)
    bad["urgency"] = "5"
    changed = documents.service(bio="Another bio.", notice=None)
    rows = [documents.line(row) for row in (changed, one, bad)]
    refused = []
    newsroom.press.publish(
        documents_of(rows, whole=True),
        lambda _digest: None,
        NOW + timedelta(days=WEEK, hours=9),
        operator=Operator(refuse=refused.append),
    )
    page = newsroom.press.archive.root / "en/a/2026-11/20/story-2.html"
    assert 1 == len(refused)
    assert "declared undesirable" in page.read_text()
    newsroom.hours = 10
    newsroom.publish([one, two], service=changed)

    assert "declared undesirable" not in page.read_text()


def moved(one, *links):
    """Release a story again with other old addresses."""
    again = documents.changed(one, "Moved")
    again["tamizdat"]["permalinks"] = [f"https://old.example/{n}" for n in links]
    return again


@pytest.mark.parametrize("wanted", [(2, 1, 3), (2, 3, 1), (None, 1, 3), (3, None, 2)])
def test_old_addresses_change_hands_as_in_a_full_build(tmp_path, keys, wanted):
    """Stories give up, take over and swap, wherever they stand in the content."""
    stories = [moved(documents.story(n), n) for n in (1, 2, 3)]
    after = [
        moved(one, *filter(None, [n])) for one, n in zip(stories, wanted, strict=True)
    ]
    full = Newsroom(tmp_path / "full", keys)
    full.publish(after)
    for name, order in (("forwards", 1), ("backwards", -1)):
        newsroom = Newsroom(tmp_path / name, keys)
        newsroom.publish(stories)
        assert newsroom.publish(after[::order]).stories == 3

        assert full.files() == newsroom.files()


@pytest.mark.parametrize("order", [1, -1])
def test_story_left_out_keeps_the_old_address_it_would_have_given_up(
    tmp_path, keys, order
):
    """One wants what stays another's; who wants its own address is left out too."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    one, two, three = (moved(documents.story(n), n) for n in (1, 2, 3))
    newsroom.publish([one, two, three])
    before = newsroom.files()
    refused = []
    stories = [moved(one, 2), moved(two, 3), three]
    newsroom.publish(stories[::order], refuse=refused.append)

    said = "en/story-{}: tamizdat.permalinks: old/{}.html leads to story-{} already"
    assert {said.format(1, 2, 2), said.format(2, 3, 3)} == {str(e) for e in refused}
    assert before == newsroom.files()
    newsroom.publish([moved(one, 4), two, three])
    paths = sorted(p for p in newsroom.files() if p.startswith("old/"))
    assert ["old/2.html", "old/3.html", "old/4.html"] == paths


def test_two_stories_that_want_one_old_address_given_up(tmp_path, keys):
    """The second of them is refused."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    one, two, three = (moved(documents.story(n), n) for n in (1, 2, 3))
    newsroom.publish([one, two, three])

    said = "en/story-2: tamizdat.permalinks: old/3.html leads to story-1 already"
    with pytest.raises(StoryError, match=said):
        newsroom.publish([moved(one, 3), moved(two, 3), moved(three, 1)])


def test_printed_service_without_its_document_stops_the_press(tmp_path, keys):
    """A service does not leave the language chooser in silence."""
    new_organisation(tmp_path / "two", "press.example", ["en", "fa"], NOW)
    press = Press(Archive(tmp_path / "archive"), tmp_path / "two")
    rows = [documents.service(), documents.service("fa"), documents.story(1)]
    later = NOW + timedelta(hours=1)
    source = documents_of(map(documents.line, rows), whole=True)
    press.publish(source, lambda _digest: None, NOW)
    source = documents_of(map(documents.line, [rows[0], rows[2]]), whole=True)

    with pytest.raises(ContentError, match="no service document now: fa"):
        press.publish(source, lambda _digest: None, later)


def test_printed_story_that_cannot_be_read_is_said_to_stay(tmp_path, keys):
    """With a line nobody can attribute, what was not found is still named."""
    newsroom = Newsroom(tmp_path / "archive", keys)
    newsroom.publish([documents.story(1), documents.story(2)])
    said = []
    rows = [documents.service(), documents.story(1), {"x": 1}]
    newsroom.press.publish(
        documents_of(map(documents.line, rows), whole=True),
        lambda _digest: None,
        NOW + timedelta(days=WEEK, hours=9),
        operator=Operator(refuse=lambda _error: None, announce=said.append),
    )

    assert ["en/story-2: not read, stays as it was printed"] == said
