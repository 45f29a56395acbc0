"""Read a draft with what it names: a question a sort of thing, whatever the rows.

Wagtail asks for each thing that each row names, to learn whether it is gone, and again
when it shows it; and it fails on what a draft may name and the database would protect.
Decides what becomes of a name whose thing is gone: a field that may be empty is, else
the row goes.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations

from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.people import Person

Row = dict[str, Any]
Read = dict[type[models.Model], dict[Any, Any]]  # what is there, by model and key
OF_THE_PAGE = {  # what the page says of itself, whatever stands in a draft
    *("locale", "content_type", "owner", "alias_of", "locked_by"),
    *("latest_revision", "live_revision"),
}


def read_draft(build: Callable[[Row], Any], model: Any, content: Row) -> Any:
    """Build a page from the content of a draft.

    Args:
        build: makes the page, and asks nothing.
        model: of the page.
        content: as a revision keeps it; not changed.
    """
    rows = {name: (of, content[name]) for name, of in _rows(model) if name in content}
    named = [(model, content)]
    named += [(of, row) for of, some in rows.values() for row in some]
    read = _read(named)
    clean = _clean(model, content, read) or content
    for name, (of, some) in rows.items():
        kept = (_clean(of, row, read, is_row=True) for row in some)
        clean[name] = [row for row in kept if row is not None]
    page = build(clean)
    _lay(page, read)
    for name in rows:
        for row in getattr(page, name).get_object_list():
            _lay(row, read)
    return page


def _rows(model: Any) -> Iterator[tuple[str, Any]]:
    for relation in get_all_child_relations(model):
        yield relation.get_accessor_name(), relation.related_model


def _names(model: Any) -> Iterator[Any]:
    """List the fields that name something else than the page itself."""
    for field in model._meta.concrete_fields:  # noqa: SLF001 - as documented
        of_another = field.is_relation and field.name not in OF_THE_PAGE
        if of_another and not issubclass(_page_model(), field.related_model):
            yield field


def _page_model() -> Any:
    from tamizdat.newsroom.models import ArticlePage  # noqa: PLC0415 - it imports this

    return ArticlePage


def _key(field: Any, row: Mapping[str, Any]) -> Any:
    value = row.get(field.name)
    return None if value is None else field.target_field.to_python(value)


def _read(named: list[tuple[Any, Row]]) -> Read:
    """Read what rows name."""
    keys: dict[Any, set[Any]] = {}
    for model, row in named:
        for field in _names(model):
            if (key := _key(field, row)) is not None:
                keys.setdefault(field.related_model, set()).add(key)
    return {model: _with_theirs(model).in_bulk(some) for model, some in keys.items()}


def _with_theirs(model: Any) -> Any:
    """Read beside a thing what is always shown with it."""
    rows = model._default_manager.all()  # noqa: SLF001 - as documented
    if model is Article:
        return rows.select_related("service", "story")
    if model is Person:
        return rows.select_related("portrait").prefetch_related("names")
    return rows


def _clean(model: Any, row: Row, read: Read, *, is_row: bool = False) -> Row | None:
    """Take out of a row what is gone; None for a row that says nothing without it."""
    clean = dict(row)
    for field in _names(model):
        key = _key(field, row)
        if key is None or key in read[field.related_model]:
            continue
        goes = field.remote_field.on_delete is models.CASCADE or not field.null
        if is_row and goes:
            return None
        clean[field.name] = None
    return clean


def _lay(thing: Any, read: Read) -> None:
    """Lay beside a page or a row what it names, so that nobody asks for it again."""
    for field in _names(type(thing)):
        key = getattr(thing, field.attname)
        if key is not None:
            setattr(thing, field.name, read[field.related_model][key])
