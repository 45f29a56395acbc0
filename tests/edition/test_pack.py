"""Packs: the newest stories as text, in parts that stay where they are."""

import gzip
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.paper import FIRST, full_story, plain_story, release, salt
from tamizdat.edition import letters, pack
from tamizdat.edition.blocks import Block
from tamizdat.edition.errors import PackError
from tamizdat.edition.pack import PART_BYTES, Slot
from tamizdat.edition.stories import Release

WORDS = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=400
).filter(str.strip)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Block, st.sampled_from(["paragraph", "subhead", "quote"]), WORDS),
        st.builds(
            lambda cells: Block("list", rows=tuple((cell,) for cell in cells)),
            st.lists(WORDS, min_size=1, max_size=4),
        ),
        st.builds(
            lambda row: Block("table", rows=(tuple(row), tuple(row))),
            st.lists(WORDS, min_size=1, max_size=4),
        ),
    ),
    max_size=6,
)


def text_of(story):
    """Join the text of all items of a story, as a reader joins it."""
    lines = [
        line
        for item in pack.items_of(story)
        for line in item.content.decode().split("\n")[1:-1]
    ]
    joined = []
    for line in lines:
        if line.startswith(". "):
            joined[-1] += line[2:]
        else:
            joined.append(line)
    return joined


@given(body=BLOCKS, times=st.integers(1, 60))
def test_part_is_read_back_as_it_was_written(body, times):
    """Whatever a story says, its items come back whole and no part is too long."""
    story = full_story(body=tuple(body) * times)
    items = pack.items_of(story)

    for item in items:
        content = pack.write_part([item])
        assert len(content) <= PART_BYTES
        assert [item] == pack.read_part(content)
    expected = [
        "\t".join(row) for block in story.body for row in block.rows or [(block.text,)]
    ]
    body_lines = [line[2:] for line in text_of(story) if line[0] in "puqlt"]
    assert expected == body_lines


def test_item_tells_everything_in_its_order():
    """Kicker, headline, standfirst, byline, dateline, body, notes, credit."""
    story = full_story(
        releases=(
            release(1, "publish"),
            release(2, "correction", "First."),
            release(3, "clarification", "Second."),
        )
    )
    (item,) = pack.items_of(story)
    head, *lines = item.content.decode().splitlines()
    letters = "".join(line[0] for line in lines)

    assert head.startswith("= right-to-know 1/1 3 - 2026-11-20T09:00:00Z ")
    assert head.endswith(f" law {story.release.salt}")
    assert letters.startswith("khsbd")
    assert letters.endswith("nnc")
    assert "n clarification 2026-11-20T11:00:00Z Second." in lines
    assert lines.index("n clarification 2026-11-20T11:00:00Z Second.") < lines.index(
        "n correction 2026-11-20T10:00:00Z First."
    )


def test_retracted_story_has_its_headline_and_notes_alone():
    """What the paper no longer stands by is not carried on."""
    story = full_story(
        releases=(release(1, "publish"), release(2, "retraction", "It was wrong."))
    )
    (item,) = pack.items_of(story)

    assert b" retracted " in item.content
    assert "khn" == "".join(line[0] for line in text_of(story))


def test_withdrawn_story_has_no_word_left():
    """A neutral title stands in its place."""
    story = full_story(
        releases=(
            release(1, "publish"),
            release(2, "correction", "A name."),
            release(3, "withdrawal"),
        )
    )

    assert ["h A story withdrawn for safety"] == text_of(story)


def test_line_longer_than_a_part_is_cut_between_letters():
    """Nothing is lost where a paragraph alone is longer than a part."""
    long = "ы" * 30_000
    story = full_story(body=(Block("paragraph", long),))

    assert len(pack.items_of(story)) > 3
    assert f"p {long}" in text_of(story)


@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200))
def test_letters_are_read_back_and_never_longer(text):
    """Any mixture of scripts: blocks are named only where the part gets shorter."""
    content = letters.write(text)

    assert text == letters.read(content)
    assert len(content) <= len(letters.TYPE) + 1 + len(text.encode())


def test_one_byte_a_letter():
    """Georgian, Kazakh and quotation marks: eight blocks, a ninth by number."""
    text = "«საქართველო» Қазақстан Д" * 9
    head = b"tamizdat-pack/1 a b 41 43 44 49 10d 10e\n"
    content = letters.write(text + "\N{CYRILLIC CAPITAL LETTER U}")

    assert content.startswith(head)
    assert content.endswith(b"\x1a423;")
    assert len(head) + len(text) + 5 == len(content)


def slots(numbers, size=3_000):
    """Make slots of stories an hour apart."""
    return [
        Slot(f"story-{n}", 1, FIRST + timedelta(hours=n), size + n % 7 * 400)
        for n in numbers
    ]


