"""Pressing Publish in the editors' site, with its real forms."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset

from hands import sign_off
from newsroom.article_form import form, service_form
from newsroom.conftest import enter
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import Article, ArticlePage, ServicePage


def test_edited_headline_and_publish_make_an_update(
    desk: Client, released: ArticlePage, editor: Any
) -> None:
    """Publish on a released article records an update with the new headline."""
    _publish(desk, released, title="Who May Know More", next_kind="update")

    newest = released.newest_release

    assert ("update", 2, editor) == (newest.kind, newest.number, newest.actor)
    assert {"role": "main", "value": "Who May Know More"} in newest.content["headlines"]


def test_minor_is_recorded_as_minor(desk: Client, released: ArticlePage) -> None:
    """A spelling fix is a release of its own kind, which moves no stamp."""
    _publish(desk, released, title="Who may know", next_kind="minor")

    assert released.newest_release.kind == "minor"


def test_correction_without_a_note_is_refused_in_the_form(
    desk: Client, released: ArticlePage
) -> None:
    """The form says what is missing, and nothing is published."""
    answer = _publish(desk, released, title="Who May Not", next_kind="correction")

    assert "A correction needs a note" in answer.content.decode()
    assert released.newest_release.number == 1
    assert ArticlePage.objects.get(pk=released.pk).title == "Who May Know"


@pytest.mark.parametrize("day", ["1899-12-31", "2999-01-01"])
def test_day_that_the_press_would_refuse_is_refused_in_the_form(
    desk: Client, released: ArticlePage, day: str
) -> None:
    """Nothing is released that cannot be printed."""
    answer = _publish(
        desk, released, title="Who May Not", next_kind="update", dateline_date=day
    )

    assert "Use a day from 1900 on that has come." in answer.content.decode()
    assert released.newest_release.number == 1


def test_correction_carries_its_note(desk: Client, released: ArticlePage) -> None:
    """What readers are told stands in the ledger."""
    note = "An earlier version gave a wrong year."
    _publish(desk, released, title="Who May", next_kind="correction", next_note=note)

    newest = released.newest_release

    assert ("correction", note) == (newest.kind, newest.note)


def test_kind_and_note_come_up_blank_for_the_next_edit(
    desk: Client, released: ArticlePage
) -> None:
    """A spent correction never waits in the form to be published twice."""
    _publish(
        desk, released, title="Who May", next_kind="correction", next_note="We erred."
    )

    shown = desk.get(_edit(released)).context["form"]

    assert shown["next_kind"].value() == ""
    assert shown["next_note"].value() == ""


def test_draft_keeps_the_note_it_was_saved_with(
    desk: Client, released: ArticlePage
) -> None:
    """A reporter's correction note reaches the editor who publishes it."""
    fields = form(title="Who May", next_kind="correction", next_note="We erred.")
    desk.post(_edit(released), fields)

    shown = desk.get(_edit(released)).context["form"]

    assert shown["next_kind"].value() == "correction"
    assert shown["next_note"].value() == "We erred."
    assert released.newest_release.number == 1


def test_draft_may_stay_unfinished(desk: Client, released: ArticlePage) -> None:
    """What readers need is asked for when something goes out, not before."""
    answer = desk.post(_edit(released), form(next_kind="correction"))

    assert answer.status_code == 302


def test_first_publish_needs_no_kind(desk: Client, english: ServicePage) -> None:
    """A new article is written and released in one go, with an address of its own."""
    fields = form(title="Борьба за знание") | {"action-publish": "1"}
    desk.post(reverse("wagtailadmin_pages:add", args=(*_ARTICLE, english.pk)), fields)

    article = ArticlePage.objects.get()

    assert article.newest_release.kind == "publish"
    assert article.address == article.slug
    assert len(article.address) == 10


def test_publishing_the_same_words_again_records_nothing(
    desk: Client, released: ArticlePage
) -> None:
    """Readers see no update where there is none."""
    _publish(desk, released, next_kind="update")

    assert released.newest_release.number == 1


def test_retraction_is_published_with_its_note(
    desk: Client, released: ArticlePage, second: Any
) -> None:
    """A retraction goes the way of every release, once another has signed it."""
    sign_off(released, second, "retraction", "It was wrong.")
    _publish(desk, released, next_kind="retraction", next_note="It was wrong.")

    assert released.newest_release.kind == "retraction"


@pytest.fixture
def retracted(released: ArticlePage, editor: Any, second: Any) -> ArticlePage:
    """Give an article that was taken back."""
    sign_off(released, second, "retraction", "It was wrong.")
    actions.publish_article(released, editor, "retraction", "It was wrong.")
    return released


