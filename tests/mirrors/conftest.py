"""One organisation with an archive and a directory mirror, without a database."""

import shutil
from datetime import timedelta

import pytest

import documents
from cast import NOW
from tamizdat.mirrors import deliver
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

STORIES = [documents.service(), *(documents.story(n) for n in range(1, 6))]


class Stage:
    """A press and one mirror of it.

    Attributes:
        mirror: the mirror's directory as a transport.
    """

    def __init__(self, folder, services=("en",), like=None):
        self.folder = folder
        if like:
            shutil.copytree(like.folder, folder, dirs_exist_ok=True)
        else:
            new_organisation(folder / "keys", "press.example", services, NOW)
            (folder / "mirror").mkdir()
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self.mirror = DirectoryTransport(folder / "mirror")
        self.hours = like.hours if like else 0
        self.newest = STORIES[-1]

    def publish(self, rows=STORIES, service="en", pictures=lambda _digest: None):
        """Print documents as the next edition."""
        source = ContentFile(documents.write(self.folder / "content.jsonl", rows))
        now = NOW + timedelta(hours=self.hours)
        self.hours += 1
        return self.press.publish(source, pictures, now, services=[service])[0]

    def deliver(self, service="en"):
        """Bring the mirror up to date."""
        return deliver.deliver(self.press.archive, self.mirror, service)

    def print_one(self, name, names):
        """Print the first edition of one of several services, with one story."""
        services = [documents.service(other) for other in names]
        return self.publish([*services, documents.story(1, name)], name)

    def change(self, headline="Another headline"):
        """Print and return the stories with the newest one's headline changed."""
        self.newest = documents.changed(self.newest, headline)
        ledger = self.newest["tamizdat"]["releases"]
        time = documents.FIRST + timedelta(days=1, minutes=len(ledger))
        ledger[-1]["time"] = f"{time:%Y-%m-%dT%H:%M:%SZ}"
        self.newest["versionCreated"] = ledger[-1]["time"]
        rows = [*STORIES[:-1], self.newest]
        self.publish(rows)
        return rows


@pytest.fixture(scope="session")
def once_printed(tmp_path_factory):
    """Give a press that printed its first edition, to copy."""
    stage = Stage(tmp_path_factory.mktemp("printed"))
    stage.publish()
    return stage


@pytest.fixture(scope="session")
def once_delivered(once_printed, tmp_path_factory):
    """Give one whose mirror holds that edition, to copy."""
    stage = Stage(tmp_path_factory.mktemp("delivered"), like=once_printed)
    stage.deliver()
    return stage


@pytest.fixture
def stage(once_delivered, tmp_path):
    """Give a mirror that holds the first edition."""
    return Stage(tmp_path, like=once_delivered)


@pytest.fixture
def printed(once_printed, tmp_path):
    """Give a press that printed its first edition."""
    return Stage(tmp_path, like=once_printed)
