"""Describe a story to machines: schema.org NewsArticle as JSON-LD."""

import json
from typing import Any

from minijinja import Markup

from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import stamp
from tamizdat.edition.pages.addresses import article_path, dated_path
from tamizdat.edition.pages.cards import note_of, standing
from tamizdat.edition.stories import NOTED_KINDS, Byline, Place, Release, Service, Story

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CORRECTIONS = 3  # the newest ones; the page itself shows all


def news_article(story: Story, service: Service, image: str | None = None) -> str:
    """Write the JSON-LD of a story, ready to stand in a script element.

    Args:
        story: what it describes.
        service: whose it is; where it has a home, addresses there name things.
        image: path of the picture that is shown, inside the service's tree.

    Source: schema.org NewsArticle, CorrectionComment.
    """
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        **_named(story, service, image),
        "inLanguage": service.language,
        "headline": clipped(story.headline),
        "datePublished": stamp(story.published, service).iso,
        "dateModified": stamp(story.updated or story.published, service).iso,
        "author": _authors(story, service),
        "publisher": _organisation(service.organisation),
    }
    if story.places:
        facts["contentLocation"] = [_place(place) for place in story.places]
    if story.lineage and story.lineage.by:
        facts["translator"] = _person(story.lineage.by)
    if corrections := _corrections(story.releases, service):
        facts["correction"] = corrections
    text = _COMPACT.encode(facts)
    return Markup(text.replace("<", "\\u003c"))  # "</script>" would end the element


def _named(story: Story, service: Service, image: str | None) -> dict[str, Any]:
    """Name the story, its picture and what it was translated from, if they can be.

    A story that was taken back shows no original, so that it names none.
    """
    if not service.home:
        return {}
    at = f"{service.home}/{service.id}"
    found: dict[str, Any] = {"@id": f"{at}/{article_path(story)}"}
    if image:
        found["image"] = {"@type": "ImageObject", "@id": f"{at}/{image}"}
    lineage = None if standing(story) else story.lineage
    if lineage and lineage.relation == "translated":
        first = lineage.original or lineage
        path = dated_path(first.id, first.published)
        source = f"{service.home}/{first.service}/{path}"
        found["translationOfWork"] = {"@id": source}
    return found


def _authors(story: Story, service: Service) -> list[dict[str, str]]:
    ours = {service.organisation, service.name}
    return [_author(line, ours) for line in story.bylines] or [
        _organisation(service.organisation)
    ]


def _author(line: Byline, ours: set[str]) -> dict[str, str]:
    is_service = line.kind == "service" or (line.kind is None and line.name in ours)
    return _organisation(line.name) if is_service else _person(line.name)


def _place(place: Place) -> dict[str, Any]:
    """Describe a place by its name, and by its country where that is known.

    Source: schema.org Place, PostalAddress.
    """
    found: dict[str, Any] = {"@type": "Place", "name": clipped(place.name)}
    if place.territory:
        address = {"@type": "PostalAddress", "addressCountry": place.territory[:2]}
        if "-" in place.territory:
            address["addressRegion"] = place.territory
        found["address"] = address
    return found


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": clipped(name)}


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": clipped(name)}


def _corrections(
    releases: tuple[Release, ...], service: Service
) -> list[dict[str, str]]:
    noted = [release for release in releases if release.kind in NOTED_KINDS]
    return [
        {
            "@type": "CorrectionComment",
            "text": clipped(note_of(release, service.language)),
            "datePublished": stamp(release.time, service).iso,
        }
        for release in noted[-_CORRECTIONS:]
    ]
