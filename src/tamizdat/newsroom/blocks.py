"""The parts of a body, as editors write them."""

import re
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from tamizdat.newsroom.passages import offered
from tamizdat.newsroom.richtext import language_of, links, markup, without_overrides

FEATURES = ["bold", "italic", "link", "language"]
_PERIOD = 600  # seconds until the languages of services are read again
EMPTY_CELL = "\N{EN DASH}"
_FRAME = re.compile(r"^[ |]+|(?<!\\)[ |]+$")
_BETWEEN = re.compile(r"\t|(?<!\\)\|")  # a tab, or a stroke that is not part of a cell


class ParagraphBlock(blocks.RichTextBlock):
    """Text with bold, italic, links and languages; a new line is a new paragraph."""

    def __init__(self, **options: Any) -> None:
        options["features"] = FEATURES
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


@lru_cache(maxsize=1)
def own_languages(period: int) -> tuple[str, ...]:
    """List the languages of our services; they change seldom, each form asks thrice."""
    from tamizdat.newsroom.models import ServicePage  # noqa: PLC0415 (it has blocks)

    del period
    return tuple(ServicePage.objects.values_list("language", flat=True))


def languages() -> list[tuple[str, Any]]:
    """Offer languages to forms: none, those of our services, all others."""
    own = own_languages(int(time.monotonic() // _PERIOD))
    ours, others = offered(own, get_language() or "en")
    return [
        ("", _("That of the article")),
        (str(_("Languages of our services")), ours),
        (str(_("Other languages")), others),
    ]


class LanguageSelect(forms.Select):
    """Offers languages; the form's script adds the one that came with the text."""


class RowLanguage(forms.Select):
    """Offers languages in a row of a form, and the one that stands there."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """Read what is offered when it is shown: services come and go."""
        (_none, _label), *groups = languages()
        stands = [one for one in value if one]
        known = {tag for _label, some in groups for tag, _name in some}
        own = [(one, one) for one in stands if one not in known]
        self.choices = [("", _("Choose one")), *own, *groups]
        return super().optgroups(name, value, attrs)


class _LanguageField(forms.ChoiceField):
    widget = LanguageSelect

    def valid_value(self, value: Any) -> bool:
        """Take any language that a document may name, offered or not."""
        return super().valid_value(value) or language_of(value) is not None


class LanguageBlock(blocks.ChoiceBlock):
    """A language that is offered, or the one that came with the text."""

    def get_field(self, **options: Any) -> forms.Field:
        """Ask in a list of languages."""
        return _LanguageField(**options)


class _SpokenBlock(blocks.StructBlock):
    """Something of which all is in one language; one kept before has none named."""

    HELD = ""  # the name of what is in it

    def normalize(self, value: Any) -> Any:
        """Take also what was given without a language."""
        return super().normalize(self._whole(value))

    def to_python(self, value: Any) -> Any:
        """Read what was kept, whether a language stands beside it or not."""
        return super().to_python(self._whole(value))

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """Read some of them at once."""
        return super().bulk_to_python([self._whole(value) for value in values])

    def _whole(self, value: Any) -> Any:
        is_whole = value is None or isinstance(value, Mapping)
        return value if is_whole else {self.HELD: value, "language": ""}


_POINTS = blocks.ListBlock(blocks.CharBlock(label=_("Point")), label=_("Points"))
_ROWS = TableBlock(
    label=_("Rows"),
    help_text=_(
        "One row a line, cells between tabs or | strokes. Rows pasted from a "
        "spreadsheet fit."
    ),
)
_LANGUAGE = LanguageBlock(  # one for both: a form sends its list once
    label=_("Language"),
    choices=languages,
    required=False,
    search_index=False,  # names of languages are no words of an article
    help_text=_("Where all of it is in another language than the article."),
)


class PointsBlock(_SpokenBlock):
    """Points of a list, in one language."""

    HELD = "items"

    items = _POINTS
    language = _LANGUAGE

    class Meta:
        label = _("List")
        icon = "list-ul"


class RowsBlock(_SpokenBlock):
    """Rows of a table, in one language."""

    HELD = "rows"

    rows = _ROWS
    language = _LANGUAGE

    class Meta:
        label = _("Table")
        icon = "table"


def spoken(held: Any, language: str | None) -> dict[str, Any]:
    """Write what a list or a table holds, whose language a document names."""
    name = "rows" if isinstance(held, str) else "items"
    return {name: held, "language": language or ""}


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
            return spoken(list(block["items"]), block.get("language"))
        case "table":
            return spoken(typed_table(block["rows"]), block.get("language"))
        case _:
            return RichText(markup(block["text"], block.get("marks", ())))


TEXT_BLOCKS = [
    ("paragraph", ParagraphBlock()),
    ("subhead", PhraseBlock(label=_("Subhead"), icon="title", max_length=200)),
    ("quote", PhraseBlock(label=_("Quotation"), icon="openquote")),
    ("list", PointsBlock()),
    ("table", RowsBlock()),
]
