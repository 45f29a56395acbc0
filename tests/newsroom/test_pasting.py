"""What was copied elsewhere: every word arrives, no styling does."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.desk import markup
from tamizdat.newsroom.desk.pasting import headline_of, pasted, pasted_text
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.richtext import markup as rich
from tamizdat.newsroom.richtext import paragraphs

HERE = '<a href="https://news.example/1">здесь</a>'
SAMPLES = Path(__file__).parent / "clipboard"


def _sample(name: str) -> list[dict[str, Any]]:
    return pasted((SAMPLES / f"{name}.html").read_text(encoding="utf-8")).blocks


def _text(block: dict[str, Any]) -> str:
    return rich(block["text"], block["marks"])


def test_word() -> None:
    """Headings, lists, tables, footnotes, spaces and signs of a Word document."""
    head, first, points, numbered, law, table, tracked, note = _sample("word")

    assert {"kind": "subhead", "text": "Dockers “stop” the port", "marks": []} == head
    assert (
        "<p><b>Everyone</b> has the right to seek, receive and <i>im\u00adpart</i> "
        'information: 10\u00a0km of it, see the <a href="https://charter.example/19">'
        "charter</a>[1]. 😀 H₂O, m².</p>"
    ) == _text(first)
    assert {"kind": "list", "items": ["first point", "second point"]} == points
    assert {"kind": "list", "items": ["1. numbered"]} == numbered
    assert {"kind": "subhead", "text": "What the law says", "marks": []} == law
    rows = [["Year", "Cases | appeals", ""], ["2025", "7 of 9", ""]]
    assert {"kind": "table", "rows": rows} == table
    assert "Inserted and kept." == tracked["text"]
    assert "[1] Adopted in\u00a01948." == note["text"]


def test_google_docs() -> None:
    """The document is wrapped into a bold tag that is none; marks stand in styles."""
    head, first, points, numbered, table, picture = _sample("google_docs")

    assert {"kind": "subhead", "text": "Докеры остановили порт", "marks": []} == head
    assert (
        "<p>«Каждый» имеет <b>право</b> искать "
        '<a href="https://charter.example/19?a=1"><i>информацию</i></a>, '
        "10 000 человек.</p>"
    ) == _text(first)
    nested = "\N{EN DASH} вложенный, см. адрес (http://old.example/1)"
    assert {"kind": "list", "items": ["первый", nested, "второй"]} == points
    assert {"kind": "list", "items": ["1. раз", "2. два"]} == numbered
    assert {"kind": "table", "rows": [["Год", "2024"], ["", "2025"]]} == table
    assert "Снимок:" == picture["text"]


def test_telegram() -> None:
    """Lines parted by breaks become paragraphs; emoji that are pictures become text."""
    blocks = _sample("telegram")

    assert [
        "<p>⚡️<b>Порт стоит</b></p>",
        f"<p>Третий день. <i>Подробности</i> — {HERE}.</p>",
        "<p>Новая строка 😀 и скрытое</p>",
    ] == [_text(block) for block in blocks[:3]]
    assert {"kind": "quote", "text": "Мы не уйдём", "marks": []} == blocks[3]
    assert (
        '<p><a href="https://t.me/newsroom_example">@newsroom_example</a> '
        "desk@news.example</p>"
    ) == _text(blocks[4])
    assert 5 == len(blocks)


def test_spreadsheet() -> None:
    """Cells of a spreadsheet are a table, in any script."""
    rows = [["سال", "مورد"], ["۱۴۰۴", "۷"]]  # noqa: RUF001 (digits)

    assert [{"kind": "table", "rows": rows}] == _sample("spreadsheet")


def test_persian() -> None:
    """Joiners and marks of direction stay; marks that override it go."""
    expected = "می\u200cخواهم BBC 2026 بخوانم؛ «کتاب»\u200f.x"  # noqa: RUF001 (letters)

    assert [expected] == [block["text"] for block in _sample("persian")]


@pytest.mark.parametrize("name", ["word", "google_docs", "telegram", "persian"])
def test_every_paragraph_is_read_back_as_it_was_written(name: str) -> None:
    """Marks are nested as the editor's markup needs them."""
    for block in _sample(name):
        if block["kind"] == "paragraph":
            assert [block] == paragraphs(_text(block))


