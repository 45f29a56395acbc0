"""Words that Wagtail itself says, and lacks in some of the languages of our site.

Django looks for them in every catalogue: what Wagtail has in a language counts, what it
lacks comes from ours. The words of its scripts stand in a catalogue of their own, to
which `script_words` adds.

Source: docs/decisions/0041-words-of-the-editors-site.md.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

OF_PAGES = (
    _("Search all pages…"),
    _("Keyboard shortcut"),
    _("Keyboard shortcuts"),
    _("Show keyboard shortcuts"),
    _("Toggle minimap"),
    _("Minimap"),
    _("Add or show comments"),
    _("Text formatting"),
    _("Text editing"),
    _("Toggle sidebar"),
    _("Save changes"),
    _("Skip to main content"),
    _("Close dialog"),
    _("Toggle breadcrumbs"),
    _("Actions"),
    _("Actions (footer)"),
    _("Filter by"),
    _("Show filters"),
    _("just now"),
    _("Toggle side panel"),
    _("Side panels"),
    _("Side panel width"),
    _("Toggle status"),
    _("Toggle checks"),
    _("Toggle preview"),
    _("Toggle comments"),
    _("Toggle section"),
    _("No publishing schedule set"),
    _("Set publishing schedule"),
    _("Set schedule"),
    _("Save schedule"),
    _("Choose when this page should go live and/or expire"),
    _("View history"),
    _("First published"),
    _("Readability"),
    _("Reading time"),
    _("This data explained"),
    _("Content metrics"),
    _("Words"),
    _("Preview in new tab"),
    _("Checks"),
    _("Issues found"),
    _("Show issue"),
    _("A network error occurred"),
    _("Comments"),
    _("Comment notifications"),
    _("View latest version"),
    _("Edited by"),
    _("Has child pages"),
    _("Page type"),
    _("Date updated"),
    _("Owner"),
    _("Save your changes before leaving"),
    _("Grid layout"),
    _("List layout"),
    _("Workflow"),
    _("Workflows"),
    _("In progress"),
    _("Cancelled"),
    _("Approved"),
    _("Access level"),
    _("Visible to all"),
    _("Usage"),
    _("Saved"),
    _("Bold"),
    _("Italic"),
    _("Go to the first error"),
)
OF_SCRIPTS = {
    "Collapse all": _("Collapse all"),
    "Expand all": _("Expand all"),
    "Saving...": _("Saving..."),
}


class _Scripts(JavaScriptCatalog):
    """What the scripts of Wagtail say, with what it lacks in a language."""

    def get_catalog(self) -> dict[str, Any]:
        """Put ours where the language has none; theirs may be those of another one."""
        theirs: dict[str, Any] = super().get_catalog()
        # As Django's own view reads it.
        own = self.translation._catalog  # type: ignore[attr-defined] # noqa: SLF001
        return theirs | {k: str(v) for k, v in OF_SCRIPTS.items() if k not in own}


_scripts = _Scripts.as_view(packages=["wagtail.admin"])


def script_words(request: HttpRequest) -> HttpResponse:
    """Answer with the words of scripts, in the language of whoever is signed in."""
    answer: HttpResponse = get_localized_response(_scripts, request)
    return answer
