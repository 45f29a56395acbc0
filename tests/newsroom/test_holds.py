"""Who is at work on an article, and what becomes of the other one's words."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import PageLogEntry, Revision
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from newsroom.article_form import FEATURES, form
from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.desk import locks, versions
from tamizdat.newsroom.models import ArticlePage, Hold, ServicePage, Version
from tamizdat.newsroom.models.versions import SILENCE

JSON = {"accept": "application/json"}


class Window:
    """A browser window in which somebody has the form of an article open.

    Attributes:
        session: Wagtail's record of it.
        fields: what the form knows of the text it was opened with.
    """

    def __init__(self, person: Any, page: ArticlePage) -> None:
        self.client, self.page, self.person = Client(), page, person
        self.client.force_login(person)
        self.place = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        self.open()

    def open(self) -> Any:
        """Open the form; return what it shows."""
        answer = self.client.get(self.place)
        context = answer.context
        self.session = context["editing_sessions"].current_session
        self.fields = {
            "loaded_revision_id": str(context["page"].latest_revision_id),
            "loaded_revision_created_at": context["loaded_revision_created_at"],
        }
        return answer

    def autosave(self, **changes: Any) -> Any:
        """Save as the form does by itself, and go on from what the answer says."""
        fields = form(address=self.page.address, **changes) | self.fields
        answer = self.client.post(self.place, fields, headers=JSON)
        if answer.json().get("revision_id"):
            self.fields["overwrite_revision_id"] = str(answer.json()["revision_id"])
        return answer

    def save(self, **changes: Any) -> Any:
        """Press Save draft, or another button."""
        fields = form(address=self.page.address, **changes) | self.fields
        return self.client.post(self.place, fields)

    def report(self, **fields: Any) -> Any:
        """Report that the window is open, as it does every ten seconds."""
        key = (self.session.pk,) if self.session.pk else ()
        place = reverse(
            "wagtailadmin_editing_sessions:ping",
            args=("wagtailcore", "page", self.page.pk, *key),
        )
        return self.client.post(place, fields)

    def close(self) -> None:
        """Leave the page."""
        place = reverse(
            "wagtailadmin_editing_sessions:release", args=(self.session.pk,)
        )
        assert 200 == self.client.post(place).status_code


@pytest.fixture
def colleague(english: ServicePage) -> Any:
    """Give an editor of the service who is no administrator."""
    return staff("colleague", english, "duty-editor")


@pytest.mark.both
def test_first_save_takes_the_hold_and_reading_does_not(
    draft: ArticlePage, editor: Any
) -> None:
    """An open form hinders nobody until something is written in it."""
    window = Window(editor, draft)
    window.report()
    assert locks.holder(draft.pk) is None

    assert 200 == window.autosave(title="Begun").status_code

    hold = locks.holder(draft.pk)
    assert hold is not None
    assert editor == hold.person


def test_unsaved_words_take_the_hold(draft: ArticlePage, editor: Any) -> None:
    """A window that reports words not saved yet is at work, too."""
    Window(editor, draft).report(is_editing="1")

    assert Hold.objects.filter(page=draft, person=editor).exists()


def test_leaving_the_last_window_frees_the_article(
    draft: ArticlePage, editor: Any
) -> None:
    """Of two windows the first to close changes nothing."""
    first, second = Window(editor, draft), Window(editor, draft)
    first.autosave(title="Begun")
    first.close()
    assert locks.holder(draft.pk) is not None

    second.close()

    assert locks.holder(draft.pk) is None


def test_button_pressed_while_autosave_is_under_way_is_not_late(
    draft: ArticlePage, editor: Any
) -> None:
    """What one's own form saved a moment ago is no other text; an older one is."""
    window = Window(editor, draft)
    window.autosave(title="Begun")
    del window.fields["overwrite_revision_id"]  # its answer is not here yet

    window.save(title="Begun and done")

    page = ArticlePage.objects.get(pk=draft.pk)
    assert "Begun and done" == page.get_latest_revision_as_object().title
    assert not Version.objects.of(page).waiting().exists()
    window.save(title="Once more, upon a text of two saves ago")
    assert Version.objects.of(page).waiting().exists()


