"""The article form with all it asks: topics, posts, people, embargo, sensitivity."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from newsroom.article_form import FEATURES, form
from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.errors import ObstacleError
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Byline,
    Person,
    PersonName,
    Place,
    ServicePage,
    Story,
    Tag,
)

WORDS = "<p>News.</p>"


def _post(desk: Client, page: ArticlePage, **fields: Any) -> Any:
    """Send the form of an article; without `publish`, save a draft."""
    number = page.article.number
    also = fields.pop("sections_also", [])
    data = {**form(seen_release=number, **fields), "sections_also": also}
    return desk.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), data)


def _newest(page: ArticlePage) -> ArticlePage:
    found: ArticlePage = ArticlePage.objects.get(pk=page.pk)
    draft: ArticlePage = found.get_latest_revision_as_object()
    return draft


def _errors(answer: Any) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = answer.context["form"].errors
    return errors


def _hour(hours: float) -> str:
    time = timezone.localtime(timezone.now() + timedelta(hours=hours))
    return f"{time:%Y-%m-%d %H:%M}"


def test_typed_tags_and_places_are_made_once(desk: Client, draft: ArticlePage) -> None:
    """A line that the service has is that one; another is made when it is published."""
    Tag.objects.create(service=draft.service, key="old", name="Access to Information")

    _post(
        desk,
        draft,
        tags="access to information\nЖизнь\n\nЖизнь",
        places="Geneva (ch-ge)\nTbilisi",
    )

    content = article_content(_newest(draft))
    assert [("Access to Information", "old"), ("Жизнь", "zhizn")] == [
        (row["name"], row["literal"]) for row in content["subjects"]
    ]
    assert [("geneva", "Geneva", "CH-GE"), ("tbilisi", "Tbilisi", None)] == [
        (row["id"], row["name"], row["territory"])
        for row in content["tamizdat"]["places"]
    ]
    _post(desk, draft, tags="Жизнь", places="Geneva (CH-GE)")
    assert (1, 0) == (Tag.objects.count(), Place.objects.count())
    actions.publish_article(_newest(draft), None)
    _post(desk, draft, tags="Жизнь", places="Geneva (CH-GE)")
    actions.publish_article(_newest(draft), None)
    assert (2, 1) == (Tag.objects.count(), Place.objects.count())


def test_code_that_is_no_territory_is_refused_beside_the_field(
    desk: Client, draft: ArticlePage
) -> None:
    """A place's code is one of ISO 3166 or none."""
    answer = _post(desk, draft, places="Geneva (Switzerland)")

    assert "ISO 3166" in _errors(answer)["places"][0]


def test_merged_tag_leads_to_the_one_it_is_the_same_as(
    desk: Client, draft: ArticlePage
) -> None:
    """Drafts that have the old one say the new one."""
    Tag.objects.create(service=draft.service, key="press", name="Press")
    _post(desk, draft, tags="Press")
    new = Tag.objects.create(service=draft.service, key="media", name="Media")
    Tag.objects.filter(name="Press").update(merged_into=new)

    assert [{"name": "Media", "literal": "media"}] == article_content(_newest(draft))[
        "subjects"
    ]


def test_tags_of_a_service_are_offered_to_its_people(
    desk: Client, draft: ArticlePage
) -> None:
    """What begins as typed comes first; another service's are not offered."""
    for name in ("Free press", "Press", "Prisons"):
        Tag.objects.create(service=draft.service, key=name[:3].lower(), name=name)

    url = reverse("newsroom_subjects", args=(draft.service.pk, "tag"))

    assert {"names": ["Press", "Free press"]} == desk.get(url, {"q": "pres"}).json()


def test_related_stories_stand_in_their_order(
    desk: Client, draft: ArticlePage, persian: ServicePage
) -> None:
    """They name headline, language and first release as they are now."""
    body = [{"kind": "paragraph", "text": "متن"}]
    other = actions.create_article(persian, "حق", body, None, section="society")
    actions.publish_article(other, None)
    rows = inline_formset([{"article": other.article.pk}])

    _post(desk, draft, related_rows=rows)

    found = article_content(_newest(draft))["tamizdat"]["related"]
    assert [("fa", other.address, "حق", "fa")] == [
        (row["service"], row["id"], row["headline"], row["language"]) for row in found
    ]


