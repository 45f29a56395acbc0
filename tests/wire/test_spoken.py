# ruff: noqa: RUF001 - letters of other scripts
"""Copy keeps the languages that its markup names for passages, lists and tables."""

import json

import pytest
from test_docx import docx, p

from tamizdat.wire.draft.spoken import MOST
from tamizdat.wire.items import read_item
from tamizdat.wire.parsers import parse

CALL = "زن، زندگی، آزادی"
LEAD = "Совет долины во вторник проголосовал за новый мост, сообщил его председатель."
MORE = "Работы начнутся в мае и будут стоить меньше, чем ожидали жители долины."
HOST = "<p>{}</p><p>Они пели: {} — и пошли дальше по улице.</p><p>{}</p>"


def html(*paragraphs, head=""):
    """Write a page of a story."""
    body = "".join(paragraphs)
    return (
        f'<html lang="ru"><head><title>Мост</title>{head}</head><body><article>'
        f"<h1>Новый мост</h1><p>{LEAD}</p>{body}<p>{MORE}</p></article></body></html>"
    )


def nitf(body):
    return (
        '<nitf xml:lang="ru"><body><body.head><hedline><hl1>Новый мост</hl1></hedline>'
        f"</body.head><body.content><p>{LEAD}</p>{body}<p>{MORE}</p></body.content>"
        "</body></nitf>"
    )


def g2(body):
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:a:1"'
        ' version="1" xml:lang="ru"><contentMeta><headline>Новый мост</headline>'
        "<language tag='ru'/></contentMeta><contentSet><inlineXML>"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{LEAD}</p>{body}'
        f"<p>{MORE}</p></body></html></inlineXML></contentSet></newsItem>"
    )


def atom(body):
    inside = f"<p>{LEAD}</p>{body}<p>{MORE}</p>"
    escaped = inside.replace("&", "&amp;").replace("<", "&lt;")
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>A</title>'
        "<entry><id>urn:a:1</id><title>Новый мост</title>"
        f'<content type="html">{escaped}'
        "</content></entry></feed>"
    )


def rss(body):
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "<channel><title>A</title><item><guid>urn:a:1</guid><title>Новый мост</title>"
        f"<content:encoded><![CDATA[<p>{LEAD}</p>{body}<p>{MORE}</p>]]>"
        "</content:encoded></item></channel></rss>"
    )


