"""Read the days of datelines, with months in the language of the agency.

A day without a year stays as printed, for nobody guesses years.
"""

import re

from tamizdat.wire.parsers.saved_text.dates import read_instant
from tamizdat.wire.parsers.saved_text.words import LANGUAGES

# Languages that no saved page is in; some forms are cut short by their desks.
_MONTHS = """
januar jan jänner februar feb feber märz mar maerz april apr mai juni jun juli jul
august aug september sep sept oktober okt november nov dezember dez desember des
december dec janvier janv février fevrier févr fevr mars avril avr juin juillet juil
août aout octobre oct novembre décembre decembre déc enero ene febrero marzo abril abr
mayo may junio julio agosto ago septiembre octubre noviembre diciembre dic gennaio gen
febbraio aprile maggio mag giugno giu luglio lug settembre set ottobre ott dicembre
janeiro fevereiro fev março maio junho julho setembro outubro out novembro dezembro
januari februari maart mei augustus marts maj augusti tammikuuta helmikuuta maaliskuuta
huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta
joulukuuta stycznia lutego marca kwietnia maja czerwca lipca sierpnia września
października listopada grudnia ledna února března dubna května června července srpna
září října listopadu prosince ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου
ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
"""
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi
vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
понедельник вторник среда четверг пятница суббота воскресенье
"""
_KNOWN = {name for words in LANGUAGES for name in words.months} | set(_MONTHS.split())
_MONTH = "|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))
_WEEKDAY = "|".join(_DAYS.split())
# One group-free expression over the spelling of `plain`.
DAY = (
    rf"(?:(?:(?:{_WEEKDAY})\.?,? )?(?:\d{{1,2}}(?:st|nd|rd|th|er|º)?\.? (?:de )?"
    rf"(?:{_MONTH})\.?"
    rf"|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?)(?:,? (?:de )?\d{{4}})?"
    r"|\d{1,2}\.\d{1,2}\.(?:\d{4})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    rf"|(?:{_WEEKDAY}))"
)


def read_day(printed: str | None) -> str | None:
    """Read a day: ISO 8601 where a year is printed, else the words themselves."""
    if printed is None or not printed.strip(" .,"):
        return None
    return read_instant(printed) or printed.strip(" .,")
