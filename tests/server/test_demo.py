"""The demo: verified on three mirrors, repeatable, and guarded against forgery."""

import json
import re
import shutil
from pathlib import Path

import pytest

from edition.test_budgets import GZIP, leads_out, packed
from patience import PATIENT, examples
from server.conftest import tamizdat
from tamizdat.edition.pages import PAGE_BYTES

DEMO = "https://demo.tamizdat.example"
CITED = "https://www.un.org/en/about-us/universal-declaration-of-human-rights"
TIME = "2026-11-24T12:00:00Z"
SERVICES = {"en": 2, "fa": 1}  # and how many editions of each
if PATIENT:
    SERVICES |= dict.fromkeys(("ru", "uk", "kk", "ka"), 1)


def test_demo_tells_a_program_what_it_did(demo):
    """The summary has what a program looks for, and everything verified."""
    folder, summary = demo

    assert summary["verified"] is True
    assert summary["witnessed"] is True
    assert (len(SERVICES), examples(12, 23), sum(SERVICES.values())) == (
        summary["services"],
        summary["stories"],
        summary["editions"],
    )
    assert summary["seconds"] > 0
    assert 3 == len(summary["mirrors"])
    for mirror in summary["mirrors"]:
        assert {"dir", "url", "files", "bytes", "edition", "verified"} <= mirror.keys()
        assert Path(mirror["dir"]).is_relative_to(folder)
        assert mirror["files"] > examples(120, 300)
        assert SERVICES == mirror["edition"]


def test_demo_leaves_its_folder_to_its_owner(demo):
    """Drafts, keys and password hashes are nobody else's."""
    folder, _summary = demo

    assert 0o700 == folder.stat().st_mode & 0o777
    assert 0o700 == (folder / "keys").stat().st_mode & 0o777
    assert all(k.stat().st_mode & 0o777 == 0o600 for k in folder.glob("keys/*.key"))


def test_demo_refuses_a_folder_with_something_in_it(tmp_path):
    """Nothing of anybody's is written over."""
    (tmp_path / "mine").touch()
    run = tamizdat("demo", "--once", "--dir", tmp_path)

    assert 1 == run.returncode
    assert "not empty" in run.stderr
    assert ["mine"] == [path.name for path in tmp_path.iterdir()]


def build(folder, content, place, zone, *media):
    """Build the demo's editions again from its frozen input."""
    run = tamizdat(
        *("edition", "build", content, place / "out", "--keys", folder / "keys"),
        *(*media, "--time", TIME, "--json"),
        zone=zone,
    )
    assert run.returncode == 0, run.stderr
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    return {row["service"]: row["tree"] for row in rows}


def test_editions_built_twice_have_the_same_trees(demo, tmp_path):
    """Another folder and another time zone change no byte."""
    folder, _summary = demo
    here = build(folder, folder / "content.jsonl", tmp_path / "here", "UTC")
    place = tmp_path / "elsewhere" / "there"
    place.mkdir(parents=True)
    content = shutil.copy(folder / "content.jsonl", place / "frozen.jsonl")
    media = ("--media", folder / "media" / "renditions")
    there = build(folder, content, place, "Pacific/Chatham", *media)

    assert SERVICES.keys() == here.keys()
    assert here == there
    for place in ("here", "elsewhere/there"):
        assert 0 == tamizdat("edition", "verify", tmp_path / place / "out").returncode


def test_every_page_of_the_demo_is_within_its_budget(demo):
    """No page is longer than a throttled connection lets through, plain or in gzip."""
    folder, _summary = demo
    pages = list((folder / "mirrors" / "archive").rglob("*.html"))
    plain = {str(page): page.read_bytes() for page in pages}

    assert len(pages) > examples(25, 60)
    assert [] == [page for page, content in plain.items() if len(content) > PAGE_BYTES]
    assert [] == [page for page, content in plain.items() if packed(content) > GZIP]


def test_no_page_of_the_demo_leads_out_but_to_a_source(demo):
    """Whatever stands in the demo's stories, a browser loads from the mirror alone."""
    folder, _summary = demo
    pages = (folder / "mirrors" / "archive").rglob("*.html")
    found = {
        str(page): leads_out(page.read_text("utf-8"), {CITED}, DEMO) for page in pages
    }

    assert {} == {page: some for page, some in found.items() if some}


def test_search_by_words_works_on_every_mirror(demo):
    """Its program and the signed list of its index stand there for each service."""
    _folder, summary = demo
    for mirror in summary["mirrors"]:
        found = Path(mirror["dir"]) / "find"
        assert sorted(mirror["edition"]) == sorted(one.name for one in found.iterdir())
        for service in mirror["edition"]:
            assert (found / service / "find.mjs").exists()
            assert (found / service / "state.txt").exists()


def test_corrected_story_shows_what_changed_on_every_mirror(demo):
    """The wrong year stands struck through, the right one beside it."""
    _folder, summary = demo
    places = [Path(mirror["dir"]) for mirror in summary["mirrors"]]
    pages = [list(place.rglob("tromso-convention.changes.html")) for place in places]
    texts = [page.read_text("utf-8") for some in pages for page in some]
    english = [text for text in texts if '<html lang="en"' in text]

    assert 3 == len(english)
    for text in english:
        assert re.search(r"<del>.*?>2008</bdi>.*?</del> <ins>.*?>2009</bdi>", text)


def test_live_story_was_updated_by_each_later_post(demo):
    """Published with its first post; the newest one is the time of its update."""
    folder, _summary = demo
    archive = folder / "mirrors" / "archive"
    [page] = archive.glob("en/a/*/*/demonstration-in-posts.html")
    text = page.read_text("utf-8")
    posts = re.findall(r'<p class="post"[^>]*><a[^>]*><time datetime="([^"]*)"', text)
    stamps = re.findall(r'<time datetime="([^"]*)"', text.partition('class="post"')[0])

    assert ["14:50", "14:20", "13:40"] == [post[11:16] for post in posts]
    assert {posts[0], posts[-1]} <= set(stamps)


def test_tampered_mirror_is_named_and_the_command_fails(demo, tmp_path):
    """One flipped byte: path, expected and found hash, exit status 1."""
    folder, _summary = demo
    mirror = shutil.copytree(folder / "mirrors" / "south", tmp_path / "mirror")
    page = mirror / "fa" / "index.html"
    content = page.read_bytes()
    page.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    run = tamizdat("edition", "verify", mirror, "--json")
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    problem = next(row for row in rows if row["service"] == "fa")["problems"][0]

    assert 1 == run.returncode
    assert ("forged", "fa/index.html") == (problem["kind"], problem["path"])
    assert 64 == len(problem["expected"]) == len(problem["found"])


@pytest.mark.parametrize("where", ["http://192.0.2.1/", "https://mirror.example"])
def test_demo_keys_are_refused_off_this_machine(demo, where):
    """Nobody takes a demonstration for a newspaper."""
    folder, _summary = demo
    run = tamizdat("mirror", "add", "Far", folder / "far", where, home=folder)

    assert 1 == run.returncode
    assert "demonstration keys are refused off this machine" in run.stderr
    assert not (folder / "far").exists()
