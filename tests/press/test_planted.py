"""Where and with what something was taken is in no public byte, whatever the format."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hands import keep_attachment
from newsroom import papers, planted, sounding
from tamizdat.mirrors.resident import now_utc
from tamizdat.newsroom import actions
from tamizdat.newsroom.darkroom import making
from tamizdat.newsroom.models import Person, Picture
from tamizdat.press.actions import print_released
from tamizdat.press.archive import Archive
from tamizdat.press.keys import new_organisation
from tamizdat.press.models import Trouble
from tamizdat.press.run import Press

HEARD = sounding.PLANTED  # what the sounds have in every field
SOUNDS = [sounding.sample(f"tone.{kind}") for kind in ("mp3", "m4a", "ogg", "opus")]
SOUNDS.append(
    sounding.wav(
        sounding.chirps(0.5), chunks=sounding.chunk(b"bext", HEARD + bytes(600))
    )
)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """Give an empty media folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def test_no_public_byte_tells_where_anything_was_taken(
    english: Any, editor: Any, client: Client, tmp_path: Path, media: Path
) -> None:
    """Exif, XMP, IPTC, profile, thumbnail, comment, tags of sounds: nothing is left."""
    client.force_login(editor)
    for kind in planted.KINDS:
        data = planted.picture(kind)
        assert any(trace in data for trace in planted.TRACES)
        _upload(client, english, kind.lower(), data)
    for kind, data in (("heic", planted.heic()), ("tiff", planted.tiff())):
        _upload(client, english, kind, data)
    making.make_waiting()
    assert len(planted.KINDS) == Picture.objects.count()
    page = _story(english, editor, [*Picture.objects.order_by("pk")])
    actions.publish_article(page, editor)

    archive = _print(english, tmp_path)

    carried = list(archive.glob("en/m/*"))
    kinds = {path.suffix for path in carried}
    assert {".avif", ".webp", ".jpg", ".mp3", ".pdf"} == kinds
    assert len(SOUNDS) == len(list(archive.glob("en/m/*.mp3")))
    traces = (*planted.TRACES, HEARD)
    for place in (archive, media):
        for path in place.rglob("*"):
            found = path.read_bytes() if path.is_file() else b""
            if path.suffix == ".pdf":
                found += b"".join(papers.inflated(found))
            assert not [one for one in traces if one in found], path


def _upload(client: Client, service: Any, kind: str, data: bytes) -> None:
    file = SimpleUploadedFile(f"a.{kind}", data, f"image/{kind}")
    fields = {"title": kind, "description": kind, "file": file, "tags": ""}
    fields["collection"] = service.desk.pictures.pk
    client.post(reverse("wagtailimages:add"), fields)


def _story(service: Any, editor: Any, pictures: list[Picture]) -> Any:
    page = actions.create_article(
        service, "What Was Seen", [], editor, section="society"
    )
    page.lead_picture, page.lead_caption = pictures[0], "Seen"
    sounds = [keep_attachment("audio", data, "Heard") for data in SOUNDS]
    page.body = [
        *(("picture", {"picture": one, "caption": "Seen"}) for one in pictures[1:]),
        *(("audio", {"sound": one}) for one in sounds),
        ("document", {"paper": keep_attachment("document", papers.paper(), "p")}),
    ]
    person = Person.objects.create(portrait=pictures[0])
    person.names.create(language="en", name="Reporter")
    page.bylines.create(person=person, sort_order=1)
    page.save_revision()
    return page


def _print(service: Any, folder: Path) -> Path:
    keys, archive = folder / "keys", folder / "archive"
    new_organisation(keys, "press.example", [service.service_id], now_utc())
    press = Press(Archive(archive), keys)
    print_released(
        press, folder / "media" / "renditions", now_utc, lambda _edition: None
    )
    assert not list(Trouble.objects.values_list("reason", flat=True))
    return archive
