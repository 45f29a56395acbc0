"""Decide what stands on an article's page, and in which order.

What a reader sees depends on the story's standing: all of it, a retracted headline with
its note, or the bare fact that something was withdrawn.
"""

from collections.abc import Iterator
from typing import Any

from minijinja import Markup

from tamizdat.edition.blocks import Block, Passage, shown_alt
from tamizdat.edition.dates import stamp, way_of, write_day
from tamizdat.edition.languages import direction, own_name
from tamizdat.edition.media import Picture
from tamizdat.edition.pages.addresses import article_path, dated_path, link, up
from tamizdat.edition.pages.cards import RETRACTED, WITHDRAWN, note_of, standing
from tamizdat.edition.pages.changes import changes_links, changes_path
from tamizdat.edition.pages.flow import Piece, clipped
from tamizdat.edition.pages.linkeddata import news_article
from tamizdat.edition.pages.pager import page_name
from tamizdat.edition.pages.theme import frame
from tamizdat.edition.stories import (
    NOTED_KINDS,
    Byline,
    Lineage,
    Release,
    Service,
    Story,
    Translation,
)
from tamizdat.edition.wording import wording

FIRST_ONLY = ("picture", "standfirst", "dateline", "data", "summary")  # not on page 2

_SHOWN_KINDS = (*NOTED_KINDS, "redaction")  # each has a note on the page
_TYPES = ("image/avif", "image/webp")  # best first; JPEG is for everyone else
_SIZES = Markup("(min-width:60rem) 58rem,50vw")  # asks dense screens for fewer pixels
_FALLBACK_WIDTH = 640  # pixels; the one JPEG must do for every old device


def view_of(story: Story, service: Service, section_name: str) -> dict[str, Any]:
    """Collect what stands around the text of a whole, retracted or withdrawn story."""
    path, state = article_path(story), standing(story)
    view = frame(path, service, clipped(story.headline)) | {
        "standing": state,
        "salt": story.release.salt,
        "section": {"id": link(story.section), "name": section_name},
        "kicker": None if story.kicker == section_name else story.kicker,
        "headline": story.headline,
        "moments": _moments(story, service),
        "change": _change(story, service),
        "changes": link(_what_changed(story, service)),
        "original": None,
        "translations": (),
        "tags": (),
        "pager": None,
        **dict.fromkeys(FIRST_ONLY),
    }
    if state == WITHDRAWN:
        return view | _withdrawn(story, service)
    if state == RETRACTED:
        return view | {"data": news_article(story, service)}
    return view | _whole(story, service, up(path))


def _whole(story: Story, service: Service, root: str) -> dict[str, Any]:
    return {
        "summary": story.standfirst and clipped(story.standfirst),
        "data": news_article(story, service),
        "picture": story.picture and _picture(story.picture, root),
        "standfirst": story.standfirst,
        "dateline": _dateline(story, service),
        "original": story.lineage and _original(story.lineage, root),
        "translations": [_translation(t, root) for t in _others(story)],
        "tags": [{"id": link(tag.id), "name": tag.name} for tag in story.tags],
    }


def _withdrawn(story: Story, service: Service) -> dict[str, Any]:
    """Leave nothing that could say which story this was."""
    words = wording(service.language)
    time = stamp(story.updated or story.published, service)
    return {
        "title": words.plain["withdrawn_title"],
        "headline": words.html["withdrawn_title"],
        "section": None,
        "kicker": None,
        "moments": [{"word": "withdrawn_time", "time": time}],
        "change": None,
    }


def _what_changed(story: Story, service: Service) -> str:
    """Name the page that tells what the releases changed, "" if there is none."""
    links = changes_links(story, service)
    return page_name(changes_path(story), 1) if links else ""


def _moments(story: Story, service: Service) -> list[dict[str, Any]]:
    moments = [{"word": "published", "time": stamp(story.published, service)}]
    if story.updated:
        moments.append({"word": "updated", "time": stamp(story.updated, service)})
    return moments


