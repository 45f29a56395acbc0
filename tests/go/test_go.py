"""Go and Tamizdat agree: the same notes, checkpoints, tiles and proofs, byte for byte.

The other implementation is golang.org/x/mod/sumdb, which a Go checksum log runs on.
"""

import base64
import hashlib
from pathlib import Path

import pytest

from cast import NOW, ORGANISATION, signer
from tamizdat.edition import log
from tamizdat.edition.errors import NoteError, ProofError
from tamizdat.edition.log import Checkpoint, Tile, leaf_hash, tile_at
from tamizdat.edition.note import (
    Signer,
    Verifier,
    parse_note,
    parse_signer,
    parse_verifier,
    sign_note,
)
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.statement import Statement, sign_statement, write_latest
from tamizdat.edition.witness import cosign, cosigned, read_answer, witness_key

SIZES = (1, 2, 3, 255, 256, 257, 700, 70_000)
ORIGIN = f"{ORGANISATION}/log/1"
TEXTS = (
    "words\n",
    "издание բառ واژه in one line\n",
    "a line\n\u200f\u2066and 𐎠\u2069 another\n",
)
SIGNERS = (
    signer("service/ru"),
    signer("log/1"),
    Signer("редакция", hashlib.sha256(b"editor").digest()),
)


def encoded(*hashes: bytes) -> list[str]:
    """Write hashes as Go does."""
    return [base64.b64encode(data).decode() for data in hashes]


def named(*verifiers: Verifier) -> list[str]:
    """Name keys as Go's answer does, sorted."""
    return sorted(f"{v.name}+{v.id.hex()}" for v in verifiers)


class Log:
    """A log in a directory, grown from size to size and never cleaned."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[Tile, bytes] = {}
        size = 0
        for grown in SIZES:
            entries = [f"entry {n}".encode() for n in range(size, grown)]
            for tile, content in log.append(self.read, size, entries):
                self._kept[tile] = content
                path = folder / tile.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            size = grown

    def read(self, tile: Tile) -> bytes:
        """Read one tile."""
        return self._kept[tile]

    def root(self, size: int) -> bytes:
        """Compute the root hash of the first `size` leaves, a size of SIZES."""
        return log.range_hash(self.read, size, 0, size)

    def tiles(self, size: int) -> dict[str, bytes]:
        """Give the tiles of hashes at a size of SIZES by path."""
        found = {}
        for level in range(log.MAX_SIZE.bit_length() // log.TILE_HEIGHT):
            for index in range(-(-(size >> 8 * level) // log.TILE_WIDTH)):
                tile = tile_at(level, index, size)
                found[tile.path] = self.read(tile)
        return found


@pytest.fixture(scope="module")
def grown(tmp_path_factory) -> Log:
    """Grow one log through all sizes."""
    return Log(tmp_path_factory.mktemp("log"))


def spread(size: int, start: int = 0) -> list[int]:
    """Choose numbers from `start` below `size`: all of few, else edges and samples."""
    edges = {0, 1, 255, 256, 257, 65_535, 65_536, 69_887, 69_888, size - 1}
    chosen = edges | set(range(0, size, 1 + size // 300))
    return sorted(n for n in chosen if start <= n < size)


@pytest.mark.parametrize("text", TEXTS)
def test_note_signed_here_is_opened_by_go(go, text):
    """Go finds the same text and all who signed."""
    verifiers = [s.verifier for s in SIGNERS]
    note = sign_note(text.encode(), SIGNERS)

    opened = go.tell("open", note=note, keys=[str(v) for v in verifiers])

    assert {"text": text, "signers": named(*verifiers)} == opened


def test_note_with_a_witness_line_is_opened_by_go(go):
    """A signature of a type or key Go does not know is passed over, as by a reader."""
    note = sign_note(b"words\n", [signer("log/1")])
    line = base64.b64encode(b"\xa9\xb8\xc7\xd6" + bytes(72)).decode()
    note += f"— witness.example/1 {line}\n".encode()
    known = signer("log/1").verifier

    assert named(known) == go.tell("open", note=note, keys=[str(known)])["signers"]
    assert {known} == parse_note(note).signers([known])


@pytest.mark.parametrize("text", TEXTS)
def test_note_signed_by_go_is_opened_here(go, text):
    """Both write the same note, byte for byte."""
    skeys = [s.encode() for s in SIGNERS]
    note = base64.b64decode(go.tell("sign", text=text, keys=skeys))
    verifiers = {s.verifier for s in SIGNERS}

    assert sign_note(text.encode(), SIGNERS) == note
    assert text.encode() == parse_note(note).text
    assert verifiers == parse_note(note).signers(verifiers)


def test_keys_made_by_go_are_read_here(go):
    """A key has one spelling on both sides, secret and public."""
    keys = go.tell("key", name="редакция", seed=hashlib.sha256(b"go").digest())
    made = parse_signer(keys["signer"])

    assert keys["signer"] == made.encode()
    assert keys["verifier"] == str(made.verifier)
    assert made.verifier == parse_verifier(keys["verifier"])


def bent(note: bytes) -> list[bytes]:
    """Bend a note in every place: a byte replaced, left out or put in; a line twice."""
    odd = (b"\n", b" ", b"+", b"A", b"=", b"\x00", b"\x7f", b"\xc2\x85", b"\xff")
    changed = [note[:at] + note[at + 1 :] for at in range(len(note))]
    changed += [note[:at] + o + note[at + 1 :] for at in range(len(note)) for o in odd]
    changed += [note[:at] + o + note[at:] for at in range(len(note) + 1) for o in odd]
    lines = note.splitlines(keepends=True)
    changed += [note + line for line in lines]
    return [*changed, note[:-1], note + note, b"\n" + note, b"", b"\n\n"]


def opened_here(note: bytes, known: list[Verifier]) -> dict | str:
    """Open a note here: Go's answer, or the reason for refusing it."""
    try:
        parsed = parse_note(note)
        signers = parsed.signers(known)
    except NoteError as error:
        return str(error)
    if not signers:
        return "nobody known signed"
    return {"text": parsed.text.decode(), "signers": named(*signers)}


