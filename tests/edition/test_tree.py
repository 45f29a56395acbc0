"""Trees: shape by names alone, every byte named, every malformed object refused."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patience import examples
from tamizdat.edition import graft, tree
from tamizdat.edition.errors import ObjectError, TreeError
from tamizdat.edition.tree import Target, target_of

NAMES = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,12}", fullmatch=True)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
CONTENTS = st.binary(max_size=6)
DIGEST = "0" * 64


class Store(dict[str, bytes]):
    """Objects in memory, as an archive keeps them."""

    def emit(self, target: Target, content: bytes) -> None:
        """Keep an object."""
        self[target.digest] = content

    def fetch(self, target: Target, path: str) -> bytes:
        """Give a checked object back."""
        return tree.check_object(self[target.digest], target, path)


def consistent(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out files that stand where a directory does."""
    folders = {p[:i] for p in files for i, c in enumerate(p) if c == "/"}
    return {path: content for path, content in files.items() if path not in folders}


def built(files: dict[str, bytes], store: Store) -> Target:
    """Build a tree of files."""
    targets = {path: target_of(content) for path, content in files.items()}
    return graft.build(targets, store.emit)


FILES = st.dictionaries(PATHS, CONTENTS, min_size=1, max_size=30).map(consistent)


@given(FILES)
@settings(deadline=None)
def test_tree_lists_exactly_its_files(files):
    """What went in comes out, whatever the order it came in."""
    store = Store()
    root = built(files, store)

    assert {p: target_of(c) for p, c in files.items()} == dict(
        tree.walk(root, store.fetch)
    )
    assert root == built(dict(reversed(files.items())), store)


@given(FILES, FILES)
@settings(deadline=None)
def test_changes_are_what_two_lists_differ_in(old, new):
    """Comparing trees tells no more and no less than comparing files."""
    store = Store()
    before, after = built(old, store), built(new, store)
    found = {p: (a, b) for p, a, b in tree.changes(before, after, store.fetch)}
    left = {p: target_of(c) for p, c in old.items()}
    right = {p: target_of(c) for p, c in new.items()}
    expected = {
        p: (left.get(p), right.get(p))
        for p in left | right
        if left.get(p) != right.get(p)
    }

    assert expected == found


def many(count: int) -> dict[str, bytes]:
    """Make a directory of `count` files."""
    return {f"a/{n:05d}.html": str(n).encode() for n in range(count)}


@pytest.mark.parametrize("count", [128, 129, 2_500])
def test_large_directory_is_sharded_and_found_again(count):
    """Above 128 entries a directory is split, and each name is still found."""
    store = Store()
    root = built(many(count), store)
    inner = tree.parse_directory(store[root.digest], "").entries[0].target
    directory = tree.parse_directory(store[inner.digest], "a")

    assert (count > tree.DIRECTORY_ENTRIES) == directory.shard
    assert target_of(b"77") == tree.find(root, "a/00077.html", store.fetch)
    assert tree.find(root, "a/99999.html", store.fetch) is None
    assert count == sum(1 for _ in tree.walk(root, store.fetch))
    assert all(len(content) <= tree.DIRECTORY_BYTES for content in store.values())


def test_directory_of_long_names_stays_within_its_bytes():
    """128 long names would pass 16 KiB, so they are sharded earlier."""
    store = Store()
    built({f"{n:0>100}": b"" for n in range(128)}, store)

    assert all(len(content) <= tree.DIRECTORY_BYTES for content in store.values())


def test_one_change_opens_only_the_way_to_it():
    """Equal shards are not read."""
    store = Store()
    before = built(many(2_500), store)
    after = built({**many(2_500), "a/00077.html": b"new"}, store)
    opened = []

    def fetch(target: Target, path: str) -> bytes:
        opened.append(target)
        return store.fetch(target, path)

    assert ["a/00077.html"] == [p for p, _, _ in tree.changes(before, after, fetch)]
    assert len(opened) <= 10  # root, directory, two levels of shards, on both sides


