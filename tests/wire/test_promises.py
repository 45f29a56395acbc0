"""What holds for any bytes."""

import json
from importlib import import_module

from hypothesis import given, settings
from hypothesis import strategies as st
from page_simulator import HEADLINE, PARAGRAPHS, PageSimulator

from patience import examples
from tamizdat.wire.errors import WireError
from tamizdat.wire.parsers import FAMILIES, parse
from tamizdat.wire.parsers.saved_text.labels import is_breakpoint

# Loading a parser takes longer than one example may.
PARSERS = [
    import_module(f"tamizdat.wire.parsers.{f.parser}") for f in FAMILIES if f.parser
]
LINES = st.one_of(
    st.sampled_from(
        [
            *("XS", "SM", "  MD", "\u2022 LG", "> XS", "XS SM MD", "XS\tSM", ""),
            *("16x9 Image", "Breaking News", "Updated", "Print", HEADLINE),
            *("By Demo Reporter", "With reporting by AP", "    Demo Press"),
            *("HILLTOWN -- XS", "Phone: +1 555 0100", "(Eds: note)"),
            *PARAGRAPHS,
            *PageSimulator().notices,
        ]
    ),
    st.text(max_size=60),
)


def items_or_error(data: bytes) -> list[dict[str, object]]:
    try:
        return [item.to_json() for item in parse(data, "f")]
    except WireError as error:
        assert str(error).startswith("f: ")  # noqa: PT017 - the message is the promise
        return []


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_yield_items_or_one_error(data):
    assert isinstance(items_or_error(data), list)


@settings(max_examples=examples(100, 3000), deadline=None)
@given(st.lists(LINES, max_size=30))
def test_no_breakpoint_label_reaches_a_body(lines):
    for item in items_or_error("\n".join(lines).encode()):
        for block in item["body"]:
            parts = [block["text"], *(block["items"] or [])]
            assert not [part for part in parts if part and is_breakpoint(part)]


@settings(deadline=None)
@given(st.lists(LINES, max_size=30))
def test_items_are_json_and_the_same_each_time(lines):
    data = "\n".join(lines).encode()
    first = json.dumps(items_or_error(data), ensure_ascii=False).encode()

    assert first == json.dumps(items_or_error(data), ensure_ascii=False).encode()


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5, unique=True))
def test_no_paragraph_is_lost(paragraphs):
    item = PageSimulator(paragraphs=tuple(paragraphs)).item()

    assert paragraphs == [block["text"] for block in item["body"]]
