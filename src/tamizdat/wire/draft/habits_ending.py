# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List what agencies of single countries write below their copy, as data.

Each is a whole passage, matched against the spelling of `saved_text.spelling.plain`.
"""

from tamizdat.wire.draft.habits import any_of

SIGN_OFFS_BY_COUNTRY = any_of(
    # Arabic: "end", in slashes or brackets; an hour of Mecca; a number of the day.
    r"[/(\s]{0,4}(?:انته[ىيی]|النهاي[ةه]|يتبع)[/)\s]{0,4}",
    r"\d{1,2}:\d{2} ?(?:ت ?م|جمت|غرينتش|gmt|utc)",
    r"\d{4}",
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
    r"(?:©|\(c\)) ?[^\W\d_].{1,300}",
    r"[<(]?(?:저작권자|무단 ?전재).{2,120}",
    r"(?:tutti i diritti riservati|todos (?:los derechos|os direitos) reservados"
    r"|tous droits réservés|alle rechte vorbehalten|all rights reserved"
    r"|все права защищены|[ув]сі права захищен[оі])\b.{0,120}",
)
# Below a story of a site or in its feed: no words of the story.
PROMOTIONS = any_of(
    r"(?:follow|join|like|find) us (?:on|in) .{2,60}",
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
    r".{0,80}\b(?:ctrl|control) ?\+ ?enter.{0,40}",
    r"(?:нашли ошибку|знайшли помилку|заметили ошибку)\b.{0,120}",
)
