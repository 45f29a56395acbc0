"""Hang holds, tasks and the board of stale stories into the editors' site."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from tamizdat.newsroom import actions
from tamizdat.newsroom.errors import ReleaseError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import ArticlePage, FollowUp
from tamizdat.newsroom.releases import erasing, holds, tasks, views

BEFORE, AFTER = -10, 1_001  # what was told of a release, and what is in its way


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the addresses; Wagtail asks for a sign-in on each."""
    return [
        path("releases/<int:page_id>/held/", views.held, name="held_release"),
        path("releases/tasks/", tasks.tasks, name="followups"),
        path("releases/tasks/<int:key>/", tasks.task, name="followup"),
        path("releases/stale/", views.stale, name="stale"),
        path(
            "releases/changes/<int:article_id>/", views.changes, name="release_changes"
        ),
    ]


@hooks.register("before_publish_page", order=AFTER)
def hold_release(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Hold what somebody publishes; where there is no hold, Wagtail publishes it."""
    now = datetime.now(UTC)
    if not isinstance(page, ArticlePage) or (page.go_live_at and page.go_live_at > now):
        return None
    edit = redirect("wagtailadmin_pages:edit", page.pk)
    if actions.says_nothing_new(page):
        return None  # it is no release: what is told of it comes after it
    try:
        held = holds.hold(page, page.latest_revision, request.user, now)
    except ReleaseError as error:
        messages.error(request, str(error))
        return edit
    return redirect("held_release", page.pk) if held else None


@hooks.register("after_publish_page", order=BEFORE)
def erase_at_once(request: HttpRequest, page: Any) -> None:
    """Erase what a redaction or withdrawal took back, in the same transaction."""
    del request
    if isinstance(page, ArticlePage):
        erasing.erase_due(page.article_id)


@hooks.register("before_bulk_action")
def hold_releases(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Hold articles that are published from a list as those from their forms are."""
    if action_type != "publish":
        return None
    pages = [getattr(one, "specific", one) for one in objects]
    others = [page for page in pages if not isinstance(page, ArticlePage)]
    chosen = [page for page in pages if isinstance(page, ArticlePage)]
    if action.cleaned_form.cleaned_data["include_descendants"]:
        chosen += _drafts_below(others, request.user)
    drafts = [page.get_latest_revision_as_object() for page in chosen]
    now = datetime.now(UTC)
    if not any(holds.hold_until(draft, now) > now for draft in drafts):
        return None
    for page in others:
        revision = page.get_latest_revision() or page.save_revision(user=request.user)
        revision.publish(user=request.user)
    for draft in drafts:
        _hold_one(request, draft, now)
    return redirect("wagtailadmin_home")


def _drafts_below(services: Iterable[Any], user: Any) -> list[ArticlePage]:
    """List what Wagtail publishes with a service: drafts that readers never had."""
    return [
        page
        for service in services
        for page in ArticlePage.objects.child_of(service).not_live()
        if page.permissions_for_user(user).can_publish()
    ]


def _hold_one(request: HttpRequest, draft: ArticlePage, now: datetime) -> None:
    """Hold or publish one article of a list, or say why not."""
    revision = draft.latest_revision
    try:
        if holds.hold(draft, revision, request.user, now) is None:
            revision.publish(user=request.user, skip_permission_checks=True)
    except ReleaseError as error:
        text = _("“%(headline)s” is not published: %(reason)s")
        messages.error(
            request, text % {"headline": isolated(draft.title), "reason": error}
        )


@hooks.register("register_log_actions")
def name_actions(registry: LogActionRegistry) -> None:
    """Name a hold and its Undo in the log of a page."""
    registry.register_action(
        holds.HELD, _("Hold a release"), _("Pressed Publish: held for Undo")
    )
    registry.register_action(
        holds.UNDONE, _("Undo a release"), _("Undid the release before it went out")
    )


class TasksItem(MenuItem):
    """The tasks, with how many are open."""

    def render_component(self, request: HttpRequest) -> Any:
        """Count what is open, overdue or not."""
        item = super().render_component(request)
        if count := FollowUp.objects.open().count():
            item.label = f"{self.label} ({count})"
        return item


@hooks.register("register_admin_menu_item")
def tasks_item() -> MenuItem:
    """Add the tasks to the menu."""
    return TasksItem(
        pgettext_lazy("newsroom", "Tasks"),
        reverse("followups"),
        icon_name="tasks",
        order=110,
    )


@hooks.register("register_admin_menu_item")
def stale_item() -> MenuItem:
    """Add the board of stale stories to the menu."""
    return MenuItem(_("Translations"), reverse("stale"), icon_name="globe", order=230)


class TasksPanel(Component):
    """What is held and what is to be followed, on the home page."""

    name = "newsroom_tasks"
    order = 60
    template_name = "newsroom/tasks_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Give the template what presses most."""
        del parent_context
        return views.pressing(self._request.user)


@hooks.register("construct_homepage_panels")
def home_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put the tasks on the home page."""
    panels.append(TasksPanel(request))