def test_form_of_a_retracted_article_preselects_nothing_that_brings_it_back(
    desk: Client, retracted: ArticlePage
) -> None:
    """The panel says that the text is gone, and one click changes nothing of it."""
    shown = desk.get(_edit(retracted))
    field = shown.context["form"]["next_kind"]

    assert "Retracted: readers see the note" in shown.content.decode()
    assert "minor" == field.value()
    assert _BROUGHT_BACK_LAST == [
        kind for _group, kinds in field.field.choices for kind, _said in kinds
    ]


def test_publish_without_a_choice_leaves_a_retracted_text_away(
    desk: Client, retracted: ArticlePage
) -> None:
    """What is published by habit is no update."""
    _publish(desk, retracted, title="Who May Know More")

    assert "minor" == retracted.newest_release.kind
    assert "retraction" == retracted.taken_back


def test_retracted_text_comes_back_with_a_note_to_readers(
    desk: Client, retracted: ArticlePage
) -> None:
    """An editor says so and why; the ledger calls it an update."""
    refused = _publish(desk, retracted, next_kind="update")
    assert "tell readers why the text comes back" in refused.content.decode()
    assert "retraction" == retracted.newest_release.kind

    note = "The court has confirmed the report."
    _publish(desk, retracted, next_kind="update", next_note=note)

    newest = retracted.newest_release
    standing = Article.objects.get(pk=retracted.article_id).taken_back
    assert ("update", note, "") == (newest.kind, newest.note, standing)


def test_address_is_fixed_by_the_first_release(
    desk: Client, released: ArticlePage
) -> None:
    """Whatever a form says later, the address stays."""
    _publish(desk, released, title="Who", address="other", next_kind="update")

    assert ArticlePage.objects.get(pk=released.pk).address == "right-to-know"


@pytest.mark.parametrize("verb", ["unpublish", "delete", "copy", "move"])
def test_door_to_take_a_released_article_away_says_what_to_do(
    desk: Client, released: ArticlePage, verb: str
) -> None:
    """Whoever types the address learns of retraction, not of permissions."""
    place = reverse(f"wagtailadmin_pages:{verb}", args=(released.pk,))
    page = desk.get(place, follow=True).content.decode()

    assert "Released: retract it instead" in page
    assert "you do not have permission" not in page


def test_stranger_learns_nothing_at_that_door(
    client: Client, released: ArticlePage
) -> None:
    """Who is not signed in is asked to sign in."""
    place = reverse("wagtailadmin_pages:delete", args=(released.pk,))
    answer = client.get(place, follow=True)

    assert "/admin/login/" == answer.request["PATH_INFO"]
    assert "retract" not in answer.content.decode()


@pytest.mark.parametrize("verb", ["unpublish", "delete", "copy", "move"])
def test_released_article_is_not_taken_away(
    desk: Client, released: ArticlePage, verb: str
) -> None:
    """Readers hold it: only a retraction says that it is gone."""
    desk.post(reverse(f"wagtailadmin_pages:{verb}", args=(released.pk,)))

    assert ArticlePage.objects.get(pk=released.pk).live


def test_edit_form_says_why_nothing_is_unpublished(
    desk: Client, released: ArticlePage
) -> None:
    """In place of the missing buttons stands the reason."""
    page = desk.get(_edit(released)).content.decode()

    assert "retract it instead" in page
    assert reverse("wagtailadmin_pages:unpublish", args=(released.pk,)) not in page
    assert reverse("wagtailadmin_pages:delete", args=(released.pk,)) not in page


def test_draft_is_deleted_like_any_page(desk: Client, draft: ArticlePage) -> None:
    """What readers never saw may go."""
    desk.post(reverse("wagtailadmin_pages:delete", args=(draft.pk,)))

    assert not ArticlePage.objects.exists()


def test_release_that_fails_publishes_nothing(
    desk: Client, draft: ArticlePage, photo: bytes
) -> None:
    """The site and the ledger never disagree, whatever breaks in between."""
    picture = actions.attach_picture(draft, photo, "A street", "People walk")
    picture.file.storage.delete(picture.file.name)
    words = {"lead_picture": picture.pk, "lead_caption": "A", "lead_alt": "B"}

    told = _publish(desk, draft, follow=True, **words).content.decode()

    assert "The file of a picture is missing or damaged: choose another." in told
    assert not ArticlePage.objects.get(pk=draft.pk).live
    assert draft.newest_release is None


