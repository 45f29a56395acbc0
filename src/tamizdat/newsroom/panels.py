"""Panels of the article form that Wagtail does not have."""

from typing import Any

from wagtail.admin.panels import Panel


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
