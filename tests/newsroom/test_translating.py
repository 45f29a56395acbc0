"""Translations begin with the newest release; posts go out without the draft."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.conftest import staff
from tamizdat.newsroom import actions, schedule
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.errors import ObstacleError, ReleaseError, TranslationError
from tamizdat.newsroom.models import (
    ArticlePage,
    Attachment,
    Byline,
    HeldRelease,
    Person,
    PersonName,
    ServicePage,
    UndonePost,
)
from tamizdat.newsroom.renditions import rendition_path
from tamizdat.newsroom.writing.posting import add_post
from tamizdat.newsroom.writing.signers import person_of
from tamizdat.newsroom.writing.translating import translate

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def original(english: ServicePage, editor: Any, photo: bytes) -> ArticlePage:
    """Give a released article with a person's byline, a picture and a link."""
    person = Person.objects.create()
    PersonName.objects.create(person=person, language="en", name="A Reporter")
    PersonName.objects.create(person=person, language="fa", name="خبرنگار")
    link = {"kind": "link", "from": 0, "to": 8, "href": "https://a.example/"}
    body = [
        {"kind": "paragraph", "text": "Everyone may ask.", "marks": [link]},
        {"kind": "quote", "text": "To seek."},
    ]
    page = actions.create_article(
        english, "Who May Know", body, editor, section="society", kicker="Law"
    )
    page.bylines = [Byline(person=person)]
    actions.attach_picture(page, photo, "A street", "People walk", "Us")
    actions.publish_article(page, editor)
    return page


