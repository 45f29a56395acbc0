"""Pictures that readers have are taken back: covered, replaced, recut, dropped."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from newsroom.conftest import staff
from newsroom.test_darkroom import photo
from newsroom.test_opening import imported
from tamizdat.newsroom import actions, signoffs
from tamizdat.newsroom.darkroom import covering, replacing, showing
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    EverShown,
    Picture,
    Release,
    Rendition,
    ServicePage,
    Showing,
)
from tamizdat.newsroom.models.pictures import Thumbnail
from tamizdat.newsroom.pictures import Block
from tamizdat.newsroom.releases import erasing, holds
from tamizdat.newsroom.renditions import forget_old_sizes, rendition_path, renditions

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def out(draft: ArticlePage, editor: Any, settings: Any, tmp_path: Path) -> ArticlePage:
    """Give a released article with a picture at its head."""
    settings.MEDIA_ROOT = tmp_path
    actions.attach_picture(draft, photo("white"), "A street", "People walk")
    actions.publish_article(draft, editor)
    return draft


def test_covered_face_that_readers_have_is_taken_back_by_two_people(
    out: ArticlePage, english: ServicePage, editor: Any, client: Client
) -> None:
    """Covering it changes nothing for them; a minor release leaves files on mirrors."""
    picture: Any = out.lead_picture
    seen = _files(picture)
    covering.cover(picture, [Block(140, 90, 120, 120)], editor)
    renditions(picture)
    uses = reverse("newsroom_picture_uses", args=(picture.pk,))
    client.force_login(editor)
    assert seen <= _files(picture)
    assert "may show what nobody must recognise" in client.get(uses).content.decode()
    client.post(uses)
    assert "minor" == out.newest_release.kind
    assert [(False, True)] == [(one.old, one.past) for one in replacing.uses(picture)]

    _redact(picture, out.article, english, client)

    assert "redaction" == ArticlePage.objects.get(pk=out.pk).newest_release.kind
    assert not seen & _files(picture)
    assert not _kept(seen)
    assert not [one for one in replacing.uses(picture) if one.past]
    client.force_login(editor)
    assert "Redact this story" not in client.get(uses).content.decode()


def test_story_that_dropped_a_picture_is_redacted_from_its_page(
    out: ArticlePage, english: ServicePage, editor: Any, client: Client
) -> None:
    """Its older releases keep their files until then, whatever other stories do."""
    content = out.newest_release.content
    content["tamizdat"]["id"] = "came-in-alone"
    brought = imported(english, content)
    seen = _files(out.lead_picture)
    out.lead_picture, out.title = None, "Without It"
    actions.publish_article(out, editor, "update")
    _replace(Picture.objects.get(), "green", editor)
    picture = Picture.objects.get()
    told = {(one.article, one.gone, one.past) for one in replacing.uses(picture)}

    assert {(out.article, True, True), (brought, False, True)} == told
    client.force_login(editor)
    uses = reverse("newsroom_picture_uses", args=(picture.pk,))
    said = client.get(uses).content.decode()
    assert 2 == said.count("Redact this story")
    assert "may show what nobody must recognise" not in said  # nobody said so
    assert seen == _kept(seen)
    noted = set(EverShown.objects.values_list("article", "picture"))
    EverShown.objects.all().delete()
    showing.note_all(Article, Release, Rendition, Showing, EverShown)  # as a migration
    assert noted == set(EverShown.objects.values_list("article", "picture"))

    _redact(picture, out.article, english, client)
    assert _kept(seen)
    _redact(picture, brought, english, client)
    assert not _kept(seen)


def test_cuts_by_an_older_focal_point_go_with_the_redaction(
    out: ArticlePage, english: ServicePage
) -> None:
    """They may show what the newer point cuts off; a living release keeps its own."""
    picture: Any = out.lead_picture
    seen = {row.sha256 for row in picture.sizes.filter(shape="wide")}
    picture.focal_point_x = picture.focal_point_y = 10
    picture.focal_point_width = picture.focal_point_height = 1
    picture.save()
    forget_old_sizes(picture)
    assert seen == _kept(seen)
    fresh = ArticlePage.objects.get(pk=out.pk)
    with transaction.atomic():
        actions.intend(fresh, "redaction", "A face.")
        signoffs.sign(fresh, staff("another", english, "chief-editor"), "redaction")
    chief = staff("chief", english, "chief-editor")
    actions.publish_article(fresh, chief, "redaction", "A face.")

    erasing.sweep()

    assert not seen & {row.sha256 for row in renditions(Picture.objects.get())}
    assert not _kept(seen)


def _files(picture: Any) -> set[str]:
    return {row.sha256 for row in picture.sizes.all()}


def _kept(files: set[str]) -> set[str]:
    return {sha256 for sha256 in files if rendition_path(sha256).exists()}


def _redact(
    picture: Picture, article: Article, service: ServicePage, client: Client
) -> None:
    """Press the redaction of a story by two people, and do what follows."""
    uses = reverse("newsroom_picture_uses", args=(picture.pk,))
    for name in ("one", "two"):
        client.force_login(staff(f"{name} {article.pk}", service, "chief-editor"))
        client.post(uses, {"redact": str(article.pk)})
    holds.release_due(datetime.now(UTC) + timedelta(minutes=1))
    erasing.erase_due()
    erasing.sweep()


def test_small_view_that_another_process_took_away_is_made_again(
    out: ArticlePage,
) -> None:
    """As when a picture gets its former file again: this process still has the row."""
    first = out.lead_picture.get_rendition("max-400x300")
    first.file.storage.delete(first.file.name)
    Thumbnail.objects.update(filter_spec="gone")  # no signal of it comes here

    again = Picture.objects.get().get_rendition("max-400x300")

    assert again.pk != first.pk
    assert again.file.storage.exists(again.file.name)


def _replace(picture: Any, colour: str, actor: Any) -> None:
    """Put another file in the place of a picture's, by its form."""
    file = SimpleUploadedFile("b.png", photo(colour), "image/png")
    fields = {"title": "B", "description": "Trees", "file": file, "tags": ""}
    client = Client()
    client.force_login(actor)
    place = reverse("wagtailimages:edit", args=(picture.pk,))
    client.post(place, fields | {"collection": picture.collection_id})
