"""Copy names words of other languages in texts that hold no languages themselves."""

import json

import pytest
from test_docx import docx, p
from test_spoken import item_of

from tamizdat.wire.draft.foreign import LONGEST, MOST
from tamizdat.wire.items import Foreign, read_item

SONG = "die Gedanken sind frei"
GERMAN = Foreign(SONG, "de")
CALL = "زن، زندگی، آزادی"
LEAD = "The council of the valley voted for the new bridge on Tuesday, its chair said."
MORE = "Work will begin in May and will cost less than the people of the valley feared."
SUNG = f"He said <span lang='de'>{SONG}</span>"
SUNG_XML = f"He said <span xml:lang='de'>{SONG}</span>"
ESCAPED = SUNG.replace("<", "&lt;")


def page(head="A bridge", body="", above="", tags="en"):
    return (
        f"<html lang='{tags}'><head><title>A bridge</title></head><body><article>"
        f"{above}<h1>{head}</h1><p>{LEAD}</p>{body}<p>{MORE}</p></article></body></html>"
    )


def nitf(head="<hl1>A bridge</hl1>", body="", beside="", end=""):
    return (
        f"<nitf xml:lang='en'><body><body.head><hedline>{head}</hedline>{beside}"
        f"</body.head><body.content><p>{LEAD}</p>{body}<p>{MORE}</p></body.content>"
        f"{end}</body></nitf>"
    )


def g2(meta="<headline>A bridge</headline>", body="", kind="text"):
    return (
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:a:1'"
        f" xml:lang='en'><itemMeta><itemClass qcode='ninat:{kind}'/></itemMeta>"
        f"<contentMeta>{meta}<language tag='en'/></contentMeta><contentSet><inlineXML>"
        "<html xmlns='http://www.w3.org/1999/xhtml' xml:lang='en'><body>"
        f"<p>{LEAD}</p>{body}<p>{MORE}</p></body></html></inlineXML></contentSet>"
        "</newsItem>"
    )


def newsml_1(head):
    return (
        "<NewsML><NewsItem xml:lang='en'><NewsComponent><NewsLines>"
        f"<HeadLine>{head}</HeadLine></NewsLines><ContentItem><DataContent>"
        f"<p>{LEAD}</p><p>{MORE}</p></DataContent></ContentItem></NewsComponent>"
        "</NewsItem></NewsML>"
    )


def atom(title, kind="xhtml", body=""):
    inside = f"<p>{LEAD}</p>{body}<p>{MORE}</p>".replace("<", "&lt;")
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>A</title>"
        f"<entry><id>urn:a:1</id><title type='{kind}'>{title}</title>"
        f"<content type='html'>{inside}</content></entry></feed>"
    )


def rss(title="A bridge", beside=""):
    return (
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel>"
        f"<title>A</title><item><guid>urn:a:1</guid><title>{title}</title>{beside}"
        f"<description>&lt;p>{LEAD}&lt;/p>&lt;p>{MORE}&lt;/p></description></item>"
        "</channel></rss>"
    )


