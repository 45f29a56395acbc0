"""Pages of old sites: tables that set them, line breaks, classes that say names."""

import pytest

from tamizdat.wire.parsers import parse


def test_an_old_page_of_tables_and_line_breaks_is_read():
    text = "<br><br>".join(
        f"The council of the valley voted for bridge number {n} on Tuesday, it said."
        for n in range(1, 5)
    )
    page = f"<html><body><table><tr><td>By Ann Quill<br><br>{text}</td></tr></table>"

    item = parse(page.encode(), "page.html")[0]

    assert [one.name for one in item.byline] == ["Ann Quill"]
    assert [block.kind for block in item.body] == ["paragraph"] * 4


def test_headline_and_dates_of_an_old_site_stand_in_its_classes():
    page = (
        "<html><head><title>News - The bridge</title></head><body>"
        '<div class="article__title">The bridge is built</div>'
        '<div class="article__date">10:00 02.01.2024 (updated: 12:00 02.01.2024)</div>'
        '<div class="article__body"><p class="standfirst">It took a year.</p>'
        "<p>RIVERTON (AP) - The council of the valley has built a bridge, it said.</p>"
        "<time>2 Jan</time>"
        "<p>Work began in May, the mayor said at a meeting of the council.</p>"
        "<p>It ended in June, as the council had said that it would end.</p></div>"
    )

    item = parse(page.encode(), "page.html")[0]

    assert item.headline == "The bridge is built"
    assert item.published_at == "2024-01-02T10:00:00"
    assert item.updated_at == "2024-01-02T12:00:00"
    assert item.abstract == "It took a year."
    assert item.dateline is not None
    assert item.dateline.place == "RIVERTON"
    assert len(item.body) == 3


def test_the_date_above_an_old_text_is_when_it_was_published_and_no_text():
    text = "<br><br>".join(
        f"The council of the valley voted for bridge number {n} on Tuesday, it said."
        for n in range(1, 4)
    )
    page = "<html><body><table><tr><td><b>The bridge</b><br>March 4, 2006 10:15 AM"
    item = parse(f"{page}<br><br>{text}</td></tr></table>".encode(), "page.html")[0]

    assert "2006-03-04T10:15:00" == item.published_at
    assert not any("2006" in (block.text or "") for block in item.body)


@pytest.mark.parametrize(
    ("language", "headline", "paragraphs"),
    [
        (
            "zh",
            "山谷将建新桥",
            (
                "山谷的议会星期二投票决定修建一座新桥。",
                "工程将于五月开始需要两年时间。",
            ),
        ),
        (
            "ja",
            "谷に新しい橋",
            (
                "谷の議会は火曜日に新しい橋を建てることを決めた。",
                "工事は五月に始まり二年かかるという。",
            ),
        ),
        (
            "th",
            "หุบเขาจะมีสะพาน",
            (
                "สภาหุบเขาลงมติเมื่อวันอังคารให้สร้างสะพานใหม่หลังจากน้ำท่วม",
                "ประธานสภากล่าวว่าการก่อสร้างจะเริ่มในเดือนพฤษภาคม",
            ),
        ),
    ],
)
def test_pages_in_scripts_that_part_no_words_are_read(language, headline, paragraphs):
    told = "".join(f"<p>{one}</p>" for one in paragraphs)
    page = f'<html lang="{language}"><h1>{headline}</h1><div>{told}</div></html>'
    saved = "\n\n".join((headline, *paragraphs))

    for data in (page, saved):
        item = parse(data.encode(), "page")[0]
        assert (headline, language) == (item.headline, item.language)
        assert list(paragraphs) == [block.text for block in item.body]
