"""Print the pages that say how to check a copy, what the law may do, where to go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from minijinja import Markup, escape

from tamizdat.edition.cuts import shortened
from tamizdat.edition.dates import stamp, utc_stamp
from tamizdat.edition.errors import StoryError
from tamizdat.edition.languages import own_digits, own_name, territory_name
from tamizdat.edition.measures import write_size
from tamizdat.edition.pages import marked
from tamizdat.edition.pages.addresses import article_path, link, old_path, up
from tamizdat.edition.pages.budget import fits
from tamizdat.edition.pages.chain import Leaf, chain, filled, numbered, parted
from tamizdat.edition.pages.theme import Page, frame, printed, render
from tamizdat.edition.stories import Service, Story
from tamizdat.edition.wording import wording

_SOLID, _VOWELS = "bdfghjklmnprstvz", "aiou"  # four bits and two
_FEW = 8  # mirrors on trust.html, as many as fit; all stand on mirrors.html
_BIO = 160  # characters on the chooser of what a service says of itself
FEEDS = "feeds/index.html"
CHOOSER = "shared/index.html"
ROOT_PAGE = "shared/root.html"  # signs the root of a mirror, whence alone its links go


def trust_page(
    service: Service,
    *,
    organisation_id: str,
    number: int,
    signed: datetime,
    fingerprint: str,
) -> Page:
    """Print trust.html: why this copy can be trusted, and what it cannot prove.

    Args:
        service: whose page it is.
        organisation_id: the name that the trust note signs.
        number: of this edition.
        signed: time of its statement, UTC.
        fingerprint: SHA-256 of the first trust note, 64 hex digits.
    """
    title = wording(service.language).plain["trust"]
    view = frame("trust.html", service, title) | {
        "organisation": organisation_id,
        "number": own_digits(str(number), service.language),
        "signed": stamp(signed, service),
        "signed_utc": utc_stamp(signed),
        "fingerprint": [fingerprint[i : i + 4] for i in range(0, len(fingerprint), 4)],
        "aloud": aloud(bytes.fromhex(fingerprint)),
    }
    for few in range(_FEW, 0, -1):
        view["mirrors"] = _addresses(service.mirrors[:few])
        page = Page("trust.html", render("trust.html", view).encode())
        if fits(page.content):
            return page
    return printed("trust.html", "trust.html", view | {"mirrors": ()})


def aloud(digest: bytes) -> list[str]:
    """Write bytes as words that can be spoken in any language: two bytes, five letters.

    Source: D. S. Wilkerson, "A Proposal for Proquints", arXiv:0901.4016.
    """
    numbers = [int.from_bytes(digest[at : at + 2]) for at in range(0, len(digest), 2)]
    return ["".join(_letters(number)) for number in numbers]


def _letters(number: int) -> Iterator[str]:
    for shift, letters in ((12, _SOLID), (10, _VOWELS), (6, _SOLID), (4, _VOWELS)):
        yield letters[number >> shift & len(letters) - 1]
    yield _SOLID[number & 15]


def notice_pages(service: Service) -> list[Page]:
    """Print notice.html: what the law may do to readers, as the service words it.

    One part for each territory the service reports for; until rows of law are known,
    each holds the service's own notice. Where that is more than a page the text stands
    once, on the first, and each part says what it is called.
    """
    title = wording(service.language).plain["notice_page_title"]
    parts = [
        {"id": link(code.lower()), "name": territory_name(code, service.language)}
        for code in service.territories
    ]

    def printer(leaf: Leaf, some: Sequence[object], *, whole: bool = False) -> Page:
        later = leaf.number > 1  # the text stands on the first page, then boxed
        view = {"boxed": later, "parts": some, "whole": whole, "later_part": later}
        return numbered(leaf, service, title, "notice.html", view)

    page = printer(Leaf("notice.html"), parts, whole=True)
    return [page] if fits(page.content) else chain(service, page.path, parts, [printer])


def about_pages(service: Service) -> list[Page]:
    """Print about.html: who speaks, in their own words, and how a reader can check."""
    title = wording(service.language).plain["about"]

    def printer(leaf: Leaf, some: Sequence[str]) -> Page:
        return numbered(leaf, service, title, "about.html", {"texts": some})

    page = printer(Leaf("about.html"), service.about)
    texts = list(parted(service.about))
    return [page] if fits(page.content) else chain(service, page.path, texts, [printer])


@dataclass(frozen=True)
class Carried:
    """A file to carry along, as the page of mirrors offers it.

    Attributes:
        name: of the file.
        kind: text, page, pictures, book or library.
        since: number of the edition that an increment continues, None for a whole one.
        edition: number of the edition it is made from; `time`: when that was signed.
        size: bytes; `digest`: SHA-256 of them, hex.
    """

    name: str
    kind: str
    since: int | None
    edition: int
    time: datetime
    size: int
    digest: str


def mirrors_pages(service: Service, carried: Sequence[Carried] = ()) -> list[Page]:
    """Print mirrors.html: where else the same pages lie, and files to carry along.

    The files stand on the first page, and as many mirrors as have room beside them.

    Args:
        service: whose page it is.
        carried: what was made of editions before this one, in the order of the page.
    """
    title = wording(service.language).plain["mirrors"]
    offered = [_offered(one, service) for one in carried]

    def printer(leaf: Leaf, some: Sequence[str]) -> Page:
        view = {"mirrors": some, "carried": offered}
        return numbered(leaf, service, title, "mirrors.html", view)

    return chain(service, "mirrors.html", _addresses(service.mirrors), [printer])


def _offered(one: Carried, service: Service) -> dict[str, object]:
    language = service.language
    words, number = wording(language), own_digits(str(one.edition), language)
    title = words.html[f"file_{one.kind}"]
    if one.since is not None:
        since = own_digits(str(one.since), language)
        title = words.fill("file_since", number=since)
    return {
        "href": link(f"../files/{one.name}"),
        "title": title,
        "made": words.fill("file_made", number=number),
        "signed": stamp(one.time, service),
        "bytes": one.size,
        "size": write_size(one.size, language),
        "digest": [one.digest[at : at + 8] for at in range(0, len(one.digest), 8)],
    }


def _addresses(mirrors: Iterable[str]) -> list[str]:
    return [Markup(escape(address)) for address in mirrors]


def feeds_pages(service: Service) -> list[Page]:
    """Print the page of feeds: the readers' own, and those that name the home."""
    words, root = wording(service.language), up(FEEDS)
    rows = [("news.atom", words.plain["all_stories"])]
    rows += [(f"s/{one.id}.atom", one.name) for one in service.current]
    rows.append(("corrections.atom", words.plain["corrections"]))
    feeds = [{"href": link(root + path), "name": name} for path, name in rows]

    def printer(leaf: Leaf, some: Sequence[object]) -> Page:
        view = {"feeds": some}
        return numbered(leaf, service, words.plain["feeds"], "feeds.html", view)

    return chain(service, FEEDS, feeds, [printer])


