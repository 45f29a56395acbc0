"""Refuse a form that no browser sends, before anything is made of it.

Decides what Wagtail's fields take on trust: how many blocks there are, of which kinds
and in which order, the document of the text editor, and the key of what was chosen.
What an editor can type wrong is for the forms themselves.

Source: Wagtail 7.4, `wagtail.blocks`; Draft.js, "Raw content".
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.base import BlockField

from tamizdat.newsroom.errors import MalformedError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.isolates import isolated

MOST = 10_000  # blocks of one field; no article has as many
_NUMBER = re.compile(r"[0-9]{1,18}")  # fits a column of whole numbers


def check(form: Any) -> None:
    """Look through the fields of a bound form and of its rows.

    Raises:
        MalformedError: a field holds what no browser puts there.
    """
    for name, field in form.fields.items():
        if not field.disabled:
            place = form.add_prefix(name)
            if isinstance(field, BlockField):
                _check_block(field.block, form.data, place)
            else:
                _check_widget(field.widget, form.data, place)
    for rows in getattr(form, "formsets", {}).values():
        for row in rows.forms:
            check(row)


def _check_block(block: Block, data: Mapping[str, Any], place: str) -> None:
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            _check_block(child, data, f"{place}-{name}")
    elif isinstance(block, StreamBlock | ListBlock):
        _check_children(block, data, place)
    elif hasattr(block, "field"):
        _check_widget(block.field.widget, data, place)


def _check_children(
    block: StreamBlock | ListBlock, data: Mapping[str, Any], place: str
) -> None:
    count = _number(data, f"{place}-count")
    if count > MOST:
        raise MalformedError(
            f"{place}-count", _("at most %(most)d"), str(count), most=MOST
        )
    for number in range(count):
        one = f"{place}-{number}"
        if _sent(data, f"{one}-deleted"):
            continue
        child = _child_of(block, data, f"{one}-type")
        _number(data, f"{one}-order")
        _check_block(child, data, f"{one}-value")


def _child_of(
    block: StreamBlock | ListBlock, data: Mapping[str, Any], place: str
) -> Block:
    if isinstance(block, ListBlock):
        return block.child_block
    kind = _sent(data, place)
    if kind not in block.child_blocks:  # Wagtail would drop it without a word
        known = isolated(", ".join(block.child_blocks))
        raise MalformedError(place, _("one of %(known)s"), kind, known=known)
    child: Block = block.child_blocks[kind]
    return child


def _check_widget(widget: Any, data: Mapping[str, Any], place: str) -> None:
    typed = data.get(place)
    if typed is None:
        return
    if isinstance(widget, BaseChooser) and typed and not _NUMBER.fullmatch(typed):
        raise MalformedError(place, _("the number of what was chosen"), typed)
    if isinstance(widget, DraftailRichTextArea) and not _is_document(typed):
        raise MalformedError(place, _("a document of the text editor"), typed)


def _number(data: Mapping[str, Any], place: str) -> int:
    typed = _sent(data, place)
    if not _NUMBER.fullmatch(typed):
        raise MalformedError(place, _("a whole number"), typed)
    return int(typed)


def _sent(data: Mapping[str, Any], place: str) -> str:
    if place not in data:
        raise MalformedError(place, _("a field of this name"), "")
    return str(data[place])


def _is_document(typed: str) -> bool:
    """Say whether this is JSON that the text editor writes; null is an empty text."""
    try:
        document = json.loads(typed)
    except (ValueError, RecursionError):
        return False
    match document:
        case None:
            return True
        case {"blocks": list(lines), "entityMap": dict(entities)}:
            return all(map(_is_entity, entities.values())) and all(
                _is_line(line, entities) for line in lines
            )
    return False


def _is_entity(entity: Any) -> bool:
    match entity:
        case {"type": "LINK", "data": dict(data)}:
            return isinstance(data.get("url"), str) or "id" in data  # of a page here
        case {"type": str(), "data": dict()}:
            return True
    return False


def _is_line(line: Any, entities: Mapping[str, Any]) -> bool:
    match line:
        case {"text": str(text), "type": str()}:
            styles = line.get("inlineStyleRanges", [])
            links = line.get("entityRanges", [])
            return (
                _is_whole(text)
                and isinstance(line.get("depth", 0), int)
                and isinstance(styles, list)
                and isinstance(links, list)
                and all(_is_range(one, "style", str) for one in styles)
                and all(_is_range(one, "key", int) for one in links)
                and all(str(one["key"]) in entities for one in links)
            )
    return False


def _is_range(one: Any, key: str, kind: type) -> bool:
    match one:
        case {"offset": int(offset), "length": int(length)}:
            return offset >= 0 and length >= 0 and isinstance(one.get(key), kind)
    return False


def _is_whole(text: str) -> bool:
    """Say whether a database stores it: neither half a pair of UTF-16 nor a zero."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
