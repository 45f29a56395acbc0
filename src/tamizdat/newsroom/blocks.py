"""The parts of a body, as editors write them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from tamizdat.newsroom.richtext import links, markup, without_overrides

EMPTY_CELL = "\N{EN DASH}"
_FRAME = re.compile(r"^[ |]+|(?<!\\)[ |]+$")
_BETWEEN = re.compile(r"\t|(?<!\\)\|")  # a tab, or a stroke that is not part of a cell


class ParagraphBlock(blocks.RichTextBlock):
    """Text with bold, italic and links; a new line starts a new paragraph."""

    def __init__(self, **options: Any) -> None:
        options["features"] = ["bold", "italic", "link"]
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Refuse links that editions cannot carry."""
        value = super().clean(value)
        if None in links(value.source):
            raise ValidationError(_("Links must lead to an address with https://"))
        return value

    class Meta:
        label = _("Paragraph")
        icon = "pilcrow"


class PhraseBlock(ParagraphBlock):
    """A subhead or a quotation; one typed before it could have marks is text."""

    def to_python(self, value: str) -> RichText:
        """Read what was kept, whether it is rich text or plain."""
        return RichText(value if value.startswith("<p") else markup(value))

    class Meta:
        icon = "title"


class TableBlock(blocks.TextBlock):
    """Rows of cells as typed: a line each, cells between tabs or upright strokes."""

    def clean(self, value: str) -> str:
        """Refuse rows of different lengths."""
        value = super().clean(value)
        if len({len(row) for row in table_rows(value)}) > 1:
            raise ValidationError(_("Every row needs the same number of cells"))
        return value

    class Meta:
        label = _("Table")
        icon = "table"


def table_rows(text: str) -> list[list[str]]:
    r"""Split a typed table into rows of cells; an empty cell shows a dash.

    A stroke that belongs to a cell is typed as \|.
    """
    lines = [_FRAME.sub("", line) for line in text.splitlines()]
    return [
        [_cell(cell) for cell in _BETWEEN.split(line)]
        for line in lines
        if line.strip(" |\t")
    ]


def _cell(text: str) -> str:
    return text.strip().replace("\\|", "|") or EMPTY_CELL


def typed_table(rows: Iterable[Iterable[str]]) -> str:
    """Write a table as `table_rows` reads it."""
    return "\n".join(
        " | ".join(cell.replace("|", "\\|") for cell in row) for row in rows
    )


def stream_of(body: Iterable[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    """Turn blocks of a story document into what the body field holds."""
    return [(block["kind"], _value(block)) for block in body]


def clean_blocks(body: Iterable[Any]) -> None:
    """Take marks that override the direction out of every block, in place."""
    for child in body:
        child.value = _clean(child.value)


def _clean(value: Any) -> Any:
    match value:
        case RichText():
            return RichText(without_overrides(value.source))
        case str():
            return without_overrides(value)
        case blocks.StructValue():
            for key in value:
                value[key] = _clean(value[key])
        case blocks.StreamValue() | ListValue():
            parts = (
                value if isinstance(value, blocks.StreamValue) else value.bound_blocks
            )
            clean_blocks(parts)
    return value


def _value(block: Mapping[str, Any]) -> Any:
    match block["kind"]:
        case "list":
            return list(block["items"])
        case "table":
            return typed_table(block["rows"])
        case _:
            return RichText(markup(block["text"], block.get("marks", ())))


TEXT_BLOCKS = [
    ("paragraph", ParagraphBlock()),
    ("subhead", PhraseBlock(label=_("Subhead"), icon="title", max_length=200)),
    ("quote", PhraseBlock(label=_("Quotation"), icon="openquote")),
    (
        "list",
        blocks.ListBlock(
            blocks.CharBlock(label=_("Point")), icon="list-ul", label=_("List")
        ),
    ),
    (
        "table",
        TableBlock(
            help_text=_(
                "One row a line, cells between tabs or | strokes. Rows pasted from a "
                "spreadsheet fit."
            )
        ),
    ),
]
