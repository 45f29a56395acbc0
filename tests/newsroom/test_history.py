"""The history of an article, any two states of it compared, and the four widths."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, ServicePage, Version


def _corrected(page: ArticlePage, editor: Any) -> ArticlePage:
    body = [
        {"kind": "paragraph", "text": "Everybody may seek information."},
        {"kind": "table", "rows": [["Year", "Cases"], ["2025", "9"]]},
    ]
    page.body = actions.stream_of(body)
    actions.publish_article(page, editor, "correction", "We erred.")
    return page


def test_history_names_versions_and_releases_first(
    desk: Client, released: ArticlePage, editor: Any
) -> None:
    """Autosaves are folded away; every step stands behind a link."""
    released.save_revision(user=editor)
    desk.post(
        reverse("newsroom_name", args=(released.pk,)), {"name": " For the lawyer "}
    )
    place = reverse("wagtailadmin_pages:history", args=(released.pk,))

    shown = desk.get(place)

    text = shown.content.decode()
    assert (
        text.index("Releases") < text.index("For the lawyer") < text.index("<details")
    )
    assert [1] == [release.number for release in shown.context["releases"]]
    assert released.revisions.count() == len(shown.context["states"]) + 1
    assert "for the lawyer" not in desk.get(place, {"every": "1"}).content.decode()


def test_empty_name_is_refused(desk: Client, draft: ArticlePage) -> None:
    """A version without a name is no version."""
    place = reverse("newsroom_name", args=(draft.pk,))

    answer = desk.post(place, {"name": "  "}, follow=True)

    assert "Write a name for it." in answer.content.decode()
    assert not Version.objects.exists()


def test_draft_is_compared_with_what_readers_have(
    desk: Client, released: ArticlePage, editor: Any
) -> None:
    """Words that differ are marked, of every kind of block and inner fields too."""
    released.title = "Who May Ask"
    released.slugline = "right-to-ask"
    released.save_revision(user=editor)

    text = desk.get(reverse("newsroom_compare", args=(released.pk,))).content.decode()

    assert "Who May <del>Know</del><ins>Ask</ins>" in text
    assert "<ins>right-to-ask</ins>" in text
    assert "Everyone may seek" not in text


def test_two_releases_are_compared(
    desk: Client, released: ArticlePage, editor: Any
) -> None:
    """A table that was added shows its words."""
    page = _corrected(released, editor)
    place = reverse("newsroom_compare", args=(page.pk,))

    text = desk.get(place, {"a": "r1", "b": "r2"}).content.decode()

    assert "<del>Everyone</del><ins>Everybody</ins>" in text
    assert "Cases" in text
    assert "<ins>We erred.</ins>" in text


def test_right_to_left_words_keep_their_direction(
    desk: Client, persian: ServicePage, editor: Any
) -> None:
    """Each stretch is isolated in a line that follows its own first letter."""
    body = [{"kind": "paragraph", "text": "متن BBC"}]
    page = actions.create_article(persian, "سلام", body, editor, section="society")
    actions.publish_article(page, editor)
    page.title = "سلام دنیا"
    page.save_revision(user=editor)

    text = desk.get(reverse("newsroom_compare", args=(page.pk,))).content.decode()

    assert '<p class="desk-words" dir="auto">سلام<ins> دنیا</ins></p>' in text


@pytest.mark.parametrize("key", ["r9", "v999999", "x", "v1;"])
def test_state_that_is_none_is_not_found(
    desk: Client, released: ArticlePage, key: str
) -> None:
    """An address made up finds nothing."""
    place = reverse("newsroom_compare", args=(released.pk,))

    assert 404 == desk.get(place, {"a": key}).status_code


def test_state_of_another_article_is_not_found(
    desk: Client, released: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """Whoever may read one draft reads no other with it."""
    other = actions.create_article(persian, "سلام", [], editor)
    place = reverse("newsroom_compare", args=(released.pk,))

    key = f"v{other.latest_revision_id}"

    assert 404 == desk.get(place, {"a": key}).status_code


@pytest.mark.parametrize("name", ["newsroom_compare", "newsroom_widths"])
def test_drafts_of_another_service_are_not_shown(
    client: Client, draft: ArticlePage, persian: ServicePage, name: str
) -> None:
    """A colleague next door sees neither words nor previews."""
    client.force_login(staff("other", persian, "chief-editor"))

    answer = client.get(reverse(name, args=(draft.pk,)))

    assert 302 == answer.status_code
    assert "Who May Know" not in answer.content.decode()


def test_four_widths_stand_side_by_side(desk: Client, draft: ArticlePage) -> None:
    """Each frame shows the draft with the templates of the edition."""
    text = desk.get(reverse("newsroom_widths", args=(draft.pk,))).content.decode()

    widths = [320, 640, 960, 1280]
    assert [1, 1, 1, 1] == [text.count(f'width="{width}"') for width in widths]
    frame = reverse("wagtailadmin_pages:view_draft", args=(draft.pk,))
    assert 4 == text.count(f'src="{frame}"')
    assert widths == [size["device_width"] for size in draft.preview_sizes]
    assert "Who May Know" in desk.get(frame).content.decode()