def json_feed(title):
    entry = {"id": "1", "title": title, "content_html": f"<p>{LEAD}</p><p>{MORE}</p>"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A"}
    return json.dumps({**feed, "items": [entry]})


def ninjs(headline):
    item = {"uri": "urn:a:1", "type": "text", "versioncreated": "2026-11-24T09:00:00Z"}
    body = f"<p>{LEAD}</p><p>{MORE}</p>"
    return json.dumps({**item, "headline": headline, "body_xhtml": body})


def own_xml(head):
    text = f"<text><p>{LEAD}</p><p>{MORE}</p></text>"
    return f"<copy><headline>{head}</headline>{text}</copy>"


def mail(body):
    return (
        "From: desk@agency.example\nTo: all@paper.example\nSubject: A bridge\n"
        "Date: Tue, 24 Nov 2026 09:00:00 +0000\nMessage-ID: <1@agency.example>\n"
        "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
        "Content-Transfer-Encoding: 8bit\n\n"
        f"<html lang='en'><body><p>{LEAD}</p>{body}<p>{MORE}</p></body></html>"
    )


def wxr(title, body=""):
    return (
        "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content="
        "'http://purl.org/rss/1.0/modules/content/'><channel><title>A</title>"
        f"<language>en</language><item><title>{title}</title><guid>urn:a:1</guid>"
        f"<content:encoded><![CDATA[<p>{LEAD}</p>{body}<p>{MORE}</p>]]>"
        "</content:encoded><wp:post_type>post</wp:post_type>"
        "<wp:status>publish</wp:status></item></channel></rss>"
    )


IN_DIV = f"<div xmlns='http://www.w3.org/1999/xhtml'>{SUNG_XML}</div>"
HEADLINES = {
    "page": page(SUNG),
    "page, named for machines too": page(SUNG).replace(
        "</head>",
        "<script type='application/ld+json'>{'@type':'NewsArticle','headline':'He said "
        f"{SONG}'}}</script></head>".replace("'", '"'),
    ),
    "nitf span": nitf(f"<hl1>{SUNG_XML}</hl1>"),
    "nitf lang": nitf(f"<hl1>He said <lang iso='de'>{SONG}</lang></hl1>"),
    "nitf lang, xml": nitf(f"<hl1>He said <lang xml:lang='de'>{SONG}</lang></hl1>"),
    "newsml-g2": g2(f"<headline>{SUNG_XML}</headline>"),
    "newsml-1": newsml_1(SUNG_XML),
    "atom xhtml": atom(IN_DIV),
    "atom html": atom(ESCAPED, "html"),
    "atom html in a section": atom(f"<![CDATA[{SUNG}]]>", "html"),
    "rss": rss(ESCAPED),
    "json feed": json_feed(SUNG),
    "ninjs": ninjs(SUNG),
    "own xml": own_xml(SUNG_XML),
    "wordpress": wxr(f"<![CDATA[{SUNG}]]>"),
}


@pytest.mark.parametrize("way", HEADLINES)
def test_headline_names_its_words_whatever_it_came_in(way):
    item = item_of(HEADLINES[way])

    assert f"He said {SONG}" == item.headline
    assert (GERMAN,) == item.foreign


FIGURE = (
    "<figure><img src='https://a.example/1.jpg' width='800'><figcaption>Singers: "
    f"<i lang='de'>{SONG}</i></figcaption></figure>"
)
MEDIA = (
    "<media media-type='image'><media-reference source='1.jpg'/><media-caption><p>"
    "Singers: <em xml:lang='de'>{}</em></p></media-caption><media-producer>{}"
    "</media-producer></media>"
)
POINTS = f"<ul><li>Sung: <i lang='de'>{SONG}</i></li><li>Said: nothing</li></ul>"
CELLS = f"<table><tr><td>Song</td><td><i lang='de'>{SONG}</i></td></tr></table>"
TEXTS = {
    "kicker, page": page(above=f"<p class='kicker'>On <i lang='de'>{SONG}</i></p>"),
    "kicker, nitf": nitf(f"<kicker>{SUNG_XML}</kicker><hl1>A bridge</hl1>"),
    "kicker, g2": g2(
        f"<headline>A bridge</headline><headline role='h:kicker'>{SUNG_XML}</headline>"
    ),
    "standfirst, page": page(body=f"<p class='standfirst'>{SUNG} at the bridge.</p>"),
    "standfirst, nitf": nitf(beside=f"<abstract><p>{SUNG_XML}</p></abstract>"),
    "second headline": nitf(f"<hl1>A bridge</hl1><hl2>{SUNG_XML}</hl2>"),
    "standfirst, g2": g2(
        f"<headline>A bridge</headline><description role='drol:summary'>{SUNG_XML}"
        "</description>"
    ),
    "summary, atom": atom("A bridge", "text").replace(
        "<content", f"<summary type='xhtml'>{IN_DIV}</summary><content"
    ),
    "caption, page": page(body=FIGURE),
    "caption, nitf": nitf(body=MEDIA.format(SONG, "A Desk")),
    "credit, nitf": nitf(body=MEDIA.format("", f"Choir <i xml:lang='de'>{SONG}</i>")),
    "caption, atom": atom("A bridge", "text", FIGURE),
    "caption, rss": rss(
        beside="<media:content url='https://a.example/1.jpg' medium='image'>"
        f"<media:description type='html'>{ESCAPED}</media:description></media:content>"
    ),
    "caption, wordpress": wxr("A bridge", FIGURE),
    "caption, letter": mail(FIGURE),
    "item, page": page(body=POINTS),
    "item, nitf": nitf(body=POINTS.replace("lang", "xml:lang")),
    "item, g2": g2(body=POINTS.replace("lang", "xml:lang")),
    "item, letter": mail(POINTS),
    "item, atom": atom("A bridge", "text", POINTS),
    "item in an item": page(body=f"<ul><li>Sung:{POINTS}</li><li>Said</li></ul>"),
    "item of paragraphs": page(
        body=f"<ul><li><p>Sung: </p><p lang='de'>{SONG}</p></li><li>Said</li></ul>"
    ),
    "cell, page": page(body=CELLS),
    "cell, nitf": nitf(body=CELLS.replace("lang", "xml:lang")),
    "cell that is all in it": page(
        body=f"<table><tr><td>Song</td><td lang='de'>{SONG}</td></tr></table>"
    ),
    "cell, letter": mail(CELLS),
}


@pytest.mark.parametrize("way", TEXTS)
def test_text_without_languages_of_its_own_names_its_words(way):
    assert (GERMAN,) == item_of(TEXTS[way]).foreign


LANG = "<w:rPr><w:lang w:val='{}' w:bidi='{}'/></w:rPr>"
RUN = f"<w:r>{LANG.format('en-US', 'fa-IR')}<w:t>{CALL}</w:t></w:r>"
NUMBERED = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"


@pytest.mark.parametrize(
    "body",
    [
        p(f"<w:r><w:t>They sang </w:t></w:r>{RUN}")
        + p(f"<w:r><w:t>{LEAD}</w:t></w:r>"),
        p(f"<w:r><w:t>{LEAD}</w:t></w:r>")
        + p(f"{NUMBERED}<w:r><w:t>Sung: </w:t></w:r>{RUN}")
        + p(f"{NUMBERED}<w:r><w:t>Said: nothing</w:t></w:r>"),
        p(f"<w:r><w:t>{LEAD}</w:t></w:r>")
        + f"<w:tbl><w:tr><w:tc>{p('<w:r><w:t>Song</w:t></w:r>')}</w:tc>"
        + f"<w:tc>{p(RUN)}</w:tc></w:tr></w:tbl>",
    ],
    ids=["headline", "item", "cell"],
)
def test_docx_names_words_of_other_letters(body):
    assert (Foreign(CALL, "fa-IR"),) == item_of(docx(body)).foreign


def test_docx_names_no_language_of_a_keyboard():
    run = f"<w:r>{LANG.format('de-DE', '')}<w:t>over the river</w:t></w:r>"
    body = p(f"<w:r><w:t>A bridge </w:t></w:r>{run}") + p(
        f"<w:r><w:t>{LEAD}</w:t></w:r>"
    )

    assert () == item_of(docx(body)).foreign


def test_marks_of_a_headline_go_and_its_words_stay():
    item = item_of(nitf(f"<hl1>UPDATE 1-{SUNG_XML}, one, two =</hl1>"))

    assert (GERMAN,) == item.foreign
    assert item.headline.startswith("He said")


def test_words_come_as_they_stand_in_the_text():
    """Blanks and quotation marks as they were set anew, and no blank at an edge."""
    said = "He said <i lang='de'> ''die  Gedanken\n sind'' </i> again"
    (found,) = item_of(page(said)).foreign

    assert found.words in item_of(page(said)).headline
    assert "die Gedanken sind" == found.words.strip("'“”")


@pytest.mark.parametrize(
    "said",
    [
        "<i lang='zxx'>{}</i>",
        "<i lang='und'>{}</i>",
        "<i lang=''>{}</i>",
        "<i lang='qqq'>{}</i>",
        "<i lang='de_DE@euro-and-more-than-anybody-needs'>{}</i>",
        "<i lang='&quot;><script>'>{}</i>",
        "<i lang='en'>{}</i>",
        "<i lang='en-GB'>{}</i>",
        "<i lang='eng'>{}</i>",
        "<i lang='de'><b lang=''>{}</b></i>",
    ],
)
def test_tag_that_is_none_or_the_copys_own_names_no_words(said):
    assert () == item_of(page(f"He said {said.format(SONG)}")).foreign


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("<i lang='de-AT-1996-x-valley'>{}</i>", "de-AT"),
        ("<i lang='deu'>{}</i>", "de"),
        ("<i lang='DE'>{}</i>", "de"),
        ("<i lang='fr'><b lang='de'>{}</b></i>", "de"),
        ("<i lang='de'><b lang='qqq'>{}</b></i>", "de"),
    ],
)
def test_innermost_known_tag_counts_and_is_normalised(said, language):
    item = item_of(page(f"He said {said.format(SONG)}"))

    assert (Foreign(SONG, language),) == item.foreign


