"""Each sample yields the item beside it, word for word."""

import json

import pytest
from page_simulator import SAMPLES, item_of

NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_sample_yields_the_recorded_item(name):
    expected = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))

    assert expected == item_of((SAMPLES / f"{name}.txt").read_bytes())


def test_samples_cover_the_languages_that_were_promised():
    languages = [name.split("_")[0] for name in NAMES]

    assert languages.count("ru") >= 2
    assert languages.count("fa") >= 2
    assert {"en", "uk", "kk", "ka"} <= set(languages)


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith("notice")])
def test_notice_of_each_language_names_the_same_acts_and_penalties(name):
    """Acts and penalties are normalised, whatever the language."""
    (notice,) = item_of((SAMPLES / f"{name}.txt").read_bytes())["notices"]
    acts = ["sharing", "liking", "commenting", "saving", "contacting"]

    assert acts == notice["acts"]
    assert ["fines", "imprisonment"] == notice["penalties"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("ru_notice", "cp1251"),
        ("ru_byline", "koi8-r"),
        ("uk_notice", "cp1251"),
    ],
)
def test_old_encodings_yield_the_same_item_but_for_the_receipt(name, encoding):
    text = (SAMPLES / f"{name}.txt").read_text("utf-8")
    old = item_of(text.encode(encoding, errors="replace"))
    new = item_of(text.encode(encoding, errors="replace").decode(encoding))

    assert encoding == old.pop("receipt")["encoding"]
    new.pop("receipt")
    assert new == old
