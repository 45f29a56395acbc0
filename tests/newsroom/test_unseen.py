"""What no page shows is published knowingly, or not written at all."""

import io
from typing import Any

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from newsroom import font_plants, papers
from tamizdat.newsroom.cleaning import clean_file
from tamizdat.newsroom.cleaning.pdf import lengths
from tamizdat.newsroom.errors import AttachmentError
from tamizdat.newsroom.models import Attachment, ServicePage

_WORD = b"BT /F 12 Tf 20 150 Td (LEFT) Tj ET "


@pytest.mark.parametrize("turned", [0, 90])
@pytest.mark.parametrize(
    ("drawn", "found"),
    [
        (b"BT /F 12 Tf 3 Tr 20 150 Td (read by a program) Tj ET", "read by a program"),
        (b"BT /F 12 Tf 1 g 20 150 Td (white) Tj ET", "white"),
        (b"BT /F 12 Tf .97 g 20 150 Td (nearly white) Tj ET", "nearly white"),
        (
            b"0 g 9 140 99 30 re f BT /F 12 Tf 20 150 Td (black on black) Tj ET",
            "black on black",
        ),
        (b"BT /F 12 Tf 20 150 Td (covered) Tj ET 9 140 99 30 re f", "covered"),
        (b"/A Do 1 g 0 80 200 40 re f", "In a form"),
        (b"BT /F 12 Tf 20 150 Td (half seen) Tj ET 9 140 20 30 re f", "half"),
        (b"BT /F 12 Tf 20 230 Td (off the page) Tj ET", "off the page"),
        (b"BT /F 12 Tf 20 185 Td (cut off) Tj ET", "cut off"),
        (b"q 0 0 9 9 re W n BT /F 12 Tf 20 150 Td (clipped) Tj ET Q", "clipped"),
        (b"BT /F 12 Tf 20 150 Td (LEFT) Tj ET 9 148 99 10.4 re f", "LEFT"),
        (b"BT /F 12 Tf 20 150 Td (LEFT) Tj ET 9 148 99 8 re f", "LEFT"),
        (b"BT /F 12 Tf 20 150 Td (LEFT) Tj ET 9 151 99 12 re f", "LEFT"),
        (b"BT /F 12 Tf 20 150 Td (LEFT) Tj ET /V gs 9 140 99 30 re f", "LEFT"),
        (b"q 0 158 99 9 re W n BT /F 12 Tf 20 150 Td (LEFT) Tj ET Q", "LEFT"),
        (b"BT /F 1 Tf 20 150 Td (small) Tj ET", "small"),
        (b"BT /F .001 Tf 20 150 Td (dust) Tj ET", "dust"),
        (b"BT /F 12 Tf 7 Tr 20 150 Td (cut for nothing) Tj ET", "cut for nothing"),
        (
            (
                b"BT /F 12 Tf 7 Tr 20 150 Td (filled) Tj ET 0 0 1 rg 9 140 99 9 re f"
                b" 1 0 0 rg 9 149 99 30 re f"
            ),
            "",
        ),
        (b"9 140 99 30 re f 1 g BT /F 12 Tf 20 150 Td (white on black) Tj ET", ""),
        (
            (
                b"1 0 0 rg 9 140 99 30 re f"
                b" 0 .5 0 rg BT /F 12 Tf 20 150 Td (green on red) Tj ET"
            ),
            "",
        ),
        (_WORD + b"BT /Z 20 Tf 18 146 Td (nnnn) Tj ET", "LEFT"),
        (_WORD + b"BT /Z 99 Tf 9 130 Td (n) Tj (n) Tj ET", "■LEFT"),
        (_WORD + b"BT 1 Tr 30 w /F 12 Tf 20 150 Td (IIIII) Tj ET", "LEFT"),
        (_WORD + b"BT /T 1 Tf (A) Tj ET", "LEFT"),
        (_WORD * 9 + b"BT /Z 20 Tf 18 146 Td (nnnn) Tj ET", "LEFT"),
        (b"/A Do BT /Z 60 Tf 9 70 Td (nn) Tj ET", "In a form"),
        (b"BT /F 12 Tf 20 150 Td (Bold) Tj .3 0 Td (Bold) Tj ET", ""),
        (b"BT /F 12 Tf 20 150 Td (under) Tj 0 0 Td (_____) Tj ET", ""),
        (b".6 g BT /F 12 Tf 21 149 Td (Cast) Tj 0 g -1 1 Td (Cast) Tj ET", ""),
        (
            (b"BT 1 G 1 Tr 3 w /F 12 Tf 20 150 Td (Halo) Tj 0 Tr 0 0 Td (Halo) Tj ET"),
            "",
        ),
        (b"/A Do", ""),
        (b"BT /F 12 Tf 20 150 Td (read) Tj ET 9 148 99 3 re f", ""),
        (b".85 g 9 140 99 30 re f .7 g BT /F 7 Tf 20 150 Td (grey) Tj ET", ""),
        (
            (
                b"q 0 99 200 99 re W n /S sh Q"
                b" 1 g BT /F 12 Tf 20 150 Td (on a sunset) Tj ET"
            ),
            "",
        ),
    ],
)
def test_words_that_a_page_does_not_show_are_told(
    drawn: bytes, found: str, turned: int
) -> None:
    """Whatever hides them; those that are seen are not among them."""
    data = papers.worded(drawn, box=b"/CropBox [0 0 200 180]", turned=turned)

    cleaned = clean_file("document", data)

    assert (len(found.split()), found) == (cleaned.unseen.count, cleaned.unseen.words)


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        (["SECRETN", "AME IVA", "N IVANO"], "SECRETN AME IVA N IVANO"),
        (["A", "SECRETS OF MANY", "C"], ""),  # longer than any sign
        (["ffi", "st", "Th"], ""),
        (["\N{ARABIC LETTER LAM}\N{ARABIC LETTER ALEF}", "й", "क्ष"], ""),
        (["🇺🇦", "…", "½"], ""),
        (["اي", "B", "C"], "اي"),
    ],
)
def test_words_that_a_font_gives_to_single_signs_are_told(
    letters: list[str], found: str
) -> None:
    """Letters that are written as one are no words."""
    rows = [f"<{65 + n:X}> <{_wide(each)}>" for n, each in enumerate(letters)]
    table = f"beginbfchar {' '.join(rows)} endbfchar".encode()

    cleaned = clean_file("document", font_plants.lettered_by(table, b"ABC"))

    assert (len(found.split()), found) == (cleaned.unseen.count, cleaned.unseen.words)
    kept = b"".join(papers.inflated(cleaned.data))
    short = [_wide(each).encode() in kept for each in letters if len(each) <= 8]
    assert all(short)


