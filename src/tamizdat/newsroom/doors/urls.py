"""Addresses of the door: each of allauth's that is wanted, by name, and no other.

Its own list would bring sign-up, addresses of mail and codes by mail.
"""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as key_views
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from tamizdat.newsroom import views
from tamizdat.newsroom.doors import pages

_ADDRESSES = [
    path("login/", pages.SignInView.as_view(), name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    # Wagtail's reset goes by mail, and no mail goes from here.
    re_path(r"^password_reset/", views.nothing),
    # Of these Wagtail asks for no permission on what they show, and nothing here asks
    # for them.
    re_path(r"^api/main/images/", views.nothing),
    re_path(r"^images/chooser/\d+/select_format/", views.nothing),
    path("door/again/", account_views.reauthenticate, name="account_reauthenticate"),
    path(
        "door/password/", pages.PasswordView.as_view(), name="account_change_password"
    ),
    path("door/", pages.SafetyView.as_view(), name="mfa_index"),
    path("door/code/", pages.CodeView.as_view(), name="mfa_authenticate"),
    path("door/again/code/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("door/app/", pages.AddAppView.as_view(), name="mfa_activate_totp"),
    path("door/app/remove/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("door/codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "door/codes/new/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("door/keys/login/", key_views.login_webauthn, name="mfa_login_webauthn"),
    path("door/keys/add/", pages.AddKeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "door/again/key/",
        key_views.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "door/keys/<int:pk>/remove/",
        pages.RemoveKeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("door/sessions/end/", pages.end_session, name="newsroom_end_session"),
    path("door/link/<str:token>/", pages.invited, name="newsroom_invited"),
]

# In the language of whoever is signed in, and in no cache.
urlpatterns = decorate_urlpatterns(
    decorate_urlpatterns(_ADDRESSES, pages.in_own_language), never_cache
)
