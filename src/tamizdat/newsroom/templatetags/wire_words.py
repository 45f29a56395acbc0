"""Write words of wire copy in the languages that the copy names for them."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tamizdat.edition.blocks import Foreign
from tamizdat.edition.foreign import spoken
from tamizdat.edition.languages import direction
from tamizdat.wire.draft.spoken import Piece
from tamizdat.wire.items import Foreign as Named

register = template.Library()


@register.filter
def in_languages(pieces: Iterable[Piece]) -> SafeString:
    """Write pieces of a text; what is in another language stands apart in its line.

    Where nothing else has a letter, the element around it goes by the letters of these
    words (`dir="auto"`), so that they are not set apart from it.
    """
    every = list(pieces)
    is_alone = not any(_has_letter(words) for words, tag in every if not tag)
    return _written(every, is_alone=is_alone)


def _written(pieces: Iterable[Piece], *, is_alone: bool) -> SafeString:
    said = ((_said(*one, is_alone=is_alone),) for one in pieces)
    return format_html_join("", "{}", said)


def _said(words: str, language: str | None, *, is_alone: bool) -> str | SafeString:
    if not language:
        return words
    if is_alone:
        return format_html('<span lang="{}">{}</span>', language, words)
    way = direction(language)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, way, words)


def _has_letter(words: str) -> bool:
    return any(letter.isalpha() for letter in words)


@register.filter
def told_of(text: str | None, foreign: Iterable[Named]) -> SafeString:
    """Write a text that holds no languages; its item names words of others for it."""
    return in_languages(_cut(text or "", foreign))


@register.filter
def told_among(text: str, foreign: Iterable[Named]) -> SafeString:
    """Write one of several texts of an element: an item, a cell."""
    return _written(_cut(text, foreign), is_alone=False)


def _cut(text: str, foreign: Iterable[Named]) -> Iterator[Piece]:
    named, at = tuple(Foreign(one.words, one.language) for one in foreign), 0
    for mark in spoken(text, named):
        yield text[at : mark.start], None
        yield text[mark.start : mark.end], mark.language
        at = mark.end
    yield text[at:], None