def test_what_is_left_out_is_counted() -> None:
    """Pictures and comments in the margin are told, not dropped in silence."""
    word = pasted((SAMPLES / "word.html").read_text(encoding="utf-8"))
    docs = pasted((SAMPLES / "google_docs.html").read_text(encoding="utf-8"))

    formula = pasted("<p>So <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of it")

    assert {"formulas": 1} == formula.left_out  # "12" would be another number
    assert {"comments": 2} == word.left_out
    assert {"pictures": 1} == docs.left_out
    assert "lawyer" not in str(word.blocks)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<b><p>a</b>b</p>", id="crossed"),
        pytest.param("<p>a<p>b", id="never-closed"),
        pytest.param("<li>a<li>b</ul></table></td>", id="closed-without-opening"),
        pytest.param("<![CDATA[a]]><![if x]>b<![endif]><!-- c -->", id="sections"),
        pytest.param("<div>" * 5000 + "ab" + "</div>" * 5000, id="deep"),
        pytest.param('<a href="https://[bad">ab</a>', id="address"),
        pytest.param("<td colspan=99999999>ab</td>", id="cell"),
    ],
)
def test_broken_markup_keeps_its_words(html: str) -> None:
    """No clipboard is too strange to be read."""
    words = str(pasted(f"{html}<p>end</p>").blocks)

    assert "end" in words
    assert "b" in words


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<details><summary>a</summary>b</details>c", ["a", "b", "c"]),
        ("<fieldset><legend>a</legend>b</fieldset>", ["a", "b"]),
        ("<label>a</label><label>b</label>", ["a b"]),
        ("<pre>a\n<b>b\n  c</b>d</pre>", ["a", "b", "cd"]),
        ("<blockquote>a<br>b</blockquote>", ["a", "b"]),
        ("<ul>a<li>b</ul>", [["a", "b"]]),
        ("<table><caption>a</caption><tr><td>b<td>c</table>", ["a", [["b", "c"]]]),
        ("<table><caption>a<tbody><tr><td>b<td>c</table>", ["a", [["b", "c"]]]),
        ("<table>a<td>b<td>c</table>", ["a", [["b", "c"]]]),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", [[["a", "b"], ["c", "d"]]]),
        ("<table><tr><th>a<th>b<tr><th>c<td>d</table>", [[["a", "b"], ["c", "d"]]]),
        ("<table><tr><td>a<td><p>b<tr><td>c</table>", [[["a", "b"], ["c", ""]]]),
        (
            "<table><tr><td>a<td>b<ol><li>c<li>d</ol></td><tr><td>e<td>f</table>",
            [[["a", "b 1. c; 2. d"], ["e", "f"]]],
        ),
    ],
)
def test_words_stay_apart_and_where_they_stood(html: str, expected: list[Any]) -> None:
    """No two words are glued, no line joined to another, no table broken by a list."""
    blocks = pasted(html).blocks

    held = [one.get("text") or one.get("items") or one["rows"] for one in blocks]
    assert expected == held


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///C:/desk.docx", "#top", "data:text/html,x"],
)
def test_address_that_leads_nowhere_is_dropped(address: str) -> None:
    """The words of such a link stay."""
    (block,) = pasted(f'<p>see <a href="{address}">this</a></p>').blocks

    assert {"kind": "paragraph", "text": "see this", "marks": []} == block


def test_layout_table_is_no_table() -> None:
    """Web pages and mail place whole texts in one cell."""
    html = "<table><tr><td><h2>Head</h2><p>One.</p><p>Two.</p></td></tr></table>"

    assert ["subhead", "paragraph", "paragraph"] == [
        block["kind"] for block in pasted(html).blocks
    ]


def test_overlong_markup_is_refused() -> None:
    """What no article can be is not read at all."""
    with pytest.raises(ValueError, match="expected at most"):
        pasted("x" * (markup.MOST + 1))


def test_plain_text() -> None:
    """A line is a paragraph; empty lines are none."""
    blocks = pasted_text("One.\r\n\r\n  Two\tcells \n\u202eThree").blocks

    assert ["One.", "Two cells", "Three"] == [block["text"] for block in blocks]


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["Dockers stop", "Text."], "Dockers stop"),
        (["A whole sentence stands first.", "Text."], ""),
        (["Alone"], ""),
    ],
)
def test_first_line_may_be_the_headline(lines: list[str], headline: str) -> None:
    """A sentence is none, nor is a line with nothing after it."""
    found, rest = headline_of(pasted_text("\n".join(lines)).blocks)

    assert headline == found
    assert len(rest) == len(lines) - bool(headline)