def test_no_note_is_opened_here_that_go_refuses(go):
    """A bent note is refused by both; Go alone forgives DEL and loose base64."""
    known = [signer("service/ru").verifier, signer("log/1").verifier]
    keys = [str(v) for v in known]
    notes = bent(sign_note(TEXTS[1].encode(), SIGNERS))
    answers = go.ask(*({"do": "open", "note": n, "keys": keys} for n in notes))
    here = [opened_here(note, known) for note in notes]
    differ = [
        (ours, theirs)
        for ours, theirs in zip(here, answers, strict=True)
        if (ours if isinstance(ours, dict) else None) != theirs.get("ok")
    ]

    assert any(isinstance(ours, dict) for ours in here)
    assert [] == [pair for pair in differ if "refused" in pair[1]]
    assert {True} == {
        "base64 is not canonical" in ours or "control character" in ours
        for ours, _theirs in differ
    }


def loosen(note: bytes) -> bytes:
    """Set the two spare bits before the last padding sign."""
    digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    spare = digits[digits.index(note[-3]) | 3]
    return note[:-3] + bytes([spare]) + note[-2:]


WORDS = sign_note(b"words\n", [signer("log/1")])
STRANGER = base64.b64encode(bytes(68)).decode()
FORGIVEN = {
    "base64 is not canonical": loosen(WORDS),
    "control character": sign_note(b"w\x7frds\n", [signer("log/1")]),
    "does not verify": WORDS + f"{signer('log/1').line(b'other')}\n".encode(),
    "17 signatures": WORDS + f"— stranger {STRANGER}\n".encode() * 16,
}


