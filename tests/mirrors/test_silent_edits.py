"""What a press could change in silence, and how it is found."""

import copy
import json

import pytest

import documents
from mirrors.conftest import STORIES, Stage
from mirrors.forger import PAGE, Forger, article, lines, page, run
from tamizdat.edition.media import name_of
from tamizdat.edition.pages import theme
from tamizdat.edition.releases import read_lines
from tamizdat.edition.tree import target_of


def forge(stage, *replacements, path=PAGE):
    """Sign an edition in which bytes of a page are replaced; compare it."""
    content = page(stage, path)
    for old, new in replacements:
        assert content.count(old.encode()) == 1, old
        content = content.replace(old.encode(), new.encode())
    Forger(stage).edit({path: content, "releases/1": None})
    return run(stage, 1, 2)


TEXT = "Text of story 5."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (TEXT, "Text of\u202e story 5.", "body with its links and emphasis: "),
        (TEXT, "Text of\u200b story 5.", "body: Text [-of-] {+of\u200b+} story"),
        (TEXT, "Text <em>of</em> story 5.", "Text [-of-] {+<em>of</em>+}"),
        (TEXT, 'Text <a href="https://a.example">of</a> story 5.', "found 'a {}'"),
        (f"<p>{TEXT}</p>", f"<p hidden>{TEXT}</p>", "found '<p hidden>"),
        (f"<p>{TEXT}</p>", f'<p style="display:none">{TEXT}</p>', "'style': 'display"),
        (f"<p>{TEXT}</p>", f'<p class="gone">{TEXT}</p>', "found p gone"),
        (f"<p>{TEXT}</p>", f"<p>{TEXT}</p><!-- x -->", "found '<!-- x"),
        (f"<p>{TEXT}</p>", f"<p>{TEXT}<p>", "p is not closed"),
        ("Standfirst 5</p>", "Standfirst 4</p>", "standfirst: Standfirst [-5-] {+4+}"),
        ('content="Standfirst 5"', 'content="Lies"', "summary for search engines: "),
        ("<title>Headline 5", "<title>Headline 6", "expected one title, found two"),
        ('"headline":"Headline 5"', '"headline":"Lies"', "data for search engines: "),
        ('2026-11-20T09:05:00+00:00">', '2026-11-19T09:05:00+00:00">', "times: "),
        (", 9:05", ", 9:06", "unknown to this version: {+date: "),
        ("Published <", "Invented <", "unknown to this version: {+time: Invented+}"),
        ("</footer>", "<p>Lies.</p></footer>", "what stands around it (frame)"),
        ("</footer>", "<script>1</script></footer>", "found 'script {}'"),
        ('class="mast"', 'class="mast" style="top:0"', 'found "header {'),
        (">Society<", ">Crime<", "what stands around it (section society)"),
    ],
)
def test_nothing_is_hidden_in_a_reprint(printed, old, new, said):
    """Whatever a reader would see, hear, follow or find counts as words."""
    found = forge(printed, (old, new))

    assert 1 == found.exit_code, found.output
    assert said in article(found)
    assert "changed without a release line in edition 2: " in article(found)


def test_stylesheet_of_one_article_is_an_alarm(printed):
    """A rule for one page could hide what only that page says."""
    found = forge(printed, ("<style>", "<style>.stand{display:none}"))

    assert 1 == found.exit_code
    assert any(line.endswith("hide words: 1 article: story-5") for line in lines(found))


def test_page_that_cannot_be_read_is_told_of_alone(printed):
    """What stands around the other articles is one for all of them all the same."""
    changes = {"releases/1": None}
    for n in range(1, 6):
        path = PAGE.replace("5", str(n))
        comment = b"<!-- x --></footer>" if n == 2 else b"</footer>"
        changes[path] = page(printed, path).replace(b"</footer>", comment)
        changes[path] = changes[path].replace(b"be punished", b"be fined")
    Forger(printed).edit(changes)
    found = run(printed, 1, 2)

    assert 1 == found.exit_code, found.output
    assert "found '<!-- x" in article(found, "story-2")
    said = "reprinted, words the same: 4 articles: story-1, story-3, story-4, story-5"
    assert said in lines(found)


