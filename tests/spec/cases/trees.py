"""Vectors of directory objects, the objects they name and whole trees."""

import hashlib
from collections.abc import Iterator, Mapping

from spec.cases.vector import Series, Vector, field
from tamizdat.edition import graft, tree
from tamizdat.edition.tree import Target, target_of

DIGEST = "0" * 64
SHARD = "tamizdat-dir/1 shard"

_DIRECTORY = Series("tree", "directory.read")
_OBJECT = Series("tree", "object.check")
_BUILD = Series("tree", "tree.build")
_WALK = Series("tree", "tree.walk")
_FIND = Series("tree", "tree.find")
_CHANGES = Series("tree", "tree.changes")

PAPER = {
    "index.html": b"<!doctype html>\n",
    "2026/11/24/right-to-know.html": b"<!doctype html>\n<p>Words.\n",
    "releases/1": b"tamizdat-releases/1\n",
    "shared/root.html": b"<!doctype html>\n",
}


class Store(dict[str, str]):
    """Directory objects by their SHA-256."""

    def emit(self, target: Target, content: bytes) -> None:
        """Keep an object."""
        self[target.digest] = content.decode()


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _directories()
    yield from _bad_directories()
    yield from _objects()
    yield from _builds()
    yield from _walks()
    yield from _hostile_walks()
    yield from _finds()
    yield from _differences()


def directory(*lines: str, head: str = "tamizdat-dir/1") -> bytes:
    """Write a directory object line by line."""
    return "".join(f"{line}\n" for line in (head, *lines)).encode()


def _directories() -> Iterator[Vector]:
    content = directory(f"f 16 {DIGEST} a.html", f"d 90 {DIGEST} b")
    rows = [["f", 16, DIGEST, "a.html"], ["d", 90, DIGEST, "b"]]
    result = {"shard": False, "entries": rows}
    why = "One line a name, sorted by bytes."
    yield _DIRECTORY.ok("directory", why, field("object", content), result)
    content = directory(f"d 90 {DIGEST} 0", f"d 90 {DIGEST} f", head=SHARD)
    rows = [["d", 90, DIGEST, "0"], ["d", 90, DIGEST, "f"]]
    result = {"shard": True, "entries": rows}
    why = "A shard names directories by one hex digit."
    yield _DIRECTORY.ok("shard", why, field("object", content), result)
    lines = [f"f 0 {DIGEST} {n:03d}" for n in range(128)]
    rows = [["f", 0, DIGEST, f"{n:03d}"] for n in range(128)]
    result = {"shard": False, "entries": rows}
    given = field("object", directory(*lines))
    why = "128 entries are the most."
    yield _DIRECTORY.ok("128-entries", why, given, result)


def _odd_directories() -> list[tuple[str, bytes, str]]:
    line, head = f"f 1 {DIGEST} a", "not a tamizdat-dir/1 object"
    spelt, other = "expected `f|d", "tamizdat-dir/2"
    return [
        ("nothing", b"", head),
        ("another-version", directory(line, head=other), head),
        ("no-final-line-feed", directory(line)[:-1], head),
        ("empty", directory(), spelt),
        ("crlf", directory(line).replace(b"\n", b"\r\n"), head),
        ("not-utf-8", directory(line)[:-2] + b"\xff\n", spelt),
        ("unsorted", directory(f"f 1 {DIGEST} b", line), "sorted and unique"),
        ("duplicate", directory(line, line), "sorted and unique"),
        ("upper-case-name", directory(f"f 1 {DIGEST} A"), spelt),
        ("upper-case-hash", directory(f"f 1 {'A' * 64} a"), spelt),
        ("short-hash", directory(f"f 1 {DIGEST[:-1]} a"), spelt),
        ("parent", directory(f"f 1 {DIGEST} .."), spelt),
        ("hidden-file", directory(f"f 1 {DIGEST} .a"), spelt),
        ("slash", directory(f"f 1 {DIGEST} a/b"), spelt),
        ("name-of-101-bytes", directory(f"f 1 {DIGEST} {'a' * 101}"), spelt),
        ("another-kind", directory(f"x 1 {DIGEST} a"), spelt),
        ("size-with-a-zero-before", directory(f"f 01 {DIGEST} a"), spelt),
        ("two-spaces", directory(f"f  1 {DIGEST} a"), spelt),
        ("large-directory", directory(f"d 16385 {DIGEST} a"), "at most 16384"),
        ("large-file", directory(f"f 67108865 {DIGEST} a"), "at most 67108864"),
        ("129-entries", directory(*_many(129)), "at most 128"),
        ("shard-of-a-file", directory(line, head=SHARD), "a shard names"),
        ("shard-of-two", directory(f"d 1 {DIGEST} ab", head=SHARD), "a shard names"),
    ]


