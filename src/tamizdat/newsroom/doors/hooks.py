"""Hang into Wagtail what belongs to the door: addresses, menus, names in the log."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from tamizdat.newsroom.doors import (
    account_views,
    adapters,
    invitations,
    leaving,
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