def test_expiry_is_refused(desk: Client, released: ArticlePage) -> None:
    """A timer would remove in silence what readers hold."""
    answer = desk.post(_edit(released), form(expire_at="2090-01-01 10:00"))

    assert "Articles do not expire" in answer.content.decode()


def test_translation_joins_the_story_of_its_source(
    desk: Client, released: ArticlePage, persian: ServicePage
) -> None:
    """Two versions of one story know each other, and from which release they come."""
    fields = form(title="حق دانستن", relation="translated", source=released.article_id)
    fields |= {"action-publish": "1"}
    desk.post(reverse("wagtailadmin_pages:add", args=(*_ARTICLE, persian.pk)), fields)

    translation = ArticlePage.objects.get(article__service=persian)

    assert released.article.story == translation.article.story
    assert translation.newest_release.content["tamizdat"]["lineage"] == {
        "relation": "translated",
        "service": "en",
        "id": "right-to-know",
        "release": 1,
        "name": "Demo Press",
        "language": "en",
    }


def test_service_tells_a_story_once(
    desk: Client, released: ArticlePage, persian: ServicePage
) -> None:
    """A second version in the same language is refused in words."""
    add = reverse("wagtailadmin_pages:add", args=(*_ARTICLE, persian.pk))
    fields = form(relation="translated", source=released.article_id)
    desk.post(add, fields)

    answer = desk.post(add, fields)

    assert "tells that story already" in answer.content.decode()


def test_editor_opens_a_service(desk: Client) -> None:
    """A service is made in the site, in its own language tree."""
    root = Page.get_first_root_node()
    add = reverse("wagtailadmin_pages:add", args=("newsroom", "servicepage", root.pk))
    rows = [{"section_id": "society", "name": "Общество"}]
    fields = service_form(service_id="ru", sections=inline_formset(rows))
    desk.post(add, fields | {"action-publish": "1"})

    service = ServicePage.objects.get()

    assert ("ru", "ru", "ru") == (
        service.service_id,
        service.slug,
        service.locale.language_code,
    )
    assert "ru: chief editor" == str(service.roles.get(role="chief-editor").group)


def test_new_service_takes_from_its_language_what_nobody_typed(desk: Client) -> None:
    """Name, direction, zone and calendar; what was typed stays."""
    root = Page.get_first_root_node()
    add = reverse("wagtailadmin_pages:add", args=("newsroom", "servicepage", root.pk))
    rows = inline_formset([{"section_id": "society", "name": "جامعه"}])
    nothing = dict.fromkeys(("title", "bio"), "")
    fields = service_form(
        **{**nothing, "service_id": "fa", "language": "fa", "time_zone": "UTC"},
        territories="IR",
        sections=rows,
    )
    desk.post(add, fields)
    service = ServicePage.objects.get()

    assert ("rtl", "persian", "Asia/Tehran", "IR") == (
        service.direction,
        service.calendar,
        service.time_zone,
        service.territories,
    )
    assert service.title
    assert service.bio
    unnamed = service_form(title="", service_id="eo", language="eo", sections=rows)
    answer = desk.post(add, unnamed)
    assert "title" in answer.context["form"].errors


def test_path_of_a_service_is_fixed_by_its_first_release(
    desk: Client, released: ArticlePage
) -> None:
    """Readers and mirrors know it by that path."""
    rows = [*released.service.sections.values("id", "section_id", "name")]
    fields = service_form(
        service_id="other", sections=inline_formset(rows, initial=len(rows))
    )
    desk.post(_edit(released.service), fields | {"action-publish": "1"})

    service = ServicePage.objects.get()

    assert ("en", "Новости") == (service.service_id, service.title)


