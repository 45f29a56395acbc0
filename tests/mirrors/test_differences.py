"""What changed between two editions, and what nobody said."""

import json

import pytest
from click.testing import CliRunner

import documents
from mirrors.conftest import STORIES, Stage
from mirrors.forger import PAGE, Forger, article, lines, page, run
from tamizdat.edition.pages import theme
from tamizdat.edition.tree import target_of
from tamizdat.mirrors.diff_command import diff

NAME = "Planted Name"  # of nobody; must not be shown


def released(kind, note=None, headline="Headline 5", text="Text of story 5."):
    """Release the newest story again; return all stories."""
    story = documents.changed(STORIES[-1], headline, kind, note)
    story["tamizdat"]["body"][0]["text"] = text
    return [*STORIES[:-1], story]


def withdrawn(kind="withdrawal", note=None):
    """Make a story that endangers somebody, and the same made safe."""
    one = documents.story(9)
    one["headlines"][0]["value"] = f"{NAME} speaks"
    one["tamizdat"]["body"][0]["text"] = f"{NAME} said so."
    safe = documents.changed(one, "Withdrawn", kind, note)
    safe["descriptions"] = []
    safe["tamizdat"]["body"] = (
        [] if kind == "withdrawal" else [{"kind": "paragraph", "text": "Somebody."}]
    )
    return one, safe


def test_correction_is_told_in_an_editors_words(printed):
    """Kind, day, headline, words of the body and the note stand in one line."""
    printed.publish(released("correction", "It was 2009.", "New", "Text of story 6."))
    found = run(printed, 1, 2)

    assert 0 == found.exit_code, found.output
    assert "en: edition 1 to 2" == lines(found)[0]
    assert (
        f"story-5 ({PAGE}): correction of 21 November 2026:"
        " headline “Headline 5” is now “New”;"
        " body: Text of story [-5-] {+6+}.; note: “It was 2009.”"
    ) == lines(found)[1]
    assert "releases: 1 file" in lines(found)
    assert "lists: 8 pages" in lines(found)
    assert "trust page: trust.html (changed)" in lines(found)
    assert (
        "en: 1 article: 0 new, 1 changed, 0 taken away; each has its line"
        == lines(found)[-1]
    )


def test_new_story_is_told_by_its_headline(printed):
    """Nothing of a new story is called a difference but that it is new."""
    printed.publish([*STORIES, documents.story(6)])
    found = run(printed, 1, 2)

    assert 0 == found.exit_code
    assert (
        "story-6 (a/2026-11/20/story-6.html): new, publish of 20 November 2026:"
        " headline “Headline 6”"
    ) == article(found, "story-6")
    assert any(line.startswith("lists: ") for line in lines(found))


def test_minor_release_that_changes_no_word_says_so(printed):
    """A new salt is no news."""
    printed.publish(released("minor"))
    found = run(printed, 1, 2)

    assert 0 == found.exit_code
    assert article(found).endswith("minor of 21 November 2026: its words are the same")


def test_retraction_shows_what_was_taken_back_and_why(printed):
    """The notice is told, and the text that readers lost."""
    story = documents.changed(STORIES[-1], "Headline 5", "retraction", "Wrong.")
    story["tamizdat"]["body"] = []
    printed.publish([*STORIES[:-1], story])
    found = run(printed, 1, 2)

    assert 0 == found.exit_code
    assert "retraction of 21 November 2026" in article(found)
    assert "body: [-Text of story 5.-]" in article(found)
    assert "note: “Wrong.”" in article(found)


@pytest.mark.parametrize("more", [[], ["--json"]])
@pytest.mark.parametrize(("first", "second"), [(1, 3), (2, 3), (1, 2), (3, 4)])
def test_withdrawn_words_are_never_shown(printed, first, second, more):
    """Neither the edition that withdraws nor the ones before show a word."""
    one, gone = withdrawn()
    printed.publish([*STORIES, one])
    printed.publish([*STORIES, gone])
    printed.publish([*released("update", headline="New"), gone])
    found = run(printed, first, second, *more)

    assert 0 == found.exit_code, found.output
    assert NAME not in found.output


