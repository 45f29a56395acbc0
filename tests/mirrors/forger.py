"""Whoever holds the keys and edits in silence; and what `edition diff` says of it."""

from datetime import timedelta

from click.testing import CliRunner

from tamizdat.edition import log, tree
from tamizdat.edition.graft import graft, order
from tamizdat.edition.note import sign_note
from tamizdat.edition.statement import Statement, parse_latest, sign_statement
from tamizdat.edition.tree import target_of
from tamizdat.mirrors.diff_command import diff
from tamizdat.press.keys import load_signer

PAGE = "a/2026-11/20/story-5.html"


class Forger:
    """Whoever holds the keys and writes past the newsroom."""

    def __init__(self, stage):
        self.archive = stage.press.archive
        self._keys = stage.folder / "keys"

    def edit(self, changes, **other):
        """Sign the next edition with files changed by hand; None takes one away."""
        latest = parse_latest((self.archive.root / "en" / "latest").read_bytes())
        before = latest.statement
        grafts = sorted(changes.items(), key=lambda change: order(change[0]))
        targets = [(path, self._put(content)) for path, content in grafts]
        root = graft(
            tree.root_of(before.tree), targets, self.archive.object, self._emit
        )
        fields = {
            **vars(before),
            "number": before.number + 1,
            "time": before.time + timedelta(hours=1),
            "tree": root.digest,
            "previous": latest.leaf.hex(),
            **other,
        }
        signer = load_signer(self._keys, "service-en")
        self._append(sign_statement(Statement(**fields), signer))

    def _put(self, content):
        if content is None:
            return None
        self._emit(target_of(content), content)
        return target_of(content)

    def _emit(self, target, content):
        self.archive.put_object(target, content)

    def _append(self, entry):
        note = (self.archive.root / "log" / "checkpoint").read_bytes()
        head = log.parse_checkpoint(log.parse_note(note))
        tiles = dict(log.append(self.archive.read_tile, head.size, [entry]))

        def read(tile):
            return tiles.get(tile) or self.archive.read_tile(tile)

        size = head.size + 1
        root = log.range_hash(read, size, 0, size)
        for tile, content in tiles.items():
            self.archive.write_tile(tile, content)
        text = log.Checkpoint(head.origin, size, root).text()
        signed = sign_note(text, [load_signer(self._keys, "log")])
        self.archive.write(self.archive.root / "log" / "checkpoint", signed)
        path = log.inclusion_proof(self.archive.read_tile, head.size, size)
        proof = log.write_proof(head.size, path, signed)
        self.archive.write(self.archive.root / "en" / "latest", entry + proof)


def page(stage, path=PAGE):
    """Read a page as it stands in the archive."""
    return (stage.press.archive.root / "en" / path).read_bytes()


def run(stage, first, second, *more):
    """Compare two editions of the archive by number; return what was said."""
    root = stage.press.archive.root
    return CliRunner().invoke(diff, [f"{root}@{first}", f"{root}@{second}", *more])


def lines(result):
    """Split the words of a comparison, indentation aside."""
    return [line.strip() for line in result.stdout.splitlines()]


def article(result, name="story-5"):
    """Find the line of one article."""
    return next(line for line in lines(result) if f"{name} (" in line)
