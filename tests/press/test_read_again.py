"""Reading a content again: what comes of it is the same as when all of it is read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import documents
from cast import NOW
from contents import SMALL, Bench
from patience import examples
from tamizdat.press import stretches
from tamizdat.press.keys import new_organisation

FILES = ("one.jsonl", "three.jsonl", "two.jsonl")


@pytest.fixture
def keys(tmp_path):
    """Give the keys of one service."""
    new_organisation(tmp_path / "keys", "press.example", ["en"], NOW)
    return tmp_path / "keys"


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(stretches, "STRETCH_BYTES", SMALL)


SERVICE, FRONT = b"the service", b"a front"
STORY = st.tuples(st.integers(1, 26), st.sampled_from([None, None, "Another", "Third"]))
ODD = st.sampled_from([b"\n", b"  \n", b"{}\n", SERVICE, FRONT])


@st.composite
def contents(draw):
    """Draw contents, each made from the one before by a few changes.

    A content is a list of lines for each file; a line is bytes, or number and headline
    of a story, None for the first one.
    """
    state = [[SERVICE], [], []]
    for number in range(1, 25):
        state[draw(st.integers(0, 2))].append((number, None))
    found = [[list(lines) for lines in state]]
    for _ in range(draw(st.integers(1, 4))):
        for _ in range(draw(st.integers(0, 3))):
            draw(st.sampled_from(CHANGES))(state, draw)
        found.append([list(lines) for lines in state])
    return found


def _line(row):
    if row == SERVICE:
        return documents.line(documents.service())
    if row == FRONT:
        front = {"format": "tamizdat-front/1", "service": "en", "lead": ["story-3"]}
        return documents.line({**front, "sections": []})
    if isinstance(row, bytes):
        return row
    number, headline = row
    if headline:
        return documents.line(documents.changed(documents.story(number), headline))
    return documents.line(documents.story(number))


def edit(state, draw):
    """Put another release of a story in its place."""
    lines = draw(st.sampled_from([lines for lines in state if lines]))
    at = draw(st.integers(0, len(lines) - 1))
    if isinstance(lines[at], tuple):
        lines[at] = (lines[at][0], draw(st.sampled_from(["Another", "Third"])))


def insert(state, draw):
    """Put a line anywhere."""
    lines = draw(st.sampled_from(state))
    at = draw(st.integers(0, len(lines)))
    lines.insert(at, draw(st.one_of(STORY, ODD)))


def drop(state, draw):
    """Take a line away."""
    lines = draw(st.sampled_from([lines for lines in state if lines]))
    del lines[draw(st.integers(0, len(lines) - 1))]


def move(state, draw):
    """Take lines from one place to another, of the same file or another."""
    source, target = draw(st.sampled_from(state)), draw(st.sampled_from(state))
    start = draw(st.integers(0, len(source)))
    end = draw(st.integers(start, len(source)))
    moved = source[start:end]
    del source[start:end]
    at = draw(st.integers(0, len(target)))
    target[at:at] = moved


def double(state, draw):
    """Have lines stand twice."""
    lines = draw(st.sampled_from(state))
    start = draw(st.integers(0, len(lines)))
    end = draw(st.integers(start, len(lines)))
    draw(st.sampled_from(state)).extend(lines[start:end])


CHANGES = (edit, edit, edit, insert, move, move, drop, double)


@settings(
    deadline=None,
    max_examples=examples(4, 150),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(states=contents(), ends=st.sampled_from([b"", b"\n"]), keep=st.booleans())
def test_what_is_remembered_changes_nothing(tmp_path_factory, keys, states, ends, keep):
    """After any changes the outcome is that of reading every line."""
    mine = Bench(tmp_path_factory.mktemp("mine"), keys)
    theirs = Bench(tmp_path_factory.mktemp("theirs"), keys)
    for state in states:
        for bench in (mine, theirs):
            for name, rows in zip(FILES, state, strict=True):
                text = b"".join(map(_line, rows)).rstrip(b"\n") + ends
                (bench.content / name).write_bytes(text)
        expected = theirs.publish(forget=True, keep=keep)
        found = mine.publish(keep=keep)

        assert _said(expected) == _said(found)


def _said(outcome):
    """Leave out which of several errors that stop the press came first."""
    return outcome if isinstance(outcome[-1], tuple) else "stopped"


def test_line_put_before_the_service_leaves_the_service_known(tmp_path, keys):
    """A stretch joined to a new line still tells its service."""
    bench = Bench(tmp_path, keys)
    rows = [SERVICE, (1, None), (2, None)]
    (bench.content / "one.jsonl").write_bytes(b"".join(map(_line, rows)))
    first = bench.publish()
    (bench.content / "one.jsonl").write_bytes(b"".join(map(_line, [b"\n", *rows])))

    assert "stopped" != _said(first)
    assert "stopped" != _said(bench.publish())
