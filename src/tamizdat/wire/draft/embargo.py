"""Read an embargo that a sender states in words: that there is one, and till when.

A time is read only where it is one instant: a clock with a zone, and a day that the
words and the time of sending leave no choice about. Everything else is a hold.
Expressions are matched against the spelling of `saved_text.spelling.plain`.
"""

import re
from datetime import UTC, date, datetime, timedelta

from tamizdat.wire.draft.calendar import MONTHS, WEEKDAYS, read_day
from tamizdat.wire.parsers.saved_text import dates
from tamizdat.wire.parsers.saved_text.spelling import plain

_WORD = r"(?:embargo(?:ed|lu)?|embargad[oa]|embargó|эмбарго|ембарго|ambargo(?:lu)?)"
_UNTIL = r"(?:until|till?|tills|tot|hasta|jusqu\w*|fino|bis|до|pana|până|até|από|as of)"
# The same where they mean other things, too: a number follows at once.
_TO = r"(?:to|do|da|да|ate|kl\.?|klo|for|alle)"
_DAY = "|".join(map(re.escape, [*WEEKDAYS, *MONTHS]))
_WHEN = rf"[^.]{{0,30}}?(?:\d|\b(?:{_DAY}|noon|midnight|further|release|publication)\b)"
_NOT_BEFORE = (
    (
        r"not (?:for|to be) (?:publication|publish\w*|release\w*|broadcast\w*|used?)"
        r"(?: or \w+)? (?:before|until|till|prior)"
    ),
    (
        r"(?:hold )?for (?:release|publication) (?:at|on|after|until|from|not before)"
        r"[^.]{0,30}\d"
    ),
    r"hold for release(?!,)",
    r"nicht (?:zur veröffentlichung|veröffentlichen|senden) (?:vor|bis)",
    r"gesperrt bis|frei (?:ab|zur veröffentlichung (?:ab|am))[^.]{0,30}?\d[.:]\d\d",
    r"ne pas (?:publier|diffuser) avant",
    r"no (?:publicar|difundir) (?:antes|hasta)",
    r"non (?:pubblicare|diffondere) prima",
    r"n[aã]o (?:publicar|divulgar) antes",
    r"niet (?:publiceren|voor publicatie) voor",
    r"(?:ikke|inte|ej) (?:til |for |för )?(?:offentliggj|publi)\w+ (?:før|for|före)\b",
    r"(?:klausuleret|spärrtid|sperret til|frigives|julkaisuvapaa)[^.]{0,20}\d",
    r"nie publikowa[cć] przed",
    (
        r"не (?:публиковать|для публикации|использовать|публікувати|для публікації)"
        r" (?:до|ранее|раньше|раніше)\b"
    ),
    r"محظور (?:نشره|النشر|النشر) (?:حتی|قبل)",
    r"(?:تحریم|محدودیت) انتشار",
)
_OPENS = re.compile(
    rf"(?:strictly |strikt |under |sous |sotto |onder |unter )?{_WORD}\b"
    r"(?: (?:copy|story|material|article|report|text))?"
    rf"(?:\s*(?:$|[:=!*)\]-])|\s+\(?(?:{_UNTIL}\b{_WHEN}|{_TO} .{{0,8}}?\d|\d))"
    rf"|{_WORD} for (?:release|publication)\b"
    r"|(?:strictly |under |sous |sotto |onder )embargo\b.{0,40}$"
    r"|embargoed until\b|sperr(?:frist|vermerk)\b"
    rf"|{'|'.join(f'(?:{one})' for one in _NOT_BEFORE)}"
)
# Before any order of a desk.
_CALLS = re.compile(
    r"(?:achtung|wichtig|hinweis|attention|important|please note|note|eds|editors|obs"
    r"|nb|atenci[oó]n|attenzione|huom|внимание|увага)\s*[:!,.-]+\s*"
)
_EDGES = "()[]{} \t-*=+#!/\u2013\u2014"
# Before a headline: up to the mark that ends it.
_PREFIX = re.compile(
    r"(?P<words>[^:]{5,60}?(?:\d[:.]\d\d[^:]{0,40}?)?)(?:\s*:\s+|\s+-+\s+)"
)
# The same with a day and a clock, which may hold such a mark.
_TIMED_PREFIX = re.compile(
    r"(?P<words>\w[^\u2013\u2014]{4,80}?\d[:.h]\d\d[^:\u2013\u2014-]{0,30}?)\s+[-\u2013\u2014]+\s+"
)
_TRAILING = re.compile(r"\s*[(\[](?P<words>[^()\[\]]{5,80})[)\]]\s*$")
_MENTIONED = re.compile(r"\b(?:embargoed|embargad[oa]|ambargolu)\b|sperrfrist")
_PARTS = re.compile(r"[.;()\n]\s*|\s[-\u2013\u2014]+\s|:\s+|,\s+")
_ORDER_WORDS = 6  # of an order that names no time
_CLOCK_OR_DAY = re.compile(rf"\d|(?<!\w)(?:{_DAY}|noon|midnight)(?!\w)")
_LONGEST = 60  # words; a longer passage is a story about an embargo

