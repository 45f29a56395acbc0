"""The pack of an archive that grew: the same as one made at once, and cheap."""

import copy
import gzip
import itertools
import random
import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import documents
from cast import NOW
from held import holders
from patience import examples
from tamizdat.edition import letters, pack, parts, tree
from tamizdat.edition.statement import parse_latest
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

MONTH = timedelta(days=30)


class Paper:
    """One service and the parts of its pack."""

    def __init__(self, folder, keys):
        self.press = Press(Archive(folder), keys)
        self._hours = 0

    def publish(self, stories, *, whole=True):
        """Print stories as the next edition."""
        self._hours += 1
        rows = [documents.service(), *stories]
        source = documents_of((documents.line(row) for row in rows), whole=whole)
        now = NOW + MONTH + timedelta(hours=self._hours)
        self.press.publish(source, lambda _digest: None, now)

    def parts(self):
        """Give the bytes of every part by its path."""
        return {k: v for k, v in self.tree("p/").items() if k.endswith(".txt")}

    def tree(self, below):
        """Give the bytes of every file below a folder, read from the signed tree."""
        latest = (self.press.archive.root / "en" / "latest").read_bytes()
        root = tree.root_of(parse_latest(latest).statement.tree)
        return {
            path: self.press.archive.object(target, path)
            for path, target in tree.walk(root, self.press.archive.object)
            if path.startswith(below)
        }

    def items(self):
        """List what stands in the pack, oldest first."""
        return [i for p in self.parts().values() for i in pack.read_part(p).items]

    def stories(self):
        """List the ids in the pack, oldest first."""
        return list(dict.fromkeys(item.story for item in self.items()))


@pytest.fixture
def keys(tmp_path):
    """Give the keys of one service."""
    new_organisation(tmp_path / "keys", "press.example", ["en"], NOW)
    return tmp_path / "keys"


def story(number, words):
    """Make a story that is `words` words long; some have no string to name."""
    one = documents.story(number)
    word = f"word{number} " if number % 3 else f"{number:06} "
    one["tamizdat"]["body"] = [{"kind": "paragraph", "text": word * words}]
    return one


LENGTHS = st.integers(1, 4_000)
HISTORIES = st.lists(
    st.dictionaries(st.integers(1, 150), LENGTHS, min_size=1, max_size=40),
    min_size=1,
    max_size=5,
)


@settings(
    deadline=None,
    max_examples=examples(2, 80),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=st.integers(0, 130), batches=HISTORIES, partial=st.booleans())
def test_pack_after_any_edits_is_that_of_a_full_build(
    tmp_path_factory, keys, first, batches, partial
):
    """New, late, longer and shorter stories: nothing shows how the pack grew."""
    grown = Paper(tmp_path_factory.mktemp("grown"), keys)
    state = {n: story(n, n * 37 % 900 + 1) for n in range(1, first + 1)}
    state[1] = story(1, 10)
    grown.publish(list(state.values()))
    for batch in batches:
        changed = {n: _again(state.get(n), n, words) for n, words in batch.items()}
        state.update(changed)
        some = changed if partial else state
        grown.publish(list(some.values()), whole=not partial)
    fresh = Paper(tmp_path_factory.mktemp("fresh"), keys)
    fresh.publish(list(state.values()))
    newest = [f"story-{n}" for n in sorted(state)[-parts.WINDOW :]]

    assert fresh.tree("p/") == grown.tree("p/")
    assert newest == grown.stories()[-len(newest) :]


def _again(old, number, words):
    if old is None:
        return story(number, words)
    again = documents.changed(old, f"Changed {words}")
    again["tamizdat"]["body"] = story(number, words)["tamizdat"]["body"]
    return again


def test_new_story_writes_one_part(tmp_path, keys):
    """What a reader has not yet is one file."""
    paper = Paper(tmp_path / "archive", keys)
    stories = [story(n, 150) for n in range(1, 90)]
    paper.publish(stories)
    before = paper.tree("p/")
    paper.publish([*stories, story(90, 150)])
    after = paper.tree("p/")
    changed = [path for path in after if after[path] != before.get(path)]

    assert 1 == sum(path.endswith(".txt") for path in changed)
    assert len(changed) <= 3  # and its page, and the list of pages where it is new
    assert len(before) > 5


def test_part_has_a_salt_of_all_that_is_in_it(tmp_path, keys):
    """Those of stories not printed now are known, though no part tells them."""
    paper = Paper(tmp_path / "archive", keys)
    stories = {f"story-{n}": story(n, 50) for n in range(1, 30)}
    paper.publish(list(stories.values()))
    again = documents.changed(stories["story-20"], "Changed")
    paper.publish([again], whole=False)
    stories["story-20"] = again
    salts = {
        name: one["tamizdat"]["releases"][-1]["salt"] for name, one in stories.items()
    }
    found = []
    for part in paper.parts().values():
        line, _text = letters.read(part)
        items = pack.read_part(part).items
        found += [item.story for item in items]
        salt = pack.salt_of(salts[item.story] for item in items)
        assert f"tamizdat-pack/1 en {salt}" == line

    assert list(stories) == found


