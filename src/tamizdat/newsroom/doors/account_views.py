"""Pages for those who look after accounts: invite, let in again, close, hand over."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.admin import messages

from tamizdat.newsroom.accounts import roles_of
from tamizdat.newsroom.doors import factors, invitations, leaving, lockout
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.isolates import isolated, listed
from tamizdat.newsroom.models import ServiceRole, Session
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.roles import ROLES, TITLES


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody in for roles, and show the link once."""
    seats = _givable(request.user)
    if not seats and not request.user.is_superuser:
        raise PermissionDenied
    name, chosen = (
        request.POST.get("name", "").strip(),
        set(request.POST.getlist("seat")),
    )
    error = ""
    if request.method == "POST":
        given = [seat for seat in seats if str(seat.pk) in chosen]
        everything = "everything" in request.POST
        try:
            token = invitations.invite(name, given, request.user, everything=everything)
        except NewsroomError as refusal:
            error = str(refusal)
        else:
            return _show_link(request, name, token, invitations.GOOD_FOR.days * 24)
    context = {
        "name": name,
        "rows": _by_service(seats, chosen),
        "error": error,
        "may_everything": request.user.is_superuser,
    }
    return render(request, "newsroom/doors/invite.html", context)


def _givable(actor: Any) -> list[ServiceRole]:
    seats = ServiceRole.objects.filter(role__in=ROLES).select_related(
        "service", "group"
    )
    order = list(ROLES)
    found = [seat for seat in seats if invitations.may_give(actor, seat)]
    return sorted(found, key=lambda s: (s.service.service_id, order.index(s.role)))


def _by_service(
    seats: Sequence[ServiceRole], chosen: set[str]
) -> list[tuple[Any, Any]]:
    services = {seat.service_id: seat.service for seat in seats}
    return [
        (
            service,
            [
                (seat, TITLES[seat.role], str(seat.pk) in chosen)
                for seat in seats
                if seat.service_id == key
            ],
        )
        for key, service in services.items()
    ]


def _show_link(request: HttpRequest, name: Any, token: str, hours: int) -> HttpResponse:
    link = invitations.address_of(token)
    context = {"name": name, "link": link, "hours": hours}
    return render(request, "newsroom/doors/link.html", context)


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the accounts that somebody looks after, with what each may."""
    if not may(request.user, "accounts"):
        raise PermissionDenied
    found = leaving.looked_after(request.user)
    asked = request.GET.get("q", "").strip()
    if asked:
        found = found.filter(username__icontains=asked)
    seats = ServiceRole.objects.filter(group__user__in=found, role__in=ROLES)
    held: dict[int, dict[str, list[str]]] = {}
    for account, service, role in seats.order_by("service__service_id").values_list(
        "group__user", "service__service_id", "role"
    ):
        held.setdefault(account, {}).setdefault(service, []).append(str(TITLES[role]))
    rows = [
        (one, [(s, listed(r)) for s, r in held.get(one.pk, {}).items()])
        for one in found
    ]
    context = {"rows": rows, "asked": asked}
    return render(request, "newsroom/doors/accounts.html", context)


def _account(request: HttpRequest, account_id: int) -> Any:
    account = get_object_or_404(get_user_model(), pk=account_id)
    if not leaving.may_look_after(request.user, account):
        raise PermissionDenied
    return account


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_after(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show what can be done about an account, and what it would leave behind."""
    account = _account(request, account_id)
    left = leaving.counts(account)
    context = {
        "account": account,
        "roles": roles_of(account),
        "left": left,
        "has_left": any(left.values()),
        "heirs": leaving.heirs(account),
        "factor": factors.has(account),
        "browsers": Session.objects.filter(
            account=account, expire_date__gt=timezone.now()
        ).count(),
    }
    return render(request, "newsroom/doors/account.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask, then let somebody in again, and show the link once."""
    account = _account(request, account_id)
    if request.method != "POST":
        return _ask(request, account, "reset")
    token = invitations.reset(account, request.user)
    hours = int(invitations.RESET_FOR.total_seconds() // 3600)
    return _show_link(request, account, token, hours)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask, then close an account, or open it again."""
    account = _account(request, account_id)
    if request.method != "POST":
        return _ask(request, account, "close" if account.is_active else "open")
    try:
        if account.is_active:
            leaving.close(account, request.user)
            text = _("%(name)s can do nothing any more; every session has ended.")
        else:
            leaving.reopen(account, request.user)
            text = _("%(name)s can sign in again.")
    except NewsroomError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, text % {"name": isolated(account)})
    return redirect("newsroom_account", account.pk)


def _ask(request: HttpRequest, account: Any, verb: str) -> HttpResponse:
    left = leaving.counts(account)
    context = {"account": account, "verb": verb, "left": left}
    context["has_left"] = any(left.values())
    return render(request, "newsroom/doors/asked.html", context)


@require_POST
def unlock(request: HttpRequest, account_id: int) -> HttpResponse:
    """Forget how often an account was tried wrongly."""
    account = _account(request, account_id)
    lockout.lift(account)
    messages.success(
        request, _("%(name)s can try again.") % {"name": isolated(account)}
    )
    return redirect("newsroom_account", account.pk)


@require_POST
def hand_over(request: HttpRequest, account_id: int) -> HttpResponse:
    """Move what somebody has to a colleague, in one step."""
    account = _account(request, account_id)
    key = request.POST.get("to", "")
    people = get_user_model().objects.filter(pk=int(key) if key.isdecimal() else 0)
    colleague = people.first()
    if colleague is None:
        messages.error(request, _("Choose who takes it over."))
        return redirect("newsroom_account", account.pk)
    try:
        moved = leaving.hand_over(account, colleague, request.user)
    except NewsroomError as error:
        messages.error(request, str(error))
        return redirect("newsroom_account", account.pk)
    text = _(
        "%(name)s has now: %(drafts)d drafts, %(tasks)d tasks, %(locks)d locks, "
        "%(scheduled)d set for an hour."
    )
    messages.success(request, text % {"name": isolated(colleague), **moved})
    return redirect("newsroom_account", account.pk)
