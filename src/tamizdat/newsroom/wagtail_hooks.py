"""Shape the editors' site: only what a newsroom needs, and words where it is empty."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button

from tamizdat.edition.pages.addresses import dated_path
from tamizdat.newsroom import account_pages, action_bar, gate, letting_in  # noqa: F401 (hooks)
from tamizdat.newsroom.archives import forgetting  # noqa: F401 (it registers)
from tamizdat.newsroom.choosers import ArticleChooser, article_chooser
from tamizdat.newsroom.darkroom import hooks as darkroom_hooks  # noqa: F401 (likewise)
from tamizdat.newsroom.desk import hooks as desk_hooks  # noqa: F401 (they register)
from tamizdat.newsroom.doors import hooks as door_hooks  # noqa: F401 (the same)
from tamizdat.newsroom.front import hooks as front_hooks  # noqa: F401 (the same)
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    HeldRelease,
    Release,
    ServicePage,
)
from tamizdat.newsroom.permissions import WHY
from tamizdat.newsroom.releases import hooks as release_hooks  # noqa: F401 (as above)
from tamizdat.newsroom.richtext import OVERRIDES
from tamizdat.newsroom.sources import hooks as source_hooks  # noqa: F401 (the same)
from tamizdat.newsroom.welcome import Welcome
from tamizdat.newsroom.wire_desk import hooks as wire_hooks  # noqa: F401 (the same)
from tamizdat.newsroom.writing import hooks as writing_hooks  # noqa: F401 (the same)

STYLES = ("forms", "desk", "rights", "writing", "releases", "doors", "darkroom")
APPROVAL = "action-workflow-action"  # a field that Wagtail's form sends
LAST = 1_000  # after what other apps have put in
OVERRIDDEN = _(
    "The text held hidden marks that turn its direction round, as pasted text often "
    "does. They were taken out: read once more how names and numbers stand."
)
OVERTAKEN = _(
    "Not published: release %(number)s went out while this form was open. Your text is "
    "kept as the draft below; compare both in the history, then publish."
)
OVERTAKEN_BY = _(
    "Not published: release %(number)s went out by %(name)s while this form was open. "
    "Your text is kept as the draft below; compare both in the history, then publish."
)
NOTHING_NEW = _(
    "Nothing was released: readers have these words already. A note alone goes out as "
    "a correction or a clarification."
)
BREAKS = _(
    "Nothing was released: readers have these words already. The story is breaking "
    "news now."
)
RELEASED = _("Release %(number)s will stand on every mirror at %(place)s")
CLOSE = _("Take away “Active” instead: the ledger keeps who released what.")


@hooks.register("register_admin_viewset")
def choose_articles() -> ArticleChooser:
    """Offer articles to forms that name one."""
    return article_chooser


@hooks.register("construct_homepage_panels")
def begin_with_services(request: HttpRequest, panels: list[Component]) -> None:
    """Show the language services first."""
    del request
    panels.insert(0, Welcome())


@hooks.register("construct_homepage_summary_items", order=LAST)
def drop_counts(request: HttpRequest, items: list[Component]) -> None:
    """Drop Wagtail's counts of pages and images; the services tell more."""
    del request
    items.clear()


@hooks.register("construct_main_menu", order=LAST)
def trim_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Drop documents, which editions do not carry, and Wagtail's own news."""
    del request
    items[:] = [item for item in items if item.name not in {"documents", "help"}]


@hooks.register("register_admin_urls")
def lead_from_sites() -> list[URLResolver]:
    """Lead to the pages from the mark of a site in Wagtail's lists.

    Wagtail's board of sites is not here, and who may everything gets its address.
    """
    pages = RedirectView.as_view(pattern_name="wagtailadmin_explore_root")
    return [path("sites/", include(([path("", pages, name="index")], "wagtailsites")))]


