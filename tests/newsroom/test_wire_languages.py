"""Languages of agency copy reach the draft, its form and its document."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.agency_copy import ITEM, NOW, keep
from tamizdat.edition.foreign import FOREIGN
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.models import (
    ArticlePage,
    ForeignWords,
    KeptItem,
    ServicePage,
)
from tamizdat.newsroom.wire_desk import retention, taking
from tamizdat.newsroom.wire_desk.drafts import draft_of
from tamizdat.wire.items import Block, Foreign, Media, Spoken, WireItem
from tamizdat.wire.parsers import parse

CALL = "زن، زندگی"
TEXT = f"They: {CALL}!"
SUNG = Spoken(6, 6 + len(CALL), "fa-IR")
BODY = (
    Block("paragraph", TEXT, spoken=(SUNG,)),
    Block("quote", "ყველას აქვს.", spoken=(Spoken(0, 12, "ka"),)),
    Block("list", items=("Լեզու", "Հայրենիք"), language="hy"),
    Block("table", rows=(("Мост", "1766"),), language="ru"),
    Block("paragraph", "They went home."),
)
MARK = {"kind": "language", "from": 6, "to": 15, "language": "fa"}


def _with(*spoken: Spoken, text: str = TEXT) -> WireItem:
    return replace(ITEM, body=(Block("paragraph", text, spoken=spoken), BODY[-1]))


def test_draft_of_copy_names_its_languages(english: ServicePage, editor: Any) -> None:
    """Of a passage, a whole block, a list and a table, as its document says them."""
    (row,) = keep(english, replace(ITEM, body=BODY))
    page = taking.begin(row, english, editor)
    sung, quote, points, table, home = article_content(page)["tamizdat"]["body"]

    assert [MARK] == sung["marks"]
    assert [{**MARK, "from": 0, "to": 12, "language": "ka"}] == quote["marks"]
    assert ["hy", "ru"] == [points["language"], table["language"]]
    assert [] == home["marks"]


def test_copy_that_is_added_to_a_draft_names_its_languages(
    english: ServicePage, editor: Any
) -> None:
    """Behind what was written."""
    first, second = keep(
        english,
        replace(ITEM, guid="urn:agency:2"),
        replace(ITEM, guid="urn:agency:3", headline="Sung", body=BODY),
    )
    page = taking.begin(first, english, editor)
    draft = taking.add(second, page, editor, chosen=[0, 2])
    *_others, sung, points = article_content(draft)["tamizdat"]["body"]

    assert [MARK] == sung["marks"]
    assert "hy" == points["language"]


GERMAN = "die Gedanken sind frei"
SONG = {"words": GERMAN, "language": "de"}
NAMED = replace(
    ITEM,
    headline=f"They sang “{GERMAN}”",
    body=(Block("list", items=("Ask", f"Sing {CALL}")), Block("paragraph", "Home.")),
    foreign=(Foreign(GERMAN, "de"), Foreign(CALL, "fa-IR")),
)


def test_draft_of_copy_names_its_words_of_other_languages(
    english: ServicePage, editor: Any
) -> None:
    """Of its headline and of an item, as its document says them."""
    (row,) = keep(english, NAMED)
    page = taking.begin(row, english, editor)
    content = article_content(page)

    assert [SONG, {"words": CALL, "language": "fa"}] == content["tamizdat"]["foreign"]


def test_file_of_copy_names_its_words_in_the_document(
    english: ServicePage, editor: Any
) -> None:
    """From the bytes that an agency sends, kept and taken."""
    said = f"They sang <span xml:lang='de'>{GERMAN}</span>"
    copy = (
        f"<nitf xml:lang='en'><body><body.head><hedline><hl1>{said}</hl1></hedline>"
        f"<abstract><p>It began with <lang iso='fa'>{CALL}</lang>.</p></abstract>"
        "</body.head><body.content><p>The people of the valley came to the bridge.</p>"
        "<table><tr><td>Song</td><td><i xml:lang='ka'>თავისუფლება</i></td></tr></table>"
        "<p>Nobody was able to say who had begun it.</p></body.content></body></nitf>"
    )
    (row,) = keep(english, *parse(copy.encode(), "copy.xml"))
    page = taking.begin(row, english, editor)

    assert [
        SONG,
        {"words": CALL, "language": "fa"},
        {"words": "თავისუფლება", "language": "ka"},
    ] == article_content(page)["tamizdat"]["foreign"]


def test_draft_names_no_words_that_it_has_not(
    english: ServicePage, editor: Any
) -> None:
    """An editor took one paragraph, and the headline; captions stay with the copy."""
    (row,) = keep(english, NAMED)
    page = taking.begin(row, english, editor, chosen=[1])

    assert [SONG] == article_content(page)["tamizdat"]["foreign"]


@pytest.mark.parametrize("named", ["en-GB", "qqq", "ru"])
def test_words_in_a_language_that_is_none_are_named_in_no_draft(
    english: ServicePage, editor: Any, named: str
) -> None:
    """It is believed as that of passages is."""
    (row,) = keep(english, replace(NAMED, foreign=(Foreign(GERMAN, named),)))
    page = taking.begin(row, english, editor)

    assert [] == list(page.foreign_rows.all())


def test_newer_copy_adds_words_and_leaves_what_editors_named(
    english: ServicePage, editor: Any
) -> None:
    """They corrected a language and named words of their own."""
    (row,) = keep(english, NAMED)
    page = taking.begin(row, english, editor)
    draft = page.get_latest_revision_as_object()
    draft.title = f"Brücke: {GERMAN}"
    draft.foreign_rows = [
        ForeignWords(words=GERMAN, language="de-CH"),
        ForeignWords(words="Brücke", language="de"),
    ]
    draft.save_revision(user=editor)
    points = ("Ask", f"Sing {CALL}", f"Say {GERMAN}")
    newer = replace(NAMED, version="2", body=(Block("list", items=points),))
    (later,) = keep(english, newer, after=timedelta(hours=1))
    again = taking.add(later, page, editor)

    assert [(GERMAN, "de-CH"), ("Brücke", "de"), (CALL, "fa")] == [
        (one.words, one.language) for one in again.foreign_rows.all()
    ]
    kept = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert 3 == kept.foreign_rows.count()


def test_draft_names_no_more_words_than_a_story_may(
    english: ServicePage, editor: Any
) -> None:
    """Those of editors come first."""
    words = [f"Wort {number:02}" for number in range(FOREIGN)]
    first, second = keep(
        english,
        replace(
            NAMED,
            body=(Block("list", items=tuple(words[:-1])),),
            headline="Words",
            foreign=tuple(Foreign(one, "de") for one in words[:-1]),
        ),
        replace(
            NAMED,
            guid="urn:agency:2",
            body=(Block("list", items=(*words, CALL)),),
            foreign=tuple(Foreign(one, "de") for one in (words[-1], CALL)),
        ),
    )
    page = taking.begin(first, english, editor)
    draft = taking.add(second, page, editor)

    assert words == [one.words for one in draft.foreign_rows.all()]


def test_words_of_copy_go_with_its_text(english: ServicePage) -> None:
    """What an agency's copy says is not kept in a list that nobody looks at."""
    (row,) = keep(english, NAMED)
    retention.erase(row, NOW)

    assert [] == KeptItem.objects.get(pk=row.pk).item["foreign"]


