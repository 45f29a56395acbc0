"""The pages of the wire desk: what is shown, to whom, and what one press does."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from newsroom.agency_copy import NOW, keep, source, text, version
from newsroom.conftest import staff
from tamizdat.newsroom.archives import originals
from tamizdat.newsroom.archives.forgetting import ORIGINALS
from tamizdat.newsroom.models import (
    ArticlePage,
    KeptItem,
    Picture,
    SavedSearch,
    ServicePage,
    WireAlert,
    WireUse,
)
from tamizdat.newsroom.sources import polling, verbs
from tamizdat.newsroom.wire_desk import keeping, taking
from tamizdat.wire import parsers

FIRST = ["The council votes on Monday.", "It has nine members.", "Rain is likely."]
SECOND = ["The council votes on Tuesday.", *FIRST[1:]]
MOST_QUERIES = 60


def inbox(client: Client, service: str = "en", **asked: str) -> list[str]:
    """Give the headlines of the inbox, from its top."""
    html = client.get(f"/admin/wire/desk/{service}/", asked).content.decode()
    return re.findall(r'<h3><a [^>]*lang="[^"]*">([^<]*)</a>', html)


def test_desk_without_copy_says_what_to_do(desk: Client, english: ServicePage) -> None:
    """An empty page names the next step."""
    html = desk.get(f"/admin/wire/desk/{english.service_id}/").content.decode()
    assert "tamizdat wire source add" in html

    source(english)
    html = desk.get(f"/admin/wire/desk/{english.service_id}/").content.decode()
    assert "Nothing has come yet" in html


def test_inbox_is_narrowed_by_every_filter(desk: Client, english: ServicePage) -> None:
    """Words, source, agency, state media, language, subject, urgency, time, kind."""
    keep(
        english,
        text("Снег в долине.", guid="1", headline="Снег", provider="TASS",
             language="ru", urgency=2, subjects=("medtop:17000000",)),
        text("The harvest was good.", guid="2", headline="Harvest", provider="AP",
             language="en-GB", urgency=5),
        text("A picture of snow.", guid="3", headline="Picture", type="picture"),
    )  # fmt: skip
    keep(english, text("From elsewhere.", guid="4", headline="Other"), name="other")
    expected = {
        ("q", "снЕГ"): ["Снег"],
        ("q", "harv"): ["Harvest"],
        ("source", "other"): ["Other"],
        ("agency", "AP"): ["Harvest"],
        ("state", "only"): ["Снег"],
        ("language", "en"): ["Harvest"],
        ("subject", "medtop:17000000"): ["Снег"],
        ("urgency", "3"): ["Снег"],
        ("hours", "1"): [],
        ("kind", "picture"): ["Picture"],
        ("kind", "nonsense"): ["Other", "Harvest", "Снег"],
    }
    found = {pair: inbox(desk, **dict([pair])) for pair in expected}

    assert expected == found


def test_newest_version_stands_for_the_others_and_for_those_that_say_the_same(
    desk: Client, english: ServicePage
) -> None:
    """A report is one line, with how many versions there are and how many others."""
    words = [f"Sentence {n} tells of the valley and its old bridge." for n in range(9)]
    keep(english, version(1, words, headline="First"))
    keep(english, version(2, [*words, "More."], headline="Second"))
    keep(english, text(*words, guid="9", headline="Third", provider="dpa"))
    html = desk.get("/admin/wire/desk/en/").content.decode()

    assert ["Third"] == inbox(desk)
    assert "1 other says nearly the same" in html
    assert ["Second"] == inbox(desk, agency="Agency")
    second = KeptItem.objects.get(version="2")
    html = desk.get(f"/admin/wire/desk/en/{second.pk}/").content.decode()
    assert "<ins>" in html
    assert "Third" in html


def test_state_media_are_named_as_such(desk: Client, english: ServicePage) -> None:
    """A reader of the desk sees whose voice it is, in words."""
    keep(english, text("Words.", provider="TASS"))

    assert "state media: Russia<" in desk.get("/admin/wire/desk/en/").content.decode()


def test_rights_and_terms_are_in_view(desk: Client, english: ServicePage) -> None:
    """What an agency allows stands beside what it says."""
    (row,) = keep(english, text("Words.", rights="(c) Agency", usageterms="No web"))
    html = desk.get(f"/admin/wire/desk/en/{row.pk}/").content.decode()

    assert "(c) Agency" in html
    assert "No web" in html


def test_story_is_begun_with_the_paragraphs_that_were_chosen(
    desk: Client, english: ServicePage
) -> None:
    """The form posts without any script; what it leaves out is not used."""
    (row,) = keep(english, version(1, FIRST))
    place = reverse("wire_begin", args=("en", row.pk))
    begun = desk.post(place, {"choose": "1", "block": ["0", "2"]})
    page = ArticlePage.objects.get()
    assert begun["Location"].endswith(f"/pages/{page.pk}/edit/")
    assert [0, 2] == [at for at, _text in WireUse.objects.get().paragraphs]
    more = {"choose": "1", "draft": page.pk, "block": ["1"]}
    desk.post(place, more | {"add": "1"})
    assert [0, 1, 2] == [at for at, _text in WireUse.objects.get().paragraphs]
    assert "Choose at least one" in desk.post(place, {"choose": "1"}).content.decode()
    desk.post(place, more)  # by the other button
    assert 2 == ArticlePage.objects.count()


def test_picture_that_hangs_on_a_letter_is_kept_like_any_other(
    desk: Client, english: ServicePage, photo: bytes, settings: Any, tmp_path: Path
) -> None:
    """One press keeps it with its caption, without what the camera wrote, once."""
    settings.TAMIZDAT = replace(settings.TAMIZDAT, path=tmp_path)
    letter = EmailMessage()
    letter["From"], letter["To"] = "desk@agency.example", "wire@example.org"
    letter["Subject"] = "Council votes"
    letter.set_content("The council votes on Monday.")
    for name in ("hall.jpg", "hall.png"):
        letter.add_attachment(photo, "image", "jpeg", filename=name)
    data = letter.as_bytes()
    file = keeping.File("1.eml", originals.keep(tmp_path / ORIGINALS, data))
    items = parsers.parse(data, file.name)
    (row,) = keeping.keep(source(english), items, file, NOW)

    html = desk.get(f"/admin/wire/desk/en/{row.pk}/").content.decode()
    assert ("hall.jpg" in html, html.count("Keep this picture")) == (True, 2)
    place = reverse("wire_picture", args=("en", row.pk))
    for number in ("0", "1"):
        answer = desk.post(place, {"place": number})
        picture = Picture.objects.get()
        assert answer["Location"].endswith(f"/images/{picture.pk}/")
    with picture.file.open() as kept:
        assert b"PLANTED-CAMERA" not in kept.read()
    refused = desk.post(place, {"place": "7"}).content.decode()
    assert "The file of this picture is not here." in refused


def test_picture_in_a_zip_is_kept_from_the_page_of_its_copy(
    desk: Client, english: ServicePage, photo: bytes, settings: Any, tmp_path: Path
) -> None:
    """Its bytes lie in the file that the agency put into the folder."""
    settings.TAMIZDAT = replace(settings.TAMIZDAT, path=tmp_path)
    page = "<h1>Vote</h1><p>The council of the valley votes on Monday at nine.</p>" * 2
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("vote.html", f"<html><article>{page}</article></html>")
        archive.writestr("vote.jpg", photo + bytes(10_000))
    data = whole.getvalue()
    file = keeping.File("pack.zip", originals.keep(tmp_path / ORIGINALS, data))
    items = parsers.parse(data, file.name)
    agency = source(english, agency="Zip Wire")
    (row,) = keeping.keep(agency, items, file, NOW)

    assert (
        "Keep this picture"
        in desk.get(f"/admin/wire/desk/en/{row.pk}/").content.decode()
    )
    desk.post(reverse("wire_picture", args=("en", row.pk)), {"place": "0"})
    assert "Zip Wire" == Picture.objects.get().credit


def test_each_service_reads_its_own_wire(
    english: ServicePage, persian: ServicePage, client: Client
) -> None:
    """Neither list nor item nor verb of another service opens, and no role, no wire."""
    (row,) = keep(english, version(1, FIRST))
    client.force_login(staff("writer", persian, "reporter"))
    places = [f"/admin/wire/desk/{one}/{row.pk}/" for one in ("en", "fa")]
    answers = [client.get(place).status_code for place in places]
    begun = [client.post(f"{place}begin/").status_code for place in places]

    # Wagtail leads who may not back to the home page, with a word about it.
    assert ([302, 404], [302, 404]) == (answers, begun)
    assert [] == inbox(client, "fa")
    client.force_login(staff("counsel", english, "legal-reviewer"))
    place = f"/admin/wire/desk/en/{row.pk}/"
    assert "Start a story" not in client.get(place).content.decode()
    assert "may not" in client.post(f"{place}begin/").content.decode()
    assert not ArticlePage.objects.exists()


def test_searches_are_saved_for_whoever_looks(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    """A name leads back to the filters; nobody else sees it; one press forgets it."""
    place = reverse("wire_search", args=("en",))
    kept = {"name": "Snow", "query": "q=snow&hours=24&odd=1"}
    assert desk.post(place, kept)["Location"].endswith("?q=snow&hours=24")
    desk.post(place, kept)
    saved = SavedSearch.objects.get(account=editor)

    assert "q=snow&amp;hours=24" in desk.get("/admin/wire/desk/en/").content.decode()
    desk.force_login(staff("other", english, "editor"))
    desk.post(place, {"forget": saved.pk})
    assert SavedSearch.objects.exists()
    desk.force_login(editor)
    desk.post(place, {"forget": saved.pk})
    assert not SavedSearch.objects.exists()


def test_page_that_stays_open_hears_of_new_copy(
    desk: Client, english: ServicePage
) -> None:
    """The count goes by the filters, and nothing odd is an error."""
    (row,) = keep(english, text("One.", guid="1"))
    keep(english, text("Two.", guid="2"), text("Three.", guid="3", language="ru"))
    place = reverse("wire_newer", args=("en",))
    asked = [{"after": row.pk}, {"after": row.pk, "language": "ru"}, {"after": "x"}]

    assert [2, 1, 0] == [desk.get(place, one).json()["newer"] for one in asked]


def test_alert_shows_what_changed_and_leads_to_the_story(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    """Home page, desk and story tell of it; its page shows which words changed."""
    (row,) = keep(english, version(1, FIRST))
    page = taking.begin(row, english, editor)
    keep(english, version(2, SECOND, signal="correction", ednote="Corrects the day"))
    alert = WireAlert.objects.get()
    place = reverse("wire_alert", args=(alert.pk,))
    html = desk.get(place).content.decode()

    assert re.search(
        r"<del>.*?Monday.*?</del>.*?<ins>.*?Tuesday.*?</ins>", html, re.DOTALL
    )
    for other in ("/admin/", "/admin/wire/desk/en/", f"/admin/pages/{page.pk}/edit/"):
        assert place in desk.get(other).content.decode(), other
    desk.post(place, {"reason": "The day is not in our story."})
    assert "The day is not in our story." == WireAlert.objects.get().reason


@pytest.mark.parametrize("path", ["", "{key}/"])
def test_cost_of_a_page_is_that_of_a_page(
    path: str, desk: Client, english: ServicePage, editor: Any
) -> None:
    """Ten times as many items ask the database no more often."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            place = f"/admin/wire/desk/en/{path.format(key=row.pk)}"
            assert 200 == desk.get(place).status_code
        return len(captured)

    (row,) = keep(english, version(1, FIRST))
    _fill(english, 20)
    taking.begin(row, english, editor)
    asked()  # what Wagtail keeps for later
    few = asked()
    _fill(english, 300)
    for one in KeptItem.objects.filter(newest=True, source=row.source)[:5]:
        taking.begin(one, english, editor)

    assert asked() <= few
    assert few <= MOST_QUERIES


