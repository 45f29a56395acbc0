"""Words in another language, named once: where they stand in a text, and as what."""

from dataclasses import replace

import pytest

from edition.paper import FIRST, full_story, plain_story, release, service
from edition.specimen import foreign_story, paper
from tamizdat.edition import pack
from tamizdat.edition.blocks import Block, Box, Embed, Foreign, Mark, Post
from tamizdat.edition.compare import Run
from tamizdat.edition.foreign import bare, spoken
from tamizdat.edition.pages import article_pages, card, changes_pages
from tamizdat.edition.pages.directed import directed_line
from tamizdat.edition.pages.flow import Piece
from tamizdat.edition.pages.marked import told
from tamizdat.edition.pages.packed import passages_of
from tamizdat.edition.printing import differing
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.stories import Change
from tamizdat.edition.told import read_told
from tamizdat.edition.tongues import tongues_of

GERMAN = Foreign("die Gedanken sind frei", "de")


def found(text, *foreign, marks=()):
    """List the words that are told, and in which language."""
    return [
        (text[mark.start : mark.end], mark.language)
        for mark in spoken(text, foreign, marks)
        if mark.kind == "language"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "die Gedanken sind frei",
        "Songs: “die Gedanken sind frei”!",
        "die\u00a0Gedanken sind\u202ffrei, they sang",
        "(die Gedanken sind frei)",
        "they sang die Gedanken sind frei-ish",
    ],
)
def test_words_are_found_wherever_they_stand(text):
    """Signs and blanks beside words, and typesetters' blanks, are no words."""
    assert ["de"] == [language for _words, language in found(text, GERMAN)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Freie", "Frei"),
        ("der Rat", "er Rat"),
        ("Иванова", "Иван"),
        ("گفتم\u200cشد", "گفتم"),  # a joiner holds both together
        ("R2D2", "D2"),
        ("die gedanken sind frei", "die Gedanken sind frei"),
    ],
)
def test_part_of_a_word_is_no_word(text, words):
    """A name within a longer word is not told as of another language."""
    assert [] == found(text, Foreign(words, "de"))


def test_words_of_a_script_without_blanks_are_found_between_others():
    """Chinese puts no blank between words, nor beside those of others."""
    assert [("自由", "zh")] == found("言论自由的", Foreign("自由", "zh"))
    assert [("Freiheit", "de")] == found("说Freiheit的", Foreign("Freiheit", "de"))


@pytest.mark.parametrize(
    "text", ["گفتم\u200c و رفت", "گفتم\u200c", "«\u200cگفتم\u200c»", "من\u200c گفتم"]
)
def test_joiner_that_holds_no_letter_is_no_part_of_a_word(text):
    """It stays behind where a word was deleted, and nobody sees it."""
    assert [("گفتم", "fa")] == found(text, Foreign("گفتم", "fa"))


@pytest.mark.parametrize("words", ["caf\u00e9 noir", "cafe\u0301 noir"])
@pytest.mark.parametrize("text", ["caf\u00e9\u00a0noir", "cafe\u0301 noir"])
def test_words_are_found_in_either_form_of_letters(words, text):
    """A text from another machine has its accents as characters of their own."""
    assert [(text, "fr")] == found(text, Foreign(words, "fr"))
    assert [] == found("cafe\u0301", Foreign("cafe", "fr"))


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("\u00a0a\u2009", "a"),
        ("\u200bä b\ufeff", "ä b"),
        ("\u200f«گفتم»\u200e", "«گفتم»"),
        ("گفتم\u200c", "گفتم"),
        ("\u200db\u200d", "b"),
        ("\u0647\u200d", "\u0647\u200d"),  # of the Islamic year
        ("अवन्\u200d", "अवन्\u200d"),
        ("अवन्\u200c ", "अवन्\u200c"),
        ("\u200c\u00ad", ""),
        ("❤\ufe0f", "❤\ufe0f"),
    ],
)
def test_what_nobody_sees_around_words_is_taken_off(words, left):
    """But for joiners that shape the last letter."""
    assert left == bare(words)


