"""Pages of the common shape are read whatever parts they have."""

import textwrap

import pytest
from page_simulator import (
    BIO,
    CAPTION,
    HEADLINE,
    NOTICE,
    PARAGRAPHS,
    PageSimulator,
    item_of,
    texts,
)

PAGE = PageSimulator()


def test_whole_page_is_read():
    item = PAGE.item()

    assert HEADLINE == item["headline"]
    assert list(PARAGRAPHS) == texts(item)
    assert BIO == item["bio"]
    assert "\n\n".join(NOTICE) == item["notices"][0]["text"]


@pytest.mark.parametrize(
    "parts",
    [
        {"top": ()},
        {"top": ("Accessibility links",)},
        {"top": ("Breaking News",)},
        {"top": ("Ссылки доступа", "فوری")},
        {"marks": ()},
        {"marks": ("Обновлено",)},
        {"marks": ("Updated", "Print", "Share", "Embed")},
        {"caption": ""},
        {"caption": f"{CAPTION}\n\n{CAPTION}"},
        {"credit": ""},
        {"ratio": ""},
        {"ratio": "  \u2022 4x3 Image"},
        {"box": ""},
        {"box": f"Demo Press\n\n{BIO}"},
        {"box": "    Demo Press"},
        {"notices": ()},
        {"notices": NOTICE[:2]},
        {"notices": (" ".join(NOTICE),)},
        {"bottom": ""},
        {"bottom": "xs\n\nSM\n\nMD\n\nLG\n\nXL"},
        {"credit": "", "ratio": "", "box": ""},
        {"ratio": "", "box": f"Demo Press\n\n{BIO}"},
    ],
    ids=str,
)
def test_body_and_headline_do_not_depend_on_the_other_parts(parts):
    item = PAGE.with_(**parts).item()

    assert HEADLINE == item["headline"]
    assert list(PARAGRAPHS) == texts(item)
    assert item["kicker"] is None
    assert item["breaking"] is False


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n\n", "\n\n\n\n"),
        lambda text: text.replace("\n\n", "\n\u00a0\n"),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n\n", "\n\n\u200e\u200f"),
        lambda text: text.replace("\n", "  \n"),
        lambda text: text.replace("    ", "\t"),
        lambda text: "".join(f"  {line}\n" for line in text.split("\n")),
    ],
)
def test_white_space_and_marks_do_not_matter(change):
    plain, changed = PAGE.item(), item_of(change(PAGE.text()))

    del plain["receipt"], changed["receipt"]
    assert plain == changed


def test_wrapped_lines_are_joined():
    rows = []
    for row in PAGE.text().split("\n"):
        margin = row[: len(row) - len(row.lstrip(" "))]
        rows += textwrap.wrap(row, 60, subsequent_indent=margin) or [""]
    item = item_of("\n".join(rows))

    assert HEADLINE == item["headline"]
    assert CAPTION == item["media"][0]["caption"]
    assert list(PARAGRAPHS) == texts(item)
    assert BIO == item["bio"]


def test_author_box_of_a_person_is_read():
    bio = "Demo Reporter is a correspondent in the valley."
    item = PAGE.with_(box=f"    Demo Reporter\n\n    {bio}").item()

    assert item["byline"][0]["name"] == "Demo Reporter"
    assert bio == item["bio"]


def test_two_author_boxes_are_two_bylines():
    box = f"    Demo Press\n\n    {BIO}\n\n    Demo Reporter\n\n    A reporter here."
    item = PAGE.with_(box=box).item()

    assert ["Demo Press", "Demo Reporter"] == [one["name"] for one in item["byline"]]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Sandbags at the bridge. Photo: Demo Agency", "Demo Agency"),
        ("Sandbags at the bridge. (AFP)", "AFP"),
        ("Sandbags at the bridge. \u00a9 Demo Agency", "\u00a9 Demo Agency"),
        ("Sandbags at the bridge (file photo).", None),
    ],
)
def test_caption_is_parted_from_its_credit(caption, credit):
    twice = PAGE.with_(caption=f"{caption}\n{caption}").item()["media"][0]

    assert credit == twice["credit"]
    assert twice["caption"] == twice["alt"]
    assert twice["caption"].startswith("Sandbags at the bridge")
    assert credit is None or credit not in twice["caption"]


