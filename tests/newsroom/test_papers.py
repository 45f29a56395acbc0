"""Of a document stays what draws: nothing planted beside it is found again."""

import io
from pathlib import Path

import pytest
from fontTools import cffLib
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import StreamObject

from newsroom import everywhere, font_plants, lettered, papers, planted
from tamizdat.newsroom.cleaning import clean_file
from tamizdat.newsroom.errors import AttachmentError

SAMPLES = Path(__file__).parent / "samples"
_PLANTED = b"PLANTED"
_WIDE = planted.TEXT.decode().encode("utf-16-be")
_TRACES = [planted.TEXT, _WIDE, *(x.hex().encode() for x in (planted.TEXT, _WIDE))]


def _told(data):
    """List what of the planted words stands in a document, packed or in digits."""
    whole = data + papers.spelled(data)
    found = [x for x in (*_TRACES, b"PLANTED", b"GPS") if x.lower() in whole.lower()]
    return found + [x for x in (b"4c414e544544", b"4c0041004e") if x in whole.lower()]


def _programs(data):
    """Give the programs of fonts, by the number of their object."""
    reader = PdfReader(io.BytesIO(data))
    fonts = reader.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        told = font.get_object().get("/FontDescriptor")
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if told is not None and key in told.get_object():
                stream = told.get_object()[key].get_object()
                assert isinstance(stream, StreamObject)
                yield key, stream.get_data()


def test_nothing_beside_what_draws_stays_in_a_page() -> None:
    """Fonts, maps, functions, meshes, faxes, names, operators: all are written anew."""
    data = lettered.page()
    assert _told(data)

    cleaned = clean_file("document", data).data

    assert [] == _told(cleaned)
    assert [] == _told(clean_file("document", cleaned).data)
    page = PdfReader(io.BytesIO(cleaned)).pages[0]
    assert "ABCABCABC" == "".join(page.extract_text().split())[:9]
    inline = [one.image for one in page.images if one.image.size == (4, 2)]
    assert [b"12345678"] * 2 == [image.tobytes() for image in inline]


def test_fonts_keep_outlines_widths_and_codes() -> None:
    """What a code shows is drawn as before, in the three kinds of programs."""
    cleaned = clean_file("document", lettered.page()).data
    programs = list(_programs(cleaned))
    assert ["/FontFile3", "/FontFile3", "/FontFile2"] == [key for key, _ in programs]

    for key, program in programs:
        if key == "/FontFile2":
            font = TTFont(io.BytesIO(program))
            kept = {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "post"}
            assert kept == set(font.keys()) - {"GlyphOrder"}
            assert 3 == len(font["glyf"][font.getBestCmap()[65]].coordinates)
            continue
        fonts = cffLib.CFFFontSet()
        fonts.decompile(io.BytesIO(program), None)
        bounds = [
            fonts[0].CharStrings[fonts[0].Encoding[code]].calcBounds({})
            for code in (65, 66, 67)
        ]
        assert [(0, 0, 500, 500)] * 3 == bounds


def test_font_of_the_viewer_keeps_its_name_and_the_names_of_its_signs() -> None:
    """Others that are not in the document become the one that is most like them."""
    fonts = b"".join(
        b"/F%d << /Type /Font /Subtype /Type1 /BaseFont /%s"
        b" /Encoding << /Differences [65 /a20 /eacute /PLANTED] >> >> " % (n, name)
        for n, name in enumerate((b"ZapfDingbats", b"Arial,BoldItalic", b"Reporters"))
    )
    data = _page(b"BT /F0 9 Tf (ABC) Tj /F1 9 Tf /F2 9 Tf", b"/Font << %s >>" % fonts)
    page = PdfReader(io.BytesIO(clean_file("document", data).data)).pages[0]
    kept = [one.get_object() for one in page["/Resources"]["/Font"].values()]

    names = ["/ZapfDingbats", "/Helvetica-BoldOblique", "/Helvetica"]
    assert names == [one["/BaseFont"] for one in kept]
    assert [65, "/a20", "/eacute", "/x1"] == kept[0]["/Encoding"]["/Differences"]


def test_letters_stand_for_signs_of_the_font_alone() -> None:
    """A map of numbers has two bytes for each of 65,536 letters."""
    fonts = (
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H"
            b" /DescendantFonts [6 0 R] >>"
        ),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry (%s) /Ordering (GPS) >> /CIDToGIDMap 9 0 R >>"
        % planted.TEXT,
        b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 8 0 R >>",
        papers.stream(b"", lettered.truetype()),
        papers.stream(b"", b"\0\0\0\2\0\1" + planted.TEXT),
    )
    drawn = b"BT /F 9 Tf <00010002> Tj ET"

    cleaned = clean_file("document", _page(drawn, b"/Font << /F 5 0 R >>", more=fonts))

    assert [] == _told(cleaned.data)
    assert any(x.startswith(b"\0\0\0\2\0\1\0\0") for x in papers.inflated(cleaned.data))


