"""WordPress exports: each post with its paragraphs, its author and its pictures."""

import tracemalloc
from io import BytesIO

import pytest

from tamizdat.wire.errors import ArchiveError
from tamizdat.wire.parsers import parse
from tamizdat.wire.parsers.wxr import split

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Valley News</title><link>https://valley.example</link>
<language>en-US</language><wp:base_blog_url>https://valley.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[fhand7]]></wp:author_login>
<wp:author_display_name><![CDATA[First Hand]]></wp:author_display_name></wp:author>
"""
POST = """<item><title>A bridge &amp; a river</title>
<link>https://valley.example/2026/03/a-bridge/</link><dc:creator>fhand7</dc:creator>
<guid isPermaLink="false">https://valley.example/?p={n}</guid>
<content:encoded><![CDATA[<!-- wp:paragraph -->
The council voted for a <b>bridge</b>. Code: <item>&lt;</item>

[caption id="a" width="300"]<a href="/x"><img src="/uploads/b.jpg" alt="Bridge" /></a>
The old bridge[/caption]

Work begins in May.
<h2>Costs</h2>
Three million.

[gallery ids="1,2"][su_button url="x"]Button[/su_button]]]></content:encoded>
<excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>
<wp:post_id>{n}</wp:post_id><wp:post_date>2026-03-04 11:00:00</wp:post_date>
<wp:post_date_gmt>2026-03-04 10:00:00</wp:post_date_gmt>
<wp:post_modified_gmt>2026-03-05 10:00:00</wp:post_modified_gmt>
<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="politics">Politics</category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>
<wp:meta_value>9</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_author_email>reader@example.org</wp:comment_author_email>
<wp:comment_content>Words of a reader</wp:comment_content></wp:comment></item>
"""
PICTURE = """<item><title>flood</title><content:encoded></content:encoded>
<excerpt:encoded><![CDATA[The flood]]></excerpt:encoded><wp:post_id>9</wp:post_id>
<wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://valley.example/uploads/flood.jpg</wp:attachment_url></item>
"""
END = "</channel></rss>"


def export(*statuses):
    posts = (POST.format(n=n, status=one) for n, one in enumerate(statuses, start=1))
    return (HEAD + "".join(posts) + PICTURE + END).encode()


def test_post_has_paragraphs_that_nobody_tagged():
    (found,) = parse(export("publish"), "site.xml")

    assert (found.family, found.headline) == ("wxr", "A bridge & a river")
    assert [(b.kind, b.text) for b in found.body] == [
        ("paragraph", "The council voted for a bridge. Code: <"),
        ("paragraph", "Work begins in May."),
        ("subhead", "Costs"),
        ("paragraph", "Three million."),
        ("paragraph", "Button"),
    ]
    assert [one.name for one in found.byline] == ["First Hand"]
    assert (found.published_at, found.updated_at) == (
        "2026-03-04T10:00:00Z",
        "2026-03-05T10:00:00Z",
    )
    assert (found.abstract, found.subjects) == ("In short.", ("Politics",))
    assert found.associations[0].guid == "https://valley.example/2026/03/a-bridge/"
    assert [(m.caption, m.renditions[0].href) for m in found.media] == [
        ("The flood", "https://valley.example/uploads/flood.jpg"),
        ("The old bridge", "https://valley.example/uploads/b.jpg"),
    ]


def test_no_login_and_no_reader_reaches_an_item():
    text = str(parse(export("publish"), "site.xml")[0].to_json())

    for word in ("fhand7", "reader@", "Words of a reader"):
        assert word not in text


@pytest.mark.parametrize(
    ("status", "expected"),
    [("draft", "withheld"), ("private", "withheld"), ("trash", "canceled")],
)
def test_what_was_not_before_readers_is_not_usable(status, expected):
    first, second = parse(export("publish", status), "site.xml")

    assert (first.pubstatus, second.pubstatus) == ("usable", expected)


def test_damaged_item_stops_no_other_and_has_a_receipt_of_its_own():
    data = export("publish", "publish", "publish")
    place = data.index(b"?p=2</guid>")
    data = data[:place] + b"?p=2</gu\x00<<id>&nope;" + data[place + 11 :]
    found = parse(data, "site.xml")

    assert [one.guid[-1] for one in found] == ["1", "2", "3"]
    assert len({one.receipt.sha256 for one in found}) == 3
    assert found[1].receipt.warnings != found[0].receipt.warnings


@pytest.mark.parametrize("chunk", [1, 7, 64, 1 << 20])
def test_marks_are_found_across_chunks(monkeypatch, chunk):
    monkeypatch.setattr(split, "_CHUNK", chunk)
    data = export("publish", "draft")
    head, items = split.items_of(BytesIO(data))
    parts = list(items)

    assert head.endswith(b"</wp:author>\n")
    assert len(parts) == 3
    assert all(part.startswith(b"<item>") for part in parts)


def test_export_without_posts_is_refused_by_name():
    with pytest.raises(ArchiveError, match=r"^site\.xml: .* without posts"):
        parse((HEAD + PICTURE + END).encode(), "site.xml")


def test_items_that_hold_nothing_cost_next_to_nothing():
    tracemalloc.start()
    with pytest.raises(ArchiveError):
        parse((HEAD + "<item>" * 30_000 + END).encode(), "site.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 32 << 20