def test_form_of_a_draft_shows_its_languages(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    """As if an editor had named them."""
    (row,) = keep(english, replace(ITEM, body=BODY))
    page = taking.begin(row, english, editor)
    html = desk.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content

    assert b"lang-fa" in html
    assert b"lang-ka" in html


def test_page_of_an_item_says_the_languages_of_its_words(
    desk: Client, english: ServicePage
) -> None:
    """Where an editor chooses paragraphs."""
    (row,) = keep(english, replace(ITEM, language="en", body=BODY))
    html = desk.get(reverse("wire_item", args=("en", row.pk))).content.decode()

    assert f'They: <bdi lang="fa-IR" dir="rtl">{CALL}</bdi>!' in html
    assert '<span lang="ka">ყველას აქვს.</span>' in html  # the whole of its block
    assert 'dir="auto" lang="hy">• Լեզու' in html


def test_page_of_an_item_tells_words_that_the_copy_names_for_all_its_texts(
    desk: Client, english: ServicePage
) -> None:
    """In headline, standfirst, items, cells, captions and credits, none twice."""
    said = f"Sing <{CALL}>"
    table = Block("table", rows=(("Song", said), ("Call", CALL)))
    shown = Media("picture", caption=said, credit=said)
    copy = {"abstract": said, "credit": said, "media": (shown,), "language": "en"}
    (row,) = keep(english, replace(NAMED, body=(*NAMED.body, table), **copy))
    html = desk.get(reverse("wire_item", args=("en", row.pk))).content.decode()
    german = f'They sang “<bdi lang="de" dir="ltr">{GERMAN}</bdi>”</h2>'
    persian = f'Sing &lt;<bdi lang="fa-IR" dir="rtl">{CALL}</bdi>&gt;'

    assert german in html
    assert 5 == html.count(persian)
    assert f'• Sing <bdi lang="fa-IR" dir="rtl">{CALL}</bdi><br>' in html
    assert f"| {persian}<br>" in html
    assert f'Call | <bdi lang="fa-IR" dir="rtl">{CALL}</bdi><br>' in html


@pytest.mark.parametrize(
    ("language", "named", "text"),
    [
        ("en", "en-GB", "They: they sang!"),  # that of the article
        ("en", "qqq", TEXT),  # none
        ("en", "ru", TEXT),  # not its letters
        ("fa", "fa", TEXT),  # a Persian article of English copy
        ("", "fa", TEXT),  # nobody knows of which article
    ],
)
def test_language_that_is_none_reaches_no_draft(
    language: str, named: str, text: str
) -> None:
    """It is believed as that of pasted words is."""
    item = _with(Spoken(6, len(text), named), text=text)

    assert [] == draft_of(item, language)["body"][0]["marks"]


def test_passage_stands_where_its_words_do_when_marks_go() -> None:
    """Marks that turn text round are taken out before it and in it."""
    text = f"\u202eThey: {CALL[:3]}\u2067{CALL[3:]}!"
    item = _with(Spoken(7, len(text) - 1, "fa"), text=text)
    block = draft_of(item, "en")["body"][0]

    assert TEXT == block["text"]
    assert [MARK] == block["marks"]