def test_section_with_articles_is_not_dropped(
    desk: Client, released: ArticlePage
) -> None:
    """No article loses its place in the paper unseen."""
    rows = [*released.service.sections.values("id", "section_id", "name")]
    rows[0]["DELETE"] = "1"
    fields = service_form(
        service_id="en", sections=inline_formset(rows, initial=len(rows))
    )
    answer = desk.post(_edit(released.service), fields | {"action-publish": "1"})

    assert "Articles stand in the section" in answer.content.decode()
    assert released.service.sections.filter(section_id="society").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("service_id", "log"), ("time_zone", "Moscow"), ("language", "Russian")],
)
def test_odd_service_is_refused_at_its_field(
    desk: Client, field: str, value: str
) -> None:
    """The form says which value is odd, before a reader meets it."""
    root = Page.get_first_root_node()
    add = reverse("wagtailadmin_pages:add", args=("newsroom", "servicepage", root.pk))
    rows = inline_formset([{"section_id": "society", "name": "Общество"}])
    answer = desk.post(add, service_form(sections=rows, **{field: value}))

    assert [field] == list(answer.context["form"].errors)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"notice_paragraphs": "Do not share."}, "notice_designation"),
        ({"notice_more": "Read more."}, "notice_designation"),
        ({"notice_designation": "A", "notice_more": "B"}, "notice_paragraphs"),
    ],
)
def test_half_a_notice_is_refused_at_the_missing_half(
    desk: Client, given: dict[str, str], wanted: str
) -> None:
    """A warning to readers never vanishes unseen, whoever opens the service."""
    root = Page.get_first_root_node()
    add = reverse("wagtailadmin_pages:add", args=("newsroom", "servicepage", root.pk))
    rows = inline_formset([{"section_id": "society", "name": "Общество"}])
    fields = service_form(sections=rows, **given) | {"action-publish": "1"}
    answer = desk.post(add, fields)

    assert [wanted] == list(answer.context["form"].errors)
    with pytest.raises(ValidationError) as refused:
        actions.create_service("ru", "Мир", "ru", [("news", "Новости")], **given)
    assert [wanted] == list(refused.value.message_dict)


def test_section_twice_is_refused_in_the_form(desk: Client) -> None:
    """Two sections with one path are told in words."""
    root = Page.get_first_root_node()
    add = reverse("wagtailadmin_pages:add", args=("newsroom", "servicepage", root.pk))
    rows = [{"section_id": "news", "name": name} for name in ("A", "B")]
    fields = service_form(sections=inline_formset(rows)) | {"action-publish": "1"}
    answer = desk.post(add, fields)

    assert 200 == answer.status_code
    assert not ServicePage.objects.exists()


def test_published_service_leads_home(desk: Client, english: ServicePage) -> None:
    """An editor lands where all services stand, not in Wagtail's words on its root."""
    rows = [*english.sections.values("id", "section_id", "name")]
    fields = service_form(
        service_id="en", sections=inline_formset(rows, initial=len(rows))
    )
    answer = desk.post(_edit(english), fields | {"action-publish": "1"})

    assert reverse("wagtailadmin_home") == answer.url


def test_message_says_where_a_release_will_stand(
    desk: Client, draft: ArticlePage
) -> None:
    """The editor can look it up on a mirror, by the path of the first release."""
    page = _publish(desk, draft, follow=True).content.decode()

    day = draft.newest_release.time
    path = f"en/a/{day:%Y-%m}/{day:%d}/right-to-know.html"
    assert f"Release 1 will stand on every mirror at {path}" in page


def test_note_without_a_change_says_that_nothing_was_released(
    desk: Client, released: ArticlePage
) -> None:
    """A minor release of the same words is none, and nobody is told otherwise."""
    answer = _publish(
        desk, released, next_kind="minor", next_note="A note.", follow=True
    )

    assert "Nothing was released" in answer.content.decode()
    assert "has been published" not in answer.content.decode()
    assert 1 == released.newest_release.number


def test_refused_publication_says_that_it_is_none(
    desk: Client, english: ServicePage
) -> None:
    """Beside the errors stands that the text is a draft."""
    add = reverse("wagtailadmin_pages:add", args=(*_ARTICLE, english.pk))
    page = desk.post(add, form(section="") | {"action-publish": "1"}).content.decode()

    assert "Not published. What you wrote is kept as a draft." in page
    assert ">Saved<" not in "".join(page.split())


def test_refused_form_that_no_draft_may_have_is_not_said_to_be_kept(
    desk: Client, released: ArticlePage
) -> None:
    """An embargo in the past stops the draft, too: nobody is told it is kept."""
    page = _publish(
        desk,
        released,
        title="Who May Know More",
        next_kind="update",
        embargo="2026-01-01 10:00",
    ).content.decode()

    assert "This hour has passed" in page
    assert "could not be saved" in page
    assert "is kept as a draft" not in page
    assert "Who May Know" == released.get_latest_revision_as_object().title


def test_menu_of_an_article_offers_no_order_of_menus(
    desk: Client, released: ArticlePage
) -> None:
    """Articles stand in no menu, and the front page has a desk of its own."""
    edit = reverse("wagtailadmin_pages:edit", args=(released.pk,))

    page = desk.get(edit).content.decode()

    assert "Breaking news" in page
    assert "Sort menu order" not in page