@pytest.mark.parametrize("kept", [False, True])
def test_redacted_words_are_never_shown(printed, kept):
    """The kind and the note are told, whether or not the old object is still there."""
    one, safe = withdrawn("redaction", "A name was removed.")
    printed.publish([*STORIES, one])
    objects = {p: p.read_bytes() for p in printed.press.archive.root.glob("o/*/*")}
    printed.publish([*STORIES, safe])
    if kept:
        for path, content in objects.items():
            path.write_bytes(content)
    found = run(printed, 2, 3)
    before = run(printed, 1, 2)

    assert 0 == found.exit_code, found.output
    assert NAME not in found.output + before.output
    assert article(found, "story-9").endswith(
        "redaction of 21 November 2026: its words are not shown;"
        " the note of release 2 stands"
    )
    assert "its words are not shown" in article(before, "story-9")


def test_silent_edit_is_an_alarm(printed):
    """A word changed without a release line is shown, and the status is 1."""
    forged = page(printed).replace(b"Text of story 5.", b"Text of story 4.")
    Forger(printed).edit({PAGE: forged, "releases/1": None})
    found = run(printed, 1, 2)

    assert 1 == found.exit_code
    assert (
        f"changed without a release line in edition 2: story-5 ({PAGE}):"
        " body: Text of story [-5-] {+4+}."
    ) == article(found)
    assert lines(found)[-1].endswith(
        "1 changed, 0 taken away; 1 without a release line"
    )


@pytest.mark.parametrize(
    ("path", "content", "alarm"),
    [
        (PAGE, None, "taken away without a release line in edition 2: "),
        ("a/2026-11/20/x.html", b"", "new without a release line in edition 2: "),
        (PAGE, b"<p>", "changed without a release line in edition 2: "),
    ],
)
def test_article_added_or_missing_without_a_line_is_an_alarm(
    printed, path, content, alarm
):
    """A story leaves by a release and comes by one, whatever its page is."""
    Forger(printed).edit({path: content, "releases/1": None})
    found = run(printed, 1, 2)

    assert 1 == found.exit_code
    assert alarm in found.stdout


def test_silent_edit_of_a_later_page_is_an_alarm(printed):
    """A long story is one article, whichever of its pages differs."""
    story = documents.story(7)
    text = " ".join(f"Sentence {n}." for n in range(1_500))
    story["tamizdat"]["body"] = [{"kind": "paragraph", "text": text}]
    printed.publish([*STORIES, story])
    second = "a/2026-11/20/story-7.2.html"
    forged = page(printed, second).replace(b"Sentence 1400.", b"Sentence 1500.")
    Forger(printed).edit({second: forged, "releases/1": None})
    found = run(printed, 2, 3)

    assert 1 == found.exit_code
    assert "changed without a release line" in article(found, "story-7")
    assert "Sentence [-1400-] {+1500+}." in article(found, "story-7")


def test_page_that_is_too_long_is_not_read(printed):
    """No page of ours is longer; the alarm is raised all the same."""
    Forger(printed).edit({PAGE: b" " * 20_000, "releases/1": None})
    found = run(printed, 1, 2)

    assert 1 == found.exit_code
    assert article(found).endswith(f"{PAGE}: 20000 bytes, at most 16384")


def test_number_that_was_skipped_is_named(printed):
    """What stands between two editions is missed when the log has nothing of it."""
    Forger(printed).edit({"releases/1": None}, number=3)
    found = run(printed, 1, 3)

    assert 0 == found.exit_code, found.output
    assert "not on the mirror, lines unknown: edition 2" in lines(found)


def test_later_release_does_not_cover_a_silent_edit(printed):
    """Every edition in between answers for its own changes."""
    forged = page(printed).replace(b"Text of story 5.", b"Text of story 4.")
    Forger(printed).edit({PAGE: forged, "releases/1": None})
    part = (
        b"tamizdat-releases/1\n"
        + (f"story-5 2 update 2026-11-21T09:00:00Z {'ab' * 32} {'cd' * 32}\n").encode()
    )
    Forger(printed).edit({PAGE: forged + b" ", "releases/1": part})

    assert 1 == run(printed, 1, 3).exit_code
    assert "in edition 2" in article(run(printed, 1, 3))
    assert "without a release line" not in run(printed, 2, 3).output


