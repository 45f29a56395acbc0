"""A newsroom set up when every article was a page is brought up to date."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tamizdat.newsroom.home import Organisation, make_home

# Runs in a process of its own: the tables are made by the migrations of those days.
_SCRIPT = """
import json
from datetime import UTC, datetime

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

with connection.cursor() as cursor:
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.execute("PRAGMA journal_mode=MEMORY")
call_command("migrate", "press", "0003", verbosity=0)
executor = MigrationExecutor(connection)
old = executor.loader.project_state(
    [("newsroom", "0004_waking"), ("press", "0003_waiting")])
apps = old.apps
kind = apps.get_model("contenttypes", "ContentType").objects
locales = apps.get_model("wagtailcore", "Locale").objects
locale, _ = locales.get_or_create(language_code="en")
root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)

def page(model, path, title, slug, **fields):
    manager = apps.get_model("newsroom", model).objects
    of, _ = kind.get_or_create(app_label="newsroom", model=model.lower())
    return manager.create(
        path=path, depth=len(path) // 4, title=title, draft_title=title, slug=slug,
        url_path=f"/{slug}/", content_type=of, locale=locale, **fields)

def service(n, name):
    return page("ServicePage", f"0001000{n}", name, name, service_id=name,
                language=name)

def article(n, service, story, **fields):
    return page("ArticlePage", f"0001000{n}0001", "Old", "old", service=service,
                story=story, article_id="old", **fields)

def release(article, number, kind, content):
    apps.get_model("newsroom", "Release").objects.create(
        article=article, number=number, kind=kind, note="why",
        time=datetime(2026, 11, number, tzinfo=UTC), salt="A" * 21 + str(number),
        content=content)

def content(headline, lineage=None):
    return {"headlines": [{"role": "main", "value": headline}],
            "tamizdat": {"section": "law", "lineage": lineage}}

story = apps.get_model("newsroom", "Story").objects.create()
source = article(1, service(1, "en"), story)
copy = article(2, service(2, "ru"), story, source=source, relation="translated")
apps.get_model("wagtailcore", "Revision").objects.create(
    content_type=source.content_type, base_content_type=source.content_type,
    object_id=str(source.pk), created_at=datetime(2026, 11, 1, tzinfo=UTC),
    object_str="Old", content={"pk": source.pk, "title": "Draft", "article_id": "old"})
release(source, 1, "publish", content("First"))
release(source, 2, "correction", content("Second"))
release(source, 3, "minor", content("Third"))
release(copy, 1, "publish", content("Copy", {
    "relation": "translated", "service": "en", "id": "old", "release": 1}))

def triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())

# From when the press waited for the first time with holds, until today.
executor.loader.build_graph()
executor.migrate([("press", "0006_ledger_that_erases")])
before = triggers()

# A redaction of those days: somebody typed what endangered whom.
apps = executor.loader.project_state([("press", "0006_ledger_that_erases")]).apps
articles = apps.get_model("newsroom", "Article").objects
spoke, listened = (articles.get(service__service_id=id_) for id_ in ("ru", "en"))
alone = articles.create(
    service_id=spoke.service_id, address="alone", number=1,
    story=apps.get_model("newsroom", "Story").objects.create(),
    published=datetime(2026, 11, 1, tzinfo=UTC))
later = articles.create(
    service_id=listened.service_id, address="later", number=1, source=spoke,
    story=apps.get_model("newsroom", "Story").objects.create(),
    published=datetime(2026, 11, 9, tzinfo=UTC))
day = datetime(2026, 11, 2, tzinfo=UTC)
ledger = apps.get_model("newsroom", "Release").objects
redaction = ledger.create(article=spoke, number=2, kind="redaction", time=day,
                          salt="C" * 22, content=content("Copy"))
names = {"related": [{"service": "ru", "id": "old", "headline": "Copy"}]}
ledger.create(article=alone, number=1, kind="publish", time=day, salt="D" * 22,
              content={**content("Alone"), "tamizdat": {"section": "law", **names}})
