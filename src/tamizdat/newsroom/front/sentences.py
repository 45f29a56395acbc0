"""Say in sentences what one arrangement changed of another."""

import zoneinfo
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tamizdat.newsroom.front.layout import Change, Layout, Place, changes
from tamizdat.newsroom.front.work import section_names
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Article, ServicePage


class Teller:
    """Knows the names of a service's sections and of some stories."""

    def __init__(self, service: ServicePage, articles: Iterable[int]) -> None:
        self._zone = zoneinfo.ZoneInfo(service.time_zone)
        self._sections = section_names(service)
        self._stories: Mapping[int, Article] = Article.objects.in_bulk(list(articles))

    def tell(self, old: Layout, new: Layout) -> list[str]:
        """Say what became of each story, in the order of the new page."""
        return [self._sentence(change) for change in changes(old, new)]

    def local(self, time: datetime) -> str:
        """Write a moment in the service's zone."""
        return f"{time.astimezone(self._zone):%Y-%m-%d %H:%M}"

    def _sentence(self, change: Change) -> str:
        words = {
            "story": isolated(self._stories.get(change.article, "?")),
            "from": self._place(change.before),
            "to": self._place(change.after),
        }
        if change.after is None:
            return _("“%(story)s” taken off (was %(from)s)") % words
        if change.before is None:
            said = _("“%(story)s” put at %(to)s") % words
        elif change.before != change.after:
            said = _("“%(story)s” moved from %(from)s to %(to)s") % words
        else:
            said = _("“%(story)s” stays at %(to)s") % words
        return said + self._pin(change)

    def _pin(self, change: Change) -> str:
        if not change.pinned:
            return ""
        if change.until is None:
            return _(", without an end")
        return _(", until %(time)s") % {"time": isolated(self.local(change.until))}

    def _place(self, place: Place | None) -> str:
        if place is None:
            return ""
        return _("%(section)s %(position)d") % {
            "section": isolated(self._sections.get(place.section, place.section)),
            "position": place.position + 1,
        }
