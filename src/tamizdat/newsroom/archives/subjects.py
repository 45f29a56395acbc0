"""Read the categories and tags of an archive as sections and tags of a service.

What the service has by the same name is taken. What it has not is told, with how many
stories name it, and made only if whoever brings the archive in asks for it: most tags
of an old site were used once.

Source: docs/decisions/0045-archives-come-in-as-releases.md.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import Section, ServicePage, Tag
from tamizdat.newsroom.richtext import plain
from tamizdat.newsroom.writing.topics import MOST, NAME_LENGTH, new_subject
from tamizdat.wire.items import WireItem

_CODE = re.compile(r"[a-z]+:\d{8}")  # of IPTC: no name that readers see
# What WordPress calls stories that nobody sorted, in languages of newsrooms.
_UNSORTED = frozenset(
    {
        *("uncategorized", "uncategorised", "без рубрики", "без категории"),
        *("без категорії", "без рубрыкі", "دسته‌بندی نشده", "unkategorisiert"),
    }
)


@dataclass(frozen=True)
class Found:
    """Hold what a story is about, in the words of the service.

    Attributes:
        section: path of the section that it names, None where it names none.
        tags: rows of `subjects` of a story document.
        left: names that the service has not.
    """

    section: str | None
    tags: tuple[dict[str, str], ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Say what became of one name, and how many stories name it.

    Attributes:
        becomes: "section", "tag", "new tag" or "nothing".
        id: of the section or tag; None for nothing.
    """

    name: str
    stories: int
    becomes: str
    id: str | None


@dataclass
class Subjects:
    """What a service has, and what of an archive became of it.

    Attributes:
        make: make tags that the service has not.
        dry: make nothing, and say what would be made.
    """

    service: ServicePage
    make: bool = False
    dry: bool = False
    sections: dict[str, str] = field(default_factory=dict)
    _tags: dict[str, dict[str, str]] = field(default_factory=dict)
    _fresh: set[str] = field(default_factory=set)
    _counts: Counter[str] = field(default_factory=Counter)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what the service has."""
        for row in self.service.sections.all():
            for name in (row.name, row.section_id):
                self.sections.setdefault(spelled(name), row.section_id)
        self.read_tags()

    def read_tags(self) -> None:
        """Read the tags anew: what was made may have been undone with its story."""
        rows = Tag.objects.filter(service=self.service).select_related("merged_into")
        self._tags = {}
        for row in rows.order_by("pk"):
            standing = row.standing()
            told = {"name": standing.name, "literal": standing.key}
            self._tags.setdefault(spelled(row.name), told)
            self._tags.setdefault(row.key, told)

    def of(self, item: WireItem) -> Found:
        """Say what a story is about; nothing is made."""
        section, tags, left = None, dict[str, dict[str, str]](), list[str]()
        for name in _names(item.subjects):
            key = spelled(name)
            if key in self.sections:
                section = section or self.sections[key]
            elif key in self._tags:
                tag = self._tags[key]
                tags.setdefault(tag["literal"], tag)
            else:
                left.append(name)
        return Found(section, tuple(tags.values())[: MOST["tag"]], tuple(left))

    def take(self, item: WireItem) -> Found:
        """Say the same, and make the tags that were asked for."""
        found = self.of(item)
        if not self.make or not found.left:
            return found
        for name in found.left:
            self._make(name)
        return self.of(item)

    def _make(self, name: str) -> None:
        about = new_subject(self.service, "tag", name)
        if not self.dry:
            Tag.objects.create(service=self.service, **about)
        told = {"name": about["name"], "literal": about["key"]}
        self._tags[spelled(name)] = self._tags[about["key"]] = told
        self._fresh.add(spelled(name))

    def count(self, item: WireItem) -> None:
        """Note which names a story has that came in."""
        for name in _names(item.subjects):
            self._counts[spelled(name)] += 1
            self._names.setdefault(spelled(name), name)

    def told(self) -> Iterator[Told]:
        """Say what became of each name, the most frequent first."""
        for key, stories in sorted(
            self._counts.items(), key=lambda pair: (-pair[1], pair[0])
        ):
            becomes, id_ = self._became(key)
            yield Told(self._names[key], stories, becomes, id_)

    def _became(self, key: str) -> tuple[str, str | None]:
        if key in self.sections:
            return "section", self.sections[key]
        if key in self._tags:
            fresh = "new tag" if key in self._fresh else "tag"
            return fresh, self._tags[key]["literal"]
        return "nothing", None


def spelled(text: str) -> str:
    """Spell a name as names are compared."""
    return " ".join(text.casefold().split())


def _names(subjects: Iterable[str]) -> list[str]:
    """Give the names that can be shown to readers, each once."""
    found = dict[str, str]()
    for text in subjects:
        name = plain(text) or ""
        wanted = name and len(name) <= NAME_LENGTH and not _CODE.fullmatch(name)
        if wanted and spelled(name) not in _UNSORTED:
            found.setdefault(spelled(name), name)
    return list(found.values())


@transaction.atomic
def take_sections(
    service: ServicePage, chosen: Mapping[str, str], *, dry: bool
) -> dict[str, str]:
    """Let names of an archive be sections of a service; make those that it has not.

    Args:
        service: whose sections they are.
        chosen: name in the archive -> path of the section.
        dry: make nothing.

    Returns:
        For each name, as it is compared, the path.

    Raises:
        CopyError: a path is none, or the service has changes that wait to be published.
    """
    known = {row.section_id for row in service.sections.all()}
    fresh = {path: name for name, path in chosen.items() if path not in known}
    rows = [
        Section(section_id=path, name=name, sort_order=len(known) + at)
        for at, (path, name) in enumerate(fresh.items())
    ]
    for row in rows:
        _check(row)
    if rows and not dry:
        if service.has_unpublished_changes:
            raise CopyError(
                f"{service.service_id}: expected a service without changes that wait"
            )
        service.sections.add(*rows)
        service.save_revision().publish()
    return {spelled(name): path for name, path in chosen.items()}


def _check(row: Any) -> None:
    try:
        row.clean_fields(exclude=["service"])
    except ValidationError as error:
        said = f"{row.name}={row.section_id}: {'; '.join(error.messages)}"
        raise CopyError(said) from error
