# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Read the days of datelines, with months in the language of the agency.

A day without a year stays as printed, for nobody guesses years.
"""

import re
from datetime import date

from tamizdat.wire.parsers.saved_text.dates import day_of, read_instant
from tamizdat.wire.parsers.saved_text.spelling import plain
from tamizdat.wire.parsers.saved_text.words import LANGUAGES

# Twelve months of each language that no saved page is in, with what desks shorten.
_LANGUAGES = """
januar jänner jan|februar feber feb|märz maerz mrz mär|april apr|mai|juni jun
|juli jul|august aug|september sep sept|oktober okt|november nov|dezember dez
janvier janv|février fevrier févr fevr fév|mars|avril avr|mai|juin|juillet juil
|août aout|septembre|octobre oct|novembre|décembre decembre déc
enero ene|febrero|marzo mar|abril abr|mayo may|junio|julio|agosto ago
|septiembre setiembre|octubre|noviembre|diciembre dic
gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre set
|ottobre ott|novembre|dicembre
janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro|outubro out|novembro
|dezembro
januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november
|december dec
januar|februar|mars marts|april|mai maj|juni|juli|august augusti|september|oktober
|november|desember des
tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta
|syyskuuta|lokakuuta|marraskuuta|joulukuuta
január|február|március|április|május|június|július|augusztus|szeptember|október|november
|december
siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopada|studenoga
|prosinca
januára|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra
januarja|februarja|marca|aprila|maja|junija|julija|avgusta|septembra|oktobra|novembra
|decembra
jaanuar|veebruar|märts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember
januara|februara|marta|aprila|maja|juna|jula|avgusta|septembra|oktobra|novembra|decembra
يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر
كانون_الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين_الأول|تشرين_الثاني|كانون_الأول
јануари|февруари|март|април|мај|јуни|јули|август|септември|октомври|ноември|декември
stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października
|listopada|grudnia
ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince
sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru
янв|фев|мар|апр|май|июн|июл|авг|сен сент|окт|ноя|дек
січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру
ian|feb|mar|apr|mai|iun|iul|aug|sep|oct|nov|dec
janv|febr|marts|apr|maijs|jūn|jūl|aug|sept|okt|nov|dec
sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio
|gruodžio
იანვარი|თებერვალი|მარტი|აპრილი|მაისი|ივნისი|ივლისი|აგვისტო|სექტემბერი|ოქტომბერი
|ნოემბერი|დეკემბერი
հունվարի|փետրվարի|մարտի|ապրիլի|մայիսի|հունիսի|հուլիսի|օգոստոսի|սեպտեմբերի|հոկտեմբերի
|նոյեմբերի|դեկտեմբերի
януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември
јануара|фебруара|марта|априла|маја|јуна|јула|августа|септембра|октобра|новембра|децембра
јануари|февруари|март|април|мај|јуни|јули|август|септември|октомври|ноември|декември
қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан
ýanwar|fewral|mart|aprel|maý|iýun|iýul|awgust|sentýabr|oktýabr|noýabr|dekabr
janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nëntor|dhjetor
ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık
yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr
janvārī|februārī|martā|aprīlī|maijā|jūnijā|jūlijā|augustā|septembrī|oktobrī|novembrī
|decembrī
januari|februari|maret mac|april|mei|juni jun|juli julai|agustus ogos|september|oktober
|november|desember disember
yanvar|fevral|mart|aprel|may|iyun|iyul|avgust|sentabr|oktabr|noyabr|dekabr
tháng_1|tháng_2|tháng_3|tháng_4|tháng_5|tháng_6|tháng_7|tháng_8|tháng_9|tháng_10
|tháng_11|tháng_12
ιανουαρίου|φεβρουαρίου|μαρτίου|απριλίου|μαΐου|ιουνίου|ιουλίου|αυγούστου|σεπτεμβρίου
|οκτωβρίου|νοεμβρίου|δεκεμβρίου
"""
# Monday to Sunday of each language.
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
mandag tirsdag onsdag torsdag fredag lørdag søndag
måndag tisdag onsdag torsdag fredag lördag söndag
poniedziałek wtorek środa czwartek piątek sobota niedziela
понедельник вторник среда четверг пятница суббота воскресенье
понедельника вторника среды четверга пятницы субботы воскресенья
понеділок вівторок середа четвер пʼятниця субота неділя
понеділка вівторка середи четверга пʼятниці суботи неділі
"""


def _weekdays() -> dict[str, int]:
    return {
        plain(name): number
        for language in _DAYS.strip().split("\n")
        for number, name in enumerate(language.split())
    }


# Number of each name, from 0 for Monday.
WEEKDAYS = _weekdays()


def _months() -> dict[str, int]:
    months = {name: n for words in LANGUAGES for name, n in words.months.items()}
    for language in _LANGUAGES.strip().replace("\n|", "|").split("\n"):
        for number, names in enumerate(language.split("|"), start=1):
            spelled = (plain(name.replace("_", " ")) for name in names.split())
            months |= dict.fromkeys(spelled, number)
    return months


MONTHS = _months()
_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
# One group-free expression over the spelling of `plain`.
DAY = (
    rf"(?:(?:(?:{_WEEKDAY})\.?,? )?(?:\d{{1,2}}(?:st|nd|rd|th|er|º)?(?:\.? |\.|-)"
    rf"(?:de )?(?:{_MONTH})\.?"
    rf"|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th| d\.)?)(?:,? (?:de )?\d{{4}})?"
    r"|\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}-\d{1,2}-\d{4}"
    r"|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}\b)?|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    r"|\d{1,2} - \d{1,2}(?= \([\u0600-\u06ff])"
    rf"|(?:{_MONTH}) \d{{1,2}}\., [^\W\d_]{{4,9}}"
    rf"|\d{{4}}\. (?:{_MONTH}) \d{{1,2}}\.?(?:,? [^\W\d_]{{4,9}})?"
    rf"|(?:{_WEEKDAY}))"
)
_OF_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})\D{{0,4}} (?:de )?(?P<month>{_MONTH})"
    r"\.?,? (?:de )?(?P<year>\d{4})\b"
)


_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})\. (?P<month>{_MONTH}) (?P<day>\d{{1,2}})\b"
)


_NUMBERS = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")


def read_day(printed: str | None) -> str | None:
    """Read a day: ISO 8601 where a year is printed, else the words themselves."""
    if printed is None or not printed.strip(" .,"):
        return None
    known = read_instant(printed) or _of_language(printed) or _in_numbers(printed)
    return known or printed.strip(" .,")


def _in_numbers(printed: str) -> str | None:
    """Read a day whose year comes first: behind that months and days have one order."""
    found = _NUMBERS.fullmatch(printed.strip(" .,"))
    day = day_of(*map(int, found.groups())) if found else None
    return day.isoformat() if day else None


def _of_language(printed: str) -> str | None:
    spelled = plain(printed)
    found = _OF_DAY.search(spelled) or _YEAR_FIRST.search(spelled)
    if found is None:
        return None
    try:
        day = date(int(found["year"]), MONTHS[found["month"]], int(found["day"]))
    except ValueError:
        return None
    return day.isoformat()
