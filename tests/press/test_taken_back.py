"""What an editor redacts or withdraws in the form is in no byte of the archive."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from held import holders
from newsroom.article_form import form
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.resident import now_utc
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, FollowUp, ForeignWords, RelatedStory
from tamizdat.press.actions import print_released
from tamizdat.press.archive import Archive
from tamizdat.press.keys import new_organisation
from tamizdat.press.models import Trouble
from tamizdat.press.run import Press

NAME = "Plantedname"  # of nobody; must not survive
BODY = [{"kind": "paragraph", "text": f"{NAME} said so."}]


@pytest.fixture
def desk(client: Client) -> Client:
    """Give a browser; who signs in is said at each press of the button."""
    return client


class Stage:
    """A newsroom of two services with its press, in whose paper a name stands."""

    def __init__(self, folder: Any, services: list[Any], editor: Any) -> None:
        names = [service.service_id for service in services]
        new_organisation(folder / "keys", "press.example", names, now_utc())
        self.folder = folder
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self.page = self._write(services[0], editor)
        self.other = self._write(services[1], editor, source=self.page.article)
        self.print()
        self.page.title = f"{NAME} speaks again"
        note = f"{NAME} is spelled so."
        actions.publish_article(self.page, editor, "correction", note)
        self.print()

    def _write(self, service: Any, editor: Any, **fields: Any) -> ArticlePage:
        relation = "translated" if fields else "original"
        page = actions.create_article(
            *(service, f"{NAME} speaks", BODY, editor),
            section="society",
            relation=relation,
            **fields,
        )
        actions.publish_article(page, None)
        return page

    def print(self) -> None:
        """Print what waits; nothing may stand in the way."""
        print_released(self.press, self.folder, now_utc, lambda _edition: None)
        assert not list(Trouble.objects.values_list("reason", flat=True))

    def carriers(self, service: str) -> list[str]:
        """List the files of the archive that hold the name, below one service or o/."""
        archive = self.folder / "archive"
        held = holders(archive, NAME)
        found = [path.removeprefix(str(archive)) for path in held]
        return [path for path in found if path.startswith((f"/{service}/", "/o/"))]


@pytest.fixture
def stage(tmp_path: Any, english: Any, persian: Any, editor: Any) -> Stage:
    """Give a newsroom with two editions that hold the planted name."""
    return Stage(tmp_path, [english, persian], editor)


@pytest.mark.lab(one_in=2)
@pytest.mark.parametrize("kind", ["redaction", "withdrawal"])
def test_words_taken_back_in_the_form_are_in_no_byte_one_edition_later(
    stage: Stage, desk: Client, kind: str
) -> None:
    """Two people press it, each linked service does the same, and nothing is left."""
    assert stage.carriers("en")
    for page in (stage.page, stage.other):
        _take_back(desk, page, kind)
    stage.print()

    assert [] == stage.carriers("en") + stage.carriers("fa")
    source = DirectoryTransport(stage.press.archive.root)
    for service in ("en", "fa"):
        report = check_service(source, stage.press.chain, service)
        assert not report.problems


def test_translation_printed_after_its_original_was_redacted_names_it_anew(
    stage: Stage, desk: Client
) -> None:
    """The headline of an erased release is asked for by nobody any more."""
    _take_back(desk, stage.page, "redaction")
    _take_back(desk, stage.other, "redaction")
    stage.print()
    stage.other.refresh_from_db()
    other = ArticlePage.objects.get(pk=stage.other.pk)
    other.title = "متن دیگر"
    actions.publish_article(other, None, "update")
    stage.print()

    assert [] == stage.carriers("en") + stage.carriers("fa")


@pytest.mark.lab(one_in=2)
@pytest.mark.parametrize("kind", ["redaction", "withdrawal"])
def test_headline_among_related_stories_is_taken_out_in_one_press(
    stage: Stage, desk: Client, kind: str
) -> None:
    """Whoever names the story gets a task at once; two press it, nothing is left."""
    page = ArticlePage.objects.get(pk=stage.page.pk)
    names = _naming(stage, page, "Of the same day")
    named_once = _naming(stage, page, "Of the day before")
    named_once.related_rows = []
    actions.publish_article(named_once, None, "update")
    stage.print()
    _take_back(desk, page, kind)
    _take_back(desk, stage.other, kind)
    stage.print()
    left = stage.carriers("en")

    assert any(str(names.article.address) in path for path in left)
    tasks = FollowUp.objects.open().filter(holds=True)
    assert {names.article_id, named_once.article_id} == {t.article_id for t in tasks}
    for task in list(tasks):
        _take_out(desk, task)
    stage.print()

    assert [] == stage.carriers("en") + stage.carriers("fa")
    assert not FollowUp.objects.open().filter(holds=True).exists()
    newest = names.article.newest_release.content["tamizdat"]
    shown = [row["headline"] for row in newest.get("related", ())]
    assert (["Somebody speaks"] if kind == "redaction" else []) == shown
    source = DirectoryTransport(stage.press.archive.root)
    assert not check_service(source, stage.press.chain, "en").problems


def test_language_of_a_headline_is_named_no_longer_than_the_headline(
    stage: Stage, desk: Client
) -> None:
    """Words that a story names for a related one's sake go out with its headline."""
    page = ArticlePage.objects.get(pk=stage.page.pk)
    names = _naming(stage, page, "Of the same day")
    names.foreign_rows = [ForeignWords(words=f"{NAME} speaks", language="de")]
    actions.publish_article(names, None, "update")
    named = names.article.newest_release.content["tamizdat"]["foreign"]
    assert [{"words": f"{NAME} speaks", "language": "de"}] == named
    stage.print()
    _take_back(desk, page, "redaction")
    _take_back(desk, stage.other, "redaction")
    for task in list(FollowUp.objects.open().filter(holds=True)):
        _take_out(desk, task)
    stage.print()

    assert [] == stage.carriers("en")
    release = names.article.newest_release
    assert "redaction" == release.kind
    assert NAME not in json.dumps(release.content)
    assert not ForeignWords.objects.exists()