def test_sign_that_no_page_draws_has_no_name() -> None:
    """Names of signs are letters, and letters are words."""
    told = b"<< /Differences [65 /A /S /E /C /R /E /T] >>"
    font = b"/Subtype /Type1 /BaseFont /Helvetica /Encoding " + told
    data = clean_file("document", font_plants.drawn_by(font, b"(AC) Tj")).data

    page = PdfReader(io.BytesIO(data)).pages[0]
    (kept,) = [one.get_object() for one in page["/Resources"]["/Font"].values()]
    assert [65, "/A", 67, "/E"] == kept["/Encoding"]["/Differences"]


@pytest.mark.parametrize("how", ["pattern", "sign", "mask"])
def test_words_where_nobody_looks_for_words_are_told(how: str) -> None:
    """What draws a pattern, a letter or a mask may write, and forms in it as well."""
    cleaned = clean_file("document", font_plants.aside(how))

    assert (2, "Two words") == (cleaned.unseen.count, cleaned.unseen.words)


@pytest.mark.parametrize(
    ("state", "found"),
    [(b"", ""), (b"1 g", "Given letters"), (b"3 Tr", "Given letters")],
)
def test_form_shows_words_in_the_font_that_it_was_given(
    state: bytes, found: str
) -> None:
    """It looks the same afterwards, and hidden words in it are told as others are."""
    data = papers.given(b"/F 12 Tf " + state)

    cleaned = clean_file("document", data)

    assert found == cleaned.unseen.words
    before, after = (pypdfium2.PdfDocument(one)[0] for one in (data, cleaned.data))
    assert "Given letters" == after.get_textpage().get_text_range().strip()
    pictures = [one.render().to_pil().tobytes() for one in (before, after)]
    assert pictures[0] == pictures[1]


