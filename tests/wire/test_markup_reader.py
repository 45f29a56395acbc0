"""Markup from strangers: nothing is fetched, nothing grows, nothing is lost."""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tamizdat.wire.errors import EntityBombError, MarkupError, TooLargeError
from tamizdat.wire.markup import reader
from tamizdat.wire.markup.blocks import passages_of
from tamizdat.wire.markup.reader import read_html, read_xml
from tamizdat.wire.markup.tree import words
from tamizdat.wire.receipt import ReceiptWriter

BOMB = """<!DOCTYPE a [<!ENTITY a "ha">
<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><a>&b;</a>"""
PARAMETER_BOMB = """<!DOCTYPE a [<!ENTITY % a "ha">
<!ENTITY % b "%a;%a;%a;"> %b;]><a/>"""


def read(text):
    receipt = ReceiptWriter()
    return read_xml(text, "f.xml", receipt), receipt.warnings


@pytest.fixture
def asked():
    """Listen on loopback, and collect the paths that are asked for."""
    paths = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1], paths
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("doctype", "why"),
    [
        ('<!DOCTYPE a SYSTEM "{url}/a.dtd">', "unknown entities dropped"),
        ('<!DOCTYPE a PUBLIC "-//X" "{url}/a.dtd">', "unknown entities dropped"),
        (
            '<!DOCTYPE a [<!ENTITY % e SYSTEM "{url}/e"> %e;]>',
            "unknown entities dropped",
        ),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "{url}/e">]>', "nothing is fetched"),
    ],
)
def test_nothing_of_a_doctype_is_fetched(asked, doctype, why):
    port, paths = asked
    head = doctype.format(url=f"http://127.0.0.1:{port}")
    tree, warnings = read(f"<?xml version='1.0'?>\n{head}\n<a>x &e; y</a>")
    with socket.create_connection(("127.0.0.1", port)):
        assert words(tree) == "x y"

    assert [] == paths
    (told,) = warnings
    assert why in told
    assert told.endswith(": e (the first in line 3)")


def test_file_of_an_entity_is_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    tree, _ = read(f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{secret}">]><a>x&e;</a>')

    assert words(tree) == "x"


@pytest.mark.parametrize("bomb", [BOMB, PARAMETER_BOMB])
def test_entities_built_of_entities_are_refused(bomb):
    with pytest.raises(EntityBombError) as caught:
        read(bomb)

    assert "f.xml: the DOCTYPE: expected no entities" in str(caught.value)


CO = '<!DOCTYPE a [<!ENTITY co "{}">]>\n<a b="&co;">x &co; y</a>'


@pytest.mark.parametrize(
    ("value", "read_as"),
    [
        ("Company", "Company"),
        ("A &amp; B", "A & B"),
        ("caf&#233; &eacute;", "caf\u00e9 \u00e9"),
        ("A & B's", "A & B's"),
    ],
)
def test_entity_of_plain_text_is_read_wherever_it_stands(value, read_as):
    tree, warnings = read(CO.format(value))

    assert f"x {read_as} y" == words(tree)
    assert read_as == tree.get("b")
    assert [] == warnings


@pytest.mark.parametrize(
    ("value", "why"),
    [("<b/>", "hold markup"), ("x" * 60_000, "grow by more than 100,000 characters")],
)
def test_entity_that_is_not_read_is_named_with_its_line(value, why):
    tree, warnings = read(CO.format(value))

    assert words(tree).startswith("x")
    assert len(words(tree)) < 100
    (told,) = warnings
    assert why in told
    assert told.endswith(": co (the first in line 2)")


def test_an_entity_that_is_named_as_a_letter_is_no_way_round():
    with pytest.raises(EntityBombError):
        read('<!DOCTYPE a [<!ENTITY deg "ha"><!ENTITY b "&deg;&deg;">]><a>&b;</a>')


def test_doctype_without_an_end_says_so():
    with pytest.raises(MarkupError, match="the DOCTYPE: expected its end, found none"):
        read("<!DOCTYPE a [<!ELEMENT a (b)> <a>x</a>")


def test_nesting_without_end_is_refused():
    with pytest.raises(MarkupError):
        read("<a>" * 100_000)


def test_longer_text_than_any_item_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 100)
    with pytest.raises(TooLargeError):
        read(f"<a>{'x' * 100}</a>")


