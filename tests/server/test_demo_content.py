"""The demo newsroom: its stories, their translations and their pictures."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tamizdat.server import demo
from tamizdat.server.demo import pictures

CONTENT = Path(demo.__file__).parent / "content"
SERVICES = ("en", "fa", "ka", "kk", "ru", "uk")
RELATIONS = {"translated", "adapted", "condensed"}
BLOCKS = {  # the fields of each kind
    "paragraph": {"text"},
    "subhead": {"text"},
    "quote": {"text"},
    "list": {"items"},
    "table": {"rows"},
    "box": {"title", "body"},
    "embed": {"href", "text", "source"},
    "gallery": {"title", "names"},
}
MACHINES = {"kind", "href", "names", "id", "time"}  # what no reader reads

Json = dict[str, Any]

FILES: dict[str, Json] = {
    service: json.loads((CONTENT / f"{service}.json").read_text(encoding="utf-8"))
    for service in SERVICES
}
STORIES: dict[tuple[str, str], Json] = {
    (service, story["id"]): story
    for service, file in FILES.items()
    for story in file["stories"]
}

every_service = pytest.mark.parametrize("service", SERVICES)
every_story = pytest.mark.parametrize("key", STORIES, ids="/".join)


def strings(value: Any) -> list[str]:
    """Collect every string below a JSON value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return []


def words(story: Json) -> int:
    """Count what a reader reads in a story: standfirst and body, not the headline."""
    read = " ".join([story["standfirst"], *strings(read_of(told_by(story)))])
    return sum(any(letter.isalnum() for letter in word) for word in read.split())


def told_by(story: Json) -> list[Json]:
    """List the body of a story, and the posts of a live one."""
    return [*story["body"], *story.get("posts", [])]


def pictures_of(story: Json) -> list[Json]:
    """List the pictures of a story: at its head, and in its text."""
    lead = [story["picture"]] if story["picture"] else []
    inner = story.get("pictures", {}).items()
    return [*lead, *({"name": name, **words} for name, words in inner)]


def read_of(value: Any) -> Any:
    """Leave out what no reader reads."""
    if isinstance(value, dict):
        return {k: read_of(v) for k, v in value.items() if k not in MACHINES}
    if isinstance(value, list):
        return [read_of(part) for part in value]
    return value


def bodies(story: Json) -> list[list[Json]]:
    """List the body of a story and those its corrections put in its place."""
    later = [each["changes"]["body"] for each in story["corrections"]]
    return [story["body"], *later]


def test_every_content_file_is_one_of_the_six_services() -> None:
    """No language file is forgotten and none is unknown."""
    found = sorted(path.stem for path in CONTENT.glob("*.json"))

    assert found == list(SERVICES)


def test_the_demo_has_at_least_eighteen_stories() -> None:
    """Six services together hold enough stories to fill their front pages."""
    assert len(STORIES) >= 18


@every_service
def test_a_service_is_named_by_its_file(service: str) -> None:
    """The id of a service is the stem of its file and only Persian runs leftward."""
    told = FILES[service]["service"]

    assert told["id"] == told["language"] == service
    assert told["direction"] == ("rtl" if service == "fa" else "ltr")


@every_service
def test_a_notice_has_its_three_parts(service: str) -> None:
    """Each notice has a designation sentence, two paragraphs and a way to read more."""
    notice = FILES[service]["service"]["notice"]

    assert set(notice) == {"designation", "paragraphs", "more"}
    assert len(notice["paragraphs"]) == 2


@every_service
def test_story_ids_are_unique_in_a_service(service: str) -> None:
    """One id names one story of a service."""
    ids = [story["id"] for story in FILES[service]["stories"]]

    assert len(ids) == len(set(ids))


@every_service
def test_every_section_of_a_service_has_a_story(service: str) -> None:
    """No section page of the demo is empty and no story lacks its section."""
    file = FILES[service]
    named = {section["id"] for section in file["service"]["sections"]}

    assert {story["section"] for story in file["stories"]} == named


@every_service
def test_nothing_is_empty_or_padded(service: str) -> None:
    """No string of a content file is empty or has spaces around it."""
    wrong = [
        text for text in strings(FILES[service]) if text != text.strip() or not text
    ]

    assert wrong == []


