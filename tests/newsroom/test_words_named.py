"""Words in another language, named once in the article form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from newsroom.article_form import form
from tamizdat.newsroom import actions
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.models import (
    ArticlePage,
    ForeignWords,
    RelatedStory,
    ServicePage,
)
from tamizdat.newsroom.obstacles import warnings
from tamizdat.newsroom.writing.opening import fill
from tamizdat.newsroom.writing.translating import translate

SONG = {"words": "Die Gedanken sind frei", "language": "de"}
HEADLINE = "“Die Gedanken sind frei”, they sang"
CALL = "زن، زندگی، آزادی برای همه"
TOLD: list[dict[str, Any]] = [
    {"title": HEADLINE},
    {"kicker": HEADLINE},
    {"standfirst": HEADLINE},
    {"credit_line": HEADLINE},
    {"body": [("list", {"items": [HEADLINE], "language": ""})]},
    {"body": [("table", {"rows": f"One | {HEADLINE}", "language": ""})]},
    {"next_note": HEADLINE, "next_kind": "publish"},
]


def _post(desk: Client, page: ArticlePage, *rows: dict[str, str], **fields: Any) -> Any:
    """Send the form; without `action-publish`, save a draft."""
    data = form(
        seen_release=page.article.number, foreign_rows=inline_formset(rows), **fields
    )
    return desk.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), data)


def _newest(page: ArticlePage) -> ArticlePage:
    found: ArticlePage = ArticlePage.objects.get(pk=page.pk)
    draft: ArticlePage = found.get_latest_revision_as_object()
    return draft


def _row_errors(answer: Any) -> list[dict[str, list[str]]]:
    errors: list[dict[str, list[str]]] = (
        answer.context["form"].formsets["foreign_rows"].errors
    )
    return errors


def test_words_are_named_once_and_go_out_with_the_article(
    desk: Client, draft: ArticlePage
) -> None:
    """The document names them, and another article opened from it does, too."""
    _post(desk, draft, SONG, title=HEADLINE)
    actions.publish_article(_newest(draft), None)
    content = draft.article.newest_release.content

    assert [SONG] == content["tamizdat"]["foreign"]
    copy = ArticlePage(article=draft.article)
    fill(copy, content, credits_too=False)
    assert [(SONG["words"], "de")] == [
        (row.words, row.language) for row in copy.foreign_rows.all()
    ]


def test_article_without_such_words_has_no_field_for_them(draft: ArticlePage) -> None:
    """Its document is the one it was."""
    assert "foreign" not in article_content(draft)["tamizdat"]


def test_words_that_stand_nowhere_are_refused_beside_their_row(
    desk: Client, draft: ArticlePage
) -> None:
    """A draft may have them; what readers get has not."""
    answer = _post(desk, draft, SONG, **{"action-publish": "action-publish"})

    assert ["words"] == list(_row_errors(answer)[0])
    assert 302 == _post(desk, draft, SONG).status_code


@pytest.mark.parametrize(
    ("language", "told"), [("fa", False), ("de", True)], ids=["its own", "another"]
)
def test_headline_of_another_story_tells_no_words_of_its_own_language(  # noqa: PLR0913, PLR0917 - two articles in two languages
    desk: Client,
    draft: ArticlePage,
    persian: ServicePage,
    editor: Any,
    language: str,
    told: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """The line that leads there says the language of all of it."""
    body = [{"kind": "paragraph", "text": "متن"}]
    other = actions.create_article(persian, f"«{CALL}» در برلین", body, editor)
    other.section = persian.sections.first().section_id
    actions.publish_article(other, editor)
    row = {"words": CALL, "language": language}
    related = inline_formset([{"article": other.article.pk}])
    publish = {"related_rows": related, "action-publish": "action-publish"}
    draft.foreign_rows = [ForeignWords(**row)]
    draft.related_rows = [RelatedStory(article=other.article)]

    assert told == ("foreign" in article_content(draft)["tamizdat"])
    answer = _post(desk, draft, row, **publish)
    said = [] if told else ["These words stand nowhere in the article."]
    errors = [] if told else _row_errors(answer)[0]["words"]
    assert said == errors
    assert told == (answer.status_code == 302)


def test_words_that_stand_in_a_description_alone_are_refused(
    desk: Client, draft: ArticlePage, photo: bytes
) -> None:
    """Pages tell no language of what describes a picture."""
    picture = actions.attach_picture(draft, photo, "A wall", "People sing")
    words = {"lead_picture": picture.pk, "lead_caption": "A wall"}
    words |= {"lead_alt": HEADLINE, "action-publish": "action-publish"}

    answer = _post(desk, draft, SONG, **words)
    assert ["words"] == list(_row_errors(answer)[0])
    draft.foreign_rows = [ForeignWords(**SONG)]
    draft.lead_picture, draft.lead_alt = picture, HEADLINE
    assert "foreign" not in article_content(draft)["tamizdat"]


@pytest.mark.parametrize("texts", TOLD, ids=lambda texts: next(iter(texts)))
def test_words_go_out_with_whatever_text_has_them(
    draft: ArticlePage, texts: dict[str, Any]
) -> None:
    """A row is left out of the document for words that no page tells, and no other."""
    draft.foreign_rows = [ForeignWords(**SONG)]
    assert "foreign" not in article_content(draft)["tamizdat"]
    for name, value in texts.items():
        setattr(draft, name, value)

    assert [SONG] == article_content(draft)["tamizdat"]["foreign"]


def test_picture_that_is_gone_is_said_where_words_are_named(
    desk: Client, draft: ArticlePage, photo: bytes
) -> None:
    """The form is shown again with a sentence; nothing goes out."""
    picture = actions.attach_picture(draft, photo, "A street", "People walk")
    picture.file.storage.delete(picture.file.name)
    words = {"lead_picture": picture.pk, "lead_caption": "A", "lead_alt": "B"}
    words |= {"title": HEADLINE, "action-publish": "action-publish"}

    told = _post(desk, draft, SONG, **words).content.decode()

    assert "The file of a picture is missing or damaged: choose another." in told
    assert draft.newest_release is None


def test_translation_into_the_language_of_the_words_names_them_no_more(
    desk: Client, draft: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """There they are words of the article itself; the others stay named."""
    draft.title, draft.standfirst = HEADLINE, f"They shouted: {CALL}!"
    draft.foreign_rows = [
        ForeignWords(words=CALL, language="fa"),
        ForeignWords(**SONG),
    ]
    actions.publish_article(draft, None)

    page = _newest(translate(draft.article, persian, editor))

    assert [SONG["words"]] == [row.words for row in page.foreign_rows.all()]


@pytest.mark.parametrize(
    "language", ["qq", "not a language", "en"], ids=["unknown", "no tag", "its own"]
)
def test_language_that_is_none_is_refused_beside_its_row(
    desk: Client, draft: ArticlePage, language: str
) -> None:
    """No language has the tag, or it is that of the article."""
    answer = _post(desk, draft, {**SONG, "language": language}, title=HEADLINE)

    assert ["language"] == list(_row_errors(answer)[0])


def test_words_that_stand_twice_are_refused_beside_the_second_row(
    desk: Client, draft: ArticlePage
) -> None:
    """With another blank, or an accent of its own, they are the same words."""
    again = {**SONG, "words": SONG["words"].replace(" ", "\u00a0", 1)}
    accents = [{**SONG, "words": one} for one in ("Br\u00fccke", "Bru\u0308cke")]
    answer = _post(desk, draft, SONG, again, *accents, title=HEADLINE)

    said = ["These words stand here already."]
    assert [{}, {"words": said}] * 2 == _row_errors(answer)
    publish = {"action-publish": "action-publish"}
    published = _post(desk, draft, SONG, again, title=HEADLINE, **publish)
    assert [{}, {"words": said}] == _row_errors(published)
    assert [] == published.context["form"].non_field_errors()


def test_document_names_words_once_however_a_draft_came_to_them(
    draft: ArticlePage,
) -> None:
    """The press refuses a document that has them twice, or something unseen."""
    draft.title = HEADLINE
    rows = [f"\u200f{SONG['words']}\u200c", SONG["words"].replace(" ", "\u00a0")]
    draft.foreign_rows = [ForeignWords(words=one, language="de") for one in rows]
    draft.foreign_rows.add(ForeignWords(words="they sang", language="EN"))
    [row] = article_content(draft)["tamizdat"]["foreign"]

    assert SONG["words"] == row["words"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    "around", ["{}\u200c", "\u200f{}\u200e", "\u00a0{}\u00ad", "\ufeff{}"]
)
def test_what_nobody_sees_around_words_is_taken_off_in_the_form(
    desk: Client, draft: ArticlePage, around: str
) -> None:
    """It is pasted with them, and no text would have it."""
    typed = {**SONG, "words": around.format(SONG["words"])}
    _post(desk, draft, typed, title=HEADLINE)

    assert [SONG["words"]] == [one.words for one in _newest(draft).foreign_rows.all()]


def test_language_that_is_not_offered_stays(desk: Client, draft: ArticlePage) -> None:
    """One that came with a text is offered in its row."""
    draft.foreign_rows = [ForeignWords(words=SONG["words"], language="de-CH")]
    draft.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=(draft.pk,))

    page = desk.get(address).content.decode()
    assert '<option value="de-CH" selected>' in page
    _post(desk, draft, {**SONG, "language": "de-CH"}, title=HEADLINE)
    assert "de-CH" == _newest(draft).foreign_rows.first().language


def test_words_in_a_headline_and_an_item_ask_for_their_language(
    draft: ArticlePage,
) -> None:
    """Letters tell them; once they are named, nothing is asked."""
    draft.title = f"They shouted: {CALL}!"
    draft.body = [("list", {"items": [CALL], "language": ""})]

    [warning] = [one for one in warnings(draft) if one.field == "body"]
    assert 2 == warning.count(CALL[:20])
    draft.foreign_rows = [ForeignWords(words=CALL, language="fa")]
    assert [] == [one for one in warnings(draft) if one.field == "body"]
