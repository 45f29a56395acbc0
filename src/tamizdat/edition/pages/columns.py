"""Take the body of a story apart into pieces that stand by themselves.

Decides what may be parted where a page ends: a gallery between its pictures, a box
between its blocks, a post anywhere in its text; a picture and its caption never.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from tamizdat.edition.blocks import Block, Box, Embed, Exhibit, Passage, Post
from tamizdat.edition.dates import stamp
from tamizdat.edition.languages import direction
from tamizdat.edition.media import Audio, Document, Medium, Picture, Video
from tamizdat.edition.pages.addresses import link
from tamizdat.edition.pages.exhibits import (
    audio_view,
    away,
    document_view,
    picture_view,
    video_view,
)
from tamizdat.edition.pages.flow import Piece
from tamizdat.edition.stories import Service, Story


def body_pieces(story: Story, service: Service, root: str) -> list[Piece]:
    """List the pieces of a story's body, in order.

    Args:
        story: whose.
        service: in whose time and language it is written.
        root: the way up to the service.
    """
    return list(_pieces(story.body, service, root))


def _pieces(body: Iterable[Passage], service: Service, root: str) -> Iterator[Piece]:
    for passage in body:
        match passage:
            case Block():
                yield _text(passage)
            case Exhibit():
                yield from _exhibit(passage, service, root)
            case Box():
                inner = tuple(_deep(_text(block)) for block in passage.body)
                yield Piece("box", label=passage.title or "", inner=inner)
            case Embed():
                yield Piece("embed", shown=_embed(passage))
            case Post():
                yield _head(passage, service)
                for piece in _pieces(passage.body, service, root):
                    yield _deep(piece)


def _text(block: Block) -> Piece:
    heads = block.rows[0] if block.kind == "table" and len(block.rows) > 1 else ()
    spoken = block.language and {
        "lang": block.language,
        "dir": direction(block.language),
    }
    return Piece(
        block.kind, block.text, block.marks, block.rows, heads=heads, shown=spoken
    )


def _deep(piece: Piece) -> Piece:
    return replace(piece, deep=True)


def _embed(embed: Embed) -> dict[str, Any]:
    return {"href": away(embed.href), "text": embed.text, "source": embed.source}


def _head(post: Post, service: Service) -> Piece:
    anchor = f"post-{post.id}"
    shown = {
        "href": link(f"#{anchor}"),
        "time": stamp(post.time, service),
        "headline": post.headline,
        "by": post.by,
    }
    return Piece("post", anchor=anchor, shown=shown)


def _exhibit(exhibit: Exhibit, service: Service, root: str) -> Iterator[Piece]:
    if exhibit.title:
        yield Piece("set", exhibit.title)
    for medium in exhibit.media:
        kind, view = _view(medium, service, root)
        kind = exhibit.kind if kind == "picture" else kind
        yield Piece(kind, shown=view)
        if isinstance(medium, Audio):
            yield from (Piece("said", words) for words in medium.transcript)


def _view(medium: Medium, service: Service, root: str) -> tuple[str, Any]:
    match medium:
        case Picture():
            return "picture", picture_view(medium, root)
        case Video():
            return "video", video_view(medium, root, service.language)
        case Audio():
            return "file", audio_view(medium, root, service.language)
        case Document():
            return "file", document_view(medium, root, service.language)
