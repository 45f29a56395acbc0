"""Take apart what stands below an article: related stories, its original, its turns.

As `reprint`, it reads what this version prints and refuses all else.

Source: `templates/article.html`, `templates/pager.html`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from minijinja import Markup

from tamizdat.edition.languages import direction, own_digits, own_name
from tamizdat.edition.markup import Element, strange
from tamizdat.edition.proofreader import SAID, Proofreader

_UP = r"(?:\.\./){3}"
_OTHER = r"(?:\.\./){4}[a-z0-9-]+/a/\d{4}-\d\d/\d\d/[a-z0-9-]+\.html"
_ORIGINAL = re.compile(
    rf'(.*) <a href="({_OTHER})"'
    r'(?: lang="([A-Za-z0-9-]+)" hreflang="([A-Za-z0-9-]+)" dir="(ltr|rtl)")?>'
    rf"({SAID})</a>(?: ·\xa0<span>(.*)</span>)?",
    re.DOTALL,
)
_NAMED = re.compile(r'<bdi(?: lang="[A-Za-z0-9-]+")?>([^<]*)</bdi>')  # a service
_TAG = re.compile(rf'<a href="{_UP}t/([a-z0-9-]+)\.html">([^<]*)</a>')
_OTHERS = re.compile(r"(.*)<br>(<a .*)", re.DOTALL)
_TRANSLATION = re.compile(
    rf'<a href="({_OTHER})" lang="([A-Za-z0-9-]+)" hreflang="([A-Za-z0-9-]+)"'
    r' dir="(ltr|rtl)">([^<]*)</a>'
)
_RELATED = re.compile(
    r"<h2>(?P<label>(?:<span[^>]*>)?[^<]*(?:</span>)?)</h2>"
    r"<ul>(?P<items>.*)</ul>",
    re.DOTALL,
)
_OTHER_STORY = re.compile(
    r'<li><a href="((?:\.\./){3,4}(?:[a-z0-9-]+/)?a/\d{4}-\d\d/\d\d/'
    r'[a-z0-9-]+\.html)"(?: lang="([A-Za-z0-9-]+)" hreflang="([A-Za-z0-9-]+)"'
    rf' dir="(ltr|rtl)")?>({SAID})</a></li>'
)
_TURN = re.compile(r'href="[a-z0-9-]+(?:\.changes)?(?:\.([1-9]\d*))?\.html"')


def check_turns(reader: Proofreader, child: Element) -> None:
    """Check the turns of a long story; how many pages it has may change."""
    here = re.search("<span>(.*)</span>", child.inner)
    number, total = _numbers(here[1] if here else "")
    said = _page_of(reader, number, total)
    turn = '<a rel="{}" {}>{}</a>'
    back = turn.format("prev", number - 1, reader.w.html["previous_page"])
    on = turn.format("next", number + 1, reader.w.html["next_page"])
    turns = (back if number > 1 else "", on if number < total else "")
    found = _TURN.sub(lambda one: one[1] or "1", child.inner)
    reader.own("pager", found, [f"<span>{said.html}</span>".join(turns)])
    label = child.given.get("aria-label", "")
    reader.own("label of the pager", label, [said.plain])


def check_here(reader: Proofreader, markup: str) -> str:
    """Check the line on a later page that says which one it is; give what it says.

    The title of the window ends in it, since pages are to be told apart.
    """
    said = _page_of(reader, *_numbers(markup))
    reader.own("page", markup, [said.html])
    return said.plain


class _Said(NamedTuple):
    html: str
    plain: str


def _page_of(reader: Proofreader, number: int, total: int) -> _Said:
    """Say which page it is, in the digits of the language."""
    one, all_ = (own_digits(str(n), reader.language) for n in (number, total))
    html = reader.w.fill("page_of", number=one, total=all_)
    return _Said(html, reader.w.plain["page_of"].format(number=one, total=all_))


def _numbers(text: str) -> tuple[int, int]:
    """Find the two numbers in the line of a pager, whatever their digits."""
    found = re.findall(r"\d{1,4}", re.sub("<[^>]*>", "", text))
    one, total = [*map(int, found), 0, 0][:2]
    return one, total


def related(reader: Proofreader, child: Element) -> list[str]:
    """Read the stories that go with this one: address, language and headline of each.

    Raises:
        PageError: not as this press prints it; so do all below.
    """
    match = reader.match(_RELATED, child)
    reader.own("related", match["label"], [reader.w.html["related"]])
    items = match["items"]
    if left := _OTHER_STORY.sub("", items):
        raise strange(reader.path, left)
    found = []
    for href, lang, again, side, headline in _OTHER_STORY.findall(items):
        if lang != again or (lang and side != direction(lang)):
            raise strange(reader.path, items)
        found.append(f"{href} {lang} {reader.said('related', headline)}")
    return found


def tags(reader: Proofreader, child: Element) -> list[str]:
    """Read the line of tags: id and name of each."""
    lines = child.inner.split(" ·\xa0")
    matches = [reader.matched(_TAG, line) for line in lines]
    return [f"{match[1]} {reader.plain(match[2])}" for match in matches]


def original(reader: Proofreader, child: Element) -> tuple[str, list[str]] | None:
    """Read the line about the original: how it is introduced, and what it says.

    Returns:
        The paper's words that say how it was made; address, language, headline, name
        of the service where it stands, and translator. None for a line of another kind.
    """
    match = _ORIGINAL.fullmatch(child.inner)
    if match is None:
        return None
    label, href, lang, again, side, headline, by = match.groups()
    if lang != again or (lang and side != direction(lang)):
        raise strange(reader.path, child.inner)
    relation, name = _lead(reader, label)
    words = [href, lang or "", *_headline(reader, headline), *name]
    return relation, words if by is None else [*words, _translator(reader, by)]


def _headline(reader: Proofreader, markup: str) -> Iterator[str]:
    """Read a headline of another language, then each of its words in a third one."""
    parts = list(reader.parts(markup))
    yield "".join(text for _language, text in parts)
    yield from (f"{language} {text}" for language, text in parts if language)


def _lead(reader: Proofreader, label: str) -> tuple[str, list[str]]:
    """Part the words before the link: how it was made, and whose story it leads to."""
    name = _NAMED.search(label)
    if name is None:
        lead = reader.w.html["read_original"]
    else:
        lead = reader.w.fill("original_by", service=Markup(name[0]))
    relation = label.removesuffix(f" {lead}")
    if relation == label:
        raise strange(reader.path, label)
    return relation, [reader.plain(name[1])] if name else []


def _translator(reader: Proofreader, markup: str) -> str:
    name = re.search("<b>([^<]*)</b>", markup)
    if name is None:
        raise strange(reader.path, markup)
    said = reader.w.fill("translated_by", name=Markup(name[0]))
    reader.own("translator", markup, [said])
    return reader.plain(name[1])


def translations(reader: Proofreader, child: Element) -> list[str]:
    """Read the links to translations: a name of a language each, no words."""
    label, items = reader.match(_OTHERS, child).groups()
    reader.own("translations", label, [reader.w.html["translations"]])
    found = []
    for item in items.split(" ·\xa0"):
        href, lang, again, side, name = reader.matched(_TRANSLATION, item).groups()
        if (lang, side) != (again, direction(lang)):
            raise strange(reader.path, href)
        reader.own("language", reader.plain(name), [own_name(lang)])
        found.append(href)
    return found