def json_feed(body):
    entry = {
        "id": "1",
        "title": "Новый мост",
        "content_html": f"<p>{LEAD}</p>{body}<p>{MORE}</p>",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A"}
    return json.dumps({**feed, "items": [entry]})


def mail(body):
    return (
        "From: desk@agency.example\nTo: all@paper.example\nSubject: =?utf-8?B?"
        "0J3QvtCy0YvQuSDQvNC+0YHRgg==?=\nDate: Tue, 24 Nov 2026 09:00:00 +0000\n"
        "Message-ID: <1@agency.example>\nMIME-Version: 1.0\nContent-Type: text/html;"
        " charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"<html><body><p>{LEAD}</p>{body}<p>{MORE}</p></body></html>"
    )


WAYS = {
    "page": html,
    "nitf": nitf,
    "newsml-g2": g2,
    "atom": atom,
    "rss": rss,
    "json-feed": json_feed,
    "mail": mail,
}


def item_of(text):
    """Read the one item, as it comes back from where it is kept."""
    data = text if isinstance(text, bytes) else text.encode()
    (item,) = parse(data, "copy")
    return read_item(json.loads(json.dumps(item.to_json())))


def spoken(item):
    """List the passages of an item with their languages."""
    return [
        (one.language, block.text[one.start : one.end])
        for block in item.body
        for one in block.spoken
    ]


@pytest.mark.parametrize("way", WAYS)
def test_passage_keeps_its_language_whatever_it_came_in(way):
    """Words inside a paragraph, with the sign that ends them."""
    body = f'<p>Они пели: <span lang="fa-IR">{CALL}!</span> — и пошли по улице.</p>'
    item = item_of(WAYS[way](body))

    assert "ru" == item.language
    assert [("fa-IR", f"{CALL}!")] == spoken(item)


@pytest.mark.parametrize("way", WAYS)
def test_block_list_and_table_keep_their_languages(way):
    """Said of the block itself, of a row or an item, or of what stands around it."""
    body = (
        f'<blockquote lang="fa"><p>{CALL}</p></blockquote><p>Так пели на улице.</p>'
        '<ul xml:lang="ka"><li>სამშობლო</li><li>ენა</li></ul><p>Так писали там.</p>'
        '<table><tr lang="hy"><td>Լեզու</td><td>1</td></tr></table>'
    )
    item = item_of(WAYS[way](body))
    others = [(one.kind, one.language) for one in item.body if one.language]

    assert [("fa", CALL)] == spoken(item)
    assert [("list", "ka"), ("table", "hy")] == others


@pytest.mark.parametrize(
    "tag",
    [
        "ru",
        "RU-ru",
        "rus",
        "zxx",
        "mul",
        "und",
        "xx",
        "qqq",
        "",
        "fa--IR",
        "fa IR",
        "фа",
        "fa-" + "x" * 40,
        "fa" + "-abcdefgh" * 4,
        "&lt;b&gt;",
        "i-klingon",
    ],
)
def test_tag_that_names_no_other_language_falls_away(tag):
    """Its words stay as they are."""
    item = item_of(html(f'<p>Они пели: <i lang="{tag}">{CALL}</i> на улице.</p>'))

    assert [] == spoken(item)
    assert f"Они пели: {CALL} на улице." in [one.text for one in item.body]


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("fas", "fa"),
        ("FA_ir", "fa-IR"),
        ("fa-ir-u-nu-latn", "fa-IR"),
        ("persian", "fa"),
        ("az-arab", "az-Arab"),
    ],
)
def test_tag_is_read_however_it_is_written(tag, language):
    """By names, by three letters, with parts that say nothing of letters."""
    item = item_of(html(f'<p>Они пели: <i lang="{tag}">{CALL}</i> на улице.</p>'))

    assert [(language, CALL)] == spoken(item)


def test_innermost_language_counts():
    """Words of the article's own inside a passage are none; one unknown is none."""
    item = item_of(
        html(
            f'<div lang="fa"><p>{CALL} <b lang="ru">то есть жизнь</b> <i>زندگی</i></p>'
            '<p lang="">Τίνος;</p></div>'
        )
    )

    assert [("fa", CALL), ("fa", "زندگی")] == spoken(item)


def test_signs_between_words_of_a_passage_are_in_it():
    """As a link in a passage cuts it in three."""
    item = item_of(
        html(
            '<p>Они пели: <i lang="fa">زن</i>، <a lang="fa" href="/">زندگی</a>'
            ' <b lang="ka">ენა</b> на улице.</p>'
        )
    )

    assert [("fa", "زن، زندگی"), ("ka", "ენა")] == spoken(item)


def test_text_that_is_cut_and_cleaned_keeps_its_languages_in_place():
    """A dateline goes, blanks and quotation marks change, lines become paragraphs."""
    text = (
        "<p>ДОЛИНА, 24 ноября (Рейтер) - Они   пели\n''<i lang='fa'>زن، \n زندگی</i>''"
        " и <i lang='ka'>``ენა''</i>.</p>"
    )
    item = item_of(nitf("").replace(f"<p>{LEAD}</p>", text))

    assert "Долина" == (item.dateline.place.title() if item.dateline else "")
    assert "Они пели “زن، زندگی” и “ენა”." == item.body[0].text
    assert [("fa", "زن، زندگی"), ("ka", "ენა")] == spoken(item)


def test_story_in_one_paragraph_keeps_its_languages():
    """It is cut into paragraphs by its line ends."""
    lines = f"  {LEAD}\n  Они пели: <i lang='fa'>{CALL}</i> на улице.\n  {MORE}\n"
    item = item_of(
        nitf("").split("<p>")[0] + f"<p>{lines}</p></body.content></body></nitf>"
    )

    assert 3 == len(item.body)
    assert [("fa", CALL)] == spoken(item)


