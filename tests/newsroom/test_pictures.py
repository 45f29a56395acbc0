"""Pictures: nothing but pixels, cut once, small enough."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageCms

from tamizdat.newsroom import actions, pictures
from tamizdat.newsroom.darkroom import cell, making
from tamizdat.newsroom.models import ArticlePage, Picture, Rendition
from tamizdat.newsroom.renditions import rendition_path, renditions
from tamizdat.newsroom.sources.queue import worker

SECRET = b"PLANTED-CAMERA"


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """Give an empty media folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_attached_photo_leaves_no_metadata_in_any_file(
    draft: ArticlePage, photo: bytes, media: Path
) -> None:
    """Where and with what a picture was taken is in no file of the newsroom."""
    assert SECRET in photo

    picture = actions.attach_picture(draft, photo, "A street", "People walk")
    picture.get_rendition("max-165x165")

    _assert_clean(media)


@pytest.mark.parametrize("way", ["add", "add_multiple", "chooser"])
def test_uploaded_photo_leaves_no_metadata_in_any_file(
    desk: Client, photo: bytes, media: Path, way: str
) -> None:
    """Every way in strips."""
    _upload(desk, photo, way)

    assert Picture.objects.exists()
    _assert_clean(media)


def test_uploaded_picture_is_cut_behind_in_every_shape(
    desk: Client, media: Path
) -> None:
    """Whoever uploads does not wait, and nobody waits when a story goes out."""
    _upload(desk, _png("white", (640, 360)), "add")
    assert not Rendition.objects.exists()

    worker("pictures", batch=True, queue=making.QUEUE).run()

    made = Rendition.objects.values_list("shape").annotate(models.Count("pk"))
    assert {"wide": 6, "whole": 6, "square": 6} == dict(made)
    assert not Picture.objects.filter(waits=True).exists()


def test_picture_that_came_with_many_or_lost_its_worker_is_not_forgotten(
    desk: Client, media: Path
) -> None:
    """Whatever waits without a task gets one, and one alone."""
    fields = {"title": "A", "files[]": _file(_png("white", (320, 180)))}
    desk.post(reverse("wagtailimages:add_multiple"), fields | {"collection": "1"})
    assert Picture.objects.filter(waits=True).exists()

    for _ in range(3):
        making.catch_up()

    assert 1 == DBTaskResult.objects.filter(backend_name=making.BACKEND).count()
    worker("pictures", batch=True, queue=making.QUEUE).run()
    assert not Picture.objects.filter(waits=True).exists()


def test_replaced_picture_is_cut_anew(desk: Client, media: Path) -> None:
    """A new file has sizes of its own; the old ones go where no release has them."""
    picture = actions.keep_picture(_png("white", (320, 180)), "White")
    before = {row.sha256 for row in renditions(picture)}
    edit = reverse("wagtailimages:edit", args=(picture.pk,))
    black = SimpleUploadedFile("b.png", _png("black", (320, 180)), "image/png")
    desk.post(edit, {"title": "White", "file": black, "tags": ""})

    picture = Picture.objects.get()
    after = {row.sha256 for row in renditions(picture)}

    assert before.isdisjoint(after)
    assert all(rendition_path(one).exists() for one in after)
    assert after == {row.sha256 for row in picture.sizes.all()}


def test_replaced_photo_leaves_no_metadata(
    desk: Client, photo: bytes, media: Path
) -> None:
    """A new file for an old picture is stripped as well."""
    picture = actions.keep_picture(_png("white"), "White")
    edit = reverse("wagtailimages:edit", args=(picture.pk,))
    desk.post(edit, {"title": "White", "file": _file(photo), "tags": ""})

    assert Picture.objects.get().height == 800
    _assert_clean(media)


def test_refused_form_stores_no_metadata(
    desk: Client, photo: bytes, media: Path
) -> None:
    """A picture whose form is refused is kept aside stripped, or not at all."""
    fields = {"title": "x" * 300, "files[]": _file(photo), "collection": ""}
    desk.post(reverse("wagtailimages:add_multiple"), fields)

    _assert_clean(media)


