# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Language files: what may stand in one, and what is said of one that is wrong."""

from collections.abc import Callable

import pytest

from tamizdat.edition.catalogues import catalogue, problems
from tamizdat.edition.headings import SOURCE, find, heading, tags, text_of
from tamizdat.edition.languages import (
    direction,
    english_name,
    is_known,
    listed,
    own_name,
    script,
)

READY = {
    *(
        "az",
        "ba",
        "be",
        "bg",
        "bs",
        "ce",
        "cnr",
        "crh",
        "en",
        "fa",
        "fa-AF",
        "hu",
        "hy",
    ),
    *("ka", "kk", "ky", "mk", "ps", "ro", "ru", "sq", "sr-Latn", "tg", "tk", "tt"),
    *("uk", "uz"),
}
Edit = Callable[[str], str]


def test_newsroom_can_work_in_27_languages() -> None:
    """Every language of the project has its file."""
    assert set(tags()) == READY


@pytest.mark.parametrize("language", tags())
def test_language_file_is_as_it_must_be(language: str) -> None:
    """The shipped files have every word, every gap, and no letter of another script."""
    found = problems(text_of(language).encode(), f"{language}.po")

    assert [] == list(map(str, found))
    assert catalogue(language).texts.keys() == catalogue(SOURCE).texts.keys()


@pytest.mark.parametrize("language", [tag for tag in tags() if tag != SOURCE])
def test_language_that_no_editor_has_read_is_draft(language: str) -> None:
    """Nothing is called reviewed before somebody reviewed it."""
    assert not catalogue(language).reviewed