def picture_story():
    """Make a story with a picture, and the bytes of the picture."""
    story = documents.story(8)
    content = b"drawn"
    digest = target_of(content).digest
    story["associations"] = [
        {
            "name": "lead",
            "uri": f"sha256:{digest}",
            "type": "picture",
            "by": "Press",
            "descriptions": [
                {"role": "caption", "value": "A library."},
                {"role": "alt", "value": "People read."},
            ],
            "renditions": [
                {
                    "name": "640.jpg",
                    "href": f"sha256:{digest}",
                    "contentType": "image/jpeg",
                    "width": 640,
                    "height": 360,
                    "sizeInBytes": len(content),
                }
            ],
        }
    ]
    return story, content


@pytest.fixture
def pictured(tmp_path):
    """Give a press that printed a story with a picture."""
    stage = Stage(tmp_path)
    story, content = picture_story()
    stage.publish([*STORIES, story], pictures=lambda _digest: content)
    return stage, f"m/{name_of(target_of(content).digest)}.jpg"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("People read.", "People riot.", "description of the picture: People [-read-]"),
        ('width="640" height="360"', 'width="1" height="1"', "picture files: "),
        ("<img src", '<img loading="lazy" src', "expected markup"),
    ],
)
def test_picture_counts_as_words(pictured, old, new, said):
    """Its description, its files and its size are what a reader gets."""
    stage, _name = pictured
    found = forge(stage, (old, new), path="a/2026-11/20/story-8.html")

    assert 1 == found.exit_code, found.output
    assert said in article(found, "story-8")


def test_page_without_pictures_says_what_its_article_says(pictured):
    """Other words for those who load no pictures are a silent edit."""
    stage, _name = pictured
    path = "a/2026-11/20/story-8.text.html"
    found = forge(stage, ("A library.", "Lies."), path=path)

    assert 1 == found.exit_code, found.output
    assert "story-8: unchanged: no page of it differs" in found.output
    assert "differs: its page without pictures" in found.output


SEEN = "They hold up «بیایید!» (12)."


@pytest.mark.parametrize(
    ("old", "new", "exit_code"),
    [
        ('«<bdi dir="rtl">بیایید!</bdi>»', "«بیایید!»", 0),
        ('<bdi dir="rtl">', '<bdi dir="ltr">', 1),
        ('m/{}">They', 'm/{}"><bdi dir="rtl">They</bdi>', 1),
    ],
)
def test_page_without_pictures_may_have_its_letters_in_order(
    tmp_path, old, new, exit_code
):
    """As every press does now, or as none did at first; not in another order."""
    stage, (story, content) = Stage(tmp_path), picture_story()
    story["associations"][0]["descriptions"][1]["value"] = SEEN
    stage.publish([*STORIES, story], pictures=lambda _digest: content)
    name = f"{name_of(target_of(content).digest)}.jpg"
    path = "a/2026-11/20/story-8.text.html"
    found = forge(stage, (old.format(name), new.format(name)), path=path)

    assert exit_code == found.exit_code, found.output


@pytest.mark.parametrize("content", [b"another", None])
def test_picture_swapped_under_its_name_is_an_alarm(pictured, content):
    """A picture's name is half the hash of its bytes."""
    stage, name = pictured
    Forger(stage).edit({name: content, "releases/1": None})
    found = run(stage, 1, 2)
    row = json.loads(run(stage, 1, 2, "--json").stdout)

    assert 1 == found.exit_code
    assert f"picture changed under its name, in edition 2: {name}" in lines(found)
    assert "1 pictures swapped" in lines(found)[-1]
    assert [{"path": name, "edition": 2}] == row["pictures_swapped"]
    assert row["explained"] is False