def _bad_directories() -> Iterator[Vector]:
    for name, content, reason in _odd_directories():
        why = f"Refused: {name.replace('-', ' ')}."
        given = field("object", content)
        bad = ("TreeError", reason)
        yield _DIRECTORY.bad(f"directory-{name}", why, given, bad)


def _many(count: int) -> list[str]:
    return [f"f 1 {DIGEST} {n:03d}" for n in range(count)]


def _objects() -> Iterator[Vector]:
    honest = target_of(b"words\n")
    given = {"content": "words\n", "size": 6, "sha256": honest.digest}
    yield _OBJECT.ok("object", "The bytes are the ones named.", given, {})
    why = "A statement names a root by its hash alone."
    yield _OBJECT.ok("object-of-unstated-size", why, {**given, "size": None}, {})
    rows = [
        ("of-other-bytes", {"content": "sword\n"}),
        ("longer", {"content": "words\n\n"}),
        ("shorter", {"content": "words"}),
        ("longer-than-stated", {"size": 5}),
        ("of-unstated-size-and-other-bytes", {"size": None, "content": "sword\n"}),
    ]
    for name, change in rows:
        why = "Length and hash are both promised."
        bad = ("ObjectError", f"expected sha256 {honest.digest}")
        yield _OBJECT.bad(f"object-{name}", why, {**given, **change}, bad)


def _targets(files: Mapping[str, bytes]) -> dict[str, Target]:
    return {path: target_of(content) for path, content in files.items()}


def _rows(files: Mapping[str, bytes]) -> list[list]:
    targets = sorted(_targets(files).items(), key=lambda row: row[0].split("/"))
    return [[path, target.size, target.digest] for path, target in targets]


def built(files: Mapping[str, bytes]) -> tuple[Target, Store]:
    store = Store()
    return graft.build(_targets(files), store.emit), store


def _numbered(count: int) -> dict[str, bytes]:
    return {f"a/{n:03d}.html": b"" for n in range(count)}


def _long(count: int) -> dict[str, bytes]:
    return {f"{n:0>50}"[:50]: b"" for n in range(count)}


def _builds() -> Iterator[Vector]:
    rows = [
        ("one-file", "The smallest tree.", {"a": b""}),
        ("paper", "A small paper.", PAPER),
        ("128-files", "A directory of 128 is one object.", _numbered(128)),
        ("129-files", "A directory of 129 becomes shards.", _numbered(129)),
        ("6400-bytes-of-names", "128 names of 50 bytes are one object.", _long(128)),
        (
            "6401-bytes-of-names",
            "Longer names together become shards, so that no object passes 16 KiB.",
            {**_long(127), f"{'0' * 48}127": b""},
        ),
    ]
    for name, why, files in rows:
        root, store = built(files)
        result = {"root": root.digest, "objects": dict(sorted(store.items()))}
        yield _BUILD.ok(f"build-{name}", why, {"files": _rows(files)}, result)
    yield from _bad_builds()


def _bad_builds() -> Iterator[Vector]:
    row = target_of(b"")
    rows = [
        ("empty-path", ""),
        ("absolute-path", "/a"),
        ("empty-part", "a//b"),
        ("path-traversal", "../a"),
        ("path-traversal-inside", "a/../../b"),
        ("hidden-file", ".a"),
        ("upper-case", "A"),
        ("space", "a b"),
        ("backslash", "a\\b"),
        ("letter-outside-ascii", "é"),
        ("name-of-101-bytes", "a" * 101),
    ]
    for name, path in rows:
        given = {"files": [[path, row.size, row.digest]]}
        why = "No name can leave its directory or differ by case."
        bad = ("TreeError", "name")
        yield _BUILD.bad(f"build-{name}", why, given, bad)
    files = [["a", 0, row.digest], ["a/b", 0, row.digest]]
    bad = ("TreeError", "a file and a directory")
    why = "A path is a file or a directory."
    yield _BUILD.bad("build-file-and-directory", why, {"files": files}, bad)


def _given(root: Target, objects: Mapping[str, str], **more: object) -> dict:
    return {"root": root.digest, "objects": dict(objects), **more}


def _walks() -> Iterator[Vector]:
    for name, files in (("paper", PAPER), ("129-files", _numbered(129))):
        root, store = built(files)
        why = "Every file of the tree, with its size and hash."
        result = {"files": _rows(files)}
        yield _WALK.ok(f"walk-{name}", why, _given(root, store), result)