def _naming(stage: Stage, page: ArticlePage, headline: str) -> ArticlePage:
    """Release an article that names another among its related stories."""
    body = [{"kind": "paragraph", "text": "What else happened."}]
    other = actions.create_article(
        *(page.service, headline, body, None), section="society"
    )
    other.related_rows = [RelatedStory(article=page.article)]
    actions.publish_article(other, None)
    stage.print()
    assert stage.carriers("en")
    return ArticlePage.objects.get(pk=other.pk)


def _take_out(desk: Client, task: FollowUp) -> None:
    """Press the button of the task as two people do."""
    url = reverse("followup", args=(task.pk,))
    for name in ("one", "two"):
        person = get_user_model().objects.get(username=name)
        desk.force_login(person)
        assert "Take the headline out" in desk.get(url).content.decode()
        desk.post(url, {"take_out": "1"})


def _take_back(desk: Client, page: ArticlePage, kind: str) -> None:
    """Press Publish as two people do; it answers every hold with the same words."""
    page = ArticlePage.objects.get(pk=page.pk)
    lineage = {}
    if page.source is not None:
        lineage = {
            "relation": "translated",
            "source": str(page.source_id),
            "source_release": "1",
        }
    fields = form(title="Somebody speaks", next_kind=kind, **lineage)
    holds = FollowUp.objects.on(page.article_id).values_list("pk", flat=True)
    if holds and kind == "redaction":
        fields |= {"next_answers": list(holds), "next_same_words": "on"}
    url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    accounts = get_user_model().objects
    for name in ("one", "two"):
        person = accounts.get_or_create(username=name, is_superuser=True)[0]
        desk.force_login(person)
        desk.post(url, fields | {"action-publish": "1"})
    assert kind == page.newest_release.kind
