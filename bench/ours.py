"""Call our own press. The only module that knows its command line and its functions."""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tamizdat.edition import tree
from tamizdat.edition.documents import read_document
from tamizdat.edition.stories import Story
from tamizdat.press import keys as key_files
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of, picture_folder
from tamizdat.press.run import Press

from . import measure, stories
from .corpus import Corpus
from .measure import BenchError, Cost

START = datetime(2026, 1, 1, tzinfo=UTC)  # of the first edition; keys last 120 days
_DIRECTORY = b"tamizdat-dir/1"


def moment(number: int) -> datetime:
    """Give the time of the edition that follows `number` edits."""
    return START + timedelta(minutes=number)


def keys_for(corpus: Corpus) -> Path:
    """Make the signing keys of a corpus, or find them."""
    folder = corpus.folder / "keys"
    if not folder.exists():
        key_files.new_organisation(
            folder, stories.ORGANISATION, stories.SERVICES, START
        )
    return folder


def build_command(
    corpus: Corpus, content: Path, archive: Path, now: datetime
) -> list[object]:
    """Build and sign every service that changed, cold.

    Raises:
        BenchError: tamizdat is not installed beside this Python.
    """
    command = measure.program("tamizdat")
    if command is None:
        raise BenchError("tamizdat: not installed beside this Python")
    keys = ["--keys", keys_for(corpus), "--media", corpus.folder / "media"]
    when = ["--time", stories.utc(now), "--json"]
    return [command, "edition", "build", content, archive, *keys, *when]


def build(corpus: Corpus, archive: Path) -> Cost:
    """Build an archive from nothing."""
    measure.remove(archive)
    return measure.weigh(build_command(corpus, corpus.content, archive, START))


def copy_archive(source: Path, target: Path) -> None:
    """Copy an archive as hard links; the press's own memory is copied whole."""
    measure.link_tree(source, target)
    measure.remove(target / ".press")
    measure.run(["cp", "-a", source / ".press", target / ".press"])


def objects(archive: Path) -> set[str]:
    """List the objects of an archive by their hashes."""
    return {entry.name for entry in measure.files(archive / "o")}


def object_bytes(archive: Path, digest: str) -> bytes:
    """Read one object."""
    return Archive(archive).object_path(digest).read_bytes()


def is_directory(content: bytes) -> bool:
    """Tell a directory object from a leaf."""
    return content.startswith(_DIRECTORY)


def outside(paths: list[str]) -> list[str]:
    """Leave out objects and the press's own memory: what stays is written in place."""
    return [path for path in paths if not path.startswith(("o/", ".press/"))]


def link_seconds(archive: Path) -> float:
    """Tell the CPU seconds of giving every object one friendly name more."""
    out = archive.with_name("links")
    measure.remove(out)
    took = measure.run([sys.executable, "-m", "bench.ours", archive, out])
    measure.remove(out)
    return float(took)


def _link(archive: Path, out: Path) -> float:
    """Place each object once more as the press places friendly copies."""
    source, start = Archive(archive), time.process_time()
    for entry in measure.files(archive / "o"):
        target = tree.Target(entry.stat().st_size, entry.name)
        source.place(f"../{out.name}/{entry.name[:3]}/{entry.name}", target)
    return time.process_time() - start


class Resident:
    """A press that stays in memory between editions, as `press run --watch` does."""

    def __init__(self, content: Path, archive: Path, keys: Path) -> None:
        self._services = [
            line for line in content.open("rb") if b'"tamizdat-service/1"' in line
        ]
        self._pictures = picture_folder(content.parent / "media")
        self._press = Press(Archive(archive), keys)

    def warm(self, now: datetime) -> None:
        """Publish every service once with nothing changed."""
        source = documents_of(self._services, whole=False)
        self._press.publish(source, self._pictures, now)

    def publish(self, line: bytes, now: datetime) -> int:
        """Publish one changed story document; returns the edition's number.

        Raises:
            BenchError: no new edition came of it.
        """
        story = read_document(line, "edit")
        if not isinstance(story, Story):
            raise BenchError("expected a story document")
        source = documents_of([*self._services, line], whole=False)
        edition = self._press.publish(
            source, self._pictures, now, services=[story.service]
        )[0]
        if not edition.changed:
            raise BenchError(f"{story.service}/{story.id}: no new edition")
        return edition.number


if __name__ == "__main__":
    sys.stdout.write(f"{_link(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
