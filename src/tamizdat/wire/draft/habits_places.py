"""List places before which a colon is enough: "NEW DELHI: The council said ...".

Agencies from Egypt to Malaysia write so. A speaker, a warning and a heading look the
same, so only cities that agencies name count; in the spelling of `plain`.
"""

import re

_ONE_WORD = """
mumbai kolkata chennai bengaluru hyderabad ahmedabad lucknow patna jaipur srinagar jammu
chandigarh guwahati bhopal islamabad karachi lahore peshawar quetta rawalpindi dhaka
chittagong kathmandu colombo kabul kandahar herat putrajaya singapore jakarta manila
bangkok hanoi yangon beijing shanghai tokyo seoul taipei sydney canberra wellington
cairo alexandria khartoum tripoli tunis algiers rabat beirut amman baghdad damascus gaza
jerusalem ramallah riyadh jeddah dubai doha manama muscat sanaa aden tehran istanbul
ankara nairobi lagos abuja accra kampala johannesburg pretoria harare lusaka luanda
london paris berlin moscow kyiv minsk warsaw prague vienna geneva brussels rome madrid
lisbon athens belgrade sofia bucharest budapest stockholm helsinki copenhagen dublin
washington ottawa toronto havana bogota caracas santiago tashkent almaty astana bishkek
dushanbe ashgabat baku tbilisi yerevan chisinau
"""
_TWO_WORDS = {"new delhi", "kuala lumpur", "mexico city", "kuwait city"}
# Cities of several words that look like the name of somebody.
_LIKE_NAMES = {
    *(
        "buenos aires",
        "hong kong",
        "addis ababa",
        "addis abeba",
        "tel aviv",
        "abu dhabi",
    ),
    *("phnom penh", "cape town", "dar es salaam", "rio de janeiro", "belo horizonte"),
    *("porto alegre", "porto velho", "ulan bator", "salt lake city", "kansas city"),
    *("oklahoma city", "panama city", "guatemala city", "ho chi minh city", "hà nội"),
    *("đà nẵng", "banja luka", "baden baden", "frankfurt main", "den haag", "la haye"),
    *(
        "andorra la vella",
        "palma de mallorca",
        "le cap",
        "bela palanka",
        "stara zagora",
    ),
    *(
        "veliko tarnovo",
        "wiener neustadt",
        "bandar abbas",
        "mazar sharif",
        "costa rica",
    ),
    *("baton rouge", "little rock", "long beach", "palm beach", "grand rapids"),
}
# First words of names of places, hardly ever of people.
_FIRSTS = (
    "new nova novi novo nowy nový nové nueva nuova neu bad st saint sainte san santa"
    " santo são sao port porto puerto fort el la las los le ciudad villa ville mount"
    " cape lake north south east west nord süd nizhny veliky velikiy stary staré gornji"
    " donji banská české hradec ústí karlovy zielona jelenia bielsko nizhni нижний"
    " великий верхняя нижняя старый новый нова новий кривий кривой біла белая банска"
    " veliko mali stara great little upper lower grand castelo vila praia reggio monte"
)
_OF_PLACES = frozenset(_FIRSTS.split())


def is_like_place(text: str) -> bool:
    """Tell a place of several words from somebody's name.

    Args:
        text: as `plain` spells it.
    """
    opened = text.split(maxsplit=1)[0] in _OF_PLACES
    return opened or text in CITIES or text in _LIKE_NAMES


CITIES = frozenset(_ONE_WORD.split()) | _TWO_WORDS


# Datelines of scripts that part no words.
WIDE = (
    # Chinese: agency, place, day and the sign for a telegram, then the reporters.
    re.compile(
        "(?P<agency>[\u4e00-\u9fff]{1,4}社)(?P<place>[\u4e00-\u9fff]{2,12}?)"
        "(?P<date>\\d{1,2}月\\d{1,2}日)[电電]\\s*"
        "(?:[\uff08(]记者(?P<person>[^\uff08\uff09()]{2,30})[\uff09)])?(?=[^\\s])\\s*"
    ),
    # The same in brackets, with or without a month.
    re.compile(
        "[\uff08(](?P<agency>[\u4e00-\u9fff]{1,4}社)(?:記者[^\uff08\uff09()]{1,12}?)?"
        "(?P<place>[\u4e00-\u9fff]{2,6}?)(?P<date>(?:\\d{1,2}月)?\\d{1,2}日)[電电][)\uff09]\\s*"
    ),
    # Japanese and Korean: in brackets, and behind them the reporter.
    re.compile(
        "【(?P<place>[^【】\\d]{1,10}?)(?P<agency>共同|時事|ロイター|新華社)】\\s*"
    ),
    re.compile(
        "\\((?P<place>[\uac00-\ud7a3]{1,12})=(?P<agency>연합뉴스|뉴시스)\\)\\s*"
        "(?:(?P<person>[\uac00-\ud7a3]{2,4}) (?:기자|특파원)\\s*=\\s*)?"
    ),
)
