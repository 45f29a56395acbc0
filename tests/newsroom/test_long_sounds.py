"""A sound of an hour keeps nobody waiting, and is nowhere in the open meanwhile."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from newsroom import sounding
from tamizdat.newsroom import actions, uncoded
from tamizdat.newsroom.errors import ObstacleError
from tamizdat.newsroom.models import ArticlePage, Attachment, ServicePage
from tamizdat.newsroom.sources.queue import worker


@pytest.fixture(autouse=True)
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty media folder; what lasts longer than a second is long."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    monkeypatch.setattr(uncoded, "AT_ONCE", 1)
    return tmp_path


def brought(desk: Client, service: ServicePage, data: bytes) -> Attachment:
    """Bring a sound in through the chooser of the form."""
    file = SimpleUploadedFile("Tone", data)
    words = {"title": "Tone", "transcript": "", "service": service.pk, "file": file}
    answer = desk.post(reverse("sound_chooser:create"), words).content.decode()
    assert "Tone (still being prepared)" in answer
    return Attachment.objects.get()


def work() -> None:
    """Do what waits, as the worker beside the newsroom does."""
    worker("sounds", batch=True, queue=uncoded.QUEUE).run()


def test_long_sound_is_sealed_until_it_is_coded_behind(
    desk: Client, english: ServicePage, draft: ArticlePage, editor: Any, media: Path
) -> None:
    """Its article shows and says so meanwhile, and is published once it is there."""
    tone = sounding.sample("tone.mp3")
    sound = brought(desk, english, tone)
    (waiting,) = (media / "waiting").iterdir()
    sealed = waiting.read_bytes()
    assert len(sealed) == len(tone) + 16
    assert not [one for one in (b"PLANTED", tone[5_000:5_016]) if one in sealed]
    assert 0o600 == waiting.stat().st_mode & 0o777
    draft.body.append(("audio", {"sound": sound, "caption": ""}))
    draft.save_revision()
    preview = desk.get(reverse("wagtailadmin_pages:view_draft", args=(draft.pk,)))
    assert b"Everyone may seek information" in preview.content
    with translation.override("fa"):
        assert "Tone (هنوز آماده می‌شود)" == str(sound)
    with pytest.raises(ObstacleError, match="“Tone” is still being prepared"):
        actions.publish_article(draft, editor)

    work()

    sound.refresh_from_db()
    assert (b"", "Tone", 2) == (bytes(sound.key), str(sound), sound.files.get().seconds)
    assert [] == list((media / "waiting").iterdir())
    assert not uncoded.code_waiting()
    draft = ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    actions.publish_article(draft, editor)
    (entry,) = draft.newest_release.content["associations"]
    assert ["audio/mpeg"] == [row["contentType"] for row in entry["renditions"]]

    sound.delete()  # as somebody may while a release is held
    draft = ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    draft.standfirst = "Without what was to be heard."
    with pytest.raises(ObstacleError, match="document of the text was deleted"):
        actions.publish_article(draft, editor, "update")


def test_sound_that_says_it_is_short_is_coded_behind(
    desk: Client, english: ServicePage
) -> None:
    """Seconds are counted as they are coded: a form does not wait for a lie."""
    data = bytearray(sounding.encoded("aac", sounding.chirps(2)))
    at = data.index(b"mdhd") + 16  # ticks a second: ISO/IEC 14496-12, 8.4.2
    data[at : at + 4] = (int.from_bytes(data[at : at + 4]) * 1_000).to_bytes(4)

    assert brought(desk, english, bytes(data)).key

    work()
    assert 2 == Attachment.objects.get().files.get().seconds


def _spoiled() -> bytes:
    data = bytearray(sounding.encoded("aac", sounding.chirps(2)))
    at = data.index(b"mdat") + 4
    data[at : at + 9_000] = os.urandom(9_000)
    return bytes(data)


@pytest.mark.parametrize("is_lost", [False, True])
def test_sound_that_cannot_be_coded_says_why(
    desk: Client,
    english: ServicePage,
    draft: ArticlePage,
    editor: Any,
    is_lost: bool,  # noqa: FBT001 (the case)
) -> None:
    """What is damaged within, or gone from the disk: offered to nobody, in no story."""
    sound = brought(desk, english, _spoiled())
    waiting = Path(settings.MEDIA_ROOT) / "waiting"
    if is_lost:
        next(waiting.iterdir()).unlink()

    work()

    sound.refresh_from_db()
    assert [b"", True, 0] == [bytes(sound.key), sound.empty, sound.files.count()]
    draft.body.append(("audio", {"sound": sound, "caption": ""}))
    why = "its file was lost" if is_lost else "this sound is damaged"
    with pytest.raises(ObstacleError, match=f"“Tone” cannot be .*: .*{why}"):
        actions.publish_article(draft, editor)
    library = desk.get(reverse("wagtailsnippets_newsroom_attachment:list"))
    assert f"cannot be used: {why}" in library.content.decode()
    assert [] == list(waiting.iterdir())


def test_sound_whose_worker_was_killed_is_coded_by_the_next(
    desk: Client, english: ServicePage, media: Path
) -> None:
    """The row says that it waits; one that was deleted meanwhile leaves no file."""
    brought(desk, english, sounding.sample("tone.mp3"))
    DBTaskResult.objects.all().delete()  # with the worker
    uncoded.catch_up()
    uncoded.catch_up()
    assert 1 == DBTaskResult.objects.filter(backend_name="sounds").count()
    uncoded.ENDING.set()  # as while its process ends
    work()
    assert Attachment.objects.get().key
    uncoded.ENDING.clear()
    Attachment.objects.all().delete()
    (left,) = (media / "waiting").iterdir()
    uncoded.code_waiting()
    assert left.exists()  # its row may be about to be written
    os.utime(left, (0, 0))

    uncoded.code_waiting()

    assert not left.exists()


def test_file_that_is_too_large_is_refused_by_its_size(
    desk: Client, english: ServicePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not read at all, and the form says how large one may be."""
    monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 1_000)
    file = SimpleUploadedFile("Tone", bytes(2_000))
    words = {"title": "Tone", "service": english.pk, "file": file}

    answer = desk.post(reverse("sound_chooser:create"), words).content.decode()

    assert "Choose a file of at most 64 MiB." in answer