def _hostile_walks() -> Iterator[Vector]:
    root, store = built(PAPER)
    inner = next(digest for digest in store if digest != root.digest)
    forged = {**store, inner: store[inner].replace("f ", "d ", 1)}
    why = "A directory object that is not the one named is refused by its hash."
    bad = ("ObjectError", f"expected sha256 {inner}")
    yield _WALK.bad("walk-forged-directory", why, _given(root, forged), bad)
    right = tree.shard_digit("a", 0)
    why = "One file in one shard."
    result = {"files": [["a", 0, target_of(b"").digest]]}
    yield _WALK.ok("walk-right-shard", why, _given(*_sharded([right])), result)
    why = "A name in the wrong shard could be hidden from those who look it up."
    digit = "0" if right != "0" else "1"
    bad = ("TreeError", "wrong shard")
    yield _WALK.bad("walk-wrong-shard", why, _given(*_sharded([digit])), bad)
    yield from _levels()


def _levels() -> Iterator[Vector]:
    """Go as deep as a tree may be, and one level deeper, in each way of reading it."""
    digits = [tree.shard_digit("a", depth) for depth in range(25)]
    empty = target_of(b"")
    old_root, old = built({"b": b""})
    deep = "/".join("a" * 25)
    rows = [
        ("24-shards", _sharded(digits[:24]), "a", ""),
        ("25-shards", _sharded(digits), "a", "levels of shards"),
        ("24-directories", built({deep: b""}), deep, ""),
        ("25-directories", built({f"a/{deep}": b""}), f"a/{deep}", "deeper than 24"),
    ]
    for name, (root, store), path, refused in rows:
        why = f"Levels end after 24: {name.replace('-', ' ')}."
        given = _given(root, store)
        compared = _given(root, {**store, **old}, old_root=old_root.digest)
        looked_up = _given(root, store, path=path)
        if refused:
            bad = ("TreeError", refused)
            yield _WALK.bad(f"walk-{name}", why, given, bad)
            yield _CHANGES.bad(f"changes-{name}", why, compared, bad)
            continue
        yield _WALK.ok(f"walk-{name}", why, given, {"files": [[path, 0, empty.digest]]})
        result = {"size": 0, "sha256": empty.digest}
        yield _FIND.ok(f"find-{name}", why, looked_up, result)
        result = {"changed": sorted([path, "b"])}
        yield _CHANGES.ok(f"changes-{name}", why, compared, result)
    yield from _too_many_shards(digits)
    yield from _sharded_changes(digits)


def _too_many_shards(digits: list[str]) -> Iterator[Vector]:
    root, store = _sharded(digits)
    bad = ("TreeError", "levels of shards")
    why = "Levels end after 24, for those who look up one file too."
    yield _FIND.bad("find-25-shards", why, _given(root, store, path="a"), bad)


def _sharded_changes(digits: list[str]) -> Iterator[Vector]:
    """Compare two trees that are both in shards, as deep as they may be and deeper."""
    why = "Shards are compared digit by digit, 24 levels deep."
    for count in (24, 25):
        old_root, old = _sharded(digits[:count])
        root, store = _sharded(digits[:count], b"changed")
        given = _given(root, {**old, **store}, old_root=old_root.digest)
        name = f"changes-between-{count}-shards"
        if count <= tree.DEPTH:
            yield _CHANGES.ok(name, why, given, {"changed": ["a"]})
        else:
            yield _CHANGES.bad(name, why, given, ("TreeError", "levels of shards"))


def _sharded(digits: list[str], content: bytes = b"") -> tuple[Target, Store]:
    """Put one file below a shard for each digit."""
    store = Store()
    target = graft.build({"a": target_of(content)}, store.emit)
    for digit in reversed(digits):
        content = directory(f"d {target.size} {target.digest} {digit}", head=SHARD)
        target = target_of(content)
        store.emit(target, content)
    return target, store


_NO_FILES = (
    ("nothing", "a/999.html"),
    ("directory", "a"),
    ("below-a-file", "a/077.html/b"),
)


def _finds() -> Iterator[Vector]:
    root, store = built(_numbered(129))
    wanted = hashlib.sha256(b"").hexdigest()
    given = _given(root, store, path="a/077.html")
    why = "A name is found on the way of its own hash."
    yield _FIND.ok("find", why, given, {"size": 0, "sha256": wanted})
    for name, path in _NO_FILES:
        given = _given(root, store, path=path)
        why = "What is no file of the tree is not found, which is no error."
        yield _FIND.ok(f"find-{name}", why, given, None)


def _differences() -> Iterator[Vector]:
    new = {**_numbered(129), "a/077.html": b"new", "b.html": b""}
    del new["a/005.html"]
    (old_root, store), (root, newer) = built(_numbered(129)), built(new)
    given = _given(root, {**store, **newer}, old_root=old_root.digest)
    why = "Files added, changed and removed; equal directories are not opened."
    result = {"changed": ["a/005.html", "a/077.html", "b.html"]}
    yield _CHANGES.ok("changes", why, given, result)
