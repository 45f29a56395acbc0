"""The registers of subjects and authors: the same however an archive grew."""

import re

import pytest

import documents
from cast import NOW
from held import holders
from press.test_packing import Paper
from tamizdat.edition.pages.registers import FULL
from tamizdat.press.keys import new_organisation


@pytest.fixture
def keys(tmp_path):
    """Give the keys of one service."""
    new_organisation(tmp_path / "keys", "press.example", ["en"], NOW)
    return tmp_path / "keys"


def tagged(number, *names):
    """Make a story with subjects named so."""
    one = documents.story(number)
    one["subjects"] = [
        {"name": name, "literal": f"t{ord(name[0])}-{len(name)}"} for name in names
    ]
    return one


def many(count):
    """Name subjects that begin with different letters."""
    return [f"{chr(0x410 + n % 30)}{'a' * (n // 30 + 1)}" for n in range(count)]


@pytest.mark.parametrize("count", [FULL - 5, FULL, FULL + 60])
def test_registers_of_an_archive_that_grew_are_those_of_a_full_build(
    tmp_path,
    keys,
    count,
):
    """Names that come, are spelt anew, or go with their last story."""
    names = many(count)
    stories = [tagged(n, *names[n * 5 : n * 5 + 5]) for n in range(1, len(names) // 5)]
    grown = Paper(tmp_path / "grown", keys)
    for some in (stories[:2], stories[:-1], stories):
        grown.publish(some)
    stories[0] = documents.changed(tagged(1, "Zeta"), "Without its subjects")
    stories[2] = documents.changed(stories[2], "Another headline")
    grown.publish(stories)
    fresh = Paper(tmp_path / "fresh", keys)
    fresh.publish(stories)
    pages = {k: v for k, v in grown.tree("t/").items() if k.startswith("t/all_")}
    text = b"".join(pages.values()).decode()
    shown = set(re.findall(r'<li data-salt[^>]*><a href="[^"]+">(\w+)<', text))

    assert fresh.tree("t/") == grown.tree("t/")
    assert fresh.tree("by/") == grown.tree("by/")
    assert shown == {s["name"] for one in stories for s in one["subjects"]}
    assert (len(shown) <= FULL) == (len(pages) == 1)


def test_name_that_was_taken_back_stands_in_no_object(tmp_path, keys):
    """A redaction takes away the register that named what it took out."""
    paper = Paper(tmp_path / "archive", keys)
    first = tagged(1, "Secret name")
    paper.publish([first, tagged(2, "Law")])
    corrected = documents.changed(first, "Corrected")
    paper.publish([corrected, tagged(2, "Law")])
    redacted = documents.changed(corrected, "Without the name", "redaction")
    redacted["subjects"] = []
    paper.publish([redacted, tagged(2, "Law")])

    assert [] == holders(paper.press.archive.root / "o", "Secret name")
