"""Good and bad inputs of each parser, out of the vectors and the kept corpus."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from edition.paper import full_story, rich_story, service
from fuzz.wires import copies
from spec.cases.vector import content_of
from tamizdat.edition.pages import article_pages

VECTORS = Path(__file__).parents[2] / "spec" / "vectors"
CORPUS = Path(__file__).parent / "corpus"

# By parser: the operations whose vectors hold its inputs, and under which names.
_FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "note": {"note.open": ("note",), "checkpoint.read": ("note",)},
    "key": {"key.read": ("vkey",)},
    "checkpoint": {"checkpoint.read": ("note",)},
    "proof": {"proof.read": ("proof",)},
    "proof-file": {"proof-file.judge": ("proof",)},
    "latest": {"latest.verify": ("latest",), "latest.follow": ("latest", "seen")},
    "request": {"witness.request": ("request",), "witness.judge": ("request",)},
    "answer": {"witness.answer": ("answer",)},
    "statement": {"statement.verify": ("note",)},
    "trust": {
        "trust.chain": ("notes",),
        "statement.verify": ("trust",),
        "latest.verify": ("trust",),
    },
    "directory": {"directory.read": ("object",), "tree.walk": ("objects",)},
    "releases": {"releases.read": ("part",)},
    "pack": {"pack.read": ("part",)},
    "withdrawn": {"withdrawals.read": ("part",)},
    "bundle": {"log.bundle": ("bundle",)},
    "document": {"document.read": ("document", "line")},
}
# The same, where an input of the parser is made of several together.
_TOGETHER: dict[str, tuple[bytes, dict[str, tuple[str, ...]]]] = {
    "chain": (b"", {"trust.chain": ("notes",), "latest.verify": ("trust",)}),
    "tree": (b"\n\n", {"tree.walk": ("objects",), "tree.find": ("objects",)}),
}


@cache
def vectors() -> list[dict[str, Any]]:
    """Read all vectors, in the order of their paths."""
    paths = sorted(VECTORS.glob("*/*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def seeds(parser: str) -> list[bytes]:
    """List the inputs of a parser that the vectors hold, each once."""
    if parser.startswith("wire-"):
        return copies()[parser.removeprefix("wire-")]
    if parser == "policy":
        return list(dict.fromkeys(_policies()))
    if parser in {"article", "printing"}:
        return list(_articles())
    if parser in _TOGETHER:
        joint, operations = _TOGETHER[parser]
        return list(dict.fromkeys(joint.join(g) for g in _groups(operations)))
    groups = _groups(_FIELDS[parser])
    return list(dict.fromkeys(one for group in groups for one in group))


def _articles() -> Iterator[bytes]:
    """Print an article with every element, in three scripts, and its notes."""
    for language in ("en", "ru", "fa"):
        for story in (full_story(language), rich_story(language)):
            for page in article_pages(story, service(language), section_name="Law"):
                yield page.content


def kept(parser: str) -> dict[str, bytes]:
    """Read the corpus of a parser, by file name."""
    return {p.name: p.read_bytes() for p in sorted((CORPUS / parser).glob("*"))}


def _groups(operations: dict[str, tuple[str, ...]]) -> Iterator[list[bytes]]:
    for vector in vectors():
        for name in operations.get(vector["operation"], ()):
            yield list(_contents(vector["input"], name))


def _contents(given: dict[str, Any], name: str) -> Iterator[bytes]:
    value = given.get(name)
    if name == "document":
        yield from [json.dumps(value).encode()] if value else []
    elif isinstance(value, dict):
        yield from (content.encode() for content in value.values())
    elif isinstance(value, list):
        yield from (content.encode() for content in value)
    elif value is not None or f"{name}_base64" in given:
        yield content_of(given, name)


def _policies() -> Iterator[bytes]:
    for note in seeds("trust"):
        text, _, _ = note.partition(b"\n\n")
        _, log, policy = text.partition(b"\nlog ")
        yield (log + policy).strip(b"\n")
