"""The whole mirror: a wrong byte in any file of it is named by the command."""

import hashlib
import json
import shutil

import pytest
from click.testing import CliRunner

from cast import NOW
from tamizdat.edition import log
from tamizdat.mirrors.commands import verify
from tamizdat.mirrors.logbook import rebuild
from tamizdat.mirrors.probe import check_mirror
from tamizdat.press.keys import new_organisation


def run(*words):
    """Run `edition verify` in this process."""
    return CliRunner().invoke(verify, [str(word) for word in words])


def flip(path):
    """Flip a bit in the middle of a file, with a new inode; give it back."""
    clean = path.read_bytes()
    bad = bytearray(clean)
    bad[len(bad) // 2] ^= 1
    path.unlink()
    path.write_bytes(bytes(bad))
    return clean


@pytest.fixture
def grown(stage):
    """Give a mirror with three editions, so that old tiles and objects lie about."""
    stage.change()
    stage.deliver()
    stage.change("A third headline")
    stage.deliver()
    return stage


def test_flipped_byte_in_any_file_is_named_by_the_command(grown):
    """There is no file of a mirror that can be changed unseen."""
    root = grown.mirror.root
    files = sorted(path for path in root.rglob("*") if path.is_file())
    assert 0 == run(root).exit_code
    assert {"log", "trust", "o", "en", "index.html"} == {
        path.relative_to(root).parts[0] for path in files
    }
    for path in files:
        clean = flip(path)
        said = run(root)
        name = path.relative_to(root).as_posix()
        found = hashlib.sha256(path.read_bytes()).hexdigest()

        assert 1 == said.exit_code, name
        assert name in said.output, said.output
        assert found in said.output, said.output
        path.unlink()
        path.write_bytes(clean)
    assert 0 == run(root).exit_code


def test_tampered_tile_is_told_with_both_hashes(grown):
    """Expected and found are what a person can compare."""
    tile = grown.mirror.root / "log" / "tile" / "0" / "000.p" / "3"
    expected = hashlib.sha256(tile.read_bytes()).hexdigest()
    flip(tile)
    rows = [
        json.loads(row)
        for row in run(grown.mirror.root, "--json").output.split("\n")[:-1]
    ]
    found = hashlib.sha256(tile.read_bytes()).hexdigest()

    assert rows[0]["service"] is None
    assert [
        {
            "kind": "forged",
            "path": "log/tile/0/000.p/3",
            "expected": expected,
            "found": found,
        }
    ] == rows[0]["log"]["problems"]
    assert rows[1]["verified"]


def test_tampered_old_bundle_is_told_with_both_hashes(grown):
    """A bundle that a wider one replaced is compared with its beginning."""
    bundle = grown.mirror.root / "log" / "tile" / "entries" / "000.p" / "2"
    expected = hashlib.sha256(flip(bundle)).hexdigest()
    found = hashlib.sha256(bundle.read_bytes()).hexdigest()
    said = run(grown.mirror.root)

    assert f"expected {expected}, found {found}" in said.output


def test_forged_newest_bundle_accuses_no_old_one(grown):
    """The old ones are judged by the tiles then, and are true."""
    flip(grown.mirror.root / "log" / "tile" / "entries" / "000.p" / "3")
    said = run(grown.mirror.root)

    assert "log: 3 entries: NOT verified, 1 problem " in said.output


def test_log_that_is_gone_is_missing(grown):
    """Taking the log away hides nothing."""
    shutil.rmtree(grown.mirror.root / "log")
    said = run(grown.mirror.root)

    assert 1 == said.exit_code
    assert "log/checkpoint: missing" in said.output


def test_tile_that_is_gone_is_missing(grown):
    """A gap in the log is a gap in its proof."""
    (grown.mirror.root / "log" / "tile" / "entries" / "000.p" / "3").unlink()
    said = run(grown.mirror.root)

    assert "log/tile/entries/000.p/3: missing" in said.output
    assert 1 == said.exit_code


def test_entries_and_tiles_forged_together_contradict_the_root(grown):
    """Two files that agree do not outvote a signature."""
    folder = grown.mirror.root / "log" / "tile"
    flip(folder / "entries" / "000.p" / "3")
    entries = log.read_bundle((folder / "entries" / "000.p" / "3").read_bytes())
    leaves = b"".join(log.leaf_hash(entry) for entry in entries)
    (folder / "0" / "000.p" / "3").write_bytes(leaves)
    said = run(grown.mirror.root)

    assert "log/tile: forged" in said.output
    assert 1 == said.exit_code


@pytest.mark.parametrize(
    "path", ["log/tile/0/001", "log/note.txt", "trust/3.note", "o/00/stray"]
)
def test_file_that_nothing_names_is_unknown(grown, path):
    """Nobody hides a file beside the signed ones."""
    stray = grown.mirror.root / path
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"x")
    said = run(grown.mirror.root)

    assert f"{path}: unknown" in said.output
    assert 1 == said.exit_code


