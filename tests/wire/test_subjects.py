"""Subject Codes become Media Topics where IPTC says so, and nowhere else."""

import pytest

from tamizdat.wire.draft.subject_codes import TOPICS
from tamizdat.wire.draft.subjects import topics


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("subj:04008000", "medtop:20000346"),
        ("SubjectCode:11006000", "medtop:20000593"),
        ("http://cv.iptc.org/newscodes/subjectcode/15054000", "medtop:20001065"),
        ("subj:16000000", "medtop:16000000"),
        ("subj:04008027", "subj:04008027"),  # its topic is retired
        ("subj:20000574", "medtop:20000574"),  # a topic under the old scheme's name
        ("iptc-medtop:20000574", "medtop:20000574"),
        ("iptcSubj:04008000", "medtop:20000346"),
        ("iptcSubj:04008027", "iptcSubj:04008027"),
        ("04008000", "04008000"),  # nobody said of which scheme
        ("agency:04008000", "agency:04008000"),
    ],
)
def test_only_pairs_of_iptc_turn_a_code_into_a_topic(sent, kept):
    assert topics([sent]) == (kept,)


def test_topics_come_first_and_once():
    assert topics(["x:1", "subj:04008000", "medtop:20000346"]) == (
        "medtop:20000346",
        "x:1",
    )


def test_every_pair_leads_from_eight_digits_to_eight():
    for code, topic in TOPICS.items():
        assert len(code) == len(topic) == 8
        assert 1 <= int(code[:2]) <= 17
        assert topic[:4] == "2000" or (int(topic[:2]) <= 17 and topic[2:] == "000000")
