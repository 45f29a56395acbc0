"""What the newsroom freezes of its ledger: what each release changed."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from hands import sign_off
from held import holders
from tamizdat.edition.documents import read_document
from tamizdat.edition.pages import article_pages
from tamizdat.newsroom import actions
from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.models import Release
from tamizdat.newsroom.writing.translating import translate
from tamizdat.press import snapshot
from tamizdat.press.actions import print_released, waiting
from tamizdat.press.archive import Archive
from tamizdat.press.content import services_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.models import PrintedEdition, Printing, Trouble
from tamizdat.press.run import Press

pytestmark = pytest.mark.django_db

NAME = "Planted Name"  # of nobody; must not survive


class Desk:
    """An editor with one article, and a press that prints when it is told to."""

    def __init__(self, folder, service, people):
        self._editor, self._second = people
        self._folder = folder
        body = [{"kind": "paragraph", "text": f"{NAME} may ask since 2008."}]
        self.article = actions.create_article(
            service, "Who May Know", body, self._editor, section="law", address="asked"
        )
        self.now = (
            self.article.first_published_at or self.article.latest_revision_created_at
        )
        self.now = self.now.replace(microsecond=0)
        new_organisation(folder / "keys", "press.example", ["en"], self.now)
        self.press = Press(Archive(folder / "archive"), folder / "keys")

    def release(self, kind="publish", note="", text=None, headline=None):
        """Publish the article with another text."""
        if text is not None:
            self.article.body = stream_of(
                [{"kind": "paragraph", "text": line} for line in text.split("\n")]
            )
        if headline is not None:
            self.article.title = headline
        sign_off(self.article, self._second, kind, note)
        actions.publish_article(self.article, self._editor, kind, note)

    def take_back(self, kind, text, **content):
        """Record a release of a kind that the form does not offer."""
        self.article.body = stream_of([{"kind": "paragraph", "text": text}])
        newest = self.article.newest_release
        release = Release(
            number=newest.number + 1,
            kind=kind,
            time=newest.time + timedelta(seconds=1),
            salt=f"{kind:-<21}A",
            content=article_content(self.article) | content,
        )
        actions.append_release(self.article.article, release, None)

    def print(self):
        """Print what is released."""
        self.now += timedelta(hours=1)
        print_released(self.press, self._folder, lambda: self.now, lambda _: None)
        assert [] == [trouble.reason for trouble in Trouble.objects.all()]

    def lines(self, waiting):
        """Freeze the article, as a press does that began with these releases."""
        services = services_of(snapshot.service_lines().values())
        return list(
            snapshot.story_lines(self.now, [self.article.article_id], services, waiting)
        )

    def changes(self):
        """Tell the changes of every release in the document as it would be frozen."""
        (line,) = self.lines(waiting().get("en", {}))
        read_document(line, "newsroom")
        return [r["changes"] for r in json.loads(line)["tamizdat"]["releases"]]

    def page(self):
        """Read the page of changes, "" if there is none."""
        (folder,) = (self._folder / "archive/en/a").glob("*/[0-9]*")
        path = folder / "asked.changes.html"
        return path.read_text() if path.exists() else ""

    def carriers(self):
        """List the files of the archive that hold the name."""
        return holders(self._folder / "archive", NAME)


@pytest.fixture
def desk(tmp_path, english, editor, second):
    """Give a desk whose article is released and printed."""
    desk = Desk(tmp_path, english, (editor, second))
    desk.release()
    desk.print()
    return desk


def told(changes):
    """Shorten changes to their parts, each with what was removed and added."""
    return changes and {
        row["part"]: [
            run["text"].strip()
            for run in row["runs"]
            if run["kind"] in ("removed", "added")
        ]
        for row in changes
    }


def test_correction_tells_what_it_changed(desk):
    """The words stand in the document and on a page of the edition."""
    desk.release("correction", "It was 2009.", f"{NAME} may ask since 2009.")

    assert [None, {"body": ["2008", "2009"]}] == list(map(told, desk.changes()))
    desk.print()
    assert [None, {"body": ["2008", "2009"]}] == list(map(told, desk.changes()))
    assert ">2008<" in desk.page()


def _said(page, language):
    return set(re.findall(f'<span lang="{language}"[^<>]*>([^<]*)</span>', page))


def _song(words, start, *more):
    mark = {"kind": "language", "from": start, "to": start + len(words)}
    body = [{"kind": "paragraph", "text": f"Sung: {words}", "marks": []}, *more]
    body[0]["marks"] = [{**mark, "language": "de"}]
    return stream_of(body)


def test_words_in_another_language_are_told_in_what_changed(desk):
    """Those of a mark, those of a list, and those that its story has no more."""
    items = {"kind": "list", "items": ["زن، زندگی", "آزادی"], "language": "fa"}
    desk.article.body = _song("Die Luft ist frei", 6, items)
    desk.release("update")
    desk.print()
    desk.article.body = _song("Die Gedanken sind frei", 6)
    desk.release("correction", "Another song.")
    (line,) = desk.lines(waiting().get("en", {}))
    ledger = json.loads(line)["tamizdat"]["releases"]

    named = [
        {one["words"]: one["language"] for one in release.get("foreign", ())}
        for release in ledger
    ]
    songs = dict.fromkeys(["Die Gedanken sind frei", "Die Luft ist frei"], "de")
    luft = {"Die Luft ist frei": "de"}
    persian = dict.fromkeys(items["items"], "fa")
    assert [{}, luft | persian, songs | persian] == named
    desk.print()
    page = desk.page()
    assert {"Die ", "Luft ist", "Gedanken sind"} <= _said(page, "de")
    assert {*items["items"]} <= _said(page, "fa")


def test_document_stays_the_same_while_nothing_is_released(desk):
    """Being printed changes no document, so that nothing is printed again."""
    desk.release("update", text="New.")
    before = desk.changes()
    desk.print()

    assert before == desk.changes()
    assert 2 == desk.press.state.numbers()["en"]
    desk.print()
    assert 2 == desk.press.state.numbers()["en"]


def test_text_that_no_edition_carried_is_in_no_diff(desk):
    """A slip mended before it is printed was never public."""
    desk.release("update", text="A secret slip.")
    desk.release("minor", text="What was meant.")

    first, slip, mended = desk.changes()
    assert first is None
    assert slip is None
    assert "slip" not in json.dumps(mended)
    desk.print()
    assert "slip" not in desk.page()
    assert ">What was meant<" in desk.page()


def test_release_made_while_the_press_prints_waits_for_the_next_edition(desk):
    """What came after the press began is neither printed nor compared with."""
    desk.release("update", text="The second text.")
    begun = waiting()["en"]
    desk.release("update", text="The third text.")
    document = json.loads(*desk.lines(begun))

    assert "2" == document["version"]
    assert "The second text." == document["tamizdat"]["body"][0]["text"]


def test_retraction_brings_no_text_back(desk):
    """Only what the notice shows is compared; an update compares with the text."""
    desk.release("correction", "Why.", f"{NAME} may ask since 2009.")
    desk.print()
    desk.release("retraction", "It was wrong.", "Empty.", headline="Retracted")
    desk.print()

    assert {"headline"} == told(desk.changes()[2]).keys()
    assert NAME not in desk.page()
    assert "It was wrong." in desk.page()

    desk.release("update", "It is back.", f"{NAME} may ask since 2010.")
    desk.print()
    assert {"headline", "body"} == told(desk.changes()[3]).keys()
    assert ["2009", "2010"] == told(desk.changes()[3])["body"]


@pytest.mark.parametrize("kind", ["redaction", "withdrawal"])
def test_name_corrected_away_is_nowhere_after_a_redaction(desk, kind):
    """From the editor's verb to every file of the archive, diffs included."""
    desk.release("correction", "We named somebody.", "Anyone may ask since 2008.")
    desk.print()
    assert NAME in desk.page()
    desk.take_back(kind, "Anyone may ask.")
    desk.print()

    assert [None] * 3 == desk.changes()
    assert [] == desk.carriers()
    assert "" == desk.page()
    desk.release("update", "More.", "Anyone may ask now.")
    desk.print()
    assert [] == desk.carriers()
    assert (kind == "redaction") == bool(desk.changes()[3])


