"""Name every file of an edition by hash: sorted directory objects, sharded when large.

Decides the shape and the bytes of a tree. Holds no storage: objects are handed out
and asked for.

Source: spec/tree.md.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tamizdat.edition.errors import ObjectError, TreeError

DIRECTORY_ENTRIES = 128  # above this a directory becomes shards
NAME_BYTES = 6_400  # the same, of its names together: 128 lines stay under 16 KiB
DIRECTORY_BYTES = 16_384  # of one directory object, at most
PAGE_BYTES = 16_384  # of a page or part, at most
FILE_BYTES = 1 << 26  # of any file in a tree, at most
DEPTH = 24  # directories and shards above a file, at most

UNSTATED = -1  # size of a root: a statement names its hash alone

_PLAIN = b"tamizdat-dir/1\n"
_SHARD = b"tamizdat-dir/1 shard\n"
_HEX = frozenset("0123456789abcdef")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_LINE = re.compile(r"([fd]) (0|[1-9][0-9]{0,9}) ([0-9a-f]{64}) (\S+)")


@dataclass(frozen=True, slots=True)
class Target:
    """A named object. `size`: bytes, or UNSTATED; `digest`: SHA-256 in hex."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a directory object. `kind`: f for a file, d for a directory."""

    kind: str
    target: Target
    name: str


@dataclass(frozen=True)
class Directory:
    """A parsed directory object. Entries are sorted by name bytes, unique."""

    shard: bool
    entries: tuple[Entry, ...]


Emit = Callable[[Target, bytes], None]
Fetch = Callable[[Target, str], bytes]


def target_of(content: bytes) -> Target:
    """Measure and hash identity bytes."""
    return Target(len(content), hashlib.sha256(content).hexdigest())


def root_of(digest: str) -> Target:
    """Name the root directory object that a statement's `tree` names."""
    return Target(UNSTATED, digest)


def limit_of(target: Target) -> int:
    """Tell how many bytes of an object a reader takes at most."""
    return DIRECTORY_BYTES if target.size == UNSTATED else target.size


def check_object(content: bytes, target: Target, path: str) -> bytes:
    """Return the bytes if they are the ones named.

    Raises:
        ObjectError: another length or another hash.
    """
    found = hashlib.sha256(content).hexdigest()
    stated = target.size == len(content) or (
        target.size == UNSTATED and len(content) <= DIRECTORY_BYTES
    )
    if not stated or found != target.digest:
        raise ObjectError(path, target.digest, f"{found} ({len(content)} bytes)")
    return content


def build(files: Mapping[str, Target], emit: Emit) -> Target:
    """Build the tree of all files and emit each of its directory objects.

    Args:
        files: by path, "a/b.html"; parts as in spec/tree.md; at least one.
        emit: takes every directory object, children before parents.

    Raises:
        TreeError: a name is not allowed, or a file stands where a directory does.
    """
    nested: dict[str, object] = {}
    for path in sorted(files):
        _place(nested, path, files[path])
    return _directory(nested, emit)


def _place(nested: dict[str, object], path: str, target: Target) -> None:
    *parents, name = path.split("/")
    for part in parents:
        inner = nested.setdefault(_checked(part, path), {})
        if not isinstance(inner, dict):
            raise TreeError(f"{path}: {part!r} is a file and a directory")
        nested = inner
    if _checked(name, path) in nested:
        raise TreeError(f"{path}: {name!r} is a file and a directory")
    nested[name] = target


def _checked(name: str, path: str) -> str:
    if not _NAME.fullmatch(name):
        raise TreeError(f"{path}: name {name!r} is not [a-z0-9][a-z0-9._-]{{0,99}}")
    return name


def _directory(nested: Mapping[str, object], emit: Emit) -> Target:
    entries = []
    for name in sorted(nested):
        value = nested[name]
        if isinstance(value, Target):
            entries.append(Entry("f", value, name))
        elif isinstance(value, dict):
            entries.append(Entry("d", _directory(value, emit), name))
    return write_directory(entries, emit)


