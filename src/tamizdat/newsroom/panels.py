"""Panels of the article form that Wagtail does not have."""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.writing.source import words_of

NO_DOCUMENT = _("What will change is shown once the draft can be read: %(reason)s")


def _to_be_released(article: Any) -> dict[str, Any]:
    """Compare the draft with what readers have, and its source with what it follows."""
    from tamizdat.newsroom.releases import comparison  # noqa: PLC0415 (needs models)

    if not article.article_id or not article.article.number:
        return {}
    try:
        found: dict[str, Any] = {"parts": comparison.draft_changes(article)}
    except NewsroomError as error:
        found = {"unread": NO_DOCUMENT % {"reason": error}}
    source, follows = article.source, article.source_release or 0
    if source is not None and source.material > follows:
        found |= {"source": source, "follows": follows}
    return found


def _ledger(article: Any) -> Any:
    """Read the releases, newest first: once, for this list and for the comparison."""
    from tamizdat.newsroom.models import Release  # noqa: PLC0415 (they load panels)

    if not article.article_id:
        return ()
    rows = Release.objects.newest_first().select_related("actor")
    prefetch_related_objects([article.article], Prefetch("releases", rows))
    return article.releases.all()


class LedgerPanel(Panel):
    """Shows what was released so far."""

    class BoundPanel(Panel.BoundPanel):
        """The history of one article."""

        template_name = "newsroom/ledger_panel.html"

        def get_context_data(
            self, parent_context: dict[str, Any] | None = None
        ) -> dict[str, Any]:
            """Add the releases, newest first."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            article = self.instance
            context["releases"] = _ledger(article)
            context["taken_back"] = article.taken_back if article.article_id else ""
            from tamizdat.newsroom.models import (  # noqa: PLC0415 (they load panels)
                HeldRelease,
            )

            context["held"] = HeldRelease.objects.filter(page=article.pk).first()
            context["direction"] = article.service.direction if article.pk else "ltr"
            return context | _to_be_released(article)


class SourcePanel(Panel):
    """Shows the words an article was made from, beside those it is to have."""

    class BoundPanel(Panel.BoundPanel):
        """The source of one article, as the release it follows has it."""

        template_name = "newsroom/source_panel.html"

        def is_shown(self) -> bool:
            """Show it where there is a released source."""
            return self.instance.source is not None and self.release is not None

        @cached_property
        def release(self) -> Any:
            """The release it follows, else the newest; none that is erased."""
            source = self.instance.source
            rows = source.releases.newest_first().filter(erased=None)
            number = self.instance.source_release
            followed = rows.filter(number=number).first() if number else None
            return followed or rows.first()

        def get_context_data(
            self, parent_context: dict[str, Any] | None = None
        ) -> dict[str, Any]:
            """Add the words, their language and direction."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            source = self.instance.source
            context["source"] = source
            context["service"] = source.service
            context["release"] = self.release
            context["words"] = words_of(self.release.content)
            return context
