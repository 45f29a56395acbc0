"""What a redaction or a withdrawal takes back is nowhere in the newsroom."""

import importlib
import io
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.log_actions import log
from wagtail.models import Comment
from wagtail.test.utils.form_data import inline_formset

import template
from again import made_again
from hands import keep_attachment
from newsroom.article_form import form
from tamizdat.newsroom import actions, signoffs
from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.home import Organisation, make_home
from tamizdat.newsroom.models import (
    ArticlePage,
    Attachment,
    Byline,
    Erasure,
    ForeignWords,
    PagePlace,
    PageTag,
    Picture,
    Place,
    ServicePage,
    Tag,
)
from tamizdat.newsroom.releases import erasing, subjects
from tamizdat.newsroom.releases import files as library

pytestmark = pytest.mark.both

NAME = "Plantedname"  # of nobody; must not survive
BODY = [{"kind": "paragraph", "text": f"{NAME} said so."}]


@pytest.fixture
def named(english: ServicePage, editor: Any) -> ArticlePage:
    """Give an article released twice, with drafts, notes and comments on it."""
    made_again(f"named in {english.pk}", lambda: _name(english, editor))
    english.refresh_from_db()  # it counts its pages
    return ArticlePage.objects.get().get_latest_revision_as_object()


def _name(english: ServicePage, editor: Any) -> None:
    page = actions.create_article(
        *(english, f"{NAME} speaks", BODY, editor),
        section="society",
        address="named",
        standfirst=f"What {NAME} said.",
        slugline=NAME,
    )
    actions.publish_article(page, editor)
    page.title = f"{NAME} speaks again"
    actions.publish_article(page, editor, "correction", f"{NAME} is spelled so.")
    Comment.objects.create(page=page, user=editor, text=NAME, contentpath="title")
    page.title = f"{NAME}, once more"
    page.save_revision(user=editor, log_action=True)


def test_redacted_words_are_in_no_row(
    desk: Client, named: ArticlePage, editor: Any
) -> None:
    """Ledger, drafts, notes, log, comments and index lose them in one transaction."""
    _publish(desk, named, title="Somebody speaks", next_kind="redaction")

    assert {} == _tables_with(NAME)
    first, second, third = named.releases.order_by("number")
    assert ["publish", "correction", "redaction"] == [
        one.kind for one in (first, second, third)
    ]
    assert ({}, "", {}, "") == (
        *(first.content, first.note),
        *(second.content, second.note),
    )
    assert third.erased is None
    kept = ArticlePage.objects.get()
    assert "Somebody speaks" == kept.title
    assert [kept.live_revision_id] == [r.pk for r in kept.revisions.all()]


def test_tag_goes_with_the_last_text_that_names_it(
    desk: Client, named: ArticlePage, english: ServicePage, editor: Any
) -> None:
    """Names of tags and places are words, too; those that others name stay."""
    tag, old = (
        Tag.objects.create(service=english, key=key, name=f"{NAME} {key}")
        for key in ("trial", "case")
    )
    Tag.objects.filter(pk=old.pk).update(merged_into=tag)
    place = Place.objects.create(service=english, key="p", name=f"{NAME} Street")
    log(tag, "wagtail.edit", user=editor)
    other = actions.create_article(
        *(english, "Other", [{"kind": "paragraph", "text": "Said."}], editor),
        section="society",
    )
    other.tag_rows = [PageTag(subject=old)]
    other.save_revision()
    named.title, named.next_kind = f"{NAME} speaks", "update"
    named.tag_rows, named.place_rows = (
        [PageTag(subject=tag)],
        [PagePlace(subject=place)],
    )
    actions.publish_article(named, editor, "update")
    _publish(desk, named, title="Somebody speaks", next_kind="redaction")
    subjects.take_out()

    assert {tag, old} == set(Tag.objects.all())  # a draft of the other names one
    assert not Place.objects.exists()
    actions.publish_article(other, editor)
    desk.force_login(editor)  # the helper left another signed in
    _publish(desk, other, title="Other", next_kind="withdrawal")
    subjects.take_out()
    assert {} == _tables_with(NAME)


@pytest.mark.lab(one_in=2)
@pytest.mark.parametrize("how", ["deleted", "written over"])
def test_tag_that_a_draft_kept_goes_with_the_draft(
    desk: Client, named: ArticlePage, english: ServicePage, editor: Any, how: str
) -> None:
    """A page that goes is heard of; what else a draft loses is found within a day."""
    tag = Tag.objects.create(service=english, key="trial", name=f"{NAME} trial")
    named.tag_rows, named.next_kind = [PageTag(subject=tag)], "update"
    actions.publish_article(named, editor, "update")
    other = actions.create_article(*(english, "Other", BODY[:0], editor))
    other.tag_rows = [PageTag(subject=tag)]
    revision = other.save_revision()
    _publish(desk, named, title="Somebody speaks", next_kind="redaction")
    subjects.take_out()
    assert [tag] == list(Tag.objects.all())
    if how == "deleted":
        other.delete()
    else:
        other.tag_rows = []
        other.save_revision(overwrite_revision=revision)
        subjects.take_out()
        assert [tag] == list(Tag.objects.all())
        yesterday = Erasure.objects.get().looked - timedelta(days=1)
        Erasure.objects.update(looked=yesterday)
    subjects.take_out()

    assert {} == _tables_with(NAME)
    assert [[]] == list(Erasure.objects.values_list("subjects", flat=True))


