"""Tags of very many attributes: read in time that grows with their length alone."""

import json
import sys

import pytest

from tamizdat.wire.markup import attributes
from tamizdat.wire.markup.attributes import MOST_ATTRIBUTES, bounded
from tamizdat.wire.markup.reader import read_html
from tamizdat.wire.parsers import parse

LINE = "The council says it may replace the old bridge before winter."
MANY = 150_000  # attributes; libxml2 alone would compare ten thousand million pairs
HEADERS = "From: a@alma.example\nSubject: Bridge\nMessage-ID: <m1>\n"
HEADERS += "Content-Type: text/html"
TOLD = "a tag has more than 1,000 attributes: 149,000 dropped"


def paragraph(count, text=LINE):
    told = " ".join(f"a{n}=1" for n in range(count))
    return f"<p {told}>{text}</p>"


def carried(kind):
    """Put a paragraph of many attributes where HTML stands in a family."""
    html = f"<div>{paragraph(MANY)}<p>{LINE} {LINE}</p></div>"
    rss = f"<item><title>Bridge</title><description><![CDATA[{html}]]></description>"
    return {
        "page": f"<html><body><article><h1>Bridge</h1>{html}</article></body></html>",
        "feed": f'<rss version="2.0"><channel>{rss}</item></channel></rss>',
        "ninjs": json.dumps({"uri": "u", "headline": "Bridge", "body_html": html}),
        "mail": f"{HEADERS}\n\n{html}",
    }[kind].encode()


@pytest.mark.parametrize("kind", ["page", "feed", "ninjs", "mail"])
def test_tag_of_many_attributes_is_read_and_told_of(kind):
    (item,) = parse(carried(kind), "f")

    assert [LINE, f"{LINE} {LINE}"] == [block.text for block in item.body]
    assert TOLD in item.receipt.warnings


def test_most_attributes_are_left_as_they_are():
    assert (paragraph(MOST_ATTRIBUTES), 0) == bounded(paragraph(MOST_ATTRIBUTES))
    assert bounded(paragraph(MOST_ATTRIBUTES + 1))[1] == 1


@pytest.mark.parametrize(
    "around",
    [
        '{}<p title="1 > 0"{}>',
        "<!-- <p title=' -->{}<p title='>'{}>",
        "<script>if (a <p && '</p>') {{}}</script>{}<p{}>",
        "<textarea><p title='</textarea>{}<p{}>",
        "<? <p title='>{}<p{}>",
        "{}<p title=it's{}>",
        '{}<p title="<p title=\'"{}>',
    ],
)
def test_no_parser_meets_more_attributes_wherever_a_tag_hides(monkeypatch, around):
    monkeypatch.setattr(attributes, "MOST_ATTRIBUTES", 20)
    monkeypatch.setattr(attributes, "_MOST_HIDDEN", 40)
    told = "".join(f" a{n}='>'" for n in range(150))
    seen = []
    monkeypatch.setattr("tamizdat.wire.markup.reader._thin_out", seen.append)
    tree = read_html(around.format("<b>one</b>", told) + "two</p>")

    assert seen
    assert tree is not None
    assert max(len(element.keys()) for element in tree.iter()) <= 41


@pytest.mark.parametrize(
    "piece", ["<p a=\"<p b='", "<p", "<!--", "<script>", "<p a=", "<p a='<!-- ", "< /"]
)
def test_work_on_tags_without_an_end_grows_with_the_text(piece):
    """No piece is looked at again for each before it: calls of functions count that."""

    def calls(text):
        count = 0

        def note(_frame, event, _function):
            nonlocal count
            count += event in {"call", "c_call"}

        sys.setprofile(note)
        try:
            bounded(text)
        finally:
            sys.setprofile(None)
        return count

    short = calls(piece * 20_000)
    assert calls(piece * 40_000) <= 2 * short + 100
