"""Hang into Wagtail what belongs to writing: addresses, lists, buttons, log actions."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from tamizdat.newsroom.models import ArticlePage
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.writing import stories, views
from tamizdat.newsroom.writing.choosers import CHOOSERS
from tamizdat.newsroom.writing.posting import LIVE
from tamizdat.newsroom.writing.viewsets import Names

ACTIONS = {
    "newsroom.embargo": (
        gettext_lazy("Embargo"),
        gettext_lazy("Changed the embargo of the story"),
    ),
    "newsroom.sensitive": (
        gettext_lazy("Sensitivity"),
        gettext_lazy("Changed whether the story may endanger someone"),
    ),
}

register_snippet(Names)


@hooks.register("insert_editor_js")
def ask_again() -> SafeString:
    """Load what keeps a chosen file where a form comes back with a question."""
    place = static("newsroom/again.mjs")
    return format_html('<script type="module" src="{}"></script>', place)


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    """Offer sounds and documents to blocks."""
    return list(CHOOSERS.values())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give pages beside the form their addresses."""
    return [
        path("articles/<int:pk>/open/", views.open_page, name="newsroom_open"),
        path(
            "articles/<int:pk>/translate/",
            views.translate_page,
            name="newsroom_translate",
        ),
        path("pages/<int:pk>/post/", views.post_page, name="newsroom_post"),
        path(
            "services/<int:service_id>/subjects/<slug:kind>/",
            views.subjects,
            name="newsroom_subjects",
        ),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is logged of a story."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("after_create_page")
def log_first_words(request: HttpRequest, page: Any) -> None:
    """Write into a new page's history what its form said of the story."""
    stories.log_remembered(page, request.user)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer(page: Any, user: Any, *_args: Any, **_options: Any) -> Iterator[Button]:
    """Offer to translate a released article, and to add to a live one."""
    article_page = page.specific
    if not isinstance(article_page, ArticlePage) or not article_page.article.number:
        return
    article = article_page.article
    if may(user, "translate") and not article.taken_back:
        url = reverse("newsroom_translate", args=(article.pk,))
        yield Button(_("Translate"), url=url, icon_name="globe", priority=40)
    if article_page.live_state == LIVE and may(user, "publish", article.service):
        url = reverse("newsroom_post", args=(page.pk,))
        yield Button(_("Add a post"), url=url, icon_name="plus", priority=30)
