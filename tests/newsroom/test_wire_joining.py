"""Copy with a number of its own joins what it renews, corrects or withdraws."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.agency_copy import NOW, source
from newsroom.conftest import staff
from tamizdat.newsroom.errors import RightError
from tamizdat.newsroom.models import KeptItem, ServicePage, WireAlert, WireJoin
from tamizdat.newsroom.wire_desk import (
    alerts,
    answering,
    keeping,
    retention,
    sluglines,
    taking,
)
from tamizdat.newsroom.wire_desk.retention import reparse
from tamizdat.wire import parsers

STORY = (
    "The council of Hilltown said no to a new bridge on Monday, a spokesman said, for"
    " there is no money for one this year.\r\n   The chair of the council said there"
    " was nothing left after the vote, which took place in the evening.\r\n"
)
OTHER = (
    "Farmers of the valley brought in the poorest harvest of apples in ten years, the"
    " union of farmers said, and asked the state for help before winter comes.\r\n"
)
KILL = "Kill the story. It was untrue and is to be used no more.\r\n"


def anpa(number: int, slug: str, text: str, *, hour: int = 9) -> bytes:
    """Write a transmission of ANPA 1312; each has a number of its own."""
    head = f"\x16\x16\x01a{number:04}\x1f \nr i\x1f\x13{slug}\x14 \x1f11-26 0200\x1e"
    told = "^Council says no to a bridge<\r\n" if "KILL" not in slug else ""
    end = f"\x03\r\nAP-WF-11-26-26 {hour:02}05GMT\r\n\x04"
    return f"{head}\r\n\x02^{slug}<\r\n{told}   {text}{end}".encode()


def telex(number: int, head: str, text: str, *, hour: int = 9) -> bytes:
    """Write a transmission of IPTC 7901 under the keyword of the bridge."""
    said = f"\x01abc{number:04} 4 i 200 Bridge\r\n\x02{head}\r\n\r\n{text}"
    return f"{said}\r\n\x03\r\n26{hour:02}05 GMT Nov 26\r\n\x04".encode()


def letter(number: int, subject: str, text: str, *, hour: int = 9) -> bytes:
    """Write a letter; each has an identifier of its own."""
    heads = (
        "From: Valley Press <desk@valley.example>",
        f"Message-ID: <{number}@valley.example>",
        f"Date: Thu, 26 Nov 2026 {hour:02}:05:00 +0000",
        f"Subject: {subject}",
        "Content-Type: text/plain; charset=utf-8",
    )
    return ("\r\n".join(heads) + f"\r\n\r\n{text}").encode()


def bring(service: ServicePage, data: bytes, name: str = "agency") -> KeptItem | None:
    """Keep what a parser finds in one file, as a source does."""
    items = parsers.parse(data, "copy")
    rows = keeping.keep(source(service, name), items, keeping.File("copy"), NOW)
    return rows[0] if rows else None


def first_two(family: str, mark: str, text: str) -> tuple[bytes, bytes]:
    """Write a story, and what came an hour later under another number."""
    if family == "anpa":
        later = anpa(461, f"BC-US--Bridge, {mark}", text, hour=10)
        return anpa(456, "BC-US--Bridge", f"HILLTOWN (AP) _ {STORY}"), later
    write = telex if family == "7901" else letter
    later = write(2, f"{mark}: Council says no to a bridge", text, hour=10)
    return write(1, "Council says no to a bridge", STORY), later


@pytest.mark.parametrize("family", ["anpa", "7901", "mail"])
def test_writethru_under_a_new_number_takes_the_place_of_the_first(
    english: ServicePage, editor: Any, family: str
) -> None:
    """The desk shows one report in two versions, and whoever used it hears of it."""
    text = STORY.replace("Monday", "Tuesday")
    first, later = first_two(family, "1st Ld-Writethru", text)
    row = bring(english, first)
    assert row is not None
    taking.begin(row, english, editor)
    new = bring(english, later)
    assert new is not None
    row.refresh_from_db()

    assert (row.chain, False, new.pk) == (new.chain, row.newest, row.superseded_by_id)
    assert ["update"] == [one.kind for one in alerts.open_for(editor)]
    (join,) = WireJoin.objects.all()
    own = "slugline" if family != "mail" else "headline"
    assert ("sure", own) == (join.answer, join.by)
    assert join.share is not None
    assert join.share > 50
    assert None is bring(english, later)


@pytest.mark.parametrize("family", ["anpa", "7901", "mail"])
def test_kill_under_a_new_number_alerts_every_story(
    english: ServicePage, persian: ServicePage, editor: Any, family: str
) -> None:
    """Each service that used the earlier copy is told, and held."""
    first, kill = first_two(family, "KILL", KILL)
    row = bring(english, first)
    assert row is not None
    row.source.services.add(persian)
    pages = [taking.begin(row, one, editor) for one in (english, persian)]
    bring(english, kill)

    told = alerts.open_for(editor)
    assert {page.article_id for page in pages} == {one.article_id for one in told}
    assert {"canceled"} == {one.kind for one in told}
    found = list(alerts.holding(pages[0], editor, "update"))
    assert found
    assert "withdrew copy" in found[0]


def test_kill_that_names_a_number_is_sure_among_many(
    english: ServicePage, editor: Any
) -> None:
    """Two stories of one slug: the number says which."""
    for number, text in ((456, STORY), (457, OTHER)):
        bring(english, anpa(number, "BC-US--Valley", f"HILLTOWN (AP) _ {text}"))
    text = "EDITORS: Kill BC-US--Valley, a0457, moved earlier.\r\n"
    row = bring(english, anpa(470, "BC-US--Valley, KILL", text, hour=10))
    assert row is not None

    (join,) = WireJoin.objects.all()
    other = KeptItem.objects.get(folded__contains="harvest")
    assert ("sure", "number", other.pk) == (join.answer, join.by, join.other_id)
    assert row.chain == other.chain


def test_doubtful_kill_is_asked_and_holds_until_somebody_answers(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    """Two stories of one slug and no number: nothing is joined in silence."""
    rows = [
        bring(english, anpa(number, "BC-US--Valley", f"HILLTOWN (AP) _ {text}"))
        for number, text in ((456, STORY), (457, OTHER))
    ]
    assert rows[0] is not None
    page = taking.begin(rows[0], english, editor)
    kill = bring(english, anpa(470, "BC-US--Valley, KILL", KILL, hour=10))
    assert kill is not None

    (held,) = alerts.holding(page, editor, "update")
    assert ([], True) == (alerts.open_for(editor), "Say under Wire" in held)
    asked = WireJoin.objects.get(other=rows[0])
    reporter = staff("member", english, "reporter")
    with pytest.raises(RightError):
        answering.answer(asked.pk, reporter, NOW, yes=True)
    place = reverse("wire_join", args=(asked.pk,))
    for other in ("/admin/", "/admin/wire/desk/en/", f"/admin/wire/desk/en/{kill.pk}/"):
        html = desk.get(other).content.decode()
        form = rf'action="{place}"><input type="hidden" name="csrfmiddlewaretoken"'
        assert re.search(form, html), other

    _answer_and_change_the_mind(desk, english, place, kill, editor)
    rows[0].refresh_from_db()
    assert (True, []) == (rows[0].newest, alerts.open_for(editor))
    assert "It was no version" in WireAlert.objects.get().reason
    assert [] == list(alerts.holding(page, editor, "update"))


def test_question_about_used_copy_outlives_the_days_of_its_source(
    english: ServicePage, editor: Any
) -> None:
    """What was taken may be withdrawn, and nobody has said so yet."""
    rows = [
        bring(english, anpa(number, "BC-US--Valley", f"HILLTOWN (AP) _ {text}"))
        for number, text in ((456, STORY), (457, OTHER))
    ]
    assert rows[0] is not None
    page = taking.begin(rows[0], english, editor)
    bring(english, anpa(470, "BC-US--Valley, KILL", KILL, hour=10))
    retention.sweep(NOW + timedelta(days=20))

    assert [rows[0].pk] == list(WireJoin.objects.values_list("other", flat=True))
    assert 1 == len(list(alerts.holding(page, editor, "update")))


def _answer_and_change_the_mind(
    desk: Client, english: ServicePage, place: str, kill: KeptItem, editor: Any
) -> None:
    desk.post(place, {"answer": "yes", "service": "en"})
    assert ["canceled"] == [one.kind for one in alerts.open_for(editor)]
    assert {"yes", "no"} == set(WireJoin.objects.values_list("answer", flat=True))
    assert None is bring(english, anpa(470, "BC-US--Valley, KILL", KILL, hour=10))
    assert not list(reparse(None, NOW))

    assert "came under another number" in (
        desk.get(f"/admin/wire/desk/en/{kill.pk}/").content.decode()
    )
    desk.post(place, {"answer": "no", "service": "en"})


@pytest.mark.parametrize(
    ("first", "later", "by"),
    [
        # Another story under the same slug: too little in common.
        (anpa(456, "BC-US--Bridge", f"HILLTOWN (AP) _ {STORY}"),
         anpa(461, "BC-US--Bridge, 1st Ld", f"HILLTOWN (AP) _ {OTHER}", hour=10),
         "slugline"),
        # The same text under another slug.
        (anpa(456, "BC-US--Bridge", f"HILLTOWN (AP) _ {STORY}"),
         anpa(461, "BC-Hills, 1st Ld", f"HILLTOWN (AP) _ {STORY}", hour=10),
         "likeness"),
        # A letter about the story in other words.
        (letter(1, "Council says no to a bridge", STORY),
         letter(9, "KILL: Hilltown council on bridge money", KILL, hour=10),
         "words"),
    ],
)  # fmt: skip
def test_what_is_less_than_sure_is_asked(
    english: ServicePage, first: bytes, later: bytes, by: str
) -> None:
    """The question says what the two have in common."""
    bring(english, first)
    bring(english, later)

    (join,) = WireJoin.objects.all()
    assert ("open", by) == (join.answer, join.by)
    assert 2 == KeptItem.objects.filter(newest=True).count()


@pytest.mark.parametrize(
    "later",
    [
        letter(2, "Council says no to a bridge", STORY, hour=10),  # no mark
        letter(2, "UPDATE: Harvest of apples is poor", OTHER, hour=10),
        telex(2, "KILL: Council says no to a bridge", KILL, hour=10),  # of dpa
    ],
)
def test_what_speaks_of_nothing_here_joins_nothing(
    english: ServicePage, later: bytes
) -> None:
    """No mark, other words, another agency: there is no question."""
    bring(english, letter(1, "Council says no to a bridge", STORY))
    elsewhere = "dpa" if later.startswith(b"\x01") else "agency"
    source(english, "dpa", agency="dpa")
    bring(english, later, elsewhere)

    assert not WireJoin.objects.exists()
    assert 2 == KeptItem.objects.filter(newest=True).count()


def test_another_day_is_another_story(english: ServicePage) -> None:
    """The slug of yesterday's story says nothing about today's."""
    first, later = first_two("7901", "KORREKTUR", STORY)
    bring(english, first.replace(b"260905", b"250905"))
    bring(english, later)

    assert not WireJoin.objects.exists()
    sent = KeptItem.objects.order_by("sent").values_list("sent", flat=True)
    assert sent[1] - sent[0] > timedelta(hours=24)


@pytest.mark.parametrize(
    ("slugline", "headline", "key"),
    [
        ("BC-US--Bridge, 2nd Ld-Writethru,200", None, "us bridge"),
        ("bt BC-US--Bridge, KILL", "BULLETIN KILL", "us bridge"),
        ("USA-BRIDGE/ (UPDATE 2, CORRECTED)", None, "usa bridge"),
        ("KILL", "KILL: Hilltown", "hilltown"),
        (None, "Killing of a mayor", "killing of a mayor"),
        (None, "Judge may withdraw", "judge may withdraw"),
        (None, "اصلاحیه: شورای شهر", "شورای شهر"),
        (None, None, ""),
    ],
)
def test_all_versions_have_one_key(
    slugline: str | None, headline: str | None, key: str
) -> None:
    """Marks of version go; words of a story stay."""
    assert key == sluglines.key_of(slugline, headline)