def test_longest_of_the_words_that_begin_together_counts():
    """A motto is not cut by its first word."""
    both = (Foreign("die Gedanken", "nl"), GERMAN)

    assert [("die Gedanken sind frei", "de")] == found(GERMAN.words, *both)


def test_language_that_a_mark_names_counts():
    """What an editor marked in a text is as it was."""
    marks = (Mark("language", 4, 12, None, "nl"),)

    assert [("Gedanken", "nl")] == found(GERMAN.words, GERMAN, marks=marks)


def test_text_without_such_words_is_as_it_was():
    """Nothing is escaped twice, and nothing becomes markup that was text."""
    assert "<b> & so on" == told("<b> & so on", (GERMAN,))
    assert '&lt;b&gt; <span lang="de" dir="ltr">die Gedanken sind frei</span>' == told(
        "<b> die Gedanken sind frei", (GERMAN,)
    )


def printed(story, ours=None):
    """Read back what the pages of a story say."""
    ours = ours or paper(story.language)
    pages = article_pages(story, ours, section_name="Law")
    changes = changes_pages(story, ours, pages)
    contents = [page.content for page in pages]
    return read_printing(contents, pages[0].path, [page.content for page in changes])


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_every_text_without_marks_tells_its_words(language):
    """A motto is named once, and told in each text that has it."""
    story, ours = foreign_story(language), paper(language)
    [page] = article_pages(story, ours, section_name="Law")
    [changes] = changes_pages(story, ours, [page])
    for one in (page, changes):
        _head, text = one.content.decode().split("<main")
        for motto in story.foreign:
            span = f'lang="{motto.language}" dir='
            assert text.count(motto.words) == text.count(f">{motto.words}</span>")
            assert span in text
    text = page.content.decode().split("<main")[1]
    assert 8 == text.count(f">{story.foreign[0].words}</span>")


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_page_that_tells_words_is_known_whole(language):
    """A monitor reads such pages, and the texts on them as if nothing was told."""
    story = foreign_story(language)
    found, bare = printed(story), printed(replace(story, foreign=()))

    assert not found.unknown
    assert "languages" not in bare.words
    assert found.words["headline"] == bare.words["headline"]
    assert {"body", "languages", "note"} == set(differing(bare, found))


def test_lie_about_a_language_is_told():
    """Words of a headline, a cell, a caption told in another language are a change."""
    story = foreign_story("en")
    motto, place = story.foreign
    lie = printed(replace(story, foreign=(motto, replace(place, language="ar"))))
    less = printed(replace(story, foreign=(motto,)))

    assert ["languages"] == differing(printed(story), lie)
    assert ["languages"] == differing(printed(story), less)


def test_headline_of_what_changed_says_what_the_article_says():
    """Where it is told what changed, a headline has the languages of its article."""
    story, ours = foreign_story("en"), paper("en")
    [page] = article_pages(story, ours, section_name="Law")
    [told_page] = changes_pages(story, ours, [page])
    lie = told_page.content.replace(b'<span lang="fa"', b'<span lang="ar"', 1)
    read = read_printing([page.content], page.path, [lie])

    assert any("languages of the headline" in one for one in read.unknown)


def test_words_that_were_taken_out_are_told_in_what_changed():
    """A release says which of the words that it took out are of another language."""
    story = foreign_story("en")
    motto, place = story.foreign
    first, second = story.releases
    now = replace(
        story, foreign=(motto,), releases=(first, replace(second, foreign=(place,)))
    )
    [page] = changes_pages(now, paper("en"))

    assert '<del><span>[removed: </span><bdi dir="rtl"><span lang="fa" dir="rtl">' in (
        page.content.decode()
    )
    [text] = [
        kind
        for line in read_told([page.content], page.path).entries[-1].lines
        for kind, words in line
        if words == place.words
    ]
    assert "removed in fa" == text