def test_word_of_a_paragraph_is_none_of_a_headline():
    """“Gift” is German for poison, and the headline is English."""
    body = "<p>She read the label, <i lang='de'>Gift</i>, and put it down again.</p>"

    assert () == item_of(page("A Gift for the valley", body)).foreign
    assert () == item_of(page("Gift", body)).foreign


def test_language_that_most_of_the_body_is_said_to_be_in_is_none():
    """A site calls its English German, everywhere."""
    text = page(SUNG, tags="de").replace("<p>", "<p lang='de'>")

    assert "en" == item_of(text).language
    assert () == item_of(text).foreign


def test_language_that_paragraphs_of_a_string_are_said_to_be_in_is_none():
    """What one string says holds for the headline in another, too."""
    text = json_feed(SUNG).replace("<p>", "<p lang='de'>")

    assert "en" == item_of(text).language
    assert () == item_of(text).foreign


def test_language_of_all_of_a_file_is_none():
    """Of an element around all of it, of a letter's outermost one."""
    around = page("A bridge", POINTS).replace("<article", "<article lang='de'")
    outermost = mail(POINTS.replace(" lang='de'", "")).replace("'en'", "'de'")

    assert () == item_of(around).foreign
    assert () == item_of(outermost).foreign


def test_whole_headline_in_the_language_of_the_form_is_none():
    """Its words are those of the text, whatever the sender's form says."""
    head = "The council of the valley and the bridge that it will not have"
    told = g2(f"<headline xml:lang='de'>{head}</headline>")
    declared = g2("<headline xml:lang='de'>Brücke</headline>").replace(
        "<language tag='en'/>", "<language tag='de'/>"
    )

    assert () == item_of(told).foreign
    assert () == item_of(declared).foreign


