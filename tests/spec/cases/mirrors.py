"""Vectors of whole mirrors: honest, slow and hostile ones, each complete and small.

A hostile mirror is an honest one with a few files exchanged; `test_mirrors` holds that
the exchange alone makes the difference.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cast import NOW, signed, signer, trust
from spec.cases import trusts
from spec.cases.gzips import bomb, stored
from spec.cases.printed import (
    ARTICLE,
    FIRST,
    FRONT,
    ROOT,
    SECOND,
    THIRD,
    THREE,
    TWO,
    Files,
    Press,
    checkpoint,
    directories,
    latest,
    log_files,
    page,
    place_of,
    printed,
    sha,
    without,
)
from spec.cases.trees import SHARD, directory
from spec.cases.vector import Series, Vector, field
from tamizdat.edition import log, tree
from tamizdat.edition.log import Checkpoint, leaf_hash, parse_checkpoint
from tamizdat.edition.note import parse_note, sign_note
from tamizdat.edition.statement import parse_statement, sign_statement, write_time
from tamizdat.edition.tree import target_of

ZEROS = 1_000_000  # bytes of the bomb

_LARGE = Checkpoint(signer("log/1").name, (1 << 24) + 1, b"r" * 32)
_TOO_LARGE = sign_note(_LARGE.text(), [signer("log/1")])
_BY_A_STRANGER = checkpoint(TWO.entries, "stranger")

Problem = dict[str, Any]

_CHECK = Series("mirror", "mirror.check")
_FOLLOW = Series("mirror", "mirror.follow")
_EDITION = Series("mirror", "mirror.edition")


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _honest()
    yield from _slow()
    yield from _forged_objects()
    yield from _forged_pages()
    yield from _on_the_wire()
    yield from _forged_latest()
    yield from _forged_trees()
    yield from _forged_logs()
    yield from _forged_trust()
    yield from _strays()
    yield from _old_entries()
    yield from _follows()
    yield from _past()


def sent(files: Files, packed: Mapping[str, bytes] = {}) -> dict[str, Any]:
    """Write files as they are sent; `packed`: those that are sent as this gzip."""
    rows: dict[str, Any] = {
        path: field("content", files[path]) for path in sorted(files)
    }
    for path, content in packed.items():
        rows[path] = {"gzip_base64": base64.b64encode(content).decode()}
    return rows


def _given(files: Files, packed: Mapping[str, bytes] = {}, **more: Any) -> dict:
    given = {"fingerprint": sha(trusts.first()), "services": ["en"], **more}
    return {**given, "files": sent(files, packed)}


def _edition(press: Press, number: int | None = None) -> dict[str, Any]:
    """Say of an edition, the newest if no number is given, what a reader learns."""
    index = number - 1 if number else -1
    said = parse_statement(parse_note(press.entries[index]).text)
    return {"number": said.number, "time": write_time(said.time), "tree": said.tree}


def _result(*problems: Problem, edition: dict | None) -> dict[str, Any]:
    """Write what a reader finds: editions that verify, and what is wrong."""
    rows = sorted(problems, key=lambda row: (row["path"], row["problem"]))
    return {"editions": {"en": edition} if edition else {}, "problems": rows}


def _problem(
    kind: str,
    path: str,
    expected: bytes | None = None,
    found: bytes | None = None,
    **more: Any,
) -> Problem:
    """Name a problem; the bytes expected and found are told by their hashes."""
    hashes = {
        "expected": None if expected is None else sha(expected),
        "found": None if found is None else sha(found),
    }
    return {"problem": kind, "path": path, **hashes, **more}


def _two(
    name: str, why: str, changed: Files, *problems: Problem, gone: Sequence[str] = ()
) -> Vector:
    """Make a vector of the mirror of two editions with some files exchanged."""
    files = {**without(TWO.files, *gone), **changed}
    return _CHECK.ok(
        name, why, _given(files), _result(*problems, edition=_edition(TWO))
    )


def _honest() -> Iterator[Vector]:
    why = "Two editions; objects of the older one lie about."
    yield _two("honest", why, {})
    result = _result(edition=_edition(THREE))
    why = "The newest of three editions withdraws an object of the one before."
    yield _CHECK.ok("honest-withdrawal", why, _given(THREE.files), result)
    others = _with_other_entries()
    result = _result(edition=_edition(others))
    why = "The log holds statements of other services, and of files."
    yield _CHECK.ok("other-entries-in-the-log", why, _given(others.files), result)
    why = "A service that the log does not hold has no edition yet."
    given = _given(TWO.files, services=["en", "ru"])
    yield _CHECK.ok(
        "service-without-edition", why, given, _result(edition=_edition(TWO))
    )
    yield from _honest_hosts()


def _honest_hosts() -> Iterator[Vector]:
    packed = {path: stored(content) for path, content in TWO.files.items()}
    result = _result(edition=_edition(TWO))
    why = "A host may send any file as gzip."
    yield _CHECK.ok("honest-as-gzip", why, _given({}, packed), result)
    why = "A witness round writes the checkpoint later than `latest`."
    old = log_files(TWO.entries[:1])
    newer = [path for path in TWO.files if path.startswith("log/")]
    yield _two("checkpoint-before-latest", why, old, gone=newer)
    why = "Tiles and entries of a shorter log stay true."
    old = without(log_files(TWO.entries[:1]), "log/checkpoint")
    yield _two("old-partial-tiles", why, old)
    why = "Objects of older editions need not be kept."
    older = {place_of(content) for content in FIRST.values()}
    needed = {place_of(content) for content in SECOND.values()}
    yield _two("older-objects-gone", why, {}, gone=sorted(older - needed))
    sharded = _sharded_press()
    result = _result(edition=_edition(sharded))
    yield _CHECK.ok("shards", "A directory in shards.", _given(sharded.files), result)


def _with_other_entries() -> Press:
    """Print an edition after a statement of another service and one of a file."""
    press = printed(FIRST)
    other = replace(press.last, service="ru")
    press.entries.append(sign_statement(other, signer("service/ru")))
    text = b"tamizdat-file/1\nname en.epub\n"
    press.entries.append(sign_note(text, [signer("service/en")]))
    press.publish(SECOND)
    return press


def _slow() -> Iterator[Vector]:
    for name, path in (("page", ARTICLE), ("front-page", FRONT)):
        place = f"en/{path}"
        row = _problem("unfinished", place, SECOND[path], FIRST[path])
        why = "A page of the edition before is a delivery under way, no forgery."
        yield _two(f"{name}-of-the-edition-before", why, {place: FIRST[path]}, row)
    place = f"en/{ARTICLE}"
    row = _problem("unfinished", place, SECOND[ARTICLE])
    why = "A page that is not there yet is a delivery under way."
    yield _two("page-absent", why, {}, row, gone=[place])
    row = _problem("unfinished", "index.html", SECOND[ROOT])
    yield _two("root-page-absent", why, {}, row, gone=["index.html"])
    changed = [path for path, content in FIRST.items() if SECOND[path] != content]
    rows = [_problem("unfinished", f"en/{p}", FIRST[p], SECOND[p]) for p in changed]
    files = {**TWO.files, "en/latest": latest(TWO.entries[:1])}
    result = _result(*rows, edition=_edition(TWO, 1))
    why = "Pages of the edition after are placed before `latest` names it."
    yield _CHECK.ok("pages-of-the-edition-after", why, _given(files), result)


def _forged_objects() -> Iterator[Vector]:
    good = SECOND[ARTICLE]
    place = place_of(good)
    rows = [
        ("other-bytes", good.replace(b"may", b"must")),
        ("cut-short", good[:-1]),
        ("longer-than-stated", good + b"."),
        ("empty", b""),
    ]
    for name, bad in rows:
        why = "An object is the bytes of its name, and no more of them are read."
        row = _problem("forged", place, good, bad[: len(good) + 1])
        yield _two(f"object-{name}", why, {place: bad}, row)
    row = _problem("missing", place)
    yield _two("object-missing", "No object where one is named.", {}, row, gone=[place])
    *others, root = directories(SECOND)
    inner = next(c for c in others if sha(SECOND[ARTICLE]).encode() in c)
    for name, good in (("root-directory", root), ("directory", inner)):
        place, bad = place_of(good), good.replace(b"f ", b"d ", 1)
        why = "A directory is an object like any other, checked before it is read."
        row = _problem("forged", place, good, bad)
        yield _two(f"{name}-forged", why, {place: bad}, row)
        why = "What a missing directory names is unknown."
        row = _problem("missing", place)
        yield _two(f"{name}-missing", why, {}, row, gone=[place])
    yield from _forged_shard()


def _sharded_press() -> Press:
    """Print a paper whose root is in shards; no reader asks whether it must be."""
    *others, root = directories(FIRST)
    digits: dict[str, list[str]] = {}
    for line in root.decode().split("\n")[1:-1]:
        digit = tree.shard_digit(line.rsplit(" ", 1)[1], 0)
        digits.setdefault(digit, []).append(line)
    shards = {digit: directory(*digits[digit]) for digit in sorted(digits)}
    targets = {digit: target_of(content) for digit, content in shards.items()}
    lines = [f"d {t.size} {t.digest} {digit}" for digit, t in targets.items()]
    press = Press()
    press.publish(FIRST, [*others, *shards.values(), directory(*lines, head=SHARD)])
    return press


def _forged_shard() -> Iterator[Vector]:
    press = _sharded_press()
    good = next(
        content
        for path, content in press.files.items()
        if path.startswith("o/") and content.endswith(b" index.html\n")
    )
    place, bad = place_of(good), good.replace(b" index.html", b" other.html")
    row = _problem("forged", place, good, bad)
    given = _given({**press.files, place: bad})
    result = _result(row, edition=_edition(press))
    why = "A shard is an object like any other."
    yield _CHECK.ok("shard-forged", why, given, result)


def _forged_pages() -> Iterator[Vector]:
    place, good = f"en/{ARTICLE}", SECOND[ARTICLE]
    rows = [
        ("of-other-bytes", good.replace(b"may", b"must")),
        ("of-another-address", FIRST[FRONT]),
    ]
    for name, bad in rows:
        why = "Bytes that no neighbouring edition has at this address are forged."
        row = _problem("forged", place, good, bad)
        yield _two(f"page-{name}", why, {place: bad}, row)
    bad = page("Choose nothing.")
    row = _problem("forged", "index.html", SECOND[ROOT], bad)
    why = "The first page a reader opens is one of those signed."
    yield _two("root-page-forged", why, {"index.html": bad}, row)
    bad = FIRST[ARTICLE]
    row = _problem("forged", place, THIRD[ARTICLE], bad)
    given = _given({**THREE.files, place: bad})
    result = _result(row, edition=_edition(THREE))
    why = "A page of an edition two before is no delivery under way."
    yield _CHECK.ok("page-of-two-editions-before", why, given, result)
    yield from _excuses()


def _excuses() -> Iterator[Vector]:
    """Leave a page unexcused: its neighbour does not have it, or cannot be read."""
    place, bad = f"en/{ARTICLE}", FIRST[ARTICLE]
    row = _problem("forged", place, SECOND[ARTICLE], bad)
    old_root = place_of(directories(FIRST)[-1])
    why = "A neighbour that cannot be read excuses nothing."
    yield _two("page-of-an-unread-edition", why, {place: bad}, row, gone=[old_root])
    rows = [row, _problem("missing", "log/checkpoint")]
    gone = ["log/checkpoint"]
    yield _two("page-without-a-log", why, {place: bad}, *rows, gone=gone)
    place, bad = "en/withdrawn/1", page("Nothing.")
    row = _problem("forged", place, THIRD["withdrawn/1"], bad)
    given = _given({**THREE.files, place: bad})
    why = "A page that no neighbour has is no delivery under way."
    result = _result(row, edition=_edition(THREE))
    yield _CHECK.ok("page-that-is-new-forged", why, given, result)
    yield from _false_excuse()


def _false_excuse() -> Iterator[Vector]:
    """Let a log that nobody signed name the forgery as a neighbour's page."""
    place, bad = f"en/{ARTICLE}", page("Nobody may ask.")
    other = printed({**FIRST, ARTICLE: bad})
    said = replace(TWO.last, number=1, previous=None, tree=other.last.tree)
    first = sign_statement(said, signer("stranger"))
    bundle = "log/tile/entries/000.p/2"
    content = _bundle([first, TWO.entries[1]])
    files = {**TWO.files, **_only(other, "o/"), place: bad, bundle: content}
    row = _problem("forged", place, SECOND[ARTICLE], bad)
    entry = {
        "problem": "forged",
        "path": bundle,
        "expected": leaf_hash(TWO.entries[0]).hex(),
        "found": leaf_hash(first).hex(),
    }
    result = _result(row, entry, edition=_edition(TWO))
    why = "An entry that the service's key did not sign makes no neighbour."
    yield _CHECK.ok("page-excused-by-a-stranger", why, _given(files), result)


