import re
from importlib.resources import files

import pytest

from edition.paper import full_story, service
from tamizdat.edition.pages import article_pages
from tamizdat.edition.pages.theme import minify, stylesheet

AA = 4.5  # contrast of text, WCAG 2.2 criterion 1.4.3
GREY, ALPHA = 0x88, 2 / 15  # the wash behind notes, #8882


def palettes() -> dict[str, dict[str, str]]:
    """Read the colours of both themes from a page."""
    (page,) = article_pages(full_story(), service(), section_name="Law")
    roots = re.findall(r":root\{([^}]*)\}", page.content.decode())
    return {
        name: dict(re.findall(r"--(\w+):(#[0-9a-f]+)", css))
        for name, css in zip(("light", "dark"), roots, strict=True)
    }


def channels(colour: str) -> list[float]:
    """Split #rgb or #rrggbb into three numbers up to 255."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]


def luminance(parts: list[float]) -> float:
    """Compute relative luminance as WCAG defines it."""
    linear = [
        c / 12.92 if (c := part / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: list[float], other: list[float]) -> float:
    """Compute the contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "dim", "red"])
def test_every_ink_can_be_read_on_paper_and_on_the_wash(theme: str, ink: str) -> None:
    """Text has a contrast of 4.5 to 1 in light and in dark."""
    colours = palettes()[theme]
    paper = channels(colours["paper"])
    wash = [c * (1 - ALPHA) + GREY * ALPHA for c in paper]

    assert contrast(channels(colours[ink]), paper) >= AA
    assert contrast(channels(colours[ink]), wash) >= AA


def test_page_carries_only_the_rules_of_its_kind() -> None:
    """An article does not pay for the front page."""
    (page,) = article_pages(full_story(), service(), section_name="Law")

    assert b"blockquote" in page.content
    assert b".tops" not in page.content
    assert b"/*" not in page.content


def test_persian_is_set_in_its_own_letters_with_more_air() -> None:
    """Letters with tall strokes get the leading they need."""
    (page,) = article_pages(full_story("fa"), service("fa"), section_name="حقوق")
    html = page.content.decode()

    assert "Noto Naskh Arabic" in html
    assert "1.125rem/1.85" in html
    assert "--leading" not in html


def test_sentence_in_latin_letters_has_its_own_stops_on_a_persian_page() -> None:
    """What is said in English until it is translated is set as English is."""
    rule = ":where(:not(.kick)>[dir=ltr]){font-family:Georgia,serif"

    assert rule in stylesheet("trust.html", "fa")
    assert rule in stylesheet("article.html", "ps")
    assert rule not in stylesheet("trust.html", "ru")


@pytest.mark.parametrize(
    ("language", "as_persian"),
    [("fa", True), ("fa-AF", True), ("ps", True), ("ur", False), ("ru", False)],
)
def test_digits_are_drawn_as_the_language_writes_them(
    language: str, *, as_persian: bool
) -> None:
    """Digits look as in Persian where they are Persian; Urdu has its own."""
    sheet = stylesheet("article.html", language)

    assert as_persian == ('font-feature-settings:"locl" 0' in sheet)


def test_sides_are_named_by_the_direction_of_reading() -> None:
    """One sheet serves both directions, so it never says left or right."""
    (page,) = article_pages(full_story(), service(), section_name="Law")
    css = re.search(r"<style>(.*?)</style>", page.content.decode())

    assert css
    assert not re.search(r"\b(left|right)\b", css[1])


def test_nothing_moves() -> None:
    """Whoever asked for less motion has none to be spared."""
    sheet = (files("tamizdat.edition") / "templates/reader.css").read_text("utf-8")

    assert not re.search(r"animation|transition|@keyframes|scroll-behavior", sheet)


def test_minifying_keeps_what_space_means() -> None:
    """Space goes where it says nothing and stays where it does."""
    css = "a  b > c { margin : 0 auto ; /* why */ width: calc(1px + 2px); }\n"

    assert "a b>c{margin:0 auto;width:calc(1px + 2px)}" == minify(css)
