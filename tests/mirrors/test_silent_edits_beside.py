"""Words put where it is told what releases changed, and how they are found."""

import re

import pytest

import documents
from mirrors.conftest import STORIES, Stage
from mirrors.forger import Forger, lines, page, run
from mirrors.test_silent_edits import LONGER, NOTED, much_noted

THERE = f"{NOTED}.changes.html"
LIE = "Lies."
_TURNED = re.compile('<p class="stand"|<p(?=>)|<blockquote')
FITTING = {"en": 19, "fa": 17}  # notes that have room beside a short notice

AROUND = [  # what every such page has, and what is put there
    ("<title>", f"<title>{LIE} "),
    ("</title>", f" {LIE}</title>"),
    ("<h1>", f"<h1>{LIE} "),
    ("<h1>", f'<h1 title="{LIE}">'),
    ('.html">Headline', f'.html">{LIE} Headline'),
    ('<p class="stand"><a', f'<p class="stand" aria-label="{LIE}"><a'),
    ('<p class="stand"><a href="story-8', '<p class="stand"><a href="story-7'),
    ("</h1>", f"</h1>{LIE}"),
    ("</h1>", f"</h1><p>{LIE}</p>"),
    ("</h1>", f"</h1><!-- {LIE} -->"),
    ("</article>", f"<p>{LIE}</p></article>"),
    ("</article>", f'<p class="how">{LIE}</p></article>'),
    ("</article>", f"<h3>{LIE}</h3></article>"),
    ("</article>", f"<blockquote>{LIE}</blockquote></article>"),
    ("</article>", f'<img src="x" alt="{LIE}"></article>'),
    ("<article>", f'<article aria-label="{LIE}">'),
    ("<article>", f"{LIE}<article>"),
    ("</article>", f"</article><p>{LIE}</p>"),
    ("<footer>", f"<footer><p>{LIE}</p>"),
    ('<p class="ends">', f'<p class="ends" title="{LIE}">'),
    ("<style>", f'<meta name="description" content="{LIE}"><style>'),
    ("<style>", "<style>h1{display:none}"),
    ("<h2 id", f"<p>{LIE}</p><h2 id"),
    ("<h2 id", f'<h2 title="{LIE}" id'),
    (" <small><time", f" {LIE} <small><time"),
    ("</time>", f" {LIE}</time>"),
    ("</time></small></h2>", f"</time> {LIE}</small></h2>"),
    ("</h2><p>", f"</h2><p>{LIE}</p><p>"),
    ("</h2><p>", f"</h2><p>{LIE} "),
    ("</h2><p>", f'</h2><p title="{LIE}">'),
]


def in_language(language):
    """Give fields of a service and stories in its language, under one address."""
    way = "rtl" if language == "fa" else "ltr"
    rows = [
        {**one, "language": language}
        for one in [*STORIES[1:], much_noted(notes=FITTING[language])]
    ]
    return {"language": language, "direction": way}, rows


@pytest.fixture(scope="module", params=FITTING)
def room(request, tmp_path_factory):
    """Give a press whose story has all notes on its page, and what it prints next.

    The next edition has a longer notice, so that there is a page of notes as well.
    """
    ours, rows = in_language(request.param)
    stage = Stage(tmp_path_factory.mktemp("room"))
    stage.publish([documents.service(**ours), *rows])
    later = Stage(tmp_path_factory.mktemp("later"), like=stage)
    later.publish([documents.service(notice=LONGER, **ours), *rows])
    honest = pages(later)
    assert THERE in honest
    assert THERE not in pages(stage)
    return stage, later, honest


def pages(stage):
    """Read all pages of articles as they stand."""
    root = stage.press.archive.root / "en"
    return {
        f"{path.relative_to(root)}": path.read_bytes()
        for path in root.glob("a/*/*/story-*.html")
    }


