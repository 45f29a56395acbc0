"""Tell the language of copy from its tag and from its words; words win.

Desks forget to change the tag when they change the language, so a tag counts
only as long as the words do not clearly say something else.
"""

import re
from functools import lru_cache

from tamizdat.edition.languages import is_known
from tamizdat.wire.language import (
    common_words,
    language_by_words,
    language_of,
    script_of,
)
from tamizdat.wire.receipt import ReceiptWriter

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
# ISO 639-2, names and habits -> BCP 47.
_CODES = (
    "eng=en fre=fr fra=fr ger=de deu=de spa=es ita=it por=pt rus=ru ukr=uk bel=be"
    " kaz=kk kir=ky uzb=uz tgk=tg tuk=tk aze=az arm=hy hye=hy geo=ka kat=ka per=fa"
    " fas=fa ara=ar heb=he tur=tr pol=pl cze=cs ces=cs slo=sk slk=sk hun=hu rum=ro"
    " ron=ro bul=bg srp=sr hrv=hr bos=bs mac=mk mkd=mk alb=sq sqi=sq gre=el ell=el"
    " dut=nl nld=nl swe=sv dan=da nor=no nob=nb nno=nn fin=fi est=et lav=lv lit=lt"
    " jpn=ja chi=zh zho=zh kor=ko hin=hi urd=ur pus=ps tat=tt bak=ba cat=ca ind=id"
    " english=en french=fr francais=fr german=de deutsch=de spanish=es espanol=es"
    " italian=it italiano=it portuguese=pt russian=ru русский=ru ukrainian=uk"
    " arabic=ar persian=fa farsi=fa turkish=tr polish=pl dutch=nl swedish=sv svenska=sv"
    " danish=da dansk=da norwegian=no norsk=no finnish=fi suomi=fi greek=el japanese=ja"
    " chinese=zh korean=ko iw=he in=id jp=ja gr=el se=sv dk=da ua=uk cz=cs by=be"
)
_NAMES = dict(pair.split("=") for pair in _CODES.split())
_SAMPLE = 4_000  # characters; more of them say nothing else
# Told apart by words, they are one where a tag names the family.
_SAME = ({"no", "nb", "nn"}, {"sr", "hr", "bs", "sh"}, {"fa", "prs"}, {"id", "ms"})
# Neighbours share their short words, and of some nothing else is known.
_NEAR = (
    {"ca", "gl", "oc", "eu", "es", "pt", "fr", "it"},
    {"et", "fi"},
    {"sl", "hr", "bs", "sr", "cs", "sk"},
    {"af", "lb", "fy", "nl", "de"},
    {"is", "fo", "nn", "nb", "da", "sv"},
)
_HEAD = re.compile(rf"{_TAG.pattern}(?=[-_])")
_LONGEST = 35  # characters of a tag: RFC 5646, 4.4.1
_WELL_FORMED = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_LEAST_SAID = 3  # common words that overrule a tag
_ROMAN = "en de fr es it pt nl sv da nb nn no fi pl cs sk hu ro sl hr et lv lt sq tr ca"
_LATIN = frozenset(_ROMAN.split())
_OTHERS = "ru uk be bg mk ar fa prs ps ur he el ka hy ja zh ko th"
_NEVER_LATIN = frozenset(_OTHERS.split())
_NONE = {"und", "mul", "zxx", "mis", "xx", "none", "x-default", "unknown", ""}


def language_for(
    declared: str | None, running: str, receipt: ReceiptWriter
) -> str | None:
    """Tell the BCP 47 language of copy.

    Args:
        declared: tag or name as sent.
        running: headline and body.
        receipt: gets a warning where tag and words differ, or the tag is none.
    """
    tag = _tag(declared)
    if declared is not None and tag is None and declared.strip().lower() not in _NONE:
        receipt.warn(f"{declared.strip()[:40]!r} is no language tag")
    # Which letters meet overrules nobody's tag.
    tell = language_of if tag is None else language_by_words
    found = tell(running[:_SAMPLE])
    if tag is not None and not _can_be_written(tag, running):
        receipt.warn(f"declared language {tag} is not written in these letters")
        return found
    if tag is None or found is None or agree(tag, found):
        return tag or found
    if not _overrules(found, tag, running[:_SAMPLE]):
        return tag
    receipt.warn(f"declared language {tag}, but the words are {found}")
    return found


@lru_cache(maxsize=256)
def language_named(attribute: str) -> str | None:
    """Read the language that markup names for words, None where that is none.

    What stands behind language, script and region is left out.
    """
    text = attribute.strip()
    if len(text) > _LONGEST or _WELL_FORMED.fullmatch(text) is None:
        return None
    tag = _tag(text)
    if tag is None and (head := _HEAD.match(text)):
        tag = _tag(head[0])
    return tag if tag and is_known(tag) else None


def _overrules(found: str, tag: str, running: str) -> bool:
    """Tell whether the words are enough against a tag: a few short ones are not."""
    if script_of(running) != "latin":
        return True
    language = tag.partition("-")[0]
    said, own = common_words(running, found) or 0, common_words(running, language)
    if own is None and any({language, found} <= near for near in _NEAR):
        return False
    return said >= _LEAST_SAID and said > (own or 0)


def _tag(declared: str | None) -> str | None:
    text = (declared or "").strip()
    named = _NAMES.get(text.lower().replace("\u00e7", "c").replace("\u00f1", "n"))
    if named is not None:
        return named
    parts = _TAG.fullmatch(text)
    if parts is None or text.lower() in _NONE:
        return None
    language = _NAMES.get(parts[1].lower(), parts[1].lower())
    script = parts[2].title() if parts[2] else None
    region = parts[3].upper() if parts[3] else None
    return "-".join(part for part in (language, script, region) if part)


def _can_be_written(tag: str, running: str) -> bool:
    """Tell whether a language may have the letters of a text, where that is known."""
    language, script = tag.partition("-")[0], script_of(running)
    if language in _LATIN:
        return script in {"latin", None}
    return script != "latin" or language not in _NEVER_LATIN


def agree(tag: str, found: str) -> bool:
    """Tell whether a tag names the language `found`, which has no region."""
    language = tag.partition("-")[0]
    return language == found or any({language, found} <= same for same in _SAME)
