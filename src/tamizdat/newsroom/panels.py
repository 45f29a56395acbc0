"""Panels of the article form that Wagtail does not have."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from tamizdat.newsroom.writing.source import words_of


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
            context["releases"] = (
                article.releases.newest_first().select_related("actor")
                if article.article_id
                else ()
            )
            context["taken_back"] = article.taken_back if article.article_id else ""
            return context


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
            """The release it follows, else the newest."""
            source = self.instance.source
            rows = source.releases.newest_first()
            number = self.instance.source_release
            return rows.filter(number=number).first() if number else rows.first()

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
