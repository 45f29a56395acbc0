# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List what agencies of single countries write below their copy, as data.

Each is a whole passage, matched against the spelling of `saved_text.spelling.plain`.
"""

from tamizdat.wire.draft.habits import any_of

SIGN_OFFS_BY_COUNTRY = any_of(
    # Arabic: "end", in slashes or brackets; an hour of Mecca; a number of the day.
    r"[/(\s]{0,4}(?:انته[ىيی]|النها[يی][ةه]|[يی]تبع)[/)\s]{0,4}",
    r"\d{1,2}:\d{2} ?(?:ت ?م|جمت|غرينتش|gmt|utc)",
    r"\d{4}|\d{3,5}\*{1,2}\d{3,5}(?:\*{1,2}\d{3,5})?",
    r"(?:[\u0621-\u06cc]{1,2} ?){1,3}/ ?(?:[\u0621-\u06cc]{1,2} ?){1,3}",
    # When it was sent, alone.
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?::\d{2})?",
    # Italian: "(Abc/Adnkronos)", "ISSN 2465-1222"; German: "Internet: http://...".
    r"\([a-z]{2,4}/(?:adnkronos|agi|ansa|italpress|dire|askanews|labitalia)\)",
    r"issn [\d -]{8,12}|(?:internet|web|www|link) ?: ?https?://\S+",
    r"[a-z]{2,4}-[a-z]{2,4}/[a-z0-9]{2,4}|q[bk]x[a-z]",
    r"/[a-z]{2,3}(?: [a-z]{2,3}){1,3}",
    # Portuguese: initials, and who looked it over: "ABC (XYZ) // MAD".
    r"[a-z]{2,6} ?(?:\([a-z/]{2,12}\))? ?// ?[a-z]{2,6}\.?",
    # Ukrainian, Russian: "=IL=".
    r"=\s?[^\W\d_]{1,4}(?:[/-][^\W\d_]{1,4})?\s?=",
    # Turkish: "(AYD-KLM) 20.11.2026 13:00 NNNN".
    r"(?:\([a-z]{2,4}(?:[-/][a-z]{2,4}){0,3}\)\s*)?"
    r"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}[:.]\d{2}(?: nnnn)?",
    # Canadian: where and when it was first sent, and who trades where.
    r"this (?:report|story|article) (?:by|from) .{2,60} was first published.{0,60}",
    r"companies (?:in|mentioned in) this (?:story|report|article): .{2,200}",
    # Chinese, Japanese, Korean: who edited, "end".
    r"[(\uff08]?(?:责任编辑|责编|编辑|責任編輯)[:\uff1a].{1,24}?[)\uff09]?",
    r"[(<\uff08]?(?:끝|完|了)[)>\uff09]?",
)
# Whose the rights are, in words that name no year.
RIGHTS_BY_COUNTRY = any_of(
    r"© ?[^\W\d_].{1,300}",
    r"[<(]?(?:저작권자|무단 ?전재).{2,120}",
    r"(?:tutti i diritti riservati|todos (?:los derechos|os direitos) reservados"
    r"|tous droits réservés|alle rechte vorbehalten|all rights reserved"
    r"|все права защищены|[ув]сі права захищен[оі])\b.{0,120}",
)
_NETWORK = (
    r"(?:facebook|telegram|whatsapp|instagram|twitter|viber|youtube|tiktok|tviter"
    r"|фейсбук|т[еэ]леграм|в[ао]тсап|инстаграм|вайбер|ют[уь]б|تلگرام|ت[یي]لیغرام)"
)
_COME = (
    r"(?:follow|subscribe|join (?:us|our)|stay up|kövess|kövesse|pratite|urmăriți"
    r"|abonnez|folgen sie|s[ií]guenos|seguici|siga-nos|sledujte|śledź|obserwuj|följ"
    r"|følg|seuraa|следвайте|читайте нас|подпи(?:шитесь|сывайтесь)"
    r"|підпи(?:шіться|суйтесь|суйтеся)|падпі(?:шыцеся|свайцеся))"
)
# Below a story of a site or in its feed: no words of the story.
PROMOTIONS = any_of(
    r"(?:follow|join|like|find) us (?:on|in) .{2,60}",
    r"share this\b(?: (?:post|story|article))?:?.{0,60}",
    rf"(?:share (?:on|via)|поделиться|поділитися|teilen|partager|compartir)\b"
    rf".{{0,20}}{_NETWORK}.{{0,40}}",
    r"subscribe (?:to|now|for) .{2,80}",
    r"(?:folgen sie|abonnieren sie) (?:uns|unser\w*) .{2,60}",
    r"(?:suivez|abonnez|retrouvez)[- ](?:nous|vous) .{2,80}",
    r"(?:s[ií]guenos|siga-nos|seguici) .{2,60}",
    r"(?:подпи(?:шитесь|сывайтесь)|присоединяйтесь) .{2,80}",
    r"(?:підпи(?:шіться|суйтеся|суйтесь)|приєднуйтеся|приєднуйтесь) .{2,80}",
    r"(?:падпі(?:шыцеся|свайцеся)) .{2,80}",
    r"(?:pratite|prati) nas .{2,60}|пратите нас .{2,60}|следвайте ни .{2,60}",
    r"(?:śledź|obserwuj) nas .{2,60}|sledujte nás .{2,60}|urmăriți-ne .{2,60}",
    r"(?:bizi|haberlerimizi) .{0,30}takip edin.{0,30}",
    # It asks to come to a network. What somebody wrote in a channel is news.
    rf"(?:[^\W\d_]+,? )?{_COME}\b.{{0,100}}\b{_NETWORK}.{{0,40}}",
    rf".{{0,80}}\b{_NETWORK}.{{0,60}}"
    r"(?:takip edin|بپ[یي]وند[یي]د|دنبال کن[یي]د).{0,20}",
    r".{0,80}\b(?:ctrl|control) ?\+ ?enter.{0,40}",
    r"(?:нашли ошибку|знайшли помилку|заметили ошибку)\b.{0,120}",
)