def changed(content, old, new):
    """Put one text in the place of another, where it stands first.

    Words in Latin stand in blocks of their own direction on a page in Persian.
    """
    text = content.decode()
    if old not in text:
        old, new = (_TURNED.sub(r'\g<0> dir="ltr"', one) for one in (old, new))
    assert old in text
    return text.replace(old, new, 1).encode()


def is_told(found, name="story-8"):
    """Tell whether a monitor called a story changed, and it alone."""
    silent = [line for line in lines(found) if "without a release line" in line][:-1]
    return (1, 1, True) == (found.exit_code, len(silent), f" {name}" in f"{silent}")


def untold(stage, path, lies, *, honest, before):
    """List the lies on a page, one after the other, that a monitor does not tell.

    Args:
        stage: a press.
        path: of the page.
        lies: what is replaced, and by what.
        honest: all pages as they would be printed.
        before: all pages as they were.
    """
    found, forger = [], Forger(stage)
    number = stage.hours
    for old, new in lies:
        forged = changed(honest[path], old, new)
        forger.edit({**honest, path: forged, "releases/1": None})
        if not is_told(
            run(stage, number, number + 1), path.split("/")[-1].split(".")[0]
        ):
            found.append((old, new))
        forger.edit(before)
        number += 2
    return found


def test_words_on_a_page_that_comes_for_want_of_room_are_told(room, tmp_path):
    """It came without a release, so nothing stands there that the story has not."""
    stage, _later, honest = room
    ours = Stage(tmp_path, like=stage)
    before = {path: page(ours, path) for path in honest if path != THERE}
    before[THERE] = None

    assert [] == untold(ours, THERE, AROUND, honest=honest, before=before)


def test_words_on_a_page_that_stays_are_told(room, tmp_path):
    """Whether or not its notes are the same."""
    _stage, later, honest = room
    ours = Stage(tmp_path, like=later)

    assert [] == untold(ours, THERE, AROUND, honest=honest, before=honest)


def test_page_that_comes_or_goes_with_its_notes_is_a_reprint(room, tmp_path):
    """Nothing is told by mistake, whichever way the notes move."""
    stage, _later, honest = room
    ours = Stage(tmp_path, like=stage)
    before = {path: page(ours, path) for path in honest if path != THERE}
    Forger(ours).edit({**honest, "releases/1": None})
    Forger(ours).edit({**before, THERE: None})
    came, went = run(ours, 1, 2), run(ours, 2, 3)

    assert 0 == came.exit_code, came.output
    assert 0 == went.exit_code, went.output


def test_page_that_goes_with_the_only_notes_is_told(room, tmp_path):
    """A note that stands nowhere any more was taken away."""
    _stage, later, _honest = room
    ours = Stage(tmp_path, like=later)
    Forger(ours).edit({THERE: None, "releases/1": None})

    assert is_told(run(ours, 2, 3))


def test_page_that_nothing_leads_to_is_told(room, tmp_path):
    """Notes that stand at their story have no second place."""
    stage, _later, honest = room
    ours = Stage(tmp_path, like=stage)
    frame = page(ours, f"{NOTED}.html")
    start, end = frame.index(b"<nav class"), frame.index(b"<main")
    foot = frame.index(b"</main>")
    there = honest[THERE]
    begun = there.index(b"<nav class"), there.index(b"<main"), there.index(b"</main>")
    own = [
        there[: begun[0]],
        frame[start:end],
        there[begun[1] : begun[2]],
        frame[foot:],
    ]
    Forger(ours).edit({THERE: b"".join(own), "releases/1": None})
    found = run(ours, 1, 2)

    assert is_told(found)
    assert "that nothing leads to" in found.output