def parts_of(count, changed=None):
    """Plan the pack of so many stories, the sizes of some of them changed."""
    every = slots(range(count))
    for number, size in (changed or {}).items():
        every[number] = replace(every[number], size=size)
    newest = every[-pack.REACH :]
    start = pack.start_of([slot.story for slot in newest])
    window = frozenset(slot.story for slot in newest[-pack.WINDOW :])
    return pack.plan(newest[start:], window)


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 127, 128, 129, 500])
def test_pack_holds_the_newest_fifty(count):
    """All of them, and only a few more that share a part with them."""
    parts = parts_of(count)
    held = [slot.story for part in parts for slot in part.slots]
    wanted = [f"story-{n}" for n in range(max(count - 50, 0), count)]

    assert wanted == held[-len(wanted) :] if wanted else not held
    assert len(held) - len(wanted) < 6
    assert sorted(part.path for part in parts) == [part.path for part in parts]


def test_new_story_changes_only_the_newest_part():
    """Older parts keep their bytes, however many stories come."""
    for count in range(200, 260):
        before = {p.path: p.slots for p in parts_of(count)}
        after = {p.path: p.slots for p in parts_of(count + 1)}
        changed = [path for path in after if before.get(path) != after[path]]

        assert 1 == len(changed)
        assert changed[0] == max(after)


def test_longer_story_moves_no_part_beyond_its_group():
    """A group ends where the next one opens, whatever stands before."""
    before = parts_of(300)
    at = 275
    after = parts_of(300, {at: 15_000})
    opening = [n for n in range(at + 1, 300) if pack.opens_group(f"story-{n}")]
    behind = f"story-{opening[0]}"
    (first,) = slots([opening[0]])
    later = [p for p in before if p.slots[0].published >= first.published]

    assert behind == later[0].slots[0].story
    assert later == [p for p in after if p in later]


def test_filling_starts_at_the_128th_where_no_group_opens():
    """Parts depend on the newest stories alone, however long the archive is."""
    closed = [f"x-{n}" for n in range(4_000) if not pack.opens_group(f"x-{n}")]

    assert 0 == pack.start_of(closed[: pack.REACH])
    opener = next(f"y-{n}" for n in range(100) if pack.opens_group(f"y-{n}"))
    ids = [*closed[:40], opener, *closed[40:127]]
    assert 40 == pack.start_of(ids)


def test_name_of_a_part_is_that_of_its_first_item():
    """Names sort as the stories do."""
    part = parts_of(1)[0]
    name = hashlib.sha256(b"story-0").hexdigest()[:8]

    assert f"p/20261120t090000-{name}-1.txt" == part.path


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_part_of_real_words_is_small_on_the_wire(language):
    """A full part stays below 8 KB of gzip."""
    many = [
        replace(
            plain_story(n, language),
            id=f"story-{n}",
            releases=(Release(1, "publish", FIRST, None, salt(str(n))),),
        )
        for n in range(40)
    ]
    content, items = b"", []
    for story in many:
        items += pack.items_of(story)
        if len(pack.write_part(items)) > PART_BYTES:
            break
        content = pack.write_part(items)

    assert len(content) > PART_BYTES // 2
    assert len(gzip.compress(content, 9)) <= 8_192


GOOD = pack.write_part(pack.items_of(full_story()))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"tamizdat-pack/1", b"tamizdat-pack/2", "expected tamizdat-pack/1"),
        (b"= right", b"- right", "line 2: expected the beginning"),
        (b"pack/1", b"pack/1 ", "expected tamizdat-pack/1"),
        (b"\nh ", b"\nz ", "expected a letter, a space"),
        (b"\nh ", b"\nh", "expected a letter, a space"),
        (b"\nh ", b"\nk ", "k out of order"),
        (b"1/1", b"2/1", "item 2 of 1"),
        (b"1/1", b"01/1", "not the beginning"),
        (b"2026-11-20T", b"2026-13-20T", "a time that exists"),
        (b" law ", b" LAW ", "not the beginning"),
    ],
)
def test_part_that_is_malformed_is_refused(old, new, reason):
    """The error names the line."""
    with pytest.raises(PackError, match=reason):
        pack.read_part(GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD[:-1], "a line feed at the end"),
        (GOOD + b"p \xff\n", "expected UTF-8"),
        (GOOD + b"p a\x00b\n", "control character"),
        (GOOD + b"d 2026-11-20 Here\n", "d out of order"),
        (GOOD.rsplit(b"\nc ", 1)[0] + b"\nn why\n", "not what stands after n"),
        (GOOD + b"p " + b"x" * 16_384 + b"\n", "at most 16384"),
        (b"tamizdat-pack/1\n", "line 2: expected the beginning"),
        (b"", "expected tamizdat-pack/1"),
    ],
)
def test_bytes_that_are_no_part_are_refused(content, reason):
    """A reader shows nothing of a part that is not as specified."""
    with pytest.raises(PackError, match=reason):
        pack.read_part(content)