def test_language_that_is_named_for_the_text_is_no_passage_s():
    """A site that calls its Ukrainian Russian is mistaken about all of it."""
    ukrainian = "Рада долини у вівторок проголосувала за новий міст, сказав її голова."
    more = "Роботи почнуться в травні й коштуватимуть менше, ніж очікували жителі."
    body = f'<div lang="ru"><p>{ukrainian}</p><p>{more}</p></div><p>Фото: є.</p>'
    item = item_of(nitf(body).replace(LEAD, "Так.").replace(MORE, "Це все."))

    assert "uk" == item.language
    assert [] == spoken(item)


@pytest.mark.parametrize(
    ("head", "around"),
    [
        ("", '<p class="MsoNormal">{}</p>'),
        ("", '<p style="mso-bidi-language:FA">{}</p>'),
        ('<meta name="generator" content="LibreOffice 24.2">', "<p>{}</p>"),
    ],
)
def test_programs_of_offices_are_believed_where_letters_agree(head, around):
    """They name the language of a keyboard for words of the text's own letters."""
    words = 'Они <i lang="UK">пели</i> на улице: <i lang="FA">زن، زندگی</i>.'
    plain = item_of(mail(f"<p>{words}</p>"))
    office = mail(around.format(words)).replace("<html>", f"<html><head>{head}</head>")

    assert [("uk", "пели"), ("fa", "زن، زندگی")] == spoken(plain)
    assert [("fa", "زن، زندگی")] == spoken(item_of(office))


def run(text, **named):
    """Write a run of a DOCX."""
    said = "".join(f' w:{name}="{value}"' for name, value in named.items())
    return f"<w:r><w:rPr><w:lang{said}/></w:rPr><w:t>{text}</w:t></w:r>"


def test_docx_keeps_the_language_whose_letters_its_words_have():
    """A run names three; the keyboard's, for words of the text's letters, is none."""
    own = {"val": "uk-UA", "bidi": "fa-IR", "eastAsia": "ja-JP"}
    cell = f"<w:tc>{p(run('Լեզու', val='hy-AM'))}</w:tc>"
    item = item_of(
        docx(
            p("Новый мост", style="Title"),
            p(LEAD),
            p(
                run("Они пели: ", **own),
                run(CALL, **own),
                run(" и ", **own),
                run("ひと", **own),
            ),
            p(run("სამშობლო", val="ka-GE"), listed=True),
            p(run("ენა", val="ka-GE"), listed=True),
            p(run("پنجابی", val="en-US", bidi="pa-PK")),
            p(MORE),
            f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>",
        )
    )
    others = [(one.kind, one.language) for one in item.body if one.language]

    passages = [("fa-IR", CALL), ("ja-JP", "ひと"), ("pa-PK", "پنجابی")]
    assert passages == spoken(item)
    assert [("list", "ka-GE"), ("table", "hy-AM")] == others


def test_list_or_table_in_several_languages_has_none():
    """No editor could name them apart."""
    body = f'<ul><li lang="fa">{CALL}</li><li>Слово</li></ul>'
    item = item_of(html(body))

    assert {None} == {one.language for one in item.body}


def test_paragraphs_with_bullets_are_a_list_in_their_language():
    """Where each is in it."""
    body = '<p lang="ka">• სამშობლო</p><p lang="ka">• ენა</p>'
    item = item_of(nitf(body))

    assert [("list", "ka")] == [(b.kind, b.language) for b in item.body if b.language]


def test_text_of_very_many_languages_has_none():
    """Nobody wrote that; and no item grows by it."""
    turns = '<i lang="fa">زن</i> <i lang="ka">ენა</i> ' * (MOST // 2 + 1)
    item = item_of(html(f"<p>Они {turns}</p>"))

    assert [] == spoken(item)
    assert "زن ენა" in item.body[1].text


def test_item_that_was_kept_before_opens():
    """Without the two keys."""
    row = item_of(html()).to_json()
    for block in row["body"]:
        del block["language"], block["spoken"]
    item = read_item(row)

    assert [(None, ())] * 2 == [(one.language, one.spoken) for one in item.body]
