"""Write the record of a text: all that a release commits to.

Source: spec/releases.md, "A record".
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tamizdat.edition.blocks import Block, Box, Embed, Exhibit, Mark, Passage, Post
from tamizdat.edition.media import Audio, Document, Medium, Picture, Video
from tamizdat.edition.statement import write_time
from tamizdat.edition.stories import Byline, Story

_PREFIXES = {"paragraph": "p", "subhead": "h", "quote": "q", "list": "-", "table": "|"}


def record(story: Story) -> bytes:
    """Write everything a reader is told as lines of text, salt first."""
    return "\n".join([*_record_lines(story), ""]).encode()


@lru_cache(maxsize=1)  # a story that is printed is asked for it twice
def commitment(story: Story) -> str:
    """Hash the record: hiding by its salt, binding to every word. Hex."""
    return hashlib.sha256(record(story)).hexdigest()


def _record_lines(story: Story) -> Iterator[str]:
    release = story.release
    yield "tamizdat-record/1"
    yield f"salt {release.salt}"
    yield f"article {story.service}/{story.id}"
    yield f"release {release.number} {release.kind} {write_time(release.time)}"
    yield f"language {story.language}"
    for one in story.foreign:
        yield f"foreign {one.language} {one.words}"
    yield from _shelf_lines(story)
    yield from _optional("kicker", story.kicker)
    yield f"headline {story.headline}"
    yield from _optional("standfirst", story.standfirst)
    yield from _where_lines(story)
    if story.picture:
        yield from _media_lines(story.picture)
    for part in story.body:
        yield from _part_lines(part)
    yield from _optional("credit", story.credit_line)
    for byline in story.bylines:
        yield from _byline_lines(byline)
    for other in story.related:
        where = f"{other.service}/{other.id} {write_time(other.published)}"
        yield f"related {where} {other.language or '-'} {other.headline}"
    if story.lineage:
        of = story.lineage
        yield f"lineage {of.relation} {of.service}/{of.id} {of.release}"
        yield from _optional("translator", of.by)
    for noted in story.releases:
        yield from _optional(f"note {noted.number} {noted.kind}", noted.note)


def _shelf_lines(story: Story) -> Iterator[str]:
    yield f"section {story.section}"
    for section in story.also:
        yield f"also {section}"
    yield from _optional("live", story.live or None)
    for tag in story.tags:
        yield f"tag {tag.id} {tag.name}"


def _where_lines(story: Story) -> Iterator[str]:
    if story.dateline:
        yield f"dateline {story.dateline.place} {story.dateline.date or '-'}"
    for place in story.places:
        yield f"place {place.id} {place.territory or '-'} {place.name}"


def _byline_lines(byline: Byline) -> Iterator[str]:
    yield f"by {byline.name}"
    yield from _optional("role", byline.role)
    yield from _optional("bio", byline.bio)
    yield from _optional("is", byline.kind)
    yield from _optional("author", byline.id)
    for shape, face in (("wide", byline.wide), ("square", byline.square)):
        if face:
            yield f"portrait {shape}"
            yield from _media_lines(face)


def _part_lines(part: Passage) -> Iterable[str]:
    """Write a part of the body; most are blocks."""
    return _block_lines(part) if isinstance(part, Block) else _other_lines(part)


def _other_lines(part: Exhibit | Box | Embed | Post) -> Iterator[str]:
    """Write what is no block; what holds others ends in `end`."""
    match part:
        case Exhibit():
            yield from _titled(part.kind, part.title)
            for medium in part.media:
                yield from _media_lines(medium)
            yield "end"
        case Box():
            yield from _titled("box", part.title)
            for block in part.body:
                yield from _block_lines(block)
            yield "end"
        case Embed():
            yield f"embed {part.href} {part.text}"
            yield from _optional("source", part.source)
        case _:
            yield f"post {part.id} {write_time(part.time)}"
            yield from _optional("headline", part.headline)
            yield from _optional("by", part.by)
            for inner in part.body:
                yield from _part_lines(inner)
            yield "end"


def _titled(kind: str, title: str | None) -> Iterator[str]:
    yield kind
    yield from _optional("title", title)


def _media_lines(medium: Medium) -> Iterator[str]:
    match medium:
        case Picture():
            yield from _optional("caption", medium.caption or None)
            yield f"alt {medium.alt}"
            yield from _optional("picture-credit", medium.credit)
            yield from _optional("terms", medium.terms)
            for rendition in medium.renditions:
                yield f"rendition {rendition.digest}"
        case Video():
            yield f"video {medium.href} {medium.seconds}"
            yield from _media_lines(medium.poster)
        case Audio():
            yield f"title {medium.title}"
            yield from _optional("caption", medium.caption)
            yield from _rights(medium)
            for cut in medium.cuts:
                yield f"file {cut.file.digest} {cut.seconds}"
            for paragraph in medium.transcript:
                yield f"transcript {paragraph}"
        case _:
            yield f"title {medium.title}"
            yield from _rights(medium)
            for file in medium.files:
                yield f"file {file.digest}"


def _rights(medium: Audio | Document) -> Iterator[str]:
    yield from _optional("media-credit", medium.credit)
    yield from _optional("terms", medium.terms)


def _block_lines(block: Block) -> list[str]:
    prefix = _PREFIXES[block.kind]
    lines = [f"{prefix} {block.text}"] if block.text else []
    if block.rows:
        lines += [f"{prefix} " + "\t".join(row) for row in block.rows]
    if block.marks:
        lines += [_mark_line(mark) for mark in block.marks]
    if block.language:
        lines.append(f"in {block.language}")
    return lines


def _mark_line(mark: Mark) -> str:
    told = mark.href or mark.language or "-"
    return f"m {mark.kind} {mark.start} {mark.end} {told}"


def _optional(key: str, value: str | None) -> Iterator[str]:
    if value is not None:
        yield f"{key} {value}"
