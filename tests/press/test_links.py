"""The newsroom prints a story anew without a release: the press takes no offence."""

import re
from datetime import timedelta

import pytest

from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ForeignWords, Release
from tamizdat.press.actions import print_released
from tamizdat.press.archive import Archive
from tamizdat.press.keys import new_organisation
from tamizdat.press.models import PrintedEdition, Trouble
from tamizdat.press.run import Press

pytestmark = pytest.mark.django_db
BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]


class Desk:
    """Two services, and a press that prints when it is told to."""

    def __init__(self, folder, now):
        self.now = now.replace(microsecond=0)
        new_organisation(folder / "keys", "press.example", ["en", "fa"], self.now)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self._media = folder

    def print(self):
        """Print what waits; nothing may be in trouble."""
        self.now += timedelta(days=1, hours=1)
        print_released(self.press, self._media, lambda: self.now, lambda _: None)
        assert [] == [trouble.reason for trouble in Trouble.objects.all()]

    def page(self, article):
        """Read the page of an article in the newest edition."""
        folder = self.press.archive.root / article.service.service_id
        return next(folder.rglob(f"{article.address}.html")).read_text()

    def number(self, service):
        """Tell the number of the newest edition of a service."""
        return PrintedEdition.objects.newest()[service.service_id].number


def test_story_is_printed_anew_when_its_links_and_its_service_change(
    tmp_path, english, persian, editor
):
    """A translation comes, the service and the theme change: no new release."""
    source = actions.create_article(english, "First", BODY, editor, section="law")
    actions.publish_article(source, editor)
    first = Release.objects.get(article=source.article)
    desk = Desk(tmp_path, first.time)
    desk.print()
    other = actions.create_article(
        persian,
        "دوم",
        BODY,
        editor,
        source=source.article,
        relation="translated",
        section="society",
    )
    actions.publish_article(other, editor)
    desk.print()
    assert other.address not in desk.page(source)

    english.bio = "Another standing text."
    english.save_revision().publish()
    desk.print()
    assert f"{other.address}.html" in desk.page(source)
    desk.press.state.record_constants("en", "another theme", "another theme")
    desk.print()
    assert 3 == desk.number(english)
    assert 1 == Release.objects.filter(article=source.article).count()


def _translated(folder, source, service, editor):
    """Publish an article and its translation; print both."""
    actions.publish_article(source, editor)
    other = actions.create_article(
        service,
        "First",
        BODY,
        editor,
        source=source.article,
        relation="translated",
        section="law",
    )
    actions.publish_article(other, editor)
    desk = Desk(folder, Release.objects.get(article=other.article).time)
    desk.print()
    return other, desk


def test_reader_is_led_to_the_original_by_the_service_that_told_it(
    tmp_path, english, persian, editor
):
    """The line names the service as it was then, in its language, and links there."""
    source = actions.create_article(persian, "یکم", BODY, editor, section="society")
    other, desk = _translated(tmp_path, source, english, editor)
    page = desk.page(other)
    name = f'<bdi lang="fa">{persian.title}</bdi>'

    assert f"To read the original story by {name}, follow this link: <a href" in page
    (place,) = re.findall(r'<a href="([^"]+)" lang="fa" hreflang="fa" dir="rtl"', page)
    folder = next(
        (desk.press.archive.root / "en").rglob(f"{other.address}.html")
    ).parent
    assert "یکم" in (folder / place).resolve().read_text()

    persian.title = "نامی دیگر"
    persian.save_revision().publish()
    desk.print()
    assert page == desk.page(other)


def test_headline_of_an_original_has_the_languages_that_the_original_names(
    tmp_path, english, persian, editor
):
    """A translator names nothing again; words of the original's own body stay there."""
    headline = "«Gift», «نو» و دیگر هیچ"
    source = actions.create_article(persian, headline, BODY, editor, section="society")
    source.foreign_rows = [
        ForeignWords(words="Gift", language="de"),
        ForeignWords(words="Everyone", language="en"),  # in the body alone
    ]
    source.save_revision()
    other, desk = _translated(tmp_path, source, english, editor)

    assert '«<span lang="de" dir="ltr">Gift</span>», «نو»' in desk.page(other)
