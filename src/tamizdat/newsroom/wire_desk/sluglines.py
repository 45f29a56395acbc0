"""Read a slugline or a headline as what all versions of one story have in common.

Agencies that number each transmission anew tell by words which story it belongs to:
"BC-US--Bridge, 2nd Ld-Writethru,200" and "BC-US--Bridge, KILL" are both `us bridge`.
Pure.

Source: docs/decisions/0073-copy-that-waits-and-copy-that-joins.md.
"""

import re
import unicodedata

LONGEST = 100  # characters of a key
_CYCLES = r"(?:b[tca]\s+)?(?:bc|am|pm)\s*[-\u2013]+"
_COUNT = r",\s*\d{1,5}\s*$"  # words, behind a slugline
_NUMBER = r"(?:(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth)[\s-]+)?"
_SORTS = "advisory|bulletin"
_TO = r"(?:\s+(?:to|of|for|on)\b)?"
_MARKS = (
    rf"{_NUMBER}(?:ld|lead|add|sub|insert)?s?[\s-]*write[\s-]?thr(?:u|ough)s?",
    rf"{_NUMBER}(?:ld|lead|add|sub|insert|take)s?(?:\s*\d+)?",
    rf"(?:official\s+)?correct(?:ion|ed|ive|s)?(?:\s+\d)?{_TO}",
    rf"(?:(?:mandatory|{_SORTS})\s+)*kill(?:ed|s)?(?:\s+(?:notice|{_SORTS}))?{_TO}",
    r"withdraw(?:n|al|s)?",
    r"update(?:d|s)?(?:\s*\d+)?",
    r"(?:refile|repeat|resend|urgent|flash|bulletin|advisory|newsalert|news alert)",
    r"(?:korrektur|berichtigung|zusammenfassung|neufassung|rectificatif|annulation)",
    r"(?:исправлен\w*|поправка|обновлен\w*|отмена|аннулир\w*|уточнен\w*)",
    r"(?:اصلاحیه|تصحیح|تکمیلی|حذف خبر|ابطال خبر)",
)
_MARK = "|".join(_MARKS)
_WHOLE = re.compile(rf"(?<!\w)(?:{_MARK})(?!\w)")
_FRONT = re.compile(rf"^(?:(?:{_MARK})(?!\w)[\s:/\u2013\u2014-]*)+")
_BEHIND = re.compile(rf"\s*[:/(\u2013\u2014-]+\s*(?:{_MARK})\)?$")


def key_of(slugline: str | None, headline: str | None) -> str:
    """Give what all versions share; "" where neither says anything.

    A slugline may have its marks anywhere, a headline in front or behind alone: "Judge
    may withdraw" is a story.
    """
    if slugline:
        text = re.sub(_COUNT, "", _spelled(slugline))
        text = re.sub(rf"^{_CYCLES}", "", re.sub(r"\([^()]*\)", " ", text))
        found = _words(_WHOLE.sub(" ", text))
        if found:
            return found
    text = _spelled(headline or "")
    return _words(_BEHIND.sub("", _FRONT.sub("", text, count=1)))


def is_marked(slugline: str | None) -> bool:
    """Say whether a slugline calls its copy a later version of something."""
    return bool(_WHOLE.search(_spelled(slugline or "")))


def _spelled(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))[:LONGEST]