def test_changed_service_is_a_reprint_and_no_silent_edit(printed):
    """What surrounds every article alike is told once, and articles are counted."""
    warned = {"designation": "Press is banned.", "paragraphs": ["Do."], "more": None}
    printed.publish([documents.service(notice=warned), *STORIES[1:]])
    found = run(printed, 1, 2)
    row = json.loads(run(printed, 1, 2, "--json").stdout)

    assert 0 == found.exit_code, found.output
    said = "reprinted, words the same: 5 articles: story-1, story-2, story-3, "
    assert said + "story-4, story-5" in lines(found)
    [around] = [line for line in lines(found) if line.startswith("around every")]
    assert "Press [-has been declared undesirable-] {+is banned+}." in around
    assert "0 changed, 0 taken away, 5 reprinted; each has its line" in lines(found)[-1]
    assert {"reprinted"} == {one["change"] for one in row["articles"]}
    assert [[2]] * 5 == [one["reprinted"] for one in row["articles"]]
    assert 2 == row["around_articles"][0]["edition"]


UNDESIRABLE = {"words": "undesirable", "language": "fa"}
NAMED = {"foreign": [UNDESIRABLE, {"words": "its readers", "language": "ar"}]}


def _copied(stories):
    """Let each story bring what the service says of itself, as newsrooms write it."""
    for story in copy.deepcopy(stories):
        own = {"name": "Press en", "role": None, "bio": documents.service()["bio"]}
        story["tamizdat"]["bylines"] = [{**own, "kind": "service"}]
        yield story


def test_words_that_a_service_names_are_a_reprint_and_no_silent_edit(tmp_path):
    """They are told around every article alike, and the words are the same."""
    stage = Stage(tmp_path)
    old = list(_copied(STORIES[-1:]))  # of a day when the bio was another one
    old[0]["tamizdat"]["bylines"][0]["bio"] = "Press reports."
    stories = [*_copied(STORIES[1:-1]), *old]
    stage.publish([documents.service(), *stories])
    stage.publish([documents.service(**NAMED), *stories])
    found = run(stage, 1, 2)

    assert b">its readers</span>" in page(stage, "a/2026-11/20/story-4.html")
    assert b">undesirable</span>" in page(stage)
    assert 0 == found.exit_code, found.output
    assert "reprinted, words the same: 5 articles: story-1, " in found.output
    look = "around every article, from edition 2: the look; its words are the same"
    assert look in lines(found)
    assert "each has its line" in lines(found)[-1]


def test_another_bio_of_a_service_alarms_nobody_whose_story_names_the_same(tmp_path):
    """Copies of the old one tell alike, whatever their stories name themselves."""
    stage = Stage(tmp_path)
    stories = list(_copied(STORIES[1:]))
    stories[1]["tamizdat"]["foreign"] = [{"words": "its readers", "language": "ar"}]
    stage.publish([documents.service(**NAMED), *stories])
    other = {**NAMED, "foreign": [UNDESIRABLE], "bio": "Press reports."}
    stage.publish([documents.service(**other), *stories])
    found = run(stage, 1, 2)

    assert 0 == found.exit_code, found.output
    assert b">its readers</span>" not in page(stage, "a/2026-11/20/story-2.html")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("its readers", "what stands around it (languages of the bio "),
        ("undesirable", "what stands around it (frame), unlike other articles"),
    ],
)
def test_language_told_of_a_service_on_one_article_is_an_alarm(tmp_path, words, said):
    """It could say something of that one."""
    stage = Stage(tmp_path)
    stage.publish([documents.service(), *_copied(STORIES[1:])])
    found = forge(stage, (words, f'<span lang="fa" dir="rtl">{words}</span>'))

    assert 1 == found.exit_code, found.output
    assert said in article(found)


def test_changed_theme_is_a_reprint_while_this_version_prints_it(printed, monkeypatch):
    """The sheet of this version hides nothing; what any other does is not known."""
    sheet = theme.stylesheet("article.html", "en")
    with monkeypatch.context() as patch:
        patch.setattr("tamizdat.edition.pages.theme._stylesheet", lambda *_: "p{}")
        patch.setattr("tamizdat.press.build.pages.THEME", "another")
        printed.publish()
        known = run(printed, 1, 2)
    unknown = run(printed, 1, 2)

    assert sheet != "p{}"
    assert 0 == known.exit_code, known.output
    look = "around every article, from edition 2: the look; its words are the same"
    assert look in lines(known)
    assert 1 == unknown.exit_code
    [said] = [line for line in lines(unknown) if "a stylesheet that this" in line]
    assert said.startswith("changed without a release line: ")
    assert said.endswith("5 articles: story-1, story-2, story-3, story-4, story-5")
    assert "5 without a release line" in lines(unknown)[-1]


