"""One text of two: which side is taken, and that nothing falls between them."""

import json
from typing import Any

import pytest

from tamizdat.newsroom.desk.joining import (
    BOTH,
    LATE,
    NEWEST,
    differences,
    joined,
    words_of,
)

NAMES = ["title", "body"]


def _text(*paragraphs: str, title: str = "T") -> dict[str, Any]:
    body = [
        {"type": "paragraph", "value": f"<p>{text}</p>", "id": text[:1]}
        for text in paragraphs
    ]
    return {"title": title, "body": json.dumps(body), "pk": 1}


def _body(content: dict[str, Any]) -> list[str]:
    return [words_of(block) for block in json.loads(content["body"])]


def _chosen(*sides: Any) -> dict[str, str]:
    return {one.key: one.chosen for one in differences(*sides, NAMES)}


@pytest.mark.parametrize(
    ("newest", "late", "chosen", "expected"),
    [
        pytest.param(["a", "b2"], ["a", "b"], NEWEST, ["a", "b2"], id="newest-changed"),
        pytest.param(["a", "b"], ["a", "b2"], LATE, ["a", "b2"], id="late-changed"),
        pytest.param(["a", "b", "c"], ["a", "b"], NEWEST, ["a", "b", "c"], id="added"),
        pytest.param(
            ["a", "b"], ["a", "b", "c"], LATE, ["a", "b", "c"], id="added-late"
        ),
        pytest.param(["a"], ["a", "b"], NEWEST, ["a"], id="cut"),
        pytest.param(["a", "b"], ["b"], LATE, ["b"], id="cut-late"),
        pytest.param(["a", "b1"], ["a", "b2"], BOTH, ["a", "b1", "b2"], id="both"),
    ],
)
def test_side_that_changed_a_stretch_is_taken(
    newest: list[str], late: list[str], chosen: str, expected: list[str]
) -> None:
    """Against what both were written upon; where both changed, both stay."""
    sides = _text(*newest), _text(*late)
    found = _chosen(*sides, _text("a", "b"))

    assert {"body-0": chosen} == found
    assert expected == _body(joined(*sides, found, NAMES))


def test_both_stay_where_nobody_knows_the_beginning() -> None:
    """Without a common text no side is taken for the better one."""
    sides = _text("a", "b1"), _text("a", "b2")

    assert {"body-0": BOTH} == _chosen(*sides, None)


@pytest.mark.parametrize(
    ("newest", "late", "told"),
    [
        (
            ("paragraph", "<p>They sang.</p>"),
            ("paragraph", '<p>They <span lang="fa">sang</span>.</p>'),
            [" [fa]"],
        ),
        (
            ("list", {"items": ["One"], "language": "fa"}),
            ("list", {"items": ["One"], "language": "ps"}),
            ["fa", "ps"],
        ),
        (
            ("table", {"rows": "One | 1", "language": ""}),
            ("table", {"rows": "One | 1", "language": "fa"}),
            ["\n[fa]"],
        ),
    ],
)
def test_language_in_which_two_texts_differ_is_told(
    newest: tuple[str, Any], late: tuple[str, Any], told: list[str]
) -> None:
    """Nobody can choose between two that look the same."""
    sides = [
        {"body": json.dumps([{"type": kind, "value": value, "id": "a"}])}
        for kind, value in (newest, late)
    ]
    (one,) = differences(*sides, None, ["body"])

    assert told == [run.text for run in one.runs if run.kind in ("added", "removed")]
    assert "[" not in words_of(late[1])


def test_two_stretches_are_chosen_one_by_one() -> None:
    """Each has a key of its own, in the order of the text."""
    sides = _text("a1", "b", "c1"), _text("a2", "b", "c2")

    content = joined(*sides, {"body-0": LATE, "body-1": NEWEST}, NAMES)

    assert ["a2", "b", "c1"] == _body(content)


def test_block_of_both_sides_gets_a_key_of_its_own() -> None:
    """Wagtail takes two blocks of one key for one."""
    sides = _text("b1"), _text("b2")

    content = joined(*sides, {"body-0": BOTH}, NAMES)

    keys = [block["id"] for block in json.loads(content["body"])]
    assert 2 == len(set(keys))


def test_keys_alone_are_no_difference() -> None:
    """The editor gives lines and blocks new keys where nobody wrote anything."""
    one, other = _text("a"), _text("a")
    other["body"] = json.dumps(
        [{"type": "paragraph", "value": '<p data-block-key="k1">a</p>', "id": "new"}]
    )

    assert [] == differences(one, other, None, NAMES)


def test_what_no_form_asks_comes_from_the_newest() -> None:
    """Numbers and times of the record are nobody's text."""
    sides = {**_text("a"), "next_number": 2}, {**_text("a"), "next_number": 1}

    assert 2 == joined(*sides, {}, NAMES)["next_number"]


def test_words_of_any_block_are_found() -> None:
    """A block of a kind that came later shows its words like any other."""
    value = {
        "title": "Box",
        "rows": [{"type": "item", "value": "one", "id": "x"}, "two"],
        "text": "<p>three <b>four</b></p>",
        "picture": None,
    }

    assert "Box\none\ntwo\nthree four" == words_of(value)


def _live(*posts: str, ends: str = "") -> dict[str, Any]:
    """Give a live story; each post is named by its hour."""
    blocks = [
        {
            "type": "post",
            "id": hour,
            "value": {"time": f"2026-11-26T{hour}:00:00Z", "headline": hour + ends},
        }
        for hour in posts
    ]
    return {"posts": json.dumps(blocks)}


def _hours(content: dict[str, Any]) -> list[str]:
    return [post["value"]["headline"] for post in json.loads(content["posts"])]


@pytest.mark.parametrize(
    ("newest", "late", "open_ones", "expected"),
    [
        pytest.param(
            _live("12", "10"), _live("11", "10"), [], ["12", "11", "10"], id="added"
        ),
        pytest.param(_live("12", "10"), _live(), [], ["12"], id="taken-out"),
        pytest.param(
            _live("10", ends="!"), _live("11", "10"), [], ["11", "10!"], id="changed"
        ),
        pytest.param(
            _live("10", ends="!"),
            _live("11", "10", ends="?"),
            ["10"],
            ["11?", "10!"],
            id="both",
        ),
    ],
)
def test_posts_of_both_editors_stand_in_their_order(
    newest: dict[str, Any],
    late: dict[str, Any],
    open_ones: list[str],
    expected: list[str],
) -> None:
    """What one side alone added or changed is taken post by post."""
    found = differences(newest, late, _live("10"), ["posts"])
    chosen = {one.key: one.chosen for one in found}

    assert [f"posts-{hour}" for hour in open_ones] == [x.key for x in found if x.open]
    assert expected == _hours(joined(newest, late, chosen, ["posts"]))


def test_no_post_is_dropped_where_nobody_knows_the_beginning() -> None:
    """Each is asked about, and stands unless somebody says otherwise."""
    sides = _live("12", "10"), _live("11", "10")
    found = differences(*sides, None, ["posts"])

    assert [("posts-12", NEWEST, True), ("posts-11", LATE, True)] == [
        (one.key, one.chosen, one.open) for one in found
    ]
    assert ["12", "10"] == _hours(joined(*sides, {}, ["posts"]))
