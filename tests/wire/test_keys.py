"""Each sample yields the keys that were decided before it was first parsed.

A file holds the expected keys, a line of `%%`, and the copy. A key is a path
(`media.0.credit`, `body`), of the second item of a file behind `1:`. Of a body its
blocks stand in short: the words of a paragraph, `# ` before a subhead, `> ` before a
quote, a list of a list's items, a list of a table's rows.
"""

import json
from pathlib import Path

import pytest

from tamizdat.wire.parsers import parse

KEYS = Path(__file__).parent / "keys"
NAMES = sorted(path.name for path in KEYS.iterdir())
_SHORT = {"paragraph": "", "subhead": "# ", "quote": "> "}


def _of(sample):
    expected, _, copy = sample.partition("\n%%\n")
    return json.loads(expected), [one.to_json() for one in parse(copy.encode(), "copy")]


def _at(items, key):
    """Find what stands at a path; None where it leads nowhere."""
    number, _, path = key.rpartition(":")
    found = items[int(number or 0)] if int(number or 0) < len(items) else {}
    for step in path.split("."):
        if isinstance(found, list):
            found = found[int(step)] if int(step) < len(found) else None
        else:
            found = (found or {}).get(step)
    return [*map(_short, found)] if path == "body" and found else found


def _short(block):
    if block["kind"] in _SHORT:
        return _SHORT[block["kind"]] + block["text"]
    return block["items"] or block["rows"]


@pytest.mark.parametrize("name", NAMES)
def test_sample_yields_the_keys_that_were_expected_of_it(name):
    expected, items = _of((KEYS / name).read_text("utf-8"))
    said = [*expected.pop("warnings", [])]
    warned = "\n".join(w for item in items for w in item["receipt"]["warnings"])

    assert expected == {key: _at(items, key) for key in expected}
    assert [words for words in said if words not in warned] == []
