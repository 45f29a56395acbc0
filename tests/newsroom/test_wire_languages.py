"""Languages of agency copy reach the draft, its form and its document."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.agency_copy import ITEM, keep
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.wire_desk import taking
from tamizdat.newsroom.wire_desk.drafts import draft_of
from tamizdat.wire.items import Block, Spoken, WireItem

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

    assert f'They: <bdi lang="fa-IR">{CALL}</bdi>!' in html
    assert 'dir="auto" lang="hy">• Լեզու' in html


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
