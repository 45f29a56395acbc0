"""Believe, or not, what copied markup says of the language of words.

Decides which `lang` is taken over: of a language that is offered, other than that of
the article, whose letters these are. Programs of offices name a language of the
keyboard or of the spelling checker all over a text: of them only other letters than the
article's are believed. Pure: no Django.

Source: docs/decisions/0095-passages-in-other-languages.md.
"""

from dataclasses import dataclass
from functools import lru_cache

from tamizdat.newsroom.passages import nearest
from tamizdat.wire.language import script_of, scripts_of

_near = lru_cache(maxsize=256)(nearest)


@dataclass(frozen=True)
class Tongue:
    """The language of an article into which something is pasted.

    Attributes:
        language: its BCP 47 tag; "" where it is not known, and nothing is believed.
        by_letters: whether other letters alone make another language.
    """

    language: str
    by_letters: bool = False

    def spoken(self, text: str, named: str | None, before: str | None) -> str | None:
        """Give the language that these words are in, None for that of the article.

        Args:
            text: some words, or only signs between such.
            named: the tag that the markup gives them.
            before: the language of what stands before them.
        """
        if not named or not self.language:
            return None
        letters = script_of(text)
        if letters is None:
            around = scripts_of(before) if before else ()
            return before if before in {_near(named, one) for one in around} else None
        language, own = _near(named, letters), _near(self.language)
        # A page in the article's language may call all its words so.
        is_own = own in {language, _near(named)}
        is_other = letters not in scripts_of(self.language) or not self.by_letters
        return language if is_other and not is_own else None