@every_story
def test_a_story_is_long_enough_to_read(key: tuple[str, str]) -> None:
    """A story has between 100 and 400 words, its fact box among them."""
    assert 100 <= words(STORIES[key]) <= 400


@every_story
def test_a_body_is_made_of_known_blocks(key: tuple[str, str]) -> None:
    """Every block has its kind and that kind's fields, and no HTML."""
    for body in bodies(STORIES[key]):
        for block in body:
            assert set(block) == {"kind", *BLOCKS[block["kind"]]}
        assert not any("<" in text for text in strings(body))


@every_story
def test_a_table_has_rows_of_one_width(key: tuple[str, str]) -> None:
    """All rows of a table have as many cells as its first."""
    for body in bodies(STORIES[key]):
        tables = [block["rows"] for block in body if block["kind"] == "table"]
        for rows in tables:
            assert {len(row) for row in rows} == {len(rows[0])}


@every_story
def test_a_picture_exists_and_is_described(key: tuple[str, str]) -> None:
    """A story's picture can be drawn, and its alt text is not its caption again."""
    for picture in pictures_of(STORIES[key]):
        assert picture["name"] in pictures.NAMES
        assert picture["alt"] != picture["caption"]


@every_story
def test_dates_are_utc_and_in_order(key: tuple[str, str]) -> None:
    """A story and its corrections carry UTC times, each later than the one before."""
    story = STORIES[key]
    told = [story["published"], *(each["at"] for each in story["corrections"])]
    times = [datetime.fromisoformat(time) for time in told]

    assert {time.utcoffset() for time in times} == {timedelta(0)}
    assert times == sorted(times)
    assert times[0] > datetime(2026, 1, 1, tzinfo=UTC)


@every_story
def test_a_live_story_begins_with_its_first_post(key: tuple[str, str]) -> None:
    """No post is older than its story: each later one is an update of its time."""
    story = STORIES[key]
    times = [post["time"] for post in story.get("posts", [])]

    assert times == sorted(times, reverse=True)
    assert times[-1:] in ([], [story["published"]])


@every_story
def test_a_translation_follows_its_original(key: tuple[str, str]) -> None:
    """A translation names an older story with the same id in another service."""
    service, story_id = key
    link = STORIES[key]["translation_of"]
    if link is None:
        return
    original = STORIES[link["service"], story_id]

    assert link["service"] != service
    assert link["relation"] in RELATIONS
    assert original["published"] < STORIES[key]["published"]


def test_the_promised_translations_exist() -> None:
    """English reaches Russian, Persian, Ukrainian and Georgian; Russian, Kazakh."""
    links = {
        (story["translation_of"]["service"], service)
        for (service, _), story in STORIES.items()
        if story["translation_of"]
    }

    assert links == {
        ("en", "ru"),
        ("en", "fa"),
        ("en", "uk"),
        ("en", "ka"),
        ("ru", "kk"),
    }


def test_exactly_one_story_is_breaking() -> None:
    """Breaking news loses its meaning when it is not rare."""
    breaking = [key for key, story in STORIES.items() if story["breaking"]]

    assert breaking == [("ru", "first-edition")]


def test_one_correction_changes_what_its_note_says() -> None:
    """The demo shows one correction, whose body really differs from the first."""
    corrected = [key for key, story in STORIES.items() if story["corrections"]]

    assert corrected == [("en", "tromso-convention")]
    first, second = bodies(STORIES[corrected[0]])
    differing = [old for old, new in zip(first, second, strict=True) if old != new]
    assert [block["kind"] for block in differing] == ["paragraph", "table"]


def test_every_picture_is_used() -> None:
    """No picture is drawn that no story shows."""
    shown = {p["name"] for story in STORIES.values() for p in pictures_of(story)}

    assert shown == set(pictures.NAMES)


@pytest.mark.lab(one_in=5)
@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_picture_is_the_same_each_time(name: str) -> None:
    """Drawing twice gives the same 1280 by 720 pixels."""
    first, second = pictures.draw(name), pictures.draw(name)

    assert (first.mode, first.size) == ("RGB", (1280, 720))
    assert first.tobytes() == second.tobytes()


def test_an_unknown_picture_is_refused_by_name() -> None:
    """Asking for a picture that does not exist says which ones do."""
    with pytest.raises(ValueError, match="found 'crown'"):
        pictures.draw("crown")