def test_whole_headline_in_another_language_is_named():
    assert (GERMAN,) == item_of(
        page().replace("<h1>A bridge", f"<h1 lang='de'>{SONG}")
    ).foreign


def test_list_that_is_all_in_one_language_names_no_words_again():
    """It names its own language."""
    body = f"<ul lang='de'><li>{SONG}</li><li>Freiheit</li></ul>"
    item = item_of(page(body=body))

    assert ["de"] == [one.language for one in item.body if one.kind == "list"]
    assert () == item.foreign


def test_words_are_named_once():
    item = item_of(page(SUNG, POINTS + CELLS + FIGURE))

    assert (GERMAN,) == item.foreign


def test_words_nobody_is_told_are_not_named():
    """What is for the desk alone, and what stands in no text of the item."""
    private = f"<p class='private'>Call <i xml:lang='de'>{SONG}</i></p>"
    note = f"<note><p>Sing <i xml:lang='de'>{SONG}</i></p></note>"

    assert () == item_of(nitf(body=private, beside=note)).foreign
    assert () == item_of(page(above=f"<nav><li lang='de'>{SONG}</li></nav>")).foreign


def test_parts_of_words_are_not_named():
    assert () == item_of(page("A <i lang='de'>Gift</i>ed valley")).foreign


def _points(*words):
    items = "".join(f"<li>Sung: <i lang='de'>{one}</i></li>" for one in words)
    return page(body=f"<ul>{items}</ul>" + f"<p>{LEAD} {MORE}</p>" * 4)


