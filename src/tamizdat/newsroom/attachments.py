"""Keep sounds and documents: cleaned, under the hash of their bytes."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue

from tamizdat.newsroom.cleaning import Cleaned
from tamizdat.newsroom.errors import AttachmentError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Attachment, AttachmentFile
from tamizdat.newsroom.models.attachments import PAPER, SOUND
from tamizdat.newsroom.renditions import write_rendition

# Raised with rules of `cleaning` that files kept before have to meet as well, and with
# no others: sounds, and photos in a document, lose a little each time.
RULES = {SOUND: 4, PAPER: 5}
_FILES = ("sound", "paper")  # of a block, by name
_FIELDS = ("body", "posts")  # with blocks that show sounds and documents


@transaction.atomic
def keep_cleaned(attachment: Attachment, cleaned: Cleaned) -> Attachment:
    """Keep what is clean already. `attachment`: not saved yet, or without a file."""
    attachment.empty = False
    attachment.digest = hashlib.sha256(cleaned.data).hexdigest()
    rules = RULES[attachment.kind]
    attachment.cleaning, attachment.unseen = rules, cleaned.unseen.count
    attachment.save()
    keep_file(attachment, cleaned)
    return attachment


def keep_file(attachment: Attachment, cleaned: Cleaned) -> AttachmentFile:
    """Keep the file of a sound or a document."""
    return AttachmentFile.objects.create(
        attachment=attachment,
        sha256=write_rendition(cleaned.data),
        type=cleaned.type,
        size=len(cleaned.data),
        seconds=cleaned.seconds,
    )


def faults(page: Any) -> Iterator[str]:
    """Say which files of a draft are gone or not taken any more, and why."""
    if any(_lacks(getattr(page, field)) for field in _FIELDS):
        yield _(
            "A sound or document of the text was deleted: choose another, or take its "
            "block out."
        )
    shown = (one for field in _FIELDS for one in _in(getattr(page, field)))
    for one in dict.fromkeys(shown):
        if one.key:
            text = _("“%(title)s” is still being prepared. Try again in a few minutes.")
            yield text % {"title": isolated(one.title)}
        elif one.refused is not None:
            text = _("“%(title)s” cannot be published any more: %(why)s.")
            yield text % {"title": isolated(one.title), "why": why_refused(one)}


def kind_and_state(one: Attachment) -> str:
    """Say what a file is, and why it cannot be published now, if it cannot."""
    kind = _("Sound") if one.kind == SOUND else _("Document")
    if one.key:
        why = _("still being prepared")
    elif one.refused is not None:
        why = _("cannot be used: %(why)s") % {"why": why_refused(one)}
    else:
        return kind
    return f"{kind}: {why}"


def why_refused(attachment: Attachment) -> str:
    """Say why the rules do not take a file, in the language of whoever reads."""
    kept: Any = attachment.refused
    words, row = kept["words"], kept["row"]
    return str(AttachmentError(words, **row))


def _in(value: Any) -> Iterator[Attachment]:
    """Find sounds and documents in blocks, however deep."""
    if isinstance(value, Attachment):
        yield value
    for part in _parts(value):
        yield from _in(part)


def _lacks(value: Any) -> bool:
    """Say whether a block shows a sound or document that is gone."""
    if isinstance(value, Mapping) and any(value.get(k, "") is None for k in _FILES):
        return True
    return any(map(_lacks, _parts(value)))


def _parts(value: Any) -> list[Any]:
    if isinstance(value, StreamValue):
        return [block.value for block in value]
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, ListValue) else []
