"""The pages: each one complete, listed, and with examples that the code makes."""

import json

import pytest

from spec.make_vectors import FOLDER
from tamizdat.edition.pages.flow import Piece
from tamizdat.edition.pages.theme import render
from tamizdat.edition.unsaid import LIFE, Unsaid, seal_life

PAGES = FOLDER.parent
OURS = (
    "latest.md",
    "log.md",
    "mirror-layout.md",
    "offline.md",
    "proof-file.md",
    "releases.md",
    "statement.md",
    "tree.md",
    "trust-note.md",
    "withdrawals.md",
)


def page(name: str) -> str:
    """Read one page."""
    return (PAGES / name).read_text(encoding="utf-8")


def vector(path: str) -> dict:
    """Read one committed vector."""
    return json.loads((FOLDER / f"{path}.json").read_bytes())


def examples() -> list[tuple[str, str]]:
    """List what stands on which page, taken from vectors."""
    paper = vector("tree/build-paper")["expect"]["ok"]
    latest = vector("latest/sixth-leaf")["input"]["latest"]
    filed = vector("offline/text")["input"]["file"]
    first = vector("trust-note/first-note")
    lines = vector("releases/lines-of-two")["expect"]["ok"]["lines"]
    return [
        ("trust-note.md", first["input"]["notes"][0]),
        ("trust-note.md", first["expect"]["ok"]["fingerprint"]),
        ("statement.md", vector("statement/second")["input"]["note"]),
        ("log.md", vector("log/checkpoint")["input"]["note"]),
        ("log.md", latest[latest.index("c2sp.org/tlog-proof@v1") :]),
        ("tree.md", paper["objects"][paper["root"]]),
        ("tree.md", vector("tree/shard")["input"]["object"]),
        ("latest.md", latest),
        ("offline.md", filed[filed.index("tamizdat-file/1") :].partition("c2sp")[0]),
        ("releases.md", "".join(["tamizdat-releases/1\n", *lines])),
        ("releases.md", vector("releases/record")["expect"]["ok"]["record"]),
        ("releases.md", byline()),
    ]


def byline() -> str:
    """Print a byline whose life is left out, with the salt of the record above."""
    seal = Unsaid(LIFE, seal_life("c2Vjb25kc2FsdGJ5dGVzMg", (), "Won prizes."))
    fields = {"label": "Reporter", "aside": "Writer", "unsaid": (seal,)}
    piece = Piece("byline", **fields, whole=False)
    return render("piece.html", {"lang": "en", "piece": piece})


@pytest.mark.parametrize(("name", "example"), examples())
def test_example_on_a_page_is_what_the_code_makes(name, example):
    """An example can be copied into a test of another implementation."""
    assert example in page(name)


@pytest.mark.parametrize("name", OURS)
def test_page_says_how_to_verify_and_what_is_refused(name):
    """A page ends with its steps and its refusals."""
    text = page(name)

    assert text.index("\n## Verification\n") < text.index("\n## Refused\n")


def test_index_lists_every_page():
    """No format is published without being named."""
    names = {path.name for path in PAGES.glob("*.md")} - {"README.md"}
    listed = page("README.md")

    assert [] == [name for name in sorted(names) if f"]({name})" not in listed]
