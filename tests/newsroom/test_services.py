# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Language services: 27 are one command away, and the next one is a file."""

import json
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import wagtail.admin
from click.testing import CliRunner, Result
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from patience import PATIENT
from tamizdat.edition import catalogues, headings
from tamizdat.edition.documents import read_document
from tamizdat.edition.headings import heading, tags, text_of
from tamizdat.edition.languages import script
from tamizdat.edition.stories import Service
from tamizdat.newsroom import actions, service_commands
from tamizdat.newsroom.documents import service_document
from tamizdat.newsroom.models import ServicePage


def run(*words: str) -> Result:
    """Give a command of `tamizdat service` in the newsroom of the tests."""
    return CliRunner().invoke(service_commands.service, words)


def listed() -> dict[str, dict[str, object]]:
    """Read `service list --json`, by id."""
    rows = json.loads(run("list", "--json").output)
    return {row["id"]: row for row in rows}


@pytest.mark.lab(one_in=9)
@pytest.mark.parametrize("tag", tags())
def test_language_is_switched_on_with_one_word(db: None, tag: str) -> None:
    """Name, sections, bio, zone, calendar and direction come from the file."""
    answer = run("add", tag)
    head, page = heading(tag), ServicePage.objects.get()
    read = read_document(json.dumps(service_document(page)).encode(), "line 1")

    assert 0 == answer.exit_code, answer.output
    assert isinstance(read, Service)
    assert (tag.lower(), tag) == (read.id, read.language)
    assert head.direction == read.direction
    assert (head.zone, head.calendar) == (read.time_zone, read.calendar)
    assert (head.date_style, head.territories) == (read.date_style, read.territories)
    assert settings.TAMIZDAT.organisation.name in read.name
    assert read.bio
    assert 5 == len(read.sections)
    assert head.script == page.script


def test_other_name_of_a_language_is_the_path(db: None) -> None:
    """Dari is opened as prs, and written as fa-AF."""
    run("add", "prs")
    page = ServicePage.objects.get()

    assert ("prs", "fa-AF") == (page.service_id, page.language)
    assert ("Asia/Kabul", "persian") == (page.time_zone, page.calendar)


def test_other_name_of_a_language_is_written_as_its_file(db: None) -> None:
    """One language has one tree of pages, whatever name it was asked by."""
    run("add", "afghanistan", "--language", "prs")
    run("add", "serbia", "--language", "sr")
    run("add", "cyrillic", "--language", "sr-Cyrl", "--name", "Вести")

    assert {"afghanistan": "fa-AF", "serbia": "sr-Latn", "cyrillic": "sr-Cyrl"} == dict(
        ServicePage.objects.values_list("service_id", "language")
    )


def test_options_say_otherwise(db: None) -> None:
    """An editor decides, a file only begins."""
    answer = run(
        *("add", "ru", "--name", "Мир", "--time-zone", "Europe/Riga"),
        *("--date-style", "full", "--territories", "RU,LV", "--bio", "О мире"),
        *("--section", "world:Мир", "--calendar", "persian", "--direction", "rtl"),
    )
    page = ServicePage.objects.get()

    assert 0 == answer.exit_code, answer.output
    assert ("Мир", "Europe/Riga", "full") == (
        page.title,
        page.time_zone,
        page.date_style,
    )
    assert ("RU,LV", "О мире", "persian") == (page.territories, page.bio, page.calendar)
    assert "rtl" == page.direction
    assert ["world"] == [section.section_id for section in page.sections.all()]


def test_language_without_a_file_needs_its_tag_and_a_name(db: None) -> None:
    """A word that no file has is no language by itself."""
    refused = run("add", "ku")
    opened = run("add", "ku", "--language", "ku", "--name", "Nûçe")

    assert "Error: language: no language file has this name: ku\n" == refused.output
    assert 1 == refused.exit_code
    assert 0 == opened.exit_code, opened.output
    assert "UTC" == ServicePage.objects.get().time_zone


def test_two_services_write_one_language(db: None) -> None:
    """A paper for Belarus in Russian stands beside the one for Russia."""
    run("add", "ru")
    answer = run("add", "ru-belarus", "--language", "ru", "--territories", "BY")

    assert 0 == answer.exit_code, answer.output
    assert {"ru", "ru-belarus"} == set(
        ServicePage.objects.values_list("service_id", flat=True)
    )
    assert 1 == Locale.objects.filter(language_code="ru").count()