def _segment(marker, body):
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2) + body


def _longer(photo, marker):
    """Put words behind what a segment needs."""
    at = photo.index(b"\xff" + bytes([marker]))
    size = int.from_bytes(photo[at + 2 : at + 4])
    body = photo[at + 4 : at + 2 + size] + planted.TEXT
    return photo[:at] + _segment(marker, body) + photo[at + 2 + size :]


@pytest.mark.parametrize("how", ["table", "pause", "frame", "scan", "end", "own"])
def test_photo_on_a_page_has_no_room_for_words(how) -> None:
    """In tables, behind a frame, behind the code of a scan: refused, or not there."""
    photo = papers.photo()
    own = _segment(0xDB, b"\3" + planted.TEXT.ljust(64, b"!"))
    spoiled = {
        "table": lambda: _longer(photo, 0xDB),
        "pause": lambda: photo[:2] + _segment(0xDD, b"\0\0" + planted.TEXT) + photo[2:],
        "frame": lambda: _longer(photo, 0xC2),
        "scan": lambda: photo[:-2] + planted.TEXT + photo[-2:],
        "end": lambda: photo + planted.TEXT,
        "own": lambda: photo[:2] + own + photo[2:],  # of quantities, used by none
    }[how]()
    entries = b"/Subtype /Image /Width 64 /Height 48 /BitsPerComponent 8"
    entries += b" /ColorSpace /DeviceRGB /Filter /DCTDecode"
    picture = papers.stream(entries, spoiled)
    data = _page(b"/A Do", b"/XObject << /A 5 0 R >>", more=(picture,))
    assert _told(data)
    try:
        assert [] == _told(clean_file("document", data).data)
    except AttachmentError as error:
        assert how in ("table", "pause", "frame"), error.args  # noqa: PT017 (either)


def test_map_of_beginnings_without_ends_takes_no_time() -> None:
    """Each byte of a map is looked at once, however it is put together."""
    letters = papers.stream(b"", b"beginbfrange " * 100_000)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /A /ToUnicode 6 0 R >>"
    data = _page(b"/F 9 Tf", b"/Font << /F 5 0 R >>", more=(font, letters))

    cleaned = clean_file("document", data).data

    assert b"beginbfrange" not in b"".join(papers.inflated(cleaned))


def _page(drawn, resources=b"", *, more=()):
    return papers.written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << %s >> >>" % resources,
        papers.stream(b"", drawn),
        *more,
    )


@pytest.mark.parametrize(
    "group", [b"/P /AllOff", b"/P /AnyOff", b"/VE [/Not 6 0 R]", b"/P /PLANTED"]
)
@pytest.mark.parametrize("where", ["content", "picture"])
def test_what_is_shown_where_a_layer_is_off_is_refused(group, where) -> None:
    """It is hidden while all layers are on. ISO 32000-2, 8.11.2.2."""
    layer = b"<< /Type /OCMD /OCGs [6 0 R] %s >>" % group
    if where == "content":
        data = _page(
            b"/OC /L BDC 0 0 9 9 re f EMC",
            b"/Properties << /L 5 0 R >>",
            more=(layer, b"<< /Type /OCG /Name (A) >>"),
        )
    else:
        form = b"/Subtype /Form /BBox [0 0 9 9] /OC 5 0 R"
        more = (layer, b"<< /Type /OCG >>", papers.stream(form, b"0 0 9 9 re f"))
        data = _page(b"/F Do", b"/XObject << /F 7 0 R >>", more=more)
    with pytest.raises(AttachmentError, match="layers that are not shown"):
        clean_file("document", data)


@pytest.mark.parametrize(
    ("uri", "stays"),
    [
        (b"https://kept.example/a?b=1", True),
        (b"file:///C:/Users/reporter/notes.doc", False),
        (b"geo:53.9022,27.5618", False),
        (b"javascript:alert(1)", False),
        (b"https://reporter:secret@kept.example/", False),
        (b"mailto:reporter@kept.example", False),
    ],
)
def test_link_stays_where_it_leads_into_the_web(uri, stays) -> None:
    """Others name folders, places and people."""
    link = (
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (%s) >> >>"
    )
    data = _page(b"", more=(link % uri,)).replace(
        b"/Contents", b"/Annots [5 0 R] /Contents"
    )
    page = PdfReader(io.BytesIO(clean_file("document", data).data)).pages[0]
    found = [one.get_object()["/A"]["/URI"] for one in page.get("/Annots", ())]
    assert ([uri.decode()] if stays else []) == found


