"""Render one service's files into the archive and name them in a tree.

Decides which files an edition has. How a page looks is for `edition.pages`; when it is
signed is for `run`.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tamizdat.edition import pages, releases, tree
from tamizdat.edition.errors import StoryError, TreeError
from tamizdat.edition.stories import Service, Story
from tamizdat.edition.tree import Target
from tamizdat.press.archive import Archive
from tamizdat.press.content import Content

PictureReader = Callable[[str], bytes | None]  # SHA-256 in hex to bytes
ROOT_ENTRIES = 31  # of a service's root: a reader asks for it with each edition
ROOT_PAGE = "shared/root.html"  # stands at the root of a mirror too


@dataclass(frozen=True)
class Files:
    """What a service publishes, before its edition has a number.

    Attributes:
        targets: by path below the service.
        digest: SHA-256 over paths and targets, hex: equal means nothing changed.
    """

    targets: dict[str, Target]
    digest: str


def render(
    service: Service, content: Content, pictures: PictureReader, archive: Archive
) -> Files:
    """Render the files that do not tell the edition's number, and store them.

    Raises:
        StoryError: a picture's bytes are missing or other ones.
    """
    stories = content.stories[service.id]
    targets: dict[str, Target] = {}
    for page in _pages(service, stories, content):
        targets[page.path] = store(archive, page.content)
    for story in stories:
        targets.update(_pictures(story, pictures, archive))
    whole = hashlib.sha256()
    for path in sorted(targets):
        whole.update(f"{path} {targets[path].size} {targets[path].digest}\n".encode())
    return Files(targets, whole.hexdigest())


def finish(
    files: Files,
    service: Service,
    lines: list[str],
    facts: "Facts",
    archive: Archive,
) -> Target:
    """Add what tells the edition's number, build the tree and store it.

    Args:
        files: what `render` made.
        service: whose edition it is.
        lines: the release lines of this edition.
        facts: what only this edition knows.
        archive: where objects are stored.

    Returns:
        The root directory object.
    """
    targets = dict(files.targets)
    trust = pages.trust_page(
        service,
        organisation_id=facts.organisation,
        number=facts.number,
        signed=facts.time,
        fingerprint=facts.fingerprint,
    )
    targets[trust.path] = store(archive, trust.content)
    for path, part in releases.parts(lines).items():
        targets[path] = store(archive, part)
    if len({path.split("/", 1)[0] for path in targets}) > ROOT_ENTRIES:
        raise TreeError(f"{service.id}: the root has more than {ROOT_ENTRIES} entries")
    return tree.build(targets, archive.put_object)


@dataclass(frozen=True)
class Facts:
    """What only one edition knows. `time`: UTC; `fingerprint`: hex."""

    organisation: str
    number: int
    time: datetime
    fingerprint: str


def store(archive: Archive, content: bytes) -> Target:
    """Store bytes as an object and name them."""
    target = tree.target_of(content)
    archive.put_object(target, content)
    return target


def _pages(
    service: Service, stories: list[Story], content: Content
) -> Iterator[pages.Page]:
    names = {section.id: section.name for section in service.sections}
    for story in stories:
        yield from pages.article_pages(
            story, service, section_name=names[story.section]
        )
    cards = [pages.card(story) for story in reversed(stories)]
    yield pages.front_page(service, cards)
    yield from pages.listing_pages(service, None, cards)
    for section in service.sections:
        inside = [card for card in cards if card.section == section.id]
        yield from pages.listing_pages(service, section, inside)
    yield from pages.corrections_pages(service, stories)
    yield pages.notice_page(service)
    yield pages.not_found_page(service)
    services = list(content.services.values())
    yield pages.Page(
        "shared/index.html", pages.chooser_page(services, prefix="../../").content
    )
    yield pages.Page(ROOT_PAGE, pages.chooser_page(services, prefix="").content)


def _pictures(
    story: Story, pictures: PictureReader, archive: Archive
) -> Iterator[tuple[str, Target]]:
    for rendition in story.picture.renditions if story.picture else ():
        target = Target(rendition.size, rendition.digest)
        path = archive.object_path(rendition.digest)
        if not path.exists():
            content = pictures(rendition.digest)
            place = f"{story.service}/{story.id}"
            if content is None or tree.target_of(content) != target:
                why = f"no bytes of sha256 {rendition.digest} and size {rendition.size}"
                raise StoryError(place, "associations[0].renditions", why)
            archive.put_object(target, content)
        yield f"m/{rendition.name}", target
