"""Settle which story an old address leads to, when several speak of it in one run.

A story may take over an address only if no other keeps it. What one gives up in the
same run is free, wherever the two stand in the content.

Source: spec/addresses.md, "Old addresses".
"""

from collections.abc import Callable, Iterable, Mapping

from tamizdat.edition import pages
from tamizdat.edition.stories import Service, Story
from tamizdat.press.stock import Stock


class Moves:
    """The old addresses of one service."""

    def __init__(self, service: Service, stock: Stock) -> None:
        self._service = service
        self._stock = stock

    def _paths(self, story: Story) -> list[str]:
        if not story.permalinks:
            return []
        return [page.path for page in pages.moved_pages(story, self._service)]

    def must_wait(self, story: Story) -> bool:
        """Tell whether an address of a story leads to another one so far."""
        owners = map(self._stock.leads_to, self._paths(story))
        return any(owner not in (None, story.id) for owner in owners)

    def agree(
        self, stories: Iterable[Story], refuse: Callable[[str, str], None]
    ) -> list[Story]:
        """Choose the stories whose addresses are free once all of them gave up theirs.

        Args:
            stories: those that waited; all others are printed.
            refuse: takes the id of each that is left out, and why. It stays as it was
                printed, so that what it would have given up is not free.
        """
        left = {story.id: story for story in sorted(stories, key=lambda s: s.id)}
        wanted = {id_: self._paths(story) for id_, story in left.items()}
        while clash := self._clash(wanted):
            id_, path, owner = clash
            del wanted[id_]
            refuse(id_, f"{path} leads to {owner} already")
        return [left[id_] for id_ in wanted]

    def _clash(self, wanted: Mapping[str, list[str]]) -> tuple[str, str, str] | None:
        """Find a story, a path it wants and the story that keeps or takes it."""
        taken: dict[str, str] = {}
        for id_, paths in wanted.items():
            for path in paths:
                owner = self._stock.leads_to(path) or id_
                if path not in wanted.get(owner, [path]):
                    owner = id_  # given up
                owner = taken.setdefault(path, owner)
                if owner != id_:
                    return id_, path, owner
        return None

    def give_up(self, story: Story) -> list[str]:
        """Forget the addresses that a story has no more; returns them."""
        kept = [p for p in self._paths(story) if self._stock.leads_to(p) == story.id]
        return self._stock.keep_moved(story.id, kept)
