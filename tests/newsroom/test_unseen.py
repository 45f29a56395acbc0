"""What no page shows is published knowingly, or not written at all."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from newsroom import papers
from tamizdat.newsroom.cleaning import clean_file
from tamizdat.newsroom.models import Attachment, ServicePage


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
        (b"/A Do", ""),
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

    assert "do not show 2 words: “the source”" in asked.text
    assert "do not show 2 words: “another one”" in elsewhere.text
    assert "chosen" in taken.content.decode()
    assert 2 == Attachment.objects.get().unseen


def _reshown(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.json()["htmlFragment"], "html.parser")


def _file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.pdf", data)
