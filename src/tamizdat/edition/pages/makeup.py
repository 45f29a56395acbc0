"""Decide what stands on an article's page, and in which order.

What a reader sees depends on the story's standing: all of it, a retracted headline with
its note, or the bare fact that something was withdrawn.
"""

from collections.abc import Iterator
from typing import Any

from minijinja import Markup, escape

from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import stamp, way_of, write_day
from tamizdat.edition.languages import direction, listed, own_name
from tamizdat.edition.media import has_pictures, nearest
from tamizdat.edition.pages.addresses import (
    article_path,
    dated_path,
    home_address,
    link,
    text_path,
    up,
)
from tamizdat.edition.pages.cards import RETRACTED, WITHDRAWN, note_of, standing
from tamizdat.edition.pages.changes import changes_links, changes_path
from tamizdat.edition.pages.columns import body_pieces
from tamizdat.edition.pages.exhibits import Face, face_of, face_view, picture_view
from tamizdat.edition.pages.flow import Piece
from tamizdat.edition.pages.linkeddata import news_article
from tamizdat.edition.pages.pager import page_name
from tamizdat.edition.pages.theme import PORTRAIT, frame
from tamizdat.edition.stories import (
    SHOWN_KINDS,
    Byline,
    Lineage,
    Original,
    Release,
    Service,
    Story,
    Translation,
)
from tamizdat.edition.unsaid import LIFE, ROLE, Unsaid, seal_author, seal_life
from tamizdat.edition.wording import wording

FIRST_ONLY = (  # not on page 2
    *(
        "picture",
        "image",
        "standfirst",
        "dateline",
        "data",
        "summary",
        "canonical",
        "by",
    ),
    *("section", "kicker", "moments", "change", "changes", "live", "places", "tags"),
    *("related", "original", "translations", "text"),
)

_LONG = 90  # characters of a headline that is set smaller, so that a screen shows text


def view_of(story: Story, service: Service, section_name: str) -> dict[str, Any]:
    """Collect what stands around the text of a whole, retracted or withdrawn story."""
    path, state = article_path(story), standing(story)
    view = frame(path, service, clipped(story.headline)) | {
        "standing": state,
        **dict.fromkeys(FIRST_ONLY),
        "slim": True,
        "salt": story.release.salt,
        "section": {"id": link(story.section), "name": section_name},
        "kicker": None if story.kicker == section_name else story.kicker,
        "headline": story.headline,
        "moments": _moments(story, service),
        "change": _change(story, service),
        "changes": link(_what_changed(story, service)),
        "canonical": home_address(service, path),
        "extras": (),
        "long": len(story.headline) > _LONG,
        "pager": None,
    }
    if state == WITHDRAWN:
        return view | _withdrawn(story, service)
    if state == RETRACTED:
        return view | {"data": news_article(story, service)}
    return view | _whole(story, service, up(path))


def _whole(story: Story, service: Service, root: str) -> dict[str, Any]:
    image = _image(story)
    return {
        "summary": story.standfirst and clipped(story.standfirst),
        "data": news_article(story, service, image),
        "image": image and home_address(service, image),
        "picture": story.picture and picture_view(story.picture, root),
        "standfirst": story.standfirst,
        "by": listed([line.name for line in story.bylines], story.language)
        if story.bylines
        else None,
        "dateline": _dateline(story, service),
        "original": story.lineage and _original(story.lineage, root, service),
        "live": story.live,
        "places": [place.name for place in story.places],
        "related": _related(story, root),
        "text": _text(story),
        "extras": (PORTRAIT,) if _has_portrait(story) else (),
        "translations": [_translation(t, root) for t in _others(story)],
        "tags": [{"id": link(tag.id), "name": tag.name} for tag in story.tags],
    }


def _has_portrait(story: Story) -> bool:
    return any(line.wide or line.square for line in story.bylines)


def _image(story: Story) -> str | None:
    """Find the lead picture, for who is told of the story elsewhere."""
    if story.picture is None or not story.picture.renditions:
        return None
    return f"m/{nearest(story.picture.renditions).name}"


def _withdrawn(story: Story, service: Service) -> dict[str, Any]:
    """Leave nothing that could say which story this was."""
    words = wording(service.language)
    time = stamp(story.updated or story.published, service)
    return {
        "title": words.plain["withdrawn_title"],
        "headline": words.html["withdrawn_title"],
        "long": False,
        "section": None,
        "kicker": None,
        "moments": [{"word": "withdrawn_time", "time": time}],
        "change": None,
    }


