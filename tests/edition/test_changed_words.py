"""Words of other languages in what changed: which of them a document names there."""

import pytest

from edition.paper import plain_story
from tamizdat.edition.blocks import Block, Foreign, Mark
from tamizdat.edition.changed_words import foreign_in
from tamizdat.edition.changes import freeze

LONG = (
    "Die Gedanken sind frei, wer kann sie erraten, sie fliegen vorbei wie nächtliche"
    " Schatten, kein Mensch kann sie wissen, kein Jäger erschießen, es bleibet dabei:"
    " die Gedanken sind frei"
)


def sung(words, language="de"):
    """Tell a story of one paragraph that ends with words in another language."""
    text = f"They sang: {words}"
    mark = Mark("language", len(text) - len(words), len(text), None, language)
    return plain_story(1, "en", body=(Block("paragraph", text, (mark,)),))


def between(old, new, part="body"):
    """Find the words of other languages between two stories."""
    before, after = ("\n".join(b.lines[0] for b in s.body) for s in (old, new))
    return foreign_in(freeze({part: before}, {part: after}), old, new)


def test_passage_that_an_excerpt_cuts_is_named_in_what_is_left():
    """A long one is shown only near to what changed in it."""
    new = LONG.replace("Jäger", "Förster")
    found = between(sung(LONG), sung(new))

    (shown,) = freeze({"body": LONG}, {"body": new})
    kept = [run["text"] for run in shown["runs"] if run["kind"] == "kept"]
    assert {"de"} == {one.language for one in found}
    for words in ("Jäger", "Förster"):
        assert any(f"{words} erschießen" in one.words for one in found)
    assert all(any(text.strip() in one.words for one in found) for text in kept)


@pytest.mark.parametrize("cells", [("12", "%"), ("in",), ("3", "Gift")])
def test_what_could_be_a_word_of_the_story_is_not_named(cells):
    """Figures, signs and single words of a list mean nothing elsewhere."""
    table = Block("table", rows=(cells,), language="de")
    old = plain_story(1, "en", body=(table, Block("paragraph", "At 12 % in it.")))
    new = plain_story(1, "en", body=(table, Block("paragraph", "Gift 3 in it.")))

    assert [] == foreign_in(freeze({"body": "12 % in"}, {"body": "Gift 3"}), old, new)


def test_word_in_other_letters_is_named_by_itself():
    """It can be no word of the story's own language."""
    assert [Foreign("آزادی", "fa")] == between(sung("آزادی", "fa"), sung("no", "en"))[
        :1
    ]


def test_passage_is_named_as_a_document_may_name_it():
    """Without what stands unseen around it, and once, whatever blanks it has."""
    old = sung("die Gedanken\u00a0sind\u200f")
    found = between(old, sung("die Gedanken sind frei"))

    assert {"die Gedanken\u00a0sind", "die Gedanken sind frei"} == {
        one.words for one in found
    }
    one, same = Foreign("Luft und Liebe", "de"), Foreign("Luft und\u00a0Liebe", "de")
    before = plain_story(1, "en", foreign=(one,))
    after = plain_story(1, "en", foreign=(same,))
    shown = freeze({"headline": one.words}, {"headline": f"{same.words}!"})
    assert 1 == len(foreign_in(shown, before, after))


def test_passage_of_the_body_says_nothing_of_other_parts():
    """The headline may say the same in another language."""
    assert [] == between(sung("tut gut so"), sung("tut so gut"), "headline")


def test_words_that_a_story_names_count_in_every_part():
    """They are of that language wherever they stand."""
    named = Foreign("Gift", "de")
    old = plain_story(1, "en", foreign=(named,))
    shown = freeze({"headline": "A Gift"}, {"headline": "A Song"})

    assert [named] == foreign_in(shown, old, plain_story(1, "en"))


def test_large_table_is_read_as_fast_as_a_text():
    """Each cell is looked for once in each line, and nothing is compiled for it."""
    rows = tuple((f"die Zelle {n}", f"das Wort {n}") for n in range(500))
    table = Block("table", rows=rows, language="de")
    story = plain_story(1, "en", body=(table,))
    before = "\n".join(table.lines)
    shown = freeze({"body": before}, {"body": before.replace("Zelle 7 ", "Zeile 7 ")})
    found = foreign_in(shown, story, story)

    assert Foreign("die Zelle 7", "de") in found
    assert len(found) < 20
