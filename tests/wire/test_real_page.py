"""The page of the shared folder yields every fact that its record states."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from page_simulator import item_of, texts

SHARED = Path(__file__).resolve().parents[3] / "shared" / "input" / "page"
pytestmark = pytest.mark.skipif(
    not (SHARED / "helsinki.txt").exists(),
    reason="the real page is not in ../shared/input/page",
)


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((SHARED / "helsinki.expected.json").read_text())
    return facts


@pytest.fixture(scope="module")
def item() -> dict[str, Any]:
    return item_of((SHARED / "helsinki.txt").read_bytes())


def test_the_bytes_are_the_recorded_ones(item, record):
    assert record["source_sha256"] == item["receipt"]["sha256"]
    assert record["source_bytes"] == item["receipt"]["size"]
    assert item["receipt"]["encoding"] == item["receipt"]["encoding_by"] == "utf-8"
    assert item["receipt"]["warnings"] == []


def test_the_heading_is_read_and_the_banner_is_not_the_story(item, record):
    assert record["language"] == item["language"]
    assert item["direction"] == "ltr"
    assert record["kind"]["breaking"] is item["breaking"] is False
    assert record["kicker"] is item["kicker"] is None
    assert record["headline"] == item["headline"]
    assert record["updated"] is item["updated"] is True


def test_times_and_dateline_that_the_page_lacks_stay_null(item, record):
    assert record["published_at"] is item["published_at"] is None
    assert record["updated_at"] is item["updated_at"] is None
    assert record["dateline"] is item["dateline"] is None
    assert item["embargo"] is item["guid"] is item["version"] is None


def test_the_caption_stands_once_and_is_the_alternative_text_too(item, record):
    (picture,) = item["media"]
    whole = json.dumps(item, ensure_ascii=False)

    assert record["image"]["caption"] == picture["caption"]
    assert record["image"]["alt"] == picture["alt"]
    assert record["image"]["credit"] is picture["credit"] is None
    assert record["image_ratio"] == picture["ratio"]
    shown = whole.count(json.dumps(picture["caption"], ensure_ascii=False))
    assert record["image"]["caption_times"] == shown - 1


def test_the_body_has_the_recorded_paragraphs_and_no_others(item, record):
    body = record["body"]
    paragraphs = texts(item)
    joined = "\n\n".join(paragraphs)

    assert {"paragraph"} == {block["kind"] for block in item["body"]}
    assert body["paragraph_count"] == len(paragraphs) == 8
    for fact, text in zip(body["paragraphs"], paragraphs, strict=True):
        assert text.startswith(fact["starts"])
        assert fact["words"] == len(text.split())
        assert fact["chars"] == len(text)
    assert body["words"] == sum(len(text.split()) for text in paragraphs)
    assert joined.endswith(body["last_words"])
    assert body["sha256_joined"] == hashlib.sha256(joined.encode()).hexdigest()


def test_what_is_no_body_is_in_no_paragraph(item, record):
    for text in texts(item):
        assert not [part for part in record["not_in_body"] if part in text]
        assert text not in record["not_in_body_lines"]


def test_boilerplate_is_dropped_and_accounted_for(item, record):
    dropped = [entry["text"] for entry in item["receipt"]["dropped"]]

    assert sorted(record["boilerplate"]) == sorted(dropped)
    assert all(entry["why"] for entry in item["receipt"]["dropped"])


def test_credit_line_and_agencies_are_read(item, record):
    assert record["credit_line"] == item["credit"]
    assert record["credit_agencies"] == item["credit_agencies"]


def test_author_box_is_byline_and_biography(item, record):
    (author,) = item["byline"]
    byline = record["byline"]

    assert {"name": byline["name"], "role": None, "title": None} == author
    assert item["bio"].startswith(byline["bio_starts"])
    assert byline["bio_words"] == len(item["bio"].split())
    assert "27\u00a0languages in 23\u00a0countries" in item["bio"]


def test_the_notice_is_read_whole(item, record):
    (notice,) = item["notices"]
    fact = record["risk_notice"]
    parts = ("authority", "designation", "entity", "persons", "territories")

    for part in (*parts, "acts", "penalties"):
        assert fact[part] == notice[part]
    paragraphs = notice["text"].split("\n\n")
    for stated, text in zip(fact["paragraphs"], paragraphs, strict=True):
        assert text.startswith(stated["starts"])
        assert stated["words"] == len(text.split())
    more = {key: fact["more_link"][key] for key in ("text", "target")}
    assert more == notice["more"]


def test_dates_that_the_text_mentions_set_no_time(item, record):
    numbered = [fact for fact in record["dates_mentioned"] if "paragraph" in fact]

    for fact in numbered:
        assert fact["text"] in texts(item)[fact["paragraph"] - 1]
    assert "July 2017" in item["media"][0]["caption"]
    assert item["published_at"] is item["updated_at"] is None