def write_directory(entries: list[Entry], emit: Emit, depth: int = 0) -> Target:
    """Write one directory, in shards when it is large, and emit its objects.

    Args:
        entries: sorted by name, at least one.
        emit: takes every object written, children before parents.
        depth: hex digits of SHA-256(name) already used.
    """
    names = sum(len(entry.name) for entry in entries)
    if len(entries) <= DIRECTORY_ENTRIES and names <= NAME_BYTES:
        return _emit(_PLAIN, entries, emit)
    shards: dict[str, list[Entry]] = {}
    for entry in entries:
        shards.setdefault(shard_digit(entry.name, depth), []).append(entry)
    lines = [
        Entry("d", write_directory(shards[digit], emit, depth + 1), digit)
        for digit in sorted(shards)
    ]
    return _emit(_SHARD, lines, emit)


def shard_digit(name: str, depth: int) -> str:
    """Name the shard of an entry: one hex digit of SHA-256(name)."""
    return hashlib.sha256(name.encode()).hexdigest()[depth]


def _emit(head: bytes, entries: list[Entry], emit: Emit) -> Target:
    lines = [f"{e.kind} {e.target.size} {e.target.digest} {e.name}\n" for e in entries]
    content = head + "".join(lines).encode()
    target = target_of(content)
    emit(target, content)
    return target


def parse_directory(content: bytes, path: str) -> Directory:
    """Read a directory object that `check_object` has passed.

    Raises:
        TreeError: not as spec/tree.md says.
    """
    shard = content.startswith(_SHARD)
    head = _SHARD if shard else _PLAIN
    if not content.startswith(head) or not content.endswith(b"\n"):
        raise TreeError(f"{path}: not a tamizdat-dir/1 object")
    lines = content[len(head) : -1].decode("ascii", "replace").split("\n")
    entries = tuple(_entry(line, path) for line in lines)
    names = [entry.name for entry in entries]
    if names != sorted(set(names)):
        raise TreeError(f"{path}: names are not sorted and unique")
    if len(entries) > DIRECTORY_ENTRIES:
        raise TreeError(f"{path}: {len(entries)} entries, at most {DIRECTORY_ENTRIES}")
    if shard and any(e.kind != "d" or e.name not in _HEX for e in entries):
        raise TreeError(f"{path}: a shard names directories by one hex digit")
    return Directory(shard, entries)


def _entry(line: str, path: str) -> Entry:
    match = _LINE.fullmatch(line)
    if not match or not _NAME.fullmatch(match[4]):
        raise TreeError(f"{path}: expected `f|d size sha256 name`, found {line[:80]!r}")
    kind, size = match[1], int(match[2])
    most = FILE_BYTES if kind == "f" else DIRECTORY_BYTES
    if size > most:
        raise TreeError(f"{path}/{match[4]}: {size} bytes, at most {most}")
    return Entry(kind, Target(size, match[3]), match[4])


def walk(root: Target, fetch: Fetch, path: str = "") -> Iterator[tuple[str, Target]]:
    """List the files of a tree, sorted by path within each directory.

    Args:
        root: the directory object to start from.
        fetch: returns the checked bytes of a directory object; may raise.
        path: of this directory, "" at the top.

    Raises:
        TreeError: malformed, too deep, or an entry in the wrong shard.
    """
    for entry in sorted(_entries(root, fetch, path, ""), key=lambda e: e.name):
        inner = f"{path}/{entry.name}".lstrip("/")
        if entry.kind == "f":
            yield inner, entry.target
        elif inner.count("/") >= DEPTH:
            raise TreeError(f"{inner}: deeper than {DEPTH} directories")
        else:
            yield from walk(entry.target, fetch, inner)


def _entries(target: Target, fetch: Fetch, path: str, digits: str) -> Iterator[Entry]:
    return _expand(_open(target, fetch, path), fetch, path, digits)


def _open(target: Target, fetch: Fetch, path: str) -> Directory:
    return parse_directory(fetch(target, path or "/"), path or "/")


