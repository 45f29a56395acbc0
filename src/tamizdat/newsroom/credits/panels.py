"""The credit line in the article form: what was used, and the line composed of it."""

from typing import Any

from django.forms import Media
from django.forms.widgets import Script
from wagtail.admin.panels import Panel

from tamizdat.newsroom.credits import used
from tamizdat.newsroom.credits.composing import compose, named


class CreditPanel(Panel):
    """Shows below the credit line whose work is used, and offers the line for it."""

    class BoundPanel(Panel.BoundPanel):
        """What is on record of one article."""

        template_name = "newsroom/credit_panel.html"

        @property
        def media(self) -> Media:
            """Load the script of the button that takes the line."""
            script: Any = Script("newsroom/credits.mjs", type="module")
            return Media(js=[script])

        def get_context_data(
            self, parent_context: dict[str, Any] | None = None
        ) -> dict[str, Any]:
            """Add agencies, the line for them, and what is wrong with the one typed."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            from tamizdat.newsroom.obstacles import service_of  # noqa: PLC0415 (models)

            service = service_of(self.instance)
            if service is None:
                return context
            language, ids = service.language, used.agencies_used(self.instance)
            line = compose(ids, language)
            context["agencies"] = [named(one, language) for one in ids]
            context["line"] = "" if line == self.instance.credit_line.strip() else line
            context["warnings"] = list(used.said(self.instance, language))
            context["service"] = service
            return context
