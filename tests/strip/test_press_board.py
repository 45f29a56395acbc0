"""What the press board says of releases, of the press and of mirrors."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from newsroom.conftest import staff
from tamizdat.mirrors import reasons
from tamizdat.mirrors.actions import note
from tamizdat.mirrors.findings import Problem, Report
from tamizdat.mirrors.models import Holding, Mirror
from tamizdat.mirrors.pressboard import charts, reading
from tamizdat.mirrors.pressboard.ways import DONE, LATER, NOW, STOPPED
from tamizdat.newsroom import actions, signoffs
from tamizdat.newsroom.models import SignOff
from tamizdat.newsroom.releases import holds
from tamizdat.press import rounds
from tamizdat.press.errors import PressError
from tamizdat.press.models import (
    Look,
    Onlooker,
    PrintedEdition,
    Printing,
    Trouble,
    Waiting,
)
from words.extraction import LANGUAGES

BODY = [{"kind": "paragraph", "text": "One paragraph."}]
LATIN = ("hu", "ro")  # whose sentences may have no letter beyond ASCII
MOST = 60  # questions of one page


@pytest.fixture
def desk(editor, client):
    """Give a browser in which the editor is signed in."""
    client.force_login(editor)
    return client


def now():
    """Take the time, UTC in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def release(service, actor, headline="Who May Know"):
    """Release an article; nothing prints it."""
    page = actions.create_article(service, headline, BODY, actor, section="society")
    return actions.publish_article(page, actor)


def print_one(one, number=1, ago=timedelta(0), **fields):
    """Note that an edition carries a release."""
    service = one.article.service.service_id
    edition = PrintedEdition.objects.create(
        service=service,
        number=number,
        time=now() - ago,
        tree="0" * 64,
        leaf=number,
        **fields,
    )
    Printing.objects.create(release=one, edition=edition)
    Waiting.objects.filter(pk=one.pk).delete()
    return edition


def mirror(name, **held):
    """Add a mirror, and what it held of the English service."""
    url = f"https://{name}.example"
    made = Mirror.objects.create(name=name, folder=f"/srv/{name}", url=url)
    if held:
        fields = {"state": "verified", "time": now(), "checked": now(), **held}
        Holding.objects.create(mirror=made, service="en", **fields)
    return made


def way_of(user):
    """Give the states of the steps of the one release there is, and what is said."""
    (way,) = reading.live(user, now())["ways"]
    said = [
        "; ".join(filter(None, [one.said, *(w.said + w.evidence for w in one.why)]))
        for one in way.steps
    ]
    return [step.state for step in way.steps], said, way


def test_release_is_followed_step_by_step(english, editor):
    """Signed off, with the press, signed, on mirrors, verified: one after the other."""
    one = release(english, editor)
    mirror("north")
    mirror("south")

    states, said, way = way_of(editor)
    assert states == [DONE, NOW, LATER, LATER, LATER]
    assert said[:2] == ["by editor", "waits for the next edition"]
    assert not way.arrived

    print_one(one)
    states, said, _way = way_of(editor)
    assert states == [DONE, DONE, DONE, NOW, NOW]
    assert said[2:] == ["edition 1, leaf 1 of the log", "0 of 2", "0 of 2"]

    north, south = Mirror.objects.order_by("name")
    fields = {"service": "en", "time": now(), "checked": now(), "number": 1}
    Holding.objects.create(mirror=north, state="verified", **fields)
    Holding.objects.create(mirror=south, state="unfinished", reason="odd", **fields)
    states, said, way = way_of(editor)
    assert states == [DONE, DONE, DONE, DONE, STOPPED]
    assert said[4] == "1 of 2; south: A delivery to it is not finished.odd"
    assert not way.arrived

    Holding.objects.filter(mirror=south).update(state="verified", reason="", number=2)
    states, _said, way = way_of(editor)
    assert states == [DONE] * 5
    assert way.arrived


def test_silent_mirror_is_named(english, editor):
    """A release whose other mirrors have it says which one does not answer."""
    print_one(release(english, editor))
    mirror("north", number=1)
    mirror("south", number=None, state="unreachable", reason="no answer")

    states, said, _way = way_of(editor)
    assert states == [DONE, DONE, DONE, STOPPED, STOPPED]
    assert said[3:] == ["1 of 2; south: It does not answer.no answer", "1 of 2"]