def _spoken(html: str, language: str = "ru") -> list[tuple[str, str]]:
    return [
        (mark["language"], block["text"][mark["from"] : mark["to"]])
        for block in pasted(html, language).blocks
        for mark in block.get("marks", ())
        if mark["kind"] == "language"
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Они: <span lang="fa">زن، زندگی</span>.</p>',
        '<p>Они: <em xml:lang="fa-IR">زن، زندگی</em>.</p>',
        '<p>Они:<span lang="fa"> زن، زندگی </span>.</p>',
        '<div lang="fa">زن، زندگی</div>',
        '<p lang="fa">زن، <b>زندگی</b></p>',
        '<p lang="ru">Они: <b><i lang="FA">زن،</i></b><i lang="fa"> زندگی</i></p>',
    ],
)
def test_language_of_pasted_words_is_kept(html: str) -> None:
    """On a word, in emphasis, of a paragraph, whatever country it names."""
    assert [("fa", "زن، زندگی")] == _spoken(html)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("hi", "हर किसी को"),
        ("am", "ማንኛውም ሰው"),
        ("km", "មនុស្សគ្រប់រូប"),
        ("my", "လူတိုင်း"),
        ("ja", "すべてのひと"),
        ("ko", "모든 사람"),
        ("av", "щивав чи"),  # which no one has a name for in itself
    ],
)
def test_language_of_whatever_letters_is_kept(language: str, words: str) -> None:
    """Letters that are those of the language are believed, in every script."""
    html = f'<p>Они: <span lang="{language}">{words}</span>.</p>'

    assert [(language, words)] == _spoken(html)


@pytest.mark.parametrize(
    ("named", "words", "language"),
    [
        ("sr", "Сва људска бића", "sr-Cyrl"),
        ("sr-RS", "Сва људска бића", "sr-Cyrl"),
        ("bs_BA", "Сва људска бића", "bs-Cyrl"),
        ("uz", "Барча одамлар", "uz-Cyrl"),
        ("az", "Бүтүн инсанлар", "az-Cyrl"),
        ("az-IR", "بوتون انسانلار", "az-Arab"),
        ("PA-pk", "سارے انسان", "pa-Arab"),
        ("zh-TW", "人人生而自由", "zh"),
        ("sr", "Sva ljudska bića", "sr-Latn"),
        ("uz-Cyrl", "Барча одамлар", "uz-Cyrl"),
    ],
)
def test_language_is_named_in_the_letters_it_is_written_in(
    named: str, words: str, language: str
) -> None:
    """A tag without a script may stand for each that the language has."""
    passage = f'<span lang="{named}"><b>{words}</b>, <i>{words}</i></span>'
    html = f"<p>They: {passage}.</p>"

    assert [(language, f"{words}, {words}")] == _spoken(html, "en")


@pytest.mark.parametrize(
    ("named", "words", "language"),
    [
        ("sr-Latn", "Сва људска бића", "en"),
        ("UZ_latn", "Барча одамлар", "en"),
        ("sr", "Сва људска бића", "sr-Cyrl"),  # that of the article
        ("sr", "Sva ljudska bića", "sr-Latn"),
        ("uz", "Люди пели", "uz"),  # may be Russian words of an Uzbek page
        ("hi", "Facebook", "ru"),  # in Latin letters names stand in every language
        ("zh", "Facebook", "ru"),
    ],
)
def test_language_in_letters_of_none_of_its_scripts_falls_away(
    named: str, words: str, language: str
) -> None:
    """A script that is named is the only one; letters of all tell nothing."""
    assert [] == _spoken(f'<p>1. <b lang="{named}">{words}</b></p>', language)


@pytest.mark.parametrize(
    "html",
    [
        '<p>Они <span lang="ru-RU">пели</span>.</p>',  # that of the article
        '<p>Они <span lang="xx">пели</span>.</p>',  # none
        '<p>Они <span lang="zxx">---</span>.</p>',
        '<p>Они <span lang="en-US">пели</span>.</p>',  # not its letters
        '<p>Они<span lang="en-US"> - </span>пели.</p>',  # no letters
        '<p lang="ku-Arab">زن، زندگی</p>',  # letters that would be lost
    ],
)
def test_language_that_is_none_falls_away(html: str) -> None:
    """Its words stay as they are."""
    assert [] == _spoken(html)
    assert "".join(block["text"] for block in pasted(html, "ru").blocks)


@pytest.mark.parametrize(
    "html",
    [
        '<p lang="fa">زن، زندگی <span lang="">آزادی</span></p>',
        '<div lang="fa"><p>زن، زندگی</p><p xml:lang=" ">آزادی</p></div>',
        '<div lang="fa"><p>زن، زندگی</p><p lang="" xml:lang="fa">آزادی</p></div>',
        '<div lang="fa"><p>زن، زندگی</p><ul lang=""><li>آزادی</ul></div>',
    ],
)
def test_language_that_is_not_known_is_not_that_around(html: str) -> None:
    """An empty one says so."""
    assert [("fa", "زن، زندگی")] == [(tag, w.strip()) for tag, w in _spoken(html)]
    assert "language" not in pasted(html, "ru").blocks[-1]


