"""Tell languages by which letters meet, where their common words are too few.

The counts are those that tell encodings (`letters.json`). A language is named only
where it is many nats cheaper than the next one; Croatian, Serbian and Bosnian, which
meet alike, only by words of their own. Source:
docs/decisions/0085-letters-tell-neighbours.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tamizdat.wire.letters import alphabet_of, costs_by_language

# Languages with counts. English is counted in names alone and told by words only.
_COUNTED = {
    "latin": "pl cs sk hu ro hr sl sq tk tr az lt lv et en de fr es it pt nl sv da nb"
    " fi is vi id ms uz ca gl eu af",
    "cyrillic": "ru uk be bg mk sr kk ky tt tg",
}
_ROWS = {script: tuple(names.split()) for script, names in _COUNTED.items()}
BY_WORDS_ALONE = {"en"}
SOUTH = {"hr", "sr", "bs"}
UNCOUNTED = {"eo", "cy"}
# Their words are mostly a bigger neighbour's: letters have to say the same.
SMALL = {"ca", "gl", "sl", "et", "eu", "af", "is", "sq", "lt", "lv"}
_LETTERS = 300  # characters; more of them say nothing else
_LEAD = 16.0  # nats by which a language leads the next one
_LEAD_OF_NEAR = 6.0  # the same, of those whose words are near, too
_LEAD_OF_BIG = 4.0  # the same, of a language that is heard far more often
# Nats that make words doubtful: in Cyrillic words of neighbours are the same.
_AGAINST = {"latin": 10.0, "cyrillic": 3.0}
_MOST_EACH = 3.0  # nats for each pair of letters; running text costs 2.3 to 2.8
_MOST_SAID = 3.3  # the same, of a language that words name
_STRAY = 0.02  # share of letters that a language may not have
_LEAST_PAIRS = 24

# Words, or how they begin, that only one of three neighbours has.
_CROATIAN = re.compile(
    r"\b(?:(?:siječ|trav|svib|lip|srp)nj[au]|veljač[aeiu]|ožujk[au]|kolovoz[au]"
    r"|rujn[au]|listopad[au]|studen(?:i|oga?|om)|prosin(?:ca|cu|ac)"
    r"|tjed(?:an|n[aiou]m?a?)"
    r"|tisuć[aeiu]m?a?|tko|netko|nitko|izvješć\w*|priopć\w*|sveučiliš\w*|nogomet\w*"
    r"|zrakoplov\w*|glasnogovorni\w*|tijekom|gospodarst\w*|milijun\w*|oporb\w*"
    r"|tvrtk\w*|liječni[kc]\w*|uvjet\w*|europ\w*|natječaj\w*|odvjetni\w*|sustav\w*"
    r"|utjec\w*|ravnatelj\w*|proračun\w*|sudac|suca|kazališ\w*|uhi(?:ti|ćen)\w*"
    r"|poduze[ćt]\w*|povjerenst\w*|zaklad[aeu]|udrug\w*|jamč\w*)\b"
)
_NOT_CROATIAN = re.compile(
    r"\b(?:januar[au]?|februar[au]?|mart[au]|april[au]|maj[au]|juna?|jula?|avgusta?"
    r"|septemb(?:ar|ra|ru)|oktob(?:ar|ra|ru)|novemb(?:ar|ra|ru)|decemb(?:ar|ra|ru)"
    r"|sedmic[aeiu]|hiljad[aeiu]|ko|neko|niko|saopšt\w*|saopć\w*|milion\w*|evr(?:op|a\b|o\b)\w*"
    r"|saobraća\w*|uhapš?\w*|tužilaš\w*|tužilac|uslov\w*|sudij[aeiu]|tokom|opšt\w*|šta)\b"
)
# The old vowel is "ije" or "je" in the west, "e" in the east.
_WEST = re.compile(
    r"\b(?:(?:vrijem|mjest|mjesec|rijek|riječ|dijel|cijel|nedjelj|ponedjelj|predsjedn"
    r"|sjednic|svijet|djec|vidje|vijeć|vijest|promjen|sljede|bijel|susjed|primjer"
    r"|procjen|zahtjev|uspje|savjet|izvje|vješta|obavje|srijed|dvije|ljekar|proljeć"
    r"|rješ|mjer|smjer|općin|cijen|živje|htje|objek?š|sjev|snijeg|vrijed|cvijet)\w*"
    r"|prije|poslije|uvijek|gdje|ovdje|jučer|također|dvjema|lijep[oai])\b"
)
_EAST = re.compile(
    r"\b(?:(?:vreme|mesec|nedelj|ponedelj|predsedn|sednic|promen|sledeć|sused|primer)"
    r"\w*|mest[oau]|pre|posle|reč(?:i|ima)?|deo|ceo|dece|deca|uvek|vide(?:o|li)|gde"
    r"|ovde|(?:savet|bezbedn|izvešta|vešta[čk]|obavešt|procen|zahtev|lekar|proleć|reše|uspe[šlo]"
    r"|umetni|živel|htel|obezbed|sever|vredn|naset|poseć|razume|odeljen|svetsk|sprovo)\w*"
    r"|juče|takođe|re(?:ke|ku)|sredu?|dve|dvema|svetu?|mere|meru|cen[aeu]|lepo|verovatno)\b"
)
_SLOVENIAN = re.compile(r"\b(?:v|ki|tudi|še|že|kot|lahko|ker|bodo|bo|več|ter)\b")
_SOUTHERN = re.compile(r"[ćđ]|\b(?:u|i|sa|što|šta|koj[aei]|ili|biti|nije|jest|kako)\b")
_MALAY = re.compile(
    r"\b(?:kerana|bahawa|ialah|mahu|polis|baharu|jurucakap|berkata|semalam|wang|ahad"
    r"|syarikat|isnin|khamis|ogos|mac|julai|disember|pilihan raya|perdana menteri"
    r"|kerajaan|jambatan|iaitu|mangsa|pengerusi|mesyuarat|hospital|beliau|sekiranya)\b"
)
_INDONESIAN = re.compile(
    r"\b(?:karena|bahwa|polisi|juru bicara|mengatakan|kemarin|uang|perusahaan|senin"
    r"|kamis|agustus|maret|juli|desember|pemilu|presiden|bisa|ujar(?:nya)?|pekerjaan"
    r"|pemerintah|provinsi|kabupaten|kota|warga|jembatan|tewas|resmi|mobil|saat)\b"
)
_SURELY = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hold the language that the letters suit best.

    Attributes:
        code: its key in `letters.json`.
        lead: nats to the next one.
        fits: whether the letters meet as in running text of it.
        costs: nats of every language.
        pairs: how many pairs of letters were weighed.
        against: nats that make words doubtful.
    """

    code: str
    lead: float
    fits: bool
    costs: dict[str, float]
    pairs: int
    against: float

    @property
    def is_sure(self) -> bool:
        """Tell whether the letters alone name the language."""
        return self.fits and self.lead >= _LEAD and self.code not in BY_WORDS_ALONE

    def doubts(self, code: str) -> bool:
        """Tell whether the letters speak against a language that words name."""
        if code in BY_WORDS_ALONE or code not in self.costs:
            return False
        cost = self.costs[code]
        dearer = cost - self.costs[self.code] >= self.against
        return dearer or cost > _MOST_SAID * self.pairs