_WORD_ALONE = re.compile(r"\W*embargo\W*", re.IGNORECASE)

# German for CET and CEST, besides those that pages print.
ZONES = dates.ZONES | {"mez": 60, "mesz": 120}
_ZONE = "|".join(sorted(ZONES, key=len, reverse=True))
_CLOCK = re.compile(
    r"(?<![\d.:/-])(?:(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})|(?P<four>[0-2]\d[0-5]\d)"
    r"|(?P<only>\d{1,2})(?= ?[ap]\.?m\b))(?!\d)"
    r"\s?(?P<half>[ap]\.?m\b\.?)?(?: ?(?:hours|hrs|uhr|h)\b)?[ ,]*\(?"
    rf"(?:(?P<zone>{_ZONE})\b(?: ?(?P<sign>[+-]) ?(?P<off>\d{{1,2}})\b)?"
    r"|(?P<moscow>по москве|московского времени|moscow time))"
)
_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_NO_YEAR = re.compile(
    rf"\b(?P<month>{_NAMES})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]?\d)"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.? (?P<month2>{_NAMES})\b"
)
_YEAR = re.compile(r"\b20\d{2}\b")
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})(?!\w)"
)
SOON = timedelta(days=60)  # an embargo that ends later names its year
_NOON = 12


def states_embargo(text: str) -> bool:
    """Tell a passage that opens by saying that it may not be used yet."""
    if len(text.split()) > _LONGEST:
        return False
    bare = text.lstrip(_EDGES)
    called = _CALLS.match(plain(bare))
    bare = bare[called.end() :].lstrip(_EDGES) if called else bare
    spelled = plain(bare)
    return bool(_OPENS.match(spelled)) and _is_order(bare, spelled)


def _is_order(text: str, spelled: str) -> bool:
    """Tell what a desk orders from a sentence: it shouts, is short or names a time."""
    first = text.split(maxsplit=1)[0].rstrip(":") if text else ""
    loud = first == first.upper() != first.lower()
    timed = _CLOCK_OR_DAY.search(spelled) is not None
    return loud or timed or len(text.split()) <= _ORDER_WORDS


def mentions_embargo(note: str) -> bool:
    """Tell a note to editors that speaks of an embargo, wherever it does."""
    parts = _PARTS.split(note)
    return bool(_MENTIONED.search(plain(note))) or any(map(states_embargo, parts))


def without_embargo(headline: str) -> tuple[str, str | None]:
    """Part a headline from the embargo that stands before or behind it.

    Returns:
        The headline, and the words of the embargo; None where it has none.
    """
    timed = _TIMED_PREFIX.match(headline)
    before = _PREFIX.match(headline)
    before = timed if timed and states_embargo(timed["words"]) else before
    if before is not None and _is_loud(before["words"]):
        rest = headline[before.end() :].strip()
        return (rest, before["words"].strip()) if rest else (headline, None)
    behind = _TRAILING.search(headline)
    if behind is not None and states_embargo(behind["words"]):
        rest = headline[: behind.start()].strip()
        return (rest, behind["words"].strip()) if rest else (headline, None)
    return headline, None


