"""What a witness cosigns, and what it refuses: C2SP tlog-witness, word for word."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from cast import NOW, signer
from tamizdat.edition import log
from tamizdat.edition.log import Checkpoint, leaf_hash
from tamizdat.edition.note import parse_note, sign_note
from tamizdat.edition.witness import (
    cosigned,
    read_answer,
    witness_key,
    write_request,
)
from tamizdat.mirrors.logbook import rebuild
from tamizdat.witness.book import Book
from tamizdat.witness.errors import BookError
from tamizdat.witness.judge import SIZE, Answer, add_checkpoint

LOG, WITNESS = signer("log/1"), signer("witness/1")
ORIGIN = LOG.name


class Grown:
    """A log of so many entries, of one history or another."""

    def __init__(self, size, history="honest", root=None):
        leaves = [leaf_hash(f"{history} {n}".encode()) for n in range(size)]
        tiles = rebuild(leaves)
        self.size, self.read = size, tiles.__getitem__
        self.root = root or log.range_hash(self.read, size, 0, size)

    def note(self, by=LOG, origin=ORIGIN):
        """Sign its head."""
        return sign_note(Checkpoint(origin, self.size, self.root).text(), [by])

    def request(self, old, **other):
        """Ask for a cosignature from an old size on."""
        path = log.consistency_proof(self.read, old, self.size)
        return write_request(old, path, self.note(**other))


@pytest.fixture
def book(tmp_path):
    """Give a witness's book with one log in it."""
    book = Book(tmp_path / "book.sqlite3")
    book.watch(LOG.verifier)
    yield book
    book.close()


def asked(book, request, signer=WITNESS, now=NOW):
    """Ask the witness."""
    return add_checkpoint(request, book, signer, now)


def test_log_is_followed_from_nothing_to_head_to_head(book):
    """Each head that continues the one before is cosigned, again as often as asked."""
    for old, size in [(0, 1), (1, 1), (1, 300), (300, 700), (700, 700)]:
        grown = Grown(size)
        answer = asked(book, grown.request(old))
        text = parse_note(grown.note()).text

        assert 200 == answer.status
        assert NOW == read_answer(answer.body, text, witness_key(WITNESS))[1]
        assert (size, grown.root) == (book.log(ORIGIN).size, book.log(ORIGIN).root)


def test_book_keeps_the_note_with_both_signatures(book):
    """What was cosigned can be shown to anybody, and by whom."""
    grown = Grown(3)
    asked(book, grown.request(0))
    note = parse_note(book.log(ORIGIN).checkpoint)

    assert {LOG.verifier} == note.signers([LOG.verifier])
    assert 2 == len(note.signatures)


def test_head_is_in_the_book_before_the_cosignature_is_out(book, tmp_path):
    """Whoever reads the book from outside sees what was answered."""
    asked(book, Grown(5).request(0))
    again = Book(tmp_path / "book.sqlite3")

    assert 5 == again.log(ORIGIN).size
    again.close()


def refusals():
    """List requests that are not cosigned once 5 leaves are: name, request, answer."""
    five, eight, other = Grown(5), Grown(8), Grown(8, "forged")
    too_much = write_request(5, (bytes(32),), five.note())
    bent = eight.note().replace(b"\n8\n", b"\n9\n")
    return {
        "old-size": (eight.request(3), (409, b"5\n", SIZE)),
        "from-nothing": (eight.request(0), (409, b"5\n", SIZE)),
        "smaller": (Grown(4).request(4), (409, b"5\n", SIZE)),
        "fork-of-one-size": (Grown(5, "forged").request(5), (409, b"5\n", SIZE)),
        "fork-that-went-on": (other.request(5), (422, b"does not continue")),
        "proof-cut": (write_request(5, (), eight.note()), (422, b"does not continue")),
        "proof-too-much": (too_much, (422, b"two roots")),
        "old-above-size": (write_request(6, (), five.note()), (400, b"old 6 is above")),
        "unknown-log": (eight.request(5, origin="other.example/log"), (404, b"")),
        "by-a-stranger": (eight.request(5, by=signer("root/1")), (403, b"not signed")),
        "bad-signature": (write_request(5, (), bent), (403, b"does not verify")),
        "empty-log-of-another-root": (
            Grown(0, root=bytes(32)).request(0),
            (400, b"another root"),
        ),
        "no-request": (b"hello", (400, b"expected `old")),
        "no-note": (b"old 5\n\nhello\n", (400, b"no signature lines")),
    }