def test_list_holds_what_is_open_and_what_is_ready(db: None) -> None:
    """Every language can be seen, with how much of it anybody has reviewed."""
    run("add", "ba")
    rows = listed()
    messages = len(tags()) and rows["en"]["strings"]["reviewed"]

    assert len(tags()) == len(rows)
    assert {"ba"} == {key for key, row in rows.items() if row["state"] == "open"}
    assert {
        "id": "ba",
        "name": f"{settings.TAMIZDAT.organisation.name} башҡортса",
        "language": "ba",
        "direction": "ltr",
        "script": "Cyrl",
        "territories": ["RU-BA"],
        "strings": {"reviewed": 0, "draft": messages},
        "state": "open",
        "released": 0,
        "drafts": 0,
    } == rows["ba"]
    assert 0 == rows["en"]["strings"]["draft"]
    assert ("rtl", "Arab") == (rows["ps"]["direction"], rows["ps"]["script"])


def test_languages_and_countries_are_counted(
    db: None, editor: object, client: Client
) -> None:
    """Two Russian papers are one language, Bashkortostan and Russia one country."""
    run("add", "ru")
    run("add", "ru-belarus", "--language", "ru", "--territories", "BY")
    run("add", "ba")
    run("add", "uz-cyrl", "--language", "uz-Cyrl", "--name", "Хабар")
    client.force_login(editor)
    home = client.get("/admin/").content.decode()

    assert run("list").output.endswith("Open: 3 languages in 3 countries.\n")
    assert "3 languages in 3 countries." in home


def test_service_is_opened_on_the_home_page(
    db: None, editor: User, client: Client
) -> None:
    """One press does what the command does, and leads to the form."""
    client.force_login(editor)
    offered = client.get("/admin/").content.decode()
    answer = client.post("/admin/services/open/", {"language": "fa-AF"})
    page = ServicePage.objects.get()

    assert '<option value="fa-AF">Dari – دری</option>' in offered
    assert f"/admin/pages/{page.pk}/edit/" == answer["Location"]
    assert ("fa-af", "fa-AF", "rtl") == (
        page.service_id,
        page.language,
        page.direction,
    )
    assert '<option value="fa-AF">' not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("language", ["", "klingon", "en"])
def test_service_that_cannot_be_opened_is_told(
    english: ServicePage, editor: User, client: Client, language: str
) -> None:
    """A language without a file, or a path that is taken, opens nothing."""
    client.force_login(editor)
    answer = client.post("/admin/services/open/", {"language": language}, follow=True)

    assert 1 == ServicePage.objects.count()
    assert 'class="error"' in answer.content.decode()


def test_service_is_opened_by_nobody_else(db: None, client: Client) -> None:
    """Who holds a role in a service may not open another."""
    account = get_user_model().objects.create_user("reporter", is_staff=True)
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(account)

    assert "Open a service in" not in client.get("/admin/").content.decode()
    answer = client.post("/admin/services/open/", {"language": "ba"})

    assert "/admin/" == answer["Location"]
    assert not ServicePage.objects.exists()


@pytest.mark.parametrize("code", ["Russia", "ru", "EU", "ZZ", "RU-BASH", "RU_BA"])
def test_territory_that_is_no_code_is_refused(db: None, code: str) -> None:
    """The message says what a code looks like."""
    answer = run("add", "ru", "--territories", code)

    assert 1 == answer.exit_code
    assert f"--territories: “{code}” is no code of ISO 3166" in answer.output


def test_notice_that_fits_on_no_page_is_refused(db: None) -> None:
    """It stands on every page of readers, and says so where it is typed."""
    assert 0 == run("add", "en").exit_code
    made = ServicePage.objects.get()
    made.notice_designation, made.notice_paragraphs = "Banned", "ж" * 2_600
    with pytest.raises(ValidationError, match="At most 5000 bytes fit on its page"):
        made.full_clean()


def test_kosovo_is_a_territory(db: None) -> None:
    """XK is not in ISO 3166, and no Albanian newsroom can do without it."""
    assert 0 == run("add", "sq").exit_code
    assert "AL, XK" == ServicePage.objects.get().territories


def test_words_that_are_wrong_are_named_with_their_line(tmp_path: Path) -> None:
    """An editor of a language file learns where to look."""
    bad = tmp_path / "ba.po"
    text = text_of("ba").replace(": {date}", ": {day}")  # the Bashkir alone
    bad.write_text(text, "utf-8")
    answer = run("check", str(bad))

    assert 1 == answer.exit_code
    assert 4 == len(answer.stderr.splitlines())
    assert answer.stderr.startswith("ba.po:")
    assert "see_correction: expected {date}" in answer.stderr
    assert 0 == run("check").exit_code