def test_edit_taken_back_is_still_told(printed):
    """A page that is as before was another page in between."""
    original = page(printed)
    Forger(printed).edit({PAGE: original + b" ", "releases/1": None})
    Forger(printed).edit({PAGE: original})
    found = run(printed, 1, 3)

    assert 1 == found.exit_code
    assert (
        "changed without a release line in edition 2: story-5: unchanged:"
        " no page of it differs;"
        " differs: what stands around it (frame), unlike other articles"
    ) in lines(found)


def test_correction_without_its_note_is_named(printed):
    """Readers are owed a note."""
    part = (
        b"tamizdat-releases/1\n"
        + (
            f"story-5 2 correction 2026-11-21T09:00:00Z {'ab' * 32} {'cd' * 32}\n"
        ).encode()
    )
    Forger(printed).edit({PAGE: page(printed) + b" ", "releases/1": part})

    assert article(run(printed, 1, 2)).endswith("no note stands for release 2")


def test_json_holds_every_word_and_every_line(printed):
    """A program gets what a person reads."""
    printed.publish(released("correction", "It was 2009.", text="Text of story 6."))
    row = json.loads(run(printed, 1, 2, "--json").stdout)
    (one,) = row["articles"]

    assert ("en", 1, 2, True) == (
        row["service"],
        row["from"]["edition"],
        row["to"]["edition"],
        row["explained"],
    )
    assert {
        "number": 2,
        "kind": "correction",
        "time": "2026-11-21T09:00:00Z",
        "note": True,
    } == one["releases"][0]
    assert [
        ["kept", "Text of story "],
        ["removed", "5"],
        ["added", "6"],
        ["kept", "."],
    ] == one["parts"]["body"]
    assert [["added", "It was 2009."]] == one["parts"]["note"]
    assert [] == one["without_release_line"]
    assert 64 == len(row["fingerprint"])


def test_equal_editions_have_no_difference(printed):
    """An edition compared with itself is explained."""
    found = run(printed, 1, 1)

    assert 0 == found.exit_code
    assert ["en: edition 1 to 1", "en: no article changed"] == lines(found)


def test_two_mirrors_are_compared_by_their_newest(stage):
    """Without a number each mirror's `latest` counts."""
    stage.publish(released("update", headline="New"))
    roots = [str(stage.mirror.root), str(stage.press.archive.root)]
    found = CliRunner().invoke(diff, roots)

    assert 0 == found.exit_code, found.output
    assert "en: edition 1 to 2" == lines(found)[0]
    assert "headline “Headline 5” is now “New”" in article(found)


def test_mirror_without_an_edition_is_compared_from_nothing(stage):
    """A first edition is new as a whole."""
    (stage.mirror.root / "en" / "latest").unlink()
    roots = [str(stage.mirror.root), str(stage.press.archive.root)]
    found = CliRunner().invoke(diff, roots)
    other = CliRunner().invoke(diff, roots[::-1])

    assert 0 == found.exit_code, found.output
    assert "en: edition none to 1" == lines(found)[0]
    assert "en: 5 articles: 5 new, 0 changed" in lines(found)[-1]
    assert 1 == other.exit_code
    assert "Error: en: B has no edition, A has one" == other.stderr.strip()


def test_edition_that_a_mirror_lacks_is_named(stage):
    """A mirror that missed an edition cannot show its release lines."""
    stage.publish(released("update", headline="New"))
    again = documents.changed(released("update", headline="New")[-1], "Newer")
    stage.publish([*STORIES[:-1], again])
    stage.deliver()
    root = stage.mirror.root
    found = CliRunner().invoke(diff, [f"{root}@1", f"{root}@3"])

    assert "not on the mirror, lines unknown: edition 2" in lines(found)
    assert 0 == found.exit_code, found.output


def test_wrong_use_has_status_2(printed):
    """Order, service and number are the caller's."""
    printed.publish(released("update", headline="New"))

    assert 2 == run(printed, 2, 1).exit_code
    assert "A is edition 2, later than B" in run(printed, 2, 1).stderr
    assert 2 == run(printed, 1, 2, "--service", "xx").exit_code
    assert 2 == CliRunner().invoke(diff, ["one"]).exit_code