for made_from in (alone, later):  # as it began, and as it stands
    draft = apps.get_model("newsroom", "ArticlePage").objects.get(article=spoke)
    apps.get_model("wagtailcore", "Revision").objects.create(
        content_type=draft.content_type, base_content_type=draft.content_type,
        object_id=str(draft.pk), created_at=day, object_str="Old",
        content={"article": spoke.pk, "source": made_from.pk})
tasks = apps.get_model("newsroom", "FollowUp").objects
given = {"cause": redaction, "holds": True, "opened": day, "due": day}
tasks.create(article=listened, closed=day, reason="Someone hid there.", **given)
tasks.create(article=alone, **given)

from click.testing import CliRunner
from tamizdat.server.cli import main
for command in (["press", "run"], ["upgrade"]):
    print(CliRunner().invoke(main, command).output.splitlines()[-1])
after = triggers()
changed = [name for name in before if after.get(name) != before[name]]
print(json.dumps({"press": "press_waiting" in before, "changed": changed}))

from tamizdat.newsroom.models import Article, ArticlePage, Release
from tamizdat.press.models import Waiting

from tamizdat.newsroom.models import FollowUp, Origin
print(json.dumps(sorted(Origin.objects.values_list(
    "article__address", "source__address", "of_draft"))))
told = Article.objects.get(service__service_id="en", address="old")
print(json.dumps([
    [one.article.address, one.reason, one.named_only, one.closed is None]
    for one in FollowUp.objects.order_by("pk")]))
print(json.dumps({
    "address": told.address, "headline": told.headline, "number": told.number,
    "material": told.material, "page": told.page.title,
    "draft": told.page.revisions.get().as_object().article_id == told.pk,
    "stale": [a.service.service_id for a in Article.objects.stale()],
    "ledger": list(told.releases.order_by("number").values_list("kind", flat=True)),
}))
told.releases.create(number=4, kind="minor", salt="B" * 22, content={},
                     time=datetime(2026, 11, 5, tzinfo=UTC))
print(Waiting.objects.count())
try:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE newsroom_release SET note = 'changed'")
except Exception as error:
    print(error)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give what a newsroom of those days said, one line each, while it went along."""
    home = tmp_path_factory.mktemp("old") / "home"
    make_home(home, _ORGANISATION, "127.0.0.1", 8300)
    return _run(home, _SCRIPT)


def test_triggers_outlive_tables_made_anew(told: list[str]) -> None:
    """What guards the ledger and tells the press stands after later migrations."""
    assert {"press": True, "changed": []} == json.loads(told[2])


def test_press_refuses_an_older_newsroom_until_it_is_brought_up_to_date(
    told: list[str],
) -> None:
    """One line with what to do, in place of errors of the database without end."""
    assert told[0].startswith("Error: the database lacks ")
    assert told[0].endswith(": bring it up to date: tamizdat upgrade")
    assert "The database is up to date." == told[1]


def test_ledger_of_an_older_newsroom_is_carried_on(told: list[str]) -> None:
    """Articles, drafts, lineage and triggers stand as if they had been made today."""
    *_told, origins, tasks, ledger, waiting, refusal = told

    assert json.loads(origins) == [
        ["later", "old", False],
        ["old", "alone", False],
        ["old", "later", True],
        ["old", "old", False],
    ]
    assert json.loads(tasks) == [
        ["old", "typed", False, False],
        ["alone", "", True, True],
        ["later", "begun-after", False, False],
    ]

    assert json.loads(ledger) == {
        "address": "old",
        "headline": "Third",
        "number": 3,
        "material": 2,
        "page": "Old",
        "draft": True,
        "stale": ["ru"],
        "ledger": ["publish", "correction", "minor"],
    }
    assert "3" == waiting
    assert "the ledger is append-only" == refusal


_ORGANISATION = Organisation("demo.tamizdat.example", "Demo Press", 2026)


def _run(home: Path, script: str) -> list[str]:
    settings = {"TAMIZDAT_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    settings["DJANGO_SETTINGS_MODULE"] = "tamizdat.server.settings"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=kept | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout.splitlines()