WHOLE = [  # what a page has that tells of changes
    ('<p class="how">', f'<p class="how">{LIE} '),
    ("<h3>", f"<h3>{LIE} "),
    ("<h3>", f'<h3 title="{LIE}">'),
    ("<blockquote>", f"<blockquote>{LIE} "),
    ("<blockquote>", f'<blockquote title="{LIE}">'),
    ("<span>[", f"<span>[{LIE} "),
    ("<bdi", f'<bdi title="{LIE}"'),
    ("]</span>", f"]{LIE}</span>"),
    ("</del>", f"</del><b>{LIE}</b>"),
    ("</blockquote>", f"</blockquote><p>{LIE}</p>"),
    ("</blockquote>", f'</blockquote><p class="how">{LIE}</p>'),
    ("</blockquote>", f"</blockquote><blockquote>{LIE}</blockquote>"),
    ('<h2 id="r1">', '<h2 id="r3">'),
    ("T09:00:00", "T09:01:00"),
    ('<p class="how">', "<p>"),
]


@pytest.fixture(scope="module", params=FITTING)
def whole(request, tmp_path_factory):
    """Give a press whose story has a page that tells what a correction changed."""
    ours, rows = in_language(request.param)
    before = rows[-2]
    again = documents.changed(before, "Another", "correction", "Note of it.")
    rows = [*rows[:-2], {**documents.compared(before, again)}]
    stage = Stage(tmp_path_factory.mktemp("whole"))
    stage.publish([documents.service(**ours), *rows[:-1], before])
    stage.publish([documents.service(**ours), *rows])
    return stage, (ours, rows)


TOLD = "a/2026-11/20/story-5.changes.html"


def test_words_beside_what_changed_are_told(whole, tmp_path):
    """On a page that tells of changes nothing comes but by a release."""
    stage, _rows = whole
    ours = Stage(tmp_path, like=stage)
    honest = {TOLD: page(ours, TOLD)}
    lies = [one for one in AROUND if "story-8" not in one[0]]
    lies = [tuple(text.replace("Headline", "Another") for text in one) for one in lies]

    assert [] == untold(ours, TOLD, lies + WHOLE, honest=honest, before=honest)


@pytest.mark.parametrize(
    "other", [{"notice": LONGER}, {"time_zone": "Asia/Kabul"}, {"bio": "Another."}]
)
def test_changes_printed_anew_are_a_reprint(whole, tmp_path, other):
    """Another notice, another zone of its times: what changed is the same."""
    stage, (ours, rows) = whole
    press = Stage(tmp_path, like=stage)
    press.publish([documents.service(**{**ours, **other}), *rows])
    found = run(press, 2, 3)

    assert 0 == found.exit_code, found.output


def signed(page_of_author, bio):
    """Make a story of several pages by one author, of whom something is said."""
    story = much_noted(notes=0)
    line = {"name": "Reporter", "role": "Writer", "bio": bio}
    story["tamizdat"]["bylines"] = [{**line, **page_of_author}]
    return story


@pytest.mark.parametrize("page_of_author", [{}, {"id": "reporter"}])
def test_bio_that_was_left_out_may_come_back_and_no_other(tmp_path, page_of_author):
    """For want of room it goes and comes; what comes is what went."""
    one, another = ("It says this. " * 400, "It says that. " * 400)
    stage = Stage(tmp_path)
    rows = {bio: [*STORIES[1:], signed(page_of_author, bio)] for bio in (one, another)}
    longer, usual = documents.service(notice=LONGER), documents.service()
    stage.publish([longer, *rows[one]])
    assert one.encode() not in page(stage, f"{NOTED}.html")
    (tmp_path / "same").mkdir()
    (tmp_path / "other").mkdir()
    printed = []
    for name, bio in (("same", one), ("other", another)):
        copy = Stage(tmp_path / name)
        copy.publish([usual, *rows[bio]])
        printed.append(pages(copy))
        assert bio.strip().encode() in printed[-1][f"{NOTED}.html"]
    same, other = printed
    before = pages(stage)
    forger = Forger(stage)
    for edition in (same, before, other, before):
        forger.edit({**edition, "releases/1": None})
    came, went, changed_, again = (run(stage, n, n + 1) for n in range(1, 5))

    assert 0 == came.exit_code == went.exit_code, came.output + went.output
    assert is_told(changed_), changed_.output
    assert "what is said of the authors" in changed_.output
    assert is_told(again), again.output