def test_words_in_a_font_of_a_graphics_state_stay() -> None:
    """One that a state chose has a size as any other."""
    drawn = b"/F 0 Tf /L gs BT 20 150 Td (Stays) Tj ET"
    cleaned = clean_file("document", papers.worded(drawn))

    assert "" == cleaned.unseen.words
    assert b"Stays" in papers.spelled(cleaned.data)


@pytest.mark.parametrize("state", [b"/F 0 Tf", b"/F 12 Tf 0 Tz"])
def test_letters_of_no_size_are_not_given_to_a_form(state: bytes) -> None:
    """Nobody could see the words, and nothing that looks for words finds them."""
    with pytest.raises(AttachmentError, match="letters of no size"):
        clean_file("document", papers.given(state))


def test_words_that_a_form_shows_in_no_font_are_told() -> None:
    """No viewer shows them; the file has them."""
    cleaned = clean_file("document", papers.given(b""))

    assert "Given letters" == cleaned.unseen.words


def _wide(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


@pytest.mark.parametrize(
    "drawn",
    [
        b"BT /F 0 Tf 20 150 Td (SIZELESS) Tj ET",
        b"BT /F 12 Tf 0 Tz 20 150 Td [(SIZELESS)] TJ ET",
        b"BT /F 12 Tf 1 0 0 0 20 150 Tm (SIZELESS) ' ET",
        b'q 0 0 0 0 20 20 cm BT /F 12 Tf 9 9 (SIZELESS) " ET Q',
        b"q .0000001 0 0 .0000001 0 0 cm /A Do Q",
    ],
)
def test_words_of_no_size_are_not_written(drawn: bytes) -> None:
    """Nobody can see them, and nothing that looks for words finds them."""
    cleaned = clean_file("document", papers.worded(drawn)).data

    told = papers.spelled(cleaned)
    assert b"Seen" in told
    assert not [one for one in (b"SIZELESS", b"In a form") if one in told]


def test_words_that_no_page_shows_are_published_knowingly(
    desk: Client, english: ServicePage
) -> None:
    """The form says them; the same file with a tick is taken, another one is not."""
    url = reverse("paper_chooser:create")
    words = {"title": "Paper", "credit": "", "terms": "", "service": english.pk}
    barred, other = (papers.covered(name) for name in (b"the source", b"another one"))

    asked = _reshown(desk.post(url, {**words, "file": _file(barred)}))
    tick = asked.select_one("input[name=unseen]")["value"]
    elsewhere = _reshown(
        desk.post(url, {**words, "file": _file(other), "unseen": tick})
    )
    assert not Attachment.objects.exists()
    taken = desk.post(url, {**words, "file": _file(barred), "unseen": tick})

    control = "beginbfchar <41> <202E0041> endbfchar"
    odd = _file(font_plants.lettered_by(control.encode(), b"A"))
    assert "1 word: “�A”" in _reshown(desk.post(url, {**words, "file": odd})).text
    assert "do not show 2 words: “the source”" in asked.text
    assert "do not show 2 words: “another one”" in elsewhere.text
    assert "chosen" in taken.content.decode()
    assert 2 == Attachment.objects.get().unseen


def test_document_that_would_take_long_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ten of its pages tell; whoever brings it is told how many may come."""
    few, many = (font_plants.pages(count) for count in (50, 51))
    monkeypatch.setattr(lengths, "SECONDS", 0)

    assert clean_file("document", few).data
    with pytest.raises(AttachmentError, match="expected at most") as refused:
        clean_file("document", many)
    assert {"most": 50, "found": 51} == refused.value.row
    assert clean_file("document", many, behind=True).data


def _reshown(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.json()["htmlFragment"], "html.parser")


def _file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.pdf", data)