@pytest.mark.parametrize(
    ("note", "taken"),
    [
        (b"/Subtype /Square /Rect [0 0 9 9]", False),
        (b"/Subtype /Widget /FT /Tx /V (A) /Rect [0 0 9 9]", False),
        (b"/Subtype /Widget /FT /Tx /MK << /BG [0] >> /Rect [0 0 9 9]", False),
        (papers.looking(b"/FT /Tx", b"7 0 R"), True),
        (b"/Subtype /Widget /FT /Sig /V (A) /Rect [0 0 0 0]", True),
        (papers.looking(b"/FT /Btn /Ff 65536", b"8 0 R"), False),
        (papers.looking(b"/FT /Btn /AS /On", b"<< /On 6 0 R /Off 7 0 R >>"), False),
        (b"/Subtype /Square /F 2 /Rect [0 0 9 9]", True),
        (b"/Subtype /Text /Rect [0 0 9 9] /Contents (A)", True),
    ],
)
def test_what_is_laid_over_a_page_is_no_bar_that_goes(note, taken) -> None:
    """A name under it would be published; whoever drew it is told to print it."""
    more = (b"<< /Type /Annot %s >>" % note, *papers.looks())
    data = _page(b"", more=more).replace(b"/Contents", b"/Annots [5 0 R] /Contents")
    if taken:
        assert b"/Annot" not in clean_file("document", data).data
    else:
        with pytest.raises(AttachmentError, match="laid over its pages"):
            clean_file("document", data)


def test_pdf_keeps_page_and_web_links_alone() -> None:
    """Properties, XMP, remarks, script, attached file and a photo's EXIF are gone."""
    data = (SAMPLES / "paper.pdf").read_bytes()
    assert data.count(_PLANTED) > 8

    cleaned = clean_file("document", data)

    reader = PdfReader(io.BytesIO(cleaned.data))
    assert ("application/pdf", 1) == (cleaned.type, len(reader.pages))
    assert reader.metadata is None
    assert _PLANTED not in cleaned.data
    assert not any(_PLANTED in text for text in papers.inflated(cleaned.data))
    (link,) = reader.pages[0]["/Annots"]
    assert "https://kept.example/" == link.get_object()["/A"]["/URI"]
    (picture,) = reader.pages[0].images
    assert (300, 200) == picture.image.size
    assert not picture.image.getexif()


def test_pdf_keeps_what_draws_and_nothing_that_tells() -> None:
    """Between scans, behind a photo, in the text, under names that nobody knows."""
    data = papers.paper()
    assert data.count(planted.TEXT) > 9

    cleaned = clean_file("document", data)

    inflated = papers.inflated(cleaned.data)
    assert not [x for x in planted.TRACES if any(x in text for text in inflated)]
    page = PdfReader(io.BytesIO(cleaned.data)).pages[0]
    assert [(64, 48)] * 3 == [one.image.size for one in page.images]
    drawn = [operator for _operands, operator in page.get_contents().operations]
    assert [b"q", b"cm", b"Do", b"Q"] * 3 == drawn


def test_pdf_with_a_layer_that_is_off_is_refused() -> None:
    """Cleaned, it would be seen; and who looks at the bytes sees it anyway."""
    assert clean_file("document", papers.layered(hidden=False))
    with pytest.raises(AttachmentError, match="layers that are not shown"):
        clean_file("document", papers.layered(hidden=True))


_PLACES = [*everywhere.places(), *font_plants.places()]
_REFUSED = {"JPEG 2000", "ASCII85Decode", "ASCII85Decode of a page"}


@pytest.mark.lab(one_in=5)
@pytest.mark.parametrize(("place", "data"), _PLACES, ids=[name for name, _ in _PLACES])
def test_words_planted_anywhere_are_in_no_public_byte(place: str, data: bytes) -> None:
    """In no raw one, and in no stream when all that packs it is undone."""
    assert everywhere.SAID in papers.opened(data) or _told(data)
    try:
        cleaned = clean_file("document", data).data
    except AttachmentError as error:
        assert place in _REFUSED, error.words  # noqa: PT017 (either)
        return
    assert place not in _REFUSED
    assert [] == _told(papers.opened(cleaned))
