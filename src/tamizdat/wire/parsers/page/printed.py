# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Read the dates that a page prints above its text, in the languages of the wires.

`saved_text.dates` knows the languages of our services; the months of others stand in
`draft.calendar`, for datelines. A date without a year is none.
"""

import re

from tamizdat.wire.draft.calendar import DAY, read_day
from tamizdat.wire.parsers.saved_text.dates import is_dates_only, read_instant
from tamizdat.wire.parsers.saved_text.spelling import plain

_DAY = re.compile(DAY)
_WIDE_DAY = re.compile(
    "(?P<year>\\d{4}) ?[\u5e74\ub144] ?(?P<month>\\d{1,2}) ?[\u6708\uc6d4] ?"
    "(?P<day>\\d{1,2}) ?[\u65e5\uc77c]"
)
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2})(?: ?h ?|[:.])(?P<minute>\d{2})(?!\d)"
)
# What stands round a date: that it was published, and small words.
_LABELS = re.compile(
    r"\b(?:publi[ée]e?|mis en ligne|mise? à jour|cr[ée]{1,2}|publicad[oa]|actualizado"
    r"|pubblicato|aggiornato|ver[öo]ffentlicht|erstellt|aktualisiert|stand|publicat"
    r"|actualizat|opublikowano|dodano|zveřejněno|publikov[aá]no|publisert|oppdatert"
    r"|publicerad|uppdaterad|offentliggjort|opdateret|julkaistu|päivitetty|gepubliceerd"
    r"|bijgewerkt|közzétéve|objavljeno|објављено|публикувано|опубликован[оа]?"
    r"|опубліковано|апублікавана|обновлено|оновлено|published|updated|posted"
    r"|güncelleme|yayınlanma|eklenme|giriş|tarihi"
    r"|le|la|à|a|el|las|los|del?|il|alle|ore|am|um|uhr|em|às|as|em|at|on|kl|klo|o|om"
    r"|dnia|godz|g|в|о|у|г|року|года|hs?|ora|data|op|den|на|от|saat)\b"
)
_MOST_WORDS = 14


def read_printed(text: str) -> str | None:
    """Read a date with its year, and the time beside it; None where there is none.

    A time without a zone has none in what is returned: "2026-11-20T11:20".
    """
    known = read_instant(text)
    if known is not None:
        return known
    spelled = plain(text)
    wide = _WIDE_DAY.search(text)
    for found in [wide] if wide else _DAY.finditer(spelled):
        day = _of(wide) if wide else read_day(found[0])
        if day is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
            continue
        rest = (text if wide else spelled)[found.end() :]
        time = _CLOCK.search(rest)
        if time is None or int(time["hour"]) > 23 or int(time["minute"]) > 59:  # noqa: PLR2004
            return day
        return f"{day}T{int(time['hour']):02}:{time['minute']}"
    return None


def is_printed_date(text: str) -> bool:
    """Tell a line that says when a page was published, and nothing else."""
    if is_dates_only(text) and read_instant(text) is not None:
        return True
    if len(text.split()) > _MOST_WORDS or read_printed(text) is None:
        return False
    rest = _WIDE_DAY.sub("", _DAY.sub("", plain(text)))
    rest = _LABELS.sub("", _CLOCK.sub("", rest))
    return not any(map(str.isalpha, rest))


def _of(found: re.Match[str]) -> str | None:
    month, day = int(found["month"]), int(found["day"])
    exists = 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004
    return f"{found['year']}-{month:02}-{day:02}" if exists else None