def not_found_page(service: Service) -> Page:
    """Print 404.html, which a host may show at an address of any depth."""
    words = wording(service.language)
    title = words.plain["not_found_title"]
    place = Markup(f'<bdi dir="ltr">/{service.id}/</bdi>')
    advice = words.fill("not_found_text", service=place)
    return printed(
        "404.html",
        "missing.html",
        frame("404.html", service, title) | {"advice": advice},
    )


def moved_pages(story: Story, service: Service) -> list[Page]:
    """Print the pages that lead from a story's old addresses to it.

    Raises:
        StoryError: an old address names no page.
    """
    words = wording(service.language).plain["moved_title"]
    view = {"lang": service.language, "dir": service.direction, "title": words}
    found = {}
    for at, permalink in enumerate(story.permalinks):
        try:
            path = old_path(permalink)
        except ValueError as error:
            place, field = f"{story.service}/{story.id}", f"tamizdat.permalinks.{at}"
            raise StoryError(place, field, str(error)) from error
        target = link(up(path) + article_path(story))
        found[path] = printed(path, "moved.html", view | {"target": target})
    return list(found.values())


def chooser_pages(services: Sequence[Service]) -> list[Page]:
    """Print the language chooser, the same in the tree of every service.

    Args:
        services: in the order of the page; at least one.

    Returns:
        The copy for the root of a mirror, then shared/index.html with the pages on
        which it goes on. What the copy leads to lies in the tree of the first service.

    Raises:
        ValueError: there is no service to choose.
        StoryError: a name fills more than a page.
    """
    if not services:
        raise ValueError("expected at least one service to choose from")
    first = services[0]
    view = {"lang": first.language, "dir": first.direction, "title": first.organisation}

    def printer(
        leaf: Leaf,
        some: Sequence[Service],
        climb: str = "../../",
        *,
        told: bool = False,
    ) -> Page:
        rows = [_offer(one, climb, one.bio if told else None) for one in some]
        turns = leaf.turns if climb else _from_root(leaf, first)
        shown = view | {"services": rows, "turns": turns}
        return Page(leaf.path, render("chooser.html", shown).encode())

    whole = printer(Leaf(CHOOSER), services, told=True)
    if fits(whole.content):
        return [printer(Leaf(ROOT_PAGE), services, "", told=True), whole]
    some, *others = filled(first, CHOOSER, services, [printer])
    after = others[0].page.path if others else None
    root = printer(Leaf(ROOT_PAGE, after=after), some.entries, "")
    return [root, some.page, *(one.page for one in others)]


def _from_root(leaf: Leaf, first: Service) -> dict[str, str | None]:
    """Lead from the root of a mirror into the tree of a service."""
    after = leaf.after and link(f"{first.id}/{leaf.after}")
    return {"before": None, "after": after}


def _offer(service: Service, prefix: str, bio: str | None) -> dict[str, object]:
    """Say in a service's language what it is, what reading it may cost, how to check.

    Args:
        service: which.
        prefix: the way to the root of the mirror.
        bio: what it says of itself, where there is room.
    """
    words, root = wording(service.language).html, f"{prefix}{service.id}/"
    return {
        "root": link(root),
        "lang": service.language,
        "dir": service.direction,
        "tongue": own_name(service.language),
        "name": service.name,
        "bio": bio and marked.told(shortened(bio, _BIO), service.foreign),
        "notice": words["skip_notice"],
        "trust": words["trust"],
    }