@pytest.fixture
def language_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the language files of an installation, to be broken."""
    shutil.copytree(str(headings.FOLDER), tmp_path / "words")
    with monkeypatch.context() as patch:
        patch.setattr(headings, "FOLDER", tmp_path / "words")
        yield tmp_path / "words"
    _read_anew()


def _read_anew() -> None:
    names = headings._names  # noqa: SLF001 (keeps what it read, as the others do)
    for reader in (heading, headings.find, names, catalogues.catalogue, script):
        reader.cache_clear()


def test_broken_language_files_are_named_and_the_others_go_on(
    db: None, language_files: Path
) -> None:
    """One lacks a line that may be absent, one a line that may not, one is no UTF-8."""
    run("add", "hy")
    for tag, line in (("ba", "X-Fallback"), ("hy", "X-Name")):
        lines = text_of(tag).splitlines()
        kept = [one for one in lines if not one.startswith(f'"{line}:')]
        (language_files / f"{tag}.po").write_text("\n".join(kept), "utf-8")
    (language_files / "az.po").write_bytes(b"\n# \xff\n")
    _read_anew()
    answer = run("list", "--json")
    rows = {row["id"]: row["state"] for row in json.loads(answer.stdout)}

    assert [
        "az.po:2: expected UTF-8, found 0xff",
        "ba.po:1: X-Fallback: expected en in the last place",
        "hy.po:1: expected a line X-Name in the head",
    ] == answer.stderr.splitlines()
    assert 1 == answer.exit_code
    assert "open" == rows.pop("hy")
    assert {*map(str.lower, tags())} - {"az", "ba", "hy"} == {*rows}
    assert "Open: 1 language" in run("list").stdout
    assert run("add", "ba").output.startswith("Error: ba.po:1: X-Fallback")


@pytest.mark.parametrize("tag", tags())
def test_django_can_name_every_language(db: None, tag: str) -> None:
    """A tree of Wagtail for a language that Django does not know has a name."""
    locale = (
        Locale.objects.create(language_code=tag)
        if tag != "en"
        else (Locale.objects.get(language_code="en"))
    )

    assert heading(tag).name == locale.get_display_name()
    assert locale.language_name
    assert locale.language_name_local
    assert (heading(tag).direction == "rtl") == locale.is_bidi


def test_admin_is_offered_in_languages_that_wagtail_speaks() -> None:
    """Elsewhere an editor chooses English or Russian."""
    offered = [tag for tag, _ in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
    place = Path(wagtail.admin.__file__).parent / "locale"

    assert ["en", "ru"] == offered[:2]
    assert set(offered) <= {path.name for path in place.iterdir()}


TAGS = ("ba", "prs", "ps", "cnr", "crh", "ce")  # no language of Django's
SPOKEN = ("ru", "fa", "en")
IN_TURN = tuple(zip(TAGS, SPOKEN * 2, strict=True))


@pytest.mark.parametrize(
    ("tag", "language"), [*product(TAGS, SPOKEN)] if PATIENT else IN_TURN
)
def test_admin_works_in_the_language_of_the_editor(
    db: None, client: Client, tag: str, language: str
) -> None:
    """No page of the desk breaks where Django does not know a service's language."""
    run("add", tag)
    account = get_user_model().objects.create_superuser("editor")
    UserProfile.objects.create(user=account, preferred_language=language)
    client.force_login(account)
    service = ServicePage.objects.get()
    article = actions.create_article(service, "H", [], account, section="world")
    shown = [
        "/admin/",
        "/admin/account/",
        f"/admin/pages/{service.pk}/",
        f"/admin/pages/{service.pk}/edit/",
        f"/admin/pages/{article.pk}/edit/",
        f"/admin/pages/add/newsroom/articlepage/{service.pk}/",
    ]
    for address in shown:
        answer = client.get(address)

        assert 200 == answer.status_code, address
        assert f'lang="{language}"' in answer.content.decode()


def test_byline_in_one_line_is_written_as_the_language_lists(
    db: None, editor: object
) -> None:
    """The names of two authors are joined as their readers would."""
    from tamizdat.newsroom.documents import article_content  # noqa: PLC0415

    run("add", "ru")
    rows = [{"name": "Репортёр"}, {"name": "Редакция"}]
    article = actions.create_article(
        ServicePage.objects.get(), "Н", [], editor, bylines=rows, section="world"
    )

    assert "Репортёр и Редакция" == article_content(article)["by"]


def test_unknown_word_is_no_service(db: None) -> None:
    """The verb refuses what the command refuses."""
    with pytest.raises(ValidationError, match="no language file has this name"):
        actions.create_service("klingon")
