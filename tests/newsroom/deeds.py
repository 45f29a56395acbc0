"""What people do to accounts, pictures and what is chosen in a list.

Each does it as a browser would, and says whether it was done.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Collection, Page

from newsroom.agency_copy import keep, source, text
from newsroom.conftest import staff
from newsroom.house import House
from tamizdat.newsroom.doors.adapters import attempts_of
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    EverShown,
    FollowUp,
    Picture,
    PrivateOriginal,
    SignOff,
    Tag,
    Version,
    WireAlert,
    WireJoin,
)

Deed = Callable[[House], bool]


# Accounts


def _colleague(house: House, **fields: Any) -> Any:
    account = staff("colleague", house.service, "editor")
    for name, value in fields.items():
        setattr(account, name, value)
    account.save()
    return account


def account_closed(house: House) -> bool:
    colleague = _colleague(house)
    house.post("newsroom_account_close", colleague.pk)
    colleague.refresh_from_db()
    return not colleague.is_active


def account_opened(house: House) -> bool:
    colleague = _colleague(house, is_active=False)
    house.post("newsroom_account_close", colleague.pk)
    colleague.refresh_from_db()
    return bool(colleague.is_active)


def let_in_again(house: House) -> bool:
    colleague = _colleague(house)
    house.post("newsroom_account_reset", colleague.pk)
    return bool(colleague.invitations.exists())


def lock_lifted(house: House) -> bool:
    colleague = _colleague(house)
    asked: dict[str, Any] = {
        "app": "allauth.account",
        "action": "login_failed",
        "key": attempts_of(colleague.username),
    }
    each = app_settings.RATE_LIMITS["login_failed"].split(",")
    limits = ",".join(one for one in each if one.endswith("/key"))
    asked["config"] = {"login_failed": limits}
    while ratelimit.consume(HttpRequest(), **asked):
        pass
    house.post("newsroom_account_unlock", colleague.pk)
    return ratelimit.consume(HttpRequest(), **asked, dry_run=True) is not None


def handed_over(house: House) -> bool:
    colleague, heir = _colleague(house), staff("heir", house.service, "editor")
    Page.objects.filter(pk=house.others.pk).update(owner=colleague)
    house.post("newsroom_hand_over", colleague.pk, to=heir.pk)
    return bool(Page.objects.get(pk=house.others.pk).owner == heir)


def many_accounts(verb: str, **fields: Any) -> Deed:
    def change(house: House) -> bool:
        colleague = _colleague(house)
        seats = colleague.groups.count()
        group = house.service.roles.get(role="chief-editor").group_id
        asked = {"role": group} if verb == "assign_role" else fields
        house.bulk(verb, colleague, **asked)
        now = get_user_model().objects.filter(pk=colleague.pk, is_active=True).first()
        return now is None or now.groups.count() != seats

    return change


# Pictures


def original_erased(house: House) -> bool:
    kept = PrivateOriginal.objects.create(
        picture=house.picture,
        sha256="0" * 64,
        size=1,
        kept=timezone.now(),
        until=timezone.now().date(),
    )
    house.post("newsroom_original", kept.pk, erase="1")
    return not PrivateOriginal.objects.exists()


def redacted_by_picture(house: House) -> bool:
    """The story showed the picture and shows it no more."""
    article = house.out.article
    EverShown.objects.create(article=article, picture=house.picture)
    house.post("newsroom_picture_uses", house.picture.pk, redact=article.pk)
    return SignOff.objects.filter(kind="redaction").exists()


def many_pictures(verb: str, **fields: Any) -> Deed:
    def change(house: House) -> bool:
        asked = {"collection": Collection.get_first_root_node().pk, **fields}
        house.bulk(verb, house.picture, **asked)
        now = Picture.objects.filter(pk=house.picture.pk).first()
        own = house.service.desk.pictures
        return now is None or now.collection != own or bool(now.tags.exists())

    return change


# What is chosen in a list


def many_pages(verb: str, which: str, is_done: Callable[[Page], bool]) -> Deed:
    def change(house: House) -> bool:
        page, parent = getattr(house, which), house.service.pk
        house.bulk(verb, page, chooser=Page.get_first_root_node().pk)
        now = ArticlePage.objects.filter(pk=page.pk).first()
        return now is None or now.get_parent().pk != parent or is_done(now)

    return change


def many_tags(house: House) -> bool:
    tags = [
        Tag.objects.create(service=house.service, name=name, key=name)
        for name in ("one", "two")
    ]
    house.bulk("delete", *tags)
    return not Tag.objects.exists()


# What waits for a decision


def alert_closed(kind: str) -> Deed:
    def close(house: House) -> bool:
        (row,) = keep(house.service, text("The council votes.", guid="urn:alert"))
        article: Article = house.out.article
        alert = WireAlert.objects.create(
            article=article, item=row, used=row, kind=kind, opened=timezone.now()
        )
        house.post("wire_alert", alert.pk, reason="Nothing of it stands there.")
        alert.refresh_from_db()
        return alert.closed is not None

    return close


def joined(house: House) -> bool:
    rows = [
        keep(house.service, text(said, guid=f"urn:join:{said}"))[0] for said in "ab"
    ]
    asked = WireJoin.objects.create(
        chain=rows[1].chain,
        into=rows[0].chain,
        item=rows[1],
        other=rows[0],
        by="words",
        answer="open",
        asked=timezone.now(),
    )
    house.post("wire_join", asked.pk, answer="yes")
    asked.refresh_from_db()
    return asked.answer == "yes"


def days_set(house: House) -> bool:
    one = source(house.service, "kept", kind="folder")
    house.post("wire_retention", source=one.pk, days="30")
    one.refresh_from_db()
    return bool(one.keep_days == 30)


def task_closed(house: House) -> bool:
    now = timezone.now()
    task = FollowUp.objects.create(
        article=house.out.article,
        cause=house.out.newest_release,
        opened=now,
        due=now + timedelta(hours=1),
    )
    house.post("followup", task.pk, reason="right")
    task.refresh_from_db()
    return task.closed is not None


def version_named(house: House) -> bool:
    house.post("newsroom_name", house.others.pk, name="Before the vote")
    return Version.objects.filter(name="Before the vote").exists()