def test_caption_given_once_is_told_by_its_signs():
    item = PAGE.with_(caption="Workers (left) carry sandbags at the bridge.").item()

    assert item["media"][0]["alt"] is None
    assert list(PARAGRAPHS) == texts(item)
    assert len(item["receipt"]["warnings"]) == 1


def test_picture_inside_the_body_is_taken_out():
    second = "The ferry at the lower landing before its first crossing."
    inside = (PARAGRAPHS[0], f"{second}\n{second}", *PARAGRAPHS[1:])
    item = PAGE.with_(paragraphs=inside).item()

    assert [CAPTION, second] == [one["caption"] for one in item["media"]]
    assert list(PARAGRAPHS) == texts(item)


def test_subheads_quotes_lists_and_tables_keep_their_kind():
    parts = (
        PARAGRAPHS[0],
        "What Comes Next",
        PARAGRAPHS[1],
        "> We count every lorry.",
        "\u2022 sandbags\n\u2022 a second ferry",
        "Pier\tLoad\nFirst\t3 t",
        PARAGRAPHS[2],
    )
    body = PAGE.with_(paragraphs=parts).item()["body"]

    kinds = ["paragraph", "subhead", "paragraph", "quote", "list", "table", "paragraph"]
    assert kinds == [block["kind"] for block in body]
    assert body[3]["text"] == "We count every lorry."
    assert ["sandbags", "a second ferry"] == body[4]["items"]
    assert [["Pier", "Load"], ["First", "3 t"]] == body[5]["rows"]


def test_story_on_a_declaration_stays_in_the_body():
    """News about a declaration is news, even as the last paragraph."""
    last = 'A club has been declared an "extremist organization" by the council.'
    item = PAGE.with_(
        paragraphs=(*PARAGRAPHS, last), credit="", ratio="", box="", notices=()
    ).item()

    assert last == texts(item)[-1]
    assert item["notices"] == []


def test_several_notices_are_kept_apart():
    second = (
        'Demo Press has been designated a "foreign agent" by the Examplian court.',
        "If you live in Examplia, be aware that liking could lead to arrest.",
        "Find out more here: https://example.org/law",
    )
    notices = PAGE.with_(notices=(*NOTICE, *second)).item()["notices"]

    assert ["undesirable organization", "foreign agent"] == [
        notice["designation"] for notice in notices
    ]
    assert notices[1]["acts"] == ["liking"]
    assert notices[1]["penalties"] == ["arrest"]
    assert notices[1]["more"]["target"] == "https://example.org/law"


def test_notice_in_unknown_words_is_told_by_its_place():
    strange = 'Demo Press blorted "unwanted body" zib the government of Examplia.'
    item = PAGE.with_(notices=(strange,)).item()

    assert list(PARAGRAPHS) == texts(item)
    assert item["notices"][0]["designation"] == "unwanted body"
    assert item["notices"][0]["entity"] == "Demo Press"


def test_contact_lines_reach_neither_the_item_nor_the_receipt():
    parts = (
        *PARAGRAPHS,
        "NOT FOR PUBLICATION: duty editor +1 555 0100\nHome: +1 555 0101",
        "Phone: +1 555 0102",
        "desk@example.org",
    )
    item = PAGE.with_(paragraphs=parts).item()

    assert list(PARAGRAPHS) == texts(item)
    assert "555" not in str(item)
    assert "@" not in str(item)
    assert 4 == [one["text"] for one in item["receipt"]["dropped"]].count(None)


@pytest.mark.parametrize("mark", ["Not for publication", "INTERNAL:"])
def test_below_a_private_mark_no_sentence_of_a_page_is_for_readers(mark):
    told = (
        "Ann Quill lives on the hill and wants to be named by nobody at all, she said."
    )
    item = PAGE.with_(paragraphs=(*PARAGRAPHS, mark, told)).item()

    assert list(PARAGRAPHS) == texts(item)
    assert "Quill" not in str(item)


def test_note_to_editors_and_embargo_become_the_ednote():
    marks = ("Updated", "(Eds: adds background)", "EMBARGOED until Friday noon")
    item = PAGE.with_(marks=marks).item()

    assert item["ednote"] == "Eds: adds background\nEMBARGOED until Friday noon"
    assert item["embargo"] is None
    assert len(item["receipt"]["warnings"]) == 1


def test_copyright_line_is_the_rights():
    item = PAGE.with_(bottom="\u00a9 2018 Demo Press\n\nXS\nSM").item()

    assert item["rights"] == "\u00a9 2018 Demo Press"
