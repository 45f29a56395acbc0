import pytest

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
