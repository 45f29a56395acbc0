"""What runs against a page: which blocks turn, which runs are told apart."""

import pytest

from tamizdat.edition.bidi import against, ends_against, runs_apart


@pytest.mark.parametrize(
    ("text", "way", "expected"),
    [
        ("She said «بیایید!» and left.", "ltr", ["بیایید!"]),
        ('A sign says "سلام!" there.', "ltr", ["سلام!"]),
        ("See ماده (۱۹) of it", "ltr", ["ماده (۱۹)"]),
        ("The law (ماده 19) says", "ltr", ["ماده 19"]),
        ("See ماده (بند (۲) آن)! in it", "ltr", ["ماده (بند (۲) آن)"]),
        ("Sung شعر 12 times", "ltr", ["شعر"]),
        ("در COVID-19 بود", "rtl", ["COVID-19"]),
        ("شبکه 5G و", "rtl", ["5G"]),
        ("زبان C++ و", "rtl", ["C++"]),
        ("نوشت «Hello, world!» و رفت", "rtl", ["Hello, world!"]),
        ("از BBC ۱۲ نفر", "rtl", ["BBC"]),
        ("شمارهٔ +1 (202) 555-01 است", "rtl", ["+1 (202) 555-01"]),
        ("به +۹۸ ۲۱ ۸۸۸ و +7 (495) 1 23", "rtl", ["+۹۸ ۲۱ ۸۸۸", "+7 (495) 1 23"]),
        ("BBC +44 20 است", "rtl", ["BBC +44 20"]),
        ("رشد +3 (2025) بود", "rtl", ["+3"]),
        ("از +12 -3 تا +1.5. 2026", "rtl", ["+12", "+1.5"]),
        ("۸+۳ و C++ و +۸ درجه", "rtl", ["C++", "+۸"]),
        ("دمای \u22125 و \u2212۶ درجه", "rtl", ["\u22125", "\u2212۶"]),
        ("-4.5%", "rtl", ["-4.5%"]),
        ("\u22125 °", "rtl", ["\u22125 °"]),
        ("-1,234,567.5", "rtl", ["-1,234,567.5"]),
        ("سود \u22121,234,567 دلار", "rtl", ["\u22121,234,567"]),
        (
            "\u2212\u06f1\u066c\u06f2\u06f3\u06f4",
            "rtl",
            ["\u2212\u06f1\u066c\u06f2\u06f3\u06f4"],
        ),
        ("بین +20°C و +25 °C و +5kg", "rtl", ["+20°C", "+25 °C", "+5kg"]),
        (
            "از @1500tasvir و #2022Iran و @_radio",
            "rtl",
            ["@1500tasvir", "#2022Iran", "@_radio"],
        ),
        ("نوشت @press: چه", "rtl", ["@press"]),
        ("از .NET و «.ir» و #Freedom!", "rtl", [".NET", ".ir", "#Freedom"]),
        ("دمای 12 °C و 5°C است", "rtl", ["12 °C", "5°C"]),
        ("از 3.5GB تا 1,200kg و", "rtl", ["3.5GB", "1,200kg"]),
        ("و \u06f2\u066b\u06f5MB است", "rtl", ["\u06f2\u066b\u06f5MB"]),
        ("دما 10-12.5°C و \u22124.5 °C", "rtl", ["10-12.5°C", "\u22124.5 °C"]),
        ("ساعت 12:30GMT", "rtl", ["12:30GMT"]),
        ("از $3.2bn تا \u2212€ 1,290 bn و", "rtl", ["$3.2bn", "\u2212€ 1,290 bn"]),
        ("سود -$1.2bn و -€3 و دما -5 °C", "rtl", ["-$1.2bn", "-€3", "-5 °C"]),
        ("رشد -4.5% و (-3 %) و +5 % بود", "rtl", ["-4.5%", "-3 %", "+5 %"]),
        ("سود -5€ و \u22125 € و -4.5 °C بود", "rtl", ["-5€", "\u22125 €", "-4.5 °C"]),
        ("رشد +5-7% و \u22125\u201310% بود", "rtl", ["+5-7%", "\u22125\u201310%"]),
        ("سود \u2212US$5 و +$5 و 10/12kg", "rtl", ["\u2212US$5", "+$5", "10/12kg"]),
        ("سود \u2212$1.2 میلیارد، \u00b15", "rtl", ["\u2212$1.2", "\u00b15"]),
        ("اجاره $4.99/month یا 5/month بود", "rtl", ["$4.99/month", "5/month"]),
        ("-5°", "rtl", ["-5°"]),
        ("-\u06f5 °", "rtl", ["-\u06f5 °"]),
        ("-3 %", "rtl", ["-3 %"]),
        (
            "در +\u0669\u0666\u0666 \u0665\u0660-\u0661\u0662\u0663",
            "rtl",
            ["+\u0669\u0666\u0666"],
        ),
        (
            "از \u0661\u0660-\u0661\u0662 °C و \u0661\u0660-\u0661\u0662kg",
            "rtl",
            ["\u0661\u0662 °C", "\u0661\u0662kg"],
        ),
        ("F-١٦-٢٠ و", "rtl", ["F-١٦"]),
        ("Paid 1,200شعر there", "ltr", ["1,200شعر"]),
        ("Under #آزادی! they", "ltr", ["#آزادی"]),
    ],
)
def test_run_with_its_marks_and_figures_is_told_apart(text, way, expected):
    """A mark, a bracket or a figure stays with the letters it was written with."""
    assert expected == [text[a:b] for a, b in runs_apart(text, way)]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("A شعر is a poem.", "ltr"),
        ("Two (شعر) (نو) words, and 12", "ltr"),
        ("Двенадцать из «თბილისი» 12", "ltr"),
        ("از BBC گفت", "rtl"),
        ("BBC (بی‌بی‌سی) را", "rtl"),
        ("سال ۱۴۰۴، ماده ۱۹", "rtl"),
        ("تهران -۲۴ آذر، ۲۰-۳۰", "rtl"),
        ("از ۲۰ -۳۰٪ و ۲۰-۳۰٪ و سال-۳٪", "rtl"),
        ("از 20% -30% و 20\u00a0-30%", "rtl"),
        ("بیشتر آنان -۹۰٪ به گفته پلیس- آزاد شدند", "rtl"),
        ("\u2212\u0664", "rtl"),
        ("گفت.NET", "rtl"),
        ("", "ltr"),
    ],
)
def test_letters_that_browsers_set_in_order_cost_nothing(text, way):
    """A run of letters alone, and what runs as the page does, is left as it is."""
    assert [] == runs_apart(text, way)


