"""Each piece of agency copy yields the items beside it, word for word.

The pieces are ours; each shows habits that agencies have, named in its file name.
"""

import json
from pathlib import Path

import pytest

from tamizdat.wire.parsers import FAMILIES, parse

COPY = Path(__file__).parent / "copy"
NAMES = sorted(path.name for path in COPY.iterdir() if path.suffix != ".json")
SECRETS = (
    "2852",
    "7000 0000",
    "7000 0001",
    "555-0101",
    "7963",
    "123 45",
    "+33",
    "+7 495",
)


def items_of(name):
    return [item.to_json() for item in parse((COPY / name).read_bytes(), name)]


@pytest.mark.parametrize("name", NAMES)
def test_copy_yields_the_recorded_items(name):
    lines = (COPY / f"{name}.json").read_text("utf-8").splitlines()

    assert [json.loads(line) for line in lines] == items_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_telephone_of_a_desk_is_in_any_field_or_receipt(name):
    written = json.dumps(items_of(name), ensure_ascii=False)

    assert not [secret for secret in SECRETS if secret in written]
    assert "\ufffd" not in written


def test_copy_of_every_family_with_a_parser_of_agencies_is_here():
    families = {item["family"] for name in NAMES for item in items_of(name)}
    rows = {family.name for family in FAMILIES}
    of_json = {"ap-media", "dpa-digitalwires", "ninjs"}  # told by the item's keys
    of_members = {"archive", "gzip", "zip", "warc", "agency-json"}

    assert families == (rows - of_members) | of_json