def test_words_of_a_withdrawn_story_leave_the_pack_of_every_edition(tmp_path, keys):
    """Two editions held them; both parts are named as withdrawn and deleted."""
    paper = Paper(tmp_path / "archive", keys)
    planted = "Planted Name"
    stories = [story(n, 100) for n in range(1, 20)]
    stories[9]["tamizdat"]["body"][0]["text"] = f"By {planted}."
    stories[9]["headlines"][0]["value"] = planted
    paper.publish(stories)
    longer = copy.deepcopy(stories)
    longer[9] = documents.changed(stories[9], "Changed")
    paper.publish(longer)
    root = paper.press.archive.root
    held = holders(root, planted)
    assert any("/p/" in path and path.endswith(".txt") for path in held)
    gone = copy.deepcopy(longer)
    gone[9] = documents.changed(longer[9], "Changed", "withdrawal")
    paper.publish(gone)

    left = holders(root, planted)
    assert [] == left
    assert "story-10" in paper.stories()
    words = b"".join(item.content for item in paper.items())
    assert b"A story withdrawn for safety" in words
    assert planted.encode() not in words


def test_withdrawn_story_before_the_first_part_is_forgotten(tmp_path, keys):
    """The memory of the press keeps no word of it either."""
    paper = Paper(tmp_path / "archive", keys)
    stories = [story(n, 3) for n in range(1, 60)]
    planted = "Planted Name"
    number = next(n for n in range(9, 0, -1) if not parts.opens_group(f"story-{n}"))
    stories[number - 1]["tamizdat"]["body"][0]["text"] = f"By {planted}."
    paper.publish(stories)
    stories[number - 1] = documents.changed(stories[number - 1], "Gone", "withdrawal")
    paper.publish(stories)
    paper.press.state.close()
    root = paper.press.archive.root

    assert [] == holders(root, planted)


def test_pages_of_the_pack_show_the_same_stories(tmp_path, keys):
    """Every story, in its order; a page leads back and, in a long story, on."""
    paper = Paper(tmp_path / "archive", keys)
    many = [story(n, 150 if n % 20 else 6_000) for n in range(1, 90)]
    for count in (30, 75, 89):
        paper.publish(many[:count])
    pages = {k: v.decode() for k, v in paper.tree("p/").items() if k.endswith(".html")}
    lists = [name for name in pages if name.startswith("p/index.")]
    order = sorted(pages.keys() - set(lists))
    ids = re.findall(
        r'<h2><a href="[^"]*/([a-z0-9-]+)\.html"', "".join(map(pages.get, order))
    )

    assert paper.stories()[-50:] == list(dict.fromkeys(ids))[-50:]
    assert max(map(len, pages.values())) <= 16_384
    for before, after in itertools.pairwise(order):
        goes_on = not after.endswith("-1.html")
        assert goes_on == (f'rel="next" href="{after[2:]}"' in pages[before])
        assert f'rel="prev" href="{before[2:]}"' in pages[after]
    rows = re.findall(
        r'<a href="([^"/]+\.html)#([^"]+)">(.*?)</a>', "".join(map(pages.get, lists))
    )
    assert (
        list(dict.fromkeys(ids))[-50:]
        == [one.removeprefix("story-") for _, one, _ in rows][::-1]
    )
    assert all(f'<article id="{one}"' in pages[f"p/{name}"] for name, one, _ in rows)


def test_dense_stories_share_pages_while_these_arrive(tmp_path, keys):
    """However the paper grew: 450 letters of a coded text, and 3 bytes each."""
    chance, many = random.Random(1), []  # noqa: S311 - the same letters each time
    for number in range(1, 60):
        one = story(number, 1)
        text = "".join(map(chr, chance.choices(range(0x4E00, 0x9FA0), k=450)))
        one["tamizdat"]["body"] = [{"kind": "paragraph", "text": text}]
        many.append(one)
    grown, fresh = (Paper(tmp_path / name, keys) for name in ("grown", "fresh"))
    for count in (55, 57, 59):
        grown.publish(many[:count])
    fresh.publish(many)
    pages = [v for k, v in fresh.tree("p/").items() if k.endswith(".html")]

    assert fresh.tree("p/") == grown.tree("p/")
    assert max(len(gzip.compress(page, 9)) for page in pages) <= 8_192
    assert len(pages) < 59 / 2


def test_no_headline_is_so_long_that_the_list_of_pages_stops_the_press(tmp_path, keys):
    """The list goes on where it is full, and gives up pages that it needs no more."""
    paper = Paper(tmp_path / "archive", keys)
    long = [story(n, 30) for n in range(1, 60)]
    for one in long:
        one["headlines"][0]["value"] = "ა" * 400
    paper.publish(long)
    many = {k: v for k, v in paper.tree("p/").items() if k.startswith("p/index.")}
    paper.publish([*long, *(story(n, 30) for n in range(60, 200))])
    few = [name for name in paper.tree("p/") if name.startswith("p/index.")]

    assert len(many) > 3
    assert max(map(len, many.values())) <= 16_384
    assert 50 == sum(page.count(b"<li data-salt=") for page in many.values())
    assert ["p/index.html"] == few
    assert not (paper.press.archive.root / "en/p/index.2.html").exists()
