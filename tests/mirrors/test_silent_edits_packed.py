"""Words put into the pack alone, and how a follower finds them."""

import re

import pytest

import documents
from mirrors.conftest import STORIES, Stage
from mirrors.forger import Forger, lines, page, run
from mirrors.test_silent_edits import much_noted
from tamizdat.edition.pages import theme
from tamizdat.mirrors.packed_names import mark_of

LIE = "The editors were arrested."
OWN = "Text of story 5."


def files(stage, ending):
    """Read the parts or pages of the pack as they stand."""
    root = stage.press.archive.root / "en"
    found = sorted((root / "p").glob(f"2*{ending}"))
    return {f"p/{path.name}": path.read_bytes() for path in found}


def told(found):
    """List what is said of a pack."""
    return [line for line in lines(found) if line.startswith("the pack is not")]


def forge(stage, changes, first=1):
    """Sign an edition in which files of a pack are others; compare it."""
    Forger(stage).edit({**changes, "releases/1": None})
    return run(stage, first, first + 1)


def replaced(stage, ending, old, new):
    """Replace bytes in the one file of a pack that has them."""
    ((path, content),) = (
        (path, content)
        for path, content in files(stage, ending).items()
        if old.encode() in content
    )
    return {path: content.replace(old.encode(), new.encode(), 1)}


@pytest.mark.parametrize(
    ("ending", "old", "new", "said"),
    [
        (".txt", OWN, LIE, "story-5: body in the pack"),
        (".txt", OWN, f"{OWN}\np {LIE}", "story-5: body in the pack"),
        (".txt", "h Headline 5", f"h {LIE}", "story-5: headline in the pack"),
        (".txt", "story-5 1/1 1 -", "story-5 1/1 1 retracted", "story-5: standing"),
        (".txt", f"p {OWN}\n", "", "story-5: body in the pack"),
        (".txt", "story-5 1/1 1", "story-5 1/1 2", "story-5: number of its release"),
        (".txt", "tamizdat-pack/1 en", "tamizdat-pack/1 fa", "name of the service"),
        (".html", OWN, LIE, "story-5: body on pages of the pack"),
        (".html", ">Headline 5<", f">{LIE}<", "story-5: headline on pages of the pack"),
        (".html", "<article ", f"<p>{LIE}</p><article ", "not as this press prints it"),
        (".html", 'story-5.html"', 'story-4.html"', "not as this press prints it"),
        (".html", "a/2026-11/20/story-5", "a/2026-11/19/story-5", "no article of this"),
        (".html", OWN, f'<span lang="ru" dir="ltr">{OWN}</span>', "story-5: language"),
        (".html", ">Press en<", f">{LIE}<", "name of the service"),
        (".html", "<title>", f"<title>{LIE}", "html: title"),
    ],
)
def test_lie_in_the_pack_alone_is_told(printed, ending, old, new, said):
    """No article, no release line and no other file says a word of it."""
    found = forge(printed, replaced(printed, ending, old, new))
    (line,) = told(found)

    assert 1 == found.exit_code
    assert said in line
    assert LIE not in line
    assert "1 unlike it in the pack" in lines(found)[-1]


def test_part_with_another_salt_is_told(printed):
    """It could be one that hides nothing."""
    ((path, content),) = files(printed, ".txt").items()
    kind, service, salt = content.split(b"\n", 1)[0].split(b"\t")[0].split(b" ")
    other = b" ".join((kind, service, b"A" * len(salt)))
    found = forge(
        printed, {path: content.replace(b" ".join((kind, service, salt)), other)}
    )
    (line,) = told(found)

    assert f"{path}: its salt" in line


def test_page_that_leads_nowhere_is_told(tmp_path):
    """A story that goes on would seem to end."""
    stage = Stage(tmp_path)
    stage.publish([documents.service(), *many(5)])
    link = re.compile(rb'<a rel="next" href="[^"]*">[^<]*</a>')
    changes = {
        path: link.sub(b"", content)
        for path, content in files(stage, ".html").items()
        if link.search(content)
    }
    found = forge(stage, changes)

    assert changes
    assert [f"{path}: where it leads to" for path in sorted(changes)] == [
        line.partition(": ")[2] for line in told(found)
    ]