def test_file_name_of_a_photo_is_not_kept(
    desk: Client, photo: bytes, media: Path
) -> None:
    """A file's name may tell on the person who sent it."""
    _upload(desk, photo, "add")

    assert "secret-name" not in Picture.objects.get().file.name


def test_bad_picture_gets_one_clear_error(desk: Client, media: Path) -> None:
    """An editor learns what was expected."""
    file = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 no picture", "image/jpeg")
    page = desk.post(reverse("wagtailimages:add"), {"title": "A", "file": file})

    (errors,) = page.context["form"].errors.values()

    assert 1 == len(errors)
    assert not Picture.objects.exists()


def test_picture_too_large_to_be_read_says_how_large_one_may_be(
    desk: Client, media: Path, settings: Any
) -> None:
    """The form never says that a chosen file is not there."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
    file = SimpleUploadedFile("a.jpg", bytes(2 << 20), "image/jpeg")
    page = desk.post(reverse("wagtailimages:add"), {"title": "A", "file": file})

    assert ["Choose a picture of at most 40 MiB."] == page.context["form"].errors[
        "file"
    ]


def test_picture_too_narrow_for_a_phone_is_refused(desk: Client, media: Path) -> None:
    """The smallest size of an edition is never blown up."""
    file = SimpleUploadedFile("a.png", _png("white", (319, 400)), "image/png")
    page = desk.post(reverse("wagtailimages:add"), {"title": "A", "file": file})

    wanted = "expected at least 320 pixels across, found 319"
    assert wanted in page.context["form"].errors["file"][0]


@pytest.mark.parametrize(
    ("title", "kept"), [("no picture", ""), ("People walk", "People walk")]
)
def test_name_of_a_refused_file_does_not_stay_on_the_next(
    desk: Client, media: Path, title: str, kept: str
) -> None:
    """A title taken from the file goes with it; one that was typed stays."""
    file = SimpleUploadedFile("no-picture.jpg", b"text", "image/jpeg")
    typed = {"title": title, "file": file, "tags": "street, night"}
    page = desk.post(reverse("wagtailimages:add"), typed)

    assert kept == page.context["form"]["title"].value()


def test_strip_of_a_picture_is_refused(desk: Client, media: Path) -> None:
    """What no screen shows as one picture, a whole conversation, comes in pieces."""
    out = io.BytesIO()
    Image.new("RGB", (320, 3_201), "white").save(out, "PNG")
    file = SimpleUploadedFile("chat.png", out.getvalue(), "image/png")

    page = desk.post(reverse("wagtailimages:add"), {"title": "A chat", "file": file})

    wanted = "at most 10 times as long as wide, found 320 by 3201 pixels"
    assert wanted in page.context["form"].errors["file"][0]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_colours_are_those_of_the_profile(mode: str) -> None:
    """A profile whose red is green makes red green, with and without alpha."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tmp0").replace(b"gXYZ", b"rXYZ")
    out = io.BytesIO()
    Image.new("RGB", (320, 320), "red").convert(mode).save(
        out, "PNG", icc_profile=swapped.replace(b"tmp0", b"gXYZ")
    )

    made = pictures.pixels(out.getvalue())

    red, green, blue = made.data[:3]
    assert green > 240
    assert max(red, blue) < 20


def test_picture_is_turned_upright(photo: bytes) -> None:
    """The camera's note on how it was held is applied before it is dropped."""
    stripped, _ = cell.strip(photo)

    assert Image.open(io.BytesIO(photo)).size == (800, 600)
    assert Image.open(io.BytesIO(stripped)).size == (600, 800)


def test_sizes_are_never_larger_than_the_picture() -> None:
    """A small picture has fewer sizes."""
    sizes = [(cut.type, cut.width) for cut in pictures.cuts(_png("white", (700, 700)))]

    kinds = ("image/avif", "image/webp", "image/jpeg")
    assert [(kind, width) for width in (320, 640) for kind in kinds] == sizes


