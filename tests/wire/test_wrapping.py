# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Text that a program cut at its margin is put together, block by block."""

import textwrap

import pytest
from page_simulator import HEADLINE, PARAGRAPHS, SAMPLES, PageSimulator, item_of, texts

from tamizdat.wire.parsers import parse
from tamizdat.wire.parsers.saved_text import lines
from tamizdat.wire.parsers.saved_text.spelling import sound

LONG = (
    "This paragraph was pasted by somebody else and runs on in one line well past any"
    " margin that the rest of the page was cut at."
)
RU = (
    (
        "НИЖНИЙ ГОРОД — Завод, на котором работают две тысячи человек, остановлен до"
        " конца месяца. Об этом сообщила администрация области."
    ),
    (
        "Рабочие говорят, что их не предупредили, и собираются подать иск. Суд назначен"
        " на пятницу."
    ),
)
FA = (
    (
        "شورای دره می‌گوید که پل قدیمی را تا زمستان آینده عوض می‌کند و برای آن پول"
        " دارد. مهندسان دو بار گفته‌اند که پایه‌ها تاب کامیون را ندارند."
    ),
    (
        "سخنگوی شورا به خبرنگاران گفت که اگر روستاهای بالا موافقت کنند، کار بدون بررسی"
        " دوباره آغاز می‌شود."
    ),
)


def cut(text: str, width: int) -> str:
    """Cut every line of a page at a margin, as a mail program does."""
    rows = []
    for row in text.split("\n"):
        margin = row[: len(row) - len(row.lstrip(" "))]
        rows += textwrap.wrap(row, width, subsequent_indent=margin) or [""]
    return "\n".join(rows)


@pytest.mark.parametrize("width", [40, 52, 60, 66, 72, 80, 96])
def test_one_longer_line_does_not_keep_the_others_cut(width):
    """The width is taken block by block, not from the longest line of the page."""
    cut_page = cut(PageSimulator().text(), width)
    last = cut(PARAGRAPHS[-1], width)
    item = item_of(cut_page.replace(last, f"{last}\n\n{LONG}"))

    assert HEADLINE == item["headline"]
    assert [*PARAGRAPHS, LONG] == texts(item)
    assert {"paragraph"} == {block["kind"] for block in item["body"]}


@pytest.mark.parametrize("width", [48, 60, 75])
def test_dateline_of_a_cut_paragraph_is_read(width):
    """The first line of the first paragraph is no subhead."""
    paragraphs = (*(cut(text, width) for text in RU), LONG)
    item = PageSimulator(paragraphs=paragraphs).item()

    assert {"place": "НИЖНИЙ ГОРОД", "date": None} == item["dateline"]
    assert [RU[0].partition(" — ")[2], RU[1], LONG] == texts(item)
    assert "subhead" not in {block["kind"] for block in item["body"]}


def test_paragraphs_without_capital_letters_are_put_together():
    """Persian tells no sentence's start by a letter; the blocks tell by their shape."""
    item = PageSimulator(paragraphs=(*(cut(text, 60) for text in FA), LONG)).item()

    assert [*FA, LONG] == texts(item)


def test_line_cut_by_hand_goes_on_with_the_next():
    """A line that does not end a sentence is joined though the next word had room."""
    by_hand = (
        "The valley council says that it may\nreplace the old bridge before winter,\n"
        "if the upper\nvillages agree to the ferry."
    )
    item = PageSimulator(paragraphs=(by_hand, LONG)).item()

    assert by_hand.replace("\n", " ") == texts(item)[0]


def test_subhead_apart_stays_a_subhead_in_a_cut_page():
    """Empty lines around it make a subhead, and nothing joins it to a paragraph."""
    page = PageSimulator(
        paragraphs=(PARAGRAPHS[0], "What Comes Next", *PARAGRAPHS[1:], LONG)
    )
    item = item_of(cut(page.text(), 60).replace(cut(LONG, 60), LONG))

    kinds = [block["kind"] for block in item["body"]]
    assert ["paragraph", "subhead", "paragraph", "paragraph", "paragraph"] == kinds


def test_paragraphs_on_lines_of_their_own_are_not_joined():
    """Lines that end a sentence are paragraphs where nothing was cut."""
    item = PageSimulator(paragraphs=("\n".join(PARAGRAPHS), LONG)).item()

    assert [*PARAGRAPHS, LONG] == texts(item)


def test_headline_is_not_joined_to_its_standfirst():
    """Two lines above each other are two lines, each with its capital."""
    standfirst = "What the council may do before the ferry line opens"
    page = PageSimulator(headline=(f"{HEADLINE}\n{standfirst}",)).text()

    assert HEADLINE == item_of(page)["headline"]


@pytest.mark.parametrize("name", sorted(p.stem for p in SAMPLES.glob("*.txt")))
@pytest.mark.parametrize("width", [50, 54, 58, 60, 64, 70, 76])
def test_cut_sample_yields_the_same_story(name, width):
    """In every language the story survives a margin and one longer line."""
    whole = (SAMPLES / f"{name}.txt").read_text("utf-8")
    cut_page = cut(whole, width) + f"\n\n{'x' * 130}\n"
    expected, found = item_of(whole), item_of(cut_page)

    for part in ("headline", "body", "dateline", "bio", "credit", "byline"):
        assert expected[part] == found[part]
    assert expected["notices"] == found["notices"]


def test_each_line_of_a_long_table_is_looked_at_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was joined is not spelt out again for each line that follows."""
    rows = "".join(f"15002326{n:05},Mon Jul 17 02:17,0,{n}\n" for n in range(1_500))
    spelt = []

    def spell(text: str) -> str:
        spelt.append(len(text))
        return sound(text)

    monkeypatch.setattr(lines, "sound", spell)
    parse(f"A Table\n\n{rows}".encode(), "table.txt")

    assert 0 < sum(spelt) < 10 * len(rows)