def test_update_finds_the_tags_of_texts_that_were_taken_back_before(
    desk: Client, named: ArticlePage, english: ServicePage, editor: Any
) -> None:
    """What they named is erased with them: so all of their service are looked at."""
    _publish(desk, named, title="Somebody speaks", next_kind="redaction")
    tags, places = (
        [kind.objects.create(service=english, key=k, name=f"{NAME} {k}") for k in "ab"]
        for kind in (Tag, Place)
    )
    other = actions.create_article(
        *(english, "Other", [{"kind": "paragraph", "text": "Said."}], editor),
        section="society",
    )
    other.tag_rows = [PageTag(subject=tags[0])]
    actions.publish_article(other, editor)
    assert [] == Erasure.objects.get().subjects
    name = "tamizdat.newsroom.migrations.0025_what_a_redaction_answers"
    importlib.import_module(name).look_at_all(apps, None)
    subjects.take_out()

    assert tags[:1] == list(Tag.objects.all())
    assert not Place.objects.exists()
    assert places


def test_previews_keep_no_redacted_word(
    desk: Client, named: ArticlePage, english: ServicePage
) -> None:
    """Wagtail keeps the whole form of each preview, saved or not."""
    fields = form(title=f"{NAME} in a preview")
    begun = ("newsroom", "articlepage", english.pk)
    for view, args in (("edit", (named.pk,)), ("add", begun)):
        desk.post(reverse(f"wagtailadmin_pages:preview_on_{view}", args=args), fields)
    before = _tables_with(NAME)
    _publish(desk, named, title="Somebody speaks", next_kind="redaction")

    assert 2 == before["wagtailadmin_formstate"]
    parts = ("_fts", "_fts_content", "_words_content")  # of an index of SQLite
    filled = {name for name in before if not name.endswith(parts)}
    assert filled <= set(erasing.FILLED) <= set(_tables())
    assert {} == _tables_with(NAME)


def test_erased_salts_are_other_ones(desk: Client, named: ArticlePage) -> None:
    """With an old salt and a guess a hash in an old tree could be tested."""
    before = {r.salt for r in named.releases.all()}
    _publish(desk, named, title="Somebody speaks", next_kind="redaction")
    after = {r.salt for r in named.releases.all()}

    assert 3 == len(after)
    assert not before & after


def test_withdrawn_article_keeps_a_notice_and_no_word(
    desk: Client, named: ArticlePage
) -> None:
    """The form need not be emptied by hand: a withdrawal empties it."""
    named.bylines = [Byline(name=NAME)]
    named.save()
    _publish(desk, named, title=f"{NAME} speaks", next_kind="withdrawal")

    assert {} == _tables_with(NAME)
    newest = named.newest_release
    assert "withdrawal" == newest.kind
    assert [] == newest.content["tamizdat"]["body"]
    kept = ArticlePage.objects.get()
    assert "A story withdrawn for safety" == kept.title
    assert "withdrawal" == kept.taken_back


def test_earlier_notes_may_stay_where_they_endanger_nobody(
    desk: Client, named: ArticlePage, editor: Any
) -> None:
    """An editor says so, and readers go on seeing what was corrected."""
    _publish(
        *(desk, named),
        title="Somebody speaks",
        next_kind="redaction",
        next_keeps_notes="on",
    )

    assert f"{NAME} is spelled so." == named.releases.get(number=2).note
    assert {} == named.releases.get(number=2).content


@pytest.mark.parametrize(
    "text", [f"{NAME} speaks", "A picture told of", "Somebody speaks"]
)
def test_words_of_another_language_go_with_the_text_that_had_them(
    desk: Client, named: ArticlePage, editor: Any, text: str
) -> None:
    """In a headline, a note, or nowhere: whoever redacts, no row is left of them."""
    named.foreign_rows = [ForeignWords(words=NAME, language="de")]
    named.title = text
    note = f"{NAME} is spelled so." if "told" in text else "We erred."
    actions.publish_article(named, editor, "correction", note)
    newest: ArticlePage = ArticlePage.objects.get().get_latest_revision_as_object()
    newest.title, newest.standfirst, newest.slugline = "Somebody speaks", "", ""
    newest.body = stream_of([{"kind": "paragraph", "text": "Somebody said so."}])
    signoffs.sign(_meant(newest), _another(), "redaction")
    actions.publish_article(newest, editor, "redaction")

    assert {} == _tables_with(NAME)
    assert "foreign" not in newest.newest_release.content["tamizdat"]