def test_story_is_not_related_to_itself_or_twice(
    desk: Client, released: ArticlePage
) -> None:
    """The row says so."""
    rows = inline_formset([{"article": released.article.pk}])

    answer = _post(desk, released, related_rows=rows)

    errors = answer.context["form"].formsets["related_rows"].errors
    assert "is this one" in errors[0]["article"][0]


@pytest.fixture
def reporter(db: None) -> Person:
    """Give a person with a name in two languages."""
    person = Person.objects.create()
    PersonName.objects.create(
        person=person, language="en", name="A Reporter", role="Geneva", bio="Reports."
    )
    PersonName.objects.create(person=person, language="fa", name="خبرنگار")
    return person


def test_byline_of_a_person_follows_the_language(
    draft: ArticlePage, reporter: Person, persian: ServicePage
) -> None:
    """Name, role and bio are those of the service's language; typed ones go first."""
    hidden = Person.objects.create(kind="protected")
    PersonName.objects.create(person=hidden, language="en", name="Swallow")
    page = actions.create_article(persian, "حق", [], None)
    for one in (draft, page):
        one.bylines = [
            Byline(person=reporter),
            Byline(person=hidden, role="Minsk"),
            Byline(itself=True),
        ]

    english = article_content(draft)["tamizdat"]["bylines"]
    assert [
        ("A Reporter", "Geneva", "person"),
        ("Swallow", "Minsk", "person"),
        ("Demo Press", None, "service"),
    ] == [(row["name"], row["role"], row["kind"]) for row in english]
    assert "خبرنگار" == article_content(page)["tamizdat"]["bylines"][0]["name"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"name": "", "role": "Minsk"}, "Choose a person"),
        ({"name": "A Reporter", "itself": "on"}, "Only one"),
    ],
)
def test_byline_of_nobody_or_of_two_is_refused_when_published(
    desk: Client, draft: ArticlePage, row: dict[str, str], said: str
) -> None:
    """A draft may have it."""
    rows = inline_formset([{"person": "", "bio": "", **row}])

    answer = _post(desk, draft, bylines=rows, **{"action-publish": "1"})

    assert said in str(answer.context["form"].formsets["bylines"].errors)
    assert 0 == draft.article.releases.count()
    assert 302 == _post(desk, draft, bylines=rows).status_code


def test_protected_name_keeps_nothing_but_itself(desk: Client) -> None:
    """No second language, no portrait, no later change: a log would tie two names."""
    url = reverse("wagtailsnippets_newsroom_person:add")
    names = [_name("en", "Swallow"), _name("ru", "Ласточка")]
    data = {"kind": "protected", "portrait": "", **_formset("names", names)}

    answer = desk.post(url, data)

    assert "stands alone" in str(answer.context["form"].errors["kind"])
    desk.post(url, {**data, **_formset("names", names[:1])})
    person = Person.objects.get()
    row = person.names.get()
    again = {**_name("en", "Swift"), "id": str(row.pk)}
    edit = reverse("wagtailsnippets_newsroom_person:edit", args=(person.pk,))
    answer = desk.post(edit, {**data, **_formset("names", [again], kept=1)})
    assert "never changed" in str(answer.context["form"].errors["kind"])
    assert "Swallow" == person.names.get().name


def _name(language: str, name: str) -> dict[str, str]:
    return {"language": language, "name": name, "role": "", "bio": "", "ORDER": "1"}