def test_file_in_a_place_of_a_directory_is_refused():
    """A path is a file or a directory."""
    files = {"a": target_of(b""), "a/b": target_of(b"")}

    with pytest.raises(TreeError, match="a file and a directory"):
        graft.build(files, Store().emit)


@pytest.mark.parametrize(
    "path", ["", "/a", "a//b", "../a", "a/..", ".a", "A", "a b", "a\\b", "é", "a" * 101]
)
def test_path_that_is_no_safe_name_is_refused(path):
    """No name can leave its directory or differ by case."""
    with pytest.raises(TreeError, match="name"):
        graft.build({path: target_of(b"")}, Store().emit)


def directory(*lines: str, head: str = "tamizdat-dir/1") -> bytes:
    """Write a directory object line by line."""
    return "".join(f"{line}\n" for line in (head, *lines)).encode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a tamizdat-dir/1"),
        (directory(f"f 1 {DIGEST} a", head="tamizdat-dir/2"), "not a tamizdat-dir/1"),
        (directory(f"f 1 {DIGEST} a")[:-1], "not a tamizdat-dir/1"),
        (directory(), "not a tamizdat-dir/1|expected `f|d"),
        (directory(f"f 1 {DIGEST} b", f"f 1 {DIGEST} a"), "sorted and unique"),
        (directory(f"f 1 {DIGEST} a", f"f 1 {DIGEST} a"), "sorted and unique"),
        (directory(f"f 1 {DIGEST} A"), "expected `f|d"),
        (directory(f"f 1 {DIGEST} .."), "expected `f|d"),
        (directory(f"f 1 {DIGEST} a/b"), "expected `f|d"),
        (directory(f"x 1 {DIGEST} a"), "expected `f|d"),
        (directory(f"f 01 {DIGEST} a"), "expected `f|d"),
        (directory(f"f 1 {DIGEST[:-1]} a"), "expected `f|d"),
        (directory(f"f 1 {DIGEST.replace('0', 'A')} a"), "expected `f|d"),
        (directory(f"f 1 {DIGEST} a\r"), "expected `f|d"),
        (directory(f"d 16385 {DIGEST} a"), "at most 16384"),
        (directory(f"f 67108865 {DIGEST} a"), "at most 67108864"),
        (directory(*[f"f 1 {DIGEST} {n:03d}" for n in range(129)]), "at most 128"),
        (directory(f"f 1 {DIGEST} a", head="tamizdat-dir/1 shard"), "a shard names"),
        (directory(f"d 1 {DIGEST} ab", head="tamizdat-dir/1 shard"), "a shard names"),
    ],
)
def test_malformed_directory_is_refused_with_its_reason(content, message):
    """A directory object has one spelling."""
    with pytest.raises(TreeError, match=message):
        tree.parse_directory(content, "a")


def test_object_of_other_bytes_names_both_hashes():
    """An operator sees what was expected and what was found."""
    with pytest.raises(ObjectError, match="expected sha256") as caught:
        tree.check_object(b"b", target_of(b"a"), "ru/index.html")

    assert ("ru/index.html", target_of(b"a").digest) == (
        caught.value.path,
        caught.value.expected,
    )


def test_object_longer_than_stated_is_refused():
    """A stated size is a promise."""
    honest = target_of(b"ab")

    with pytest.raises(ObjectError):
        tree.check_object(b"ab", Target(1, honest.digest), "a")


def test_entry_in_the_wrong_shard_is_refused():
    """A name could otherwise be hidden from those who look it up."""
    store = Store()
    inner = graft.build({"a": target_of(b"")}, store.emit)
    wrong = "0" if tree.shard_digit("a", 0) != "0" else "1"
    shard = directory(
        f"d {inner.size} {inner.digest} {wrong}", head="tamizdat-dir/1 shard"
    )
    root = target_of(shard)
    store.emit(root, shard)

    with pytest.raises(TreeError, match="wrong shard"):
        list(tree.walk(root, store.fetch))