def _bundle(entries: Sequence[bytes]) -> bytes:
    return b"".join(len(e).to_bytes(2, "big") + e for e in entries)


def _only(press: Press, start: str) -> Files:
    return {p: content for p, content in press.files.items() if p.startswith(start)}


def _on_the_wire() -> Iterator[Vector]:
    good, copy = SECOND[ARTICLE], f"en/{ARTICLE}"
    place = place_of(good)
    why = f"A gzip of {ZEROS:,} zeros is undone to one byte past the limit."
    rows = [
        ("object", place, _problem("forged", place, good, b"\0" * (len(good) + 1))),
        ("page", copy, _problem("forged", copy, good, b"\0" * (tree.PAGE_BYTES + 1))),
    ]
    edition = _edition(TWO)
    for name, path, row in rows:
        given = _given(TWO.files, {path: bomb(ZEROS)})
        yield _CHECK.ok(f"bomb-{name}", why, given, _result(row, edition=edition))
    row = _problem("refused", "en/latest", None, b"\0" * 4097)
    given = _given(TWO.files, {"en/latest": bomb(ZEROS)})
    yield _CHECK.ok("bomb-latest", why, given, _result(row, edition=None))
    given = _given(TWO.files, {"trust/1.note": bomb(ZEROS)})
    bad = ("TrustError", "trust/1.note")
    yield _CHECK.bad("bomb-trust-note", why, given, bad)
    given = _given(TWO.files, {place: stored(good)[:-9]})
    why = "A gzip that ends too early is the road's fault: ask again, or elsewhere."
    result = _result(_problem("unreachable", place), edition=edition)
    yield _CHECK.ok("gzip-cut-short", why, given, result)


