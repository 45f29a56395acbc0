"""Show what a changed look does to pages of a service: one of each kind.

Decides which page stands for its kind: the front page, the newest article, the section
it is in, and a front page that is read from the other side.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tamizdat.edition.pages import article_pages, card, section_list
from tamizdat.edition.pages.cards import Card
from tamizdat.edition.stories import Section, Service, Story
from tamizdat.newsroom import documents
from tamizdat.newsroom.errors import FrontError
from tamizdat.newsroom.front import arranging, preview
from tamizdat.newsroom.front.layout import Layout
from tamizdat.newsroom.models import Article, ServicePage

MODES = (
    ("", gettext_lazy("Front page")),
    ("article", gettext_lazy("Newest article")),
    ("section", gettext_lazy("Section")),
    ("turned", gettext_lazy("Front page in the other direction")),
)
_LISTED = 20  # stories of a section
_TURNED = {"ltr": "rtl", "rtl": "ltr"}


def page_html(service: ServicePage, mode: str) -> bytes:
    """Render a page as it would be printed with what is typed.

    Args:
        service: as typed, saved or not.
        mode: one of MODES; any other is the front page.

    Raises:
        EditionError: an edition could not print it.
        FrontError: there is no story yet that could stand on it.
    """
    if mode == "turned":
        return _turned(service)
    if mode in {"article", "section"}:
        document = preview.read_service(documents.service_document(service))
        story = _newest(service)
        section = next(s for s in document.sections if s.id == story.section)
        if mode == "section":
            return _section(service, document, section)
        pages = article_pages(story, document, section_name=section.name)
        return pages[0].content
    return preview.front_html(service, _layout(service))


def _layout(service: ServicePage) -> Layout:
    return arranging.layout_of(arranging.newest(service))


def _stories(service: ServicePage, section: str | None, most: int) -> list[Story]:
    """Read the newest stories that stand, oldest first; of one section or of any."""
    ids = [one.section_id for one in service.sections.all()]
    rows = Article.objects.released().filter(service=service, taken_back="")
    rows = rows.filter(section__in=[section] if section else ids)
    newest = rows.order_by("-published", "-address")[:most]
    found = preview.stories_of({article.pk: article for article in newest})
    return sorted(found, key=lambda story: (story.published, story.id))


def _newest(service: ServicePage) -> Story:
    found = _stories(service, None, 1)
    if not found:
        raise FrontError(_("This service has published no story yet."))
    return found[0]


def _section(service: ServicePage, document: Service, section: Section) -> bytes:
    cards = [card(story) for story in _stories(service, section.id, _LISTED)]
    return section_list(document, section).pages(cards, _time)[0].content


def _time(one: Card) -> datetime:
    return one.published


def _turned(service: ServicePage) -> bytes:
    """Show another service that is read from the other side, looking as this one.

    Where there is none, its own words from the other side.
    """
    own = documents.service_document(service)
    way = _TURNED[service.direction]
    others = ServicePage.objects.filter(direction=way).exclude(pk=service.pk)
    other = others.order_by("service_id").first() or service
    document = documents.bare_document(other) | {"direction": way}
    document = document | {"look": own.get("look", {})}
    return preview.front_html(other, _layout(other), preview.read_service(document))