def test_endless_shards_are_refused():
    """A hostile tree cannot keep a reader busy for ever."""
    store = Store()
    target = graft.build({"a": target_of(b"")}, store.emit)
    for depth in reversed(range(30)):
        digit = tree.shard_digit("a", depth)
        shard = directory(
            f"d {target.size} {target.digest} {digit}", head="tamizdat-dir/1 shard"
        )
        target = target_of(shard)
        store.emit(target, shard)

    with pytest.raises(TreeError, match="levels of shards"):
        list(tree.walk(target, store.fetch))
    with pytest.raises(TreeError, match="levels of shards"):
        tree.find(target, "a", store.fetch)


def test_endless_directories_are_refused():
    """Depth is bounded too."""
    store = Store()
    path = "/".join(["a"] * 30)

    with pytest.raises(TreeError, match="deeper than"):
        list(tree.walk(built({path: b""}, store), store.fetch))


def test_root_named_by_hash_alone_is_checked_by_hash():
    """A statement names a tree without its size."""
    content = directory(f"f 1 {DIGEST} a")
    root = tree.root_of(target_of(content).digest)

    assert content == tree.check_object(content, root, "/")
    assert tree.DIRECTORY_BYTES == tree.limit_of(root)
    with pytest.raises(ObjectError):
        tree.check_object(content + b"x", root, "/")


def grafted(root, edits, store):
    """Change files of a tree: bytes, or None to take one away."""
    rows = sorted(edits.items(), key=lambda row: graft.order(row[0]))
    return graft.graft(
        root,
        [(path, None if c is None else target_of(c)) for path, c in rows],
        store.fetch,
        store.emit,
    )


@given(st.lists(FILES, min_size=2, max_size=5))
@settings(deadline=None)
def test_tree_after_any_edits_is_the_tree_of_its_files(states):
    """However files came and went, the same files have the same root."""
    store = Store()
    root = built(states[0], store)
    for before, after in itertools.pairwise(states):
        edits = {path: after.get(path) for path in before.keys() | after.keys()}
        root = grafted(root, edits, store)

        assert built(after, Store()) == root


@given(st.data())
@settings(deadline=None, max_examples=examples(8, 120))
def test_large_tree_after_any_edits_is_the_tree_of_its_files(data):
    """Shards come and go by the set of names alone."""
    store = Store()
    names = st.integers(0, 300).map(lambda n: f"a/{n:05d}.html")
    files = dict.fromkeys(data.draw(st.sets(names, min_size=1)), b"")
    root = built(files, store)
    for _ in range(3):
        gone = data.draw(st.sets(st.sampled_from(sorted(files))))
        new = data.draw(st.sets(names, max_size=200))
        edits = {**dict.fromkeys(gone), **dict.fromkeys(new, b"new")}
        files = {**{n: c for n, c in files.items() if n not in gone}}
        files.update(dict.fromkeys(new, b"new"))
        root = grafted(root, edits, store)
        if not files:
            assert root is None
            return

        assert built(files, Store()) == root


def test_tree_without_files_is_no_tree():
    """The last file takes the directories with it."""
    store = Store()
    root = built({"a/b/c": b"", "a/d": b""}, store)

    assert grafted(root, {"a/b/c": None, "a/d": None}, store) is None
    with pytest.raises(TreeError, match="at least one file"):
        graft.build({}, store.emit)


def test_graft_reads_only_the_way_to_its_files():
    """Changing one file of thousands opens a handful of objects and writes as many."""
    store = Store()
    root = built(many(2_500), store)
    opened, written = [], []

    def fetch(target: Target, path: str) -> bytes:
        opened.append(target)
        return store.fetch(target, path)

    edit = [("a/00077.html", target_of(b"new"))]
    graft.graft(root, edit, fetch, lambda target, _content: written.append(target))

    assert len(written) == 4  # root, directory, two levels of shards
    assert len(set(opened)) == 4
