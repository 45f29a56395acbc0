"""What stands in a body beside text: pictures, sounds, boxes, links, posts."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from tamizdat.edition.associations import SECONDS
from tamizdat.newsroom.blocks import TEXT_BLOCKS
from tamizdat.newsroom.richtext import LINK

GALLERY = 30  # pictures, as a story document allows
_SHORT, _WORDS = 300, 1_000  # characters, likewise
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,4}):([0-5]\d)", re.ASCII)


class _Line(blocks.CharBlock):
    """A line of words, in the direction of what is typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": _SHORT, **options})
        self.field.widget.attrs["dir"] = "auto"


class _Words(blocks.TextBlock):
    """Some lines of words, in the direction of what is typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": _WORDS, "rows": 1, **options})

    @cached_property
    def field(self) -> Any:
        """Make the field, once."""
        field = super().field
        field.widget.attrs["dir"] = "auto"
        return field


class _Address(_Line):
    """An address with https."""

    def clean(self, value: Any) -> str:
        """Refuse what editions do not link to."""
        typed = str(super().clean(value)).strip()
        if typed and not LINK.fullmatch(typed):
            raise ValidationError(_("Use an address that begins with https://"))
        return typed


class _Length(blocks.CharBlock):
    """How long something runs, as minutes and seconds."""

    def clean(self, value: Any) -> str:
        """Refuse what is no length."""
        typed = str(super().clean(value)).strip()
        if typed and not 1 <= (seconds_of(typed) or 0) <= SECONDS:
            raise ValidationError(_("Write minutes and seconds, as 3:05 or 1:02:30"))
        return typed


def seconds_of(typed: str) -> int | None:
    """Read a length, "3:05" or "1:02:30"; None if it is none."""
    match = _CLOCK.fullmatch(typed)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return (hours * 60 + minutes) * 60 + seconds


def clock_of(seconds: int) -> str:
    """Write a length as `seconds_of` reads it."""
    return f"{seconds // 60}:{seconds % 60:02}"


CAPTION = {
    "label": pgettext_lazy("of a picture", "Caption"),
    "help_text": _("Says what it shows."),
}
OWN_CAPTION = CAPTION | {
    "required": False,
    "help_text": _("Says what it shows. Left empty, the picture's own is used."),
}
ALT = {
    "label": _("Description"),
    "required": False,
    "help_text": _(
        "For those who do not see it. Left empty, the picture's own is used."
    ),
}
CREDIT = {
    "label": _("Credit"),
    "help_text": _("Left empty, the picture's own credit is used."),
}
TERMS = {
    "label": _("Usage terms"),
    "help_text": _("Only terms that readers must be shown."),
}


class PictureBlock(blocks.StructBlock):
    """A picture in the text, whole, with its words."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = _Words(**OWN_CAPTION)
    alt = _Words(**ALT)
    credit = _Line(required=False, **CREDIT)
    terms = _Line(required=False, **TERMS)

    class Meta:
        label = _("Picture")
        icon = "image"
        label_format = "{caption}"


class GalleryBlock(blocks.StructBlock):
    """Pictures one after another."""

    title = _Line(required=False, label=_("Title"))
    pictures = blocks.ListBlock(
        PictureBlock(), min_num=1, max_num=GALLERY, label=_("Pictures")
    )

    class Meta:
        label = _("Gallery")
        icon = "image"
        label_format = "{title}"


class AttachmentChooserBlock(blocks.ChooserBlock):
    """Choosing a sound or a document, or bringing one in.

    Args:
        kind: as `Attachment.kind`.
    """

    def __init__(self, kind: str = "audio", **options: Any) -> None:
        self._kind = kind
        super().__init__(**options)

    @cached_property
    def target_model(self) -> Any:
        """Name the model; it is not loaded when blocks are."""
        from tamizdat.newsroom.models import Attachment  # noqa: PLC0415

        return Attachment

    @cached_property
    def widget(self) -> Any:
        """Make the widget that opens the chooser."""
        from tamizdat.newsroom.writing.choosers import CHOOSERS  # noqa: PLC0415

        return CHOOSERS[self._kind].widget_class()

    def clean(self, value: Any) -> Any:
        """Refuse one of the other kind."""
        value = super().clean(value)
        if value is not None and value.kind != self._kind:
            raise ValidationError(_("Choose one of the right kind"))
        return value


class SoundBlock(blocks.StructBlock):
    """A sound, with a player that loads nothing by itself."""

    sound = AttachmentChooserBlock("audio", label=_("Sound"))
    caption = _Words(required=False, **CAPTION)

    class Meta:
        label = _("Sound")
        icon = "media"


class VideoBlock(blocks.StructBlock):
    """A picture that leads to where a video stands; nothing is played."""

    poster = ImageChooserBlock(label=_("Picture"))
    href = _Address(
        label=_("Where the video stands"), help_text="https://", max_length=508
    )
    length = _Length(label=_("Length"), help_text=_("Minutes and seconds, as 3:05."))
    caption = _Words(**OWN_CAPTION)
    alt = _Words(**ALT)
    credit = _Line(required=False, **CREDIT)
    terms = _Line(required=False, **TERMS)

    class Meta:
        label = _("Video elsewhere")
        icon = "media"
        label_format = "{caption}"


class PaperBlock(blocks.StructBlock):
    """A document to take along."""

    paper = AttachmentChooserBlock("document", label=_("Document"))

    class Meta:
        label = _("Document")
        icon = "doc-full"


class BoxBlock(blocks.StructBlock):
    """Facts beside the story."""

    title = _Line(required=False, label=_("Title"))
    body = blocks.StreamBlock(TEXT_BLOCKS, label=_("Text"))

    class Meta:
        label = _("Fact box")
        icon = "clipboard-list"
        label_format = "{title}"


class EmbedBlock(blocks.StructBlock):
    """A link to something elsewhere that is never loaded."""

    href = _Address(label=_("Address"), help_text="https://", max_length=508)
    text = _Words(
        label=_("What stands there"),
        help_text=_("In words: readers who do not follow the link have nothing else."),
    )
    source = _Line(
        required=False, label=_("Where"), help_text=_("As “Telegram” or “YouTube”.")
    )

    class Meta:
        label = _("Link to something elsewhere")
        icon = "link"
        label_format = "{text}"


SHOWN_BLOCKS = [
    ("picture", PictureBlock()),
    ("gallery", GalleryBlock()),
    ("audio", SoundBlock()),
    ("video", VideoBlock()),
    ("document", PaperBlock()),
    ("box", BoxBlock()),
    ("embed", EmbedBlock()),
]
BODY_BLOCKS = [*TEXT_BLOCKS, *SHOWN_BLOCKS]


class PostBlock(blocks.StructBlock):
    """One entry of a live story."""

    time = blocks.DateTimeBlock(
        label=_("Time"), default=timezone.now, help_text=_("In your time zone.")
    )
    headline = _Line(required=False, label=_("Headline"))
    by = _Line(required=False, label=_("Who wrote it"))
    body = blocks.StreamBlock(BODY_BLOCKS, label=_("Text"))

    class Meta:
        label = _("Post")
        icon = "time"
        label_format = "{time} {headline}"

    def clean(self, value: Mapping[str, Any]) -> Any:
        """Refuse a post that has not been written yet."""
        value = super().clean(value)
        time = value.get("time")
        if isinstance(time, datetime) and time > timezone.now():
            error = {"time": ValidationError(_("This time has not come yet"))}
            raise blocks.StructBlockValidationError(block_errors=error)
        return value


POST_BLOCKS = [("post", PostBlock())]