@hooks.register("construct_explorer_page_queryset")
def read_together(parent: Any, pages: Any, request: HttpRequest) -> Any:
    """Read what each row of a service's list is asked for at once, not row by row."""
    if not isinstance(parent, ServicePage) or request.GET.get("search_all"):
        return pages  # not articles alone
    return pages.select_related(
        "article__service", "hold__person", for_specific_subqueries=True
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def say_why(page: Any, user: Any, *_: Any, **__: Any) -> Iterator[Button]:
    """Say why a released article offers no Unpublish and no Delete."""
    del user
    if isinstance(page.specific, ArticlePage) and page.live:  # as soon as released
        url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        yield Button(WHY, url=url, icon_name="lock", priority=55)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_of_overrides(request: HttpRequest, page: Any) -> None:
    """Tell the editor that pasted text held marks that override its direction."""
    del page
    if any(map(OVERRIDES.search, _posted(request))):
        messages.warning(request, OVERRIDDEN)


def _posted(request: HttpRequest) -> Iterator[str]:
    for _name, texts in request.POST.lists():
        yield from map(str, texts)


@hooks.register("before_publish_page")
def keep_the_newer_release(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep the text as a draft where somebody released another one meanwhile."""
    seen = request.POST.get("seen_release", "")
    newest = page.newest_release if isinstance(page, ArticlePage) else None
    if newest is None or not seen.isdecimal() or newest.number <= int(seen):
        return None
    told = OVERTAKEN_BY if newest.actor else OVERTAKEN
    row = {"number": newest.number, "name": isolated(newest.actor)}
    messages.error(request, told % row)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_publish_page")
def tell_what_was_released(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Tell the editor where the story will stand, or that nothing went out."""
    if not isinstance(page, ArticlePage) or not page.live:
        return None
    if page.go_live_at and page.go_live_at > timezone.now():
        return None
    newest = page.newest_release
    if newest.number != page.next_number:
        breaks = (
            page.breaking and Article.objects.get(pk=page.article_id).breaking_until
        )
        messages.warning(request, BREAKS if breaks else NOTHING_NEW)
        tell_of_overrides(request, page)
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.info(request, released_words(page, newest))
    return None


def released_words(page: ArticlePage, newest: Release) -> str:
    """Say where a story stands on every mirror after a release."""
    path = dated_path(page.address, page.releases.get(number=1).time)
    place = f"{page.service.service_id}/{path}"
    return RELEASED % {"number": newest.number, "place": isolated(place)}


@hooks.register("after_edit_page")
def tell_of_the_last_approval(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Tell the same where the workflow published, or show what it holds, with Undo."""
    if not isinstance(page, ArticlePage) or APPROVAL not in request.POST:
        return None
    if HeldRelease.objects.filter(page=page.pk).exists():
        return redirect("held_release", page.pk)
    fresh = ArticlePage.objects.get(pk=page.pk)
    if fresh.has_unpublished_changes or fresh.workflow_in_progress:
        return None
    told: HttpResponse | None = tell_what_was_released(request, fresh)
    return told


@hooks.register("after_create_page", order=LAST)
@hooks.register("after_edit_page", order=LAST)
def go_home_from_a_service(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Lead from a published service to the home page, where all services stand."""
    if isinstance(page, ServicePage) and "action-publish" in request.POST:
        return redirect("wagtailadmin_home")
    return None


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Load the style of the newsroom's forms."""
    places = [(static(f"newsroom/{name}.css"),) for name in STYLES]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', places)


@hooks.register("before_delete_user")
def keep_account(request: HttpRequest, account: Any) -> HttpResponse | None:
    """Keep whoever stands in the ledger; an account is closed instead."""
    if Release.objects.filter(actor=account).exists():
        said = _("%(name)s has released articles.")
    elif letting_in.let_somebody_in([account], timezone.now()):
        said = _("%(name)s let somebody in within the last three days.")
    else:
        return None
    messages.error(request, f"{said % {'name': isolated(account)}} {CLOSE}")
    return redirect("wagtailusers_users:edit", account.pk)


@hooks.register("before_bulk_action")
def keep_accounts(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """Keep them also when many are chosen; change none where nothing is written down.

    Roles are given, and accounts closed and opened, on pages that say who did it.
    """
    accounts = [o for o in objects if isinstance(o, get_user_model())]
    if action_type != "delete":
        place = (
            "newsroom_roles" if action_type == "assign_role" else "newsroom_accounts"
        )
        return redirect(place) if accounts else None
    if Release.objects.filter(actor__in=accounts).exists():
        said = _("Some of them have released articles.")
    elif letting_in.let_somebody_in(accounts, timezone.now()):
        said = _("Some of them let somebody in within the last three days.")
    else:
        return None
    messages.error(request, f"{said} {CLOSE}")
    return redirect("wagtailusers_users:index")
