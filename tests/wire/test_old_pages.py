"""Pages of old sites: tables that set them, line breaks, classes that say names."""

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