def test_honest_edition_after_a_lie_is_not_told(printed):
    """The pack says again what its articles say."""
    honest = files(printed, ".txt")
    forge(printed, replaced(printed, ".txt", OWN, LIE))
    found = forge(printed, honest, first=2)

    assert 0 == found.exit_code, found.output
    assert 1 == run(printed, 1, 3).exit_code  # but the edition in between is


@pytest.mark.parametrize("ending", [".txt", ".html"])
def test_story_left_out_of_the_pack_is_told(printed, ending):
    """Readers of the pack would never know of it."""
    pattern = {
        ".txt": re.compile(rb"= story-4 [^=]*"),
        ".html": re.compile(rb'<article id="story-story-4".*?</article>'),
    }[ending]
    changes = {p: pattern.sub(b"", c) for p, c in files(printed, ending).items()}
    assert changes != files(printed, ending)
    found = " ".join(told(forge(printed, changes)))

    assert "story-4: missing " in found


STORY = {
    ".txt": re.compile(rb"= story-\d [^=]*"),
    ".html": re.compile(rb'<article id="story-story-\d".*?</article>'),
}


@pytest.mark.parametrize("ending", STORY)
def test_stories_in_another_order_are_told(printed, ending):
    """What is on top is read first."""
    ((path, content),) = files(printed, ending).items()
    first, second, third, *rest = STORY[ending].findall(content)
    old, new = b"".join((first, second, third)), b"".join((first, third, second))
    assert rest
    found = " ".join(told(forge(printed, {path: content.replace(old, new)})))

    assert path in found
    assert "order of stories" in found


def test_story_that_stands_twice_is_told(printed):
    """In a part of its own, too, with every word of its article."""
    ((path, content),) = files(printed, ".txt").items()
    item = next(one for one in STORY[".txt"].findall(content) if b"story-3 " in one)
    kind = content.split(b"\n", 1)[0]
    name = f"p/20261120t090300-{mark_of('story-3')}-1.txt"
    found = " ".join(told(forge(printed, {name: kind + b"\n" + item})))

    assert path != name
    assert name in found
    assert "order of stories" in found


@pytest.mark.parametrize("ending", [".txt", ".html"])
def test_pack_that_is_taken_away_is_told(printed, ending):
    """A pack without its beginning, too."""
    found = forge(printed, dict.fromkeys(files(printed, ending)))

    assert 1 == found.exit_code
    assert "begins later than with its newest stories" in " ".join(told(found))


def test_story_that_is_no_article_is_told(printed):
    """Whoever reads the pack alone would take it for news of the paper."""
    row = f"= story-9 1/1 1 - 2026-11-20T09:09:00Z - society\nh {LIE}\np {LIE}\n"
    changes = {p: c + row.encode() for p, c in files(printed, ".txt").items()}
    (line,) = told(forge(printed, changes))

    assert "story-9: no article of this edition in the pack" in line


@pytest.mark.parametrize("name", ["p/lies.html", "p/lies.txt"])
def test_file_that_is_none_of_a_pack_is_told(printed, name):
    """Its address can be handed round."""
    (line,) = told(forge(printed, {name: LIE.encode()}))

    assert f"{name}: none of a pack" in line


def test_second_part_with_a_lie_is_told(printed):
    """The true one stands beside it."""
    (content,) = files(printed, ".txt").values()
    lie = content.replace(OWN.encode(), LIE.encode())
    found = forge(printed, {"p/20261120t120000-00000000-1.txt": lie})

    assert "story-5: body in the pack" in " ".join(told(found))


def test_release_that_the_pack_keeps_back_is_told(printed):
    """A correction that stands on the page alone."""
    before = {**files(printed, ".txt"), **files(printed, ".html")}
    story = documents.changed(STORIES[-1], "Another", "correction", "A note.")
    printed.publish([*STORIES[:-1], story])
    honest = run(printed, 1, 2)
    found = forge(printed, before, first=2)

    assert 0 == honest.exit_code, honest.output
    assert "story-5: headline in the pack, notes in the pack" in " ".join(told(found))


