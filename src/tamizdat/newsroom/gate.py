"""Stop a publication that something is in the way of, and keep what was written.

Every way of Wagtail to publish ends in `actions.record_release`, which refuses. Here
people are told why, and the first of two signs. `refused` answers for the ways that
have no hook: lists, workflow, history.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.permissions import page_permission_policy

from tamizdat.newsroom import signoffs
from tamizdat.newsroom.desk import locks
from tamizdat.newsroom.errors import ObstacleError
from tamizdat.newsroom.groups import settle_desk
from tamizdat.newsroom.intents import intended
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.obstacles import obstacles, people, waits, warnings

FORMS = {
    f"wagtailadmin_pages:{name}" for name in ("edit", "revisions_revert")
}  # whose text must be kept whatever becomes of the button pressed
HANDING_ON = {"action-submit", "action-workflow-action", "action-publish"}
PRESSED = "action-"  # how names of buttons begin
LAST = 1_000


@hooks.register("before_publish_page", order=LAST)
def tell_obstacles(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep the draft, say what is in the way, and sign where that is the next step."""
    if not isinstance(page, ArticlePage):
        return None
    kind, _note = intended(page)
    found = obstacles(page, request.user, kind)
    if not found:
        return None
    _answer(request, page, kind, found)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_create_page", order=-LAST)
@hooks.register("after_edit_page", order=-LAST)
def tell_who_may_not(request: HttpRequest, page: Any) -> None:
    """Say so where Publish was pressed without the right: Wagtail saves in silence."""
    if not isinstance(page, ArticlePage) or "action-publish" not in request.POST:
        return
    if not page.permissions_for_user(request.user).can_publish():
        _tell(request, page, obstacles(page, request.user, intended(page)[0]))


@hooks.register("after_create_page", order=-LAST)
@hooks.register("after_edit_page", order=-LAST)
def settle_service(request: HttpRequest, page: Any) -> None:
    """Give a service that was opened in its form what every service has."""
    del request
    if isinstance(page, ServicePage):
        settle_desk(page)


@hooks.register("after_edit_page")
def hand_on(request: HttpRequest, page: Any) -> None:
    """Let go of an article once a step is done: others go on with it."""
    if isinstance(page, ArticlePage) and HANDING_ON & request.POST.keys():
        locks.leave(page.pk, request.user)


@hooks.register("construct_page_chooser_queryset")
def choose_what_is_known(pages: Any, request: HttpRequest) -> Any:
    """Offer links to what readers have, and to drafts of one's own services alone."""
    own = page_permission_policy.instances_user_has_any_permission_for(
        request.user, {"add", "change", "publish", "lock"}
    )
    keys = own.order_by().values("pk")
    return pages.filter(Q(live=True) | Q(pk__in=keys))


def refused(
    request: HttpRequest,
    again: Callable[[], HttpResponse],
    refusal: ObstacleError,
) -> HttpResponse:
    """Answer a request whose publication was refused; nothing of it was kept.

    Args:
        request: as it came.
        again: runs it once more.
        refusal: why.
    """
    match = request.resolver_match
    kept: HttpResponse | None = None
    if match is not None and match.view_name in FORMS:
        kept = _save_alone(request, again)
    page = ArticlePage.objects.get(pk=refusal.page.pk).get_latest_revision_as_object()
    with transaction.atomic():
        _answer(request, page, refusal.kind, refusal.obstacles)
    edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse(
            {"step": "success", "redirect": edit}
        )  # of Wagtail's dialog
    return kept or redirect(edit)


def _save_alone(
    request: HttpRequest, again: Callable[[], HttpResponse]
) -> HttpResponse:
    """Save the text of a form as if no button but Save draft had been pressed."""
    fields: Any = request.POST.copy()
    for name in [name for name in fields if name.startswith(PRESSED)]:
        del fields[name]
    request.POST = fields
    return again()


def _answer(request: HttpRequest, page: Any, kind: str, found: Iterable[str]) -> None:
    reasons = list(found)
    if not waits(reasons):
        _tell(request, page, reasons)
        return
    signoffs.sign(page, request.user, kind)
    locks.leave(page.pk, request.user)  # the other has to get at it
    others = people(signoffs.others_who_may(page.service, request.user, kind))
    text = _(
        "Signed, not published: “%(headline)s” goes out when another presses Publish: "
        "%(people)s."
    )
    messages.warning(
        request, text % {"headline": isolated(page.title), "people": others}
    )
    for warning in warnings(page):
        messages.warning(request, warning)


def _tell(request: HttpRequest, page: Any, reasons: Iterable[str]) -> None:
    for reason in reasons:
        text = _("“%(headline)s” is not published: %(reason)s")
        messages.error(
            request, text % {"headline": isolated(page.title), "reason": reason}
        )