def _change(story: Story, service: Service) -> dict[str, str] | None:
    noted = [release for release in story.releases if release.kind in _SHOWN_KINDS]
    if not noted:
        return None
    time = stamp(noted[-1].time, service)
    day = Markup(f'<time datetime="{time.iso}">{time.day}</time>')
    words = wording(service.language).fill(f"see_{noted[-1].kind}", date=day)
    return {"words": words, "href": link(f"#r{noted[-1].number}")}


def _picture(picture: Picture, root: str) -> dict[str, Any] | None:
    if not picture.renditions:
        return None
    sources = []
    for type_ in _TYPES:
        some = [r for r in picture.renditions if r.type == type_]
        srcset = ",".join(f"{root}m/{r.name} {r.width}w" for r in some)
        if some:
            sources.append({"type": Markup(type_), "srcset": Markup(srcset)})
    plain = [r for r in picture.renditions if r.type == "image/jpeg"]
    last = min(
        plain or picture.renditions,
        key=lambda r: (abs(r.width - _FALLBACK_WIDTH), r.type),
    )
    return {
        "sources": sources,
        "sizes": _SIZES,
        "src": link(f"{root}m/{last.name}"),
        "width": last.width,
        "height": last.height,
        "alt": shown_alt(picture),
        "caption": picture.caption,
        "credit": picture.credit,
    }


def _dateline(story: Story, service: Service) -> dict[str, str | None] | None:
    if story.dateline is None:
        return None
    day = story.dateline.date
    return {
        "place": story.dateline.place,
        "date": day.isoformat() if day else None,
        "day": write_day(day, way_of(service), service.language) if day else None,
    }


def _original(lineage: Lineage, root: str) -> dict[str, str | None]:
    path = dated_path(lineage.id, lineage.published)
    return {
        "relation": lineage.relation,
        "href": link(f"{root}../{lineage.service}/{path}"),
        "headline": lineage.headline,
        "language": lineage.language,
        "dir": lineage.language and direction(lineage.language),
    }


def _others(story: Story) -> list[Translation]:
    """Leave out the original, which has a line of its own."""
    source = story.lineage
    first = (source.service, source.id) if source else None
    return [one for one in story.translations if (one.service, one.id) != first]


def _translation(other: Translation, root: str) -> dict[str, str]:
    path = dated_path(other.id, other.published)
    return {
        "href": link(f"{root}../{other.service}/{path}"),
        "language": other.language,
        "dir": direction(other.language),
        "name": own_name(other.language),
    }


def pieces_of(story: Story, service: Service) -> list[Piece]:
    """Put the text in order: body, notes, credit line, who answers for it."""
    state = standing(story)
    if state == WITHDRAWN:
        return []
    links = changes_links(story, service)
    notes = [
        _note(release, service, links.get(release.number, ""))
        for release in story.releases
        if release.kind in _SHOWN_KINDS
    ]
    if state == RETRACTED:
        return notes
    body = [piece for part in story.body for piece in _body_pieces(part)]
    credit = [Piece("credit", story.credit_line)] if story.credit_line else []
    own = Byline(service.name, None, None)
    bylines = [_byline(line, service) for line in story.bylines or (own,)]
    return [*body, *notes, *credit, *bylines]


def _body_pieces(part: Passage) -> Iterator[Piece]:
    if isinstance(part, Block):
        yield Piece(part.kind, part.text, part.marks, part.rows)
        return
    for line in part.lines:
        yield Piece("paragraph", line)


def _note(release: Release, service: Service, href: str) -> Piece:
    return Piece(
        kind="note",
        text=note_of(release, service.language),
        label=release.kind,
        aside=stamp(release.time, service).day,
        anchor=f"r{release.number}",
        href=href if release.changes else "",
    )


def _byline(line: Byline, service: Service) -> Piece:
    ours = line.name in (service.name, service.organisation)
    bio = line.bio or (service.bio if ours else None)
    return Piece("byline", text=bio or "", label=line.name, aside=line.role or "")
