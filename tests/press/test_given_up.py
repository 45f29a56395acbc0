"""A service that cannot be printed: the others go on, of it nothing is half done."""

import shutil
from datetime import timedelta

import pytest

import documents
from cast import NOW
from tamizdat.edition import tree
from tamizdat.edition.errors import ObjectError, PackError
from tamizdat.edition.pages import packed
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors import board
from tamizdat.mirrors.recover import recover
from tamizdat.mirrors.resident import now_utc
from tamizdat.newsroom import actions
from tamizdat.press import build
from tamizdat.press.actions import print_released
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.errors import FaultError
from tamizdat.press.keys import load_chain, new_organisation
from tamizdat.press.models import Trouble
from tamizdat.press.printing import Operator
from tamizdat.press.run import Press

CROWDED = {"look": {"footer": "&" * 1_000, "foot": f"<p>{'x' * 1_500}</p>"}}
LATER = timedelta(days=30)


class Desk:
    """A press of three services, and who looks on while it prints."""

    def __init__(self, folder):
        new_organisation(folder / "keys", "press.example", ["en", "fa", "ru"], NOW)
        self.root = folder / "archive"
        self.press = Press(Archive(self.root), folder / "keys")
        self.given_up = []
        self._hours = 0

    def publish(self, stories, crowded=()):
        """Print stories as the next edition of each service; names those printed."""
        self._hours += 1
        rows = [
            documents.service(name) | (CROWDED if name in crowded else {})
            for name in ("en", "fa", "ru")
        ]
        source = documents_of(map(documents.line, [*rows, *stories]), whole=True)
        now = NOW + LATER + timedelta(hours=self._hours)
        operator = Operator(give_up=self.given_up.append)
        done = self.press.publish(source, lambda _: None, now, operator=operator)
        return [one.service for one in done if one.changed]

    def recover(self):
        """Lose the memory of the press and have it rebuilt from its archive."""
        self.press.state.close()
        shutil.rmtree(self.press.archive.private)
        recover(Archive(self.root), load_chain(self.press.key_folder), {})
        self.press = Press(Archive(self.root), self.press.key_folder)

    def files(self, name):
        """Give the objects of a service's newest tree by path."""
        latest = (self.root / name / "latest").read_bytes()
        root = tree.root_of(parse_latest(latest).statement.tree)
        return dict(tree.walk(root, self.press.archive.object))

    def lies(self):
        """Name every file of the archive but the memory and what runs write."""
        return {
            str(path.relative_to(self.root))
            for path in self.root.rglob("*")
            if path.is_file() and ".press" not in path.parts
        }


@pytest.fixture
def desk(tmp_path):
    """Give a press that printed a story of each service."""
    found = Desk(tmp_path)
    assert ["en", "fa", "ru"] == found.publish(first())
    return found


def first():
    """Make a story of each service."""
    return [documents.story(1, name) for name in ("en", "fa", "ru")]


def test_service_that_cannot_be_printed_keeps_no_other_from_it(desk):
    """It stays as it was printed, is named, and comes with all it has once it can."""
    before, lay = desk.files("fa"), desk.lies()
    more = [*first(), *(documents.story(2, name) for name in ("en", "fa", "ru"))]

    assert ["en", "ru"] == desk.publish(more, crowded=["fa"])
    [fault] = desk.given_up
    assert "fa" == fault.service
    assert str(fault).startswith("fa: service fa: look: what is said on every page")
    assert before == desk.files("fa")
    new = {path for path in desk.lies() - lay if path.startswith("fa/")}
    assert set() == new
    assert not desk.press.archive.journal.exists()
    assert "a/2026-11/20/story-2.html" in desk.files("ru")
    objects = [path for path in desk.lies() if path.startswith("o/")]
    assert not any(b"fa/story-2" in (desk.root / path).read_bytes() for path in objects)

    assert ["fa"] == desk.publish(more)
    assert "a/2026-11/20/story-2.html" in desk.files("fa")
    fresh = Desk(desk.root.parent / "fresh")
    fresh.publish(more)
    own = {"trust.html", "releases/1"}
    assert {p: t for p, t in fresh.files("fa").items() if p not in own} == {
        p: t for p, t in desk.files("fa").items() if p not in own
    }


def test_two_of_three_that_cannot_be_printed_are_both_named(desk):
    """Each is found by itself."""
    more = [*first(), *(documents.story(2, name) for name in ("en", "fa", "ru"))]

    assert ["ru"] == desk.publish(more, crowded=["en", "fa"])
    assert ["en", "fa"] == [fault.service for fault in desk.given_up]
    assert [] == desk.publish(more, crowded=["en", "fa"])


@pytest.mark.parametrize("kind", ["withdrawal", "redaction"])
def test_nothing_is_printed_while_a_service_cannot_take_words_back(desk, kind):
    """Whoever endangers someone must not wait unnoticed behind editions that come."""
    one, two, three = first()
    less = documents.changed(two, "Less", kind)
    update = documents.changed(one, "More")

    with pytest.raises(FaultError, match="to be taken back, so nothing is signed"):
        desk.publish([update, less, three], crowded=["fa"])
    assert [] == desk.given_up
    assert "Headline 1" in (desk.root / "en/index.html").read_text()
    assert ["en", "fa"] == desk.publish([update, less, three])
    assert ["en"] == desk.publish(
        [documents.changed(update, "Again"), less, three], crowded=["fa"]
    )


def test_withdrawal_that_was_printed_holds_while_its_service_is_given_up(desk):
    """What was taken back stays on the list, and its objects stay away."""
    one, two, three = first()
    gone = documents.changed(two, "Gone", "withdrawal")
    before = {path for path in desk.lies() if path.startswith("o/")}
    desk.publish([one, gone, three])
    lay = {path for path in desk.lies() if path.startswith("o/")}
    listed = {p: t for p, t in desk.files("fa").items() if p.startswith("withdrawn/")}
    desk.publish([documents.changed(one, "More"), gone, three], crowded=["fa"])

    assert listed
    assert listed.items() <= desk.files("fa").items()
    taken = before - lay
    assert taken
    assert not taken & desk.lies()


@pytest.mark.parametrize("kind", ["correction", "redaction"])
def test_after_a_recovery_too_the_others_are_printed(desk, kind):
    """Its stories are not lost, and a redaction that is out waits for nothing."""
    one, two, three = first()
    rows = [one, documents.changed(two, "Less", kind, "Said."), three]
    desk.publish(rows)
    desk.recover()

    assert ["en", "ru"] == desk.publish(rows, crowded=["fa"])
    assert ["fa"] == [fault.service for fault in desk.given_up]
    assert ["fa"] == desk.publish(rows)


def test_redaction_after_a_recovery_is_not_left_waiting(desk):
    """As without one, nothing is signed while words cannot be taken back."""
    one, two, three = first()
    desk.recover()

    with pytest.raises(FaultError, match="to be taken back, so nothing is signed"):
        desk.publish(
            [one, documents.changed(two, "Less", "redaction"), three], crowded=["fa"]
        )
    assert [] == desk.given_up


def more(**of_ru):
    """Make two stories of each service, the last one with what more it has."""
    news = [documents.story(2, name) for name in ("en", "fa")]
    return [*first(), *news, documents.story(2, "ru", **of_ru)]


def test_root_with_too_many_entries_is_a_fault_of_its_service(desk, monkeypatch):
    """It shows when the tree is finished: here an old address needs a folder more."""
    before = {path.split("/")[0] for path in desk.files("ru")}
    monkeypatch.setattr(build, "ROOT_ENTRIES", len(before))
    moved = ["https://old.example/2"]

    assert ["en", "fa"] == desk.publish(more(permalinks=moved))
    said = f"ru: the root has more than {len(before)} entries"
    assert [said] == list(map(str, desk.given_up))
    assert not (desk.root / "ru/a/2026-11/20/story-2.html").exists()
    monkeypatch.undo()
    assert ["ru"] == desk.publish(more(permalinks=moved))


def test_page_of_the_pack_without_room_is_a_fault_of_its_service(desk, monkeypatch):
    """No story of it can be shown there, whatever the pages around it are."""
    shown = packed.passages_of

    def without_room(items, salt, service, tongues=()):
        if service.id == "ru":
            raise PackError("story-2: the frame leaves no room")
        return shown(items, salt, service)

    monkeypatch.setattr(packed, "passages_of", without_room)

    assert ["en", "fa"] == desk.publish(more())
    [fault] = desk.given_up
    assert isinstance(fault.cause, PackError)
    monkeypatch.undo()
    assert ["ru"] == desk.publish(more())


@pytest.mark.parametrize("damage", [b"", b"tamizdat-dir/1\n"])
def test_archive_that_is_damaged_is_no_fault_of_a_service(desk, damage):
    """To print the others would hide that what was signed is not there any more."""
    latest = (desk.root / "fa" / "latest").read_bytes()
    digest = tree.root_of(parse_latest(latest).statement.tree).digest
    directory = desk.root / "o" / digest[:2] / digest
    whole = directory.read_bytes()
    directory.write_bytes(damage)
    before = desk.files("en")

    with pytest.raises(ObjectError, match=digest):
        desk.publish(more())
    assert [] == desk.given_up
    assert before == desk.files("en")
    directory.write_bytes(whole)
    assert ["en", "fa", "ru"] == desk.publish(more())


@pytest.mark.django_db
def test_board_says_that_a_service_of_the_newsroom_does_not_fit(
    tmp_path, english, editor
):
    """It prints one after the other; that it is the notice or so is said to editors."""
    text = [{"kind": "paragraph", "text": "Everyone may ask."}]
    page = actions.create_article(english, "News", text, editor, section="society")
    actions.publish_article(page, editor)
    english.bio = "Another word. " * 200
    english.save()
    new_organisation(tmp_path / "keys", "press.example", ["en"], now_utc())
    press = Press(Archive(tmp_path / "archive"), tmp_path / "keys")

    assert [] == print_released(press, tmp_path, now_utc, lambda _edition: None)
    trouble = Trouble.objects.get(service="en")
    assert "fault" == trouble.code
    assert trouble.reason.startswith("en: service en: bio: what is said on about.html")
    [row] = board.services()
    assert "its notice, or something else that it sets" in row["trouble_said"]
