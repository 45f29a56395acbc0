# ruff: noqa: RUF001 (letters of many scripts)
"""Search: any word of any script, in what readers have and in drafts one may see."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.desk import search, words
from tamizdat.newsroom.desk.folding import asked
from tamizdat.newsroom.desk.folding import words as folded
from tamizdat.newsroom.desk.sheets import draft_words
from tamizdat.newsroom.models import Article, ArticlePage, ServicePage

pytestmark = pytest.mark.both


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("علي كتاب", "علی کتاب", id="arabic-keyboard"),
        pytest.param("می‌خواهم", "میخواهم", id="joiner"),
        pytest.param("مُحَمَّد", "محمد", id="vowels"),
        pytest.param("آزادی أمة", "ازادی امه", id="alef"),
        pytest.param("۱۴۰۴ ١٩", "1404 19", id="figures"),
        pytest.param("Қазақстан", "қазақстан", id="kazakh"),
        pytest.param("Ёлка", "елка", id="yo"),
        pytest.param("п’ять п'ять", "пять пять", id="apostrophe"),
        pytest.param("Oʻzbek O‘zbek", "ozbek ozbek", id="uzbek"),
        pytest.param("İstanbul ISPARTA ılık", "istanbul isparta ilik", id="turkish"),
        pytest.param("Straße café", "strasse cafe", id="latin"),
        pytest.param("ՀԱՅԱՍՏԱՆ", "հայաստան", id="armenian"),
        pytest.param("საქართველო", "საქართველო", id="georgian"),
        pytest.param("one-two, three_four", "one two three four", id="signs"),
    ],
)
def test_words_are_folded(typed: str, found: str) -> None:
    """However it is typed, it is one word in the index."""
    assert found.split() == folded(typed)


def test_question_has_words_and_quotations() -> None:
    """Quotation marks of any language hold words together."""
    expected = [["right", "to", "know"], ["закон", "о", "печати"], ["who"]]

    assert expected == list(asked("who «Right to know» “закон о печати”"))


def _released(service: ServicePage, title: str, text: str, **fields: Any) -> Any:
    body = [{"kind": "paragraph", "text": text}, {"kind": "list", "items": ["пункт"]}]
    fields |= {"section": "society"}
    page = actions.create_article(service, title, body, None, **fields)
    actions.publish_article(page, None)
    return page


def _found(account: Any, **wanted: Any) -> list[str]:
    return [str(a) for a in search.find(wanted, account)]


@pytest.mark.parametrize(
    "question",
    ["обыск", "Портовые обыски", "«портовые обыски»", "ПУНКТ", "обы портов пун"],
)
def test_released_words_are_found(
    english: ServicePage, editor: Any, question: str
) -> None:
    """Beginnings of words, words in any order, words of any block."""
    _released(english, "One", "Портовые обыски в городе.")
    _released(english, "Two", "Обыски портовые? Нет: порт.")

    found = _found(editor, q=question)

    assert "One" in found
    assert ("Two" in found) == ("«" not in question)


def test_nothing_else_is_found(english: ServicePage, editor: Any) -> None:
    """A word that stands nowhere, or a sign, finds nothing or asks nothing."""
    _released(english, "One", "Text.")

    assert [] == _found(editor, q="absent")
    assert [] == _found(editor, q="ext")
    assert ["One"] == _found(editor, q='" * ) -')
    assert [] == _found(editor, q="OR NOT")


def test_an_article_without_a_page_is_found(english: ServicePage, editor: Any) -> None:
    """An archive that was brought in needs no pages to be searched."""
    release = _released(english, "From the archive", "Old words.").newest_release
    other = Article.objects.create(
        service=english, story=actions.Story.objects.create(), address="old"
    )
    release.pk, release._state.adding = None, True  # noqa: SLF001 (a second ledger)
    actions.append_release(other, release, None)

    assert 2 == len(_found(editor, q="archive old"))
    client = Client()
    client.force_login(editor)
    assert 200 == client.get(reverse("newsroom_search"), {"q": "archive"}).status_code


def test_withdrawn_words_leave_the_index(english: ServicePage, editor: Any) -> None:
    """Neither old words of a correction nor those of a retraction are found."""
    page = _released(english, "Headline", "Secret address here.")
    body = [{"kind": "paragraph", "text": "Nothing here."}]
    page.body = actions.stream_of(body)
    actions.publish_article(page, editor, "correction", "We erred.")
    assert [] == _found(editor, q="secret")
    assert ["Headline"] == _found(editor, q="nothing")

    actions.publish_article(page, None, "retraction", "We take it back.")

    assert [] == _found(editor, q="nothing")
    assert ["Headline"] == _found(editor, q="headline")


def test_drafts_are_found_by_their_desk_alone(
    english: ServicePage, persian: ServicePage, editor: Any
) -> None:
    """A draft of another service does not exist, by words, kind or list."""
    page = _released(english, "Out", "Public words.")
    page.standfirst = "Hidden plan"
    page.save_revision(user=editor)
    own, stranger = staff("own", english, "reporter"), staff("other", persian, "editor")

    assert ["Out"] == _found(own, q="hidden")
    assert ["Out"] == _found(own, kind="drafts")
    assert [] == _found(stranger, q="hidden")
    assert [] == _found(stranger, kind="drafts")
    assert ["Out"] == _found(stranger, q="public")


def test_a_draft_never_released_is_seen_by_its_desk_alone(
    draft: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """Its title is in no list of anybody else."""
    client = Client()
    client.force_login(staff("other", persian, "chief-editor"))
    place = reverse("newsroom_search")

    assert "Who May Know" not in client.get(place).content.decode()
    client.force_login(editor)
    assert "Who May Know" in client.get(place).content.decode()


def test_filters(english: ServicePage, persian: ServicePage, editor: Any) -> None:
    """Service, section, person, day and kind narrow what is found."""
    first = _released(english, "One", "Text.", bylines=[{"name": "Әлия"}])
    _released(persian, "دو", "متن")
    day = first.article.released.date()

    assert ["One"] == _found(editor, service=english)
    assert ["One"] == _found(editor, person="Әлия")
    assert [] == _found(editor, section="law")
    assert 2 == len(_found(editor, since=day, until=day, kind="publish"))
    assert [] == _found(editor, kind="correction")
    assert [] == _found(editor, until=day.replace(year=day.year - 1))


def test_index_can_be_made_anew(released: ArticlePage, editor: Any) -> None:
    """What a migration writes is what releases and drafts write."""
    released.standfirst = "Later words"
    released.save_revision(user=editor)
    with words.connection.cursor() as cursor:
        cursor.execute("DELETE FROM newsroom_words")
    assert [] == _found(editor, q="information")

    words.index_all(
        lambda name: {
            model.__name__: model for model in (Article, ArticlePage, actions.Release)
        }[name]
    )

    assert ["Who May Know"] == _found(editor, q="information")
    assert ["Who May Know"] == _found(editor, q="later")


def test_deleted_article_leaves_the_index(draft: ArticlePage) -> None:
    """No words stay behind."""
    draft.delete()

    with words.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM newsroom_words")
        assert (0,) == cursor.fetchone()


@pytest.mark.parametrize("headline", ["[Video] Words", "[2026]", "[]"])
def test_headline_in_brackets_is_saved_and_found(
    draft: ArticlePage, editor: Any, headline: str
) -> None:
    """A bracket at its beginning makes no stream of blocks of it."""
    draft.title = headline
    draft.save_revision(user=editor)

    assert headline in list(draft_words({"title": headline}, ["title"]))
