"""Tell Django about the newsroom, and let Publish record a release."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import connections
from django.db.models.signals import post_migrate

from tamizdat.newsroom import catalogues

NEWEST_TABLE = "newsroom_signoff"  # of those that settling a desk asks for


class NewsroomConfig(AppConfig):
    """The newsroom as a Django app."""

    name = "tamizdat.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        # Before any models load: their labels may already be said in a language.
        catalogues.install()

    def ready(self) -> None:
        """Connect Wagtail's Publish to the ledger."""
        from allauth.account.signals import (  # noqa: PLC0415 (apps load first)
            authentication_step_completed,
        )
        from allauth.mfa.signals import (  # noqa: PLC0415 (the same)
            authentication_failed,
        )
        from wagtail.signals import page_published  # noqa: PLC0415 (the same)

        from tamizdat.newsroom.models import ArticlePage  # noqa: PLC0415 (the same)

        page_published.connect(_on_publish, sender=ArticlePage)
        post_migrate.connect(_on_migrate, sender=self)
        user_logged_in.connect(_on_sign_in)
        authentication_failed.connect(_on_wrong_code)
        user_login_failed.connect(_on_refusal)
        authentication_step_completed.connect(_on_proof)
        _watch_windows()
        _watch_drafts()
        _watch_deletions()
        _write_no_scripts()
        _ask_no_names()


def _on_publish(instance: Any, revision: Any, **_: Any) -> None:
    from tamizdat.newsroom import actions  # noqa: PLC0415 (needs loaded models)

    actions.record_release(instance, actions.publisher(revision))


def _on_migrate(using: str, **_: Any) -> None:
    """Give services that were open before roles came what new ones get."""
    from tamizdat.newsroom import groups  # noqa: PLC0415 (needs loaded models)

    # Migrating stops half-way where somebody asks for it; then tables are missing.
    if NEWEST_TABLE in connections[using].introspection.table_names():
        groups.settle_all()


def _on_proof(request: Any, user: Any, method: str, **_: Any) -> None:
    """Give whoever has just shown who they are another cookie.

    One that was stolen before would share the proof, and change the account with it.
    At the door a right password is noted: what must follow may not.
    """
    if request.user.is_authenticated:
        request.session.cycle_key()
    elif method == "password":
        from tamizdat.newsroom.doors import attempts  # noqa: PLC0415 (needs models)

        attempts.begin(request, user)


def _on_sign_in(user: Any, request: Any, **_: Any) -> None:
    from tamizdat.newsroom import accounts  # noqa: PLC0415 (needs loaded models)
    from tamizdat.newsroom.doors import attempts  # noqa: PLC0415 (the same)

    attempts.warn(request, user)
    accounts.note_sign_in(user)
    attempts.finish(request, user)


def _on_wrong_code(
    request: Any,
    user: Any,
    reauthentication: bool,  # noqa: FBT001 (allauth's)
    **_: Any,
) -> None:
    if reauthentication:  # in a session: no password was given
        return
    from tamizdat.newsroom.doors import lockout  # noqa: PLC0415 (needs loaded models)

    lockout.note_wrong_code(request, user)


def _on_refusal(credentials: Any, **_: Any) -> None:
    from tamizdat.newsroom import accounts  # noqa: PLC0415 (needs loaded models)

    accounts.note_refusal(str(credentials.get("username") or ""))


def _write_no_scripts() -> None:
    from tamizdat.newsroom.doors import scripts  # noqa: PLC0415 (needs loaded apps)

    scripts.without_inline_scripts()


def _ask_no_names() -> None:
    from tamizdat.newsroom.doors import unnamed  # noqa: PLC0415 (needs loaded apps)

    unnamed.ask_no_names()


def _watch_windows() -> None:
    """Hear which windows are open: Wagtail's editing sessions tell."""
    from django.db.models.signals import post_delete, post_save  # noqa: PLC0415
    from wagtail.admin.models import EditingSession  # noqa: PLC0415
    from wagtail.admin.ui.editing_sessions import EditingSessionsList  # noqa: PLC0415

    post_save.connect(_on_report, sender=EditingSession)
    post_delete.connect(_on_closed, sender=EditingSession)
    EditingSessionsList.template_name = "newsroom/desk/windows.html"


def _on_report(instance: Any, **_: Any) -> None:
    from tamizdat.newsroom.desk import presence  # noqa: PLC0415 (needs loaded models)

    presence.reported(instance)


def _on_closed(instance: Any, **_: Any) -> None:
    from tamizdat.newsroom.desk import presence  # noqa: PLC0415 (needs loaded models)

    presence.closed(instance)


def _watch_deletions() -> None:
    """Hear of every page that is deleted: Wagtail's own way calls no method of it."""
    from django.db.models.signals import post_delete  # noqa: PLC0415

    from tamizdat.newsroom.models import ArticlePage  # noqa: PLC0415

    post_delete.connect(_on_deleted, sender=ArticlePage)


def _on_deleted(instance: Any, **_: Any) -> None:
    from tamizdat.newsroom.releases import erasing  # noqa: PLC0415 (the same)

    erasing.forget_page(instance)


def _watch_drafts() -> None:
    """Hear of every state of a draft that is saved, to find its words again."""
    from django.db.models.signals import post_save  # noqa: PLC0415
    from wagtail.models import Revision  # noqa: PLC0415 (the same)

    post_save.connect(_on_draft, sender=Revision)


def _on_draft(instance: Any, **_: Any) -> None:
    from tamizdat.newsroom.desk import words  # noqa: PLC0415 (needs loaded models)

    kind = instance.content_type
    is_article = (kind.app_label, kind.model) == ("newsroom", "articlepage")
    if is_article and instance.is_latest_revision():
        words.put_draft(instance.content_object, instance.content)