def _forged_latest() -> Iterator[Vector]:
    good, entry = TWO.files["en/latest"], TWO.entries[1]
    stranger = sign_statement(TWO.last, signer("stranger"))
    late = replace(TWO.last, time=NOW + timedelta(days=120))
    expired = sign_statement(late, signer("service/en"))
    rows = [
        ("cut-short", good[:-9]),
        ("oversized", good + b"\n" * 4096),
        ("text-changed", good.replace(b"number 2", b"number 3")),
        ("of-another-service", _of_another_service()),
        ("by-a-stranger", latest([TWO.entries[0], stranger])),
        ("by-an-expired-key", latest([TWO.entries[0], expired])),
        ("with-the-proof-of-another-leaf", entry + _proof(latest(TWO.entries, 0))),
    ]
    for name, bad in rows:
        why = "Nothing is believed of an edition whose `latest` does not verify."
        row = _problem("refused", "en/latest", None, bad[:4097])
        files = {**TWO.files, "en/latest": bad}
        given, result = _given(files), _result(row, edition=None)
        yield _CHECK.ok(f"latest-{name}", why, given, result)
    why = "A service with entries in the log is withheld if its `latest` is missing."
    given = _given(without(TWO.files, "en/latest"))
    result = _result(_problem("missing", "en/latest"), edition=None)
    yield _CHECK.ok("latest-missing", why, given, result)
    yield from _forked()