def test_other_changes_than_words_are_said_to_change_none(desk):
    """A section's id is not compared; what readers read of it is."""
    desk.article.urgency = 1
    desk.release("minor")

    assert [None, []] == desk.changes()


def test_newest_changes_come_first_where_all_are_too_many(desk, monkeypatch):
    """A document keeps its limit; what is left out are the oldest."""
    monkeypatch.setattr(snapshot, "CHANGES_BYTES", 300)
    for number in range(3):
        desk.release("update", text=f"Text {number} {'word ' * 20}")
        desk.print()

    assert [False, False, False, True] == [bool(one) for one in desk.changes()]


def test_text_that_could_not_be_printed_has_no_diff(desk):
    """A release that cannot be read as a document does not stop the next one."""
    desk.take_back("minor", "Bad.", headlines=[])
    bad = desk.article.newest_release
    edition = PrintedEdition.objects.create(
        service="en", number=9, time=desk.now, tree="0" * 64, leaf=9
    )
    Printing.objects.create(release=bad, edition=edition)
    desk.release("update", text="New.")

    assert [None, None, None] == desk.changes()


def test_chain_of_translations_leads_to_its_beginning(english, persian, editor):
    """Who translates from a translation leads readers to the original."""
    sections = [("law", "Law"), ("society", "Society")]
    russian = actions.create_service("ru", "Демо", "ru", sections, hold_seconds=0)
    body = [{"kind": "paragraph", "text": "Anyone may ask."}]
    page = actions.create_article(
        english, "Who May Know", body, editor, section="law", address="asked"
    )
    actions.publish_article(page, editor)
    for service in (persian, russian):
        page = translate(page.article, service, editor)
        page.title, page.section = service.title, "society"
        page.save_revision(user=editor)
        actions.publish_article(page, editor)

    services = services_of(snapshot.service_lines().values())
    now = datetime.now(UTC) + timedelta(days=1)
    (line,) = snapshot.story_lines(now, [page.article_id], services)
    lineage = read_document(line, "here").lineage

    assert ("fa", "translated") == (lineage.service, lineage.relation)
    first = lineage.original
    assert ("en", "asked", "Who May Know") == (first.service, first.id, first.headline)
    assert "Demo Press" == first.name
    shown = article_pages(
        read_document(line, "here"), services["ru"], section_name="Law"
    )[0].content
    assert b'">Who May Know</a>' in shown
    assert "دموپرس".encode() not in shown
