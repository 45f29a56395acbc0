"""The forms of articles and services as a browser sends them."""

from typing import Any

from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

FEATURES = ["bold", "italic", "link"]
WORDS = "<p>Everyone may seek information.</p>"


def form(**changes: Any) -> dict[str, Any]:
    """Fill in the article form as a browser would send it."""
    fields = {
        "title": "Who May Know",
        "section": "society",
        "kicker": "",
        "standfirst": "",
        "body": streamfield([("paragraph", rich_text(WORDS, features=FEATURES))]),
        "lead_picture": "",
        "lead_caption": "",
        "lead_alt": "",
        "lead_credit": "",
        "lead_terms": "",
        "live_state": "",
        "posts": streamfield([]),
        "tags": "",
        "places": "",
        "related_rows": inline_formset([]),
        "foreign_rows": inline_formset([]),
        "dateline_place": "",
        "dateline_date": "",
        "urgency": "5",
        "credit_line": "",
        "relation": "original",
        "source": "",
        "source_release": "",
        "translator": "",
        "translator_name": "",
        "checked_by": "",
        "slugline": "",
        "address": "",
        "ednote": "",
        "embargo": "",
        "permalinks": "",
        "next_note": "",
        "go_live_at": "",
        "expire_at": "",
        "bylines": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data({**fields, **changes})


def service_form(**changes: Any) -> dict[str, Any]:
    """Fill in the form of a service as a browser would send it."""
    fields = {
        "title": "Новости",
        "service_id": "ru",
        "language": "ru",
        "direction": "ltr",
        "time_zone": "Europe/Moscow",
        "calendar": "gregorian",
        "date_style": "long",
        "territories": "RU, BY",
        "bio": "",
        "notice_designation": "",
        "notice_paragraphs": "",
        "notice_more": "",
        "hold_seconds": "0",
        "breaking_hold_seconds": "0",
        "correction_hours": "24",
        "retraction_hours": "2",
        "foreign_rows": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data({**fields, **changes})
