"""In a newsroom with nothing in it every board opens, and says what it is for."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from tamizdat.newsroom.models import ServicePage

OF_ALL = {  # what each says where there is no service
    "wagtailadmin_home": "No language service yet.",
    "wagtailadmin_explore_root": "the home page opens one",
    "newsroom_calendar": "the home page opens one",
    "front_pages": "the home page opens one",
    "newsroom_log": "Who did what when.",
    "newsroom_search": "What services release, and the drafts of yours",
    "stale": "whoever translated has followed",
    "followups": "whoever has to follow has followed",
    "breaking_news": "Nothing breaks.",
    "mirrors": "so there is nothing to print",
    "wagtailimages:index": "Why not",
    "wagtailsnippets_newsroom_person:list": "Why not",
    "wagtailsnippets_newsroom_tag:list": "typed into an article",
    "wagtailsnippets_newsroom_place:list": "typed into an article",
    "wagtailsnippets_newsroom_attachment:list": "brought in where they are used",
}

SAYING = ("alt", "aria-label", "placeholder", "title")  # attributes
UNSEEN = ("code", "kbd", "option", "script", "style", "svg")
# The same in every language; two words stand bare in Wagtail's own templates: the label
# of a header's `Actions`, and a hidden `None`.
NAMES = {
    *("Tamizdat", "Wagtail", "JavaScript", "UTC", "CSV", "XLSX", "Root", "everything"),
    *("Actions", "English", "None", "Reuters", "Esc", "Ctrl", "Alt", "Shift"),
}


@pytest.fixture
def everything(db: None, client: Client) -> Client:
    """Give a browser of somebody who may do everything, and has nothing."""
    client.force_login(get_user_model().objects.create_superuser("everything"))
    return client


def _said(browser: Client, place: str) -> str:
    answer: Any = browser.get(place)

    assert 200 == answer.status_code, place

    return str(answer.content.decode())


def test_every_board_says_what_it_is_for(everything: Client) -> None:
    """Nobody is sent away, and nobody is told of a role that is not missing."""
    said = {name: _said(everything, reverse(name)) for name in OF_ALL}

    assert [] == [name for name, words in OF_ALL.items() if words not in said[name]]
    assert "You have no role" not in said["wagtailadmin_home"]


def test_the_first_service_is_opened_from_the_home_page(everything: Client) -> None:
    """The button leads to the form of a service."""
    home = _said(everything, reverse("wagtailadmin_home"))
    place = reverse("wagtailadmin_pages:add", args=("newsroom", "servicepage", 1))

    assert f'href="{place}"' in home
    assert "New language service" in _said(everything, place)


def test_an_empty_service_says_how_to_begin(
    everything: Client, english: ServicePage
) -> None:
    """Its list of articles, its front page and the history of that."""
    key = english.service_id
    articles = _said(everything, reverse("wagtailadmin_explore", args=(english.pk,)))
    front = _said(everything, reverse("front_desk", args=(key,)))
    history = _said(everything, reverse("front_history", args=(key,)))

    assert "No article stands here yet." in articles
    assert "What is published appears here." in front
    assert "Nobody has arranged this page yet." in history


def test_a_language_is_chosen_without_a_name(everything: Client) -> None:
    """Whoever came by a link has neither name nor mail, and reads another language."""
    chosen = {"preferred_language": "fa", "current_time_zone": ""}
    looks = {"theme": "system", "density": "default", "contrast": "system"}
    names = {"first_name": "", "last_name": "", "email": ""}
    typed = {
        f"{panel}-{name}": value
        for panel, fields in (
            ("name_email", names),
            ("locale", chosen),
            ("theme", looks),
        )
        for name, value in fields.items()
    }
    everything.post(reverse("wagtailadmin_account"), typed)

    assert "fa" == UserProfile.objects.get().preferred_language


def test_who_may_everything_searches_pages_too(everything: Client) -> None:
    """The list has the page at which a site begins, and its mark leads to pages."""
    mark = reverse("wagtailsites:index")

    assert f'href="{mark}"' in _said(everything, reverse("wagtailadmin_pages:search"))
    assert reverse("wagtailadmin_explore_root") == everything.get(mark)["Location"]


def _english(page: str) -> Iterator[str]:
    soup = BeautifulSoup(page, "html.parser")
    for unseen in soup(UNSEEN):
        unseen.decompose()
    said = [
        soup.get_text(" "),
        *(str(t.get(a, "")) for t in soup.find_all() for a in SAYING),
    ]
    for words in said:
        yield from (w for w in re.findall("[A-Za-z]{3,}", words) if w not in NAMES)


@pytest.mark.lab(one_in=2)
@pytest.mark.parametrize("language", ["fa", "ka"])
def test_pages_say_nothing_in_english_to_who_chose_another_language(
    everything: Client, persian: ServicePage, language: str
) -> None:
    """Forms, lists, reports and account, of Wagtail's and of ours."""
    profile = UserProfile.get_for_user(get_user_model().objects.get())
    profile.preferred_language = language
    profile.save()
    add = ("newsroom", "articlepage", persian.pk)
    places = {
        reverse("wagtailadmin_account"),
        reverse("wagtailadmin_pages:add", args=add),
        reverse("wagtailadmin_explore", args=(persian.pk,)),
        reverse("wagtailadmin_pages:history", args=(persian.pk,)),
        reverse("wagtailadmin_pages:usage", args=(persian.pk,)),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailsnippets_newsroom_person:list"),
    }
    said = {place: _said(everything, place) for place in sorted(places)}
    english = {place: [*_english(page)] for place, page in said.items()}

    assert {} == {place: words for place, words in english.items() if words}
    # Georgian capitals are for lines of capitals: no sentence begins with one.
    assert {} == {k: v for k, v in said.items() if re.search("[\u1c90-\u1cbf]", v)}