def test_new_link_to_a_translation_is_a_reprint(printed):
    """A translation made later changes no word of the original."""
    story = copy.deepcopy(STORIES[-1])
    story["tamizdat"]["translations"] = [
        {
            "service": "fa",
            "id": "story-5",
            "language": "fa",
            "published": "2026-11-20T10:00:00Z",
        }
    ]
    printed.publish([*STORIES[:-1], story])
    found = run(printed, 1, 2)

    assert 0 == found.exit_code, found.output
    assert "reprinted, words the same: 1 article: story-5" in lines(found)


def test_link_to_a_translation_says_nothing_but_its_language(printed):
    """A text put where a language is named is an alarm."""
    link = (
        '<div class="links">This story in other languages<br>'
        '<a href="../../../../fa/a/2026-11/20/story-5.html" lang="fa" hreflang="fa"'
        ' dir="rtl">It is a lie</a></div></article>'
    )
    found = forge(printed, ("</article>", link))

    assert 1 == found.exit_code
    assert "language: It is a lie" in article(found).partition("unknown to this")[2]


def part(*rows):
    """Make a part of `releases/`; each row is a line without its line feed."""
    return "".join(f"{row}\n" for row in ("tamizdat-releases/1", *rows)).encode()


def first_line(stage, name="story-5"):
    """Find the hash of an article's line in the first edition."""
    for path in stage.press.archive.root.glob("o/*/*"):
        content = path.read_bytes()
        if content.startswith(b"tamizdat-releases/1"):
            for line in read_lines(content, "releases/1"):
                if line.article == name:
                    return line.digest
    raise LookupError(name)


@pytest.mark.parametrize(
    ("number", "previous", "said"),
    [
        (2, "ab" * 32, "release 2 names another line before it than the one there"),
        (2, "-", "release 2 names another line before it than the one there"),
        (3, None, "release 2 is skipped"),
        (5, None, "releases 2 to 4 are skipped"),
        (1, "-", "release 1 is repeated"),
    ],
)
def test_line_out_of_its_chain_is_an_alarm(printed, number, previous, said):
    """A line names the one before, so that none is left out, put in or rewritten."""
    before = previous or first_line(printed)
    row = f"story-5 {number} minor 2026-11-21T09:00:00Z {'ab' * 32} {before}"
    forged = page(printed).replace(b"Text of story 5.", b"Text of story 4.")
    Forger(printed).edit({PAGE: forged, "releases/1": part(row)})
    found = run(printed, 1, 2)
    row = json.loads(run(printed, 1, 2, "--json").stdout)

    assert 1 == found.exit_code
    assert article(found).startswith("a release line is out of its chain: story-5 ")
    assert said in article(found)
    assert "1 with a release line out of its chain" in lines(found)[-1]
    assert [said] == row["articles"][0]["out_of_chain"]


def test_line_that_follows_the_one_before_is_no_alarm(printed):
    """The same line with the right hash before it is in its chain; its pack is not."""
    row = f"story-5 2 minor 2026-11-21T09:00:00Z {'ab' * 32} {first_line(printed)}"
    Forger(printed).edit({PAGE: page(printed) + b" ", "releases/1": part(row)})
    found = run(printed, 1, 2)

    assert "): minor of " in article(found)
    assert "story-5: number of its release in the pack" in lines(found)[2]
    assert lines(found)[-1].endswith("0 taken away; 1 unlike it in the pack")


def test_new_article_begins_with_its_first_release(printed):
    """What is new cannot have been released before."""
    row = f"x 2 update 2026-11-21T09:00:00Z {'ab' * 32} {'cd' * 32}"
    path = "a/2026-11/20/x.html"
    Forger(printed).edit({path: page(printed), "releases/1": part(row)})
    found = run(printed, 1, 2)

    assert 1 == found.exit_code
    assert "release 1 is skipped" in article(found, "x")