@pytest.mark.parametrize("reason", FORGIVEN)
def test_go_forgives_a_note_that_is_refused_here(go, reason):
    """Where this reader is stricter than Go, it is so on purpose and by name."""
    known = signer("log/1").verifier
    note = FORGIVEN[reason]

    assert named(known) == go.tell("open", note=note, keys=[str(known)])["signers"]
    assert reason in opened_here(note, [known])


def test_go_forgives_a_key_for_which_anybody_can_sign(go):
    """A key of small order, refused here, opens a note that no secret signed."""
    neutral = b"\x01" + bytes(31)
    weak = Verifier("anybody", neutral)
    body = base64.b64encode(weak.id + neutral + bytes(32)).decode()
    note = f"words\n\n— anybody {body}\n".encode()

    assert named(weak) == go.tell("open", note=note, keys=[str(weak)])["signers"]
    with pytest.raises(NoteError, match="small order"):
        parse_verifier(str(weak))


def checkpoint(size: int, root: bytes) -> bytes:
    """Sign the head of the log."""
    return sign_note(Checkpoint(ORIGIN, size, root).text(), [signer("log/1")])


def test_checkpoint_is_read_by_go(go, grown):
    """Origin, size and root are the same on both sides, and so is the text."""
    key = str(signer("log/1").verifier)
    root = grown.root(70_000)
    tree = go.tell(
        "checkpoint", note=checkpoint(70_000, root), keys=[key], origin=ORIGIN
    )

    assert {"N": 70_000, "Hash": encoded(root)[0]} == tree


def test_checkpoint_of_another_origin_is_refused_by_go(go, grown):
    """The first line names the log."""
    key = str(signer("log/1").verifier)
    note = checkpoint(1, grown.root(1))
    asked = {"note": note, "keys": [key], "origin": f"{ORGANISATION}/log/2"}
    (answer,) = go.ask({"do": "checkpoint", **asked})

    assert f'origin "{ORIGIN}"' == answer["refused"]


WITNESSES = [signer(f"witness/{number}") for number in (1, 2)]


def test_cosigned_checkpoint_is_opened_by_go(go, grown):
    """Go's note library finds the log and both witnesses, over the same text."""
    note = checkpoint(700, grown.root(700))
    text = parse_note(note).text
    note += "".join(f"{cosign(text, w, NOW)}\n" for w in WITNESSES).encode()
    log_key = str(signer("log/1").verifier)
    keys = [str(witness_key(w)) for w in WITNESSES]
    opened = go.tell("cosigned", note=note, keys=[log_key], witnesses=keys)

    assert sorted([ORIGIN, *(w.name for w in WITNESSES)]) == opened["signers"]
    assert text.decode() == opened["text"]


def test_cosignature_of_another_head_or_time_is_refused_by_go(go, grown):
    """What does not hold here does not hold there."""
    note = checkpoint(700, grown.root(700))
    other = parse_note(checkpoint(257, grown.root(257))).text
    good = cosign(parse_note(note).text, WITNESSES[0], NOW)
    bent = bytearray(base64.b64decode(good.rpartition(" ")[2]))
    bent[11] ^= 1  # the last byte of its time
    lines = [
        cosign(other, WITNESSES[0], NOW),
        f"{good.rpartition(' ')[0]} {base64.b64encode(bent).decode()}",
    ]
    asked = {
        "do": "cosigned",
        "keys": [str(signer("log/1").verifier)],
        "witnesses": [str(witness_key(WITNESSES[0]))],
    }
    answers = go.ask(*({**asked, "note": note + f"{x}\n".encode()} for x in lines))

    assert all("invalid signature" in answer["refused"] for answer in answers)
    policy = parse_policy(
        (f"log {asked['keys'][0]}", f"witness w {asked['witnesses'][0]}", "quorum w")
    )
    for line in lines:
        with pytest.raises(NoteError, match="does not verify"):
            cosigned(parse_note(note + f"{line}\n".encode()), policy)