def test_number_needs_its_service_where_there_are_several(tmp_path):
    """An edition number is one service's."""
    stage = Stage(tmp_path, ("en", "fa"))
    stage.print_one("en", ("en", "fa"))
    found = run(stage, 1, 1)

    assert 2 == found.exit_code
    assert "a number needs its --service, one of en, fa" in found.stderr
    assert 0 == run(stage, 1, 1, "--service", "en").exit_code
    both = CliRunner().invoke(diff, [str(stage.press.archive.root)] * 2)
    assert ["en: edition 1 to 1", "en: no article changed", "fa: no edition"] == lines(
        both
    )


def fail(result):
    """Check that a comparison failed in one line; return the line."""
    assert 1 == result.exit_code, result.output
    (line,) = result.stderr.strip().splitlines()
    return line


def test_number_that_the_log_lacks_is_refused(printed):
    """An edition nobody signed has no differences."""
    assert "the log has no statement of en edition 7" in fail(run(printed, 1, 7))


def test_entry_of_a_foreign_key_is_refused(printed):
    """A statement counts only if the service's key signed it."""
    forger = Forger(printed)
    forger.edit({PAGE: None}, organisation="other.example")

    assert "expected organisation press.example" in fail(run(printed, 1, 2))


def test_two_statements_of_one_number_are_refused(printed):
    """A fork is not explained away."""
    Forger(printed).edit({PAGE: None}, number=1, previous=None)

    assert "two statements of en edition 1" in fail(run(printed, 1, 1))


def test_edition_that_does_not_continue_the_other_is_refused(printed):
    """Each names the one before by its hash."""
    Forger(printed).edit({PAGE: None}, previous="ab" * 32)

    assert "edition 2 does not continue 1" in fail(run(printed, 1, 2))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("log/tile/entries/000.p/2", "the entries are not those of log/checkpoint"),
        ("log/checkpoint", "signature"),
    ],
)
def test_forged_log_is_refused(printed, path, reason):
    """A number is looked up only in the log that its key signed."""
    printed.publish(released("update", headline="New"))
    place = printed.press.archive.root / path
    place.write_bytes(place.read_bytes()[:-2] + b"zz")

    assert reason in fail(run(printed, 1, 2))


def test_forged_object_is_refused(printed):
    """Bytes that are not the ones named are not compared."""
    before = target_of(page(printed))
    printed.publish(released("update", headline="New"))
    place = printed.press.archive.object_path(before.digest)
    place.write_bytes(b"forged")

    assert f"{PAGE}): expected sha256 {before.digest}" in fail(run(printed, 1, 2))


def test_missing_object_is_named(printed):
    """What nobody withdrew must be there."""
    before = target_of(page(printed))
    printed.publish(released("update", headline="New"))
    printed.press.archive.object_path(before.digest).unlink()

    assert f"{PAGE}: object o/" in fail(run(printed, 1, 2))


def test_mirrors_of_two_organisations_are_refused(tmp_path, printed):
    """Two first trust notes are two newspapers."""
    (tmp_path / "b").mkdir()
    other = Stage(tmp_path / "b")
    other.publish()
    roots = [str(stage.press.archive.root) for stage in (printed, other)]

    assert "expected the fingerprint" in fail(CliRunner().invoke(diff, roots))


def test_withdrawal_after_a_redaction_owes_no_note(printed):
    """A notice of withdrawal does not say which story it was."""
    one, safe = withdrawn("redaction", "A name was removed.")
    printed.publish([*STORIES, one])
    printed.publish([*STORIES, safe])
    gone = documents.changed(safe, "Withdrawn", "withdrawal")
    gone["tamizdat"]["body"] = []
    printed.publish([*STORIES, gone])

    assert "no note" not in run(printed, 2, 4).stdout


def told(kind="correction"):
    """Release the newest story again, and say in its document what changed."""
    rows = released(kind, "It was 2009.", "New", "Text of story 6.")
    return [*rows[:-1], documents.compared(STORIES[-1], rows[-1])]


