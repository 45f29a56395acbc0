"""Signed notes: what is accepted, and everything that must not be."""

import base64

import pytest

from cast import signer
from tamizdat.edition.errors import NoteError
from tamizdat.edition.note import (
    Signer,
    Verifier,
    parse_note,
    parse_signer,
    parse_verifier,
    sign_note,
)

TEXT = b"If you think cryptography is the answer to your problem,\nread on.\n"
# The key of the Go checksum database: keys of others' tools are read as well as ours.
VKEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
ORDER = 2**252 + 27742317777372353535851937790883648493


def changed(note: bytes, change) -> bytes:
    """Change the signature bytes of a note's only signature."""
    head, _, line = note.decode().rpartition("\n— ")
    name, encoded = line.rstrip("\n").split(" ")
    body = base64.b64encode(change(base64.b64decode(encoded))).decode()
    return f"{head}\n— {name} {body}\n".encode()


def test_signed_note_names_its_signer():
    """Who signed is known by the public key."""
    note = parse_note(sign_note(TEXT, [signer("log/1"), signer("opener")]))

    assert TEXT == note.text
    assert {signer("log/1").verifier} == note.signers([signer("log/1").verifier])


def test_signature_by_a_stranger_is_ignored():
    """A key nobody named neither helps nor hurts."""
    note = parse_note(sign_note(TEXT, [signer("stranger")]))

    assert set() == note.signers([signer("log/1").verifier])


def test_bad_signature_of_a_known_key_refuses_the_note():
    """One wrong signature by a known key is worse than none."""
    key = signer("log/1")
    note = sign_note(TEXT, [key]).replace(b"read on", b"read it")

    with pytest.raises(NoteError, match="does not verify"):
        parse_note(note).signers([key.verifier])


def test_one_key_under_two_names_counts_once():
    """A threshold counts public keys, not names."""
    seed = signer("root/1").seed
    twins = [Signer("one.example", seed), Signer("two.example", seed)]
    note = parse_note(sign_note(TEXT, twins))

    assert 1 == len(note.signers([twin.verifier for twin in twins]))


def test_same_line_twice_counts_once():
    """Repeating a signature adds nothing."""
    key = signer("root/1")
    note = parse_note(sign_note(TEXT, [key, key]))

    assert {key.verifier} == note.signers([key.verifier])


def test_key_strings_survive_a_round_trip():
    """A key written is the key read."""
    key = signer("service/ru")

    assert key == parse_signer(key.encode())
    assert key.verifier == parse_verifier(str(key.verifier))


def test_signer_does_not_show_its_seed():
    """A secret in a traceback is a secret lost."""
    assert "Signer('press.example/log/1')" == repr(signer("log/1"))


@pytest.mark.parametrize(
    ("note", "message"),
    [
        (b"x" * 16_385, "at most 16384"),
        (b"\xff\n\n\xe2\x80\x94 a AAAAAAA=\n", "not UTF-8"),
        (b"a\r\n\n\xe2\x80\x94 a AAAAAAA=\n", "control character"),
        (b"a\n", "no signature lines"),
        (b"a\n\n\xe2\x80\x94 a AAAAAAA=", "no signature lines"),
        (b"a\n\nplain\n", "is not `— name base64`"),
        (b"a\n\n\xe2\x80\x94 a b c\n", "is not `— name base64`"),
        (b"a\n\n\xe2\x80\x94 a AAAAAAB=\n", "not canonical"),
        (b"a\n\n\xe2\x80\x94 a A\n", "not base64"),
        (b"a\n\n\xe2\x80\x94 a AAAA\n", "too short"),
        (b"a\n\n" + "— a AAAAAAA=\n".encode() * 17, "17 signatures"),
    ],
)
def test_malformed_note_is_refused_with_its_reason(note, message):
    """Each way to be no note has its own words."""
    with pytest.raises(NoteError, match=message):
        parse_note(note)


def test_signature_with_s_above_the_order_is_refused():
    """Two encodings of one signature must not both verify."""
    key = signer("log/1")

    def raised(body: bytes) -> bytes:
        s = int.from_bytes(body[36:], "little") + ORDER
        return body[:36] + s.to_bytes(32, "little")

    with pytest.raises(NoteError, match="S is not canonical"):
        parse_note(changed(sign_note(TEXT, [key]), raised)).signers([key.verifier])


def test_signature_of_another_length_is_refused():
    """A short signature by a known key refuses the note."""
    key = signer("log/1")
    note = changed(sign_note(TEXT, [key]), lambda body: body[:-1])

    with pytest.raises(NoteError, match="not 64 bytes"):
        parse_note(note).signers([key.verifier])


@pytest.mark.parametrize(
    "key",
    [
        bytes(32),
        (1).to_bytes(32, "little"),
        (2**255 - 20).to_bytes(32, "little"),
        (2**255 - 19).to_bytes(32, "little"),
        (2**255 - 18).to_bytes(32, "little"),
        bytes.fromhex(
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
        ),
        bytes.fromhex(
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
        ),
    ],
)
def test_key_of_small_order_is_refused(key):
    """A signature by such a key proves nothing."""
    with pytest.raises(NoteError, match="small order"):
        parse_verifier(str(Verifier("weak.example", key)))


@pytest.mark.parametrize(
    "vkey",
    ["", "name", "name+00000000+", VKEY.replace("033de0ae", "033de0af"), f"a b{VKEY}"],
)
def test_malformed_key_is_refused(vkey):
    """A key must carry its own id."""
    with pytest.raises(NoteError):
        parse_verifier(vkey)


@pytest.mark.parametrize("skey", ["", "PRIVATE+KEY+a+b", "PRIVATE+KEY+a+00000000+AA=="])
def test_malformed_signer_key_is_refused(skey):
    """A private key that is none is said to be none, without quoting it."""
    with pytest.raises(NoteError):
        parse_signer(skey)


def test_signer_key_with_anothers_id_is_refused():
    """The id guards against a key copied wrongly."""
    bad = signer("log/1").encode().split("+")
    bad[3] = "00000000"

    with pytest.raises(NoteError, match="another key's"):
        parse_signer("+".join(bad))


def test_key_of_the_standard_is_read():
    """Keys written by others' tools are understood."""
    assert "sum.golang.org" == parse_verifier(VKEY).name


def test_text_without_a_final_line_feed_cannot_be_signed():
    """What could not be read back is never signed."""
    with pytest.raises(ValueError, match="line feed"):
        sign_note(b"a", [signer("log/1")])
