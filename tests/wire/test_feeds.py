"""Feeds of every age: each entry an item, whatever extension carries its text."""

import json

import pytest

from tamizdat.wire.errors import MarkupError, NotNewsError
from tamizdat.wire.parsers import parse

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:yandex="http://news.yandex.ru" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Долина</title><link>https://dolina.example/</link>
<atom:link rel="self" href="https://dolina.example/rss"/>
<language>ru</language><copyright>© Долина</copyright>
<item><media:title>Мост на снимке</media:title>
<title>Долина &amp;quot;за&amp;quot; новый мост</title>
<link>/news/1</link><guid isPermaLink="false">dolina-1</guid>
<pubDate>Wed, 04 Mar 2026 13:00:00 MSK</pubDate>
<author>desk@dolina.example (Редакция Долины)</author>
<category domain="http://cv.iptc.org/newscodes/mediatopic/">20000523</category>
<category>Общество</category><yandex:genre>article</yandex:genre>
<description>Коротко: новый мост.</description>
<yandex:full-text>Совет долины проголосовал за новый мост через реку.

Работы начнутся в мае, сообщил совет.</yandex:full-text>
<enclosure url="/pictures/1.jpg" type="image/jpeg" length="100"/>
<media:group><media:content url="https://dolina.example/a.mp4" type="video/mp4"
 width="640" height="360"/><media:content url="https://dolina.example/b.mp4"
 type="video/mp4" width="1280" height="720"/>
<media:description>Старый мост</media:description><media:credit>Долина</media:credit>
</media:group></item>
<item><title>Second</title><link>https://dolina.example/news/2</link>
<description>&lt;p&gt;The council of the valley met on Wednesday.&lt;/p&gt;
&lt;p&gt;It voted for the bridge.&lt;img src="/x.jpg"
alt="The bridge"/&gt;&lt;/p&gt;</description>
</item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"
 xml:base="https://valley.example/"><title>Valley</title>
<author><name>Valley Desk</name></author>
<entry><id>tag:valley.example,2026:1</id>
<title type="html">Bridge &amp;amp; river</title>
<link rel="alternate" href="news/1"/>
<link rel="enclosure" href="1.mp3" type="audio/mpeg"/>
<published>2026-03-04T10:00:00Z</published>
<updated>2026-03-04T11:30:00+01:00</updated>
<category term="society" label="Society"/><summary>In short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>The council met on Wednesday
and voted.</p><h3>Work begins</h3><ul><li>May</li><li>June</li></ul>
<figure><img src="1.jpg" srcset="1-2x.jpg 1200w" alt="Old bridge"/>
<figcaption>The old bridge <span class="credit">Valley Desk</span></figcaption>
</figure></div>
</content></entry>
<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0"
 ref="tag:valley.example,2026:0" when="2026-03-04T12:00:00Z"/></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://v.example/"><title>V</title><dc:language>fr</dc:language>