def test_cosignature_made_by_go_counts_here(go, grown):
    """A witness written in Go gives the same bytes as ours."""
    note = checkpoint(700, grown.root(700))
    one = WITNESSES[0]
    made = base64.b64decode(
        go.tell(
            "cosign",
            note=note,
            keys=[str(signer("log/1").verifier)],
            name=one.name,
            seed=one.seed,
            time=int(NOW.timestamp()),
        )
    )
    line = cosign(parse_note(note).text, one, NOW)

    assert made == note + f"{line}\n".encode()
    answer = made.removeprefix(note)
    text = parse_note(note).text
    assert (line, NOW) == read_answer(answer, text, witness_key(one))


def latest(grown: Log, number: int) -> tuple[bytes, bytes]:
    """Append a statement to a log of 255 leaves: its entry, its `latest`."""
    statement = Statement(
        organisation=ORGANISATION,
        service="ru",
        number=number,
        time=NOW,
        tree=hashlib.sha256(b"tree").hexdigest(),
        previous=hashlib.sha256(b"previous").hexdigest(),
        trust=1,
        press="1.0.3",
    )
    entry = sign_statement(statement, signer("service/ru"))
    tiles: dict[Tile, bytes] = {tile_at(0, 0, 255): grown.read(tile_at(0, 0, 255))}
    tiles[tile_at(-1, 0, 255)] = grown.read(tile_at(-1, 0, 255))
    tiles.update(list(log.append(tiles.__getitem__, 255, [entry])))
    root = log.range_hash(tiles.__getitem__, 256, 0, 256)
    path = log.inclusion_proof(tiles.__getitem__, 255, 256)
    proof = log.write_proof(255, path, checkpoint(256, root))
    return entry, write_latest(entry, proof)


def test_latest_of_a_service_verifies_in_go(go, grown):
    """With nothing but two keys a second reader finds statement, place and head."""
    entry, data = latest(grown, 412)
    keys = [str(signer(role).verifier) for role in ("service/ru", "log/1")]
    found = go.tell("latest", note=data, keys=keys, origin=ORIGIN)

    assert {"text": parse_note(entry).text.decode(), "index": 255, "size": 256} == found


def test_latest_with_another_statement_is_refused_by_go(go, grown):
    """A statement signed but never logged has no place."""
    (logged, data), (other, _data) = latest(grown, 412), latest(grown, 413)
    keys = [str(signer(role).verifier) for role in ("service/ru", "log/1")]
    data = other + data.removeprefix(logged)
    (answer,) = go.ask({"do": "latest", "note": data, "keys": keys, "origin": ORIGIN})

    assert {"refused": "invalid transparency proof"} == answer


def test_tiles_have_the_names_go_gives_them(go):
    """Paths differ by the height in Go's, and by its word for entries, only."""
    tiles = [
        Tile(level, index, width)
        for level in range(-1, 6)
        for index in (0, 1, 9, 10, 999, 1000, 1_234_067, 999_999_999, 1 << 40)
        for width in (1, 17, 255, 256)
    ]
    answers = go.ask(*({"do": "name", **vars(tile)} for tile in tiles))

    assert [{"ok": tile.path} for tile in tiles] == answers


@pytest.mark.parametrize("size", SIZES)
def test_tiles_prove_the_same_to_go(go, grown, size):
    """From all our tiles Go has our root and each proof, hash for hash."""
    leaves, olds = spread(size), [old for old in SIZES if old <= size]
    found = go.tell(
        "prove",
        dir=str(grown.folder),
        size=size,
        root=grown.root(size),
        leaves=leaves,
        olds=olds,
    )
    inclusion = [log.inclusion_proof(grown.read, leaf, size) for leaf in leaves]
    consistency = [log.consistency_proof(grown.read, old, size) for old in olds]

    assert encoded(grown.root(size)) == [found["root"]]
    assert [encoded(*path) for path in inclusion] == found["inclusion"]
    assert [encoded(*path) for path in consistency] == found["consistency"]
    assert set(grown.tiles(size)) == set(found["valid"])