def test_first_post_published_while_autosave_is_under_way_is_not_late(
    draft: ArticlePage, editor: Any
) -> None:
    """Its hour and its switches are kept in other letters than the form sends."""
    post = {
        "time": "2026-01-02 03:04",
        "headline": "At last",
        "by": "",
        "body": streamfield([("paragraph", rich_text("<p>News.</p>"))]),
    }
    row = {"person": "", "name": "A Reporter", "itself": "", "ORDER": "1", "id": ""}
    typed = {
        "posts": streamfield([("post", post)]),
        "bylines": inline_formset([row]),
    }
    window = Window(editor, draft)
    window.autosave(**typed)
    del window.fields["overwrite_revision_id"]
    window.save(**typed, title="Live")

    assert "Live" == _newest(draft)
    assert not Version.objects.of(draft).waiting().exists()


def test_another_window_of_the_same_person_loses_no_words(
    draft: ArticlePage, editor: Any
) -> None:
    """What one of them saved by itself is no autosave of the other."""
    first, second = Window(editor, draft), Window(editor, draft)
    first.autosave(title="Written at one desk")

    second.save(title="Written at another")

    assert "Written at one desk" == _newest(draft)
    assert 1 == Version.objects.of(draft).waiting().count()


@pytest.mark.both
def test_silence_frees_the_article(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """A window that died holds nothing: the next one to write takes the article."""
    Window(editor, draft).autosave(title="Begun")
    Hold.objects.update(seen=timezone.now() - SILENCE - timedelta(seconds=1))
    assert locks.holder(draft.pk) is None
    window = Window(colleague, draft)

    window.autosave(title="Continued")

    hold = locks.holder(draft.pk)
    assert hold is not None
    assert colleague == hold.person
    assert "Continued" == _newest(draft)


def test_who_comes_second_is_told_and_may_take_over(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """The form names who is at work, offers one button, and offers no other."""
    Window(editor, draft).autosave(title="Begun")

    shown = Window(colleague, draft).open().content.decode()

    assert "editor is working on this article" in shown
    assert reverse("newsroom_take_over", args=(draft.pk,)) in shown
    assert 'name="action-publish"' not in shown


@pytest.mark.both
def test_take_over_keeps_the_others_text_with_a_name(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """One press: the hold changes hands, the text stays, and both can read who did."""
    theirs = Window(editor, draft)
    theirs.autosave(title="Written by the first")
    window = Window(colleague, draft)

    window.client.post(reverse("newsroom_take_over", args=(draft.pk,)))

    version = Version.objects.get()
    assert (Version.TAKEN_OVER, editor) == (version.kind, version.person)
    assert "Written by the first" == version.revision.content["title"]
    told = theirs.report().json()["html"]
    assert "colleague took over" in told
    assert "colleague took over" not in window.report().json()["html"]
    entry = PageLogEntry.objects.get(action="newsroom.take_over")
    assert (colleague, {"from": "editor"}) == (entry.user, entry.data)


def test_what_is_typed_after_a_take_over_is_kept_beside(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """The first one's autosave goes on, into a version of its own."""
    theirs = Window(editor, draft)
    theirs.autosave(title="Written by the first")
    window = Window(colleague, draft)
    window.client.post(reverse("newsroom_take_over", args=(draft.pk,)))
    window.open()
    window.autosave(title="By the second")

    assert 200 == theirs.autosave(title="Written on").status_code
    assert 200 == theirs.autosave(title="Written on and on").status_code

    kept = Version.objects.waiting().get()
    assert "Written on and on" == kept.revision.content["title"]
    assert "By the second" == _newest(draft)
    assert "Written by the first" == kept.base.content["title"]


def test_a_lock_set_by_hand_is_taken_over_too(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """No lock waits for an administrator."""
    draft.locked, draft.locked_by = True, editor
    draft.save()
    assert draft.permissions_for_user(colleague).can_unlock()

    locks.take_over(draft, colleague)

    draft.refresh_from_db()
    assert not draft.locked


def test_nobody_takes_over_who_may_not_edit(
    draft: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """A colleague of another service is refused."""
    Window(editor, draft).autosave(title="Begun")
    stranger = Client()
    stranger.force_login(staff("stranger", persian, "chief-editor"))

    answer = stranger.post(reverse("newsroom_take_over", args=(draft.pk,)))

    assert 302 == answer.status_code  # as Wagtail refuses: back, with a message
    hold = locks.holder(draft.pk)
    assert hold is not None
    assert editor == hold.person


@pytest.mark.both
def test_a_late_save_is_kept_beside_and_both_are_shown(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """Two forms opened at once: the second to save overwrites nothing."""
    first, second = Window(editor, draft), Window(colleague, draft)
    first.save(title="Who May Know More", kicker="Rights")
    first.close()

    answer = second.save(title="Who May Know Less", standfirst="In short.")

    assert "Who May Know More" == _newest(draft)
    version = Version.objects.waiting().get()
    assert answer.url == reverse("newsroom_merge", args=(draft.pk, version.pk))
    shown = second.client.get(answer.url).content.decode()
    assert "<del>More</del>" in shown
    assert "<ins>Less</ins>" in shown
    draft.refresh_from_db()
    assert draft.latest_revision.is_latest_revision()


def test_one_text_is_made_of_two(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """What one side alone changed is chosen already; the rest is as chosen."""
    first, second = Window(editor, draft), Window(colleague, draft)
    first.save(title="Who May Know More", kicker="Rights")
    first.close()
    place = second.save(title="Who May Know Less", standfirst="In short.").url
    shown = second.client.get(place)
    chosen = {
        one["key"]: value
        for one in shown.context["differences"]
        for value, _, is_chosen in one["choices"]
        if is_chosen
    }
    expected = {"title": "newest", "kicker": "newest", "standfirst": "late"}
    assert expected == chosen
    newest = str(shown.context["newest"].pk)

    second.client.post(place, {**chosen, "title": "late", "newest": newest, "join": 1})

    page = ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    told = (page.title, page.kicker, page.standfirst)
    assert ("Who May Know Less", "Rights", "In short.") == told
    assert not Version.objects.waiting().exists()
    assert 1 == Version.objects.count()


def test_posts_of_two_editors_stand_in_one_live_story(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """Nothing has to be chosen or typed again; the later post stands above."""
    first, second = Window(editor, draft), Window(colleague, draft)
    first.save(posts=streamfield([_post("10:00", "Doors open")]), live_state="live")
    first.close()
    place = second.save(
        posts=streamfield([_post("11:00", "Vote begins")]), live_state="live"
    ).url
    shown = second.client.get(place)
    chosen = {
        one["key"]: value
        for one in shown.context["differences"]
        for value, _, is_chosen in one["choices"]
        if is_chosen
    }
    newest = str(shown.context["newest"].pk)

    assert 0 == shown.context["open"]
    assert "Vote begins" in shown.content.decode()
    second.client.post(place, {**chosen, "newest": newest, "join": 1})
    page = ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    told = [post.value["headline"] for post in page.posts]
    assert ["Vote begins", "Doors open"] == told


def _post(hour: str, headline: str) -> tuple[str, dict[str, Any]]:
    text = ("paragraph", rich_text("<p>A line.</p>", features=FEATURES))
    value = {"time": f"2026-01-02 {hour}", "headline": headline, "by": ""}
    return "post", {**value, "body": streamfield([text])}


def test_a_choice_made_upon_an_old_page_is_asked_again(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """While two texts were compared a third came: nothing is joined unseen."""
    first, second = Window(editor, draft), Window(colleague, draft)
    first.save(title="More")
    first.close()
    place = second.save(title="Less").url
    newest = str(second.client.get(place).context["newest"].pk)
    third = Window(editor, draft)
    third.save(title="Even more")
    third.close()

    answer = second.client.post(place, {"title": "late", "newest": newest, "join": 1})

    assert 200 == answer.status_code
    assert "Even more" == _newest(draft)
    assert Version.objects.waiting().exists()


def test_a_late_publication_is_not_published(
    released: ArticlePage, editor: Any, colleague: Any
) -> None:
    """Publish upon an older text keeps the words and sends nothing out."""
    first, second = Window(editor, released), Window(colleague, released)
    first.save(title="First")
    first.close()

    second.save(title="Second", **{"action-publish": "1", "next_kind": "update"})

    assert 1 == released.releases.count()
    assert "Second" == Version.objects.waiting().get().revision.content["title"]


def test_what_a_rule_refuses_is_kept_as_typed(
    draft: ArticlePage, editor: Any, colleague: Any
) -> None:
    """A late text that could not be published, or even saved, is not lost either."""
    first, second = Window(editor, draft), Window(colleague, draft)
    first.save(title="First")
    first.close()

    second.save(kicker="k" * 200, dateline_date="yesterday", standfirst="Kept")

    content = Version.objects.waiting().get().revision.content
    assert ("k" * 200, "Kept") == (content["kicker"], content["standfirst"])


def test_a_named_version_is_not_overwritten_by_autosave(
    draft: ArticlePage, editor: Any
) -> None:
    """Autosave begins a new state once the one it wrote into has a name."""
    window = Window(editor, draft)
    window.autosave(title="As agreed")
    draft.refresh_from_db()
    versions.name_revision(draft.latest_revision, "As agreed by phone", editor)

    window.autosave(title="Changed again")

    assert "As agreed" == Version.objects.get().revision.content["title"]
    assert "Changed again" == _newest(draft)


@pytest.mark.both
def test_pruning_keeps_what_anybody_asked_to_keep(
    released: ArticlePage, editor: Any
) -> None:
    """Old autosaves go, one a day stays for a month; named and published stay."""
    now = timezone.now()
    ages = [60, 60, 20, 20, 20, 1, 0]  # days
    made = []
    for days in ages:
        released.title = f"{days} days"
        revision = released.save_revision(user=editor)
        Revision.objects.filter(pk=revision.pk).update(
            created_at=now - timedelta(days=days, seconds=-len(made))
        )
        made.append(revision.pk)
    versions.name_revision(Revision.objects.get(pk=made[0]), "For the lawyer", editor)
    published = released.live_revision_id
    Revision.objects.filter(pk=published).update(created_at=now - timedelta(days=90))
    page = ArticlePage.objects.get(pk=released.pk)

    versions.prune(page)

    left = set(page.revisions.values_list("pk", flat=True))
    assert published in left
    assert {made[0], made[4], made[5], made[6]} <= left
    assert not {made[1], made[2], made[3]} & left


def test_services_and_other_windows_are_left_alone(
    english: ServicePage, editor: Any
) -> None:
    """A service's form has no hold; Wagtail's own windows report as before."""
    client = Client()
    client.force_login(editor)
    client.get(reverse("wagtailadmin_pages:edit", args=(english.pk,)))
    session = EditingSession.objects.get()
    session.is_editing = True
    session.save()

    assert not Hold.objects.exists()


@pytest.mark.both
def test_a_hold_goes_with_the_article(draft: ArticlePage, editor: Any) -> None:
    """An article that is deleted takes its hold and versions along."""
    window = Window(editor, draft)
    window.autosave(title="Begun")
    draft.refresh_from_db()
    versions.name_revision(draft.latest_revision, "A name", editor)

    draft.delete()

    assert not Hold.objects.exists()
    assert not Version.objects.exists()
    assert not actions.Article.objects.exists()


def _newest(page: ArticlePage) -> str:
    found = ArticlePage.objects.get(pk=page.pk).latest_revision
    return str(found.content["title"])
