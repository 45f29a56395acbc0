"""Withdrawal and redaction: one edition later, the words are nowhere."""

import copy
import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

import documents
from cast import NOW
from held import holders, said_by
from tamizdat.edition import pack, tree, withdrawals
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import StatementError, StoryError
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors.past import check_edition
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.recover import recover
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import load_chain, new_organisation
from tamizdat.press.run import Press

NAME = "Planted Name"  # of nobody; must not survive
PICTURE = b"\xff\xd8planted picture"
DIGEST = hashlib.sha256(PICTURE).hexdigest()


def endangered():
    """Make a story whose words and picture endanger somebody."""
    one = documents.story(7)
    one["headlines"][0]["value"] = f"{NAME} speaks"
    one["descriptions"][0]["value"] = f"What {NAME} said."
    one["tamizdat"]["body"] = [{"kind": "paragraph", "text": f"{NAME} said so."}]
    one["subjects"] = [{"name": "Courts", "literal": "courts"}]
    rendition = {
        "name": "320.jpg",
        "href": f"sha256:{DIGEST}",
        "contentType": "image/jpeg",
        "width": 320,
        "height": 180,
        "sizeInBytes": len(PICTURE),
    }
    one["associations"] = [
        {
            "name": "lead",
            "uri": f"sha256:{DIGEST}",
            "type": "picture",
            "by": None,
            "descriptions": [
                {"role": "caption", "value": f"{NAME} in court"},
                {"role": "alt", "value": "A person"},
            ],
            "renditions": [rendition],
        }
    ]
    return one