def test_translation_begins_with_the_newest_release(
    original: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """Its words, picture and people stand in the draft; source and release are set."""
    original.title = "A draft nobody has seen"
    original.save_revision()

    page = translate(original.article, persian, editor)

    draft = page.get_latest_revision_as_object()
    content = article_content(draft)
    ours = content["tamizdat"]
    assert "Who May Know" == content["headlines"][0]["value"]
    assert original.newest_release.content["tamizdat"]["body"] == ours["body"]
    assert ("translated", "en", 1) == (
        ours["lineage"]["relation"],
        ours["lineage"]["service"],
        ours["lineage"]["release"],
    )
    assert ["خبرنگار"] == [row["name"] for row in ours["bylines"]]
    assert "by" not in ours["lineage"]
    assert (editor, "society") == (draft.made_by, draft.section)
    assert original.article.story == page.article.story
    assert not page.live


def test_protected_author_needs_two_people_in_every_translation(
    russian: ServicePage, persian: ServicePage, editor: Any
) -> None:
    """The pen name is kept in one language; it signs in others, and stays a person."""
    hidden = _person("protected", "A. Pen")
    source = _signed(russian, hidden, editor)
    PersonName.objects.filter(person=hidden).update(name="B. Pen")  # since then

    page = translate(source.article, persian, editor)

    assert [hidden] == [row.person for row in page.bylines.all()]
    chief = staff("chief", persian, "chief-editor")
    with pytest.raises(ObstacleError, match="protected: two people sign"):
        actions.publish_article(ArticlePage.objects.get(pk=page.pk), chief)


@pytest.mark.parametrize("kinds", [("protected", "named"), ("named", "protected")])
def test_person_of_the_same_name_signs_no_translation(
    english: ServicePage, persian: ServicePage, editor: Any, kinds: tuple[str, str]
) -> None:
    """The id says who it is; without one, as in old releases, whom it may harm."""
    people = {kind: _person(kind, "A. Pen") for kind in kinds}

    for kind, person in people.items():
        source = _signed(english, person, editor)
        page = translate(source.article, persian, editor)
        assert [person] == [row.person for row in page.bylines.all()], kind

    assert people["protected"] == person_of({"name": "A. Pen", "kind": "person"})


def test_nobody_signs_where_two_have_one_name_and_no_id(db: None) -> None:
    """Neither portrait nor bio of the wrong one goes out."""
    _person("named", "A. Pen")
    other = _person("named", "B. Pen")

    assert other == person_of({"name": "B. Pen", "kind": "person"})
    _person("named", "B. Pen")
    assert person_of({"name": "B. Pen", "kind": "person"}) is None


def _person(kind: str, name: str) -> Person:
    person = Person.objects.create(kind=kind)
    PersonName.objects.create(person=person, language="en", name=name)
    return person


def _signed(service: ServicePage, person: Person, editor: Any) -> ArticlePage:
    body = [{"kind": "paragraph", "text": "Text."}]
    page = actions.create_article(service, "Title", body, editor, section="society")
    page.bylines = [Byline(person=person)]
    actions.publish_article(page, None)
    return page


def test_draft_cannot_be_translated(
    draft: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """Nobody has read it yet."""
    with pytest.raises(TranslationError, match="not released yet"):
        translate(draft.article, persian, editor)


def test_translation_of_what_was_taken_back_meanwhile_is_not_published(
    original: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """What readers of the original may read no more is new to nobody else."""
    page = translate(original.article, persian, editor)
    page.section = "society"
    actions.publish_article(original, None, "retraction", "It never happened.")

    with pytest.raises(ObstacleError, match="taken back: readers have no text"):
        actions.publish_article(ArticlePage.objects.get(pk=page.pk), None)


def test_service_tells_a_story_once(
    original: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """A second translation into one service is refused."""
    translate(original.article, persian, editor)

    with pytest.raises(TranslationError, match="already"):
        translate(original.article, persian, editor)


def test_translator_reads_the_source_beside_the_fields(
    original: ArticlePage, persian: ServicePage, desk: Client
) -> None:
    """In its own language and direction, as the release followed has it."""
    url = reverse("newsroom_translate", args=(original.article.pk,))
    assert persian.title in desk.get(url).content.decode()

    answer = desk.post(url, {"service": persian.pk}, follow=True)

    html = answer.content.decode()
    assert '<div lang="en" dir="ltr"' in html
    assert "To seek." in html


def test_translator_and_checker_stay_apart(
    original: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """Readers are told who translated, in their language; never who checked."""
    page = translate(original.article, persian, editor)
    page.translator, page.checked_by = Person.objects.get(), editor

    lineage = article_content(page)["tamizdat"]["lineage"]

    assert "خبرنگار" == lineage["by"]
    assert "editor" not in str(lineage)


@pytest.fixture
def live(draft: ArticlePage, editor: Any) -> ArticlePage:
    """Give a live story that is released."""
    draft.live_state = "live"
    actions.publish_article(draft, editor)
    return draft


def test_post_goes_out_without_the_draft(live: ArticlePage, editor: Any) -> None:
    """Readers get the post alone; what waited waits on, with the post in it."""
    live.title = "Not yet"
    live.next_kind, live.next_note, live.next_number = "correction", "Because", 2
    live.save_revision(user=editor)

    release = add_post(live, editor, ["They marched.", "Then sang."], "Noon")

    assert (2, "update") == (release.number, release.kind)
    assert "Who May Know" == release.content["headlines"][0]["value"]
    post = release.content["tamizdat"]["body"][-1]
    assert ("post", "Noon", ["They marched.", "Then sang."]) == (
        post["kind"],
        post["headline"],
        [block["text"] for block in post["body"]],
    )
    page = ArticlePage.objects.get(pk=live.pk)
    draft = page.get_latest_revision_as_object()
    assert page.has_unpublished_changes
    assert ("Not yet", "correction", "Because") == (
        draft.title,
        draft.next_kind,
        draft.next_note,
    )
    assert post in article_content(draft)["tamizdat"]["body"]


def test_posts_follow_each_other_by_one_short_form(
    live: ArticlePage, desk: Client
) -> None:
    """Headline, text, Publish: and the form is there for the next one."""
    url = reverse("newsroom_post", args=(live.pk,))

    for text in ("First", "Second"):
        assert 302 == desk.post(url, {"headline": "", "text": text}).status_code

    body = live.article.newest_release.content["tamizdat"]["body"]
    texts = [b["body"][0]["text"] for b in body if b["kind"] == "post"]
    assert ["Second", "First"] == texts
    answer = desk.post(url, {"headline": "Only", "text": "  "})
    assert "text" in answer.context["form"].errors


def test_post_is_held_and_undone_like_any_release(
    live: ArticlePage, desk: Client
) -> None:
    """Undone words wait in their form until they are used; at its end it goes out."""
    live.service.hold_seconds = 60
    live.service.save()
    live.title, live.go_live_at = "Not yet", timezone.now() + timedelta(days=1)
    live.save_revision(user=None).publish(skip_permission_checks=True)
    url, words = reverse("newsroom_post", args=(live.pk,)), "They <i> march.\n\nNow."
    held = reverse("held_release", args=(live.pk,))

    assert held == desk.post(url, {"text": words, "by": "B"})["Location"]
    desk.post(held)  # as the strip does: nobody sees this answer
    undone = desk.get(url).content.decode()
    assert 1 == live.article.newest_release.number
    assert ">\nThey &lt;i&gt; march.\n\nNow.</textarea>" in undone
    assert 'value="B"' in undone
    kept = UndonePost.objects.get()
    desk.post(url, {"text": " ", "undone": str(kept.pk)})  # refused: nothing is lost
    desk.post(url, {"text": "They rest."})  # from a form that was open before
    assert [kept] == list(UndonePost.objects.all())
    desk.post(held)
    desk.post(url, {"drop": "1", "undone": str(kept.pk)})
    newer = UndonePost.objects.get()
    desk.post(url, {"text": "They rest.", "undone": str(newer.pk)})
    assert not UndonePost.objects.exists()
    schedule.publish_due(HeldRelease.objects.get().until)

    newest = live.article.newest_release
    assert (2, "Who May Know") == (
        newest.number,
        newest.content["headlines"][0]["value"],
    )
    body = newest.content["tamizdat"]["body"]
    assert ["They rest."] == [b["body"][0]["text"] for b in body if b["kind"] == "post"]
    page = ArticlePage.objects.get(pk=live.pk)
    draft = page.get_latest_revision_as_object()
    assert ("Not yet", 1) == (draft.title, len(draft.posts))
    assert page.has_unpublished_changes
    assert live.go_live_at == page.latest_revision.approved_go_live_at


def test_post_without_a_draft_leaves_none(live: ArticlePage, editor: Any) -> None:
    """What is out is the newest version: nothing waits to be published."""
    add_post(live, editor, ["They rest."])
    page = ArticlePage.objects.get(pk=live.pk)

    assert not page.has_unpublished_changes
    assert page.live_revision == page.latest_revision
    assert page.latest_revision.is_latest_revision()


def test_ended_story_takes_no_post(live: ArticlePage, editor: Any) -> None:
    """Nor does one that was never live."""
    live.live_state = "ended"
    actions.publish_article(live, editor)

    with pytest.raises(ReleaseError, match="released and live"):
        add_post(live, editor, ["Late."])


def test_sound_comes_in_through_the_chooser(desk: Client, english: ServicePage) -> None:
    """The modal takes the file, cleans it, and refuses what it cannot clean."""
    url = reverse("sound_chooser:create")
    words = {"title": "Tone", "credit": "", "terms": "", "transcript": "Peep."}
    words["service"] = english.pk

    refused = desk.post(url, {**words, "file": _file(b"RIFF....WAVE")})
    taken = desk.post(url, {**words, "file": _file(_sample("tone.mp3"))})

    assert "This file cannot be used" in refused.content.decode()
    sound = Attachment.objects.get()
    assert ("Tone", "audio", 2) == (sound.title, sound.kind, sound.files.get().seconds)
    assert b"PLANTED" not in rendition_path(sound.files.get().sha256).read_bytes()
    assert "chosen" in taken.content.decode()


def test_sound_belongs_to_a_service_until_readers_have_it(
    english: ServicePage, persian: ServicePage, editor: Any, client: Client
) -> None:
    """No other service finds it, in the chooser, in the list or by its address."""
    near, far = staff("near", english, "editor"), staff("far", persian, "editor")
    client.force_login(near)
    create = reverse("sound_chooser:create")
    told = {"title": "Tone", "transcript": "", "file": _file(_sample("tone.mp3"))}
    refused = client.post(create, {**told, "service": persian.pk}).content.decode()
    assert "Select a valid choice" in refused
    told["file"] = _file(_sample("tone.mp3"))
    client.post(create, {**told, "service": english.pk})
    sound = Attachment.objects.get()
    library = "wagtailsnippets_newsroom_attachment"
    places = [
        reverse("sound_chooser:choose"),
        reverse("sound_chooser:chosen", args=(sound.pk,)),
        reverse(f"{library}:list"),
        *(
            reverse(f"{library}:{verb}", args=(sound.pk,))
            for verb in ("edit", "delete", "history", "usage")
        ),
    ]

    assert all(_tells(client, place) for place in places)
    client.force_login(far)
    chooser = reverse("wagtailsnippetchoosers_newsroom_attachment:choose")
    assert not any(_tells(client, place) for place in (*places, chooser))
    page = actions.create_article(english, "Heard", [], editor, section="society")
    page.body = [("audio", {"sound": sound, "caption": ""})]
    actions.publish_article(page, editor)
    assert [True, True, False] == [_tells(client, place) for place in places[:3]]


def _tells(client: Client, place: str) -> bool:
    answer = client.get(place)
    return answer.status_code == 200 and "Tone" in answer.content.decode()


def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("PLANTED.mp3", data)
