# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Take out of a letter what is no copy: quotes, heads of others, partings, fine print.

Programs of mail write these lines in the language of whoever uses them. What somebody
says above a letter that is passed on is for the desk, and so is what stands below a
parting.
"""

import re
from itertools import pairwise

from tamizdat.wire.receipt import ReceiptWriter

_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_LINES = re.MULTILINE | re.IGNORECASE
# "On Thu, 19 Nov 2026, A B wrote:" above quoted lines, or where those stood.
_WROTE = re.compile(
    r"^[^\n]{0,120}\b(?:wrote|(?:schrieb|schreef|skrev)[^\n:]{0,60}|a [eé]crit"
    r"|escribi[oó]|escreveu|ha scritto|kirjoitti|napisał\(?a?\)?|napsal\(?a?\)?|írta"
    r"|a scris|пиш[еу]т?|написал(?:\(?а\)?)?|написав(?:\(?ла\)?)?|напісаў|نوشت|كتب)"
    r"[ \t]?:[ \t]*$(?=\n{0,3}[ \t]*(?:>|\Z))",
    _LINES,
)
_PASSED_ON = re.compile(
    r"^(?:-{2,} ?)?(?:begin )?(?:forwarded message|original message"
    r"|ursprüngliche nachricht|weitergeleitete nachricht"
    r"|message (?:transf[eé]r[eé]|d'origine)|mensaje (?:reenviado|original)"
    r"|mensagem (?:encaminhada|original)|messaggio (?:inoltrato|originale)"
    r"|doorgestuurd bericht|oorspronkelijk bericht"
    r"|vidarebefordrat (?:meddelande|brev)|videresendt (?:melding|meddelelse)"
    r"|wiadomość (?:przekazana|oryginalna)|(?:пересылаемое|исходное) сообщение"
    r"|(?:переслане|початкове) повідомлення|препратено съобщение"
    r"|перасланае паведамленне|پیام (?:ارسالی|اصلی))(?: ?-{2,}|[ \t]?:)[ \t]*$",
    _LINES,
)
_HEADS = re.compile(
    r"[ \t\n]*(?:[^\W\d_][\w .-]{1,24}:[^\n]*\n(?:[ \t]+[^\n]*\n){0,20}){2,9}"
)
_COVER_WORDS = 60  # of what somebody says to the desk above it
_PARTING = re.compile(
    r"(?:^|(?<=[.!?] ))(?:(?:best|kind|warm) regards|regards|sincerely"
    r"|yours (?:sincerely|truly)"
    r"|cheers|mit freundlichen gr[üu][ßs]+en|(?:beste|viele|liebe) gr[üu][ßs]+e|mfg"
    r"|(?:bien )?cordialement|saludos?(?: cordiales)?|un cordial saludo|atentamente"
    r"|cumprimentos|atenciosamente|cordiali saluti|distinti saluti"
    r"|met vriendelijke groet(?:en)?|med v[äe]nlig(?:e)? h[äi]lsning(?:ar)?"
    r"|vennlig hilsen|mvh|terveisin|z poważaniem|s pozdravem|üdvözlettel|cu stimă"
    r"|с уважением|з повагою|з павагай|с уважение|с поздрави|pagarbiai|ar cieņu"
    r"|lugupidamisega|saygılar(?:ımla)?|با احترام|با سپاس|مع (?:أطيب )?التحي(?:ات|ة))"
    # In one line with a name and a telephone, too.
    r"[,.!]?(?:[ \t]+[^\n]{0,50}?\+?\d[\d ().-]{6,20}\d)?[ \t]*$",
    _LINES,
)
# What a telephone writes below a letter.
_SENT_FROM = re.compile(
    r"^[ \t]*(?:sent from my|get outlook for|sent with (?:proton|spark)"
    r"|von meinem .{2,40} gesendet|gesendet von|envoy[ée] de(?:puis)? mon"
    r"|enviado desde mi|enviado do meu|inviato da|verzonden vanaf mijn"
    r"|skickat från min|wysłane z|отправлено (?:с|из)"
    r"|надіслано з|trimis (?:de pe|din)|odesláno z)\b[^\n]{0,60}$",
    _LINES,
)
_PARTING_LINES, _PARTING_LETTERS = 8, 70  # of who signs, with telephone and house
_FINE_PRINT = re.compile(
    r"\W*(?:(?:this|the information (?:contained )?in this) (?:e-?mail|message)"
    r"|diese e-?mail|ce (?:message|courriel)|este (?:mensaje|correo|e-?mail)"
    r"|quest[ao] (?:e-?mail|messaggio)|dit (?:bericht|e-?mail)"
    r"|(?:это|настоящее|данное) (?:сообщение|письмо)"
    r"|(?:це|цей) (?:повідомлення|лист))\b",
    re.IGNORECASE,
)
_CONFIDENTIAL = re.compile(
    r"confiden|vertraulich|vertrouwelijk|riservat|конфиденциальн|конфіденційн"
    r"|intended (?:solely|only)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n[ \t]*\n")


def own_words(text: str, receipt: ReceiptWriter) -> str:
    """Keep the words of a letter itself; line numbers of what is left may move.

    Args:
        text: of a letter, with its line ends.
        receipt: is told, without words, of what goes.
    """
    text = _passed_on(text, receipt)
    signature = _SIGNATURE.search(text)
    for place, why in (
        (signature.start() if signature else None, "signature of the letter"),
        (_fine_print(text), "fine print of the letter"),
        (_parting(text), "signature of the letter"),
    ):
        if place is not None and place < len(text):
            receipt.drop(_line(text, place), None, why)
            text = text[:place]
    text = _SENT_FROM.sub("", text)
    for form in (_WROTE, _QUOTED):
        line, at = 1, 0
        for found in form.finditer(text):
            line += text.count("\n", at, found.start())
            at = found.start()
            receipt.drop(line, None, "quoted letter")
        text = form.sub("", text)
    return text


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _passed_on(text: str, receipt: ReceiptWriter) -> str:
    """Take off the heads of a letter that is passed on, and a few words above them."""
    found = _PASSED_ON.search(text)
    heads = _HEADS.match(text, found.end()) if found else None
    if found is None or heads is None:
        return text
    receipt.drop(_line(text, found.start()), None, "heads of a letter passed on")
    above = text[: found.start()]
    if len(above.split()) > _COVER_WORDS:
        return f"{above}\n{text[heads.end() :]}"
    if above.strip():
        receipt.drop(1, None, "what was said above a letter passed on")
    return "\n" * text.count("\n", 0, heads.end()) + text[heads.end() :]


def _fine_print(text: str) -> int | None:
    """Find the paragraph that says for whom a letter is meant."""
    starts = [0, *(found.end() for found in _BLANK.finditer(text))]
    for start, end in pairwise([*starts, len(text)]):
        opens = start and _FINE_PRINT.match(text, start)
        if opens and _CONFIDENTIAL.search(text, start, end):
            return start
    return None


def is_fine_print(text: str) -> bool:
    """Tell a paragraph that says for whom a letter is meant."""
    return bool(_FINE_PRINT.match(text) and _CONFIDENTIAL.search(text))


def _parting(text: str) -> int | None:
    """Find a parting with a few short lines below it, and nothing else."""
    last = max(0, len(text) - _PARTING_LINES * (_PARTING_LETTERS + 20))
    for found in _PARTING.finditer(text, last):
        below = [row.strip() for row in text[found.end() :].split("\n") if row.strip()]
        short = all(len(row) <= _PARTING_LETTERS for row in below)
        if found.start() and len(below) <= _PARTING_LINES and short:
            return found.start()
    return None