def _fill(service: ServicePage, number: int) -> None:
    """Put items into the table without comparing each with all others."""
    begin = KeptItem.objects.count()
    rows = []
    for n in range(begin, begin + number):
        item = text(f"Words of {n}.", guid=f"f{n}", headline=f"Item {n}")
        row = keeping.row_of(source(service), item, NOW + timedelta(seconds=n))
        row.group = -n
        rows.append(row)
    KeptItem.objects.bulk_create(rows)


def test_pages_run_their_own_files_only(desk: Client, english: ServicePage) -> None:
    """Neither an inline script nor a style attribute stands in what we wrote."""
    folder = Path(keeping.__file__).parents[1] / "templates" / "newsroom" / "wire"
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.html")]

    assert texts
    for html in texts:
        assert not re.search(r"<script(?! type=\"module\" src)|\bon\w+=|style=", html)


def test_last_error_is_said_in_the_language_of_whoever_reads(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    """The row keeps a sentence and its values; a row from before shows its English."""
    one = verbs.add("feed", "http", {"url": "http://127.0.0.1:9/"}, [english])
    assert "expected an address of the public network" in polling.poll(one, NOW).error
    old = source(english, "old", failed=NOW, failures=1, error="as it was said")
    assert {} == old.error_said

    UserProfile.objects.create(user=editor, preferred_language="fa")
    html = desk.get("/admin/wire/sources/").content.decode()
    assert "نشانی‌ای در شبکهٔ همگانی لازم است" in html
    assert "expected an address" not in html
    assert "127.0.0.1" in html
    assert "as it was said" in html


def test_what_is_kept_is_shown_and_set_by_operators(
    desk: Client, english: ServicePage, client: Client, editor: Any
) -> None:
    """Fewer days ask first: what is older than that would be gone within the hour."""
    row, used, _young = (
        *keep(english, text("One.", guid="1"), text("Two.", guid="2")),
        *keep(english, text("Three.", guid="3"), after=timedelta(days=9)),
    )
    taking.begin(used, english, editor)
    KeptItem.objects.filter(pk__in=(row.pk, used.pk)).update(
        received=timezone.now() - timedelta(days=10)
    )
    place, one = reverse("wire_retention"), row.source
    assert "wire/kept/" in desk.get("/admin/wire/sources/").content.decode()
    ((shown, _may),) = desk.get(place).context["rows"]
    assert (3, 1, 0) == (shown.whole, shown.used, shown.refused)

    asked = desk.post(place, {"source": one.pk, "days": "7"})
    assert 2 == asked.context["asked"]["goes"]
    desk.post(place, {"source": one.pk, "days": "0"})
    client.force_login(staff("writer", english, "reporter"))
    assert "/admin/" == client.post(place, {"source": one.pk, "days": "9"})["Location"]
    one.refresh_from_db()
    assert 14 == one.keep_days

    client.force_login(editor)
    desk.post(place, {"source": one.pk, "days": "7", "sure": "yes"})
    one.refresh_from_db()
    assert 7 == one.keep_days


def test_sources_say_how_they_are_and_who_operates_pauses(
    desk: Client, english: ServicePage, client: Client
) -> None:
    """Light, last success and last error stand there; only an operator presses."""
    one = source(english, succeeded=timezone.now(), failed=timezone.now())
    one.error, one.failures = "a.example: not a byte for 20 s", 3
    one.save()
    html = desk.get("/admin/wire/sources/").content.decode()
    assert "a.example: not a byte for 20 s" in html
    assert "wire-red" in html

    desk.post("/admin/wire/sources/", {"source": one.pk, "do": "pause"})
    one.refresh_from_db()
    assert not one.active
    client.force_login(staff("writer", english, "reporter"))
    client.post("/admin/wire/sources/", {"source": one.pk, "do": "resume"})
    one.refresh_from_db()
    assert not one.active
