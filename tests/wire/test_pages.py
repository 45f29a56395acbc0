"""Saved pages: the story comes out whole, and nothing that only stands beside it."""

from pathlib import Path

import pytest

from tamizdat.wire.errors import NoBodyError, NotNewsError
from tamizdat.wire.parsers import parse
from tamizdat.wire.parsers.mail.attached import picture_files

FIRST = "The council of the valley voted on Wednesday for a new bridge over the river."
SECOND = (
    "Work begins in May and is to be finished before the floods of the next spring."
)
THIRD = (
    "The old bridge was closed after the second flood, and buses take a long way round."
)
TEXT = f"<p>{FIRST}</p><h2>Work begins</h2><p>{SECOND}</p><p>{THIRD}</p>"
BLOCKS = [FIRST, "Work begins", SECOND, THIRD]

MARKED = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Valley votes for a bridge | Valley News</title>
<link rel="canonical" href="https://valley.example/news/31234567.html">
<meta property="og:site_name" content="Valley News">
<meta property="og:type" content="article">
<meta property="og:image" content="/pictures/bridge_w1200_r1.jpg">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
{{"@type": "Person", "@id": "#a", "name": "First Hand",
"jobTitle": "Reporter"}},
{{"@type": ["NewsArticle"],
"headline": "Valley votes &amp;#39;yes&amp;#39; to a bridge",
"url": "https://valley.example/news/31234567.html", "inLanguage": "en",
"datePublished": "2026-03-04T10:00:00+01:00",
"dateModified": "2026-03-04T12:00:00+01:00",
"author": [{{"@id": "#a"}}, {{"@type": "Organization", "name": "AFP"}}],
"description": "A vote in the valley.", "articleSection": "Politics",
"publisher": {{"@type": "Organization", "name": "Valley News"}},}}]}}</script></head>
<body><header><nav><a href="/">Home</a></nav></header><main>
<article><h1>Valley votes 'yes' to a bridge</h1>
<div class="share-buttons"><a href="#">Share</a></div>
<div itemprop="articleBody"><figure>
<img src="/pictures/bridge_w500_r1.jpg" alt="The bridge">
<figcaption>The old bridge in spring</figcaption></figure>{TEXT}
<div class="related-stories"><h3>Read more</h3><a href="/2">Another story</a></div>
<div style="display:none">Hidden words of a hidden block</div>
<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2026</td><td>3</td></tr></table></div>
<aside>Subscribe to our newsletter and never miss a story again</aside></article></main>
<footer>Contact us: desk@valley.example, +1 555 0100</footer></body></html>"""

BARE = f"""<html><head><title>Valley blog: A bridge at last</title>
<meta name="author" content="Second Hand"></head><body>
<table><tr><td><a href="/">Home</a> <a href="/about">About</a></td></tr></table>
<div><h1>A bridge at last</h1><div>{TEXT.replace("h2>", "h3>")}
</div></div><div><a href="/1">One</a><a href="/2">Two</a><a href="/3">Three</a></div>
</body></html>"""

MICRODATA = f"""<html lang="en"><body>
<div itemscope itemtype="http://schema.org/NewsArticle">
<h1 itemprop="headline">A bridge at last</h1><span itemprop="author" itemscope>
<span itemprop="name">First Hand</span></span>
<time itemprop="datePublished" datetime="2026-03-04T10:00Z">4 March</time>
<div itemprop="articleBody">{TEXT}</div></div></body></html>"""


def page(text, encoding="utf-8"):
    (found,) = parse(text.encode(encoding), "page.html")
    return found


def words(item):
    return [block.text for block in item.body if block.text]


def test_marked_page_gives_what_it_says_to_machines():
    found = page(MARKED)

    assert found.headline == "Valley votes 'yes' to a bridge"
    assert found.guid == "https://valley.example/news/31234567.html"
    assert (found.published_at, found.updated_at) == (
        "2026-03-04T09:00:00Z",
        "2026-03-04T11:00:00Z",
    )
    assert [(p.name, p.title) for p in found.byline] == [("First Hand", "Reporter")]
    assert found.credit_agencies == ("AFP",)
    assert (found.provider, found.subjects) == ("Valley News", ("Politics",))
    assert found.abstract == "A vote in the valley."
    assert words(found) == BLOCKS
    assert [b.kind for b in found.body][-1] == "table"
    assert [(m.caption, m.alt) for m in found.media] == [
        ("The old bridge in spring", "The bridge")
    ]


def test_nothing_beside_the_story_reaches_the_item():
    text = str(page(MARKED).to_json())

    for word in ("Share", "Another story", "Hidden", "newsletter", "desk@", "0100"):
        assert word not in text


@pytest.mark.parametrize("text", [MICRODATA, BARE])
def test_page_without_marks_for_machines_is_read_by_its_structure(text):
    found = page(text)

    assert found.headline == "A bridge at last"
    assert words(found) == BLOCKS
    assert len(found.byline) == 1


NOTICE = """<p>Demo Press has been declared an "undesirable organization" by the
Examplian government.</p><p>If you are in Examplia and hold an Examplian passport,
please note that you could face fines for sharing our content.</p>
<p>To find out more, click here.</p>"""


@pytest.mark.parametrize(
    "text",
    [
        MARKED.replace("</p><div class", f"</p>{NOTICE}<div class").replace(
            f"{TEXT}\n", f"{TEXT}{NOTICE}\n"
        ),
        MARKED.replace("<footer>", f"<div class='legal'>{NOTICE}</div><footer>"),
        MICRODATA.replace(TEXT, TEXT + NOTICE),
    ],
)
def test_legal_notice_is_no_part_of_the_story(text):
    found = page(text)

    assert words(found) == BLOCKS
    (notice,) = found.notices
    assert (notice.designation, notice.authority, notice.territories) == (
        "undesirable organization",
        "Examplian government",
        ("Examplia",),
    )


def test_sentence_that_declares_somebody_something_is_news():
    sentence = 'The press was declared "extremist" by a court.'
    found = page(MARKED.replace(TEXT, f"{TEXT}<p>{sentence}</p>"))

    assert len(words(found)) == len(BLOCKS) + 1
    assert found.notices == ()


def test_address_comes_from_the_program_that_saved_the_page():
    saved = "<!-- saved from url=(0029)https://valley.example/a.html -->\n"

    assert page(saved + BARE).guid == "https://valley.example/a.html"


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "utf-16"])
def test_page_declares_its_encoding_inside(encoding):
    russian = (
        "Совет долины проголосовал в среду за новый мост через реку, сообщили власти."
    )
    body = f"<p>{russian}</p><p>Работы начнутся в мае и закончатся до паводка.</p>"
    text = (
        f"<html><meta charset={encoding}><body><article>{body}</article></body></html>"
    )

    assert words(page(text, encoding))[0] == russian


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "<html><body>" + "<a href='/x'>A link</a> " * 50 + "</body></html>",
            NotNewsError,
        ),
        ("<html><body><p>404 Not found</p></body></html>", NotNewsError),
        (MARKED[: MARKED.index('<div itemprop="articleBody">')], NoBodyError),
        ("<html>" + "<div>" * 5000, NotNewsError),
    ],
)
def test_page_without_a_story_is_refused_by_name(text, error):
    with pytest.raises(error, match=r"^page\.html: "):
        page(text)


@pytest.mark.parametrize("end", [1500, 1900, 2300])
def test_page_that_is_cut_short_gives_what_arrived(end):
    found = page(MARKED[:end])

    assert found.headline
    assert set(words(found)) <= {*BLOCKS, *(t[: len(words(found)[-1])] for t in BLOCKS)}


def test_the_pictures_of_a_page_saved_as_mhtml_are_found_by_their_address():
    whole = (Path(__file__).parent / "copy" / "page_saved.mhtml").read_bytes()
    item = parse(whole, "page.mhtml")[0]
    href = item.media[0].renditions[0].href

    assert picture_files(whole)[href].startswith(b"\xff\xd8\xff")
    assert len(whole) == item.receipt.size


@pytest.mark.parametrize("label", ["Read also:", "Читайте также:", "Lesen Sie auch"])
def test_a_line_that_only_leads_to_another_story_is_no_text(label):
    also = f'<p>{label} <a href="/x">The river rises again</a></p>'
    page = f"<html><body><article><h1>Bridge</h1>{TEXT}{also}</article></body></html>"

    assert BLOCKS == [one.text for one in parse(page.encode(), "page.html")[0].body]