def test_passage_of_which_a_part_changed_is_told_as_a_whole():
    """Each piece of it is told, in the text before and in the text now."""
    luft = Foreign("die Gedanken sind Luft", "nl")
    runs = (
        Run("kept", "Sing die Gedanken sind "),
        Run("removed", "Luft"),
        Run("added", "frei"),
        Run("kept", " now"),
    )
    first, second = foreign_story("en").releases
    second = replace(second, changes=(Change("body", runs),))
    story = plain_story(1, "en", foreign=(GERMAN, luft), releases=(first, second))
    [page] = changes_pages(story, paper("en"))
    lines = read_told([page.content], page.path).entries[-1].lines

    assert ("removed in nl", "Luft") in lines[-1]
    assert ("added in de", "frei") in lines[-1]


def test_long_story_tells_heads_and_headline_on_each_page():
    """Page 2 says the headline again, and a monitor knows it is no other."""
    story = foreign_story("en")
    motto, _place = story.foreign
    body = story.body + tuple(
        replace(story.body[0], text=f"{story.body[0].text} Sentence {n}. " * 8)
        for n in range(60)
    )
    long = replace(story, body=body)
    pages = article_pages(long, paper("en"), section_name="Law")

    assert len(pages) > 1
    assert f">{motto.words}</span>!</bdi>»</h1>" in pages[1].content.decode()
    assert not printed(long).unknown
    lie = pages[1].content.replace(
        '<h1>Reporter: «<bdi dir="rtl"><span lang="fa"'.encode(),
        '<h1>Reporter: «<bdi dir="rtl"><span lang="ar"'.encode(),
    )
    with pytest.raises(Exception, match="headline"):
        read_printing(
            [pages[0].content, lie, *(p.content for p in pages[2:])], pages[0].path
        )


def test_card_has_the_words_that_lists_may_show():
    """A list of a million stories holds no word that it never shows."""
    story = foreign_story("en")
    other = (*story.foreign, Foreign("nirgends", "de"))

    assert story.foreign == card(replace(story, foreign=other)).foreign


def test_withdrawn_story_tells_no_words():
    """Nothing of it may say which story it was."""
    story = foreign_story("en")
    gone = replace(story, releases=(*story.releases, release(70, "withdrawal")))
    [page] = article_pages(gone, service("en"), section_name="Law")

    assert b"<span lang" not in page.content
    assert () == card(gone).foreign


def packed(story):
    """Print a story as a page of the pack has it."""
    items = pack.items_of(story)
    salt, tongues = story.release.salt, tongues_of(story, items)
    return "".join(one.html for one in passages_of(items, salt, paper("en"), tongues))


def test_page_of_the_pack_tells_what_the_article_tells():
    """Named words, marked passages, whole lists and tables."""
    story = foreign_story("en")
    motto, _place = story.foreign
    quote = Block("quote", "Gift", (Mark("language", 0, 4, None, "de"),))
    listed = Block("list", rows=(("Eins",), ("Zwei",)), language="de")
    table = Block("table", rows=(("a", "Drei"), ("b", "vier")), language="nl")
    story = replace(
        story,
        body=(Block("paragraph", "Gift!"), *story.body, quote, listed, table),
    )
    page = packed(story).replace("<strong>", "").replace("</strong>", "")

    assert page.count(motto.words) == page.count(f">{motto.words}</span>")
    assert page.count("Gift") - 1 == page.count('<span lang="de" dir="ltr">Gift</span>')
    assert '<ul lang="de" dir="ltr"><li>Eins</li>' in page
    assert '<table lang="nl" dir="ltr"><tr>' in page
    assert packed(replace(story, foreign=())) != page