PLANTED = [  # pages that no page before leads on to
    "story-5.changes.9",
    "story-5.changes.3",
    "story-5.changes.1",
    "story-5.changes.",
    "story-4.changes.2",
]


@pytest.mark.parametrize("name", PLANTED)
def test_page_of_changes_beyond_the_last_is_told(whole, tmp_path, name):
    """Whoever is given its address reads a signed page, so its words are judged."""
    stage, _rows = whole
    ours = Stage(tmp_path, like=stage)
    lie = changed(page(ours, TOLD), '<p class="how">', f'<p class="how">{LIE} ')
    Forger(ours).edit({f"a/2026-11/20/{name}.html": lie, "releases/1": None})
    found = run(ours, 2, 3)

    assert is_told(found, name.partition(".")[0]), found.output
    assert "what is told of its changes" in found.output


STRANGE = [".1", ".01", ".10000", ".lies", ".", "_2", ".text_2"]  # before .html


@pytest.mark.parametrize("mark", STRANGE)
def test_page_of_an_article_under_a_strange_name_is_told(whole, tmp_path, mark):
    """Also while all pages of all articles are printed anew, with another frame."""
    stage, (ours, rows) = whole
    press, later = Stage(tmp_path, like=stage), Stage(tmp_path / "later", like=stage)
    later.publish([documents.service(**ours, notice=LONGER), *rows])
    honest = pages(later)
    there = "a/2026-11/20/story-5"
    lie = changed(honest[f"{there}.html"], "Text of", f"{LIE} Text of")
    Forger(press).edit({**honest, f"{there}{mark}.html": lie, "releases/1": None})
    found = run(press, 2, 3)

    assert is_told(found, "story-5"), found.output
    assert "none before it leads to" in found.output


@pytest.mark.parametrize("name", ["story-5", "story-5.htm", "story-5.2", "x" * 90])
def test_file_of_a_day_that_is_no_page_is_told(whole, tmp_path, name):
    """A host may show it all the same."""
    stage, _rows = whole
    ours = Stage(tmp_path, like=stage)
    lie = changed(page(ours, "a/2026-11/20/story-5.html"), "Text of", f"{LIE} of")
    Forger(ours).edit({f"a/2026-11/20/{name}": lie, "releases/1": None})

    assert is_told(run(ours, 2, 3), name.partition(".")[0])


@pytest.mark.parametrize("number", [".01", ".9", ".10000", ".lies", "."])
def test_page_without_pictures_of_no_page_is_told(whole, tmp_path, number):
    """No page of the article gives it, so nobody knows whose words it has."""
    stage, _rows = whole
    ours = Stage(tmp_path, like=stage)
    there = "a/2026-11/20/story-5"
    lie = changed(page(ours, f"{there}.html"), "Text of", f"{LIE} Text of")
    Forger(ours).edit({f"{there}.text{number}.html": lie, "releases/1": None})

    assert is_told(run(ours, 2, 3), "story-5")


def test_page_moved_to_where_nothing_leads_is_told(room, tmp_path):
    """A page that readers cannot turn to any more is words taken away."""
    stage, later, honest = room
    ours = Stage(tmp_path, like=later)
    last = max(path for path in honest if re.fullmatch(rf"{NOTED}\.\d\.html", path))
    away = {last: None, f"{NOTED}.9.html": honest[last]}
    before = {path: page(stage, path) for path in honest if path != THERE}
    Forger(ours).edit({**before, THERE: None, **away, "releases/1": None})
    found = run(ours, 2, 3)

    assert is_told(found), found.output
    assert "none before it leads to" in found.output
