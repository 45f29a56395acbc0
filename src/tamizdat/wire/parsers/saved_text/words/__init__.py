"""Gather the word lists of all languages.

Labels are asked in every language at once, for pages mix them ("16x9 Image"
on a Persian page); a notice is asked in each language until one understands it.
"""

from tamizdat.wire.parsers.saved_text.words import be, en, fa, ka, kk, ru, uk
from tamizdat.wire.parsers.saved_text.words.balkans import BG, HU, MK, RO, SR
from tamizdat.wire.parsers.saved_text.words.central_asia import KY, TG, TK, UZ
from tamizdat.wire.parsers.saved_text.words.neighbours import AZ, BA, HY, PS, TT
from tamizdat.wire.parsers.saved_text.words.vocabulary import NoticeWords, Words

LANGUAGES: tuple[Words, ...] = (
    *(en.WORDS, ru.WORDS, uk.WORDS, be.WORDS, fa.WORDS, PS, kk.WORDS, KY, TG),
    *(UZ, TK, TT, BA, AZ, ka.WORDS, HY, RO, BG, MK, SR, HU),
)

__all__ = ["LANGUAGES", "NoticeWords", "Words"]
