# ruff: noqa: RUF002 - letters of languages that look like Latin ones
"""Shape the word lists of one language: labels of the page, words of notices.

Every entry is a regular expression over the spelling of `spelling.plain`:
lower case, straight quotes, hyphens for dashes, ASCII digits, a space for the
zero-width non-joiner, е for ё. Labels match a whole line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Forms = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """Hold how one language words a legal notice to readers.

    A language may give the acts and penalties alone: the paragraphs are then
    found by their place on the page, and the designation by its quotes.

    Attributes:
        declared: whole sentences, with groups entity, designation, authority.
        condition: the beginning of the sentence that says whom it concerns,
            with groups territories and persons, up to where the consequence
            begins.
        persons_split, territories_split: what stands between alternatives.
        persons_forms: (expression, template) pairs that turn a verb phrase
            into a noun phrase; the template takes the groups in order.
        preposition: what stands before a territory and is no part of it.
        acts, penalties: normalised English word -> expression.
        more: the sentence that leads to an explanation.
    """

    declared: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    persons_split: str = r"$^"
    territories_split: str = r", "
    persons_forms: Forms = ()
    preposition: str = r"^ "
    acts: Mapping[str, str] = field(default_factory=dict)
    penalties: Mapping[str, str] = field(default_factory=dict)
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Hold the labels of a page in one language.

    Attributes:
        links: skip links at the top.
        banners: of the site, standing apart; they say nothing of the story.
        breaking: what makes a headline's own prefix a breaking one.
        controls: buttons of the page.
        updated, published: before or instead of a date.
        byline: before a name; titles: words of which job titles are made.
        photo: before a picture's credit; caption_signs: only captions have it.
        credit: before the agencies; agency_nouns: words that are no name.
        joints: between names.
        contributors: role -> what stands before the names.
        private: marks what is not for publication; contact: a contact line.
        ednote: before a note to editors; embargo: before an embargo.
        months: name -> number; date_words: other words of dates.
    """

    language: str
    links: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    breaking: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    photo: tuple[str, ...] = ()
    caption_signs: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    agency_nouns: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    contributors: Mapping[str, str] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    ednote: tuple[str, ...] = ()
    embargo: tuple[str, ...] = ()
    months: Mapping[str, int] = field(default_factory=dict)
    date_words: tuple[str, ...] = ()
    notice: NoticeWords | None = None
