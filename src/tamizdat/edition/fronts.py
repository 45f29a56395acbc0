"""Read how editors arrange a front page.

Decides what a well-formed arrangement is. Leaves to the press whether its service,
sections and stories exist, and to `pages` how they look.

Source: spec/front-document.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from tamizdat.edition.errors import StoryError
from tamizdat.edition.fields import Fields
from tamizdat.edition.stories import Service

FORMAT = "tamizdat-front/1"
LEAD = 7  # stories told at length
SLOTS = 5  # stories of a section
BESIDE = 6  # newest stories beside those that lead, if as many are left

_SERVICE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Arrangement:
    """Which stories have a fixed place on a front page.

    Attributes:
        lead: ids of stories, the first one leads.
        sections: by section id, ids of the stories that stand first in it.
    """

    lead: tuple[str, ...] = ()
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def stories(self) -> tuple[str, ...]:
        """Every story it names."""
        return (*self.lead, *(id_ for some in self.sections.values() for id_ in some))


@dataclass(frozen=True)
class Front:
    """An arrangement and whose it is.

    Attributes:
        service: id.
        place: file and line, for messages.
    """

    service: str
    arrangement: Arrangement
    place: str

    def fail(self, key: str, reason: str) -> NoReturn:
        """Raise a StoryError for one key."""
        raise StoryError(f"{self.place} ({self.service})", key, reason)

    def check_sections(self, service: Service) -> None:
        """Check that it names sections of its service.

        Raises:
            StoryError: one is not there, or is retired.
        """
        there = {section.id for section in service.current}
        for section in sorted(self.arrangement.sections.keys() - there):
            self.fail("sections", f"{service.id} has no section {section!r}")


def read_front(fields: Fields) -> Front:
    """Read a front document.

    Raises:
        StoryError: not as spec/front-document.md says.
    """
    fields.word("format", (FORMAT,))
    service = fields.match("service", _SERVICE)
    lead = _ids(fields, "lead", LEAD)
    sections: dict[str, tuple[str, ...]] = {}
    for entry in fields.each("sections", most=20):
        section = entry.match("id", _SLUG)
        if section in sections:
            entry.fail("id", f"{section} stands twice")
        sections[section] = _ids(entry, "stories", SLOTS)
        entry.done()
    fields.done()
    front = Front(service, Arrangement(lead, sections), fields.place)
    seen: set[str] = set()
    for story in front.arrangement.stories:
        if story in seen:
            front.fail("lead", f"{story} stands twice on one page")
        seen.add(story)
    return front


def _ids(fields: Fields, key: str, most: int) -> tuple[str, ...]:
    inner = fields.entries(key, most=most)
    return tuple(inner.match(str(at), _SLUG) for at in range(len(inner)))