def test_second_tab_does_not_overwrite_a_newer_release(
    desk: Client, released: ArticlePage
) -> None:
    """What went out meanwhile stays; the other text is kept as a draft."""
    opened = desk.get(_edit(released)).context["form"]["seen_release"].value()
    _publish(desk, released, title="From tab A", next_kind="update", seen_release="1")
    answer = _publish(
        desk,
        released,
        title="From tab B",
        next_kind="update",
        seen_release=opened,
        follow=True,
    )

    kept = ArticlePage.objects.get(pk=released.pk)
    assert "release 2 went out by editor" in answer.content.decode()
    assert (2, "From tab A") == (kept.newest_release.number, kept.title)
    assert "From tab B" == kept.get_latest_revision_as_object().title
    assert 2 == answer.context["form"]["seen_release"].value()


def test_publish_stands_in_view_after_save_draft(
    desk: Client, released: ArticlePage
) -> None:
    """Both are buttons; Enter in a line presses the first, which saves a draft."""
    page = desk.get(_edit(released)).content.decode()

    bar = page.partition('<span class="save-and-publish"')[2].partition("</span>")[0]
    assert "action-save" in bar
    assert "Why can I not publish?" not in page
    assert "action-submit" not in page
    assert page.index("button action-save") < page.index('name="action-publish"')


def test_who_may_not_publish_can_submit(member: Client, english: ServicePage) -> None:
    """Moderation is their way out; the button is hidden from nobody else's need."""
    add = reverse("wagtailadmin_pages:add", args=(*_ARTICLE, english.pk))
    page = member.get(add).content.decode()

    assert 'name="action-submit"' in page
    assert 'name="action-publish"' not in page


def test_titles_name_the_service(
    desk: Client, released: ArticlePage, persian: ServicePage
) -> None:
    """Two services of one name are told apart before a word is written."""
    add = reverse("wagtailadmin_pages:add", args=(*_ARTICLE, persian.pk))
    new, old = (desk.get(url).content.decode() for url in (add, _edit(released)))

    assert "<title>New article in \u2068دموپرس\u2069 (fa) -" in " ".join(new.split())
    assert "<title>Demo Press (en): Who May Know -" in " ".join(old.split())


def test_editor_is_asked_nothing_about_privacy_and_locales(
    desk: Client, released: ArticlePage
) -> None:
    """What is released is for everybody, in the language of its service."""
    page = desk.get(_edit(released)).content.decode()

    assert "Change privacy" not in page
    assert "Switch locales" not in page


def test_chooser_of_sources_opens_at_all_services(
    desk: Client, released: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """A translator begins where every service is listed, their own or not."""
    actions.create_article(persian, "متن", [], editor)
    url = reverse("wagtailadmin_choose_page") + "?page_type=newsroom.articlepage"
    page = desk.get(url).json()["html"]

    assert "Demo Press" in page
    assert "دموپرس" in page


@pytest.mark.parametrize("many", [False, True])
def test_account_with_releases_is_kept(
    desk: Client, released: ArticlePage, editor: Any, *, many: bool
) -> None:
    """Whoever released something stays in the ledger; an account is closed instead."""
    other = get_user_model().objects.create(username="other", is_superuser=True)
    enter(desk, other)
    one = reverse("wagtailusers_users:delete", args=(editor.pk,))
    bulk = reverse("wagtail_bulk_action", args=("auth", "user", "delete"))
    answer = desk.post(f"{bulk}?id={editor.pk}" if many else one, follow=True)

    assert "the ledger keeps who released what" in answer.content.decode()
    assert get_user_model().objects.filter(pk=editor.pk).exists()


_BROUGHT_BACK_LAST = [
    *("minor", "clarification", "correction", "update"),
    *("redaction", "withdrawal"),
]
_ARTICLE = ("newsroom", "articlepage")


def _edit(article: ArticlePage | ServicePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=(article.pk,))


def _publish(
    desk: Client, article: ArticlePage, *, follow: bool = False, **changes: Any
) -> Any:
    fields = form(**changes) | {"action-publish": "1"}
    return desk.post(_edit(article), fields, follow=follow)


def test_article_brought_in_with_its_old_time_is_updated_now(
    desk: Client, draft: ArticlePage, editor: Any
) -> None:
    """The time of an archived release is not given to the next one."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    actions.publish_article(draft, editor, time=long_ago)
    _publish(desk, draft, title="Who May Know More", next_kind="update")

    first, second = draft.releases.order_by("number")

    assert long_ago == first.time
    assert second.time.year > long_ago.year
