"""Keep the codes of subjects, as IPTC Media Topics where IPTC says which they are.

Source: `subject_codes`. A code that has no pair there stays as it was sent, with its
scheme: nobody guesses a subject.
"""

import re

from tamizdat.wire.draft.subject_codes import TOPICS

_TOPIC = re.compile(
    r"(?:(?:https?://)?cv\.iptc\.org/newscodes/mediatopic/"
    r"|(?:medtop|mediatopics?|iptc-?medtop|iptc-?mediatopics?):)(?:medtop:)?(\d{8})",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"(?:(?:https?://)?cv\.iptc\.org/newscodes/subjectcode/"
    r"|(?:subj|iptc|iptc-?subject-?codes?|subject-?codes?):)(?:subj:)?(\d{8})",
    re.IGNORECASE,
)
# Names that agencies give the scheme of IPTC: "iptcSubj:", "iptccode:".
_LIKE = re.compile(r"[\w.-]*(?:iptc|subj)[\w.-]*:(\d{8})", re.IGNORECASE)
_TOPIC_NUMBER = re.compile(r"2000\d{4}")  # no Subject Code begins so


def topics(codes: list[str]) -> tuple[str, ...]:
    """Give Media Topics first, then all other codes, each once and in order."""
    spelled = list(
        dict.fromkeys(spelled for code in codes if (spelled := _spelled(code)))
    )
    return tuple(sorted(spelled, key=lambda code: not code.startswith("medtop:")))


def _spelled(code: str) -> str:
    code = code.strip()
    topic, old = _TOPIC.fullmatch(code), _OLD.fullmatch(code)
    if topic is not None:
        return f"medtop:{topic[1]}"
    if old is None:
        like = _LIKE.fullmatch(code)
        known = TOPICS.get(like[1]) if like else None
        return f"medtop:{known}" if known else code
    number = old[1]
    if _TOPIC_NUMBER.fullmatch(number):
        return f"medtop:{number}"
    return f"medtop:{TOPICS[number]}" if number in TOPICS else f"subj:{number}"
