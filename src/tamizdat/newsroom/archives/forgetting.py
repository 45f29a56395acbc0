"""Forget the bytes that an article came in as, once its words are taken back.

The key stays: a story that was taken back does not come in again with the next run.
Digests of its words go, for a guess could be tested against them.
"""

import secrets
from typing import Any

from django.conf import settings
from wagtail import hooks

from tamizdat.newsroom.archives import originals
from tamizdat.newsroom.models import Imported
from tamizdat.newsroom.releases.erasing import HOOK

ORIGINALS = "originals"  # the folder beside the newsroom's database


@hooks.register(HOOK)
def forget(article: Any, _page: Any) -> None:
    """Take out the originals of an article, their digests and receipts."""
    folder = settings.TAMIZDAT.path / ORIGINALS
    for row in Imported.objects.filter(article=article):
        shared = Imported.objects.filter(sha256=row.sha256).exclude(article=article)
        if not shared.exists():
            originals.forget(folder, row.sha256)
        row.sha256, row.words = secrets.token_hex(32), secrets.token_hex(32)
        row.receipt, row.name = {}, ""
        row.save(update_fields=["sha256", "words", "receipt", "name"])
