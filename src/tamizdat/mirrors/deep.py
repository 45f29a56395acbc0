"""Check every entry of a log, and that every head seen is a beginning of it.

A mirror is verified without this: a reader believes one edition at a time. It is the
work of a monitor, and of `edition verify --deep`.

Source: spec/log.md, "Consistency"; spec/statement.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tamizdat.edition import log
from tamizdat.edition.errors import EditionError
from tamizdat.edition.file_check import verify_file_statement
from tamizdat.edition.files import is_file_statement
from tamizdat.edition.note import Note, parse_note
from tamizdat.edition.statement import (
    LATEST_BYTES,
    Latest,
    Statement,
    parse_latest,
    read_statement,
)
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import needed, verify_latest, verify_statement
from tamizdat.mirrors import heads
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.findings import Problem
from tamizdat.mirrors.history import read_log
from tamizdat.mirrors.logbook import rebuild
from tamizdat.mirrors.transports import Source

_Told = tuple[Statement, str]  # a statement and its leaf hash


@dataclass
class Entries:
    """The statements of a log, followed from leaf to leaf.

    Attributes:
        chain: a verified trust chain.
    """

    chain: Sequence[Trust]
    _before: dict[str, list[_Told]] = field(default_factory=dict)
    _leaves: set[str] = field(default_factory=set)  # of all editions so far

    def follow(self, entries: Sequence[bytes], first: int) -> Iterator[Problem]:
        """Judge entries one after another.

        Args:
            entries: of the log, verified against its root.
            first: leaf from which on problems are told; those before are known.
        """
        for leaf, entry in enumerate(entries):
            problem = self._judge(entry, leaf)
            if problem and leaf >= first:
                yield Problem("refused", f"log leaf {leaf}", *problem)

    def _judge(self, entry: bytes, leaf: int) -> tuple[str, str] | None:
        try:
            note = parse_note(entry)
            if is_file_statement(note.text):
                return self._judge_file(note)
            service = read_statement(note).service
            statement = verify_statement(note, self.chain, service)
        except EditionError as error:
            return "a statement by a service's key", str(error)
        told = (statement, log.leaf_hash(entry).hex())
        self._leaves.add(told[1])
        before = self._before.get(service, [])
        if statement.trust < needed(self.chain, leaf):
            self._before[service] = [*before, told]  # void: it may be continued or not
            return None
        self._before[service] = [told]
        return _break(statement, before)

    def _judge_file(self, note: Note) -> tuple[str, str] | None:
        """Hold what is said of an offline file to an edition before it."""
        said = verify_file_statement(note, self.chain)
        if said.leaf in self._leaves:
            return None
        return "a file of an edition in the log", f"{said.name} of leaf {said.leaf}"


def _break(new: Statement, before: Sequence[_Told]) -> tuple[str, str] | None:
    """Tell how a statement continues none of those that may stand before it."""
    if not before:
        found = f"{new.service} begins with edition {new.number}"
        return None if new.number == 1 else ("edition 1 first", found)
    if any(_continues(new, old, leaf) for old, leaf in before):
        return None
    last = before[-1][0]
    expected = f"{new.service} edition {last.number + 1}, later, naming the one before"
    return expected, f"edition {new.number} after {last.number}"


def _continues(new: Statement, old: Statement, leaf: str) -> bool:
    follows = new.number == old.number + 1 and new.time > old.time
    return follows and new.previous == leaf


@dataclass(frozen=True)
class Depth:
    """What was found of a log and the heads shown beside it.

    Attributes:
        unseen: heads that the log does not reach, with how far they were compared.
    """

    problems: list[Problem]
    unseen: list[str]


def check(
    source: Source,
    chain: Sequence[Trust],
    services: Sequence[str],
    others: list[bytes] | None = None,
) -> Depth:
    """Check all entries of a mirror's log, and the head in each `latest`.

    Args:
        source: the mirror.
        chain: a verified trust chain.
        services: ids.
        others: entries of a log that goes further, as the archive mirror's does.
    """
    try:
        _head, entries = read_log(source, chain[-1])
    except (EditionError, MirrorError) as error:
        return Depth([Problem("refused", "log", "entries that verify", str(error))], [])
    others = entries if others is None else others
    size = min(len(entries), len(others))
    if entries[:size] != others[:size]:
        other = Problem("forged", "log", "one history", "another than the longer log's")
        return Depth([other], [])
    entries = max(entries, others, key=len)
    found = Depth(list(Entries(chain).follow(entries, 0)), [])
    tiles = rebuild([log.leaf_hash(entry) for entry in entries])
    for where, latest in _shown(source, chain, services):
        compared = heads.compare(tiles, len(entries), latest, where)
        if compared.problem:
            found.problems.append(compared.problem)
        elif compared.leaves < min(len(entries), latest.proof.checkpoint.size):
            found.unseen.append(
                f"{where}: proved in a log of {latest.proof.checkpoint.size} leaves,"
                f" {compared.leaves} of the {len(entries)} here compared: name a mirror"
                " whose log goes further, --log URL"
            )
    return found


def _shown(
    source: Source, chain: Sequence[Trust], services: Sequence[str]
) -> Iterator[tuple[str, Latest]]:
    """Read each `latest` that verifies."""
    for service in services:
        path = f"{service}/latest"
        try:
            content = source.read(path, LATEST_BYTES)
            verify_latest(content, chain, service)
            yield path, parse_latest(content)
        except (EditionError, MirrorError):
            continue  # the report of the service tells