def test_release_that_arrived_is_not_on_its_way_when_a_mirror_falls_silent(
    english, editor
):
    """The mirror is named as silent, with the edition it was last seen to hold."""
    print_one(release(english, editor))
    south = mirror("south", number=1)
    gone = Problem("unreachable", "latest", "an answer", "none")
    silent = Report(service="en", problems=[gone])
    note(south, silent, now(), whole=False)

    states, _said, way = way_of(editor)
    assert [DONE] * 5 == states
    assert way.arrived
    shown = reading.live(editor, now())
    (row,) = shown["mirrors"]
    assert (False, 0, 0) == (row["answers"], row["good"], row["behind"])
    silent = "Mirrors that do not answer, so that readers may get nothing: 1."
    assert silent == shown["headline"]


def test_trouble_stops_a_release_in_words(english, editor):
    """What the press said is shown at the step, and why the service stands still."""
    release(english, editor)
    reason = "witness w: holds another log"
    Trouble.objects.create(service="en", since=now(), reason=reason, code="doubt")

    states, said, _way = way_of(editor)
    assert states == [DONE, STOPPED, LATER, LATER, LATER]
    assert said[1] == f"{reasons.of_trouble('doubt', {})}{reason}"

    (run,) = reading.live(editor, now())["runs"]
    assert run.state == STOPPED
    assert run.said.startswith("Stopped since ")
    assert run.said.endswith("Nothing is signed until they agree.")
    assert run.evidence == reason
    with translation.override("fa"):
        (run,) = reading.live(editor, now())["runs"]
    assert "Nothing is signed" not in run.said
    assert run.evidence == reason


def test_every_cause_is_said_in_every_language_of_the_site():
    """What press, mirrors and witnesses name in a word has a sentence of its own."""
    errors = [PressError, *PressError.__subclasses__()]
    codes = {one.CODE for one in errors} - {PressError.CODE}
    states = [name for name, _word in Holding.STATES if name != "verified"]
    answers = [*rounds.SILENT, *rounds.DOUBTS]
    for language in LANGUAGES:
        with translation.override(language):
            said = [reasons.of_trouble(code, {}) for code in codes]
            said += map(reasons.of_mirror, states)
            said += map(reasons.of_witness, answers)
            key = reasons.of_trouble("key-expired", {"key": "service-en.key"})
            lost = reasons.of_trouble("lost", {"command": "tamizdat log recover"})
        assert all(said), language
        assert len(said) == len(set(said)), language
        assert "service-en.key" in key
        assert "tamizdat log recover" in lost
        assert language == "en" or "Restore" not in lost
        assert language in LATIN or not any(one.isascii() for one in said)
    assert reasons.of_trouble("key-expired", {}) == ""
    assert reasons.of_trouble("unheard-of", {}) == ""


def test_heartbeat_is_named_on_the_line_of_time(english, editor):
    """An edition that carries nothing is told from one with a release."""
    print_one(release(english, editor), beat=True)
    empty = {"service": "en", "tree": "0" * 64, "leaf": 2, "beat": True}
    PrintedEdition.objects.create(number=2, time=now(), **empty)
    drawn = reading.editions(reading.live(editor, now())["services"], now())

    assert (2, 1) == (drawn["lines"][0]["count"], drawn["lines"][0]["beats"])
    assert ["beat", "signed"] == sorted(m.kind for m in drawn["lines"][0]["marks"])
    assert "of them heartbeats: 1" in render_to_string(
        "mirrors/press/editions.html", {"editions": drawn}
    )


@pytest.mark.parametrize(
    ("later", "state", "said"),
    [
        (timedelta(0), NOW, "Releases that go into the next edition: 1."),
        (timedelta(minutes=2), STOPPED, "The press may not be running"),
    ],
)
def test_press_that_sleeps_is_told_by_what_waits(english, editor, later, state, said):
    """After a minute somebody is told to start it."""
    release(english, editor)
    (run,) = reading.live(editor, now() + later)["runs"]

    assert run.state == state
    assert said in run.said


def test_press_that_has_not_looked_is_asleep_though_nothing_waits(desk, english):
    """Whoever presses Publish tomorrow is told today."""
    Look.objects.create(time=now() - timedelta(days=5))
    (run,) = reading.live(None, now())["runs"]

    assert run.state == STOPPED
    assert run.said.startswith("The press has not looked here since")
    shown = desk.get(reverse("press_board")).content.decode()
    assert "The press last looked for releases" in shown
    assert "The press stands still: why is said below." in shown
    assert "readers have all" not in shown


