"""Hang the wire desk into the editors' site."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import ArticlePage, WireAlert, WireUse, WireVerdict
from tamizdat.newsroom.releases.erasing import HOOK
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.roles import TEXTS
from tamizdat.newsroom.wire_desk import alerts, answering, deciding, encodings, views

WARNED = _("%(kind)s: “%(headline)s”. This story was made from it.")
SHOWN = 6  # alerts on the home page


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the desk's addresses; Wagtail asks for a sign-in on each."""
    one = "wire/desk/<slug:service_id>"
    return [
        path("wire/", views.choose_service, name="wire_desks"),
        path(f"{one}/", views.desk, name="wire_desk"),
        path(f"{one}/newer/", views.newer, name="wire_newer"),
        path(f"{one}/searches/", views.save_search, name="wire_search"),
        path(f"{one}/<int:key>/", views.item, name="wire_item"),
        path(f"{one}/<int:key>/begin/", views.begin, name="wire_begin"),
        path(f"{one}/<int:key>/encoding/", encodings.read_again, name="wire_encoding"),
        path(f"{one}/<int:key>/picture/", views.keep_picture, name="wire_picture"),
        path(f"{one}/<int:key>/verdict/", deciding.verdict, name="wire_verdict"),
        path("wire/alerts/<int:key>/", deciding.alert, name="wire_alert"),
        path("wire/joins/<int:key>/", deciding.answer, name="wire_join"),
    ]


class WireMenuItem(MenuItem):
    """Shown to those who work on texts somewhere; with how many alerts are open."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for the rights."""
        return any(may(request.user, right) for right in TEXTS)

    def render_component(self, request: HttpRequest) -> Any:
        """Count what agencies took back or corrected."""
        item = super().render_component(request)
        count = len(answering.open_for(request.user, deciding.now()))
        if WireAlert.objects.open().exists():
            count += len(alerts.open_for(request.user))
        item.label = f"{self.label} ({count})" if count else self.label
        return item


@hooks.register("register_admin_menu_item")
def wire() -> MenuItem:
    """Add the wire to the menu."""
    return WireMenuItem(
        _("Wire"), reverse("wire_desks"), icon_name="download", order=92
    )


class AlertsPanel(Component):
    """What agencies took back or corrected, or may have, on the home page."""

    name = "wire_alerts"
    order = 15
    template_name = "newsroom/wire/panel.html"

    def __init__(self, account: Any) -> None:
        self._account = account

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Give the template what presses most."""
        found = alerts.open_for(self._account)
        return {
            "alerts": found[:SHOWN],
            "more": max(0, len(found) - SHOWN),
            "questions": answering.open_for(self._account, deciding.now()),
            "may_answer": True,
            # A panel has no request of its own, and its forms are posted.
            "csrf_token": (parent_context or {}).get("csrf_token"),
        }


@hooks.register("construct_homepage_panels")
def home_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put it before everything else."""
    panels.insert(0, AlertsPanel(request.user))


@hooks.register("before_edit_page")
def warn(request: HttpRequest, page: Any) -> None:
    """Tell whoever opens a story what became of the copy that it was made from."""
    if request.method != "GET" or not isinstance(page, ArticlePage):
        return
    told = alerts.told_of(page)
    for one in (row for row in told if row.is_open_on(page.article_id)):
        said = WARNED % {
            "kind": one.get_kind_display(),
            "headline": isolated(one.item.headline),
        }
        look = messages.button(reverse("wire_alert", args=(one.pk,)), _("Look"))
        messages.warning(request, said, buttons=[look])


@hooks.register(HOOK)
def forget(article: Any, _page: Any) -> None:
    """Take out of the record what a redaction or withdrawal took back."""
    for use in WireUse.objects.filter(article=article):
        use.paragraphs = [[at, None] for at, _text in use.paragraphs]
        use.save(update_fields=["paragraphs"])
    typed = WireAlert.objects.filter(article=article).exclude(reason="")
    chains = WireUse.objects.filter(article=article).values("item__chain")
    verdicts = WireVerdict.objects.filter(item__chain__in=chains)
    verdicts.update(reason=_("Erased with the words that were taken back."))
    typed.update(reason=_("Erased with the words that were taken back."))


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Load the style of the desk."""
    place = static("newsroom/wire.css")
    return format_html('<link rel="stylesheet" href="{}">', place)