def _proof(data: bytes) -> bytes:
    return data[data.index(log.PROOF_LINE) :]


def _of_another_service() -> bytes:
    other = replace(TWO.last, service="ru")
    return latest([TWO.entries[0], sign_statement(other, signer("service/ru"))])


def _forked() -> Iterator[Vector]:
    """Show a `latest` of one log beside the files of another, both signed."""
    other = printed(FIRST)
    other.publish(SECOND, time=NOW + timedelta(hours=3))
    row = {
        "problem": "forged",
        "path": "en/latest",
        "expected": leaf_hash(TWO.entries[1]).hex(),
        "found": leaf_hash(other.entries[1]).hex(),
    }
    files = {**TWO.files, "en/latest": other.files["en/latest"]}
    why = "Two logs under one key: the leaf of `latest` is not in the log beside it."
    result = _result(row, edition=_edition(other))
    yield _CHECK.ok("log-forked", why, _given(files), result)


def _forged_trees() -> Iterator[Vector]:
    """Let the service's own key sign trees that nobody may read."""
    line, named = f"f {len(FIRST[FRONT])} {sha(FIRST[FRONT])}", {"b.html": FIRST[FRONT]}
    paper = {**FIRST, **named, "a.html": FIRST[FRONT]}
    good = directory(f"{line} a.html", f"{line} b.html")
    press = Press()
    press.publish(paper, [good])
    why = "A small tree; the next vectors differ from it in one line."
    result = _result(edition=_edition(press))
    yield _CHECK.ok("tree-of-two-pages", why, _given(press.files), result)
    rows = [
        ("unsorted", directory(f"{line} b.html", f"{line} a.html")),
        ("name-twice", good.replace(b"a.html", b"b.html")),
        ("path-traversal", good.replace(b"a.html", b"..")),
        ("slash-in-a-name", good.replace(b"a.html", b"a/b.html")),
        ("upper-case-name", good.replace(b"a.html", b"A.html")),
        ("crlf", good.replace(b"\n", b"\r\n")),
        ("not-utf-8", good.replace(b"a.", b"\xff.")),
    ]
    for name, root in rows:
        press = Press()
        press.publish(paper, [root])
        row = _problem("refused", place_of(root))
        given, result = _given(press.files), _result(row, edition=_edition(press))
        why = "A tree is refused for its form, whoever signed it."
        yield _CHECK.ok(f"tree-{name}", why, given, result)
    yield from _deep()