def replaced(old: str, new: str) -> Edit:
    """Make an edit that must hit something."""

    def edit(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return edit


def reviewed(text: str) -> str:
    """Take the first flag away, as an editor does."""
    return text.replace("#, fuzzy\n", "", 1)


WRONG: dict[str, tuple[Edit, str]] = {
    "missing gap": (
        replaced("{number} из {total}", "{number}"),
        "page_of: expected {number}, {total}, found: Страница {number}",
    ),
    "gap of another name": (
        replaced("Издатель: {organisation}", "Издатель: {name}"),
        "publisher: expected {organisation}, found",
    ),
    "brace alone": (
        replaced("Издатель: {organisation}", "Издатель: {organisation"),
        "publisher: expected {organisation}, found",
    ),
    "unknown name": (
        lambda t: t + t[t.rindex("#, fuzzy") :].replace("section_culture", "section_x"),
        "section_x: no message has this name",
    ),
    "no message": (
        lambda t: t.replace(t[t.rindex("#, fuzzy") :], ""),
        "section_culture: missing",
    ),
    "twice": (
        lambda t: t + "\n" + t[t.rindex("#, fuzzy") :],
        "section_culture: stands twice",
    ),
    "plural": (
        replaced(
            'msgid "Corrections"\nmsgstr "',
            'msgid "Corrections"\nmsgid_plural "Corrections"\nmsgstr[0] "',
        ),
        "corrections: has plural forms",
    ),
    "no quote at the end": (
        replaced('"Перейти к тексту"', '"Перейти к тексту'),
        "not a line of a PO file: msgstr",
    ),
    "no translation line": (
        replaced('msgstr "Перейти к тексту"\n', ""),
        "missing msgstr",
    ),
    "bare words": (
        replaced('msgstr "Перейти', 'msgstring "Перейти'),
        "not a line of a PO file",
    ),
    "letter of another script": (
        replaced("Перейти", "Пеpейти"),
        "skip_text: one word has letters of two scripts: Пеpейти",
    ),
    "another language": (
        replaced("Перейти к тексту", "Skip to the text"),
        "skip_text: expected letters of Cyrl",
    ),
    "text turned round": (
        replaced("Перейти", "\u202eПерейти"),
        "skip_text: expected one line",
    ),
    "two lines": (replaced("Перейти к", "Перейти\\nк"), "skip_text: expected one line"),
    "English changed under a draft": (
        replaced("Skip to the text", "Skip the text"),
        "skip_text: was translated when the English read otherwise; it is now: Skip",
    ),
    "English changed under a review": (
        lambda t: replaced("Skip to the text", "Skip the text")(reviewed(t)),
        "skip_text: was reviewed when the English read otherwise; it is now: Skip",
    ),
    "no name": (
        replaced('"X-Name: Русский\\n"\n', ""),
        "expected a line X-Name in the head",
    ),
    "unknown line": (
        replaced("X-Name:", 'X-Name: Русский\\n"\n"X-Nome:'),
        "X-Nome: no line of ours or of gettext",
    ),
    "another tag": (
        replaced("Language: ru", "Language: rus"),
        "Language: expected ru, found rus",
    ),
    "script": (
        replaced("X-Script: Cyrl", "X-Script: Cyrillic"),
        "X-Script: expected a code of ISO 15924",
    ),
    "direction": (
        replaced("X-Direction: ltr", "X-Direction: left"),
        "X-Direction: expected ltr or rtl, found left",
    ),
    "zone": (
        replaced("Europe/Moscow", "Europe/Moskva"),
        "X-Time-Zone: tzdata has no zone 'Europe/Moskva'",
    ),
    "calendar": (
        replaced("gregorian", "julian"),
        "X-Calendar: expected gregorian or persian",
    ),
    "style": (
        replaced("X-Date-Style: long", "X-Date-Style: wide"),
        "X-Date-Style: expected one of full, long, medium, short",
    ),
    "country": (
        replaced("X-Territories: RU", "X-Territories: Russia"),
        "X-Territories: expected a code of ISO 3166, found Russia",
    ),
    "locale": (
        replaced("X-Locale: ru", "X-Locale: qq"),
        "X-Locale: expected a locale of CLDR, found 'qq'",
    ),
    "no English at the end": (
        replaced("X-Fallback: en", "X-Fallback: uk"),
        "X-Fallback: expected en in the last place",
    ),
    "language without a file": (
        replaced("X-Fallback: en", "X-Fallback: ku en"),
        "X-Fallback: expected another language with a file, found ku",
    ),
    "eleven months": (
        replaced("X-Date-Style", "X-Months: " + "м " * 11 + '\\n"\n"X-Date-Style'),
        "X-Months: expected 12 names, found 11",
    ),
    "letter in two places": (
        replaced("X-Date-Style", 'X-Alphabet: a b=a\\n"\n"X-Date-Style'),
        "X-Alphabet: expected each letter once, found 'a' twice",
    ),
    "capital in an alphabet": (
        replaced("X-Date-Style", 'X-Alphabet: a B\\n"\n"X-Date-Style'),
        "X-Alphabet: expected a small letter, found 'B'",
    ),
    "day without a year": (
        replaced("X-Date-Style", 'X-Day: {day} {month}\\n"\n"X-Date-Style'),
        "X-Day: expected {day}, {month}, {year}, found {day} {month}",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_file_is_told_with_its_line(name: str) -> None:
    """One mistake is one message: the file, the line, what was expected."""
    edit, told = WRONG[name]
    text = edit(text_of("ru"))
    (found,) = problems(text.encode(), "ru.po")

    assert found.reason.startswith(told)
    assert "ru.po" == found.file
    assert 1 <= found.line <= text.count("\n") + 1


def test_line_of_a_mistake_is_where_it_stands() -> None:
    """An editor goes to the line and finds the sentence."""
    text = text_of("ru").replace("{number} из {total}", "{number}")
    (found,) = problems(text.encode(), "ru.po")

    assert 'msgctxt "page_of"' == text.split("\n")[found.line - 2]


def test_file_in_another_encoding_is_told_with_its_line() -> None:
    """A file saved in windows-1251 is not guessed at."""
    text = text_of("ru").encode("cp1251", "replace")
    (found,) = problems(text, "ru.po")

    assert "expected UTF-8, found 0x" in str(found)
    assert "X-Name" in text.split(b"\n")[found.line - 1].decode("ascii", "replace")


def test_untranslated_sentence_is_allowed_in_a_new_file() -> None:
    """A language begins with what somebody had time for."""
    text = text_of("ru").replace('"Перейти к тексту"', '""')

    assert [] == problems(text.encode(), "ru.po")


def test_source_that_translates_itself_is_refused() -> None:
    """English stands once, where the others read it."""
    text = text_of(SOURCE).replace('msgstr ""\n\nmsgctxt', 'msgstr "x"\n\nmsgctxt', 1)
    (found,) = problems(text.encode(), "en.po")

    assert "expected an empty msgstr" in found.reason


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("prs", "fa-AF"),
        ("fa-af", "fa-AF"),
        ("fa-IR", "fa"),
        ("sr", "sr-Latn"),
        ("sr-ME", "cnr"),
        ("uz-Latn-UZ", "uz"),
        ("ku", None),
    ],
)
def test_tag_leads_to_the_file_that_speaks_for_it(
    asked: str, found: str | None
) -> None:
    """Other names of a language and its regions read its file."""
    heading_ = find(asked)

    assert found == (heading_ and heading_.tag)


def test_names_scripts_and_directions_come_from_the_files() -> None:
    """What CLDR lacks or has otherwise stands in the file."""
    assert ("Crnogorski", "Montenegrin") == (own_name("cnr"), english_name("cnr"))
    assert ("Latn", "ltr") == (script("crh"), direction("crh"))
    assert ("Arab", "rtl") == (script("prs"), direction("prs"))
    assert ("Latn", "Cyrl") == (script("sr-Latn"), script("uz-Cyrl"))
    assert is_known("cnr")
    assert is_known("prs")


def test_names_are_listed_as_the_language_does() -> None:
    """CLDR lists, and the file does where CLDR has no pattern."""
    names = ["А", "Б", "В"]

    assert "А, Б и В" == listed(names, "ru")
    assert "А, Б һәм В" == listed(names, "ba")
    assert "А" == listed(names[:1], "ba")


def test_head_of_every_file_is_complete() -> None:
    """Languages of one script have one direction."""
    assert {"rtl"} == {heading(t).direction for t in tags() if script(t) == "Arab"}
    assert {"ltr"} == {heading(t).direction for t in tags() if script(t) != "Arab"}