def _expand(
    directory: Directory, fetch: Fetch, path: str, digits: str
) -> Iterator[Entry]:
    """List the entries of a directory, opening its shards.

    Args:
        directory: parsed, at the shard that `digits` lead to.
        fetch: returns the checked bytes of a directory object.
        path: of the directory, for messages.
        digits: of SHA-256(name), shared by every name below.
    """
    if not directory.shard:
        for entry in directory.entries:
            if not hashlib.sha256(entry.name.encode()).hexdigest().startswith(digits):
                raise TreeError(f"{path}: {entry.name} is in the wrong shard")
            yield entry
        return
    if len(digits) >= DEPTH:
        raise TreeError(f"{path}: more than {DEPTH} levels of shards")
    for shard in directory.entries:
        inner = _open(shard.target, fetch, path)
        yield from _expand(inner, fetch, path, digits + shard.name)


Change = tuple[str, Target | None, Target | None]


def changes(
    old: Target | None, new: Target | None, fetch: Fetch, path: str = ""
) -> Iterator[Change]:
    """List the files that differ between two trees; equal subtrees are not opened.

    Args:
        old: the directory object before, None where there was none.
        new: the directory object after, None where there is none.
        fetch: returns the checked bytes of a directory object; may raise.
        path: of the directory, "" at the top.

    Yields:
        Path, target before, target after; sorted by name within each directory.
    """
    if old == new:
        return
    before, after = _differing(old, new, fetch, (path, ""))
    for name in sorted(before.keys() | after.keys()):
        left, right = before.get(name), after.get(name)
        if left == right:
            continue
        inner = f"{path}/{name}".lstrip("/")
        if inner.count("/") >= DEPTH:
            raise TreeError(f"{inner}: deeper than {DEPTH} directories")
        yield from changes(_of(left, "d"), _of(right, "d"), fetch, inner)
        if _of(left, "f") != _of(right, "f"):
            yield inner, _of(left, "f"), _of(right, "f")


def _of(entry: Entry | None, kind: str) -> Target | None:
    return entry.target if entry and entry.kind == kind else None


def _differing(
    old: Target | None, new: Target | None, fetch: Fetch, place: tuple[str, str]
) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """List the entries of two directories, leaving out shards that are equal.

    Args:
        old: the directory or shard before.
        new: the same after.
        fetch: returns the checked bytes of a directory object.
        place: path of the directory, and the digits that lead to the shard.
    """
    path, digits = place
    before = _open(old, fetch, path) if old else None
    after = _open(new, fetch, path) if new else None
    if not (before and after and before.shard and after.shard):
        return _named(before, fetch, place), _named(after, fetch, place)
    found: tuple[dict[str, Entry], dict[str, Entry]] = ({}, {})
    left = {entry.name: entry.target for entry in before.entries}
    right = {entry.name: entry.target for entry in after.entries}
    for digit in sorted(left.keys() | right.keys()):
        if left.get(digit) != right.get(digit):
            inner = (path, digits + digit)
            pair = _differing(left.get(digit), right.get(digit), fetch, inner)
            found[0].update(pair[0])
            found[1].update(pair[1])
    return found


def _named(
    directory: Directory | None, fetch: Fetch, place: tuple[str, str]
) -> dict[str, Entry]:
    if directory is None:
        return {}
    return {entry.name: entry for entry in _expand(directory, fetch, *place)}


def find(root: Target, path: str, fetch: Fetch) -> Target | None:
    """Find one file by its path, opening only the directories on the way.

    Raises:
        TreeError: a directory on the way is malformed.
    """
    at, done = Entry("d", root, ""), ""
    for part in path.split("/"):
        if at.kind != "d":
            return None
        entry = _lookup(at.target, part, fetch, done)
        if entry is None:
            return None
        at, done = entry, f"{done}/{part}".lstrip("/")
    return at.target if at.kind == "f" else None


def _lookup(target: Target, name: str, fetch: Fetch, path: str) -> Entry | None:
    for depth in range(DEPTH):
        directory = _open(target, fetch, path)
        wanted = shard_digit(name, depth) if directory.shard else name
        entry = next((e for e in directory.entries if e.name == wanted), None)
        if entry is None or not directory.shard:
            return entry
        target = entry.target
    raise TreeError(f"{path}: more than {DEPTH} levels of shards")