def test_words_that_stand_twice_are_told_where_the_story_names_them():
    """Neither the headline nor a list of the same words takes their language."""
    mark = Mark("language", 0, 4, None, "de")
    quote, same = Block("quote", "Gift", (mark,)), Block("quote", "Gift")
    rows = (("Ja",), ("Nein",))
    plain, german = Block("list", rows=rows), Block("list", rows=rows, language="de")
    post = Post("one", FIRST, "Gift", None, (same, plain, quote, german))
    empty = Block("table", rows=(("",), ("", "")), language="de")
    body = (
        Box("Gift", (Block("subhead", "Gift"), same, plain, quote, german)),
        Embed("https://t.example/1", "Gift", "Telegram"),
        Block("paragraph", "Gift"),
        empty,
        plain,
        german,
        post,
        replace(quote, kind="paragraph"),
    )
    story = replace(full_story("en"), headline="Gift", kicker="Gift", body=body)
    lines = pack.lines_of(pack.items_of(story))
    quotes, lists = (
        [n for n, line in enumerate(lines) if line == one]
        for one in (("q", "Gift"), ("l", "Ja"))
    )
    expected = {*quotes[1::2], lines.index(("t", "\t")), len(lines) - 3}
    expected |= {n + row for n in lists[1::2] for row in (0, 1)}

    assert (4, 6) == (len(quotes), len(lists))
    assert ("p", "Gift") == lines[-3]  # before a note and the credit line
    assert sorted(expected) == [one.line for one in tongues_of(story)]


def test_page_of_the_pack_of_a_story_without_such_words_is_as_it_was():
    """Nothing is looked for, and nothing changes."""
    story = plain_story(1, "en")

    assert [] == tongues_of(story)


def test_retracted_story_tells_the_words_of_its_headline_alone():
    """Its marked passages stand on no page of the pack."""
    story = foreign_story("en")
    quote = Block("quote", "Gift", (Mark("language", 0, 4, None, "de"),))
    taken = replace(release(70, "retraction", "We erred."), number=3)
    gone = replace(story, body=(quote,), releases=(*story.releases, taken))

    assert "Gift" not in packed(gone)
    assert f">{story.foreign[0].words}</span>!</bdi>»</a></h2>" in packed(gone)


def test_line_of_the_contents_of_a_file_tells_its_words():
    """Files to carry along list headlines, which say their languages there, too."""
    line = directed_line("Sung: “die Gedanken sind frei”", "ltr", (GERMAN,))

    assert 'Sung: “<span lang="de" dir="ltr">die Gedanken sind frei</span>”' == line
    assert "a&#x27;b" == directed_line("a'b", "ltr", (GERMAN,))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They sang: die Gedanken sind…", "die Gedanken sind"),
        ("They sang: die Gedanken s…", "die Gedanken s"),
        ("They sang: die\u00a0Geda…", "die\u00a0Geda"),
        ("They sang: die Gedanken …", "die Gedanken"),
        ("die Gedanken sind frei, or: die Gedanken sind fr…", "die Gedanken sind fr"),
    ],
)
def test_what_a_list_leaves_of_words_is_told(text, words):
    """A headline that is shortened within a motto still has a part of it."""
    assert str(told(text, (GERMAN,))).endswith(
        f">{words}</span>{text[-2:].strip(words[-1])}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Those who speak, die…",  # may be English
        "They sang: die Gedanken sind",  # whole, and not the words
        "Studie Gedanken sind…",
        "They sang: die Gedanken fliegen…",
        "Who lives in d…",
        "They sang: die Ged…",
    ],
)
def test_what_may_be_something_else_is_not_told(text):
    """One short word, or another text, is left as it is."""
    assert text == told(text, (GERMAN,))


def test_words_that_begin_first_count_where_a_list_ends_within_others():
    """What is left of a phrase takes no word from one that stands there whole."""
    film = Foreign("Das Leben der Anderen", "de")
    other = Foreign("der Anderen Liebe", "nl")
    said = str(told("Film: Das Leben der Anderen…", (film, other)))

    assert "Film: <span" in said
    assert ">Das Leben der Anderen</span>…" in said