def _deep() -> Iterator[Vector]:
    """Put a page below as many directories as there may be, and one more."""
    for count in (24, 25):
        deep = {f"{'d/' * count}a.html": FIRST[FRONT]}
        press = Press()
        press.publish({**FIRST, **deep}, directories(deep))
        below = next(c for c in directories(deep) if c.endswith(b" a.html\n"))
        above = next(c for c in directories(deep) if sha(below).encode() in c)
        rows = [_problem("refused", place_of(above))] if count > tree.DEPTH else []
        given, result = _given(press.files), _result(*rows, edition=_edition(press))
        why = "Directories end after 24 levels below the root."
        yield _CHECK.ok(f"tree-of-{count}-levels", why, given, result)


def _forged_logs() -> Iterator[Vector]:
    tile, bundle = "log/tile/0/000.p/2", "log/tile/entries/000.p/2"
    good = TWO.files[tile]
    bad = bytes([good[0] ^ 1]) + good[1:]
    row = _problem("forged", tile, good, bad)
    yield _two("tile-forged", "The entries tell which is true.", {tile: bad}, row)
    row = _problem("missing", tile)
    yield _two("tile-missing", "A log has every tile.", {}, row, gone=[tile])
    row = _problem("missing", bundle)
    yield _two("entries-missing", "A log has every entry.", {}, row, gone=[bundle])
    other = [TWO.entries[0], TWO.entries[0]]
    row = {
        "problem": "forged",
        "path": bundle,
        "expected": leaf_hash(TWO.entries[1]).hex(),
        "found": leaf_hash(TWO.entries[0]).hex(),
    }
    why = "The tiles tell which entries are true."
    yield _two("entries-forged", why, {bundle: _bundle(other)}, row)
    row = {**row, "found": None}
    why = "A bundle that ends inside an entry has none."
    row = {**row, "expected": leaf_hash(TWO.entries[0]).hex()}
    cut = TWO.files[bundle][:-1]
    yield _two("entries-cut-short", why, {bundle: cut}, row)
    yield from _contradictions(tile, bundle)
    yield from _forged_heads()


def _forged_heads() -> Iterator[Vector]:
    row = _problem("refused", "log/checkpoint", None, _TOO_LARGE)
    why = "At most 16,777,216 leaves are read."
    yield _two("checkpoint-too-large", why, {"log/checkpoint": _TOO_LARGE}, row)
    bad = _BY_A_STRANGER
    row = _problem("refused", "log/checkpoint", None, bad)
    why = "The log's key signs its head."
    yield _two("checkpoint-by-a-stranger", why, {"log/checkpoint": bad}, row)
    row = _problem("missing", "log/checkpoint")
    why = "A mirror carries the log."
    yield _two("checkpoint-missing", why, {}, row, gone=["log/checkpoint"])