class Stage:
    """A press, and editions in which the planted name stood."""

    def __init__(self, folder):
        self.folder = folder
        new_organisation(folder / "keys", "press.example", ["en"], NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self._hours = 0
        self.rows = [documents.story(n) for n in range(1, 7)]
        self.story = endangered()
        self.publish()
        again = documents.changed(self.story, f"{NAME} speaks again")
        self.story = documents.compared(self.story, again)
        self.publish()

    def publish(self, *, backwards=False):
        """Print all stories as the next edition."""
        self._hours += 1
        rows = [documents.service(), *self.rows, self.story]
        if backwards:
            rows.reverse()
        source = documents_of(map(documents.line, rows), whole=True)
        pictures = {DIGEST: PICTURE}
        now = NOW + timedelta(hours=self._hours)
        return self.press.publish(source, pictures.get, now)[0]

    def carriers(self):
        """List every file of the archive that holds the name or the picture."""
        archive = self.folder / "archive"
        return holders(archive, NAME, PICTURE)

    def listed(self):
        """List the objects that the newest edition withdraws."""
        latest = (self.press.archive.root / "en" / "latest").read_bytes()
        root = tree.root_of(parse_latest(latest).statement.tree)
        read = self.press.archive.object
        part = tree.find(root, "withdrawn/1", read)
        return withdrawals.read_part(read(part, "withdrawn/1"), "withdrawn/1")

    def keep(self, content):
        """Leave an object in the archive, as if another press had printed it."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.press.archive.object_path(digest)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def forget(self):
        """Lose the memory of the press, and make it anew from its archive."""
        self.press.state.close()
        archive, keys = self.press.archive, self.folder / "keys"
        shutil.rmtree(archive.private)
        recover(archive, load_chain(keys), {})
        self.press = Press(archive, keys)

    def report(self):
        """Check every byte of the newest edition."""
        source = DirectoryTransport(self.press.archive.root)
        return check_service(source, self.press.chain, "en")


@pytest.fixture
def stage(tmp_path):
    """Give a press with two editions that hold the planted name."""
    return Stage(tmp_path)


def corrected(story):
    """Correct a name away: it stands in what was changed, and nowhere else."""
    named = documents.changed(story, "Somebody speaks", "correction", "We erred.")
    named["descriptions"][0]["value"] = "What somebody said."
    named["tamizdat"]["body"][0]["text"] = "Somebody said so."
    named["associations"] = []
    return documents.compared(story, named)


def without_changes(story):
    """Say no more what older releases changed, as the newsroom does."""
    bare = copy.deepcopy(story)
    for release in bare["tamizdat"]["releases"]:
        release["changes"] = None
    return bare


def withdrawn(story):
    """Withdraw a story: the document that leaves the newsroom says no word of it."""
    story = without_changes(story)
    gone = documents.changed(story, "Withdrawn", "withdrawal")
    gone["descriptions"], gone["associations"] = [], []
    gone["tamizdat"]["body"] = []
    return gone


def redacted(story):
    """Take the name out of a story and leave the rest."""
    story = without_changes(story)
    safe = copy.deepcopy(documents.changed(story, "Somebody speaks", "redaction"))
    safe["descriptions"][0]["value"] = "What somebody said."
    safe["tamizdat"]["body"][0]["text"] = "Somebody said so."
    safe["associations"] = []
    return safe


@pytest.mark.parametrize("take_back", [withdrawn, redacted])
def test_planted_name_is_nowhere_one_edition_later(stage, take_back):
    """No object, page, list or memory of the press holds what was taken back."""
    assert len(stage.carriers()) > 10
    stage.story = take_back(stage.story)
    stage.publish()

    assert [] == stage.carriers()
    assert stage.report().verified, stage.report().problems


@pytest.mark.parametrize("take_back", [withdrawn, redacted])
def test_name_corrected_away_and_then_taken_back_is_in_no_diff(stage, take_back):
    """The page of changes that still showed it goes with all its objects."""
    stage.story = corrected(stage.story)
    stage.publish()
    page = stage.folder / "archive/en/a/2026-11/20/story-7.changes.html"
    assert NAME.encode() in page.read_bytes()
    assert str(page) in stage.carriers()
    held = {path.rsplit("/", 1)[-1] for path in stage.carriers() if "/o/" in path}
    stage.story = take_back(stage.story)
    stage.publish()

    assert [] == stage.carriers()
    assert not page.exists()
    assert held <= set(stage.listed())
    assert stage.report().verified, stage.report().problems


def test_note_that_holds_the_name_can_go_with_a_redaction(stage):
    """An older note is taken away; pages say so, and no file holds it."""
    note = f"An earlier version did not say that {NAME} was there."
    stage.story = documents.changed(stage.story, "Somebody", "correction", note)
    stage.publish()
    stage.story = redacted(stage.story)
    stage.publish()
    assert any("/corrections" in path for path in stage.carriers())
    stage.story = redacted(stage.story)
    stage.story["tamizdat"]["releases"][-3]["note"] = None
    stage.publish()
    archive = stage.folder / "archive/en"

    assert [] == stage.carriers()
    for page in ("a/2026-11/20/story-7.html", "corrections.html", "corrections.atom"):
        assert "This note was removed" in (archive / page).read_text(), page


def test_document_that_shows_a_name_taken_back_is_refused(stage):
    """A redaction whose document still tells what was changed stops the press."""
    stage.story = corrected(stage.story)
    stage.publish()
    stage.story = documents.changed(stage.story, "Somebody", "redaction")

    with pytest.raises(StoryError, match=r"expected null up to a redaction"):
        stage.publish()


def test_release_after_a_redaction_tells_what_it_changed(stage):
    """It is compared with the redacted text."""
    stage.story = redacted(stage.story)
    stage.publish()
    again = documents.changed(stage.story, "Somebody speaks on")
    stage.story = documents.compared(stage.story, again)
    stage.publish()
    page = stage.folder / "archive/en/a/2026-11/20/story-7.changes.html"

    assert b">on</bdi>" in page.read_bytes()
    assert [] == stage.carriers()


def test_memory_of_the_press_forgets_the_words_and_the_salts(stage):
    """What could prove the words is gone from the press's own folder too."""
    salts = {release["salt"] for release in stage.story["tamizdat"]["releases"]}
    stage.story = withdrawn(stage.story)
    stage.publish()
    rows = stage.press.state.database.execute("SELECT salt FROM salt").fetchall()
    cards = stage.press.state.database.execute("SELECT card FROM story").fetchall()

    assert salts.isdisjoint(salt for (salt,) in rows)
    assert not [card for (card,) in cards if NAME in card]


def test_withdrawn_objects_are_listed_for_mirrors(stage):
    """Whoever holds a copy learns what to delete, and the picture is among it."""
    held = {path.rsplit("/", 1)[-1] for path in stage.carriers() if "/o/" in path}
    objects = {path.name: path for path in (stage.folder / "archive/o").glob("*/*")}
    salts = [one["salt"].encode() for one in stage.story["tamizdat"]["releases"]]
    salted = {
        name
        for name, path in objects.items()
        if any(salt in said_by(path) for salt in salts)
    }
    stage.story = withdrawn(stage.story)
    stage.publish()

    assert held | salted == set(stage.listed())
    assert DIGEST in stage.listed()


@pytest.mark.parametrize("forgets", [False, True])
@pytest.mark.parametrize("take_back", [withdrawn, redacted])
def test_older_part_of_the_pack_goes_though_it_has_no_salt_of_the_story(
    stage, take_back, forgets
):
    """It is read, and tells by id and release what is in it."""
    stage.story = documents.changed(stage.story, f"{NAME} said more")
    stage.publish()
    (part,) = stage.folder.joinpath("archive/en/p").glob("*.txt")
    older = said_by(part)
    digest = hashlib.sha256(part.read_bytes()).hexdigest()
    stage.story = documents.changed(stage.story, f"{NAME} said nothing more")
    stage.publish()
    if forgets:
        stage.forget()
    stage.story = take_back(stage.story)
    stage.publish()

    assert NAME.encode() in older
    for release in stage.story["tamizdat"]["releases"]:
        assert release["salt"].encode() not in older
    assert digest in stage.listed()
    assert not stage.press.archive.object_path(digest).exists()
    assert [] == stage.carriers()
    assert stage.report().verified, stage.report().problems


@pytest.mark.parametrize(
    "part", [b"tamizdat-pack/9\nx\n", b"tamizdat-pack/1\t\xff\n\x80\n"]
)
def test_part_that_nobody_can_read_goes_too(stage, part):
    """It is taken to carry the words: whoever printed it may have written them."""
    path = stage.keep(part)
    stage.story = withdrawn(stage.story)
    stage.publish()

    assert path.name in stage.listed()
    assert not path.exists()


def test_parts_of_other_releases_stories_and_services_stay(stage):
    """A part says whose it is, so stories of two services may have one id."""
    story = read_document(documents.line(stage.story), "en")
    (item,) = pack.items_of(story)
    newer = replace(item, content=item.content.replace(b" 2 - ", b" 3 - ", 1))
    other = replace(item, content=item.content.replace(b"story-7", b"story-70", 1))
    stay = [
        stage.keep(pack.write_part("fa", [(item, "")])),
        stage.keep(pack.write_part("en", [(newer, ""), (other, "")])),
    ]
    goes = stage.keep(pack.write_part("en", [(other, ""), (item, "")]))
    stage.story = withdrawn(stage.story)
    stage.publish()

    assert all(path.exists() for path in stay)
    assert {path.name for path in stay}.isdisjoint(stage.listed())
    assert goes.name in stage.listed()
    assert not goes.exists()


def test_picture_dropped_before_a_recovery_is_withdrawn_all_the_same(stage):
    """A press that lost its memory finds again what old editions showed."""
    stage.story = corrected(stage.story)
    stage.publish()
    stage.forget()
    stage.story = withdrawn(stage.story)
    stage.publish()

    assert DIGEST in stage.listed()
    assert [] == stage.carriers()


def with_picture(story):
    """Give a story the planted picture."""
    shown = documents.changed(story, "With a picture")
    shown["associations"] = endangered()["associations"]
    return shown


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("take_back", [withdrawn, redacted])
def test_picture_that_another_story_begins_to_show_stays(stage, take_back, backwards):
    """What the newest edition needs is not withdrawn, in whatever order it is told."""
    stage.rows[0] = with_picture(stage.rows[0])
    stage.story = take_back(stage.story)
    stage.publish(backwards=backwards)

    assert DIGEST not in stage.listed()
    assert stage.press.archive.object_path(DIGEST).exists()
    assert stage.report().verified, stage.report().problems


@pytest.mark.parametrize("backwards", [False, True])
def test_picture_that_its_other_story_gives_up_in_the_same_edition_goes(
    stage, backwards
):
    """Nobody shows it when the edition is out."""
    stage.rows[0] = with_picture(stage.rows[0])
    stage.publish()
    stage.rows[0] = documents.changed(stage.rows[0], "Without")
    stage.rows[0]["associations"] = []
    stage.story = redacted(stage.story)
    stage.publish(backwards=backwards)

    assert DIGEST in stage.listed()
    assert not stage.press.archive.object_path(DIGEST).exists()
    assert stage.report().verified, stage.report().problems


def test_order_of_the_stories_changes_no_list_of_the_withdrawn(tmp_path):
    """Two presses withdraw the same objects in the same order."""
    told = []
    for backwards in (False, True):
        stage = Stage(tmp_path / str(backwards))
        stage.rows[0] = documents.changed(stage.rows[0], "Safe", "redaction")
        stage.story = withdrawn(stage.story)
        stage.publish(backwards=backwards)
        told.append(stage.listed())

    assert told[0] == told[1]


def test_picture_withdrawn_before_is_not_shown_again(stage):
    """Whoever follows the list would delete what the edition needs."""
    stage.story = redacted(stage.story)
    stage.publish()
    before = stage.rows[0]
    stage.rows[0] = with_picture(before)

    said = r"en/story-1: associations: .*withdrawn in an earlier"
    with pytest.raises(StoryError, match=said):
        stage.publish()
    stage.rows[0] = documents.changed(before, "Without a picture")
    stage.publish()
    assert stage.report().verified, stage.report().problems


def test_list_of_the_withdrawn_only_grows(stage):
    """A mirror that missed an edition still learns of every withdrawal."""
    stage.story = withdrawn(stage.story)
    stage.publish()
    before = stage.listed()
    stage.rows[0] = documents.changed(stage.rows[0], "News")
    stage.publish()

    assert before == stage.listed()


def test_other_stories_stay_whole(stage):
    """Nothing else is taken: other articles keep their pages and their bytes."""
    page = stage.press.archive.root / "en" / "a" / "2026-11" / "20" / "story-1.html"
    before = page.read_bytes()
    stage.story = withdrawn(stage.story)
    stage.publish()

    assert before == page.read_bytes()


def test_update_or_correction_withdraws_nothing(stage):
    """Ordinary releases keep the history of what was said."""
    stage.story = documents.changed(stage.story, "News", "correction", "Why.")
    stage.publish()

    assert len(stage.carriers()) > 10
    with pytest.raises(AttributeError):
        stage.listed()


def test_older_edition_verifies_with_objects_withdrawn(stage):
    """Whoever checks an older edition learns that objects were taken back, not lost."""
    source = DirectoryTransport(stage.press.archive.root)
    before = check_edition(source, stage.press.chain, "en", 2)
    stage.story = withdrawn(stage.story)
    stage.publish()
    after = check_edition(source, stage.press.chain, "en", 2)

    assert before.verified
    assert before.withdrawn == 0
    assert after.verified
    assert after.withdrawn > 3
    assert before.files == after.files


def test_object_lost_from_an_older_edition_is_missing_and_not_withdrawn(stage):
    """A withdrawal of one story excuses no gap in another."""
    source = DirectoryTransport(stage.press.archive.root)
    root = tree.root_of(check_edition(source, stage.press.chain, "en", 1).tree)
    page = tree.find(root, "a/2026-11/20/story-1.html", stage.press.archive.object)
    stage.press.archive.object_path(page.digest).unlink()
    report = check_edition(source, stage.press.chain, "en", 1)

    assert not report.verified
    assert [("missing", "a/2026-11/20/story-1.html")] == [
        (problem.kind, problem.path) for problem in report.problems
    ]


def test_edition_that_never_was_is_refused(stage):
    """The message says which is the newest."""
    source = DirectoryTransport(stage.press.archive.root)
    with pytest.raises(StatementError, match="no edition 9; the newest is 2"):
        check_edition(source, stage.press.chain, "en", 9)


def test_deletion_is_on_the_disk_before_it_is_done_with(stage, monkeypatch):
    """A power cut cannot bring back an object that nobody would delete again."""
    flushed = []
    monkeypatch.setattr("tamizdat.press.purge.flush", flushed.append)
    stage.story = redacted(stage.story)
    stage.publish()
    root = stage.folder / "archive/o"

    assert {str(root / digest[:2]) for digest in stage.listed()} == set(flushed)
