"""An editor names the language of a passage: in the form, in the document, and back."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

from newsroom.article_form import form
from newsroom.test_overrides import inline_list
from tamizdat.newsroom import actions
from tamizdat.newsroom.blocks import FEATURES, languages, own_languages, stream_of
from tamizdat.newsroom.desk.comparing import state
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.obstacles import warnings
from tamizdat.newsroom.passages import name_of, nearest, offered, tags
from tamizdat.newsroom.richtext import paragraphs
from tamizdat.newsroom.writing.editor import TextEditor
from tamizdat.newsroom.writing.opening import fill

CALL = "زن، زندگی، آزادی برای همه"
WORDS = (
    '<p data-block-key="a">They <b>sang <span lang="fa">«زن، '
    '<a href="https://a.example/">زندگی</a></span></b>'
    '<span lang="fa">، آزادی»</span> 🗞️.</p>'
)


def _converter() -> Any:
    return TextEditor(features=FEATURES).converter


def test_passage_survives_the_editor() -> None:
    """With links and emphasis that it crosses; what is stored comes out as it was."""
    state_of = _converter().from_database_format(WORDS)
    (block,) = json.loads(state_of)["blocks"]
    styles = {(s["style"], s["offset"]) for s in block["inlineStyleRanges"]}
    stored = _converter().to_database_format(state_of)

    assert {("BOLD", 5), ("lang-fa", 10)} <= styles
    assert paragraphs(WORDS) == paragraphs(stored)


@pytest.mark.parametrize("tag", ["de-CH", "ku-Arab", "zh-TW"])
def test_language_survives_the_editor_offered_or_not(tag: str) -> None:
    """A tag with a country or a script, too."""
    words = f'<p data-block-key="a">They <span lang="{tag}">sang</span>.</p>'
    state_of = _converter().from_database_format(words)

    assert f'"lang-{tag}"' in state_of
    assert words == _converter().to_database_format(state_of)


def test_places_are_told_as_browsers_count_them() -> None:
    """An emoji is two letters to a browser: marks behind it stay where they are."""
    words = (
        '<p data-block-key="a">🗞️ They <b>sang</b> 😀 <span lang="fa">زن</span> '
        '<a href="https://a.example/">so</a>.</p>'
    )
    state_of = json.loads(_converter().from_database_format(words))
    (block,) = state_of["blocks"]
    units = block["text"].encode("utf-16-le")
    marks = [*block["inlineStyleRanges"], *block["entityRanges"]]
    found = [
        units[2 * m["offset"] : 2 * (m["offset"] + m["length"])].decode("utf-16-le")
        for m in marks
    ]

    assert ["sang", "زن", "so"] == found
    assert words == _converter().to_database_format(json.dumps(state_of))


def test_language_without_a_name_is_none_in_the_editor() -> None:
    """Its words stay, whoever stored or sent it."""
    converter = _converter()
    strange = '<p data-block-key="a">They <span lang="xx-y z">sang</span>.</p>'
    clean = '<p data-block-key="a">They sang.</p>'
    block = {
        "key": "a",
        "type": "unstyled",
        "text": "They sang.",
        "inlineStyleRanges": [{"style": 'lang-"><x', "offset": 5, "length": 4}],
        "entityRanges": [],
    }
    sent = json.dumps({"blocks": [block], "entityMap": {}})

    assert clean == converter.to_database_format(
        converter.from_database_format(strange)
    )
    assert clean == converter.to_database_format(sent)


def _posted(desk: Client, page: ArticlePage, *body: tuple[str, Any]) -> ArticlePage:
    url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    answer = desk.post(url, form(body=streamfield(body), seen_release=0))
    assert answer.status_code == 302, answer.context["form"].errors
    found: ArticlePage = ArticlePage.objects.get(pk=page.pk)
    draft: ArticlePage = found.get_latest_revision_as_object()
    return draft


def _body(page: ArticlePage) -> Any:
    return article_content(page)["tamizdat"]["body"]


def test_form_names_languages(desk: Client, draft: ArticlePage) -> None:
    """Of passages, of a list and of a table; the document says them."""
    page = _posted(
        desk,
        draft,
        ("paragraph", rich_text(WORDS, features=FEATURES)),
        (
            "quote",
            rich_text(f'<p><span lang="fa">{CALL}</span></p>', features=FEATURES),
        ),
        ("list", {"items": inline_list(CALL), "language": "fa"}),
        ("table", {"rows": f"{CALL} | 1", "language": "ps"}),
    )
    paragraph, quote, points, table = _body(page)
    marks = [m for m in paragraph["marks"] if m["kind"] == "language"]

    assert ["«زن، زندگی، آزادی»"] == [
        paragraph["text"][m["from"] : m["to"]] for m in marks
    ]
    whole = {"kind": "language", "from": 0, "to": len(CALL), "language": "fa"}
    assert [whole] == quote["marks"]
    assert {"kind": "list", "items": [CALL], "language": "fa"} == points
    assert {"kind": "table", "rows": [[CALL, "1"]], "language": "ps"} == table


def test_language_of_the_article_is_named_of_nothing(
    desk: Client, draft: ArticlePage
) -> None:
    """A passage in it is none: so stands what a translator copied with its mark."""
    page = _posted(
        desk,
        draft,
        (
            "paragraph",
            rich_text('<p><span lang="en">Sung</span></p>', features=FEATURES),
        ),
        ("list", {"items": inline_list("One"), "language": "en"}),
    )
    paragraph, points = _body(page)

    assert [] == paragraph["marks"]
    assert {"kind": "list", "items": ["One"]} == points


def test_list_and_table_kept_before_have_no_language(draft: ArticlePage) -> None:
    """What was stored as items or rows alone is read as ever."""
    stored = [
        {"type": "list", "value": ["One", "Two"], "id": "a"},
        {"type": "table", "value": "1766 | Sweden", "id": "b"},
        {
            "type": "box",
            "value": {"title": "", "body": [{"type": "list", "value": ["Three"]}]},
            "id": "c",
        },
    ]
    ArticlePage.objects.filter(pk=draft.pk).update(body=json.dumps(stored))
    points, table, box = _body(ArticlePage.objects.get(pk=draft.pk))

    assert {"kind": "list", "items": ["One", "Two"]} == points
    assert {"kind": "table", "rows": [["1766", "Sweden"]]} == table
    assert [{"kind": "list", "items": ["Three"]}] == box["body"]


@pytest.mark.parametrize("tag", ["ku-Arab", "tt-Latn", "de-CH", "zh-TW"])
def test_language_that_is_not_offered_stays(
    desk: Client, draft: ArticlePage, tag: str
) -> None:
    """What came with a text is sent back by the form, and is no other language then."""
    body = [
        {"kind": "list", "items": [CALL], "language": tag},
        {"kind": "table", "rows": [[CALL, "1"]], "language": tag},
    ]
    page = _posted(
        desk,
        draft,
        ("list", {"items": inline_list(CALL), "language": tag}),
        ("table", {"rows": f"{CALL} | 1", "language": tag}),
    )

    assert body == _body(page)
    points, table = stream_of(body)
    assert [tag, tag] == [points[1]["language"], table[1]["language"]]


@pytest.mark.parametrize("tag", ["xx", "zxx", "FA", "fa_IR", 'fa"'])
def test_what_names_no_language_is_refused(
    desk: Client, draft: ArticlePage, tag: str
) -> None:
    """A form that sends such was not ours."""
    points = ("list", {"items": inline_list("One"), "language": tag})
    url = reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    answer = desk.post(url, form(body=streamfield([points]), seen_release=0))

    assert "body" in answer.context["form"].errors


SPOKEN = [
    {
        "kind": "paragraph",
        "text": f"They: {CALL}",
        "marks": [
            {"kind": "language", "from": 6, "to": 6 + len(CALL), "language": "fa"}
        ],
    },
    {"kind": "list", "items": [CALL], "language": "fa"},
    {"kind": "table", "rows": [[CALL, "1"]], "language": "fa"},
    {
        "kind": "box",
        "title": None,
        "body": [{"kind": "list", "items": [CALL], "language": "fa"}],
    },
]


def test_languages_survive_release_and_opening(
    english: ServicePage, editor: Any
) -> None:
    """What a release says is what the form holds, and what the next release says."""
    page = actions.create_article(
        english, "Sung", SPOKEN[:3], editor, section="society"
    )
    released = actions.publish_article(page, editor).content
    opened = ArticlePage(article=page.article)
    fill(opened, {**released, "tamizdat": {**released["tamizdat"], "body": SPOKEN}})

    assert SPOKEN[:3] == released["tamizdat"]["body"]
    assert SPOKEN == _body(opened)


def test_language_is_no_word_of_a_draft(desk: Client, draft: ArticlePage) -> None:
    """Search and comparison read what readers read."""
    page = _posted(
        desk, draft, ("list", {"items": inline_list("One"), "language": "fa"})
    )

    field = page.body.stream_block

    assert "One" == state(page, "draft").parts["text"]
    assert ["One"] == field.get_searchable_content(page.body)


def test_check_before_release_names_what_has_no_language(
    desk: Client, draft: ArticlePage
) -> None:
    """It is a warning, in the form, until the language is named."""
    url = reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    bare = (("paragraph", rich_text(f"<p>They: {CALL}</p>", features=FEATURES)),)
    named = f'<p>They: <span lang="fa">{CALL}</span></p>'

    page = _posted(desk, draft, *bare)
    (warning,) = [w for w in warnings(page) if CALL in w]
    assert "body" == warning.field
    assert "Ctrl+Shift+L" in desk.get(url).content.decode()
    page = _posted(desk, draft, ("paragraph", rich_text(named, features=FEATURES)))
    assert [] == [w for w in warnings(page) if CALL in w]


@pytest.mark.usefixtures("english", "persian")
def test_languages_of_our_services_are_offered_first() -> None:
    """Then all others, each once, by name in the language of the editor."""
    own_languages.cache_clear()
    (none, _label), (_ours, ours), (_others, others) = languages()
    every = [tag for tag, _name in (*ours, *others)]

    assert ("", ["en", "fa"]) == (none, [tag for tag, _name in ours])
    assert sorted(every) == sorted(tags())
    assert ("fr", "French") in others
    assert "Сербский (латиница)" == name_of("sr-Latn", "ru")
    assert ["Дари", "Крымско-татарский"] == [
        n for _t, n in offered(["crh", "fa-AF"], "ru")[0]
    ]


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("FA", "fa"),
        ("fa-IR", "fa"),
        ("fa-af", "fa-AF"),
        ("en_GB", "en"),
        ("zh-Hant-TW", "zh-Hant"),
        ("prs", "fa-AF"),  # Dari, as its file names it
        ("sr", "sr-Latn"),
        ("sr-Cyrl-RS", "sr-Cyrl"),
        ("ku-Arab", None),  # Kurdish of these letters would be set from left to right
        ("zxx", None),
        ("", None),
        ("fa-x-" + 15 * "a-", "fa"),
        ("fa-x-" + 16 * "a-", None),  # longer than any program has room for
    ],
)
def test_tag_of_a_country_names_a_language_that_is_offered(
    tag: str, found: str | None
) -> None:
    """Where the letters would be lost, no language is named."""
    assert found == nearest(tag)
