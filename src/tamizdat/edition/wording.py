"""Give the paper's own words, the ones no story brings, in the language of a service.

Decides which languages have a wording: those with a file in `words/`. Others read the
English words, marked as English.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from minijinja import Markup, escape

LAST_RESORT = "en"


def _read() -> dict[str, dict[str, str]]:
    folder = files("tamizdat.edition") / "words"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".json")]
    return {
        entry.name.removesuffix(".json"): json.loads(entry.read_text("utf-8"))
        for entry in found
    }


WORDS: Mapping[str, Mapping[str, str]] = _read()


@dataclass(frozen=True)
class Wording:
    """The words of one language.

    Attributes:
        html: each with the markup that says it is English, where it is a stranger.
        plain: each for an attribute or a title, which can hold no markup.
        foreign: the words are not in the language of the page.
    """

    html: Mapping[str, str]
    plain: Mapping[str, str]
    foreign: bool

    def fill(self, key: str, **values: str) -> str:
        """Give words as HTML with values put in; a Markup value stays markup."""
        safe = {name: str(escape(value)) for name, value in values.items()}
        html = str(escape(self.plain[key])).format(**safe)
        return Markup(_english(html) if self.foreign else html)


@lru_cache(maxsize=256)
def wording(language: str) -> Wording:
    """Find the words for a BCP 47 tag."""
    primary = language.partition("-")[0]
    foreign = primary not in WORDS
    plain = WORDS[LAST_RESORT if foreign else primary]
    html = {key: str(escape(text)) for key, text in plain.items()}
    if foreign:
        html = {key: _english(text) for key, text in html.items()}
    marked = {key: Markup(text) for key, text in html.items()}
    return Wording(html=marked, plain=plain, foreign=foreign)


def _english(html: str) -> str:
    return f'<span lang="{LAST_RESORT}" dir="ltr">{html}</span>'
