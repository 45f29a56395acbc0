"""Tell Django about the newsroom, and let Publish record a release."""

from typing import Any

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """The newsroom as a Django app."""

    name = "tamizdat.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Connect Wagtail's Publish to the ledger."""
        from wagtail.signals import page_published  # noqa: PLC0415 (apps load first)

        from tamizdat.newsroom.models import ArticlePage  # noqa: PLC0415 (the same)

        page_published.connect(_on_publish, sender=ArticlePage)


def _on_publish(instance: Any, revision: Any, **_: Any) -> None:
    from tamizdat.newsroom import actions  # noqa: PLC0415 (needs loaded models)

    actions.record_release(instance, actions.publisher(revision))