def test_more_editions_than_marks_are_all_counted(english, monkeypatch):
    """The marks are of the newest; the table leaves out none, and says so."""
    monkeypatch.setattr(reading, "EDITIONS", 3)
    some = {"service": "en", "tree": "0" * 64}
    PrintedEdition.objects.bulk_create(
        PrintedEdition(
            **some, number=at + 1, leaf=at, time=now() - timedelta(hours=at * 12)
        )
        for at in range(9)
    )
    drawn = reading.editions(reading.live(None, now())["services"], now())
    (line,) = drawn["lines"]

    assert (9, 9, 3) == (drawn["count"], sum(line["days"]), len(line["marks"]))
    shown = render_to_string("mirrors/press/editions.html", {"editions": drawn})
    assert "Marks are of the newest 3 editions" in shown


def test_service_that_waits_for_nothing_says_so(english, editor):
    """A printed service is at rest; one never printed waits for its first edition."""
    (run,) = reading.live(editor, now())["runs"]
    assert run.said.startswith("Nothing is printed yet")

    print_one(release(english, editor))
    (run,) = reading.live(editor, now())["runs"]
    assert run.said.startswith("The page of the service has changed")


def test_both_who_signed_are_named_to_the_service_alone(
    english, persian, editor, second
):
    """Names of accounts are for those who work there; headlines are public."""
    one = release(english, second)
    SignOff.objects.create(
        article=one.article, digest="0", kind="publish", actor=editor, time=one.time
    )
    SignOff.objects.create(
        article=one.article,
        digest="1",
        kind="publish",
        actor=staff("late", english, "editor"),
        time=one.time + signoffs.HOLDS,
    )

    _states, said, _way = way_of(staff("inside", english, "reporter"))
    assert said[0] == "by editor, second"

    _states, said, way = way_of(staff("outside", persian, "reporter"))
    assert said[0] == ""
    assert way.headline == "Who May Know"


def test_held_release_stands_first_for_who_may_read_it(english, persian, editor):
    """A hold is a step that ends by itself; nobody else sees its headline."""
    english.hold_seconds = 600
    english.save()
    page = actions.create_article(english, "Kept", BODY, editor, section="society")
    holds.hold(page, page.get_latest_revision(), editor, now())

    states, said, way = way_of(editor)
    assert states == [DONE, NOW, LATER, LATER, LATER]
    assert said[1].startswith("held until ")
    assert way.headline == "Kept"
    assert reading.live(staff("outside", persian, "editor"), now())["ways"] == []


def test_withdrawn_story_is_not_named(desk, english, editor):
    """What endangers somebody is on no board, nor in its tables."""
    one = release(english, editor, headline="A Name That Endangers")
    print_one(one)
    article = one.article
    article.taken_back = "withdrawal"
    article.save(update_fields=["taken_back"])
    html = desk.get(reverse("press_board")).content.decode()

    assert "A story withdrawn for safety" in html
    assert "A Name That Endangers" not in html


def test_mirrors_are_summed_up(english, editor):
    """Each mirror in one row: whether it answers, what it lacks, when it was read."""
    print_one(release(english, editor), number=7)
    mirror("north", number=7)
    mirror("south", number=4, checked=now() - timedelta(hours=3))
    mirror("west", number=None, state="unreachable", reason="no answer")
    rows = {one["mirror"]: one for one in reading.live(editor, now())["mirrors"]}

    assert (1, 0, True) == tuple(
        rows["north"][k] for k in ("good", "behind", "answers")
    )
    assert (0, 3, True) == tuple(
        rows["south"][k] for k in ("good", "behind", "answers")
    )
    assert (0, 7, False) == tuple(
        rows["west"][k] for k in ("good", "behind", "answers")
    )
    assert "3" in rows["south"]["read"]
    assert rows["west"]["reasons"] == [
        reasons.Reason("It does not answer.", "no answer")
    ]


def test_witness_that_cosigned_and_one_that_did_not(desk, english):
    """What each said stands on the board."""
    for name, state, reason in (("a", "cosigned", ""), ("b", "clock", "it is noon")):
        Onlooker.objects.create(name=name, state=state, reason=reason, asked=now())
    html = desk.get(reverse("press_board")).content.decode()

    told = re.findall(r"<strong>(.)</strong></bdi>\s*<span [^>]*=.(yes|no).", html)

    assert told == [("a", "yes"), ("b", "no")]
    assert "it is noon" in html