def test_more_words_than_a_story_names_are_left_out_and_told():
    words = [
        f"Lied {chr(97 + number // 26)}{chr(97 + number % 26)}"
        for number in range(MOST + 3)
    ]
    item = item_of(_points(*words))
    dropped = [one.text for one in item.receipt.dropped if "language" in one.why]

    assert words[:MOST] == [one.words for one in item.foreign]
    assert words[MOST:] == dropped


def test_words_longer_than_a_story_names_are_left_out_and_told():
    long = " ".join(["ach"] * (LONGEST // 4 + 1))
    item = item_of(_points(long, SONG))

    assert (GERMAN,) == item.foreign
    assert [long[:LONGEST]] == [
        one.text for one in item.receipt.dropped if "language" in one.why
    ]


def _of_many(count):
    """Write copy with a standfirst that is cut out of a noted text, behind others."""
    others = "".join(
        f"<p>{number} said <i xml:lang='fr'>oui</i>.</p>" for number in range(count)
    )
    whole = f"<p>(Agency) - {SUNG_XML} at the bridge of the valley.</p>"
    abstract = (
        f"<abstract><p>He said {SONG} at the bridge of the valley.</p></abstract>"
    )
    return nitf(body=others + whole, beside=abstract)


def _told(item):
    return [one for one in item.receipt.warnings if "another language" in one]


@pytest.mark.parametrize(
    ("count", "foreign", "told"),
    [
        (299, (GERMAN,), ""),
        (300, (), "looked for in the first 300 texts"),
        (2000, (), "only the first 2,000 texts"),
    ],
)
def test_texts_that_are_not_compared_are_told(count, foreign, told):
    item = item_of(_of_many(count))

    assert foreign == item.foreign
    assert told in "".join(_told(item))
    assert bool(told) == bool(_told(item))


def test_captions_that_are_not_read_are_told():
    captions = "".join(
        MEDIA.format(f"{SONG}</em> on the bridge, a song of {number}<em>", "A Desk")
        for number in range(120)
    )
    item = item_of(nitf(body=captions))

    assert GERMAN in item.foreign
    assert any("first 200 headlines and captions" in one for one in _told(item))


def test_strings_of_html_that_are_not_read_are_told():
    entry = json.loads(ninjs(SUNG))
    item = item_of(json.dumps({**entry, "notes": [SUNG] * 300}))

    assert (GERMAN,) == item.foreign
    assert any("first 200 strings of HTML" in one for one in _told(item))


@pytest.mark.parametrize(
    "head",
    [
        "<i lang='de'>" * 3000 + SONG + "</i>" * 3000,
        "<h1>" * 300 + f"<i lang='de'>{SONG}" + "</i></h1>" * 300,
        f"<i lang='de'>{SONG}" * 900,
        "<i lang='de'>" + "<b lang='fr'></b>" * 9000 + "</i>",
        "<i lang='de'>\x00\ud7ff\u202e\u2067</i>",
        f"<i lang='de' lang='fr' xml:lang='ka'>{SONG}",
        "&lt;i lang='de'>" * 900,
        "<table><ul><td><li lang='de'>" * 60 + SONG,
    ],
)
def test_hostile_markup_stops_no_copy(head):
    item = item_of(mail(f"<ul><li>They sang: {head}</li></ul>"))

    assert LEAD == item.body[0].text
    assert len(item.foreign) <= MOST
    assert all(0 < len(one.words) <= LONGEST for one in item.foreign)


def test_item_that_was_kept_before_opens_as_it_did():
    row = item_of(page(SUNG)).to_json()
    del row["foreign"]

    assert () == read_item(row).foreign