def test_words_are_never_shown(printed):
    """They may be withdrawn by now: what differs is named, not said."""
    found = forge(printed, replaced(printed, ".txt", OWN, LIE))

    assert LIE not in found.output
    assert OWN not in found.output


def test_json_names_what_differs(printed):
    """For programs, with the edition."""
    Forger(printed).edit({**replaced(printed, ".txt", OWN, LIE), "releases/1": None})
    found = run(printed, 1, 2, "--json").output

    assert (
        '"pack_differs": [{"name": "story-5", "edition": 2,'
        ' "differs": ["body in the pack"]}]'
    ) in found


def many(count):
    """Make so many stories; some are long, many of one second."""
    rows = []
    for n in range(1, count + 1):
        story = much_noted(n, notes=0) if n % 20 == 3 else documents.story(n)
        time = f"2026-11-20T{9 + n // 50:02}:{n // 4 % 60:02}:00Z"
        story["firstCreated"] = story["versionCreated"] = time
        story["tamizdat"]["releases"][0]["time"] = time
        rows.append(story)
    return rows


def test_pack_that_goes_on_is_not_told(tmp_path):
    """A window of many stories moves; some of it goes on from file to file."""
    stage, rows = Stage(tmp_path), many(90)
    stage.publish([documents.service(), *rows[:45]])
    stage.publish([documents.service(), *rows[:46]])
    stage.publish([documents.service(), *rows])
    withdrawn = documents.changed(rows[-2], "Gone", "withdrawal")
    corrected = documents.changed(rows[82], "Another", "correction", "A note. ")
    stage.publish(
        [documents.service(), *rows[:82], corrected, *rows[83:-2], withdrawn, rows[-1]]
    )
    found = [run(stage, n, n + 1) for n in (1, 2, 3)]

    assert [[]] * 3 == [told(one) for one in found]
    assert [0] * 3 == [one.exit_code for one in found], found[-1].output
    assert 6 < len(files(stage, ".txt"))


def test_beginning_that_is_taken_away_is_told(tmp_path):
    """A pack of fewer stories than a window has."""
    stage = Stage(tmp_path)
    stage.publish([documents.service(), *many(60)])
    first = next(iter(files(stage, ".txt")))
    found = forge(stage, {first: None})

    assert "in the pack: begins later" in " ".join(told(found))


LIST = "p/index.html"


def listed(stage, old, new):
    """Sign an edition in which bytes of the list are others; compare it."""
    content = page(stage, LIST)
    assert old.encode() in content
    return forge(stage, {LIST: content.replace(old.encode(), new.encode(), 1)})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (">Headline 5<", f">{LIE}<", "story-5: headline in the list"),
        (">9:05", ">9:06", "story-5: times in the list"),
        ("</small> <a", "</small> <small>Lies</small> <a", "story-5: kicker in the"),
        (
            "</small> <a",
            '</small> <b class="flag">Breaking</b> <a',
            "story-5: standing",
        ),
        ("</small> <a", '</small> <b class="flag">Lies</b> <a', f"{LIST}: flag"),
        ('data-salt="', 'data-salt="A', f"{LIST}: not as this press prints it"),
        ("<li ", "<li><p>Lies</p></li><li ", f"{LIST}: not as this press prints it"),
        ("<title>", "<title>Lies", f"{LIST}: title"),
        ("<h1>", "<h1>Lies", f"{LIST}: heading"),
        ('<p class="stand">', '<p class="stand">Lies', f"{LIST}: text above"),
        ("<h2>", '<h2 dir="rtl">', f"{LIST}: not as this press prints it"),
        ("</section>", "</section><p>Lies</p>", f"{LIST}: not as this press prints it"),
        ("<style>", "<style>ul{display:none}", f"{LIST}: a stylesheet"),
        ("</footer>", "<p>Lies</p></footer>", f"{LIST}: what stands around it"),
        ("</footer>", "<script>1</script></footer>", "not as this press prints it"),
        ("</header>", "<p>Lies</p></header>", f"{LIST}: what stands around it"),
        ('<p class="ends">', '<p class="ends">Lies ', f"{LIST}: links below"),
        ("#story-story-5", "#story-story-4", f"{LIST}: which stories it names"),
        ('<a href="2026', '<a href="2025', f"{LIST}: which stories it names"),
        ('datetime="2026-11-20"', 'datetime="2026-11-21"', f"{LIST}: date"),
    ],
)
def test_lie_in_the_list_alone_is_told(printed, old, new, said):
    """Whoever reads the list alone would take it for news of the paper."""
    found = listed(printed, old, new)

    assert 1 == found.exit_code
    assert said in " ".join(told(found)), found.output
    assert [2] == sorted({line.count(": ") for line in told(found)})  # no words


