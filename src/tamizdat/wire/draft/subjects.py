"""Keep the codes of subjects, as IPTC Media Topics where the facts allow it.

The seventeen first subjects of the old Subject Codes are the seventeen first
Media Topics, number by number (IPTC NewsCodes). Codes below them were parted
and joined anew, so they stay what they are.
"""

import re

_OLD = re.compile(
    r"(?:subj|iptc|iptc-subject-code|iptcsubjectcode|subjectcode):(\d{8})$",
    re.IGNORECASE,
)
_TOPICS = re.compile(
    r"(?:https?://)?cv\.iptc\.org/newscodes/mediatopic/(\d{8})", re.IGNORECASE
)
_CODES = re.compile(
    r"(?:https?://)?cv\.iptc\.org/newscodes/subjectcode/(\d{8})", re.IGNORECASE
)
_FIRST = {f"{number:02}000000" for number in range(1, 18)}


def topics(codes: list[str]) -> tuple[str, ...]:
    """Give Media Topics first, then all other codes, each once and in order."""
    spelled = list(
        dict.fromkeys(spelled for code in codes if (spelled := _spelled(code)))
    )
    return tuple(sorted(spelled, key=lambda code: not code.startswith("medtop:")))


def _spelled(code: str) -> str:
    code = _TOPICS.sub(r"medtop:\1", code.strip())
    code = _CODES.sub(r"subj:\1", code)
    old = _OLD.fullmatch(code)
    if old is None:
        return code
    return f"medtop:{old[1]}" if old[1] in _FIRST else f"subj:{old[1]}"