def test_brackets_of_a_run_are_whole():
    """Half a pair of brackets would turn the other half round."""
    text = "Said (بله) and (نه ۱۲ in all)"

    assert ["نه ۱۲"] == [text[a:b] for a, b in runs_apart(text, "ltr")]


@pytest.mark.parametrize(
    ("text", "way", "expected"),
    [
        ("سلام به همه، BBC!", "ltr", False),
        ("سلام به همه شما، BBC!", "ltr", True),
        ("\u2014 زن، زندگی، آزادی! \u2014 кричали они.", "ltr", False),
        ("#مهسا_امینی #ایران #آزادی on X", "ltr", False),
        ("سلام به همه!", "ltr", True),
        ("The New York Times هک شد", "rtl", False),
        ("Committee to Protect Journalists نوشت:", "rtl", False),
        ("Elon Musk علیه Sam Altman", "rtl", False),
        ('O\'Brien گفت: "No"', "rtl", False),
        (f"{'The New York Times، ' * 4} BBC نوشتند که چنین است", "rtl", False),
        ("«زن، زندگی، آزادی» звучит снова", "ltr", False),
        ("سلام، BBC!", "ltr", False),
        ("سلام is what they say to those who come", "ltr", False),
        ("He said: «" + "سلام " * 20 + "»", "ltr", False),
        ("BBC گزارش داد که چنین است", "rtl", False),
        ("All of it in English", "rtl", True),
        ("12!", "rtl", False),
        ("WhatsApp و Telegram فیلتر شدند", "rtl", False),
        (
            "(Reuters) - تهران: E3 (France, Germany, UK) با ایران گفت‌وگو کرد",
            "rtl",
            False,
        ),
        ("WhatsApp: فیلتر", "rtl", False),
        ("C++ در https://example.org/a/b?c=1&d=2 است، بخوانید", "rtl", False),
        ("See https://example.org/a/b?c=1&d=2", "rtl", True),
        ("WhatsApp و Wi-Fi", "rtl", False),
        ("「زن زندگی آزادی」是他们的口号", "rtl", False),
        ("「زن」他们这些人的口号一直都是", "rtl", False),
        ("他们这些人的口号一直就都是「زن زندگی」是", "rtl", True),
        ("他们的口号是「زن زندگی آزادی」", "rtl", False),
        ("The word for freedom is آزادی", "rtl", False),
        (
            "The word for what all of them in this old country ask is آزادی",
            "rtl",
            False,
        ),
        ("All who live in our land know that آزادی means much to it", "rtl", False),
        (
            "All who live in this country know that آزادی means more to it now",
            "rtl",
            True,
        ),
    ],
)
def test_block_turns_where_its_first_letter_and_most_of_its_words_run_so(
    text, way, expected
):
    """A name that begins a sentence turns no page, nor a long quotation in it."""
    assert expected is against(text, way)


def test_figure_on_the_line_above_is_of_no_run():
    """A run begins behind the end of a line, not in the middle of what is before it."""
    text = "See 12\nشعر (۳) now"

    assert ["شعر (۳)"] == [text[a:b] for a, b in runs_apart(text, "ltr")]
    text = "See «\nشعر ۳» now"
    assert ["شعر ۳"] == [text[a:b] for a, b in runs_apart(text, "ltr")]


@pytest.mark.parametrize(
    ("text", "way", "expected"),
    [
        ("CNN گفت ۱۲", "rtl", True),
        ("او گفت: CNN!", "rtl", True),
        ("از CNN گفت", "rtl", False),
        ("CNN 12 گفت", "rtl", False),
        ("12!", "rtl", False),
        ("", "ltr", False),
    ],
)
def test_text_whose_end_would_join_what_is_beside_it_is_told(text, way, expected):
    """Two names in one script beside each other would be read as one."""
    assert expected is ends_against(text, way)
