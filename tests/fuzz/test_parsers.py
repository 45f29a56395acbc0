"""Parsers: whatever the bytes are, an answer or an error of their own comes out.

The laws stand in `parsers`. An input that broke one is kept in `corpus/`.
"""

import base64
import sys
from functools import cache
from random import Random

import pytest

from fuzz.mutate import Mutator
from fuzz.parsers import MOST, OPENED, PARSERS, holds
from fuzz.seeds import CORPUS, kept, seeds
from tamizdat.edition.errors import EditionError
from tamizdat.edition.note import parse_note

FILES = 200  # of one parser's corpus, at most
CALLS = 3_000  # of functions, whatever the input: signatures, keys, the chain
CALLS_EACH = 6  # the same, for each byte
CALLS_OF_COPY = 60_000, 200  # the same for agency copy, every word of which is asked
CALLS_OF_PAGE = 3_000, 16  # the same for a page, read twice: 7 for each bare "<"
CALLS_OF_PART = 3_000, 20  # the same for a part, written again: 4 strings a letter
SHARE_OF_COPY = 40  # it is longer than signed texts, and asked more: fewer inputs
WARM = 3  # pieces
CALLS_OPENED = 5_000  # the same, for each directory object of a hostile tree


class Calls:
    """Counts the calls of functions, Python's own included; no clock is asked."""

    def __init__(self):
        self.count = 0

    def __enter__(self):
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_error):
        sys.setprofile(None)

    def _note(self, _frame, event, _function):
        self.count += event in {"call", "c_call"}


def most_calls(parser, content):
    """Bound the work on an input by its length."""
    opened = OPENED if parser == "tree" else 0
    once, each = CALLS, CALLS_EACH
    if parser.startswith("wire-"):
        once, each = CALLS_OF_COPY
    elif parser == "article":
        once, each = CALLS_OF_PAGE
    elif parser == "pack":
        once, each = CALLS_OF_PART
    return once + each * len(content) + CALLS_OPENED * opened


@cache
def warm(parser):
    """Read a piece first: what is loaded and kept then is no work on an input."""
    for content in seeds(parser)[:WARM]:
        holds(parser, content)


def feed(parser, content):
    """Check one input: its laws and its work; show the input if one breaks."""
    warm(parser)
    try:
        with Calls() as calls:
            holds(parser, content)
    except Exception as error:
        error.add_note(f"{parser}: {base64.b64encode(content).decode()}")
        raise
    assert calls.count <= most_calls(parser, content), (parser, content)


@pytest.mark.parametrize("parser", PARSERS)
def test_inputs_of_the_vectors_keep_every_law(parser):
    """What the vectors hold is written as it was read, or refused."""
    assert seeds(parser)
    for content in seeds(parser):
        feed(parser, content)


@pytest.mark.parametrize("parser", PARSERS)
def test_kept_inputs_keep_every_law(parser):
    """What was found once is tried for ever."""
    assert len(kept(parser)) <= FILES
    for content in kept(parser).values():
        assert len(content) <= MOST[parser]
        feed(parser, content)


def test_corpus_holds_inputs_of_parsers_alone():
    """A parser that goes takes its inputs with it."""
    assert {path.name for path in CORPUS.iterdir()} <= set(PARSERS)


@pytest.mark.parametrize("parser", PARSERS)
def test_odd_inputs_keep_every_law(parser, seed, inputs):
    """Bytes nobody signed raise an error of their room and nothing else."""
    good = [*seeds(parser), *kept(parser).values()]
    random = Random(f"{seed} {parser}")  # noqa: S311 (no secret)
    mutator = Mutator(random, good, MOST[parser])
    share = SHARE_OF_COPY if parser.startswith("wire-") else 1
    for _ in range(inputs // share):
        feed(parser, mutator.input())


@pytest.mark.parametrize("parser", ["note", "latest", "document", "releases"])
def test_longer_input_is_refused_before_it_is_read(parser):
    """Work on an input over its limit does not grow with it."""
    content = seeds(parser)[0]
    content += content[-1:] * (1 << 21)

    with Calls() as calls, pytest.raises(EditionError):
        PARSERS[parser](content)
    assert calls.count < 100


def test_note_of_many_signatures_is_refused_before_they_are_read():
    """Nobody can make a reader verify more than sixteen signatures."""
    content = b"words\n\n" + "— a AAAAAAA=\n".encode() * 900

    with Calls() as calls, pytest.raises(EditionError):
        parse_note(content)
    assert calls.count < 100
