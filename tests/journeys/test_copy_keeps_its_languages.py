"""Passages of copy that comes in say their language on readers' pages."""

import pytest

from journeys.conftest import open_story, press_publish, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "Valley News",
    "language": "en",
    "sections": [("society", "Society")],
}
CALL, WORDS = "زن، زندگی، آزادی", ["Լեզու", "Հայրենիք"]
FREEDOM = "Freiheit für alle"
GERMAN, GEORGIAN = "die Gedanken sind frei", "თავისუფლება ყველას აქვს."
COPY = f"""<nitf xml:lang="en"><body>
<body.head><hedline><hl1>Songs at the bridge: <lang iso="de">{FREEDOM}</lang></hl1>
</hedline></body.head>
<body.content>
<p>People who came to see the new bridge on Monday sang in many languages.</p>
<p>They sang <span xml:lang="fa">{CALL}</span> and <lang iso="de">{GERMAN}</lang>.</p>
<bq xml:lang="ka"><block><p>{GEORGIAN}</p></block></bq>
<ul xml:lang="hy"><li>{WORDS[0]}</li><li>{WORDS[1]}</li></ul>
<table><tr><td>First</td><td xml:lang="fa">{CALL}</td></tr></table>
<p>Nobody was able to say who had begun it, the council of the valley said.</p>
</body.content></body></nitf>"""
LANGUAGES = "select[name^=body][name$=language]"
SPOKEN = "all => all.map(one => [one.localName, one.lang, one.dir, one.textContent])"


def test_copy_keeps_its_languages(newsroom, editor_page, reader_page, tmp_path):
    """Imported, opened, published: nobody named a language."""
    page, file = editor_page, tmp_path / "copy.xml"
    file.write_text(COPY, "utf-8")
    newsroom.make(ENGLISH)
    newsroom.tamizdat("wire", "import", str(file), "--service", "en")
    newsroom.start()
    sign_in(page, newsroom)
    page.get_by_role("link", name="Valley News").first.click()
    page.get_by_role("link", name="Songs at the bridge").first.click()
    passages = page.locator(".desk-spoken")

    passages.nth(2).wait_for()
    assert ["fa", "de", "ka"] == passages.evaluate_all(
        "all => all.map(one => one.lang)"
    )
    rows = page.locator("input[name^=foreign_rows][name$=words]")
    assert {FREEDOM, CALL} <= {one.input_value() for one in rows.all()}
    assert "hy" == page.locator(LANGUAGES).first.input_value()

    page.select_option("select[name=section]", "society")
    press_publish(page)
    open_story(reader_page, newsroom, "en", "Songs")
    found = reader_page.locator("article [lang]").evaluate_all(SPOKEN)

    assert [
        ["span", "de", "ltr", FREEDOM],
        ["span", "fa", "rtl", CALL],
        ["span", "de", "ltr", GERMAN],
        ["span", "ka", "ltr", GEORGIAN],
        ["ul", "hy", "ltr", "".join(WORDS)],
        ["span", "fa", "rtl", CALL],
    ] == found
