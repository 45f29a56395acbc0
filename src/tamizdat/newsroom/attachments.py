"""Keep sounds and documents: cleaned, under the hash of their bytes."""

import hashlib
from typing import Any

from django.db import transaction

from tamizdat.newsroom.cleaning import Cleaned, clean_file
from tamizdat.newsroom.models import Attachment, AttachmentFile
from tamizdat.newsroom.renditions import write_rendition


def keep_attachment(
    kind: str, data: bytes, title: str, *, name: str = "", **words: Any
) -> Attachment:
    """Keep a sound or a document, cleaned.

    Args:
        kind: "audio" or "document".
        data: the file as it came.
        title: as readers see it.
        name: of the file; only its ending counts, and it is not kept.
        words: credit, terms, transcript.

    Raises:
        AttachmentError: the file cannot be used, or not be cleaned.
    """
    cleaned = clean_file(kind, data, name)
    return keep_cleaned(Attachment(kind=kind, title=title, **words), cleaned)


@transaction.atomic
def keep_cleaned(attachment: Attachment, cleaned: Cleaned) -> Attachment:
    """Keep what is clean already. `attachment`: not saved yet."""
    attachment.digest = hashlib.sha256(cleaned.data).hexdigest()
    attachment.save()
    AttachmentFile.objects.create(
        attachment=attachment,
        sha256=write_rendition(cleaned.data),
        type=cleaned.type,
        size=len(cleaned.data),
        seconds=cleaned.seconds,
    )
    return attachment
