"""Print what changed of one service, and change its tree as much.

Decides which files a press run touches. A story touches its own pages, its pictures
and the pages of the lists it stands on; how a page looks is for `edition.pages`, which
lists those are for `stock`. What nothing touched is neither rendered nor read.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain

import tamizdat
from tamizdat.edition import graft, pages, parts, releases, tree, withdrawals
from tamizdat.edition.errors import StoryError, TreeError
from tamizdat.edition.fronts import Front
from tamizdat.edition.media import File
from tamizdat.edition.pages import Carried, Page
from tamizdat.edition.pages.constant import ROOT_PAGE
from tamizdat.edition.pages.registers import find_page, search_pages
from tamizdat.edition.services import crowded
from tamizdat.edition.stories import Service, Story
from tamizdat.edition.tree import Target
from tamizdat.press import ledger
from tamizdat.press.archive import Archive
from tamizdat.press.carried import carried
from tamizdat.press.content import Frozen
from tamizdat.press.errors import CrowdedError
from tamizdat.press.grafts import Grafts, Lines
from tamizdat.press.lists import Lists
from tamizdat.press.moves import Moves
from tamizdat.press.packed import Packed
from tamizdat.press.packing import Packing, newest_of
from tamizdat.press.purge import Purge
from tamizdat.press.recovered import Recovered
from tamizdat.press.stock import Known, Stock

PictureReader = Callable[[str], bytes | None]  # SHA-256 in hex to bytes
ROOT_ENTRIES = 31  # of a service's root: a reader asks for it with each edition
INDEX = "index.html"  # ROOT_PAGE at the root of a mirror


@dataclass(frozen=True)
class Facts:
    """What only one edition knows. `time`: UTC; `fingerprint`: hex."""

    organisation: str
    number: int
    time: datetime
    fingerprint: str


@dataclass(frozen=True)
class _Ready:
    """A story that can be printed. `before`: what is kept of it, None if it is new."""

    frozen: Frozen
    pages: list[Page]
    pictures: dict[str, Target]
    before: Known | None


class Build:
    """One service being printed, inside one transaction.

    Attributes:
        stories: how many were printed.
        changed: whether there is anything for an edition.
        takes_back: a new release of it is a withdrawal or a redaction.
        recovered: stories that the archive names and the memory has lost.
    """

    def __init__(
        self,
        service: Service,
        archive: Archive,
        database: sqlite3.Connection,
        pictures: PictureReader,
    ) -> None:
        self.service = service
        self.stories = 0
        self.changed = False
        self.takes_back = False
        self._lines = Lines(database, service.id)
        self._archive = archive
        self._database = database
        self._pictures = pictures
        self._stock = Stock(database, service.id)
        self._grafts = Grafts(database, service.id)
        self._packing = Packing(database, archive, service.id)
        self._packed = Packed(database, service, self._stock.card)
        self._purge = Purge(database, archive, service.id)
        self._lists = Lists(database, service, self._stock)
        self._moves = Moves(service, self._stock)
        self.recovered = Recovered(database, service.id)
        self._waiting: dict[str, _Ready] = {}
        self._chains: dict[str, int] = {}  # pages of what goes on, by the first of them
        self._sections = {section.id: section for section in service.sections}

    @cached_property
    def flaw(self) -> StoryError | None:
        """Say why no story of it can be printed, if none can: its pages have no room.

        Its document is read all the same, because others name the service.
        """
        crowd = crowded(self.service)
        place = f"service {self.service.id}"
        return StoryError(place, crowd.field, crowd.reason) if crowd else None

    @property
    def stock(self) -> Stock:
        """What is known of the service's lists."""
        return self._stock

    def print_story(self, frozen: Frozen) -> None:
        """Print a new or changed story and note what it touches.

        One that takes an old address from another story waits for `print_waiting`:
        the other one may give it up in this run. What else may be wrong is known here.

        Raises:
            StoryError: it cannot be printed; nothing of it is kept.
        """
        story = frozen.story
        before = self._stock.known(story.id)
        number = before.head.number if before else 0
        known = number or self.recovered.number(story.id)
        self.takes_back |= any(
            r.kind in withdrawals.KINDS for r in story.releases[known:]
        )
        if before:
            ledger.check_grown(story, before.told)
        self.recovered.check(story)
        if self.flaw:
            return
        self._check_salt(story, number)
        files = dict(self._picture_files(story))
        printed = self._article(story)
        one = _Ready(frozen, printed, files, before)
        if self._moves.must_wait(story):
            self._waiting[story.id] = one
        else:
            self._print(one)

    def _article(self, story: Story) -> list[Page]:
        section = self._sections[story.section].name
        return pages.article_pages(story, self.service, section_name=section)

    def print_waiting(self, refuse: Callable[[StoryError], None]) -> None:
        """Print the stories that waited for an old address of another one.

        Args:
            refuse: takes each whose address stays with the other.
        """

        def keep(id_: str, reason: str) -> None:
            place = self._waiting[id_].frozen.named
            refuse(StoryError(place, "tamizdat.permalinks", reason))

        waiting = [one.frozen.story for one in self._waiting.values()]
        agreed = self._moves.agree(waiting, keep)
        for story in agreed:
            self._take_away(self._moves.give_up(story))
        for story in agreed:
            self._print(self._waiting[story.id])
        self._waiting.clear()

    def _check_salt(self, story: Story, printed: int) -> None:
        """Refuse a new release with the salt of another.

        Raises:
            StoryError: redacting one of the two would take the other away.
        """
        salt = story.release.salt
        owner = self._purge.owner(salt)
        for other in self._waiting.values():
            if other.frozen.story.release.salt == salt:
                owner = (story.service, other.frozen.story.id)
        own = owner == (story.service, story.id)
        if owner is None or (own and story.release.number == printed):
            return
        field = f"tamizdat.releases[{story.release.number - 1}].salt"
        whose = "an older release" if own else "/".join(owner)
        raise StoryError(ledger.place_of(story), field, f"{whose} has the same salt")

    def _print(self, one: "_Ready") -> None:
        story, before, printed = one.frozen.story, one.before, one.pages
        changes = pages.changes_pages(story, self.service, printed)
        card = pages.card(story)
        head = before.head if before else self.recovered.take(story.id)
        lines = releases.new_lines(story, head)
        if before or story.permalinks:
            self._keep_moved(story)
        there = before.pages if before else 0
        self._keep_pages(printed, card.path, there)
        texts = pages.text_pages(printed)
        self._keep_pages(texts, pages.text_path(card.path), there)
        if before or changes:
            there = self._stock.keep_changes(story.id, len(changes))
            self._keep_pages(changes, pages.changes_path(story), there)
        if before or one.pictures:
            self._keep_pictures(story.id, one.pictures)
        if head is not None and before is None:
            self._purge.note_all_salts(story)
        self._purge.take_back(story, head.number if head else 0)
        self._purge.note_salt(story, card.beside.origin)
        self._packing.note(story)
        if lines:
            number, line = story.release.number, releases.line_hash(lines[-1])
            head = releases.Head(number, line)
        if head is None:
            raise TreeError(f"{story.id}: a story without a release")
        told = ledger.told_by(story)
        looks = self._stock.keep(card, one.frozen.digest, len(printed), head, told)
        changed = before is None or before.card != looks
        known = before is not None
        notes = pages.noted(story, changes)
        self._lists.shelve(card, notes, known=known, changed=changed)
        self._lines.extend(lines)
        self.stories += 1

    def _keep_pages(self, printed: Sequence[Page], path: str, before: int) -> None:
        """Keep the pages that begin at a path, and take away those too many before."""
        for page in printed:
            self._keep(page)
        for number in range(len(printed) + 1, before + 1):
            self._grafts.put(pages.continued(path, number), None)

    def _keep_moved(self, story: Story) -> None:
        """Keep the pages that lead from old addresses to a story."""
        found = pages.moved_pages(story, self.service)
        gone = self._stock.keep_moved(story.id, [page.path for page in found])
        for page in found:
            self._keep(page)
        self._take_away(gone)

    def _take_away(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._grafts.put(path, None)

    def _keep_pictures(self, story: str, files: dict[str, Target]) -> None:
        digests = {name: target.digest for name, target in files.items()}
        dropped = self._stock.keep_pictures(story, digests)
        self._purge.note_dropped(story, dropped)
        for name in dropped:
            if not self._stock.shows(name):
                self._grafts.put(name, None)
        for name, target in files.items():
            self._grafts.put(name, target)

    def _keep(self, page: Page) -> None:
        self._grafts.put(page.path, store(self._archive, page.content))

    def _picture_files(self, story: Story) -> Iterator[tuple[str, Target]]:
        """Give the file of each picture, sound and document that a story shows."""
        if pages.standing(story) == pages.WITHDRAWN:
            return
        for file in (file for medium in story.media for file in medium.files):
            yield f"m/{file.name}", self._file(ledger.place_of(story), file)

    def _file(self, place: str, file: File) -> Target:
        """Keep the bytes of a file, which the archive may have already."""
        target = Target(file.size, file.digest)
        if self._purge.is_withdrawn(file.digest):
            why = f"sha256 {file.digest}: withdrawn in an earlier edition"
            raise StoryError(place, "associations", why)
        if not self._archive.object_path(file.digest).exists():
            content = self._pictures(file.digest)
            if content is None or tree.target_of(content) != target:
                why = f"no bytes of sha256 {file.digest}, {file.size} long"
                raise StoryError(place, "associations", why)
            self._archive.put_object(target, content)
        return target

    def print_lists(
        self, services: Sequence[Service], *, constants: bool, anew: bool
    ) -> None:
        """Print the pages of every list that something touched.

        Args:
            services: of the organisation, for the language chooser.
            constants: whether the pages that no story touches are printed too.
            anew: whether every page of every list is printed.

        Raises:
            StoryError: the service has too much for a page.
        """
        for page in self._lists.printed(anew=anew):
            self._keep(page)
        for path in self._lists.gone():
            self._grafts.put(path, None)
        if constants:
            self._print_constants(services)

    def _print_constants(self, services: Sequence[Service]) -> None:
        self._packed.anew = True
        for printed in (pages.notice_pages, pages.about_pages, pages.feeds_pages):
            self._keep_chain(printed(self.service))
        self._keep_chain(search_pages(self.service))
        self._keep(find_page(self.service))
        self._keep(pages.not_found_page(self.service))
        root, *chooser = pages.chooser_pages(services)
        self._keep(root)
        self._keep_chain(chooser)

    def _keep_chain(self, printed: Sequence[Page]) -> None:
        """Keep a page and those on which it goes on; `finish` takes away the others."""
        for page in printed:
            self._keep(page)
        self._chains[printed[0].path] = len(printed)

    def _shorten(self, root: Target) -> None:
        """Take away the pages on which something went on, and does no more."""
        for path, number in self._chains.items():
            while self._stands(root, more := pages.continued(path, number + 1)):
                self._grafts.put(more, None)
                number += 1  # noqa: PLW2901

    def _stands(self, root: Target, path: str) -> bool:
        return tree.find(root, path, self._archive.object) is not None

    def arrange(self, front: Front | None) -> None:
        """Arrange the front page anew; None leaves it to the newest stories.

        Raises:
            StoryError: a section or a story is not there.
        """
        if self._lists.arrange(front):
            self.changed = True

    # The edition

    def finish(self, root: Target | None, facts: Facts) -> Target:
        """Add what tells the edition's number, change the tree and store it.

        Args:
            root: the tree of the edition before, None for the first.
            facts: what only this edition knows.

        Returns:
            The root directory object after.

        Raises:
            StoryError, PackError: a page or a part has no room for what is on it.
            CrowdedError: the root would have too many entries.
            TreeError: the tree before is damaged.
        """
        old, root = root, None if self.recovered.any else root  # all is printed then
        trust = pages.trust_page(
            self.service,
            organisation_id=facts.organisation,
            number=facts.number,
            signed=facts.time,
            fingerprint=facts.fingerprint,
        )
        self._keep(trust)
        self._keep_sitemap(facts.time)
        self._keep_parts(root)
        self._keep_mirrors()
        if root is not None:
            self._shorten(root)
        after = graft.graft(
            root, self._grafts.sorted(), self._archive.object, self._archive.put_object
        )
        if after is None:
            raise TreeError(f"{self.service.id}: an edition without files")
        _check_root(after, self._archive)
        if self.recovered.any and old is not None:
            self._take_away_all(old, after)
        return after

    def _keep_sitemap(self, now: datetime) -> None:
        """Keep the news sitemap of a service with a home and news; no other has one."""
        sitemap = None
        if self.service.home:
            cards = self._lists.newest_cards()
            sitemap = pages.news_sitemap(self.service, cards, now)
        if sitemap is not None:
            self._keep(sitemap)
        else:
            self._grafts.put(pages.SITEMAP, None)

    def _keep_mirrors(self) -> None:
        """Keep the page of mirrors, with the files that this edition leaves there."""
        files = () if self._purge.deletes() else self._carried()
        self._keep_chain(pages.mirrors_pages(self.service, files))

    def _carried(self) -> list[Carried]:
        return carried(self._database, self._archive, self.service.id)

    def _take_away_all(self, old: Target, new: Target) -> None:
        """Take away what stood in a tree that was not printed on."""
        for path, _before, after in tree.changes(old, new, self._archive.object):
            if after is None:
                self._grafts.put(path, None)

    def _keep_parts(self, root: Target | None) -> None:
        """Keep what stands in parts: pack, release lines, what is withdrawn."""
        newest = newest_of(self._lists.newest(parts.REACH))
        texts = self._packing.texts(root, self._stock.salt)
        for path, content in chain(
            self._packing.changes(newest, texts), self._packed.changes(newest, texts)
        ):
            target = None if content is None else store(self._archive, content)
            self._grafts.put(path, target)
        for path in self._old_parts(root):
            self._grafts.put(path, None)
        self._purge.withdraw(self._stock.shown)
        withdrawn = withdrawals.parts(self._purge.listed())
        for path, part in chain(
            releases.packed(self._lines.sorted()), withdrawn.items()
        ):
            self._grafts.put(path, store(self._archive, part))

    def _old_parts(self, root: Target | None) -> set[str]:
        if root is None:
            return set()
        rows = tree.entries_of(root, self._archive.object, "")
        folder = next((e for e in rows if e.name == "releases"), None)
        if folder is None:
            return set()
        inner = tree.entries_of(folder.target, self._archive.object, "releases")
        return {f"releases/{entry.name}" for entry in inner}

    def places(self) -> Iterator[tuple[str, Target | None]]:
        """List the friendly paths that change, and what will stand there."""
        for path, target in self._grafts.sorted():
            yield f"{self.service.id}/{path}", target
            if path == ROOT_PAGE and target:
                yield INDEX, target

    def place_pages(self) -> None:
        """Bring the friendly copies up to date."""
        for place, target in self.places():
            if target is None:
                self._archive.remove(place)
            else:
                self._archive.place(place, target)


def store(archive: Archive, content: bytes) -> Target:
    """Store bytes as an object and name them."""
    target = tree.target_of(content)
    archive.put_object(target, content)
    return target


def constants_of(service: Service, services: Iterable[Service]) -> tuple[str, str]:
    """Digest what every page of a service depends on, and what only some do.

    Returns:
        SHA-256 in hex of the theme with the service, and of all services' names.
    """
    shown = replace(service, about=(), mirrors=())  # stand on pages of their own
    theme = f"{pages.THEME} {tamizdat.VERSION} {shown}"
    own = hashlib.sha256(theme.encode()).hexdigest()
    every = [(s.id, s.name, s.language, s.direction, s.organisation) for s in services]
    some = f"{own} {service.about} {service.mirrors} {every}"
    return own, hashlib.sha256(some.encode()).hexdigest()


def _check_root(root: Target, archive: Archive) -> None:
    entries = list(tree.entries_of(root, archive.object, ""))
    if len(entries) > ROOT_ENTRIES:
        raise CrowdedError(f"the root has more than {ROOT_ENTRIES} entries")
