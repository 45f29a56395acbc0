# ruff: noqa: RUF001 - letters of languages that look like Latin ones
import pytest
from page_simulator import PageSimulator

from tamizdat.wire.parsers.saved_text.declarations import (
    read_condition,
    read_declared,
    read_more,
)


@pytest.mark.parametrize(
    ("text", "entity", "designation", "authority"),
    [
        (
            'Demo Press has been labeled an "extremist formation" by a court.',
            *("Demo Press", "extremist formation", "a court"),
        ),
        (
            'The Examplian government has designated Demo Press a "foreign agent."',
            *("Demo Press", "foreign agent", "Examplian government"),
        ),
        (
            "«Демо Пресс» признана «нежелательной организацией» властями Страны.",
            *("Демо Пресс", "нежелательной организацией", "властями Страны"),
        ),
        (
            "Минюст Страны внёс Демо Пресс в реестр «иностранных агентов».",
            *("Демо Пресс", "иностранных агентов", "Минюст Страны"),
        ),
        (
            "Демо Пресс признана в Стране «нежелательной организацией».",
            *("Демо Пресс", "нежелательной организацией", None),
        ),
        (
            "دولت نمونه دمو پرس را «سازمان نامطلوب» اعلام کرده است.",
            *("دمو پرس", "سازمان نامطلوب", "دولت نمونه"),
        ),
        (
            "دمو پرس توسط دولت نمونه به عنوان «سازمان نامطلوب» معرفی شده است.",
            *("دمو پرس", "سازمان نامطلوب", "دولت نمونه"),
        ),
    ],
)
def test_declaration_is_quoted_as_the_page_words_it(
    text, entity, designation, authority
):
    declared = read_declared(text)

    assert declared is not None
    assert (entity, designation, authority) == (
        declared.entity,
        declared.designation,
        declared.authority,
    )


@pytest.mark.parametrize(
    ("text", "authority", "entity"),
    [
        (
            "وزارت اطلاعات نمونه\u200cستان پرس نمونه را «سازمان نامطلوب» اعلام کرد.",
            *("وزارت اطلاعات نمونه\u200cستان", "پرس نمونه"),
        ),
        (
            "وزارت اطلاعات کل نمونه\u200cستان پرس نمونه را «سازمان نامطلوب» اعلام کرد.",
            *("وزارت اطلاعات کل نمونه\u200cستان", "پرس نمونه"),
        ),
        (
            "پرس نمونه\u200cای از سوی دولت نمونه\u200cستان «سازمان نامطلوب» اعلام شد.",
            *("دولت نمونه\u200cستان", "پرس نمونه\u200cای"),
        ),
    ],
)
def test_joiner_inside_a_word_cuts_no_name(text, authority, entity):
    """A zero-width non-joiner is a letter of its word, not the end of it."""
    declared = read_declared(text)

    assert declared is not None
    assert (authority, entity) == (declared.authority, declared.entity)


def test_name_in_the_author_box_is_preferred_to_a_part_of_it():
    """The box gives the name whole where the sentence gives an end of it."""
    text = "وزارت اطلاعات نمونه\u200cستان پرس نمونه را «سازمان نامطلوب» اعلام کرد."
    item = PageSimulator(box="    رادیو پرس نمونه", notices=(text,)).item()

    assert item["notices"][0]["entity"] == "رادیو پرس نمونه"
    assert item["notices"][0]["authority"] == "وزارت اطلاعات نمونه\u200cستان"


def test_known_name_tells_where_the_entity_ends():
    text = 'Демо Пресс Мысал үкіметі тарапынан "жағымсыз ұйым" деп жарияланды.'
    declared = read_declared(text, "Демо Пресс")

    assert declared is not None
    assert (declared.entity, declared.authority) == ("Демо Пресс", "Мысал үкіметі")


def test_condition_parts_places_from_people():
    condition = read_condition(
        "If you are in Examplia or on land it controls and are a citizen of Examplia"
        " or hold a residence permit, please be aware that you may face a fine or"
        " jail for reposting or commenting."
    )

    assert condition is not None
    assert condition.territories == ("Examplia", "land it controls")
    assert condition.persons == (
        "citizens of Examplia",
        "holders of a residence permit",
    )
    assert condition.acts == ("sharing", "commenting")
    assert condition.penalties == ("fines", "imprisonment")


@pytest.mark.parametrize(
    "text",
    [
        "If you are in the valley and have time, you could visit the bridge.",
        "The council met on Friday.",
    ],
)
def test_condition_that_threatens_nothing_is_none(text):
    assert read_condition(text) is None


@pytest.mark.parametrize(
    "text",
    ["Click here to learn more.", "Узнать больше можно здесь.", "بیشتر بدانید."],
)
def test_way_to_more_is_found(text):
    found = read_more(text)

    assert (found == text) or text.startswith("Click")
