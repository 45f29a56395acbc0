from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from edition.paper import full_story, service, text_of
from patience import examples
from tamizdat.edition.blocks import Block, Mark
from tamizdat.edition.cuts import shortened
from tamizdat.edition.pages import PAGE_BYTES, article_pages
from tamizdat.edition.pages.flow import Piece, lay

WORDS = st.sampled_from(["a", "Слово", "واژه", "<&>", "sentence.", "e\u0301", "👩‍🔬"])
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=40).map(" ".join),
    st.builds(lambda word, n: word * n, WORDS, st.integers(1, 9000)),
    st.builds(lambda word, n: f"{word} " * n + "end", WORDS, st.integers(1, 4000)),
)
BLOCKS = st.one_of(
    st.builds(Block, st.sampled_from(["paragraph", "subhead", "quote"]), TEXTS),
    st.builds(lambda ts: Block("list", rows=tuple((t,) for t in ts)), st.lists(TEXTS)),
    st.builds(
        lambda ts: Block("table", rows=tuple((t, "x") for t in ts)), st.lists(TEXTS)
    ),
)


def plain_size(piece: Piece) -> int:
    """Count a byte a character, as if no markup stood around it."""
    return len(piece.plain)


def laid(*pieces: Piece, room: int = 4000) -> list[list[Piece]]:
    """Lay pieces on pages of one size."""
    return lay(pieces, lambda _: room, plain_size)


@settings(max_examples=examples(15, 150), deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=6))
def test_no_body_makes_a_page_too_large(body: list[Block]) -> None:
    """Whatever an editor writes, every page closes in time."""
    story = full_story(body=tuple(body))
    for page in article_pages(story, service(), section_name="Law"):
        assert len(page.content) <= PAGE_BYTES


@settings(max_examples=examples(15, 150), deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=6))
def test_no_character_is_lost_or_repeated(body: list[Block]) -> None:
    """The pages read one after another are the text."""
    pieces = [
        Piece(b.kind, b.text, b.marks, b.rows, heads=b.rows[0] if b.rows else ())
        for b in body
    ]
    pages = laid(*pieces)

    expected = "".join(text_of(block) for block in body)
    assert expected == "".join(piece.plain for page in pages for piece in page)


def test_table_names_its_columns_on_each_page() -> None:
    """Who turns the page knows what stands in which column."""
    heads = ("Year", "Trials")
    rows = (heads, *((str(year), "x" * 300) for year in range(1900, 1960)))
    pages = laid(Piece("table", rows=rows, heads=heads))

    assert len(pages) > 3
    assert {heads} == {piece.heads for page in pages for piece in page}
    assert rows == tuple(row for page in pages for piece in page for row in piece.rows)


def test_table_begins_with_more_than_the_names_of_its_columns() -> None:
    """A row too long for a page is cut, so that heads do not stand there alone."""
    heads = ("Year", "Trials")
    first, *_ = laid(
        Piece("table", rows=(heads, ("1937", "word " * 2000)), heads=heads)
    )

    assert ("1937", "word word") == tuple(cell[:9] for cell in first[0].rows[1])


def test_long_names_of_columns_are_said_once() -> None:
    """Heads that would fill a page, or are cut, leave later pages to the text."""
    for size in (400, 3000):
        heads = ("Year" * size, "Trials")
        pages = laid(Piece("table", rows=(heads, ("1937", "x " * 4000)), heads=heads))
        assert [()] * (len(pages) - 1) == [page[0].heads for page in pages[1:]]


def test_long_paragraph_ends_a_page_at_the_end_of_a_sentence() -> None:
    """A reader turns the page where they would draw breath."""
    text = "One sentence of a very long paragraph. " * 1000
    pages = laid(Piece("paragraph", text))

    assert len(pages) > 5
    assert all(page[-1].text.endswith(". ") for page in pages)


def test_text_without_sentences_ends_a_page_between_words() -> None:
    """A word is not torn while there is a space to end at."""
    pages = laid(Piece("paragraph", "word " * 3000))

    assert all(page[0].text.startswith("word") for page in pages)


def test_word_longer_than_a_page_is_cut_between_letters() -> None:
    """An accent or a joined emoji stays with the letter it belongs to."""
    for letter in ("e\u0301", "👩\u200d🔬", "ک\u200c"):
        pages = laid(Piece("paragraph", letter * 5000), room=4001)
        texts = [piece.text for page in pages for piece in page]

        assert len(texts) > 2
        assert all(len(text) % len(letter) == 0 for text in texts)


def test_subhead_moves_to_the_page_of_its_text() -> None:
    """A heading is not the last thing on a page."""
    filler, text = Piece("paragraph", "x" * 3000), Piece("paragraph", "y" * 2000)
    pages = laid(filler, Piece("subhead", "Head"), text)

    assert [["paragraph"], ["subhead", "paragraph"]] == [
        [piece.kind for piece in page] for page in pages
    ]


def test_mark_that_is_cut_goes_on_where_the_text_goes_on() -> None:
    """A link over a page's end is a link on both pages."""
    mark = Mark("link", 2, 8, "https://example.org/?a&b")
    head, tail = Piece("paragraph", "0123456789", (mark,)).cut(5)

    link = '<a href="https://example.org/?a&amp;b" rel="noopener noreferrer">'

    assert head.marked == f"01{link}234</a>"
    assert tail.marked == f"{link}567</a>89"


def test_rows_are_kept_whole_where_they_can_be() -> None:
    """A table goes on with its next row."""
    rows = tuple((f"row {n} " * 20, "cell") for n in range(100))
    pages = laid(Piece("table", rows=rows))
    found = [row for page in pages for piece in page for row in piece.rows]

    assert rows == tuple(found)
    assert all(one != other for one, other in pairwise(found))


def test_text_is_shortened_behind_a_sentence_or_a_word() -> None:
    """What is left is never longer than asked, and is no half of a letter."""
    text = "One bird. Two birds sing. Three"

    assert text == shortened(text, len(text))
    assert "One bird. Two birds sing. …" == shortened(text, 29)
    assert "One bird. …" == shortened(text, 15)
    assert "One…" == shortened(text, 8)
    assert "e\u0301…" == shortened("e\u0301" * 9, 4)
    assert all(len(shortened(text, most)) <= most for most in range(1, 40))
