"""DOCX, and pictures that lie in zips beside the copy that they belong to."""

import io
import zipfile
from email.message import EmailMessage

import pytest
from PIL import Image

from tamizdat.wire.errors import WireError
from tamizdat.wire.parsers import parse
from tamizdat.wire.parsers.carried import picture_at

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
TEXT = "The council of Hilltown said no to a new bridge on Monday, a spokesman said."
MORE = "The chair of the council said that nothing was left after the vote."


def p(*runs, style="", listed=False):
    """Write a paragraph of these runs; a run is a text, or its markup."""
    told = f'<w:pStyle w:val="{style}"/>' if style else ""
    told += '<w:numPr><w:numId w:val="3"/></w:numPr>' if listed else ""
    whole = "".join(
        one if one.startswith("<") else f"<w:r><w:t>{one}</w:t></w:r>" for one in runs
    )
    return f"<w:p><w:pPr>{told}</w:pPr>{whole}</w:p>"


def docx(*paragraphs, before="", files=None, text=None):
    """Write a DOCX."""
    body = "".join(paragraphs)
    main = text or (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {SPACES}>'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": main}, files)


def zipped(files, more=None):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, **(more or {})}.items():
            archive.writestr(name, data)
    return stream.getvalue()


def jpeg():
    """Give a picture that is large enough to be news."""
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def told(data):
    """Give headline and blocks of the one item."""
    (item,) = parse(data, "story.docx")
    return item.headline, [
        (one.kind, one.text or one.items or one.rows) for one in item.body
    ]


def test_words_of_a_docx_are_read_as_its_page_shows_them():
    """Styles, lists, tables and tracked changes; neither hidden words nor comments."""
    gone = "<w:del><w:r><w:delText>yesterday </w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secret source</w:t></w:r>"
    added = "<w:ins><w:r><w:t> It was late.</w:t></w:r></w:ins>"
    cell = "".join(f"<w:tc>{p(one)}</w:tc>" for one in ("For", "4"))
    data = docx(
        p("Council says no", style="Title"),
        p(TEXT, gone, hidden, added),
        p("The vote", style="Heading2"),
        p("One member was ill.", listed=True),
        p("One was away.", listed=True),
        f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>",
        p("<mc:AlternateContent><mc:Choice><w:r><w:t>Chosen.</w:t></w:r></mc:Choice>"
          "<mc:Fallback><w:r><w:t>Twice.</w:t></w:r></mc:Fallback></mc:AlternateContent>"),
        files={"word/comments.xml": f"<c>{p('A login wrote this.')}</c>"},
    )  # fmt: skip

    assert told(data) == (
        "Council says no",
        [
            ("paragraph", f"{TEXT} It was late."),
            ("subhead", "The vote"),
            ("list", ("One member was ill.", "One was away.")),
            ("table", (("For", "4"),)),
            ("paragraph", "Chosen."),
        ],
    )
    assert "docx" == parse(data, "a.docx")[0].family


def test_first_short_paragraph_stands_for_the_headline_and_persian_is_read():
    """Most letters have no style at all."""
    said = "شورای شهر روز دوشنبه با ساختن پل تازه مخالفت کرد و گفت که پولی نمانده است."
    data = docx(p("شورا با پل مخالفت کرد"), p(said), p(said))
    (item,) = parse(data, "a.docx")

    assert ("شورا با پل مخالفت کرد", "fa", "rtl") == (
        *(item.headline, item.language),
        item.direction,
    )


BOMB = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
BOMB += "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">'
    for old, new in zip("bcdefgh", "cdefghi", strict=True)
)
OUT = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (docx(p("&i;"), before=f"{BOMB}]>"), "entit"),
        (docx(text=f"<w:document {SPACES}>{'<w:p>' * 400}"), "levels"),
        (docx(text=" " * (17 << 20)), "16,777,216"),
        (docx(p(TEXT))[:-40], "sound zip"),
        (docx(), "expected an id"),
    ],
)
def test_docx_that_is_built_to_break_readers_is_refused_in_a_line(data, why):
    """Entities of entities, depths, a bomb, a damaged end, an empty page."""
    with pytest.raises(WireError, match=why):
        parse(data, "a.docx")


def test_what_a_docx_points_to_is_never_opened():
    """An external entity is nothing; relations and programs stay closed."""
    data = docx(
        p(TEXT, "&x;"),
        p(MORE),
        before=OUT,
        files={
            "word/_rels/document.xml.rels": '<R Target="http://a.example/t.dotm"/>',
            "word/vbaProject.bin": b"\x00" * 9,
        },
    )
    _headline, blocks = told(data)

    assert [TEXT, MORE] == [text.strip() for _kind, text in blocks]


def test_pictures_in_a_docx_a_zip_and_a_zip_on_a_letter_come_with_their_copy():
    """Each is beside the text of its name, and its address leads back to its bytes."""
    picture = jpeg()
    page = f"<html><h1>The vote</h1><p>{TEXT}</p><p>{MORE}</p></html>"
    inner = docx(p(TEXT), p(MORE), files={"word/media/image1.jpeg": picture})
    whole = zipped(
        {"a/vote.html": page, "story.docx": inner},
        {"a/vote-1.jpg": picture, "logo.png": b"\x89PNG\r\n\x1a\n"},
    )
    vote, story = parse(whole, "out/pack.zip")
    assert ("html", "docx") == (vote.family, story.family)

    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Message-ID"] = "a@b.c", "Pack", "<1@b>"
    letter.set_content(TEXT)
    letter.add_attachment(whole, "application", "zip", filename="pack.zip")
    letter.add_attachment(
        zipped({"x.jpg": picture}), "application", "zip", filename="x.zip"
    )
    sent = letter.as_bytes()
    own, *rest = parse(sent, "1.eml")

    kept = [(whole, vote), (whole, story), (sent, own), *((sent, one) for one in rest)]
    assert 5 == len(kept)
    for data, item in kept:
        (media,) = [one for one in item.media if one.kind == "picture"]
        assert picture == picture_at(data, media.renditions[0].href), item.family


def test_table_in_a_table_is_read_once():
    """Cells of cells were read for each table around them: 20 KB took minutes."""
    deep = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p>" * 50
    ends = "</w:tc></w:tr></w:tbl>" * 50
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        text = f"<w:document><w:body>{deep}{ends}</w:body></w:document>"
        archive.writestr("word/document.xml", text)
    (item,) = parse(packed.getvalue(), "f.docx")

    assert ((" ".join(["Cell"] * 50),),) == item.body[0].rows
