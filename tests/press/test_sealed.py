"""A sealed key opens with its passphrase and with nothing else."""

from pathlib import Path

import pytest

from cast import signer
from tamizdat.press import sealed
from tamizdat.press.errors import KeyFileError, PassphraseError

CHEAP = 1 << 14
TYPED = "seven quiet lighthouses"
KEY = signer("root/1")


@pytest.fixture(scope="module")
def text():
    """Give a sealed key."""
    return sealed.seal(KEY, TYPED, CHEAP)


def test_passphrase_opens_what_it_sealed(text):
    """A holder gets back the key that was sealed."""
    assert KEY == sealed.open_sealed(text, TYPED)


def test_public_key_can_be_read_without_the_passphrase(text):
    """Whoever finds a medium can tell whose key it is."""
    assert KEY.verifier == sealed.read_sealed(text).key


def test_letters_typed_in_two_ways_are_one_passphrase():
    """An accent is the same letter from any keyboard."""
    text = sealed.seal(KEY, "caf\u00e9 at midnight", CHEAP)

    assert KEY == sealed.open_sealed(text, "cafe\u0301 at midnight")


def test_same_key_is_never_sealed_to_the_same_bytes(text):
    """Salt and nonce are drawn anew."""
    assert text != sealed.seal(KEY, TYPED, CHEAP)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("root/1", "root/2"),
        ("scrypt 16384", "scrypt 32768"),
        ("aes-256-gcm ", "aes-256-gcm A"),
        ("tamizdat-key/1", "tamizdat-key/2"),
        ("sealed ", "sealed  "),
        ("scrypt 16384 8 1", "scrypt 16384 8 2"),
        ("scrypt 16384", "scrypt 16383"),
        ("scrypt 16384", "scrypt 8192"),
        ("scrypt 16384", "scrypt 2097152"),
        ("key press", "key  press"),
        ("\nsealed", "\n\nsealed"),
    ],
)
def test_changed_file_opens_nothing(text, old, new):
    """Every byte of the file is covered or has one spelling."""
    with pytest.raises(KeyFileError) as caught:
        sealed.open_sealed(text.replace(old, new, 1), TYPED)
    assert TYPED not in str(caught.value)


def test_mistyped_passphrase_says_so_and_does_not_repeat_it(text):
    """The message helps, and gives nothing away."""
    with pytest.raises(PassphraseError, match="another passphrase") as caught:
        sealed.open_sealed(text, f"{TYPED}s")
    assert TYPED not in str(caught.value)


def test_short_passphrase_is_refused_before_anything_is_sealed():
    """What is soon guessed seals nothing."""
    with pytest.raises(PassphraseError, match="at least 12 characters"):
        sealed.seal(KEY, "hunter2", CHEAP)


def test_seal_holds_no_readable_key(text):
    """The seed stands in no line of the file."""
    assert KEY.encode().rpartition("+")[2][:20] not in text


def test_example_of_the_specification_opens_with_the_words_beside_it():
    """Another program can be tried on the page alone."""
    page = (Path(__file__).parents[2] / "spec" / "key-file.md").read_text("utf-8")
    _before, example, _after = page.split("```\n")[:3]

    assert f"`{TYPED}`" in page
    assert KEY == sealed.open_sealed(example, TYPED)
