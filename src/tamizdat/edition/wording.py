"""Give the paper's own words, the ones no story brings, in the language of a service.

Decides which words a reader gets: those of the language's file. A sentence about law,
danger or anonymity that no editor has reviewed there is given in the first language of
the file's `X-Fallback` in which one has, and says so. A language without a file reads
English words, marked as English.

Source: docs/decisions/0030-language-files.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from minijinja import Markup, escape

from tamizdat.edition.catalogues import Catalogue, catalogue
from tamizdat.edition.headings import SOURCE, find, heading
from tamizdat.edition.languages import script

SAID_SO = "unreviewed"  # what stands beside a sentence in another language


@dataclass(frozen=True)
class Wording:
    """The words of one language.

    Attributes:
        html: each with the markup that says in which language it is, where that is
            not the page's.
        plain: each for an attribute or a title, which can hold no markup.
        strangers: which are in another language, and in which.
    """

    html: Mapping[str, str]
    plain: Mapping[str, str]
    strangers: Mapping[str, str]

    def fill(self, key: str, **values: str) -> str:
        """Give words as HTML with values put in; a Markup value stays markup."""
        safe = {name: str(escape(value)) for name, value in values.items()}
        html = str(escape(self.plain[key])).format(**safe)
        return Markup(_marked(html, self.strangers.get(key)))


@lru_cache(maxsize=256)
def wording(language: str) -> Wording:
    """Find the words for a BCP 47 tag.

    Raises:
        WordsError: the file of a language is not as it must be.
    """
    own = find(language)
    order = (own.tag, *own.fallback) if own else (SOURCE,)
    same = own is not None and script(language) == own.script
    source = catalogue(SOURCE)
    speakers = {key: _speaker(key, order, source) for key in source.texts}
    strangers = {k: t for k, t in speakers.items() if t != order[0] or not same}
    plain = {key: catalogue(tag).texts[key] for key, tag in speakers.items()}
    html = {
        key: _marked(str(escape(text)), strangers.get(key))
        for key, text in plain.items()
    }
    for key in source.safety & strangers.keys() if same else ():
        told = plain[SAID_SO], speakers[key]
        html[key] = f"{_apart(plain[key], speakers[key])} {_told(*told)}"
        name = heading(speakers[key]).name
        plain[key] += f" ({plain[SAID_SO].format(language=name)})"
    marked = {key: Markup(text) for key, text in html.items()}
    return Wording(html=marked, plain=plain, strangers=strangers)


def _speaker(key: str, order: tuple[str, ...], source: Catalogue) -> str:
    """Find the first language in which a reader may be told something."""
    for tag in order:
        words = catalogue(tag)
        if key in (words.reviewed if key in source.safety else words.texts):
            return tag
    return SOURCE


def _marked(html: str, tag: str | None) -> str:
    """Mark words of another language inside a line."""
    if tag is None:
        return html
    return f'<span lang="{tag}" dir="{heading(tag).direction}">{html}</span>'


def _apart(text: str, tag: str) -> str:
    """Mark a sentence in another language, which the stylesheet gives its own line."""
    return f'<i lang="{tag}" dir="{heading(tag).direction}">{escape(text)}</i>'


def _told(words: str, tag: str) -> str:
    """Say beside it that nobody has reviewed the translation."""
    name = f'<bdi lang="{tag}">{escape(heading(tag).name)}</bdi>'
    return f"<small>{str(escape(words)).format(language=name)}</small>"
