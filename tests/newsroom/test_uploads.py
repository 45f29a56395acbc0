"""Every door for files: pictures alone come in, and nothing comes out that runs."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images import get_image_model

from tamizdat.edition.media import name_of
from tamizdat.newsroom import actions, pictures
from tamizdat.newsroom.models import ArticlePage, Rendition, ServiceDesk

PAGE = b"<!doctype html><script>fetch('/admin/users/')</script>"
SECRET = b"PLANTED-CAMERA"
INERT = "default-src 'none'; sandbox"


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """Give an empty media folder, of which no view is remembered."""
    caches["renditions"].clear()
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    "door",
    [
        "documents/",
        "documents/add/",
        "documents/multiple/add/",
        "documents/chooser/",
        "documents/chooser/create/",
        "bulk/wagtaildocs/document/delete/",
        "api/main/documents/",
    ],
)
def test_no_editor_finds_the_documents_of_wagtail(member: Client, door: str) -> None:
    """Files of any kind have no door, whatever a group may do."""
    fields = {"title": "Evil", "file": SimpleUploadedFile("evil.html", PAGE)}

    assert 404 == member.get(f"/admin/{door}").status_code
    assert 404 == member.post(f"/admin/{door}", fields).status_code
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "place",
    [
        "documents/evil.html",
        "originals/evil.html",
        "images/evil.svg",
        "wagtail_uploads/evil.html",
        "avatar_images/evil.gif",
        "evil.html",
        "originals/deeper/evil.html",
    ],
)
def test_stored_file_that_is_no_picture_is_not_found(
    member: Client, media: Path, place: str
) -> None:
    """A page that lies in the media folder is never shown on the editors' site."""
    file = media / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(PAGE)

    assert 404 == member.get(f"/media/{place}").status_code


@pytest.mark.parametrize("place", ["wagtail_uploads/a.png", "newsroom.png"])
def test_picture_outside_the_two_folders_is_not_found(
    member: Client, media: Path, place: str
) -> None:
    """Originals and Wagtail's small views are shown, and no other file."""
    file = media / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_png())

    assert 404 == member.get(f"/media/{place}").status_code


def test_type_of_a_stored_picture_comes_from_its_bytes(
    member: Client, media: Path
) -> None:
    """A name ending in html does not make a page of a picture."""
    (media / "originals").mkdir()
    (media / "originals/picture.html").write_bytes(_png())
    get_image_model().objects.create(
        title="A picture",
        file="originals/picture.html",
        width=1,
        height=1,
        collection=ServiceDesk.objects.get().pictures,
    )

    answer = member.get("/media/originals/picture.html")

    assert "image/png" == answer.headers["Content-Type"]
    assert _png() == answer.getvalue()


def test_pictures_are_answered_inert(
    desk: Client, draft: ArticlePage, photo: bytes, media: Path
) -> None:
    """Nothing in a picture can be guessed to be a page, run or load anything."""
    picture = actions.attach_picture(draft, photo, "A street", "People walk")
    half = name_of(Rendition.objects.all()[0].sha256)

    for address in (
        picture.file.url,
        picture.get_rendition("max-165x165").url,
        reverse("preview_media", args=(f"{half}.avif",)),
    ):
        answer = desk.get(address)
        assert "nosniff" == answer.headers["X-Content-Type-Options"]
        assert INERT == answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Type"].startswith("image/")
        assert answer.getvalue()


def test_account_page_keeps_a_language_and_nothing_of_the_person(
    member: Client, media: Path, photo: bytes
) -> None:
    """No portrait, which would be kept as it came, no real name, no address of mail."""
    page = member.get(reverse("wagtailadmin_account")).content.decode()
    file = SimpleUploadedFile("me.jpg", photo, "image/jpeg")
    fields = {"name_email-first_name": "E", "name_email-last_name": "D"}
    fields |= {"name_email-email": "desk@news.example"}
    fields |= {"locale-preferred_language": "fa", "locale-current_time_zone": "UTC"}
    fields |= {"theme-theme": "system", "theme-density": "default"}
    fields |= {"theme-contrast": "system", "avatar-avatar": file}
    answer = member.post(reverse("wagtailadmin_account"), fields)
    account = get_user_model().objects.get(username="member")

    assert 302 == answer.status_code
    assert "fa" == account.wagtail_userprofile.preferred_language
    assert ("", "", "") == (account.first_name, account.last_name, account.email)
    assert 'type="file"' not in page
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_upload_of_many_by_a_member_is_stripped(
    member: Client, media: Path, photo: bytes
) -> None:
    """An editor without the rights of an operator has no other way in."""
    fields = {"title": "A", "files[]": SimpleUploadedFile("a.jpg", photo, "image/jpeg")}
    member.post(reverse("wagtailimages:add_multiple"), {**fields, "collection": "1"})

    files = [path.read_bytes() for path in media.rglob("*") if path.is_file()]
    assert get_image_model().objects.exists()
    assert not [data for data in files if SECRET in data]


@pytest.mark.parametrize("name", ["evil.html", "evil.svg", "evil.jpg"])
def test_page_in_the_clothes_of_a_picture_is_refused(
    member: Client, media: Path, name: str
) -> None:
    """What no decoder opens as a picture is not kept."""
    fields = {"title": "A", "files[]": SimpleUploadedFile(name, PAGE, "image/jpeg")}
    member.post(reverse("wagtailimages:add_multiple"), {**fields, "collection": "1"})

    assert not [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_every_kind_of_picture_is_told_by_its_head(kind: str) -> None:
    """Each format that is taken in can be shown."""
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "white").save(out, kind)

    head = out.getvalue()[: pictures.HEAD_BYTES]
    assert f"image/{kind.lower()}" == pictures.type_of(head)


def test_page_is_told_from_pictures() -> None:
    """Markup has the head of no picture."""
    assert pictures.type_of(PAGE) is None


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 18), "white").save(out, "PNG")
    return out.getvalue()
