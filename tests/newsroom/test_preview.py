"""The preview of a draft."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.admin.models import FormState

from newsroom.article_form import form
from tamizdat.edition.media import name_of
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import Article, ArticlePage, Rendition, Story


def test_draft_is_shown_as_an_edition_prints_it(
    desk: Client, draft: ArticlePage, photo: bytes
) -> None:
    """The editor sees the reader's page, with the newsroom's own pictures."""
    actions.attach_picture(draft, photo, "A street", "People walk")

    page = desk.get(_preview(draft)).content.decode()

    half = name_of(Rendition.objects.get(type="image/avif", width=320).sha256)
    assert "Everyone may seek information." in page
    assert f"/preview-media/{half}.avif" in page
    assert '<html lang="en"' in page


def test_correction_is_shown_before_it_goes_out(
    released: ArticlePage, desk: Client
) -> None:
    """The note stands where readers will see it."""
    released.next_kind, released.next_note = "correction", "We gave a wrong year."
    released.next_number = 2
    released.save_revision()

    assert "We gave a wrong year." in desk.get(_preview(released)).content.decode()


def test_unfinished_draft_says_what_is_missing(
    desk: Client, draft: ArticlePage, photo: bytes
) -> None:
    """A picture without words cannot be printed; the preview says so."""
    actions.attach_picture(draft, photo, "", "")

    page = desk.get(_preview(draft)).content.decode()

    assert "No preview yet" in page
    assert "caption" in page


def test_draft_without_a_section_is_shown(
    desk: Client, english: Any, editor: Any
) -> None:
    """A desk has not chosen yet; the words can be read already."""
    body = [{"kind": "paragraph", "text": "Fresh from the wire."}]
    draft = actions.create_article(english, "Wire", body, editor)

    assert "Fresh from the wire." in desk.get(_preview(draft)).content.decode()


def test_preview_of_what_is_typed_leaves_nothing_behind(
    desk: Client, draft: ArticlePage, english: Any
) -> None:
    """Looking sets no embargo and takes no address."""
    begun = ("newsroom", "articlepage", english.pk)
    typed = {"embargo": "2099-01-01 10:00", "sensitive": "on"}
    for view, args in (("edit", (draft.pk,)), ("add", begun)):
        url = reverse(f"wagtailadmin_pages:preview_on_{view}", args=args)
        desk.post(url, form(title="Typed words", **typed))

        assert "Typed words" in desk.get(url).content.decode()
    story = Story.objects.get()
    assert (None, False) == (story.embargo, story.sensitive)
    assert "right-to-know" == Article.objects.get().address


def test_preview_of_a_deleted_draft_is_gone(desk: Client, draft: ArticlePage) -> None:
    """What its form held when somebody looked goes with the draft."""
    url = reverse("wagtailadmin_pages:preview_on_edit", args=(draft.pk,))
    desk.post(url, form(title="Typed words"))
    kept = FormState.objects.count()
    desk.post(reverse("wagtailadmin_pages:delete", args=(draft.pk,)))

    assert 1 == kept
    assert 0 == FormState.objects.count()
    assert 0 == Article.objects.count()


def _preview(article: ArticlePage) -> str:
    return reverse("wagtailadmin_pages:view_draft", args=(article.pk,))
