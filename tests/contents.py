"""An archive and its content, printed again and again as by new processes."""

import time
from datetime import timedelta
from pathlib import Path

from cast import NOW
from tamizdat.edition.errors import EditionError
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.errors import PressError
from tamizdat.press.printing import Operator
from tamizdat.press.run import Press
from tamizdat.press.state import remembered
from tamizdat.press.stock import Stock

SMALL = 2_500  # bytes of a stretch in tests: two or three stories
LATER = 3_600_000_000_000  # ns, by which these clocks are ahead: all files are settled


def late():
    """Tell the time of an hour from now."""
    return time.time_ns() + LATER


class Bench:
    """An archive and its content, which is a folder."""

    def __init__(self, folder: Path, keys: Path) -> None:
        self.content = folder / "content"
        self.content.mkdir(parents=True)
        self.press = Press(Archive(folder / "archive"), keys)
        self._hours = 0

    def write(self, files: dict[str, list[bytes]]) -> None:
        """Make the content hold these files and no others."""
        for path in self.content.iterdir():
            path.unlink()
        for name, lines in files.items():
            (self.content / name).write_bytes(b"".join(lines))

    def publish(self, *, forget=False, keep=False, path=None, clock=late):
        """Publish the content as a new process would; tell what came of it.

        Args:
            forget: read everything, whatever is remembered.
            keep: go on without documents that are refused.
            path: of the content.
            clock: tells the time that files are stamped with.
        """
        self._hours += 1
        now = NOW + timedelta(days=30, hours=self._hours)
        known = {} if forget else self.remembered()
        refused = []
        try:
            source = ContentFile(path or self.content, known, clock)
            operator = Operator(refused.append) if keep else None
            editions = self.press.publish(
                source, lambda _digest: None, now, operator=operator
            )
        except (PressError, EditionError) as error:
            return [str(error)]
        printed = [(e.service, e.number, e.tree, e.stories) for e in editions]
        return [*map(str, refused), *printed]

    def counts(self):
        """Publish; tell edition number and printed stories of each service."""
        return [(row[0], row[1], row[3]) for row in self.publish()]

    def remembered(self):
        """Tell what is remembered of each file."""
        return remembered(self.press.archive.memory)

    def lead(self):
        """Tell which stories lead the front page by a front document."""
        return Stock(self.press.state.database, "en").arrangement().lead
