"""A rule of ours that fails costs the item it failed at, and no other."""

import json

import pytest

from tamizdat.wire.draft import finish
from tamizdat.wire.errors import ParserFaultError
from tamizdat.wire.parsers import feed, parse

GOOD = "The harbour of Alma was closed on Friday after a storm of two days."
BAD = "The harbour of Alma breaks the rule on Friday after a storm of two days."
G2 = (
    '<newsItem guid="g{n}" version="1"><itemMeta><itemClass qcode="ninat:text"/>'
    "</itemMeta><contentMeta><headline>Storm {n}</headline></contentMeta><contentSet>"
    "<inlineXML><html><body><p>{text}</p></body></html></inlineXML></contentSet>"
    "</newsItem>"
)
ITEM = "<item><guid>g{n}</guid><title>Storm {n}</title><description>{text}"
ITEM += "</description></item>"
OWN = "<story><id>g{n}</id><headline>Storm {n}</headline><body>{text}</body></story>"
POST = "<item><guid>g{n}</guid><title>Storm {n}</title><content:encoded>{text}"
POST += "</content:encoded><wp:post_type>post</wp:post_type></item>"
EXPORT = 'xmlns:wp="http://wordpress.org/export/1.2/"'
EXPORT += ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
LETTER = "From a@alma.example Fri Nov 20 10:00:00 2026\nSubject: Storm {n}\n"
LETTER += "Message-ID: <g{n}>\nFrom: a@alma.example\n\n{text}\n\n"
JSON = '{{"id": "g{n}", "title": "Storm {n}", "content_text": "{text}"}}'
NINJS = '{{"uri": "g{n}", "headline": "Storm {n}", "body_text": "{text}"}}'
FILES = {
    "g2": ("<newsMessage><itemSet>", G2, "", "</itemSet></newsMessage>"),
    "rss": ('<rss version="2.0"><channel>', ITEM, "", "</channel></rss>"),
    "own": ("<stories>", OWN, "", "</stories>"),
    "wxr": (f"<rss {EXPORT}><channel>", POST, "", "</channel></rss>"),
    "mbox": ("", LETTER, "", ""),
    "json-feed": (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [',
        JSON,
        ", ",
        "]}",
    ),
    "ninjs": ("[", NINJS, ", ", "]"),
}


def written(name, texts):
    before, item, between, after = FILES[name]
    items = [item.format(n=n, text=text) for n, text in enumerate(texts, start=1)]
    return (before + between.join(items) + after).encode()


@pytest.fixture
def broken(monkeypatch):
    """Break a rule for one text."""
    sound = finish.take_lead

    def take_lead(draft, text, *others):
        if any("breaks the rule" in one.text for one in text):
            raise IndexError
        return sound(draft, text, *others)

    monkeypatch.setattr(finish, "take_lead", take_lead)


@pytest.mark.parametrize("places", [(1,), (2,), (3,), (1, 3)])
@pytest.mark.parametrize("name", FILES)
@pytest.mark.usefixtures("broken")
def test_fault_at_one_item_is_told_and_leaves_its_neighbours(name, places):
    texts = [BAD if n in places else GOOD for n in (1, 2, 3)]
    items = parse(written(name, texts), "f")
    warnings = [one for item in items for one in item.receipt.warnings]
    told = [one for one in warnings if "a fault of the parser (IndexError)" in one]

    whole = [f"g{n}" for n in (1, 2, 3) if n not in places]
    assert whole == [item.guid for item in items]
    assert all(GOOD == item.body[0].text for item in items)
    assert len(places) == len(told)
    for place, one in zip(places, told, strict=True):
        assert f"item {place}: " in one or f"f#{place}: " in one


@pytest.mark.usefixtures("broken")
def test_file_whose_only_item_meets_a_fault_is_refused():
    with pytest.raises(ParserFaultError, match=r"f: the whole file: .*IndexError"):
        parse(written("rss", [BAD]), "f")


def test_fault_while_an_entry_is_read_leaves_its_neighbours(monkeypatch):
    sound = feed.read_entry

    def read_entry(entry, *others):
        if entry.findtext("guid") == "g3":
            raise KeyError("guid")
        return sound(entry, *others)

    monkeypatch.setattr(feed, "read_entry", read_entry)
    items = parse(written("rss", [GOOD] * 3), "f")

    assert ["g1", "g2"] == [item.guid for item in items]
    assert "f: item 3: " in items[-1].receipt.warnings[-1]


def test_sign_off_that_names_nobody_first_names_the_others():
    text = f"<p>{GOOD}</p><p>(; Editing by Ann Poe)</p>"
    data = json.dumps({"uri": "g1", "headline": "Storm", "body_html": text})
    (item,) = parse(data.encode(), "f")

    assert [("Ann Poe", "editing")] == [(p.name, p.role) for p in item.contributors]
    assert [GOOD] == [block.text for block in item.body]