def test_words_of_notes_that_stay_keep_their_language(
    desk: Client, named: ArticlePage, editor: Any
) -> None:
    """Readers go on seeing the note; the form takes the row, and the ledger has it."""
    row = {"words": NAME, "language": "de"}
    fields = {
        "title": "Somebody speaks",
        "next_kind": "redaction",
        "foreign_rows": inline_formset([row]),
    }
    _publish(desk, named, **fields)
    assert "correction" == named.newest_release.kind  # the notes were to go
    desk.force_login(editor)  # the helper left another signed in
    _publish(desk, named, **fields, next_keeps_notes="on")

    assert [row] == named.newest_release.content["tamizdat"]["foreign"]
    assert NAME == ForeignWords.objects.get().words


def _meant(page: ArticlePage) -> ArticlePage:
    """Give a page as it would go out as a redaction."""
    actions.intend(page, "redaction", "")
    page.save_revision()
    return page


def test_redaction_of_words_that_are_gone_already_is_a_release(
    desk: Client, named: ArticlePage
) -> None:
    """A correction took a name out; the older texts still have to go."""
    _publish(
        *(desk, named),
        title="Somebody speaks",
        next_kind="correction",
        next_note="We erred.",
    )
    _publish(desk, named, title="Somebody speaks", next_kind="redaction")

    assert {} == _tables_with(NAME)
    assert "redaction" == named.newest_release.kind


def test_files_of_a_withdrawn_story_leave_the_library(  # noqa: PLR0913, PLR0917 (fixtures)
    desk: Client,
    english: ServicePage,
    editor: Any,
    photo: bytes,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Those that something else shows stay, and are told to whoever may take them."""
    alone = actions.keep_picture(photo, "Alone", "A street")
    shared = actions.keep_picture(_other_picture(), "Shared", "A wall")
    sound = (Path(__file__).parent / "samples" / "tone.mp3").read_bytes()
    sound = keep_attachment("audio", sound, "Alone", service=english)
    for headline, *shown in (("Other", shared), ("Seen", alone, shared)):
        page = actions.create_article(
            *(english, headline, BODY, editor), section="society"
        )
        pictures = [{"picture": one, "caption": "A", "alt": "B"} for one in shown]
        heard = [("audio", {"sound": sound, "caption": ""})] if alone in shown else []
        page.body = [
            *(("picture", {"credit": "", "terms": "", **one}) for one in pictures),
            *heard,
        ]
        actions.publish_article(page, editor)
    before = {path for path in media.rglob("*") if path.is_file()}
    files = {row.sha256 for row in alone.sizes.all()}
    files.update(sound.files.values_list("sha256", flat=True))
    _publish(desk, page, title="Seen", next_kind="withdrawal")
    with django_capture_on_commit_callbacks(execute=True):
        library.take_out()

    assert [shared] == list(Picture.objects.all())
    assert not Attachment.objects.exists()
    gone = before - {path for path in media.rglob("*") if path.is_file()}
    assert {*files, Path(alone.file.name).name} == {path.name for path in gone}
    tasks = desk.get(reverse("followups")).content.decode()
    assert reverse("wagtailimages:edit", args=(shared.pk,)) in tasks


def _other_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """Give an empty media folder."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def test_erasure_that_was_interrupted_is_done_later(
    named: ArticlePage, editor: Any
) -> None:
    """What is noted with the release is done by the next who looks."""
    named.title, named.next_kind, named.next_number = "Somebody", "redaction", 3
    named.standfirst, named.slugline, named.next_note = "", "", ""
    named.body = stream_of([{"kind": "paragraph", "text": "Somebody said so."}])
    signoffs.sign(named, _another(), "redaction")
    # As Wagtail alone publishes, without the verb that erases after it.
    named.save_revision(user=editor).publish(user=editor)
    assert _tables_with(NAME)
    erasing.erase_due()

    assert {} == _tables_with(NAME)
    assert Erasure.objects.get().done is not None


@pytest.mark.parametrize(
    "change",
    [
        "content = '{}', salt = 'AAAAAAAAAAAAAAAAAAAAAA', erased = time",
        "kind = 'minor'",
        "time = erased",
    ],
)
def test_database_erases_nothing_that_no_release_took_back(
    named: ArticlePage, change: str
) -> None:
    """Raw SQL can empty no release either, nor change another column of one."""
    statement = f"UPDATE newsroom_release SET {change}"  # noqa: S608 (our own words)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_older_release_says_that_it_was_erased(
    desk: Client, named: ArticlePage
) -> None:
    """Editors are not shown an empty comparison as if nothing had changed."""
    _publish(desk, named, title="Somebody speaks", next_kind="redaction")
    url = reverse("release_changes", args=(named.article_id,))
    page = desk.get(f"{url}?from=1&to=3").content.decode()

    assert "release 1 was erased" in page
    shown = desk.get(reverse("wagtailadmin_pages:edit", args=(named.pk,)))
    assert 200 == shown.status_code


