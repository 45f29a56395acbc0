"""The first steps, for whoever has just come: on the home page, until dismissed.

A panel tells them, and a tour walks through the screens they speak of.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.components import Component
from wagtail.users.models import UserProfile

from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.rights import is_staff_of, may
from tamizdat.newsroom.roles import WRITING

DISMISSED = "newsroom_tour"  # a key of what Wagtail keeps for an account

Words = tuple[Any, Any]  # title and text, as the panel on the home page has them
WRITE: Words = (
    pgettext_lazy("the tour", "Write"),
    _(
        "A draft saves itself while you write; nobody outside sees it before somebody "
        "publishes."
    ),
)
BESIDE: Words = (
    pgettext_lazy("the tour", "Work beside others"),
    _(
        "Who writes holds the article; others see the name and may take over in one "
        "press. Nothing anybody wrote is lost: late texts are kept beside, and a page "
        "makes one of two."
    ),
)
LOOK: Words = (
    pgettext_lazy("the tour", "Look before it goes out"),
    _(
        "Preview shows the draft with the templates of the edition, at four widths. "
        "History compares it with what readers have."
    ),
)
PUBLISH: Words = (
    pgettext_lazy("the tour", "Publish, and correct"),
    _(
        "Publish asks what kind of change it is. A released article is never "
        "unpublished in silence: it is corrected, updated or retracted, and readers "
        "are told."
    ),
)
FIND: Words = (
    pgettext_lazy("the tour", "Find things"),
    _(
        "All stories finds those of all services, and drafts of yours, by the "
        "beginning of a word. Calendar shows what is due."
    ),
)
TASKS: Words = (
    pgettext_lazy("newsroom", "Tasks"),
    _(
        "When a service corrects a story, every service that translated it has to "
        "follow. A redaction or withdrawal holds all of them at once, and whoever "
        "names the story among related ones."
    ),
)
ON_THE_FORM = (
    ("[data-contentpath=title]", WRITE),
    (".w-slim-header", BESIDE),
    ("[data-side-panel-toggle=preview]", LOOK),
    ("form#page-edit-form footer", PUBLISH),
)
WORDS = {
    "next": pgettext_lazy("the tour", "Next"),
    "back": pgettext_lazy("the tour", "Back"),
    "done": _("Done: do not show again"),
    "close": _("End the tour"),
    "place": _("Step %(number)s of %(all)s"),
}


class Tour(Component):
    """A few steps through the site, with the places they speak of."""

    name = "newsroom_tour"
    order = 10
    template_name = "newsroom/desk/tour.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(
        self, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Name the service in which whoever looks may begin."""
        del parent_context
        service, has_role = _place(self.request.user)
        first = walk(service)[0]["url"]
        return {
            "request": self.request,
            "service": service,
            "has_role": has_role,
            "start": f"{first}?tour=1",
        }


def _place(person: Any) -> tuple[ServicePage | None, bool]:
    """Name the service in which somebody may begin, and say if they have a role."""
    services = [s for s in ServicePage.objects.papers() if is_staff_of(person, s)]
    writes = (s for s in services if any(may(person, r, s) for r in WRITING))
    return next(writes, None), bool(services) or person.is_superuser


def walk(service: ServicePage | None) -> list[dict[str, str]]:
    """List the steps of the tour: where each is, what it points at, and its words.

    Args:
        service: in whose form whoever walks may write; None for nobody's.
    """
    found = reverse("newsroom_search"), reverse("followups")
    steps = [
        (found[0], "main form", *FIND),
        (found[1], "main .nice-padding > p", *TASKS),
    ]
    if service is not None:
        page = ("newsroom", "articlepage", service.pk)
        form = reverse("wagtailadmin_pages:add", args=page)
        written = [(form, target, *words) for target, words in ON_THE_FORM]
        steps = [*written, *steps]
    names = ("url", "target", "title", "text")
    return [dict(zip(names, map(str, step), strict=True)) for step in steps]


@never_cache
@require_safe
def steps(request: HttpRequest) -> JsonResponse:
    """Tell the tour to its script, in the language of whoever walks."""
    return JsonResponse(
        {
            "steps": walk(_place(request.user)[0]),
            "words": {name: str(words) for name, words in WORDS.items()},
            "dismiss": reverse("newsroom_dismiss_tour"),
            "token": get_token(request),
        }
    )


def is_wanted(person: Any) -> bool:
    """Say whether somebody has not sent the tour away."""
    return not UserProfile.get_for_user(person).dismissibles.get(DISMISSED)


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Send the tour away for good."""
    profile = UserProfile.get_for_user(request.user)
    profile.dismissibles[DISMISSED] = True
    profile.save(update_fields=["dismissibles"])
    return redirect("wagtailadmin_home")