def test_chain_is_followed_over_editions_that_say_nothing(printed):
    """A line is held against the last one, however many editions ago."""
    printed.publish([*STORIES, documents.story(6)])
    row = f"story-5 2 minor 2026-11-21T09:00:00Z {'ab' * 32} {'cd' * 32}"
    Forger(printed).edit({PAGE: page(printed) + b" ", "releases/1": part(row)})

    assert "another line before it" in article(run(printed, 1, 3))
    assert 1 == run(printed, 1, 3).exit_code


def test_article_moved_to_another_address_is_an_alarm(printed):
    """The same words at another address are not the same article."""
    moved = "a/2026-11/21/story-5.html"
    Forger(printed).edit({PAGE: None, moved: page(printed), "releases/1": None})

    assert 1 == run(printed, 1, 2).exit_code


def test_end_of_breaking_news_is_no_silent_edit(tmp_path):
    """The flag stands on lists alone, so it goes without a release."""
    stage = Stage(tmp_path)
    story = documents.story(8, breaking=True)
    stage.publish([*STORIES, story])
    story["tamizdat"]["breaking"] = False
    stage.publish([*STORIES, story])
    found = run(stage, 1, 2)

    assert 0 == found.exit_code, found.output
    assert "no article changed" in lines(found)[-1]


def much_noted(number=8, notes=40):
    """Make a story with more notes than its first page has room for."""
    story = documents.story(number)
    text = " ".join(f"Sentence {n}." for n in range(1_500))
    story["tamizdat"]["body"] = [{"kind": "paragraph", "text": text}]
    for n in range(notes):
        story = documents.changed(story, "Headline", "correction", f"Note {n}. " * 20)
        at = f"2026-11-21T09:{n:02}:00Z"
        story["versionCreated"] = story["tamizdat"]["releases"][-1]["time"] = at
    return story


NOTED = "a/2026-11/20/story-8"
LONGER = {"designation": "Banned.", "paragraphs": ["A warning. " * 200], "more": None}


@pytest.fixture
def noted(tmp_path):
    """Give a press that printed such a story."""
    stage = Stage(tmp_path)
    stage.publish([*STORIES, much_noted()])
    return stage


def test_note_that_moves_beside_what_changed_is_a_reprint(noted):
    """A longer notice leaves notes less room; no word of them is another."""
    before = page(noted, f"{NOTED}.html").count(b'<aside class="note"')
    noted.publish([documents.service(notice=LONGER), *STORIES[1:], much_noted()])
    after = page(noted, f"{NOTED}.html").count(b'<aside class="note"')
    found = run(noted, 1, 2)

    assert 0 < after < before
    assert 0 == found.exit_code, found.output
    assert "6 reprinted" in lines(found)[-1]


def test_page_of_notes_that_comes_for_want_of_room_is_a_reprint(tmp_path):
    """Nothing changed, and notes that had room have none."""
    stage, story = Stage(tmp_path), much_noted(notes=19)
    stage.publish([*STORIES, story])
    there = f"{NOTED}.changes.html"
    with pytest.raises(FileNotFoundError):
        page(stage, there)
    stage.publish([documents.service(notice=LONGER), *STORIES[1:], story])
    came = run(stage, 1, 2)
    assert b"Note 0." in page(stage, there)
    stage.publish([*STORIES, story])
    went = run(stage, 2, 3)

    assert 0 == came.exit_code, came.output
    assert 0 == went.exit_code, went.output


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (f"{NOTED}.changes.html", "Note 1. Note", "Note 2. Note", "notes: "),
        (f"{NOTED}.changes.html", '<h2 id="r2">', '<h2 id="r99">', "releases: 41"),
        (f"{NOTED}.html", "Correction (", "Correction (1", "notes elsewhere: "),
        (f"{NOTED}.changes.html", '<h2 id="r41">', "<h3>Lies</h3>$", "found "),
    ],
)
def test_note_beside_what_changed_counts_as_words(noted, path, old, new, said):
    """Wherever a note stands, no other may come in its place."""
    content = page(noted, path).decode()
    assert old in content
    forged = content.replace(old, new.replace("$", old), 1).encode()
    Forger(noted).edit({path: forged, "releases/1": None})
    found = run(noted, 1, 2)

    assert 1 == found.exit_code, found.output
    assert said in found.output
