"""The words of the editors' site in other languages: whole, and fitting."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf.locale import __file__ as django_locales
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override, pgettext

from tamizdat.newsroom.catalogues import PACKAGE
from tamizdat.newsroom.isolates import isolated
from tamizdat.server import tongues
from words.extraction import (
    DRAFT,
    LANGUAGES,
    ROOMS,
    SOURCE,
    SOURCES,
    THEIRS,
    catalogue_path,
    read_catalogue,
    wanted,
    write_catalogue,
)

_GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w[^>]*>|https?://|T\d\d:\d\d")
_TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
_SAYING = {"alt", "aria-label", "placeholder", "title"}  # attributes
_UNSEEN = {"code", "script", "style", "svg"}
_MARKED = re.compile(
    r"{% (blocktranslate|comment|block bodyclass)\b.*?{% end(?:\1|block) %}", re.DOTALL
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_NAMES = {"px", "UTC", "Tamizdat", "doctype", "html"}  # the same in every language


def _keys(messages: Any) -> set[tuple[str | None, Any]]:
    return {(m.context, m.id) for m in messages if m.id}


def _forms(message: Message) -> tuple[str, ...]:
    one = message.string
    return (one,) if isinstance(one, str) else tuple(one)


@pytest.fixture(scope="module", params=SOURCES)
def source(request: pytest.FixtureRequest) -> str:
    """One room that speaks to editors, or one list of what Wagtail says to them."""
    source: str = request.param
    return source


def test_every_language_says_everything_and_nothing_else(source: str) -> None:
    """Each message has words in each catalogue, and none is there that nobody says.

    Of what Wagtail says, a language has just what Wagtail lacks in it.
    """
    for language in LANGUAGES:
        said, catalogue = wanted(source, language), read_catalogue(source, language)
        empty = [m.id for m in catalogue if m.id and not all(_forms(m))]

        assert (set(), set(), []) == (
            _keys(said) - _keys(catalogue),
            _keys(catalogue) - _keys(said),
            empty,
        ), f"{source} {language}: run tests/words/extraction.py, then translate"


def test_values_have_their_place_in_every_translation(source: str) -> None:
    """Gaps, marks and addresses of the English stand in each form, as often."""
    for language in LANGUAGES:
        for message in read_catalogue(source, language):
            if not message.id:
                continue
            english = message.id[-1] if message.pluralizable else message.id
            for form in _forms(message):
                assert sorted(_GAP.findall(english)) == sorted(_GAP.findall(form)), (
                    f"{source} {language}: {message.id!r}"
                )


def test_plurals_are_djangos_own(source: str) -> None:
    """So that Django keeps our words below its own, and counts both alike."""
    for language in LANGUAGES:
        place = Path(django_locales).parent / language / "LC_MESSAGES" / "django.po"
        with place.open("rb") as file:
            theirs = read_po(file)

        assert theirs.plural_forms == read_catalogue(source, language).plural_forms


def test_catalogues_are_written_as_the_tool_writes_them(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each says that it is a draft; the tool changes nothing where nothing changed."""
    kept = {one: catalogue_path(source, one).read_text("utf-8") for one in LANGUAGES}
    monkeypatch.setattr("words.extraction.SOURCE", tmp_path)
    for language, text in kept.items():
        path = catalogue_path(source, language)
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        write_catalogue(source, language, read_catalogue(source, language))

        assert text.startswith(DRAFT)
        assert text == path.read_text(encoding="utf-8")


class _Seen(HTMLParser):
    """Gathers what a page says: its text, and attributes that are read out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        for name, value in attrs:
            if name in _SAYING:
                self.words += _WORD.findall(value or "")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not _UNSEEN & set(self._inside):
            self.words += _WORD.findall(data)


def _bare(room: str) -> Iterator[tuple[str, str]]:
    for path in sorted((SOURCE / room).rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for word in _Seen(_TAGS.sub("", _MARKED.sub("", text))).words:
            if word not in _NAMES:
                yield path.name, word


@pytest.mark.parametrize("room", ROOMS)
def test_templates_show_no_words_that_nobody_can_translate(room: str) -> None:
    """Between the tags of our templates stands no English."""
    found = list(_bare(room))

    assert [] == found, found


def test_languages_are_those_that_wagtail_has_some_of() -> None:
    """An editor may choose them; there is a catalogue for each but English."""
    assert sorted(("en", *LANGUAGES)) == sorted(tongues.ADMIN)


def test_words_come_straight_from_the_catalogues() -> None:
    """Nothing is compiled: what people write is what Django says, plurals included."""
    with override("ru"):
        assert "Зеркала" == gettext("Mirrors")
        assert "Отменить" == pgettext("a release", "Undo")
        three = ngettext("Pasted: %d block.", "Pasted: %d blocks.", 3) % 3
        assert "Вставлено: 3 блока." == three
    with override("fa"):
        assert "تیتر" == gettext("Headline")
        assert "سطح دسترسی" == gettext("Access level")  # which Wagtail lacks
    with override("en"):
        assert "Headline" == gettext("Headline")


def test_words_of_ours_change_none_of_django(client: Any) -> None:
    """A word that Django or Wagtail has too stays theirs."""
    del client
    with override("ru"):
        assert "Май" == gettext("May")
        assert "Отмена изменения" == gettext("Undo")


def test_names_are_kept_apart_from_sentences_that_run_the_other_way() -> None:
    """Isolates stand round what runs against the sentence, and nowhere else."""
    with override("fa"):
        assert "\u2068Anna\u2069" == isolated("Anna")
        assert "\u20682026-11-26\u2069" == isolated("2026-11-26")
        assert "تبریز" == isolated("تبریز")
    with override("en"):
        assert ["Anna", "12"] == [isolated("Anna"), isolated(12)]
        assert "\u2068تبریز\u2069" == isolated("تبریز")


def test_wagtail_is_asked_first_for_all_its_words(client: Any) -> None:
    """Every other app that has words of its own is among those that count before us."""
    del client
    others = {
        app.name
        for app in apps.get_app_configs()
        if Path(app.path, "locale").exists() and not app.name.startswith(PACKAGE)
    }

    assert others | {"django"} == set(THEIRS)


@pytest.mark.django_db
def test_an_editor_who_chose_persian_is_told_in_persian(admin_client: Any) -> None:
    """The page is Persian, from right to left, and says what is wrong in Persian."""
    account = admin_client.get(reverse("wagtailadmin_home")).wsgi_request.user
    from wagtail.users.models import UserProfile  # noqa: PLC0415 (Django first)

    profile = UserProfile.get_for_user(account)
    profile.preferred_language = "fa"
    profile.save()
    script = admin_client.get(reverse("wagtailadmin_javascript_catalog"))
    words = script.content.decode()
    assert json.dumps("بستن همه") in words  # which Wagtail lacks
    assert words.count('"Actions":') == 1
    assert json.dumps(["%(num)s خطا", "%(num)s خطا"]) in json.dumps(
        json.loads(words.split("newcatalog = ")[1].split(";\n")[0])
    )
    page = admin_client.get(reverse("mirrors")).content.decode()

    assert 'dir="rtl"' in page
    assert "به آینه هیچ اعتمادی نیست." in page
