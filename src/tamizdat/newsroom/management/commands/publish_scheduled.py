"""Publish what is due, in place of Wagtail's command of this name.

That one stops at the first article that is refused, and lets articles expire.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tamizdat.newsroom.schedule import publish_due


class Command(BaseCommand):
    """Publishes what was set for an hour that has come."""

    help = __doc__ or ""

    def handle(self, *_: Any, **__: Any) -> None:
        """Publish."""
        publish_due(timezone.now())