def test_programs_of_offices_are_believed_where_letters_agree() -> None:
    """They call Ukrainian Russian words of somebody whose keyboard is so."""
    body = '<p>Они <span lang="UK">пели</span> <span lang="FA">زن، زندگی</span>.</p>'
    word = f'<html xmlns:o="urn:schemas-microsoft-com:office:office">{body}</html>'

    assert [("uk", "пели"), ("fa", "زن، زندگی")] == _spoken(body)
    assert [("fa", "زن، زندگی")] == _spoken(word)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<ul lang="fa"><li>زن<li>زندگی ۲</ul>', "fa"),
        ('<ol lang="fa-IR"><li>زن<ol><li>زندگی</ol></ol>', "fa"),
        ('<ul><li lang="fa">زن<li><b lang="fa">زندگی</b></ul>', "fa"),
        ('<ul><li lang="fa">زن<li>пели</ul>', None),
        ('<ul lang="ru"><li>пели<li>12</ul>', None),
        ('<div lang="fa"><ul><li>زن<li>زندگی</ul></div>', "fa"),
        ('<table lang="fa"><tr><td>زن<td>2<tr><td>زندگی<td>3</table>', "fa"),
        ('<table><tr><td lang="fa">زن<td>2<tr><td lang="fa">آن<td>3</table>', "fa"),
        ('<table lang="fa"><tr><td>زن<td lang="ru">да<tr><td>آن<td>3</table>', None),
        ("<table><tr><td>1<td>2<tr><td>3<td>4</table>", None),
    ],
)
def test_list_or_table_keeps_the_language_of_all_of_it(
    html: str, language: str | None
) -> None:
    """Named of the whole, of each point or cell, or of what is around."""
    (block,) = pasted(html, "ru").blocks

    assert language == block.get("language")
    ((_kind, held),) = stream_of([block])
    assert (language or "") == held["language"]


FOREIGN = '<p lang="fa">زن، زندگی</p><p lang="fa">آزادی [1]</p>'


def test_foreign_paragraphs_at_the_caret_keep_their_language() -> None:
    """The article around them is in its own."""
    assert [("fa", "زن، زندگی"), ("fa", "آزادی")] == [
        (language, words.removesuffix(" [1]")) for language, words in _spoken(FOREIGN)
    ]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("", 0),
        ('<ul lang="fa"><li>زن</ul>', 0),
        ("<p>They</p>", 2),
        ("<ul><li>They<li>sang</ul>", 2),
        ("<table><tr><td>They<td>12</tr><tr><td>sang<td>3</table>", 2),
        ("<ol><li>12<li>3</ol>", 0),
        ("<table><tr><td>12<td>3</tr><tr><td>4<td>5</table>", 0),
        ('<p>So <span lang="fa">زن</span></p>', 3),
    ],
)
def test_article_that_is_to_be_translated_names_no_language(
    desk: Client, english: ServicePage, more: str, named: int
) -> None:
    """All of it is in another: what is written over it will not be."""
    place = reverse("newsroom_paste_article", args=(english.pk,))
    html = f"{more}{FOREIGN}"
    desk.post(place, {"html": html, "text": "", "headline": "Sung"})
    body = article_content(ArticlePage.objects.get())["tamizdat"]["body"]

    assert named == str(body).count("'language': 'fa'")


def test_nothing_is_named_where_nobody_knows_the_article() -> None:
    """A form says in which language it is."""
    assert [] == _spoken('<p><span lang="fa">زن، زندگی</span></p>', "")


def test_form_gets_paragraphs_as_its_editor_has_them(
    desk: Client, english: ServicePage
) -> None:
    """With languages, which the editor does not read from markup."""
    html = '<p>They: <span lang="fa">زن، زندگی</span></p>'
    fields = {"html": html, "language": english.language}
    answer = desk.post(reverse("newsroom_clean"), fields).json()
    (block,) = json.loads(answer["content"])["blocks"]
    (style,) = block["inlineStyleRanges"]

    assert {"offset": 6, "length": 9, "style": "lang-fa"} == style
    assert "lang-fa" in json.dumps(answer["blocks"])
    form = desk.get(
        reverse("wagtailadmin_pages:add", args=("newsroom", "articlepage", english.pk))
    )
    assert "desk-in-en" in form.content.decode()


def test_whole_article_keeps_languages(desk: Client, english: ServicePage) -> None:
    """One copied elsewhere and made a draft of."""
    place = reverse("newsroom_paste_article", args=(english.pk,))
    html = '<h1>Sung</h1><p>They: <span lang="fa">زن، زندگی</span></p><p>End.</p>'
    desk.post(place, {"html": html, "text": "", "headline": ""})
    body = article_content(ArticlePage.objects.get())["tamizdat"]["body"]
    mark = {"kind": "language", "from": 6, "to": 15, "language": "fa"}

    assert [[mark], []] == [block["marks"] for block in body]