def test_public_diff_says_the_same_words(printed):
    """What readers are shown of a release is what this command finds."""
    rows = told()
    printed.publish(rows)
    row = json.loads(run(printed, 1, 2, "--json").stdout)
    (found,) = row["articles"]
    frozen = {
        change["part"]: [[run["kind"], run["text"]] for run in change["runs"]]
        for change in rows[-1]["tamizdat"]["releases"][-1]["changes"]
    }

    assert {part: found["parts"][part] for part in frozen} == frozen
    assert {"headline", "body", "note"} == found["parts"].keys()
    assert [{"path": CHANGES, "change": "new"}] == row["files"]["pages of changes"]


CHANGES = PAGE.replace(".html", ".changes.html")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Correction", b"Update"),
        (b"<main", b"<p>Hidden</p><main"),
        (b"<style>", b"<style>del{display:none}"),
        (b"</head>", b"<style>ins{display:none}</style></head>"),
        (b'name="salt"', b'name="malt"'),
        (b"<!doctype html>", None),
    ],
)
def test_diff_rewritten_without_a_release_is_silent(printed, old, new):
    """Whoever changes what was said of a change is found like any other."""
    printed.publish(told())
    content = None if new is None else page(printed, CHANGES).replace(old, new)
    Forger(printed).edit({CHANGES: content, "releases/1": None})
    found = run(printed, 2, 3)

    assert 1 == found.exit_code
    assert "without a release line" in found.output
    assert "story-5" in found.output


@pytest.mark.parametrize("home", [{}, {"home": "https://press.example"}])
def test_diff_printed_anew_in_another_frame_is_reprinted(printed, home):
    """A notice taken away changes every page, and nothing that they tell."""
    rows = told()
    printed.publish([documents.service(**home), *rows[1:]])
    printed.publish([documents.service(notice=None, **home), *rows[1:]])
    found = run(printed, 2, 3)

    assert 0 == found.exit_code, found.output


MIXED = "They said «بیایید!» (12) and ran."
NOTICE = {"designation": "سلام!", "paragraphs": [f"{MIXED} {MIXED}"], "more": None}


def told_of_two_directions():
    """Tell of a change of words that run both ways, below a notice that does."""
    rows = released("correction", f"Said: {MIXED}", "New «بله!» (2)", MIXED)
    rows = [documents.service(notice=NOTICE), *rows[1:]]
    return [*rows[:-1], documents.compared(STORIES[-1], rows[-1])]


def test_order_of_letters_is_nothing_that_is_told(printed, monkeypatch):
    """What was told before letters were set in order is told with the same words."""
    rows = told_of_two_directions()
    with monkeypatch.context() as patch:
        patch.setattr(theme, "_directed", lambda _template, html, _way: html)
        patch.setattr("tamizdat.press.build.pages.THEME", "another")
        printed.publish(rows)
    before = page(printed, CHANGES), page(printed, PAGE)
    printed.publish(rows)
    found = run(printed, 2, 3)

    for old, new in zip(
        before, (page(printed, CHANGES), page(printed, PAGE)), strict=True
    ):
        assert b"<strong>\xd8" in old
        assert b'<p dir="rtl"><strong>\xd8' in new
    assert 0 == found.exit_code, found.output
    assert "reprinted, words the same: 5 articles: " in found.output


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CHANGES, "<blockquote>", '<blockquote dir="rtl">'),
        (CHANGES, '</span><bdi dir="ltr">', '</span><bdi dir="rtl">'),
        (CHANGES, '<bdi dir="rtl">', '<bdi dir="ltr">'),
        (CHANGES, '<p dir="rtl"><strong>', "<p><strong>"),
        (PAGE, '<p dir="rtl"><strong>', "<p><strong>"),
        (PAGE, '<h2 id="notice">', '<h2 id="notice" dir="rtl">'),
    ],
)
def test_words_turned_round_in_what_is_told_are_silent(printed, path, old, new):
    """Whatever else turns words round counts as a change of them."""
    printed.publish(told_of_two_directions())
    content = page(printed, path)
    assert old.encode() in content
    forged = content.replace(old.encode(), new.encode(), 1)
    Forger(printed).edit({path: forged, "releases/1": None})
    found = run(printed, 2, 3)

    assert 1 == found.exit_code, found.output
    assert "without a release line" in found.output
