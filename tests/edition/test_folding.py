"""Words are found however they are typed; a browser folds them the same."""

import json
from pathlib import Path

import pytest

from tamizdat.edition.folding import fold, indexed

ROWS = json.loads(
    (Path(__file__).parents[1] / "reader" / "folded.json").read_text("utf-8")
)


@pytest.mark.parametrize(("language", "text", "folded"), ROWS)
def test_word_is_folded_as_in_the_browser(
    language: str, text: str, folded: str
) -> None:
    """The table is read by Node as well (tests/reader/folding.test.mjs)."""
    assert folded == fold(text, language)
    assert folded == fold(folded, language)


def test_word_of_two_halves_is_indexed_whole_and_in_halves() -> None:
    """A reader types it with the joiner, without, or one half alone."""
    joined = "کتاب-های تازه".replace("-", "\u200c")

    assert "کتابهای کتاب های تازه" == indexed(joined, "fa")