def test_file_whose_name_is_no_text_is_named_in_ascii(stage):
    """A name of a hostile disk cannot stop the report from being printed."""
    folder = (stage.mirror.root / "o" / "00").absolute()
    folder.mkdir(exist_ok=True)
    (folder / "\udcff").write_bytes(b"stray")
    said = run(stage.mirror.root, "--json")

    assert 1 == said.exit_code
    assert "udcff" in said.output


def test_latest_newer_than_the_checkpoint_is_fine(grown):
    """The log goes to mirrors at rounds, `latest` at once."""
    root = grown.mirror.root
    kept = root.parent / "log"
    shutil.copytree(root / "log", kept)
    grown.change("A fourth headline")
    grown.deliver()
    shutil.rmtree(root / "log")
    shutil.copytree(kept, root / "log")

    assert 0 == run(root).exit_code


def test_checkpoint_of_another_log_is_refused(grown, tmp_path):
    """The log is the one the trust note names."""
    new_organisation(tmp_path / "others", "other.example", ["en"], NOW)
    checkpoint = grown.mirror.root / "log" / "checkpoint"
    text = checkpoint.read_bytes().replace(b"press.example/log", b"other.example/log")
    checkpoint.write_bytes(text)
    said = run(grown.mirror.root)

    assert "log/checkpoint: refused" in said.output
    assert hashlib.sha256(text).hexdigest() in said.output


def test_trust_note_that_breaks_is_named_with_its_hash(grown):
    """The first note is named with the pinned and the found fingerprint."""
    note = grown.mirror.root / "trust" / "1.note"
    pinned = hashlib.sha256(note.read_bytes()).hexdigest()
    flip(note)
    found = hashlib.sha256(note.read_bytes()).hexdigest()
    free, pinned_run = (
        run(grown.mirror.root),
        run(grown.mirror.root, "--fingerprint", pinned),
    )

    assert f"trust/1.note: found sha256 {found}" in free.output
    assert f"trust/1.note: expected the fingerprint {pinned}, found {found}" in (
        pinned_run.output
    )


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 700])
def test_rebuilt_tiles_are_those_the_log_grew_by(size):
    """One log, whichever way it is built."""
    grown, entries = {}, [f"entry {n}".encode() for n in range(size)]
    for at, entry in enumerate(entries):
        read = lambda tile: grown[tile.path]  # noqa: E731 - read while it grows
        grown.update({t.path: c for t, c in list(log.append(read, at, [entry]))})
    built = rebuild([log.leaf_hash(entry) for entry in entries])

    assert {tile.path: grown[tile.path] for tile in built} == {
        tile.path: content for tile, content in built.items()
    }


def test_service_without_an_edition_yet_is_no_failure(stage):
    """A key made ahead of its first edition withholds nothing."""
    other = type(stage)(stage.folder / "again", services=["en", "ru"])
    other.publish()
    other.deliver()
    said = run(other.mirror.root)

    assert 0 == said.exit_code, said.output
    assert "ru: no edition" in said.output


def test_latest_taken_away_is_no_missing_edition(stage):
    """The log remembers who has printed."""
    (stage.mirror.root / "en" / "latest").unlink()
    said = run(stage.mirror.root)

    assert 1 == said.exit_code
    assert "en/latest: missing" in said.output


def test_forged_root_page_is_named_once(tmp_path, stage):
    """Three services with one fault of the mirror are one line."""
    names = ["en", "fa", "ru"]
    three = type(stage)(tmp_path / "three", services=names)
    for name in names:
        three.print_one(name, names)
        three.deliver(name)
    (three.mirror.root / "index.html").unlink()
    (three.mirror.root / "index.html").write_bytes(b"forged")
    reports, _book = check_mirror(three.mirror, three.press.chain, names)

    assert ["index.html"] == [p.path for r in reports for p in r.problems]
    assert 1 == sum(report.count for report in reports)