def test_charts_have_names_and_tables(desk, english, editor):
    """Each SVG says what it is, and its numbers stand in a table below."""
    print_one(release(english, editor), 2, timedelta(hours=2), asked=True)
    html = desk.get(reverse("press_board")).content.decode()
    charts_ = re.findall(r'<svg [^>]*role="img" aria-labelledby="(\S+) (\S+)"', html)

    assert len(charts_) == 2
    for ids in charts_:
        assert all(html.count(f'id="{one}"') == 1 for one in ids)
    assert html.count("The same as a table") == 2
    assert 'class="press-mark" data-kind="alone"' in html
    assert " style=" not in html.partition("press-board")[2].partition("</main>")[0]


def test_marks_stand_by_their_time_in_either_direction():
    """The newest edition is at the end of the line, where the language ends."""
    end = now()
    begin = end - timedelta(days=7)
    third = begin + timedelta(days=7) / 4
    found = [
        [
            one.x
            for one in charts.marks(
                [(t, "signed") for t in (begin, third, end)], begin, end, mirrored=side
            )
        ]
        for side in (False, True)
    ]

    assert found == [[0, 173.5, 697], [697, 523.5, 0]]
    assert [bar.height for bar in charts.bars([0, 5, 10], mirrored=False)] == [
        1,
        50,
        100,
    ]
    ahead = [bar.x for bar in charts.bars([0, 5], mirrored=False)]
    assert ahead == [bar.x for bar in charts.bars([0, 5], mirrored=True)][::-1]


def test_days_of_the_table_are_whole_days(english, editor):
    """Each edition is counted once, in the day in which it was signed."""
    time = datetime(2026, 11, 26, 12, tzinfo=UTC)
    one = release(english, editor)
    edition = print_one(one)
    edition.time = datetime(2026, 11, 25, 0, 0, 0, tzinfo=UTC)
    edition.save()
    drawn = reading.editions(reading.live(editor, time)["services"], time)

    assert len(drawn["days"]) == 8
    assert drawn["lines"][0]["days"] == [0, 1, 0, 0, 0, 0, 0, 0]


def test_board_without_a_service_leads_on(desk, db):
    """An empty newsroom is told what comes first."""
    html = desk.get(reverse("press_board")).content.decode()

    assert "No language service yet" in html
    assert "Open the first one on the home page" in html


def test_board_without_a_release_or_mirror_says_what_to_do(desk, english):
    """Nothing is shown as broken that was never begun."""
    html = desk.get(reverse("press_board")).content.decode()

    assert "Press Publish at an article" in html
    assert "tamizdat mirror add" in html
    assert "No edition was signed in these days." in html
    assert "Nothing is on its way" in html


def test_part_that_is_asked_for_again_is_that_of_the_page(desk, english, editor):
    """The module puts in what the page would show, nothing else."""
    print_one(release(english, editor))
    page = desk.get(reverse("press_board")).content.decode()
    live = desk.get(reverse("press_board_live")).content.decode()

    assert live.strip() in page


def test_nobody_sees_the_board_without_a_role(client, english, django_user_model):
    """Who is signed out, or works nowhere, is sent away from both addresses."""
    for name in ("press_board", "press_board_live"):
        assert client.get(reverse(name)).status_code == 302

    client.force_login(django_user_model.objects.create_user("nobody"))
    for name in ("press_board", "press_board_live"):
        answer = client.get(reverse(name))
        assert answer.status_code in {302, 403}
        assert b"press-ways" not in answer.content

    client.force_login(staff("reads", english, "translator"))
    assert client.get(reverse("press_board")).status_code == 200


def test_more_rows_ask_no_more_questions(desk, english, persian, editor):
    """The page asks as often for many releases as for few."""

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(reverse("press_board")).status_code == 200
        return len(queries)

    mirror("north", number=1)
    print_one(release(english, editor))
    release(english, editor)
    asked()
    few = asked()
    for number in range(2, 7):
        mirror(f"mirror-{number}", number=number)
        print_one(release(english, editor), number=number)
        release(persian, editor)

    assert asked() <= few <= MOST


def test_board_speaks_the_language_of_its_reader(english, editor):
    """Steps and reasons are said in Persian to whoever has the site in Persian."""
    release(english, editor)
    with translation.override("fa"):
        (way,) = reading.live(editor, now())["ways"]
        said = [step.name for step in way.steps]

    assert all(re.search("[\u0600-\u06ff]", one) for one in said)