def _contradictions(tile: str, bundle: str) -> Iterator[Vector]:
    """Forge entries and tiles together: nothing leads to the signed root."""
    other = [TWO.entries[0], TWO.entries[0]]
    leaves = b"".join(leaf_hash(entry) for entry in other)
    root = Checkpoint("", 2, log.node_hash(leaves[:32], leaves[32:])).root.hex()
    true = parse_checkpoint(parse_note(TWO.files["log/checkpoint"])).root.hex()
    whole = {"problem": "forged", "path": "log/tile", "expected": true, "found": root}
    changed = {bundle: _bundle(other), tile: leaves}
    why = "Entries and tiles that agree do not outvote the signed root."
    yield _two("log-forged", why, changed, whole)
    changed = {**changed, tile: leaves[::-1]}
    pair = [_problem("forged", path) for path in (tile, bundle)]
    why = "Entries and tiles that contradict each other are both named."
    yield _two("log-contradicts-itself", why, changed, whole, *pair)
    changed = {**changed, bundle: _bundle(other[:1])}
    why = "Entries too few for the checkpoint are of no log."
    rows = [{**whole, "found": None}, *pair]
    yield _two("log-of-one-entry", why, changed, *rows)


def _forged_trust() -> Iterator[Vector]:
    other = signed(trust(), (2, 3, 4))
    weak = signed(trust(2), (1, 2))
    rows = [
        ("not-the-pinned-one", {"trust/1.note": other}, "fingerprint"),
        ("cut-short", {"trust/1.note": trusts.first()[:-9]}, "trust/1.note"),
        ("by-two-of-three", {"trust/2.note": weak}, "trust/2.note"),
        ("oversized", {"trust/2.note": b"x" * 16_385}, "trust/2.note"),
    ]
    for name, changed, reason in rows:
        why = "Nothing of a mirror is read whose chain of trust notes does not hold."
        given = _given({**TWO.files, **changed})
        yield _CHECK.bad(f"trust-{name}", why, given, ("TrustError", reason))


def _strays() -> Iterator[Vector]:
    stray = b"stray\n"
    digest = sha(b"other\n")
    rows = [
        ("trust/3.note", "unknown", None),
        ("log/tile/0/001", "unknown", None),
        ("log/tile/0/000.p/9", "unknown", None),
        ("o/00/notes", "unknown", None),
        (f"o/{digest[:2]}/{digest}", "forged", b"other\n"),
    ]
    for path, kind, named in rows:
        row = _problem(kind, path, named, stray, listed=True)
        why = "Only who can list the files of a mirror finds it."
        name = path.replace("/", "-").replace(".", "-")[:20]
        yield _two(f"stray-{name}", why, {path: stray}, row)


def _old_entries() -> Iterator[Vector]:
    """Keep a bundle that a wider one replaced, and forge it."""
    old, new = "log/tile/entries/000.p/1", "log/tile/entries/000.p/2"
    true = _bundle(TWO.entries[:1])
    rows = [("forged", _bundle(TWO.entries[1:])), ("cut-short", true[:-1])]
    for name, bad in rows:
        row = _problem("forged", old, true, bad, listed=True)
        why = "An old bundle is the beginning of the newest one."
        yield _two(f"old-entries-{name}", why, {old: bad}, row)
    bad = _bundle(TWO.entries[1:])
    row = _problem("forged", old, None, bad, listed=True)
    gap = _problem("missing", new)
    why = "What the true beginning is nobody can tell where the newest one is missing."
    yield _two("old-entries-alone", why, {old: bad}, row, gap, gone=[new])
    tile = "log/tile/0/000.p/1"
    good = log_files(TWO.entries[:1])[tile]
    row = _problem("forged", tile, good, good[::-1], listed=True)
    why = "An old tile is the beginning of the newest one."
    yield _two("old-tile-forged", why, {tile: good[::-1]}, row)