# Runs in a process of its own: what matters is what lies in the files.
_SCRIPT = """
from tamizdat.newsroom.commands import start_django
start_django()
from django.db import connection
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, Erasure, ServicePage
from tamizdat.newsroom.releases import erasing
NAME = "Plantedname"
"""
_WRITE = """
from newsroom import sounding
from tamizdat.newsroom import uncoded
from tamizdat.newsroom.models import Attachment, PagePlace, PageTag, Tag
body = [{"kind": "paragraph", "text": f"{NAME} said so."}]
service = actions.create_service("en", "News", "en", [("news", "News")])
page = actions.create_article(service, f"{NAME} speaks", body, None, section="news")
page.tag_rows = [PageTag(name=f"Trial of {NAME}"), PageTag(name="Courts")]
page.place_rows = [PagePlace(name=f"{NAME} Street (CH-GE)")]
for n in range(20):
    page.title = f"{NAME} speaks, {n}"
    actions.publish_article(page, None, "correction", f"{NAME} again, {n}.")
tag = Tag.objects.get(key__startswith="trial")
Tag.objects.create(service=service, key="old", name=f"{NAME} too", merged_into=tag)
other = actions.create_article(service, "Other", [], None, section="news")
other.tag_rows = [PageTag(subject=Tag.objects.get(key="courts"))]
other.save_revision()
sound = Attachment(kind="audio", title="Tone", service=service)
uncoded.keep_uncoded(sound, uncoded.Uncoded(sounding.sample("tone.mp3")))
connection.close()
"""
_CODE = """
from pathlib import Path
from django.conf import settings
from tamizdat.newsroom import uncoded
from tamizdat.newsroom.models import Attachment
home, key = Path(settings.MEDIA_ROOT).parent, bytes(Attachment.objects.get().key)
def holding():
    return [one for one in home.rglob("*") if one.is_file() and key in one.read_bytes()]
assert 32 == len(key) and holding()
uncoded.code_waiting()
assert [] == holding()
connection.close()
"""
_WITHDRAW = """
from tamizdat.newsroom.models import Place, Tag
page = ArticlePage.objects.get(article__number__gt=0)
actions.publish_article(page, None, "withdrawal")
erasing.sweep()
assert ["Courts"] == list(Tag.objects.values_list("name", flat=True))
assert not Place.objects.exists()
assert Erasure.objects.get().swept
connection.close()
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its files are a server's")
def test_files_of_the_database_hold_no_erased_word(tmp_path: Path) -> None:
    """No free page, no log of writes and no search index keeps a copy."""
    home = tmp_path / "home"
    template.lay(home)
    make_home(home, Organisation("demo.tamizdat.example", "Demo", 2026), "127.0.0.1", 1)
    _run(home, _WRITE)
    assert _files_with(home, NAME)
    _run(home, _CODE)  # while it is open: the last to close a database washes it
    _run(home, _WITHDRAW)

    assert [] == _files_with(home, NAME)


def _run(home: Path, code: str) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT + code],
        env=kept
        | {"TAMIZDAT_HOME": str(home), "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr


def _files_with(home: Path, word: str) -> list[str]:
    """List the files of a newsroom in which a word stands, in large or small letters.

    The first letter is left out: an index writes what two words share but once.
    """
    rest = word.lower().encode()[1:]
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path.name for path in files if rest in path.read_bytes().lower()]


def _tables_with(word: str) -> dict[str, int]:
    """Count by table the rows in which a word stands, in any column.

    The words of an index of SQLite go when it is swept, as do bytes of files.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
            rows = [row for row in cursor.fetchall() if _holds(row, word)]
            if rows and not table.endswith(("_fts_data", "_words_data")):
                found[table] = len(rows)
    return found


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _holds(row: Any, word: str) -> bool:
    return any(word.lower() in json.dumps(cell, default=str).lower() for cell in row)


def _publish(desk: Client, page: ArticlePage, **changes: Any) -> Any:
    """Press Publish, and let another person press it where two must sign."""
    url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    fields = form(**changes) | {"action-publish": "1"}
    answer = desk.post(url, fields, follow=True)
    if changes["next_kind"] in signoffs.SERIOUS:
        desk.force_login(_another())
        answer = desk.post(url, fields, follow=True)
    return answer


def _another() -> Any:
    return get_user_model().objects.get_or_create(username="b", is_superuser=True)[0]
