"""The pages on which those who may everything see and change who has which role."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from tamizdat.newsroom import accounts
from tamizdat.newsroom.isolates import isolated, listed
from tamizdat.newsroom.models import ServiceRole
from tamizdat.newsroom.roles import RIGHTS, ROLES, TITLES

CHOSEN = "seat"  # name of the boxes of the form


class _RolesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the pages their addresses."""
    return [
        path("roles/", overview, name="newsroom_roles"),
        path("roles/<int:account_id>/", one, name="newsroom_roles_of"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what happens to accounts for the log."""
    for name, label in (
        (accounts.GIVEN, gettext_lazy("Gave a role")),
        (accounts.TAKEN, gettext_lazy("Took a role")),
        (accounts.EVERYTHING, gettext_lazy("May do everything now")),
        (accounts.SIGNED_IN, gettext_lazy("Signed in")),
        (accounts.REFUSED, gettext_lazy("Sign-in refused")),
    ):
        actions.register_action(name, label, label)


@hooks.register("register_settings_menu_item")
def menu_item() -> MenuItem:
    """Lead to the overview."""
    return _RolesItem(
        gettext_lazy("Roles"), reverse("newsroom_roles"), icon_name="group", order=610
    )


@hooks.register("construct_settings_menu", order=1_000)
def drop_groups(request: HttpRequest, items: list[MenuItem]) -> None:
    """Hide Wagtail's groups: they are made from roles, and made again."""
    del request
    items[:] = [item for item in items if item.name != "groups"]


@hooks.register("register_user_listing_buttons")
def listing_button(user: Any, request_user: Any) -> Iterator[Button]:
    """Lead from an account to its roles."""
    if request_user.is_superuser:
        url = reverse("newsroom_roles_of", args=(user.pk,))
        yield Button(_("Roles"), url=url, icon_name="group", priority=20)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show every account with what it may, and what a role means."""
    _require_superuser(request)
    held: dict[int, dict[str, list[str]]] = {}
    seats = ServiceRole.objects.filter(role__in=ROLES).order_by(
        "service__service_id", "pk"
    )
    for account, service, role in seats.exclude(group__user=None).values_list(
        "group__user", "service__service_id", "role"
    ):
        held.setdefault(account, {}).setdefault(service, []).append(str(TITLES[role]))
    people = get_user_model().objects.order_by("username")
    context = {
        "people": [
            (one, [(s, listed(r)) for s, r in sorted(held.get(one.pk, {}).items())])
            for one in people
        ],
        "roles": [
            (TITLES[key], listed(str(RIGHTS[r]) for r in RIGHTS if r in role.rights))
            for key, role in ROLES.items()
        ],
    }
    return render(request, "newsroom/accounts/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show and change the roles of one account: services by roles."""
    _require_superuser(request)
    account = get_object_or_404(get_user_model(), pk=account_id)
    seats = list(
        ServiceRole.objects.filter(role__in=ROLES)
        .select_related("service", "group")
        .order_by("service__service_id")
    )
    if request.method == "POST":
        chosen = set(request.POST.getlist(CHOSEN))
        given = [seat for seat in seats if str(seat.pk) in chosen]
        taken = [seat for seat in seats if str(seat.pk) not in chosen]
        accounts.change_roles(account, given, taken, request.user)
        roles = listed(map(isolated, accounts.roles_of(account))) or _("no role")
        text = _("%(name)s has now: %(roles)s.")
        messages.success(request, text % {"name": isolated(account), "roles": roles})
        return redirect("newsroom_roles")
    held = set(account.groups.values_list("pk", flat=True))
    context = {
        "account": account,
        "roles": list(TITLES.values()),
        "rows": list(_rows(seats, held)),
        "chosen": CHOSEN,
    }
    return render(request, "newsroom/accounts/one.html", context)


def _rows(seats: list[ServiceRole], held: set[int]) -> Iterator[tuple[Any, list[Any]]]:
    """Lay out seats by service, in the order of roles."""
    order = list(ROLES)
    services = {seat.service_id: seat.service for seat in seats}
    for key, service in services.items():
        own = [seat for seat in seats if seat.service_id == key]
        own.sort(key=lambda seat: order.index(seat.role))
        boxes = [(s, TITLES[s.role], s.group_id in held) for s in own]
        yield service, boxes


def _require_superuser(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied
