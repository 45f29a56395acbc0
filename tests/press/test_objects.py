"""One edit in a large archive makes few new objects, whatever it edits."""

import hashlib
import sys
from collections import Counter
from datetime import timedelta

import pytest

import documents
from cast import NOW
from tamizdat.edition import tree
from tamizdat.edition.statement import parse_latest
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

LEAVES, DIRECTORIES = 22, 18  # new objects of one edit, at most
OBJECTS = 40  # of an edit
NEW = 49  # of a new story, which may close a page of each list, its feeds too
DAYS, TAGS, BUSY = 340, 200, 150  # of an archive of 100,000: stories of one day last
BUSY_DAY = 200  # days ago
DRAWN = b"drawn"  # the picture of every story
OLD = 3  # the busy day's second story


class Archived:
    """An archive whose directories are split as those of 100,000 stories are."""

    def __init__(self, folder):
        new_organisation(folder / "keys", "press.example", ["en"], NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        busy = [story(number, BUSY_DAY) for number in range(1, BUSY + 1)]
        rest = [story(BUSY + 1 + day, day) for day in range(DAYS)]
        self.stories = [*busy, *rest]
        self._hours = 0
        self.publish(self.stories, whole=True)

    def publish(self, stories, *, whole=False):
        """Print stories as the next edition."""
        self._hours += 1
        now = NOW + timedelta(days=7, hours=self._hours)
        paper = documents.service(home="https://press.example")  # with all its feeds
        lines = map(documents.line, [paper, *stories])
        source = documents_of(lines, whole=whole)
        return self.press.publish(source, lambda _digest: DRAWN, now)

    def split(self, folder):
        """Tell whether a folder of the edition is split by hash."""
        latest = (self.press.archive.root / "en" / "latest").read_bytes()
        root = tree.root_of(parse_latest(latest).statement.tree)
        target = root
        for name in folder.split("/"):
            rows = tree.entries_of(target, self.press.archive.object, folder)
            target = next(row.target for row in rows if row.name == name)
        return self.press.archive.object(target, folder).startswith(tree.SHARD)

    def objects(self):
        """List the objects there are."""
        found = (self.press.archive.root / "o").rglob("*")
        return {path for path in found if path.is_file()}

    def new_objects(self, one):
        """Print one story and count the new objects by kind."""
        before = self.objects()
        self.publish([one])
        new = [path.read_bytes() for path in self.objects() - before]
        return Counter(content.startswith(b"tamizdat-dir/1") for content in new)


def lead():
    """Make the picture of a story."""
    digest = f"sha256:{hashlib.sha256(DRAWN).hexdigest()}"
    size = {"width": 640, "height": 360, "sizeInBytes": len(DRAWN)}
    file = {"name": "1", "href": digest, "contentType": "image/jpeg", **size}
    words = [{"role": role, "value": "Readers."} for role in ("caption", "alt")]
    about = {"name": "lead", "uri": digest, "type": "picture", "by": "Press"}
    return {**about, "descriptions": words, "renditions": [file]}


def story(number, days, more=0):
    """Make a story with a picture, five tags and an author, of a day so long ago."""
    one = documents.story(number, section=("society", "law")[number % 2])
    one["associations"] = [lead()]
    time = documents.FIRST - timedelta(days=days) + timedelta(seconds=number)
    one["firstCreated"] = one["versionCreated"] = f"{time:%Y-%m-%dT%H:%M:%SZ}"
    one["tamizdat"]["releases"] = [documents.release(1, "publish", time, None)]
    one["tamizdat"]["bylines"][0]["id"] = f"p{number % 7}"
    names = [f"tag-{(7 * number + 40 * n + more) % TAGS}" for n in range(5)]
    one["subjects"] = [{"name": name, "literal": name} for name in names]
    return one


@pytest.fixture(scope="module")
def archived(tmp_path_factory):
    """Give one archive; each test edits another story of it."""
    return Archived(tmp_path_factory.mktemp("large"))


def kinds(archived):
    """Make one edit of each kind."""
    old = archived.stories
    note = "The figure was wrong."
    retitled = documents.changed(old[OLD], "Another headline", "correction", note)
    moved = documents.changed(old[OLD + 1], "Another section")
    moved["tamizdat"]["section"] = "law"
    return {
        "correction of an old story": retitled,
        "old story in another section": moved,
        "retraction": documents.changed(old[OLD + 2], "Retracted", "retraction", note),
        "update of the newest story": documents.changed(old[BUSY], "Updated"),
        "new story": story(len(old) + 1, 0),
    }


def test_directories_are_split_as_in_a_large_archive(archived):
    """The archive under test has the depth that 100,000 stories have."""
    day = f"{documents.FIRST - timedelta(days=BUSY_DAY):a/%Y-%m/%d}"
    assert archived.split("t")
    assert archived.split(day)


def test_one_edit_makes_few_new_objects(archived):
    """Cost follows the change: leaves and directories of each are counted."""
    found = {name: archived.new_objects(one) for name, one in kinds(archived).items()}
    most = {name: (new[False], new[True]) for name, new in found.items()}
    sys.stdout.write(f"{most}\n")

    assert all(new[False] and new[True] for new in found.values())
    assert sum(most.pop("new story")) <= NEW
    assert all(sum(counts) <= OBJECTS for counts in most.values())
    assert {} == {
        name: counts
        for name, counts in most.items()
        if counts[0] > LEAVES or counts[1] > DIRECTORIES
    }