def _text(story: Story) -> str | None:
    """Name the page without pictures, None where this one shows none."""
    if not has_pictures(story.media):
        return None
    return link(page_name(text_path(article_path(story)), 1))


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
    noted = [release for release in story.releases if release.kind in SHOWN_KINDS]
    if not noted:
        return None
    time = stamp(noted[-1].time, service)
    day = Markup(f'<time datetime="{time.iso}">{time.day}</time>')
    words = wording(service.language).fill(f"see_{noted[-1].kind}", date=day)
    return {"words": words, "href": link(f"#r{noted[-1].number}")}


def _dateline(story: Story, service: Service) -> dict[str, str | None] | None:
    if story.dateline is None:
        return None
    day = story.dateline.date
    return {
        "place": story.dateline.place,
        "date": day.isoformat() if day else None,
        "day": write_day(day, way_of(service), service.language) if day else None,
    }


def _original(lineage: Lineage, root: str, service: Service) -> dict[str, str | None]:
    by = lineage.by and Markup(f"<b>{escape(clipped(lineage.by))}</b>")
    words = wording(service.language)
    first = lineage.original or lineage
    path = dated_path(first.id, first.published)
    return {
        "relation": lineage.relation,
        "lead": _lead_to_original(first, service),
        "href": link(f"{root}../{first.service}/{path}"),
        "headline": first.headline,
        "language": first.language,
        "dir": first.language and direction(first.language),
        "by": words.fill("translated_by", name=by) if by else None,
    }


def _lead_to_original(first: Original, service: Service) -> str:
    """Say whose story the link leads to; the service names itself in its language."""
    words = wording(service.language)
    if first.name is None:
        return words.html["read_original"]
    tag = f' lang="{first.language}"' if first.language else ""
    name = Markup(f"<bdi{tag}>{escape(first.name)}</bdi>")
    return words.fill("original_by", service=name)


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
    """Put the text in order: body, notes, credit line, who answers for it, more."""
    state = standing(story)
    if state == WITHDRAWN:
        return []
    links = changes_links(story, service)
    notes = [
        _note(release, service, links.get(release.number, ""))
        for release in story.releases
        if release.kind in SHOWN_KINDS
    ]
    if state == RETRACTED:
        return notes
    root = up(article_path(story))
    body = body_pieces(story, service, root)
    credit = [Piece("credit", story.credit_line)] if story.credit_line else []
    own = Byline(service.name, None, None)
    salt = story.release.salt
    bylines = [_byline(line, service, root, salt) for line in story.bylines or (own,)]
    return [*body, *notes, *credit, *bylines]


def _note(release: Release, service: Service, href: str) -> Piece:
    return Piece(
        kind="note",
        text=note_of(release, service.language),
        label=release.kind,
        aside=stamp(release.time, service).day,
        anchor=f"r{release.number}",
        href=href if release.changes else "",
    )


def _byline(line: Byline, service: Service, root: str, salt: str) -> Piece:
    ours = line.name in (service.name, service.organisation)
    bio = line.bio or (service.bio if ours or line.kind == "service" else None)
    face = face_of(line.wide, line.square, line.name)
    # What the service says of itself is no word of a story.
    said = "" if ours else bio or ""
    return Piece(
        kind="byline",
        text=bio or "",
        label=line.name,
        aside=line.role or "",
        href=link(f"{root}by/{line.id}.html") if line.id else "",
        shown=face_view(face, root, one=True),
        unsaid=tuple(_unsaid(salt, line.role or "", face, said)),
    )


def _unsaid(salt: str, role: str, face: Face | None, bio: str) -> Iterator[Unsaid]:
    """Say what stands instead of an author's role and life, where there are any."""
    shown = ("", f"m/{face.file}", *map(str, (face.width, face.height))) if face else ()
    life = seal_life(salt, (*shown, face.alt) if face else (), bio)
    if role:
        yield Unsaid(ROLE, seal_author(salt, role, life))
    if face or bio:
        yield Unsaid(LIFE, life)


def _related(story: Story, root: str) -> list[dict[str, Any]]:
    """Prepare the stories that go with this one; on the first page alone."""
    rows = []
    for other in story.related:
        path = dated_path(other.id, other.published)
        away = "" if other.service == story.service else f"../{other.service}/"
        rows.append(
            {
                "href": link(f"{root}{away}{path}"),
                "headline": clipped(other.headline),
                "language": other.language,
                "dir": other.language and direction(other.language),
            }
        )
    return rows
