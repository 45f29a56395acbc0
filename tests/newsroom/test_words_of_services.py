"""Words in another language that a service names once, for what it says of itself."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from newsroom.article_form import service_form
from tamizdat.edition.documents import read_document
from tamizdat.edition.foreign import FOREIGN
from tamizdat.edition.stories import Service
from tamizdat.newsroom import actions
from tamizdat.newsroom.documents import article_content, service_document
from tamizdat.newsroom.models import ArticlePage, ServicePage, ServiceWords

WORDS = {"words": "нежелательная организация", "language": "ru"}
SAID = f"It is called “{WORDS['words']}”."
TEXTS: list[dict[str, str]] = [
    {"bio": SAID},
    {"about": f"We report.\r\n\r\n{SAID}"},
    {"notice_designation": SAID},
    {"notice_designation": "Banned.", "notice_paragraphs": f"Beware.\r\n\r\n{SAID}"},
    {
        "notice_designation": "Banned.",
        "notice_paragraphs": "Beware.",
        "notice_more": SAID,
    },
]
PUBLISH = {"action-publish": "1"}


def _post(
    desk: Client,
    service: ServicePage,
    *rows: dict[str, Any],
    more: dict[str, str] = PUBLISH,
    **typed: str,
) -> Any:
    """Send the form of a service, to be published; without `more`, save a draft."""
    sections = [*service.sections.values("id", "section_id", "name")]
    known = sum("id" in row for row in rows)
    data = service_form(
        service_id="en",
        language="en",
        sections=inline_formset(sections, initial=len(sections)),
        foreign_rows=inline_formset(rows, initial=known),
        **typed,
    )
    address = reverse("wagtailadmin_pages:edit", args=(service.pk,))
    return desk.post(address, data | more)


def _faults(answer: Any) -> list[dict[str, list[str]]]:
    form = answer.context["form"]
    errors: list[dict[str, list[str]]] = form.formsets["foreign_rows"].errors
    return errors


def _named(service: ServicePage) -> list[dict[str, str]]:
    """Read what the press is given, as it reads it."""
    document = service_document(ServicePage.objects.get(pk=service.pk))
    found = read_document(json.dumps(document).encode(), "service")
    assert isinstance(found, Service)
    return [{"words": one.words, "language": one.language} for one in found.foreign]


@pytest.mark.parametrize("typed", TEXTS, ids=lambda typed: [*typed][-1])
def test_words_are_named_in_the_form_and_go_out_with_the_service(
    desk: Client, english: ServicePage, typed: dict[str, str]
) -> None:
    """Wherever it says them of itself."""
    answer = _post(desk, english, WORDS, **typed)

    assert 302 == answer.status_code
    assert [WORDS] == _named(english)


def test_row_is_taken_away_in_the_form(desk: Client, english: ServicePage) -> None:
    """The document is then the one it was."""
    before = service_document(english)
    _post(desk, english, WORDS, bio=SAID)
    [row] = ServiceWords.objects.values("id", "words", "language")
    _post(desk, english, {**row, "DELETE": "1"}, bio=SAID)

    assert "foreign" not in before
    assert [] == _named(english)
    assert "foreign" not in service_document(ServicePage.objects.get())


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({**WORDS, "words": "nowhere at all"}, "words"),
        ({**WORDS, "words": "  "}, "words"),
        ({**WORDS, "words": "нежелательна"}, "words"),
        ({**WORDS, "language": "qq"}, "language"),
        ({**WORDS, "language": "not a language"}, "language"),
        ({**WORDS, "language": "en"}, "language"),
        ({**WORDS, "language": ""}, "language"),
        ({**WORDS, "words": "x" * 301}, "words"),
    ],
    ids=["nowhere", "blank", "part", "unknown", "no tag", "its own", "none", "long"],
)
def test_row_that_tells_readers_nothing_is_refused_beside_it(
    desk: Client, english: ServicePage, row: dict[str, str], field: str
) -> None:
    """Whoever types it learns which row it is."""
    answer = _post(desk, english, row, bio=SAID)

    assert [field] == list(_faults(answer)[0])
    assert not ServiceWords.objects.exists()


def test_draft_may_have_a_row_before_its_text(
    desk: Client, english: ServicePage
) -> None:
    """It is kept while somebody types; what readers get has no such row."""
    answer = _post(desk, english, WORDS, more={})

    assert 302 == answer.status_code
    draft = ServicePage.objects.get(pk=english.pk).get_latest_revision_as_object()
    assert [WORDS["words"]] == [row.words for row in draft.foreign_rows.all()]
    assert "foreign" not in service_document(draft)


def test_blanks_around_words_are_taken_off(desk: Client, english: ServicePage) -> None:
    """A phrase is pasted with what stood beside it."""
    _post(desk, english, {**WORDS, "words": f" {WORDS['words']}\t"}, bio=SAID)

    assert [WORDS] == _named(english)


def test_words_that_stand_twice_are_refused_beside_the_second_row(
    desk: Client, english: ServicePage
) -> None:
    """As of an article."""
    again = {**WORDS, "words": WORDS["words"].replace(" ", "\u00a0")}
    answer = _post(desk, english, WORDS, again, bio=SAID)

    assert [{}, {"words": ["These words stand here already."]}] == _faults(answer)
    assert not ServiceWords.objects.exists()


def test_more_rows_than_a_document_has_are_refused(
    desk: Client, english: ServicePage
) -> None:
    """As many as of an article."""
    words = [f"слово{at}" for at in range(FOREIGN + 1)]
    rows = [{"words": one, "language": "ru"} for one in words]
    refused = _post(desk, english, *rows, bio=" ".join(words))
    taken = _post(desk, english, *rows[:-1], bio=" ".join(words))

    assert refused.context["form"].formsets["foreign_rows"].non_form_errors()
    assert 302 == taken.status_code
    assert FOREIGN == len(_named(english))


def test_name_section_and_foot_are_no_texts_that_tell(
    desk: Client, english: ServicePage
) -> None:
    """Words that stand there alone are refused: no page tells them."""
    answer = _post(desk, english, WORDS, title=SAID, footer=SAID)

    assert ["words"] == list(_faults(answer)[0])


def test_words_go_with_the_text_that_had_them(english: ServicePage) -> None:
    """However a text went, what the press is given repeats none of it."""
    english.bio = SAID
    english.foreign_rows = [ServiceWords(**WORDS)]
    there = service_document(english)
    english.bio = "Another."

    assert [WORDS] == there["foreign"]
    assert "foreign" not in service_document(english)


def test_preview_tells_words_before_anything_is_saved(
    desk: Client, english: ServicePage, draft: ArticlePage
) -> None:
    """The front page as it would be printed, and an article below its notice."""
    actions.publish_article(draft, None)
    english.notice_designation = SAID
    english.foreign_rows = [ServiceWords(**WORDS)]
    span = f'<span lang="ru" dir="ltr">{WORDS["words"]}</span>'
    shown = [
        english.serve_preview(None, mode).content.decode() for mode in ("", "article")
    ]

    assert [1, 1] == [page.count(span) for page in shown]
    assert not ServiceWords.objects.exists()


def test_article_names_no_words_of_its_service(draft: ArticlePage) -> None:
    """Its document is its own; the page tells the notice by the service's."""
    service = draft.service
    service.bio = SAID
    service.foreign_rows = [ServiceWords(**WORDS)]
    service.save()
    draft.title = SAID

    assert "foreign" not in article_content(draft)["tamizdat"]


def test_notice_that_takes_too_much_room_with_its_words_is_refused(
    desk: Client, english: ServicePage
) -> None:
    """What is told of languages counts on every page; rows that are typed count."""
    words = [f"w{at}" for at in range(1, FOREIGN + 1)]
    text = ". ".join(words) + "."
    typed = {"notice_designation": "A", "notice_paragraphs": "\n\n".join([text] * 10)}
    rows = [{"words": one, "language": "nl"} for one in words]
    answer = _post(desk, english, *rows, **typed)

    assert ["notice_paragraphs"] == list(answer.context["form"].errors)
    assert 302 == _post(desk, english, **typed).status_code


def test_language_that_is_not_offered_stays(desk: Client, english: ServicePage) -> None:
    """One that came with a document is offered in its row."""
    english.bio = SAID
    english.foreign_rows = [ServiceWords(words=WORDS["words"], language="ru-BY")]
    english.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=(english.pk,))

    assert '<option value="ru-BY" selected>' in desk.get(address).content.decode()
