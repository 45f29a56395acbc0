"""Hang into Wagtail what belongs to the door: addresses, menus, names in the log."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from tamizdat.newsroom import letting_in
from tamizdat.newsroom.accounts import EVERYTHING
from tamizdat.newsroom.doors import (
    account_views,
    adapters,
    invitations,
    leaving,
    lockout,
    pages,
)
from tamizdat.newsroom.rights import may

ACTIONS = {
    invitations.INVITED: gettext_lazy("Invited"),
    invitations.ACCEPTED: gettext_lazy("Set the first password, or a new one"),
    invitations.RESET: gettext_lazy("Made a link to let somebody in again"),
    leaving.CLOSED: gettext_lazy("Closed the account"),
    leaving.OPENED: gettext_lazy("Opened the account again"),
    leaving.HANDED: gettext_lazy("Handed over what the account had"),
    pages.ENDED: gettext_lazy("Ended sessions"),
    lockout.WRONG_CODES: gettext_lazy("Wrong codes after the right password"),
    **dict(adapters.NOTED.values()),
}


class _InviteItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "invite")


class _AccountsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "accounts")


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the pages about accounts their addresses."""
    one = "accounts/<int:account_id>/"
    return [
        path("accounts/", account_views.overview, name="newsroom_accounts"),
        path("accounts/invite/", account_views.invite, name="newsroom_invite"),
        path(one, account_views.look_after, name="newsroom_account"),
        path(f"{one}reset/", account_views.reset, name="newsroom_account_reset"),
        path(f"{one}unlock/", account_views.unlock, name="newsroom_account_unlock"),
        path(f"{one}close/", account_views.close, name="newsroom_account_close"),
        path(f"{one}hand-over/", account_views.hand_over, name="newsroom_hand_over"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what happens to accounts for the log."""
    for name, label in ACTIONS.items():
        actions.register_action(name, label, label)


@hooks.register("register_settings_menu_item")
def accounts_item() -> MenuItem:
    """Lead to the accounts that somebody looks after."""
    return _AccountsItem(
        gettext_lazy("Accounts"),
        reverse("newsroom_accounts"),
        name="looked-after",
        icon_name="key",
        order=604,
    )


@hooks.register("register_settings_menu_item")
def invite_item() -> MenuItem:
    """Lead to the invitation."""
    return _InviteItem(
        gettext_lazy("Invite somebody"),
        reverse("newsroom_invite"),
        icon_name="mail",
        order=605,
    )


@hooks.register("register_admin_menu_item")
def safety_item() -> MenuItem:
    """Lead to how one signs in oneself."""
    return MenuItem(
        gettext_lazy("Signing in"), reverse("mfa_index"), icon_name="key", order=9_000
    )


@hooks.register("insert_global_admin_js")
def begin_fields() -> SafeString:
    """Load what begins date fields, panels and choosers."""
    place = static("newsroom/made.mjs")
    return format_html('<script type="module" src="{}"></script>', place)


@hooks.register("register_user_listing_buttons")
def listing_button(user: Any, request_user: Any) -> Iterator[Button]:
    """Lead from an account to what can be done about it."""
    if leaving.may_look_after(request_user, user):
        url = reverse("newsroom_account", args=(user.pk,))
        yield Button(
            _("Let in, close, hand over"), url=url, icon_name="key", priority=25
        )


@hooks.register("before_edit_user")
def know_before(request: HttpRequest, account: Any) -> None:
    """Remember whether an account could do everything before the form changed it."""
    request.did_everything = account.is_superuser  # type: ignore[attr-defined]


@hooks.register("after_edit_user")
def note_everything(request: HttpRequest, account: Any) -> None:
    """Note who let an account do everything."""
    if account.is_superuser and not getattr(request, "did_everything", True):
        log(account, EVERYTHING, user=request.user)


class LetInPanel(Component):
    """Accounts let in lately that sign with whoever looks."""

    name = "newsroom_let_in"
    order = 60
    template_name = "newsroom/doors/let_in_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.now = timezone.now()
        self.rows = letting_in.told_to(request.user, self.now)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Give the rows to the template."""
        del parent_context
        return {"rows": self.rows, "now": self.now}


@hooks.register("construct_homepage_panels")
def tell_of_let_in(request: HttpRequest, panels: list[Component]) -> None:
    """Tell who signs with somebody that they were let in, and by whom."""
    panel = LetInPanel(request)
    if panel.rows:
        panels.append(panel)


@hooks.register("after_edit_user")
def close_whole(request: HttpRequest, account: Any) -> None:
    """End sessions and open locks where the form of Wagtail closed an account."""
    if not account.is_active:
        leaving.close(account, request.user)


@hooks.register("before_create_user")
def invite_instead(request: HttpRequest) -> HttpResponse:
    """Make no account with a password that somebody else has typed."""
    del request
    return redirect("newsroom_invite")