ROW = re.compile(rb"<li .*?</li>")


@pytest.mark.parametrize(
    "forgery",
    [
        lambda rows: rows[1:],
        lambda rows: rows[:-1],
        lambda rows: [rows[0], *rows],
        lambda rows: rows[::-1],
        lambda _rows: [],
    ],
    ids=["newest gone", "oldest gone", "twice", "another order", "all gone"],
)
def test_list_of_other_stories_is_told(printed, forgery):
    """A story that nothing leads to is as good as not there."""
    content = page(printed, LIST)
    rows = ROW.findall(content)
    old, new = b"".join(rows), b"".join(forgery(rows))
    found = forge(printed, {LIST: content.replace(old, new)})

    assert [f"{LIST}: which stories it names, and where it leads to"] == [
        line.partition(": ")[2] for line in told(found)
    ]


def test_list_with_another_salt_is_told(printed):
    """It could be one that hides nothing."""
    content = page(printed, LIST)
    lie = re.sub(
        rb'data-salt="[^"]*"', b'data-salt="' + b"A" * 22 + b'"', content, count=1
    )

    assert "story-5: salt in the list" in told(forge(printed, {LIST: lie}))[0]


def test_list_that_is_taken_away_is_told(printed):
    """Its pages are still there, and nothing leads to them."""
    (line,) = told(forge(printed, {LIST: None}))

    assert f"{LIST}: not as this press prints it" in line


def test_page_of_the_list_that_nothing_leads_to_is_told(printed):
    """Its address can be handed round."""
    lie = page(printed, LIST).replace(b"Headline 5", LIE.encode())
    (line,) = told(forge(printed, {"p/index.7.html": lie}))

    assert "p/index.7.html: none of a pack" in line


def other_release(monkeypatch, rule="h1{margin:0}"):
    """Follow as a release whose stylesheets have a rule that the press has not."""
    ours = theme.stylesheet

    def theirs(template, *rest):
        return ours(template, *rest) + rule

    for name in ("reprint", "packed_sheet", "packed_list"):
        monkeypatch.setattr(f"tamizdat.edition.{name}.stylesheet", theirs)


def test_pages_of_another_release_are_not_told(printed, monkeypatch):
    """Articles look otherwise, too, and have since they came."""
    printed.change()
    other_release(monkeypatch)
    found = run(printed, 1, 2)

    assert [] == told(found)
    assert 0 == found.exit_code


def test_stylesheet_that_stood_before_is_not_told(printed):
    """It was told when it came."""
    lie = replaced(printed, ".html", "<style>", "<style>p{opacity:0}")
    came = forge(printed, lie)
    ((path, content),) = lie.items()
    later = {path: content.replace(b"Headline 5", b"Lies")}
    stays = " ".join(told(forge(printed, later, first=2)))

    assert "a stylesheet" in " ".join(told(came))
    assert "story-5: headline" in stays
    assert "a stylesheet" not in stays


def test_stylesheet_of_the_pack_alone_is_told(printed):
    """Its articles look as they should."""
    found = forge(printed, replaced(printed, ".html", "<style>", "<style>p{opacity:0}"))
    (line,) = told(found)

    assert "a stylesheet, which may hide words (" in line
