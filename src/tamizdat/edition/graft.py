"""Put files into a tree and take them out, writing only the directories on the way.

Decides the shape of every directory object, which depends on the set of its names
alone: the same files give the same root, in whatever order they came.

Source: spec/tree.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby

from tamizdat.edition.errors import TreeError
from tamizdat.edition.tree import (
    DIRECTORY_ENTRIES,
    NAME_BYTES,
    PLAIN,
    SHARD,
    Entry,
    Fetch,
    Target,
    entries_of,
    open_directory,
    shard_digit,
    target_of,
)

Emit = Callable[[Target, bytes], None]
Graft = tuple[str, Target | None]  # path, and what stands there now; None for nothing

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


def build(files: Mapping[str, Target], emit: Emit) -> Target:
    """Build the tree of all files.

    Args:
        files: by path, "a/b.html"; at least one.
        emit: takes every directory object, children before parents.

    Raises:
        TreeError: a name is not allowed, or a file stands where a directory does.
    """
    grafts = sorted(files.items(), key=lambda file: order(file[0]))
    return _required(graft(None, grafts, _no_fetch, emit))


def order(path: str) -> str:
    """Give the key by which grafts are sorted: a slash before every other character.

    So all that stands below a name follows the name itself.
    """
    return path.replace("/", "\x01")


def graft(
    root: Target | None, grafts: Iterable[Graft], fetch: Fetch, emit: Emit
) -> Target | None:
    """Change some files of a tree.

    Args:
        root: the tree before, None for an empty one.
        grafts: sorted by `order` of their paths, each path once; read once, so they
            may be a stream.
        fetch: returns the checked bytes of a directory object of the old tree.
        emit: takes every new directory object, children before parents.

    Returns:
        The root directory after, None when no file is left.

    Raises:
        TreeError: as `build`.
    """
    return _folder(root, iter(grafts), fetch, emit, "")


def _folder(
    old: Target | None, grafts: Iterator[Graft], fetch: Fetch, emit: Emit, path: str
) -> Target | None:
    """Change one directory; `grafts` are those below it, paths cut at its own."""
    edits: dict[str, Entry | None] = {}
    for name, some in groupby(grafts, key=lambda graft: graft[0].split("/", 1)[0]):
        place = f"{path}/{name}".lstrip("/")
        edits[name] = _entry(_find(old, name, fetch, path), some, fetch, emit, place)
    return _change(old, edits, _Writer(fetch, emit, path), "")


def _entry(
    old: Entry | None, some: Iterator[Graft], fetch: Fetch, emit: Emit, place: str
) -> Entry | None:
    """Change the one file or the one directory that stands at a name."""
    name = place.rsplit("/", 1)[-1]
    if not _NAME.fullmatch(name):
        raise TreeError(f"{place}: name {name!r} is not {_NAME.pattern}")
    file = old.target if old and old.kind == "f" else None
    inner = old.target if old and old.kind == "d" else None
    first = next(some)
    if first[0] == name:
        file = first[1]
    else:
        some = chain([first], some)
    below = ((path.split("/", 1)[1], target) for path, target in some)
    inner = _folder(inner, below, fetch, emit, place)
    if file and inner:
        raise TreeError(f"{place}: {name!r} is a file and a directory")
    if inner:
        return Entry("d", inner, name)
    return Entry("f", file, name) if file else None


def _find(old: Target | None, name: str, fetch: Fetch, path: str) -> Entry | None:
    depth = 0
    while old is not None:
        directory = open_directory(old, fetch, path)
        wanted = shard_digit(name, depth) if directory.shard else name
        entry = next((e for e in directory.entries if e.name == wanted), None)
        if entry is None or not directory.shard:
            return entry
        old, depth = entry.target, depth + 1
    return None


class _Writer:
    """Where the objects of one directory come from and go to."""

    def __init__(self, fetch: Fetch, emit: Emit, path: str) -> None:
        self.fetch = fetch
        self.emit = emit
        self.path = path

    def write(self, head: bytes, entries: Iterable[Entry]) -> Target:
        content = head + "".join(entry.line() for entry in entries).encode()
        target = target_of(content)
        self.emit(target, content)
        return target


def _change(
    old: Target | None, edits: Mapping[str, Entry | None], out: _Writer, digits: str
) -> Target | None:
    """Change the entries of a directory, or of one shard of it."""
    if not edits:
        return old
    directory = open_directory(old, out.fetch, out.path) if old else None
    if directory is None or not directory.shard:
        entries = {e.name: e for e in (directory.entries if directory else ())}
        return _write(_edited(entries, edits), out, len(digits))
    shards = {entry.name: entry for entry in directory.entries}
    for digit, some in _by_digit(edits, len(digits)).items():
        before = shards[digit].target if digit in shards else None
        after = _change(before, some, out, digits + digit)
        shards.pop(digit, None)
        if after:
            shards[digit] = Entry("d", after, digit)
    if None in edits.values() and (few := _few(shards, out, digits)) is not None:
        return _write(few, out, len(digits))
    return out.write(SHARD, [shards[digit] for digit in sorted(shards)])


def _edited(
    entries: dict[str, Entry], edits: Mapping[str, Entry | None]
) -> dict[str, Entry]:
    for name, entry in edits.items():
        entries.pop(name, None)
        if entry:
            entries[name] = entry
    return entries


def _write(entries: Mapping[str, Entry], out: _Writer, depth: int) -> Target | None:
    if not entries:
        return None
    if _is_plain(entries):
        return out.write(PLAIN, [entries[name] for name in sorted(entries)])
    shards = _by_digit(entries, depth)
    lines = []
    for digit in sorted(shards):
        inner = _write({n: entries[n] for n in shards[digit]}, out, depth + 1)
        lines.append(Entry("d", _required(inner), digit))
    return out.write(SHARD, lines)


def _is_plain(entries: Mapping[str, Entry]) -> bool:
    names = sum(len(name) for name in entries)
    return len(entries) <= DIRECTORY_ENTRIES and names <= NAME_BYTES


def _by_digit(
    edits: Mapping[str, Entry | None], depth: int
) -> dict[str, dict[str, Entry | None]]:
    found: dict[str, dict[str, Entry | None]] = {}
    for name, entry in edits.items():
        found.setdefault(shard_digit(name, depth), {})[name] = entry
    return found


def _few(
    shards: Mapping[str, Entry], out: _Writer, digits: str
) -> dict[str, Entry] | None:
    """Gather the entries of shards if they are few enough to need none."""
    found: dict[str, Entry] = {}
    for digit, shard in shards.items():
        for entry in entries_of(shard.target, out.fetch, out.path, digits + digit):
            found[entry.name] = entry
            if not _is_plain(found):
                return None
    return found


def _required(target: Target | None) -> Target:
    if target is None:
        raise TreeError("a tree has at least one file")
    return target


def _no_fetch(target: Target, path: str) -> bytes:
    raise TreeError(f"{path}: {target.digest} is asked for, but the tree was empty")
