"""What no browser sends is answered in one line, and nothing is made of it."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from newsroom.article_form import form
from tamizdat.newsroom.models import ArticlePage

A_NUMBER = "expected a whole number"
A_TEXT = "expected a document of the text editor"
CHOSEN = "expected the number of what was chosen"


def _document(*entities: Any, **line: Any) -> str:
    row = {"key": "a", "text": "Word", "type": "unstyled", "depth": 0, **line}
    kept = {str(number): entity for number, entity in enumerate(entities)}
    return json.dumps({"blocks": [row], "entityMap": kept})


FIRST = [{"offset": 0, "length": 1, "key": 0}]
ODD = [
    ("source", "abc", f"{CHOSEN}, found 'abc'"),
    ("source", "9" * 30, f"{CHOSEN}, found '{'9' * 30}'"),
    ("lead_picture", "abc", f"{CHOSEN}, found 'abc'"),
    ("body-count", "abc", f"{A_NUMBER}, found 'abc'"),
    ("body-count", "", f"{A_NUMBER}, found nothing"),
    ("body-count", "2", "expected a field of this name, found nothing"),
    ("posts-count", "abc", f"{A_NUMBER}, found 'abc'"),
    ("posts-count", "99999999", "expected at most 10000, found '99999999'"),
    ("body-0-order", "x", f"{A_NUMBER}, found 'x'"),
    ("body-0-type", "bogus", "expected one of paragraph, subhead, quote, list, table"),
    ("body-0-value", "{not json", f"{A_TEXT}, found '{{not json'"),
    ("body-0-value", "[]", f"{A_TEXT}, found '[]'"),
    ("body-0-value", "[" * 99_999, A_TEXT),
    ("body-0-value", '{"blocks":5}', A_TEXT),
    ("body-0-value", '{"blocks":5,"entityMap":{}}', A_TEXT),
    ("body-0-value", _document(text="\ud83d"), A_TEXT),
    ("body-0-value", _document(entityRanges=FIRST), A_TEXT),
    ("body-0-value", _document(inlineStyleRanges=FIRST), A_TEXT),
    ("body-0-value", _document({"type": "LINK", "data": {}}), A_TEXT),
]


@pytest.mark.parametrize("press", ["save", "publish"])
def test_malformed_form_gets_one_error_with_its_place(
    desk: Client, draft: ArticlePage, press: str
) -> None:
    """Nothing is kept of it, so that no part of a text is lost without a word."""
    desk.raise_request_exception = False
    place = reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    kept = Revision.objects.count()
    for name, odd, said in ODD:
        fields = form(title="New") | {name: odd, f"action-{press}": "1"}
        answer = desk.post(place, fields)

        named = name if odd != "2" else "body-1-deleted"
        assert 400 == answer.status_code, (name, odd[:40])
        assert answer.content.decode().startswith(f"{named}: {said}")
    assert kept == Revision.objects.count()


def test_malformed_post_inside_a_live_story_is_named(
    desk: Client, draft: ArticlePage
) -> None:
    """A field deep in the form has the name that the form gives it."""
    sent = {
        "posts-count": "1",
        "posts-0-deleted": "",
        "posts-0-order": "0",
        "posts-0-type": "post",
        "posts-0-value-time": "2026-01-02 10:00",
        "posts-0-value-headline": "",
        "posts-0-value-by": "",
        "posts-0-value-body-count": "many",
    }
    place = reverse("wagtailadmin_pages:preview_on_edit", args=(draft.pk,))

    answer = desk.post(place, form() | sent)

    said = f"posts-0-value-body-count: {A_NUMBER}, found 'many'"
    assert (400, said) == (answer.status_code, answer.content.decode())