def test_every_beginning_is_proved_the_same_to_go(go, grown):
    """Consistency with any earlier size has the same hashes."""
    olds = spread(70_000, 1)
    found = go.tell(
        "prove",
        dir=str(grown.folder),
        size=70_000,
        root=grown.root(70_000),
        olds=olds,
    )
    paths = [log.consistency_proof(grown.read, old, 70_000) for old in olds]

    assert [encoded(*path) for path in paths] == found["consistency"]


def test_altered_tile_is_refused_by_go(go, grown, tmp_path):
    """Go believes no tile that does not lead to our root."""
    for path, content in grown.tiles(257).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    asked = {"dir": str(tmp_path), "size": 257, "root": grown.root(257)}
    (answer,) = go.ask({"do": "prove", **asked})

    assert {"refused": "downloaded inconsistent tile"} == answer


@pytest.mark.parametrize("size", SIZES)
def test_log_hashed_by_go_has_our_root_and_tiles(go, grown, size):
    """From the entries alone Go makes the same tree."""
    found = go.tell("build", dir=str(grown.folder), size=size)
    ours = grown.tiles(size)

    assert encoded(grown.root(size)) == [found["root"]]
    assert ours == {path: base64.b64decode(found["tiles"][path]) for path in ours}


def test_tiles_made_by_go_prove_the_same_here(go, grown):
    """Tiles are read the same whoever wrote them."""
    made = go.tell("build", dir=str(grown.folder), size=700)["tiles"]

    def read(tile: Tile) -> bytes:
        return base64.b64decode(made[tile.path])

    root = log.range_hash(read, 700, 0, 700)
    path = log.inclusion_proof(read, 699, 700)

    assert grown.root(700) == root
    log.verify_inclusion(leaf_hash(b"entry 699"), 699, path, 700, root)
    log.verify_consistency(
        (257, grown.root(257)), (700, root), log.consistency_proof(read, 257, 700)
    )


def forged(path: list[bytes]) -> list[list[bytes]]:
    """Give a proof, then what a forger makes of it."""
    return [
        path,
        path[:-1],
        path[1:],
        path[::-1],
        [*path, bytes(32)],
        [bytes(32), *path],
        *([*path[:at], bytes(32), *path[at + 1 :]] for at in range(len(path))),
    ]


def held(check, *claim) -> bool:
    """Tell whether a proof holds here."""
    try:
        check(*claim)
    except ProofError:
        return False
    return True


def test_inclusion_is_judged_as_go_does(go, grown):
    """Good and forged proofs hold on both sides or on neither."""
    claims = [
        (leaf_hash(b"entry %d" % leaf), place, path, size, grown.root(end))
        for end in SIZES
        for leaf in {0, end // 2, end - 1}
        for path in forged(log.inclusion_proof(grown.read, leaf, end))
        for place in {leaf, leaf + 1, leaf ^ 1}
        for size in {end, end + 1, end - 1}
    ]
    names = ("leaf", "index", "path", "size", "root")
    asked = ({"do": "inclusion", **dict(zip(names, c, strict=True))} for c in claims)
    here = [held(log.verify_inclusion, *claim) for claim in claims]

    assert {True, False} == set(here)
    assert here == ["ok" in answer for answer in go.ask(*asked)]


def test_consistency_is_judged_as_go_does(go, grown):
    """Good and forged bridges hold on both sides or on neither."""
    claims = [
        ((start, grown.root(old)), (size, grown.root(end)), path)
        for end in SIZES
        for old in SIZES
        if old <= end
        for path in forged(log.consistency_proof(grown.read, old, end))
        for start in {old, old + 1, max(old - 1, 1)}
        for size in {end, end + 1, max(end - 1, 1)}
    ]
    asked = (
        {
            "do": "consistency",
            "old": old,
            "oldroot": old_root,
            "size": size,
            "root": root,
            "path": path,
        }
        for (old, old_root), (size, root), path in claims
    )
    here = [held(log.verify_consistency, *claim) for claim in claims]

    assert {True, False} == set(here)
    assert here == ["ok" in answer for answer in go.ask(*asked)]
