"""A service with as much of everything as its document may hold, in Georgian."""

import gzip
import re
from datetime import timedelta

import pytest
from lxml import html

import documents
from cast import NOW
from edition.paper import TEXTS
from tamizdat.edition import tree
from tamizdat.edition.errors import StoryError
from tamizdat.edition.statement import parse_latest
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.errors import FaultError
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

PLAIN, WIRE = 16_384, 8_192  # bytes of a page
WORDS = " ".join(TEXTS["ka"]["paragraphs"])


def ka(letters, at=0):
    """Give so many characters of Georgian, three bytes each but for spaces."""
    some = (WORDS * (1 + (at + letters) // len(WORDS)))[at:]
    return some[:letters].strip() or "ა"


def longest(text, most):
    """Cut a text to so many bytes of UTF-8."""
    return text.encode()[:most].decode(errors="ignore").strip()


MIRRORS = [f"https://{n:02}.{'m' * 76}.example/?".rstrip("?") for n in range(40)]
FULL = {
    "organisation": ka(30),
    "name": ka(30),
    "bio": longest(ka(900), 2_000),
    "notice": {
        "designation": longest(ka(500), 1_000),
        "paragraphs": [longest(ka(900, 9), 2_000), longest(ka(900, 99), 1_600)],
        "more": longest(ka(200), 300),
    },
    "home": f"https://{'h' * 60}.example",
    "about": [longest(ka(900, n), 199) for n in range(40)],
    "mirrors": MIRRORS,
    "territories": [f"UA-{n:02}" for n in range(100)],
    "sections": [
        *({"id": f"c{n:02}-{'x' * 20}", "name": ka(9, n)} for n in range(20)),
        *(
            {"id": f"r{n:03}-{'x' * 55}", "name": ka(300, n), "retired": True}
            for n in range(180)
        ),
    ],
    "look": {"footer": ka(90)},
}


class Paper:
    """Services of one organisation, and the files of an edition of one of them."""

    def __init__(self, folder, names):
        new_organisation(folder / "keys", "press.example", names, NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self._hours = 0

    def publish(self, services, stories):
        """Print everything as the next edition."""
        self._hours += 1
        source = documents_of(map(documents.line, [*services, *stories]), whole=True)
        now = NOW + timedelta(days=60, hours=self._hours)
        self.press.publish(source, lambda _digest: None, now)

    def files(self, name):
        """Give the bytes of every file, read from the signed tree."""
        latest = (self.press.archive.root / name / "latest").read_bytes()
        root = tree.root_of(parse_latest(latest).statement.tree)
        return {
            path: self.press.archive.object(target, path)
            for path, target in tree.walk(root, self.press.archive.object)
        }


def service(**other):
    """Make a service document at every limit; `other` replaces fields."""
    return documents.service("ka") | FULL | other


def stories(name="ka", count=45):
    """Make stories whose headlines, kickers and notes are as long as any."""
    for number in range(count):
        one = documents.story(number + 1, name)
        section = FULL["sections"][number % 20]["id"]
        one["language"] = "ka"
        one["headlines"] = [
            {"role": "main", "value": ka(398, number) + "!"},
            {"role": "kicker", "value": ka(60, number)},
        ]
        one["descriptions"][0]["value"] = ka(200, number)
        one["subjects"] = [
            {
                "literal": f"t{number}-{at}",
                "name": f"{chr(0x10D0 + at)} {ka(20, number)}",
            }
            for at in range(number % 11, 33, 11)
        ]
        ours = one["tamizdat"]
        ours["section"], ours["breaking"] = section, number > count - 4
        ours["body"] = [{"kind": "paragraph", "text": ka(3_000, number)}]
        ours["bylines"] = [
            {
                "name": ka(100, number),
                "role": ka(200),
                "bio": ka(900),
                "id": f"p{number % 3}",
                "portrait": None,
            }
        ]
        if number % 5 == 0:
            one = documents.changed(one, "x", "correction", ka(1_200, number))
            one["headlines"][0]["value"] = ka(398, number) + "?"
        yield one


def over(files):
    """Name the pages that pass a budget, with their bytes plain and as gzip."""
    sizes = {
        path: (len(content), len(gzip.compress(content, 9, mtime=0)))
        for path, content in files.items()
        if path.endswith((".html", ".atom", ".rss", ".json", ".xml"))
    }
    return {p: s for p, s in sizes.items() if s[0] > PLAIN or s[1] > WIRE}


def text(files, path):
    """Join what stands on a page and on those it goes on at."""
    found = []
    while path:
        page = html.fromstring(files[path].decode())
        found.append(page.find(".//main").text_content())
        after = page.find(".//a[@rel='next']")
        path = after is not None and _resolved(path, after.get("href"))
    return " ".join(found)


def _resolved(path, href):
    parts = path.split("/")[:-1]
    for step in href.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def test_service_at_every_limit_prints_every_page_within_its_budget(tmp_path):
    """Nothing of what its document says is left out; what is long goes on."""
    names = [f"k{n:02}" for n in range(26)]
    paper = Paper(tmp_path, ["ka", *names])
    plain = [
        documents.service(one, language="ka") | {"name": ka(300, at)}
        for at, one in enumerate(names)
    ]
    paper.publish([service(), *plain], stories())
    files = paper.files("ka")

    assert {} == over(files)
    assert (
        len([p for p in files if "/" not in p])
        + len({p.split("/")[0] for p in files if "/" in p})
        <= 31
    )
    about = text(files, "about.html")
    assert all(one[:60] in about for one in FULL["about"])
    assert all(one in text(files, "mirrors.html") for one in MIRRORS)
    listed = text(files, "search.html")
    assert 200 == sum(one["name"] in listed for one in FULL["sections"])
    assert 100 == len(re.findall('<h2 id="ua-', _joined(files, "notice.html")))
    feeds = _joined(files, "feeds/index.html")
    assert 22 == len(re.findall(r'<li><a href="[^"]*\.atom"', feeds))
    assert 27 == _joined(files, "shared/index.html").count("hreflang")
    root = files["shared/root.html"].decode()
    assert 'href="k00/shared/index.2.html"' in root


def _joined(files, path):
    """Join a page and those on which it goes on, as they are written."""
    stem = path.removesuffix(".html")
    more = {stem, stem if "/" in stem else f"news/{stem}"}
    return "".join(
        content.decode()
        for name, content in files.items()
        if re.sub(r"(\.\d+)?\.html$", "", name) in more
    )


def test_first_page_of_a_mirror_leads_from_there_alone(tmp_path):
    """Its signed copy in a tree is for those who check it: no page leads there."""
    paper = Paper(tmp_path, ["ka"])
    paper.publish([documents.service("ka")], [documents.story(1, "ka")])
    root = paper.press.archive.root
    first = (root / "index.html").read_text("utf-8")
    links = re.findall(r'href="([^"]+\.html)"', first)
    pages = {str(one.relative_to(root)): one for one in root.rglob("*.html")}
    leading = [p for p, one in pages.items() if "root.html" in one.read_text("utf-8")]

    assert pages["ka/shared/root.html"].read_text("utf-8") == first
    assert ["ka/index.html", "ka/notice.html", "ka/trust.html"] == links
    assert pages.keys() >= set(links)
    assert [] == leading


def test_pages_on_which_something_went_on_go_when_it_is_short(tmp_path):
    """No page stays that nothing leads to."""
    paper = Paper(tmp_path, ["ka"])
    paper.publish([service()], ())
    long = paper.files("ka")
    short = {
        "sections": FULL["sections"][:2],
        "about": [],
        "mirrors": [],
        "notice": None,
    }
    paper.publish([service(**short, territories=["GE"])], ())
    numbered = re.compile(r"(news/[a-z]+|shared/index|feeds/index)\.\d+\.html")

    assert 5 <= len([path for path in long if numbered.fullmatch(path)])
    assert [] == [path for path in paper.files("ka") if numbered.fullmatch(path)]
    assert not (paper.press.archive.root / "ka/news/about.2.html").exists()


SHORT = FULL["notice"] | {"paragraphs": [ka(300)]}
LOOPED = "<p>{% for n in range(299) %}ძალიან{% endfor %}</p>"
LONG = [{"id": f"s{n}", "name": ka(90, n)} for n in range(20)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"look": {"footer": "&" * 990}, "notice": SHORT}, "look"),
        ({"look": {"mast": LOOPED}, "notice": SHORT}, "look"),
        ({"sections": LONG, "notice": SHORT}, "sections"),
        ({"bio": ka(900)}, "bio"),
    ],
)
def test_what_leaves_news_no_room_is_refused(changed, field, tmp_path):
    """The error names the field, what it takes and what it may take."""
    paper = Paper(tmp_path, ["ka"])
    with pytest.raises(FaultError, match=rf"{field}: .*at most \d+") as told:
        paper.publish([service(**changed)], ())

    assert field == told.value.cause.field


def test_notice_that_no_page_has_room_for_is_refused_as_it_is_read(tmp_path):
    """Before a story is printed for nothing."""
    paper = Paper(tmp_path, ["ka"])
    long = FULL["notice"] | {"more": ka(600)}
    with pytest.raises(StoryError, match=r"notice: .*at most \d+") as told:
        paper.publish([service(notice=long)], ())

    assert "notice" == told.value.field