def _formset(prefix: str, rows: list[dict[str, str]], kept: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": kept,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        found |= {f"{prefix}-{number}-{key}": value for key, value in row.items()}
    return found


def test_embargo_in_the_past_is_refused(desk: Client, draft: ArticlePage) -> None:
    """It would hold nothing back."""
    answer = _post(desk, draft, embargo=_hour(-1))

    assert "has passed" in _errors(answer)["embargo"][0]


def test_embargo_holds_back_publication_and_every_translation(
    desk: Client, draft: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """Publishing before it is refused in words, in every service; so is scheduling."""
    answer = _post(desk, draft, embargo=_hour(5), **{"action-publish": "1"})

    assert "under embargo until" in _errors(answer)["embargo"][0]
    _post(desk, draft, embargo=_hour(5))
    body = [{"kind": "paragraph", "text": "متن"}]
    other = actions.create_article(
        persian, "حق", body, editor, section="society", source=draft.article
    )
    other.relation = "original"
    with pytest.raises(ObstacleError, match="under embargo until"):
        actions.publish_article(other, None)
    answer = _post(
        desk,
        draft,
        embargo=_hour(5),
        go_live_at=_hour(4),
        **{"action-publish": "1"},
    )
    assert "before the embargo ends" in _errors(answer)["go_live_at"][0]
    assert "embargo" not in str(article_content(_newest(draft)))


def test_lifting_an_embargo_is_logged(
    desk: Client, draft: ArticlePage, editor: Any
) -> None:
    """Who lifted it, and what it was."""
    _post(desk, draft, embargo=_hour(5))

    _post(desk, draft, embargo="")

    entries = PageLogEntry.objects.filter(action="newsroom.embargo").order_by("pk")
    assert [editor, editor] == [entry.user for entry in entries]
    assert ["", entries[0].data["to"]] == [e.data["from"] for e in entries]
    draft.article.story.refresh_from_db()
    assert draft.article.story.embargo is None
    assert actions.publish_article(_newest(draft), None) is not None


def test_sensitive_story_gets_an_address_that_says_nothing(
    desk: Client, draft: ArticlePage
) -> None:
    """What was typed before is replaced, and nothing can be typed again."""
    _post(desk, draft, sensitive="on", address="right-to-know")

    draft.article.refresh_from_db()
    drawn = draft.article.address
    assert "right-to-know" != drawn
    _post(desk, draft, sensitive="on", address="right-to-know")
    draft.article.refresh_from_db()
    assert drawn == draft.article.address
    assert draft.article.story.sensitive


def test_who_takes_the_mark_off_publishes_not_alone(
    desk: Client, draft: ArticlePage
) -> None:
    """One chief editor's laptop is not two people."""
    _post(desk, draft, sensitive="on")
    _post(desk, draft)
    assert not Story.objects.get().sensitive
    told = desk.post(
        reverse("wagtailadmin_pages:edit", args=(draft.pk,)),
        form(seen_release=0) | {"action-publish": "1"},
        follow=True,
    )

    assert "Signed, not published" in told.content.decode()
    assert draft.newest_release is None


def test_naming_a_source_lifts_nothing(
    desk: Client, draft: ArticlePage, persian: ServicePage
) -> None:
    """Embargo and mark go along to the story of the source, and bind there, too."""
    body = [{"kind": "paragraph", "text": "خبر"}]
    source = actions.create_article(persian, "خبر", body, None, section="society")
    actions.publish_article(source, None)
    _post(desk, draft, sensitive="on", embargo=_hour(5))
    mark = {"relation": "adapted", "source": source.article_id}
    _post(desk, draft, **mark, sensitive="on", embargo=_hour(5))

    story = Article.objects.get(pk=draft.article_id).story
    assert source.article.story_id == story.pk
    assert story.sensitive
    assert story.embargo is not None
    with pytest.raises(ObstacleError, match="embargo"):
        actions.publish_article(_newest(draft), None)


@pytest.mark.parametrize("press", ["save", "action-submit", "action-publish"])
def test_draft_of_another_service_is_no_source(
    client: Client, draft: ArticlePage, persian: ServicePage, press: str
) -> None:
    """Whoever types its key learns nothing of it, not even its address."""
    client.force_login(staff("far", persian, "chief-editor"))
    url = reverse(
        "wagtailadmin_pages:add", args=("newsroom", "articlepage", persian.pk)
    )
    for key in (draft.article_id, 99_999):
        fields = form(title="متن", relation="translated", source=str(key))
        answer = client.post(url, fields | {press: "1"})
        told = answer.context["form"].errors["source"]
        assert ["That article is not released yet."] == told
        assert draft.article.address not in answer.content.decode()
        assert draft.title not in answer.content.decode()

    chosen = reverse("article_chooser:chosen", args=(draft.article_id,))
    assert 404 == client.get(chosen).status_code
    assert [draft] == list(ArticlePage.objects.all())


def test_sensitive_story_takes_no_typed_address(
    desk: Client, english: ServicePage
) -> None:
    """A new one neither: the field says why."""
    url = reverse(
        "wagtailadmin_pages:add", args=("newsroom", "articlepage", english.pk)
    )

    answer = desk.post(url, form(sensitive="on", address="our-source-in-minsk"))

    assert "says nothing" in _errors(answer)["address"][0]


def test_posts_stand_newest_first_and_keep_their_ids(
    desk: Client, draft: ArticlePage
) -> None:
    """A story with posts is live unless it is said to have ended."""
    posts = [
        ("post", _typed_post("2026-11-20 08:00", "First")),
        ("post", _typed_post("2026-11-20 09:00", "Second")),
    ]

    _post(desk, draft, posts=streamfield(posts))

    ours = article_content(_newest(draft))["tamizdat"]
    found = [block for block in ours["body"] if block["kind"] == "post"]
    assert ["Second", "First"] == [post["headline"] for post in found]
    assert 2 == len({post["id"] for post in found} - {None})
    assert {"state": "live"} == ours["live"]


def _typed_post(time: str, headline: str) -> dict[str, Any]:
    return {
        "time": time,
        "headline": headline,
        "by": "",
        "body": streamfield([("paragraph", rich_text(WORDS, features=FEATURES))]),
    }


def test_post_of_tomorrow_is_refused(desk: Client, draft: ArticlePage) -> None:
    """Nobody has written it yet."""
    posts = [("post", _typed_post(_hour(24), "Tomorrow"))]

    answer = _post(desk, draft, posts=streamfield(posts))

    assert "has not come yet" in answer.content.decode()


def test_new_post_is_no_minor_change(desk: Client, released: ArticlePage) -> None:
    """It is news: the form says so beside the kind."""
    posts = [("post", _typed_post("2026-11-20 08:00", "First"))]

    answer = _post(
        desk,
        released,
        posts=streamfield(posts),
        next_kind="minor",
        **{"action-publish": "1"},
    )

    assert "news" in _errors(answer)["next_kind"][0]


def test_further_sections_are_two_others(desk: Client, draft: ArticlePage) -> None:
    """Not the one it stands in."""
    answer = _post(desk, draft, sections_also=["society"])

    assert "already" in _errors(answer)["sections_also"][0]
    _post(desk, draft, sections_also=["law"])
    ours = article_content(_newest(draft))["tamizdat"]
    assert ["law"] == ours["sections_also"]


def test_earlier_addresses_are_addresses(desk: Client, draft: ArticlePage) -> None:
    """One a line; what is none is quoted."""
    answer = _post(desk, draft, permalinks="https://old.example/1\nold/2")

    assert "“old/2”" in _errors(answer)["permalinks"][0]


def test_terms_of_the_lead_picture_reach_readers(
    draft: ArticlePage, photo: bytes
) -> None:
    """And those of one in the text, each with its own."""
    actions.attach_picture(draft, photo, "A street", "People walk", "Us")
    draft.lead_terms = "Not for print"
    words = {"caption": "A square", "alt": "Snow", "credit": "", "terms": "Once"}
    draft.body = [("picture", {"picture": draft.lead_picture, **words})]

    shown = article_content(draft)["associations"]

    assert [("lead", "Not for print"), ("p1", "Once")] == [
        (one["name"], one["usageTerms"]) for one in shown
    ]
    assert {(3, 4), (16, 9)} == {_ratio(one["renditions"][0]) for one in shown}


def _ratio(row: dict[str, int]) -> tuple[int, int]:
    return min(
        [(16, 9), (4, 3), (3, 4)],
        key=lambda r: abs(row["width"] / row["height"] - r[0] / r[1]),
    )
