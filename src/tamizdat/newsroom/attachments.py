"""Keep sounds and documents: cleaned, under the hash of their bytes."""

import hashlib

from django.db import transaction

from tamizdat.newsroom.cleaning import Cleaned
from tamizdat.newsroom.models import Attachment, AttachmentFile
from tamizdat.newsroom.renditions import write_rendition


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
