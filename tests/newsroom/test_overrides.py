"""Hidden marks that turn text round: taken out, and the editor is told."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from newsroom.agency_copy import ITEM
from newsroom.article_form import FEATURES, form, service_form
from tamizdat.newsroom import actions
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.richtext import paragraphs, plain
from tamizdat.newsroom.wagtail_hooks import OVERRIDDEN
from tamizdat.newsroom.wire_desk.drafts import draft_of
from tamizdat.wire.items import Block

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TURNED = "Who \u202eyaM\u202c Know"


@pytest.mark.parametrize("mark", MARKS)
def test_override_reaches_no_line_and_no_paragraph(mark: str) -> None:
    """Each of the nine marks is taken out; what it stood between stays."""
    assert "ab" == plain(f"a{mark}b")
    assert "ab" == paragraphs(f"<p>a{mark}b</p>")[0]["text"]


def test_marks_that_override_nothing_stay() -> None:
    """Persian and Hebrew need joiners and the two direction marks."""
    kept = "می\u200cرود \u200f!\u200e"

    assert kept == plain(kept)


def test_emphasis_stays_on_its_words_when_a_mark_goes() -> None:
    """Offsets are counted in the text that is left."""
    (paragraph,) = paragraphs("<p>a\u2067b <b>\u202ec</b> d</p>")

    assert [{"kind": "strong", "from": 3, "to": 4}] == paragraph["marks"]
    assert "ab c d" == paragraph["text"]


def test_pasted_marks_are_taken_out_and_the_editor_is_told(
    english: ServicePage, desk: Client
) -> None:
    """No field of the form keeps one: headline, byline, text, list or table."""
    body = [
        ("paragraph", rich_text(f"<p>{TURNED} <b>all</b></p>", features=FEATURES)),
        ("subhead", rich_text(f"<p>{TURNED}</p>", features=FEATURES)),
        ("list", {"items": inline_list(TURNED), "language": ""}),
        ("table", {"rows": f"{TURNED} | 1", "language": ""}),
    ]
    rows = inline_formset([{"name": TURNED, "role": TURNED, "bio": TURNED}])
    add = reverse(
        "wagtailadmin_pages:add", args=("newsroom", "articlepage", english.pk)
    )
    answer = desk.post(
        add,
        form(title=TURNED, standfirst=TURNED, body=streamfield(body), bylines=rows),
    )

    article = ArticlePage.objects.get()
    stored = repr(article.serializable_data())
    told = "".join(map(str, get_messages(answer.wsgi_request)))
    content = article_content(article)

    assert "Who yaM Know" == article.title
    assert not [mark for mark in MARKS if any(form in stored for form in _forms(mark))]
    assert str(OVERRIDDEN) in told
    marks = content["tamizdat"]["body"][0]["marks"]
    assert [{"kind": "strong", "from": 13, "to": 16}] == marks


def _forms(mark: str) -> list[str]:
    """List how a mark may be stored: itself, escaped, as a numeric entity."""
    number = ord(mark)
    return [mark, f"u{number:x}", f"&#x{number:x};", f"&#x{number:X};", f"&#{number};"]


def test_clean_text_brings_no_message(english: ServicePage, desk: Client) -> None:
    """An editor is warned of nothing that is not there."""
    add = reverse(
        "wagtailadmin_pages:add", args=("newsroom", "articlepage", english.pk)
    )
    answer = desk.post(add, form())

    assert str(OVERRIDDEN) not in "".join(map(str, get_messages(answer.wsgi_request)))


def test_name_of_a_service_is_cleaned_too(english: ServicePage, desk: Client) -> None:
    """Section and service names stand on every page."""
    kept = [*english.sections.values("id", "section_id", "name")]
    kept[0]["name"] = TURNED
    rows = inline_formset(kept, initial=len(kept))
    edit = reverse("wagtailadmin_pages:edit", args=(english.pk,))
    fields = service_form(service_id="en", title=TURNED, sections=rows)
    desk.post(edit, fields | {"action-publish": "1"})

    service = ServicePage.objects.get()

    assert "Who yaM Know" == service.title
    assert "Who yaM Know" == service.sections.first().name


def test_note_to_readers_is_cleaned(released: ArticlePage, editor: Any) -> None:
    """A note stands in the ledger for good, so it is cleaned before."""
    release = actions.publish_article(released, editor, "correction", TURNED)

    assert release is not None
    assert "Who yaM Know" == release.note


def test_agency_copy_is_cleaned() -> None:
    """Marks of an agency's own system reach no draft."""
    body = (
        Block("paragraph", TURNED),
        Block("list", items=(TURNED,)),
        Block("table", rows=((TURNED,),)),
    )
    draft = draft_of(replace(ITEM, headline=TURNED, bio=TURNED, body=body))

    assert not [mark for mark in MARKS if mark in repr(draft)]
    assert "\\u202e" not in repr(draft)


def inline_list(*items: str) -> dict[str, Any]:
    """Fill in a list block as a browser would send it."""
    fields: dict[str, Any] = {"count": str(len(items))}
    for index, item in enumerate(items):
        row = {"deleted": "", "order": str(index), "id": "", "value": item}
        fields[str(index)] = row
    return fields