@pytest.mark.parametrize("kind", ["flat", "gradient", "grain", "noise"])
def test_smallest_size_fits_the_first_flight_as_well_as_it_can(kind: str) -> None:
    """At 320 pixels the best quality is taken of which 5,000 bytes are enough."""
    data = cell.strip(_like_a_photo(kind))[0]

    smallest, *_others = pictures.cuts(data)
    again, *_others = pictures.cuts(data)

    assert ("image/avif", 320, 180) == (smallest.type, smallest.width, smallest.height)
    assert len(smallest.data) <= 5_000
    assert smallest == again
    if kind == "grain":
        assert len(smallest.data) > 4_000


def _like_a_photo(kind: str) -> bytes:
    size = (320, 180)
    noise = Image.effect_noise(size, 90).convert("RGB")
    slope = Image.linear_gradient("L").resize(size).convert("RGB")
    image = {
        "flat": Image.new("RGB", size, "teal"),
        "gradient": slope,
        "grain": Image.blend(slope, noise, 0.4),
        "noise": noise,
    }[kind]
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_cut_keeps_what_the_editor_points_at() -> None:
    """The focal point stays inside, however close to the edge."""
    image = Image.new("RGB", (640, 1200), "white")
    image.paste("red", (0, 1100, 640, 1200))
    out = io.BytesIO()
    image.save(out, "PNG")

    jpeg = pictures.cuts(out.getvalue(), pictures.Focus(320, 1190))[-1]

    red, green, _ = Image.open(io.BytesIO(jpeg.data)).getpixel((320, 350))
    assert red > 200
    assert green < 100


def test_transparent_picture_is_laid_on_white() -> None:
    """What no JPEG can hold is shown as on paper."""
    out = io.BytesIO()
    Image.new("RGBA", (320, 180), (0, 0, 0, 0)).save(out, "PNG")
    stripped, ending = cell.strip(out.getvalue())

    jpeg = pictures.cuts(stripped)[-1]

    assert "png" == ending
    assert (255, 255, 255) == Image.open(io.BytesIO(jpeg.data)).getpixel((9, 9))


def test_new_focus_is_cut_anew_and_old_files_stay(
    db: None, photo: bytes, media: Path
) -> None:
    """A release that names the old cut can still be printed."""
    picture = actions.keep_picture(photo, "A street")
    before = renditions(picture)
    picture.focal_point_x, picture.focal_point_y = 300, 100

    after = renditions(picture)

    assert before[0].sha256 != after[0].sha256
    assert rendition_path(before[0].sha256).exists()


def test_file_stands_under_the_hash_of_its_bytes(db: None, media: Path) -> None:
    """A rendition's name proves its bytes."""
    picture = actions.keep_picture(_png("white"), "White")

    for rendition in picture.sizes.all():
        data = rendition_path(rendition.sha256).read_bytes()
        assert rendition.sha256 == hashlib.sha256(data).hexdigest()
        assert rendition.size == len(data)


def _upload(desk: Client, photo: bytes, way: str) -> None:
    if way == "add_multiple":
        fields = {"title": "Street", "files[]": _file(photo), "collection": "1"}
        answer = desk.post(reverse("wagtailimages:add_multiple"), fields)
        assert json.loads(answer.content)["success"]
    elif way == "chooser":
        url = reverse("wagtailimages_chooser:create")
        name = "image-chooser-upload"
        fields = {f"{name}-title": "Street", f"{name}-file": _file(photo)}
        desk.post(url, fields | {f"{name}-tags": "", f"{name}-collection": "1"})
    else:
        fields = {"title": "Street", "file": _file(photo), "tags": ""}
        desk.post(reverse("wagtailimages:add"), fields)


def _file(photo: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("secret-name.jpg", photo, "image/jpeg")


def _png(colour: str, size: tuple[int, int] = (1280, 720)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def _assert_clean(media: Path) -> None:
    files = [path for path in media.rglob("*") if path.is_file()]
    for path in files:
        data = path.read_bytes()
        assert SECRET not in data
        image = Image.open(path)
        image.load()
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