def weigh(text: str, script: str) -> Weighed | None:
    """Weigh which letters meet in a text, None where that tells nothing."""
    if script not in _ROWS:
        return None
    sample = text[:_LETTERS]
    costs, pairs = costs_by_language(sample, _ROWS[script])
    if pairs < _LEAST_PAIRS:
        return None
    best, second, third = sorted(costs, key=lambda code: costs[code])[:3]
    if {best, second} == {"id", "ms"}:
        named = of_the_islands(sample)
        if named is None:
            return None
        best, second = named, third
    fits = costs[best] <= _MOST_EACH * pairs and _is_written(sample, best)
    return Weighed(
        best, costs[second] - costs[best], fits, costs, pairs, _AGAINST[script]
    )


def nearest(weighed: Weighed, codes: set[str]) -> str | None:
    """Name the one of languages with near words whose letters fit, else None.

    Args:
        weighed: the letters of the text.
        codes: of languages that its words suit about as well.
    """
    best = weighed.code
    others = {"hr" if one in SOUTH else one for one in codes} - {best}
    if (
        best not in {"hr" if one in SOUTH else one for one in codes}
        or not weighed.fits
        or not others <= weighed.costs.keys()
    ):
        return None
    dearer = (
        (weighed.costs[one] - weighed.costs[best], one in SMALL and best not in SMALL)
        for one in others
    )
    sure = all(lead >= (_LEAD_OF_BIG if big else _LEAD_OF_NEAR) for lead, big in dearer)
    return best if others and sure else None


def _is_written(text: str, code: str) -> bool:
    """Tell whether hardly a letter is outside the alphabet of a language."""
    letters = [letter for letter in text.lower() if letter.isalpha()]
    known = alphabet_of(code)
    strange = sum(letter not in known for letter in letters)
    return strange <= _STRAY * len(letters)


def of_the_south(words: Iterable[str]) -> str | None:
    """Tell Croatian, Serbian and Bosnian by words that the others have not."""
    text = " ".join(words)
    croatian, other = _CROATIAN.search(text), _NOT_CROATIAN.search(text)
    west, east = len(_WEST.findall(text)), len(_EAST.findall(text))
    if croatian and not (other or east):
        return "hr"
    if croatian or (west and east):
        return None
    if east:
        return "sr" if other or east >= _SURELY else None
    return "bs" if other and west >= _SURELY else None


def is_slovenian(words: list[str]) -> bool:
    """Tell Slovenian from what is spoken south of it, whose short words it shares."""
    text = " ".join(words)
    return bool(_SLOVENIAN.search(text)) and not _SOUTHERN.search(text)


def of_the_islands(text: str, least: int = _SURELY) -> str | None:
    """Tell Malay and Indonesian by words that the other has not, `least` of them."""
    malay, indonesian = (
        len(one.findall(text.lower())) for one in (_MALAY, _INDONESIAN)
    )
    if min(malay, indonesian) or max(malay, indonesian) < least:
        return None
    return "ms" if malay else "id"