@pytest.mark.parametrize(
    "text", ["", "no markup", "<?xml version='1.0'?>", "<!-- x -->"]
)
def test_text_without_an_element_is_refused(text):
    with pytest.raises(MarkupError):
        read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a>caf&eacute;&nbsp;&mdash; x</a>", "caf\u00e9\u00a0\u2014 x"),
        ("<a>AT&T & Co &lt;b&gt; &#233; &#xE9;</a>", "AT&T & Co <b> \u00e9 \u00e9"),
        ("<a><![CDATA[a & b &eacute;]]></a>", "a & b &eacute;"),
        ("<a>one\x00\x08 two\x1f</a>", "one two"),
        ("<a>cut short", "cut short"),
        ("<a><B>x</b> y</A>", "x y"),
        ("\ufeff<a>x</a>", "x"),
        ("<?xml version='1.0' encoding='utf-16'?><a>x</a>", "x"),
        ("<?pi?><!-- c --><!DOCTYPE a><a>x</a>", "x"),
        ("<a>&#0;&#1;x&#xFFFF;</a>", "x"),
    ],
)
def test_what_wires_write_instead_of_xml_is_read(text, expected):
    assert expected == words(read(text)[0])


def test_names_are_plain_whatever_their_namespace():
    tree, _ = read('<x:A xmlns:x="y" xml:lang="en"><x:B.c Q="1"/><z:d/></x:A>')

    assert ["a", "b.c", "d"] == [element.tag for element in tree.iter()]
    assert {"lang": "en"} == dict(tree.attrib)
    assert {"q": "1"} == dict(tree[0].attrib)


def test_lines_keep_their_numbers_without_the_doctype():
    tree, _ = read("<?xml version='1.0'\n?>\n<!DOCTYPE a [\n\n]>\n<a>\n<b/></a>")

    assert 7 == tree[0].sourceline


def blocks(html):
    return [
        (p.block.kind, p.block.text or p.block.items or p.block.rows, p.role)
        for p in passages_of(read_html(html))
    ]


def test_blocks_of_markup_keep_their_kinds_and_order():
    html = """<BODY><p>One  <b>bold</b> word.</p>loose<br>text<h2>Head</h2>
    <ul><li>a</li><li><p>b</p></li></ul><blockquote><p>Said.</p></blockquote>
    <table><tr><th>x</th><td>1</td></tr></table><p></p><p>&nbsp;</p>
    <script>evil()</script><pre>A  1\nB  2</pre><p class="byline">By X</p></BODY>"""

    assert blocks(html) == [
        ("paragraph", "One bold word.", None),
        ("paragraph", "loose", None),
        ("paragraph", "text", None),
        ("subhead", "Head", None),
        ("list", ("a", "b"), None),
        ("quote", "Said.", None),
        ("table", (("x", "1"),), None),
        ("table", (("A", "1"), ("B", "2")), None),
        ("paragraph", "By X", "byline"),
    ]


def test_story_in_one_paragraph_is_cut_at_its_lines():
    html = "<p>The first sentence ends.\nThe second one ends as well.\n\nThe third.</p>"

    assert [
        "The first sentence ends.",
        "The second one ends as well.",
        "The third.",
    ] == [text for _, text, _ in blocks(html)]


def test_deep_markup_is_no_deep_recursion():
    assert [("paragraph", "x", None)] == blocks("<div>" * 240 + "x")
    assert blocks("y" + "<b><div>" * 50_000)


def test_a_brace_in_the_name_of_a_namespace_breaks_nothing():
    tree, _ = read('<a xmlns:r="http://x.example/22-rd}-ns#" r:about="x">Bridge</a>')

    assert "Bridge" == words(tree)