def _follows() -> Iterator[Vector]:
    one, two = latest(TWO.entries[:1]), TWO.files["en/latest"]
    result = _result(edition=_edition(TWO))
    for name, seen in (("next", one), ("same-again", two)):
        given = _given(TWO.files, seen={"en": seen.decode()})
        why = "What was seen before is continued."
        yield _FOLLOW.ok(f"follow-{name}", why, given, result)
    given = _given(printed(FIRST).files, seen={"en": one.decode()})
    result = _result(edition=_edition(TWO, 1))
    yield _FOLLOW.ok("follow-first", "There is no news.", given, result)
    other = printed(FIRST)
    other.publish(FIRST)
    rows = [
        ("rollback", printed(FIRST), two, "rollback"),
        ("two-of-one-number", TWO, other.files["en/latest"], "two statements"),
        ("does-not-continue", TWO, _without_past(), "does not continue"),
        ("time-backwards", _earlier(), one, "is not later"),
    ]
    for name, press, seen, reason in rows:
        given = _given(press.files, seen={"en": seen.decode()})
        why = "Numbers, times and previous leaves go one way; the mirror is whole."
        yield _FOLLOW.bad(f"follow-{name}", why, given, ("StatementError", reason))


def _without_past() -> bytes:
    """Show a first edition that the second one does not name."""
    return printed(SECOND).files["en/latest"]


def _earlier() -> Press:
    press = printed(FIRST)
    press.publish(SECOND, time=NOW)
    return press


def _past() -> Iterator[Vector]:
    gone = place_of(SECOND[ARTICLE])
    files = without(THREE.files, gone)
    result = {"edition": _edition(THREE, 1), "withdrawn": 0, "problems": []}
    why = "An older edition is found in the log and walked object by object."
    yield _EDITION.ok("edition-1", why, _given(files, number=1), result)
    result = {"edition": _edition(THREE, 2), "withdrawn": 1, "problems": []}
    why = "An object that the newest edition withdraws is not missing."
    yield _EDITION.ok("edition-2-withdrawn", why, _given(files, number=2), result)
    place = place_of(FIRST[ARTICLE])
    row = {**_problem("missing", ARTICLE, FIRST[ARTICLE])}
    result = {"edition": _edition(THREE, 1), "withdrawn": 0, "problems": [row]}
    why = "An object that is gone and not withdrawn is missing."
    given = _given(without(files, place), number=1)
    yield _EDITION.ok("edition-1-missing", why, given, result)
    bad = page("Nobody may ask.")
    row = _problem("forged", place, FIRST[ARTICLE], bad)
    result = {**result, "problems": [row]}
    why = "An object of an older edition is checked as any other."
    given = _given({**files, place: bad}, number=1)
    yield _EDITION.ok("edition-1-forged", why, given, result)
    yield from _past_directories(files)
    yield from _no_past(files)


def _past_directories(files: Files) -> Iterator[Vector]:
    *_others, root = directories(FIRST)
    row = _problem("missing", place_of(root))
    result = {"edition": _edition(THREE, 1), "withdrawn": 0, "problems": [row]}
    why = "What a missing directory names is unknown."
    given = _given(without(files, place_of(root)), number=1)
    yield _EDITION.ok("edition-1-directory-missing", why, given, result)
    others = _with_other_entries()
    given = _given(others.files, number=1)
    result = {"edition": _edition(others, 1), "withdrawn": 0, "problems": []}
    why = "An edition is found between entries of other kinds."
    yield _EDITION.ok("edition-between-others", why, given, result)


def _no_past(files: Files) -> Iterator[Vector]:
    bundle, head = "log/tile/entries/000.p/3", "log/checkpoint"
    other = _bundle([TWO.entries[1], *THREE.entries[1:]])
    rows = [
        ("not-printed", {}, 4, "no edition 4"),
        ("entries-forged", {bundle: other}, 1, "entries are not those"),
        ("log-by-a-stranger", {head: _BY_A_STRANGER}, 1, "not signed by"),
        ("log-too-large", {head: _TOO_LARGE}, 1, "at most 16777216"),
    ]
    for name, changed, number, reason in rows:
        error = "ProofError" if changed else "StatementError"
        why = "An older edition is one that the signed log holds."
        given = _given({**files, **changed}, number=number)
        yield _EDITION.bad(f"edition-{name}", why, given, (error, reason))
