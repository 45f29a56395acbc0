"""The parts of a body, as editors write them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.rich_text import RichText

from tamizdat.newsroom.richtext import links, markup, without_overrides

EMPTY_CELL = "\N{EN DASH}"


class ParagraphBlock(blocks.RichTextBlock):
    """Text with bold, italic and links; a new line starts a new paragraph."""

    def __init__(self, **options: Any) -> None:
        options["features"] = ["bold", "italic", "link"]
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Refuse links that editions cannot carry."""
        value = super().clean(value)
        if None in links(value.source):
            raise ValidationError("Links must lead to an address with https://")
        return value

    class Meta:
        label = "Paragraph"
        icon = "pilcrow"


class TableBlock(blocks.TextBlock):
    """Rows of cells as typed: a line each, cells between tabs or upright strokes."""

    def clean(self, value: str) -> str:
        """Refuse rows of different lengths."""
        value = super().clean(value)
        if len({len(row) for row in table_rows(value)}) > 1:
            raise ValidationError("Every row needs the same number of cells")
        return value

    class Meta:
        label = "Table"
        icon = "table"


def table_rows(text: str) -> list[list[str]]:
    """Split a typed table into rows of cells; an empty cell shows a dash."""
    lines = [line.strip(" |") for line in text.splitlines() if line.strip(" |\t")]
    return [
        [cell.strip() or EMPTY_CELL for cell in line.replace("\t", "|").split("|")]
        for line in lines
    ]


def stream_of(body: Iterable[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    """Turn blocks of a story document into what the body field holds."""
    return [(block["kind"], _value(block)) for block in body]


def clean_blocks(body: Iterable[Any]) -> None:
    """Take marks that override the direction out of every block, in place."""
    for child in body:
        parts = child.value.bound_blocks if child.block_type == "list" else [child]
        for part in parts:
            part.value = _clean(part.value)


def _clean(value: Any) -> Any:
    if isinstance(value, RichText):
        return RichText(without_overrides(value.source))
    return without_overrides(value)


def _value(block: Mapping[str, Any]) -> Any:
    match block["kind"]:
        case "list":
            return list(block["items"])
        case "table":
            return "\n".join(" | ".join(row) for row in block["rows"])
        case "paragraph":
            return RichText(markup(block["text"], block.get("marks", ())))
        case _:
            return block["text"]


BODY_BLOCKS = [
    ("paragraph", ParagraphBlock()),
    ("subhead", blocks.CharBlock(label="Subhead", icon="title", max_length=200)),
    ("quote", blocks.TextBlock(label="Quotation", icon="openquote", rows=2)),
    ("list", blocks.ListBlock(blocks.CharBlock(label="Point"), icon="list-ul")),
    (
        "table",
        TableBlock(
            help_text="One row a line, cells between tabs or | strokes. Rows pasted "
            "from a spreadsheet fit."
        ),
    ),
]