@pytest.mark.parametrize("name", refusals())
def test_whatever_does_not_continue_the_log_is_not_cosigned(book, name):
    """Each refusal has the status of the specification, and changes nothing."""
    five = Grown(5)
    asked(book, five.request(0))
    request, (status, words, *kind) = refusals()[name]
    answer = asked(book, request)

    assert (status, *kind) == (answer.status, *([answer.kind] if kind else []))
    assert words in answer.body
    assert (5, five.root) == (book.log(ORIGIN).size, book.log(ORIGIN).root)


def test_first_head_needs_no_proof_and_takes_none(book):
    """A witness that starts has nothing to compare."""
    request = write_request(0, (bytes(32),), Grown(5).note())

    assert 422 == asked(book, request).status


def test_of_forks_offered_at_once_one_is_cosigned(book, tmp_path):
    """The book is the only judge, whoever comes first, in one process or in two."""
    other = Book(tmp_path / "book.sqlite3")
    forks = [Grown(6, f"history {number}") for number in range(8)]
    together = Barrier(len(forks))

    def offer(number):
        together.wait()
        return asked((book, other)[number % 2], forks[number].request(0)).status

    with ThreadPoolExecutor(len(forks)) as pool:
        statuses = list(pool.map(offer, range(len(forks))))
    held = [fork.root for fork in forks].index(other.log(ORIGIN).root)
    other.close()

    assert [200, *[409] * 7] == sorted(statuses)
    assert 200 == statuses[held]


def test_nothing_is_cosigned_when_the_book_cannot_be_written(book):
    """No cosignature leaves that a restart would forget."""
    book._database.execute("PRAGMA query_only = ON")  # noqa: SLF001 - as a full disk
    with pytest.raises(BookError, match="readonly"):
        asked(book, Grown(5).request(0))
    with pytest.raises(BookError, match="readonly"):
        book.watch(signer("log/2").verifier)


def test_book_that_cannot_be_read_is_named(tmp_path):
    """Nobody who asks is left without an answer."""
    book = Book(tmp_path / "book.sqlite3")
    book.close()
    for look in (book.logs, lambda: book.log(ORIGIN)):
        with pytest.raises(BookError, match=r"book\.sqlite3: Cannot operate on"):
            look()


def test_log_that_nobody_named_is_not_written_down(book):
    """The book has the logs that its keeper chose, and no others."""
    with pytest.raises(BookError, match="is not watched"):
        book.cosign_once("other.example/log", lambda _before: pytest.fail("asked"))


def test_second_key_of_one_log_is_refused(book):
    """A log has one key; who changes it begins another log."""
    other = type(LOG)(ORIGIN, bytes(32)).verifier
    book.watch(LOG.verifier)  # again: nothing happens
    with pytest.raises(BookError, match="watched already, with another key"):
        book.watch(other)

    assert [LOG.verifier] == [one.key for one in book.logs()]


def test_cosignature_counts_for_a_reader(book):
    """What the witness answers is what a reader verifies in `latest`."""
    from tamizdat.edition.policy import parse_policy  # noqa: PLC0415 - here alone

    grown = Grown(9)
    answer = asked(book, grown.request(0))
    policy = parse_policy(
        (f"log {LOG.verifier}", f"witness w {witness_key(WITNESS)}", "quorum w")
    )

    assert {"w": NOW} == cosigned(parse_note(grown.note() + answer.body), policy)
    assert Answer(200, answer.body) == answer