def _is_loud(words: str) -> bool:
    """Tell an embargo before a headline from a headline about one: "Embargo: how"."""
    plainly = words.strip(_EDGES).isalpha() and words != words.upper()
    return states_embargo(words) and not (plainly and _WORD_ALONE.fullmatch(words))


def lifted_at(text: str, sent: str | None) -> str | None:
    """Read when an embargo ends, where the words leave no choice.

    Args:
        text: the words of the embargo.
        sent: when the copy was sent, UTC ("2024-01-02T03:04:05Z"), None where
            nobody knows; without it only a full date counts.

    Returns:
        ISO 8601 in UTC, None where the instant is not certain.
    """
    spelled = plain(text)
    after = datetime.fromisoformat(sent) if sent and sent.endswith("Z") else None
    found = {
        instant
        for clock in _CLOCK.finditer(spelled)
        if (instant := _instant(clock, spelled, after)) is not None
    }
    if len(found) != 1:
        return None
    return found.pop().isoformat().replace("+00:00", "Z")


def _instant(
    clock: re.Match[str], spelled: str, after: datetime | None
) -> datetime | None:
    hour, minute = _time(clock)
    offset = _offset(clock)
    try:
        day = _day(spelled, hour, minute, offset, after)
        if day is None:
            return None
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return midnight.replace(hour=hour, minute=minute) - offset
    except (ValueError, OverflowError):
        return None


def _time(clock: re.Match[str]) -> tuple[int, int]:
    if clock["four"]:
        return int(clock["four"][:2]), int(clock["four"][2:])
    hour, minute = int(clock["hour"] or clock["only"]), int(clock["minute"] or 0)
    if clock["half"]:
        hour = hour % _NOON + (_NOON if clock["half"].startswith("p") else 0)
    return hour, minute


def _offset(clock: re.Match[str]) -> timedelta:
    if clock["moscow"]:
        return timedelta(minutes=ZONES["msk"])
    hours = int(f"{clock['sign']}{clock['off']}") if clock["sign"] else 0
    return timedelta(minutes=ZONES[clock["zone"]], hours=hours)


def _day(
    spelled: str, hour: int, minute: int, offset: timedelta, after: datetime | None
) -> date | None:
    """Find the one day that the words can mean."""
    if _YEAR.search(_CLOCK.sub(" ", spelled)):
        # Without the clock: with one, a day is told by UTC.
        full = read_day(_CLOCK.sub(" ", spelled))
        day = date.fromisoformat(full[:10]) if full and full[:2].isdigit() else None
    elif after is None:
        return None
    else:
        day = _without_year(spelled, after, offset) or _of_weekday(
            spelled, hour, minute, offset, after
        )
    named = {WEEKDAYS[found] for found in _WEEKDAY.findall(spelled)}
    return day if day is None or named <= {day.weekday()} else None


def _without_year(spelled: str, after: datetime, offset: timedelta) -> date | None:
    found = _NO_YEAR.search(spelled)
    if found is None:
        return None
    month = MONTHS[found["month"] or found["month2"]]
    number = int(found["day"] or found["day2"])
    sent = (after + offset).date()
    days = (date(year, month, number) for year in (sent.year, sent.year + 1))
    return next((day for day in days if sent <= day <= sent + SOON), None)


def _of_weekday(
    spelled: str, hour: int, minute: int, offset: timedelta, after: datetime
) -> date | None:
    """Find the next day of a name; one that would be gone today is not certain."""
    named = {WEEKDAYS[found] for found in _WEEKDAY.findall(spelled)}
    if len(named) != 1 or _NO_YEAR.search(spelled):
        return None
    sent = after + offset
    day = sent.date() + timedelta(days=(named.pop() - sent.weekday()) % 7)
    gone = day == sent.date() and (hour, minute) <= (sent.hour, sent.minute)
    return None if gone else day
