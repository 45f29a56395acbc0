"""List places before which a colon is enough: "NEW DELHI: The council said ...".

Agencies from Egypt to Malaysia write so. A speaker, a warning and a heading look the
same, so only cities that agencies name count; in the spelling of `plain`.
"""

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
CITIES = frozenset(_ONE_WORD.split()) | _TWO_WORDS
