"""What was kept by an older cleaning is cleaned again, and says what became of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import translation

from hands import keep_attachment
from newsroom import papers
from newsroom.test_opening import imported
from tamizdat.newsroom import actions, recleaning
from tamizdat.newsroom.darkroom import cell
from tamizdat.newsroom.errors import AttachmentError, ObstacleError
from tamizdat.newsroom.library_commands import library
from tamizdat.newsroom.models import (
    ArticlePage,
    Attachment,
    AttachmentFile,
    ServicePage,
)
from tamizdat.newsroom.renditions import files_of, rendition_path, write_rendition
from tamizdat.newsroom.writing.opening import open_article

SAMPLES = Path(__file__).parent / "samples"
PLANTED = b"PLANTED-CAMERA"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    """Give an empty media folder."""
    settings.MEDIA_ROOT = tmp_path


def kept_before(
    title: str,
    data: bytes,
    service: ServicePage,
    kind: str = "document",
    type_: str = "application/pdf",
) -> Attachment:
    """Keep a file as an older version did: with all that was in it."""
    one = Attachment.objects.create(
        kind=kind, title=title, digest="0" * 64, service=service
    )
    AttachmentFile.objects.create(
        attachment=one,
        sha256=write_rendition(data),
        type=type_,
        size=len(data),
    )
    return one


def _publish(
    draft: ArticlePage, paper: Attachment, actor: Any, kind: str = "update"
) -> None:
    draft.body = [("document", {"paper": paper})]
    actions.publish_article(draft, actor, kind)


def test_kept_files_are_cleaned_again_where_it_was_stopped(
    english: ServicePage, draft: ArticlePage, editor: Any
) -> None:
    """Each once; readers get the new file with the next release, and no draft waits."""
    first = kept_before("First", (SAMPLES / "paper.pdf").read_bytes(), english)
    kept_before("Bad", b"%PDF-1.7 nothing of it", english)
    _publish(draft, first, editor)
    (before,) = files_of(draft.newest_release.content)
    assert PLANTED in rendition_path(before).read_bytes()

    assert (first, "changed") == next(recleaning.clean_again())  # and stop
    assert 1 == recleaning.waiting()
    answer = CliRunner().invoke(library, ["clean", "--json"])
    told = json.loads(answer.output)

    assert (1, {"refused": 1}) == (answer.exit_code, told["cleaned"])
    assert [("Bad", []), ("First", [f"en/{draft.article.address}"])] == [
        (row["title"], row["stories"]) for row in told["left"]
    ]
    now = first.files.get(old=False)
    assert PLANTED not in rendition_path(now.sha256).read_bytes()
    assert rendition_path(before).exists()  # a living release names it

    _publish(draft, first, editor, "minor")
    assert [now.sha256] == list(files_of(draft.newest_release.content))
    lines = CliRunner().invoke(library, ["clean"]).output.splitlines()
    assert lines[-2].startswith("Cleaned: nothing")
    assert lines[-1].startswith("Bad (en) is taken no more: ")


def test_sound_is_coded_anew_once(english: ServicePage) -> None:
    """Each time would take a little from it: what was, is not looked at again."""
    tone = (SAMPLES / "tone.opus").read_bytes()
    new = keep_attachment("audio", tone, "Clean").files.get().sha256
    sound = kept_before("Tone", tone, english, "audio", "audio/ogg")
    Attachment.objects.filter(pk=sound.pk).update(cleaning=3)  # as the version before

    assert [(sound, "changed")] == list(recleaning.clean_again())
    assert [] == list(recleaning.clean_again())

    assert [("audio/ogg", True), ("audio/mpeg", False)] == list(
        sound.files.values_list("type", "old")
    )
    assert new == sound.files.get(old=False).sha256


@pytest.mark.parametrize(
    ("data", "russian"),
    [
        (b"%PDF-1.7 nothing of it", "этот PDF повреждён и не открывается"),
        (papers.covered(b"of a source"), "не видны слова: 3"),
    ],
)
def test_what_is_taken_no_more_is_in_no_new_release(
    english: ServicePage, draft: ArticlePage, editor: Any, data: bytes, russian: str
) -> None:
    """The list of obstacles says why; what takes something back goes out."""
    bad = kept_before("Bad", data, english)
    list(recleaning.clean_again())
    draft.body = [("document", {"paper": Attachment.objects.get(pk=bad.pk)})]

    with pytest.raises(ObstacleError, match="“Bad” cannot be published any more"):
        actions.publish_article(draft, editor)
    with translation.override("ru"):
        (left,) = recleaning.left()
        assert russian in left.why


@pytest.mark.parametrize(
    ("kind", "data", "russian"),
    [
        ("audio", b"no sound", "нужен один из форматов: MP3, M4A"),
        ("audio", b"", "файл пуст"),
        ("document", b"\xff\x00", "нужен один из форматов: PDF"),
        ("audio", b"OggS" + bytes(40), "этот звук повреждён"),
    ],
)
def test_why_a_file_is_refused_is_said_in_the_language_of_whoever_brings_it(
    kind: str, data: bytes, russian: str
) -> None:
    """The limited process knows no language: it answers words and what they name."""
    with pytest.raises(AttachmentError) as refused:
        cell.clean_file(kind, data)

    with translation.override("ru"):
        assert russian in str(refused.value)


def test_story_that_nobody_opened_opens_with_the_cleaned_file(
    english: ServicePage, draft: ArticlePage, editor: Any
) -> None:
    """Its release names the older file, which comes back into no draft."""
    first = kept_before("First", (SAMPLES / "paper.pdf").read_bytes(), english)
    _publish(draft, first, editor)
    content = draft.newest_release.content
    content["tamizdat"]["id"] = "came-in-alone"
    article = imported(english, content)
    list(recleaning.clean_again())

    page = open_article(article, editor)

    assert first == page.body[0].value["paper"]
    assert 1 == Attachment.objects.count()