<items><rdf:Seq><rdf:li rdf:resource="https://v.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://v.example/1"><title>Un pont</title><link>https://v.example/1</link>
<dc:date>2026-03-04T10:00+01:00</dc:date><dc:creator>admin</dc:creator>
<content:encoded><![CDATA[<p>Le conseil a voté pour un pont.</p>
<p>En mai.</p>]]></content:encoded>
</item></rdf:RDF>"""


def items(text, encoding="utf-8"):
    return parse(text.format(encoding=encoding).encode(encoding), "feed.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_rss_entry_takes_its_whole_text_from_an_extension(encoding):
    first, second = items(RSS.replace("©", "(c)"), encoding)

    assert first.headline == 'Долина "за" новый мост'
    assert [b.text for b in first.body] == [
        "Совет долины проголосовал за новый мост через реку.",
        "Работы начнутся в мае, сообщил совет.",
    ]
    assert (first.abstract, first.published_at) == (
        "Коротко: новый мост.",
        "2026-03-04T10:00:00Z",
    )
    assert (first.guid, first.language, first.rights) == (
        "dolina-1",
        "ru",
        "(c) Долина",
    )
    assert [one.name for one in first.byline] == ["Редакция Долины"]
    assert first.subjects == ("medtop:20000523", "Общество")
    assert first.associations[0].guid == "https://dolina.example/news/1"
    assert second.guid == "https://dolina.example/news/2"
    assert [b.text for b in second.body][1] == "It voted for the bridge."
    assert second.media[0].renditions[0].href == "https://dolina.example/x.jpg"


def test_files_of_one_recording_are_its_renditions():
    first, _ = items(RSS)

    video, picture = first.media
    assert (video.kind, video.caption, video.credit) == (
        "video",
        "Старый мост",
        "Долина",
    )
    assert [one.width for one in video.renditions] == [640, 1280]
    assert picture.renditions[0].href == "https://dolina.example/pictures/1.jpg"


def test_atom_entry_keeps_blocks_pictures_and_its_author():
    found, gone = items(ATOM)

    assert (found.family, found.headline) == ("atom", "Bridge & river")
    assert [block.kind for block in found.body] == ["paragraph", "subhead", "list"]
    assert found.body[0].text == "The council met on Wednesday and voted."
    assert (found.updated_at, found.abstract) == ("2026-03-04T10:30:00Z", "In short.")
    assert [one.name for one in found.byline] == ["Valley Desk"]
    picture, sound = found.media
    assert (picture.caption, picture.credit) == ("The old bridge", "Valley Desk")
    assert [one.href for one in picture.renditions] == [
        "https://valley.example/1.jpg",
        "https://valley.example/1-2x.jpg",
    ]
    assert sound.kind == "audio"
    assert (gone.guid, gone.pubstatus) == ("tag:valley.example,2026:0", "canceled")


@pytest.mark.parametrize(
    ("base", "link", "picture"),
    [
        ('xml:base="https://f.example/"', "a/1", "https://f.example/a/1.jpg"),
        # Nobody named a base: the link is the only one there is.
        ("", "https://f.example/a/1", "https://f.example/a/a/1.jpg"),
    ],
)
def test_base_that_the_feed_names_is_before_its_link(base, link, picture):
    (found,) = items(
        f"""<feed xmlns="http://www.w3.org/2005/Atom" {base}><entry><id>urn:1</id>
        <title>A bridge</title><link rel="alternate" href="{link}"/>
        <link rel="enclosure" type="image/jpeg" href="a/1.jpg"/>
        <content type="html">&lt;p&gt;The council met.&lt;/p&gt;</content>
        </entry></feed>"""
    )

    assert found.associations[0].guid == "https://f.example/a/1"
    assert [r.href for one in found.media for r in one.renditions] == [picture]


def test_rdf_entry_is_read_with_a_prefix_that_nobody_declared():
    (found,) = items(RDF)

    assert (found.family, found.guid) == ("rdf", "https://v.example/1")
    assert [b.text for b in found.body] == [
        "Le conseil a voté pour un pont.",
        "En mai.",
    ]
    assert found.byline == ()


def test_text_that_was_escaped_twice_is_read_once():
    twice = RSS.replace("&lt;", "&amp;lt;").replace("&gt;", "&amp;gt;")
    (_, second) = items(twice)

    assert second.body[0].text == "The council of the valley met on Wednesday."


@pytest.mark.parametrize("end", [800, 1100, 1400, 1700])
def test_feed_that_is_cut_short_gives_what_arrived(end):
    found = parse(RSS.encode()[:end], "feed.xml")

    assert found[0].guid == "dolina-1" or found[0].headline
    assert any("damaged XML" in one for one in found[0].receipt.warnings)


def test_json_feed_is_read_with_html_and_attachments():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Valley",
        "home_page_url": "https://valley.example/",
        "language": "en",
        "items": [
            {
                "id": "1",
                "url": "https://valley.example/1",
                "title": "A bridge",
                "content_html": "<p>The council met.</p><p>It voted.</p>",
                "date_published": "2026-03-04T10:00:00+01:00",
                "authors": [{"name": "Valley Desk"}],
                "tags": ["bridges"],
                "image": "https://valley.example/1.jpg",
                "attachments": [
                    {"url": "https://v.example/1.mp3", "mime_type": "audio/mpeg"}
                ],
            },
            {"id": "2", "title": "Short", "content_text": "One paragraph.\n\nAnother."},
        ],
    }
    first, second = parse(json.dumps(feed).encode(), "feed.json")

    assert (first.family, first.guid, first.headline) == ("json-feed", "1", "A bridge")
    assert first.published_at == "2026-03-04T09:00:00Z"
    assert [one.kind for one in first.media] == ["picture", "audio"]
    assert (first.subjects, len(second.body)) == (("bridges",), 2)
    assert (second.media, second.associations) == ((), ())


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"<rss><channel><title>a</title></channel></rss>", NotNewsError),
        (b"<rss" + b"><a" * 300, (NotNewsError, MarkupError)),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', NotNewsError),
    ],
)
def test_feed_without_entries_is_refused_by_name(data, error):
    with pytest.raises(error, match=r"^feed: "):
        parse(data, "feed")


def test_what_a_feed_says_of_a_picture_in_the_text_goes_to_that_picture():
    picture = "https://x.example/1.jpg"
    media = "http://search.yahoo.com/mrss/"
    copy = f"""<rss version="2.0" xmlns:media="{media}"><channel><title>N</title><item>
    <title>Bridge</title><guid>g1</guid><description><![CDATA[<img src="{picture}">
    <p>The council voted for a bridge in the valley.</p>]]></description>
    <media:content url="{picture}" medium="image" width="800" height="600">
    <media:credit>Ann Quill/Agency</media:credit></media:content></item></channel>
    </rss>"""
    media = parse(copy.encode(), "feed.xml")[0].media

    assert [("Ann Quill/Agency", 800)] == [
        (one.credit, one.renditions[0].width) for one in media
    ]
