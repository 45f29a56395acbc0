"""The front page desk: every button is a form that works without a script."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from again import made_again
from newsroom.article_form import form
from tamizdat.newsroom import actions
from tamizdat.newsroom.front import arranging, breaking
from tamizdat.newsroom.front.layout import Layout, Pin
from tamizdat.newsroom.front.preview import front_html
from tamizdat.newsroom.models import Arrangement, Article, Offer, ServicePage
from tamizdat.press.actions import print_released
from tamizdat.press.archive import Archive
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]
SLOT = re.compile(r'name="slot" value="([^"]*)"')
NAMES = ("Alpha", "Beta", "Gamma", "Delta")


class Form:
    """The form of a front page, as a browser holds it."""

    def __init__(self, client: Client, service: str) -> None:
        self._client = client
        self.place = reverse("front_desk", args=(service,))
        self.text = client.get(self.place).content.decode()

    @property
    def slots(self) -> list[str]:
        """Read its slots, in their order."""
        return SLOT.findall(self.text)

    def press(self, do: str, **more: Any) -> Any:
        """Press a button, with all that the form holds."""
        base = re.search(r'name="base" value="(\d+)"', self.text)
        proposal = re.search(r'name="proposal" value="(\d+)"', self.text)
        assert base
        assert proposal
        fields = {"base": base[1], "proposal": proposal[1], "slot": self.slots}
        answer = self._client.post(
            self.place, {**fields, "do": do, **more}, follow=True
        )
        self.text = answer.content.decode()
        return answer

    @property
    def said(self) -> str:
        """Read what the last press did."""
        found = re.search(r'role="status">([^<]*)<', self.text)
        assert found
        return found[1]


@pytest.fixture
def stories(english: Any, editor: Any) -> list[Article]:
    """Give four released stories, the last one the newest."""
    made_again(f"front page of {english.pk}", lambda: _release(english, editor))
    english.refresh_from_db()  # it counts its pages
    return [Article.objects.get(headline=name) for name in NAMES]


def _release(english: Any, editor: Any) -> None:
    for number, name in enumerate(NAMES):
        page = actions.create_article(english, name, BODY, editor, section="law")
        time = datetime.now(UTC) - timedelta(hours=9 - number)
        actions.publish_article(page, editor, time=time)


def test_page_is_arranged_by_buttons_alone(
    desk: Client, english: Any, stories: list[Article]
) -> None:
    """Each says what it did and where the keyboard goes on; saving alone keeps it."""
    alpha, beta, gamma, _delta = (story.pk for story in stories)
    form = Form(desk, "en")
    assert [] == form.slots

    form.press(f"add:{alpha}", into="")
    form.press(f"add:{beta}", into="")
    form.press(f"add:{gamma}", into="law")
    assert [f":{alpha}", f":{beta}", f"law:{gamma}"] == form.slots

    form.press(f"up:{beta}")
    assert "“Beta”: place 1 of 2 in Lead." == form.said
    assert f'id="down-{beta}" autofocus' in form.text

    form.press(f"to:{alpha}", **{f"target-{alpha}": "law"})
    assert [f":{beta}", f"law:{gamma}", f"law:{alpha}"] == form.slots

    form.press(f"remove:{gamma}")
    assert "“Gamma” is off the page." == form.said
    assert not Arrangement.objects.exists()

    form.press("save")
    kept = arranging.layout_of(arranging.newest(english))
    assert [beta, alpha] == kept.articles
    assert "Arrangement 1 is on the page" in form.text


def test_second_editor_sees_both_and_loses_nothing(
    desk: Client, english: Any, stories: list[Article]
) -> None:
    """Whoever comes second is told what the first one did, and may put theirs on."""
    colleague = get_user_model().objects.create_superuser("colleague")
    form = Form(desk, "en")
    form.press(f"add:{stories[0].pk}", into="")
    theirs = Layout({"": (Pin(stories[1].pk),)})
    arranging.arrange(english, theirs, colleague, base=0, now=datetime.now(UTC))
    form.press("save")

    assert "somebody was faster" in form.text
    assert "colleague" in form.text
    assert "“Beta” put at Lead 1" in form.text
    assert "“Beta” taken off (was Lead 1)" in form.text
    assert [f":{stories[0].pk}"] == form.slots

    form.press("save")

    newest = arranging.newest(english)
    assert [stories[0].pk] == arranging.layout_of(newest).articles
    assert not Arrangement.objects.proposals().exists()


def test_what_cannot_stand_is_refused_and_the_form_keeps_it(
    desk: Client, stories: list[Article]
) -> None:
    """A pin in the past, a story twice, one taken back: said in words."""
    alpha = stories[0].pk
    form = Form(desk, "en")
    form.press(f"add:{alpha}", into="")
    form.press("save", **{f"until-{alpha}": "2020-01-01T00:00"})
    assert "ends in the past" in form.said
    assert [f":{alpha}"] == form.slots

    form.press("save", slot=[f":{alpha}", f"law:{alpha}"])
    assert "stands twice" in form.said

    form.press("save", slot=["law:zwölf"])
    assert "not as it was sent" in form.said

    form.press("save", slot=[f":{alpha}"], **{f"until-{alpha}": "evening"})
    assert "“evening” is no hour" in form.said

    actions.publish_article(stories[0].page, None, "retraction", "Wrong.")
    form.press("save", slot=[f":{alpha}"])
    assert "taken back" in form.said
    assert not Arrangement.objects.exists()


def test_stories_are_found_by_words_of_their_headline(
    desk: Client, stories: list[Article]
) -> None:
    """The newest stand first; what has its place is not offered again."""
    form = Form(desk, "en")
    offered = re.findall(r'id="add-(\d+)"', form.text)
    assert [str(story.pk) for story in reversed(stories)] == offered

    form.press("search", q="gam")
    assert [str(stories[2].pk)] == re.findall(r'id="add-(\d+)"', form.text)

    form.press(f"add:{stories[2].pk}", q="gam", into="")
    assert "No released story of this service has these words." in form.text


def test_page_is_for_those_who_may_arrange_it(
    client: Client, english: Any, stories: list[Article]
) -> None:
    """A reporter of the service sees no desk; nobody sees a page that is not there."""
    account = get_user_model().objects.create_user("reporter")
    account.groups.add(english.roles.get(role="reporter").group)
    client.force_login(account)
    for name in ("front_desk", "front_frozen", "front_history"):
        assert 302 == client.get(reverse(name, args=("en",))).status_code
    assert 404 == client.get(reverse("front_desk", args=("xx",))).status_code


def test_history_says_who_did_what_and_puts_it_back(
    desk: Client, english: Any, stories: list[Article]
) -> None:
    """Every arrangement stays; putting one back makes another."""
    form = Form(desk, "en")
    form.press(f"add:{stories[0].pk}", into="")
    form.press("save")
    form.press(f"remove:{stories[0].pk}")
    form.press("save")
    told = desk.get(reverse("front_history", args=("en",))).content.decode()

    assert "“Alpha” put at Lead 1" in told
    assert "“Alpha” taken off (was Lead 1)" in told
    assert "editor" in told

    back = {"number": "1", "base": "2"}
    desk.post(reverse("front_put_back", args=("en",)), back)

    assert [stories[0].pk] == arranging.layout_of(arranging.newest(english)).articles
    assert 3 == arranging.newest(english).number


def _release_more(service: Any, editor: Any, now: datetime) -> None:
    for number in range(14):
        page = actions.create_article(
            service, f"More {number}", BODY, editor, section="society"
        )
        actions.publish_article(page, editor, time=now - timedelta(minutes=number + 1))


def test_preview_is_what_the_press_prints(
    desk: Client, english: Any, editor: Any, stories: list[Article], tmp_path: Any
) -> None:
    """Byte for byte, with what breaks, what is retracted and what has a place."""
    now = datetime.now(UTC).replace(microsecond=0)
    _release_more(english, editor, now)
    breaking.begin(stories[1], editor, now + timedelta(hours=1), now)
    layout = Layout({"": (Pin(stories[0].pk),), "law": (Pin(stories[3].pk),)})
    arranging.arrange(english, layout, editor, base=0, now=now)
    actions.publish_article(stories[2].page, None, "retraction", "Wrong.")
    new_organisation(tmp_path / "keys", "press.example", ["en"], now)
    press = Press(Archive(tmp_path / "archive"), tmp_path / "keys")
    later = now + timedelta(seconds=90)
    print_released(press, tmp_path, lambda: later, lambda _edition: None)
    printed = (press.archive.root / "en/index.html").read_bytes()

    assert printed == front_html(english, layout)
    place = reverse("front_frozen", args=("en",))
    slots = [f":{stories[0].pk}", f"law:{stories[3].pk}"]
    answer = desk.get(place, {"slot": slots})
    assert printed == answer.content
    assert "SAMEORIGIN" == answer["X-Frame-Options"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]

    preview = reverse("front_preview", args=("en",))
    shown = desk.post(preview, {"slot": slots, "base": "1"}).content.decode()
    assert ["320", "640", "960", "1280"] == re.findall(
        r'<iframe[^>]* width="(\d+)"', shown
    )


def test_breaking_news_is_set_and_ended_at_its_page(
    desk: Client, persian: Any, stories: list[Article]
) -> None:
    """The home page shows it to all, and the offer to those who may answer."""
    story = stories[0]
    place = reverse("breaking_story", args=(story.pk,))
    refused = desk.post(place, {"do": "begin", "hours": "25"}, follow=True)
    assert "a whole number from 1 to 24" in refused.content.decode()

    desk.post(place, {"do": "begin", "hours": "2"})
    home = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "data-until" in home
    assert "Not for us" in home

    offer = Offer.objects.get()
    where = reverse("breaking_answer", args=(offer.pk,))
    answer = desk.post(where, {"choice": "translate"})
    draft = persian.articles.get().page
    assert reverse("wagtailadmin_pages:edit", args=(draft.pk,)) == answer["Location"]
    assert (story, "translated") == (draft.source, draft.relation)
    assert 0 == draft.article.number

    again = desk.post(where, {"choice": "not-for-us"}, follow=True).content.decode()
    assert "was faster and chose “translate”" in again

    desk.post(place, {"do": "end"})
    story.refresh_from_db()
    assert story.breaking_until is None


def test_put_on_our_front_leads_to_the_desk_and_keeps_nothing(
    desk: Client, english: Any, persian: Any, editor: Any, stories: list[Article]
) -> None:
    """The service's own version leads in the form; somebody has to put it there."""
    page = actions.create_article(
        persian,
        "سرتیتر",
        BODY,
        editor,
        source=stories[0],
        relation="translated",
        section="society",
    )
    actions.publish_article(page, editor)
    now = datetime.now(UTC)
    breaking.begin(stories[0], editor, now + timedelta(hours=1), now)
    offer = Offer.objects.get(service=persian)
    where = reverse("breaking_answer", args=(offer.pk,))
    fields = {"choice": "front", "never": "1"}
    shown = desk.post(where, fields, follow=True).content.decode()

    assert [f":{page.article_id}"] == SLOT.findall(shown)
    assert not Arrangement.objects.exists()
    assert [english] == [row.source for row in persian.opted_out.all()]
    row = persian.opted_out.get()
    desk.post(reverse("breaking_opt_in"), {"opt_out": row.pk})
    assert not persian.opted_out.exists()


def test_publishing_the_same_words_as_breaking_news_is_said(
    desk: Client, stories: list[Article]
) -> None:
    """No release, and the editor is told what happened instead."""
    page = stories[0].page
    place = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    same = form(title="Alpha", section="law", breaking="on")
    fields = {**same, "next_kind": "update", "action-publish": "1"}
    told = desk.post(place, fields, follow=True).content.decode()

    assert "The story is breaking news now." in told
    stories[0].refresh_from_db()
    assert (1, True) == (stories[0].number, stories[0].breaking_until is not None)


def test_history_goes_back_to_the_first_arrangement(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    """Fifty on a page, each once, and none after the first."""
    time = datetime.now(UTC)
    Arrangement.objects.bulk_create(
        Arrangement(service=english, number=n, time=time, actor=editor)
        for n in range(1, 121)
    )
    place, numbers, query = reverse("front_history", args=("en",)), [], {}
    while query is not None:
        context = desk.get(place, query).context
        numbers += [row.number for row, _told in context["rows"]]
        query = {"before": context["older"]} if context["older"] else None

    assert list(range(120, 0, -1)) == numbers