def test_half_of_words_that_also_names_a_column_is_told_nowhere():
    """Heads are said again on each page, and must say the same there."""
    rows = (("They sang: die Gedanken sind frei", "One"),)
    table = Piece("table", rows=rows, heads=("sind frei", "x"), foreign=(GERMAN,))
    above, below = replace(table, whole=False).cut(len("They sang: die Gedanken "))

    assert {GERMAN, Foreign("die Gedanken", "de")} == {*above.foreign, *below.foreign}


def test_headline_that_is_put_into_the_text_of_a_pack_keeps_its_words_whole():
    """Where a long kicker took its room, a motto at its end is not cut by a letter."""
    headline = f"They sang: {GERMAN.words}"
    story = replace(
        full_story("en"), kicker="Kicker " * 2_500, headline=headline, foreign=(GERMAN,)
    )

    assert f">{GERMAN.words}</span></a></h2>" in packed(story)


def test_language_of_words_in_a_life_is_compared():
    """A mirror may not tell an author's words in another language."""
    story = full_story("en")
    line = replace(story.bylines[0], bio=f"She sings {GERMAN.words} in the evening.")
    told_so = replace(story, bylines=(line,), foreign=(GERMAN,))
    lie = replace(told_so, foreign=(replace(GERMAN, language="nl"),))

    assert "bio" in differing(printed(told_so), printed(lie))
    assert [] == differing(printed(told_so), printed(told_so))


@pytest.mark.parametrize("end", [", life!", "-lovers!", " of all!"])
def test_word_that_changed_beside_a_sign_is_told_before_and_now(end):
    """The blank that parts both on the page stands in neither text."""
    rows = (Foreign(f"Woman{end}", "de"), Foreign(f"Women{end}", "nl"))
    runs = (Run("removed", "Woman"), Run("added", "Women"), Run("kept", end))
    second = replace(release(62, "correction", "A note."), number=2)
    second = replace(second, changes=(Change("headline", runs),))
    story = full_story("en")
    story = replace(story, foreign=rows, releases=(story.releases[0], second))
    [page] = changes_pages(story, paper("en"))

    assert '<span lang="de" dir="ltr">Woman</span>' in page.content.decode()
    assert '<span lang="nl" dir="ltr">Women</span>' in page.content.decode()


def test_cell_that_is_cut_within_words_tells_both_halves():
    """The rest of a motto stands on the next page, in its language."""
    rows = (("They sang: die Gedanken sind frei", "die"),)
    whole = Piece("table", rows=rows, foreign=(GERMAN,))
    above, below = whole.cut(len("They sang: die Gedanken "))
    other = whole.cut(len("They sang: die "))[0]

    assert Foreign("die Gedanken", "de") in above.foreign
    assert Foreign("sind frei", "de") in below.foreign
    assert (GERMAN,) == whole.cut(len("They "))[0].foreign
    assert Foreign("die", "de") not in other.foreign  # also said by itself


def test_headline_of_an_original_tells_words_of_a_third_language():
    """Its own language is that of the link; only what differs from it is told."""
    source = full_story("ru").lineage
    assert source is not None
    said = replace(source, headline="«Gift» из Москвы", language="ru", original=None)
    words = (Foreign("Gift", "de"), Foreign("из Москвы", "ru"))
    story = replace(full_story("en"), lineage=said, foreign=words)
    [page, *_] = article_pages(story, paper("en"), section_name="Law")
    line = page.content.decode().split('class="links"')[1].split("</p>")[0]

    assert '«<span lang="de" dir="ltr">Gift</span>» из Москвы</a>' in line
    assert not printed(story).unknown
    assert "de Gift" in printed(story).words["lineage"]
