"""Say what an article said when it was printed, and compare two printings of it.

What counts as words is everything that a reader sees, hears, follows or finds: texts to
the last invisible character, emphasis, targets of links, files and texts of pictures,
moments, and what the page tells search engines. How a page is taken apart is for
`reprint`.

Source: spec/releases.md, "Reprinted".
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from tamizdat.edition.cuts import may_go_on
from tamizdat.edition.languages import direction, is_known
from tamizdat.edition.markup import Element, strange

PARTS = {  # what counts as words, in the words of an editor
    "headline": "headline",
    "title": "title of the window",
    "summary": "summary for search engines",
    "data": "data for search engines",
    "salt": "salt",
    "standing": "standing",
    "live": "whether it is live",
    "section": "section",
    "kicker": "kicker",
    "when": "times",
    "change": "line about the newest note",
    "changes": "links to what changed",
    "kinds": "kinds of the notes",
    "picture": "picture files",
    "alt": "description of the picture",
    "caption": "caption",
    "picture credit": "credit of the picture",
    "picture terms": "usage terms of the picture",
    "standfirst": "standfirst",
    "dateline": "dateline",
    "body": "body with its links and emphasis",
    "note": "notes",
    "earlier": "line about notes that stand elsewhere",
    "credit": "credit line with its links and emphasis",
    "languages": "languages of words",
    "byline": "byline",
    "bio": "what is said of the authors",
    "related": "related stories",
    "lineage": "line about the original",
    "places": "places",
    "tags": "tags",
}
UNKNOWN = "unknown to this version"
STYLE = "style"  # of what is unknown: the stylesheet
FRAME = "frame"
LATER = "frame of later pages"

_LINKED = {"rel": "noopener noreferrer"}  # what a link is given beside its target


class Run(NamedTuple):
    """Text of one emphasis, one link and one language, "" for that of the page."""

    strong: bool
    em: bool
    href: str
    language: str
    text: str


@dataclass(frozen=True)
class Printing:
    """An article as it was printed.

    Attributes:
        words: by part, of PARTS; to be compared, not to be shown to readers.
        around: what must be one for every article of an edition, by what it is:
            FRAME, LATER, "section <id>", "bio"; and "languages of the bio <hash>",
            of which each article has that of its own bio.
        unknown: the paper's own words that this version does not print.
        links: addresses of translations.
        authors: a hash of all that is said of each author, the same whether it stands
            on the page or is left out there (`unsaid`).
        said: texts that go on from page to page, with names above them, by what they
            are: label and characters of each, without emphasis or links.
        tongues: words in other languages, in all texts: language and words.
    """

    words: Mapping[str, tuple[str, ...]]
    around: Mapping[str, str]
    unknown: frozenset[str]
    links: tuple[str, ...]
    authors: tuple[str, ...] = ()
    said: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    tongues: frozenset[tuple[str, str]] = frozenset()


def differing(old: Printing, new: Printing) -> list[str]:
    """Name the parts, of PARTS, in which two printings say something else.

    A kind that only the older page words in an unknown way is no difference; anything
    unknown that the newer page adds is one, named UNKNOWN.
    """
    found = [
        part
        for part in PARTS
        if part not in {"kinds", "bio"}
        and old.words.get(part, ()) != new.words.get(part, ())
    ]
    if _tell_otherwise(old, new):
        found.append("bio")
    before, after = old.words.get("kinds", ()), new.words.get("kinds", ())
    if len(before) != len(after) or any(
        one not in {"", other} for one, other in zip(before, after, strict=False)
    ):
        found.append("kinds")
    return found + ([UNKNOWN] if new.unknown - old.unknown else [])


def _tell_otherwise(old: Printing, new: Printing) -> bool:
    """Tell whether two printings say or keep back different things of their authors.

    Under another salt, which is told itself, hashes say nothing.
    """
    salts = (old.words.get("salt"), new.words.get("salt"))
    if salts[0] == salts[1]:
        if len(old.authors) != len(new.authors):
            return False
        return old.authors != new.authors or _speak_otherwise(old, new)
    return old.words.get("bio") != new.words.get("bio")


def _speak_otherwise(old: Printing, new: Printing) -> bool:
    """Tell whether lives that both print, of the same words, are in other languages."""
    lives = zip(
        *(map(_life, one.words.get("bio", ())) for one in (old, new)), strict=False
    )
    return any(before and now and before != now for before, now in lives)


def _life(written: str) -> str:
    """Take from a role, a face and a life what is said of the life."""
    *_, life = json.loads(written)
    return str(life)


@dataclass
class Text:
    """A text that may go on on the next page.

    Attributes:
        label: what it is, or whose.
        runs: all of it.
        first: number of the run with which the last page begins on which it stands.
    """

    label: str | None
    runs: list[Run]
    first: int = 0

    @property
    def cut(self) -> bool:
        """Whether it ends as a text does that goes on."""
        return may_go_on("".join(run.text for run in self.runs[self.first :]))

    def go_on(self, more: "Text") -> None:
        """Add what the next page has of it."""
        self.first = len(self.runs)
        self.runs.extend(more.runs)

    def bare(self) -> tuple[str, str]:
        """Give its label and its characters."""
        return self.label or "", "".join(run.text for run in self.runs)

    def written(self) -> str:
        """Write it so that equal texts are equal, wherever a page ended."""
        return f"{self.label or ''} {write(self.runs)}"


@dataclass
class Flow:
    """Texts in their order, over all pages."""

    texts: list[Text] = field(default_factory=list)

    def go_on(self, more: "Flow", *, same: bool) -> None:
        """Add what the next page has. `same`: a label must go on as it is."""
        rest = list(more.texts)
        if self.texts and rest and self._continues(rest[0], same=same):
            self.texts[-1].go_on(rest.pop(0))
        self.texts.extend(rest)

    def sort(self, kinds: Iterable[str]) -> list[str]:
        """Sort notes by the release that begins their label: some come on later pages.

        Args:
            kinds: of each note, in the same order.

        Returns:
            The kinds in the order the notes have now.
        """
        pairs = sorted(
            zip(self.texts, kinds, strict=True),
            key=lambda pair: int(str(pair[0].label).partition(" ")[0]),
        )
        self.texts = [text for text, _ in pairs]
        return [kind for _, kind in pairs]

    def _continues(self, text: Text, *, same: bool) -> bool:
        last = self.texts[-1]
        return last.cut and text.label == last.label if same else text.label is None


def words_of(children: Sequence[Element | str], path: str) -> str:
    """Read a text that holds no element.

    Raises:
        PageError: it holds one.
    """
    for child in children:
        if isinstance(child, Element):
            raise strange(path, f"{child.name} {dict(child.given)}")
    return "".join(str(child) for child in children)


def tongues_of(runs: Iterable[Run]) -> Iterator[tuple[str, str]]:
    """List the stretches of a text in another language: language and words."""
    for language, some in groupby(runs, key=lambda run: run.language):
        if language:
            yield language, "".join(run.text for run in some)


BARE = Run(strong=False, em=False, href="", language="", text="")


def runs_of(
    children: Sequence[Element | str], path: str, over: Run = BARE
) -> Iterator[Run]:
    """Read text with emphasis and links.

    Args:
        children: texts, `strong`, `em`, `a` outside them, `span` for a language around
            or in that, with the direction which the language is written in.
        path: of the article, for the message.
        over: emphasis and link around them.

    Raises:
        PageError: another element, or one with other attributes.
    """
    for child in children:
        if isinstance(child, str):
            yield over._replace(text=child)
            continue
        given = dict(child.given)
        match child.name:
            case "span" if _may_speak(over, given):
                inner = over._replace(language=given.pop("lang"))
                expected = {"dir": direction(inner.language)}
            case "a" if over._replace(language="") == BARE and given.get("href"):
                inner, expected = over._replace(href=given.pop("href")), _LINKED
            case "strong":
                inner, expected = over._replace(strong=True), {}
            case "em":
                inner, expected = over._replace(em=True), {}
            case _:
                raise strange(path, f"{child.name} {given}")
        if given != expected:
            raise strange(path, f"{child.name} {given}")
        yield from runs_of(child.children, path, inner)


def _may_speak(over: Run, given: Mapping[str, str]) -> bool:
    """Tell whether an element may say that what stands in it is in a language."""
    free = not (over.strong or over.em or over.language)
    return free and is_known(given.get("lang", ""))


def write(runs: Iterable[Run]) -> str:
    """Write runs so that neighbours of one emphasis, link and language are one."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1][:4] == run[:4]:
            joined[-1] = run._replace(text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return "".join(_mark(run) for run in joined)


def _mark(run: Run) -> str:
    """Write one run; text is escaped, so that no text is taken for a mark."""
    text = run.text.replace("&", "&amp;").replace("<", "&lt;")
    text = f"<em>{text}</em>" if run.em else text
    text = f"<strong>{text}</strong>" if run.strong else text
    text = f"<in {run.language}>{text}</in>" if run.language else text
    return f"<link {run.href}>{text}</link>" if run.href else text
