"""Hang front pages and breaking news into the editors' site."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button

from tamizdat.newsroom.front import alarms, desk
from tamizdat.newsroom.models import ArticlePage
from tamizdat.newsroom.rights import may


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the desks' addresses; Wagtail asks for a sign-in on each."""
    one = "front/<slug:service_id>"
    return [
        path("front/", desk.choose_service, name="front_pages"),
        path(f"{one}/", desk.desk, name="front_desk"),
        path(f"{one}/preview/", desk.preview, name="front_preview"),
        path(f"{one}/frozen/", desk.frozen, name="front_frozen"),
        path(f"{one}/history/", desk.history, name="front_history"),
        path(f"{one}/put-back/", desk.put_back, name="front_put_back"),
        path(f"{one}/discard/", desk.discard, name="front_discard"),
        path("breaking/", alarms.overview, name="breaking_news"),
        path("breaking/<int:key>/", alarms.story, name="breaking_story"),
        path("breaking/offers/<int:key>/", alarms.answer, name="breaking_answer"),
        path("breaking/offers/again/", alarms.opt_in, name="breaking_opt_in"),
    ]


class FrontMenuItem(MenuItem):
    """Shown to those who may arrange a page somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for the right."""
        return may(request.user, "arrange")


@hooks.register("register_admin_menu_item")
def front_pages() -> MenuItem:
    """Add the front pages to the menu."""
    place = reverse("front_pages")
    return FrontMenuItem(_("Front pages"), place, icon_name="list-ol", order=210)


@hooks.register("register_admin_menu_item")
def breaking_news() -> MenuItem:
    """Add breaking news to the menu."""
    place = reverse("breaking_news")
    return MenuItem(_("Breaking news"), place, icon_name="warning", order=220)


class BreakingPanel(Component):
    """What breaks and what is offered, on the home page of the editors' site."""

    name = "breaking_news"
    order = 20
    template_name = "newsroom/front/panel.html"

    def __init__(self, account: Any) -> None:
        self._account = account

    def get_context_data(
        self, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Give the template its rows, and what forms need."""
        return {
            "now": alarms.breaking_now(self._account),
            "offers": alarms.offer_rows(self._account),
            "csrf_token": (parent_context or {}).get("csrf_token", ""),
        }


@hooks.register("construct_homepage_panels")
def home_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put it first on the home page; it is empty while nothing breaks."""
    panels.insert(0, BreakingPanel(request.user))


@hooks.register("register_page_header_buttons")
def breaking_button(page: Any, user: Any, *_: Any, **__: Any) -> Iterator[Button]:
    """Lead from a released article to whether it breaks."""
    article = page.specific
    if not isinstance(article, ArticlePage) or not article.article.number:
        return
    if may(user, "breaking", article.service):
        url = reverse("breaking_story", args=(article.article_id,))
        yield Button(BREAKING, url=url, icon_name="warning", priority=50)


BREAKING = _("Breaking news")


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Load the style of the desks."""
    return format_html(
        '<link rel="stylesheet" href="{}">', static("newsroom/front.css")
    )


@hooks.register("insert_global_admin_js")
def countdown() -> SafeString:
    """Load what counts down to the end of breaking news."""
    place = static("newsroom/countdown.mjs")
    return format_html('<script type="module" src="{}"></script>', place)
