"""An editor at the desk, and an article to work on."""

import io
import time
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from PIL import ExifTags, Image

from again import made_again
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.releases import deciding


@pytest.fixture
def desk(editor: Any, client: Client) -> Client:
    """Give a browser in which the editor is signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def member(english: ServicePage, client: Client) -> Client:
    """Give a browser of a reporter of the English service."""
    client.force_login(staff("member", english, "reporter"))
    return client


def staff(name: str, service: ServicePage, *roles: str) -> Any:
    """Make an account that holds these roles in a service."""
    account = get_user_model().objects.create_user(name)
    for role in roles:
        account.groups.add(service.roles.get(role=role).group)
    return account


def two_say(task: int, service: ServicePage, reason: str = "absent") -> None:
    """Close a hold by hand, as two chief editors of the service do."""
    for name in ("one", "two"):
        account = get_user_model().objects.filter(username=name).first()
        account = account or staff(name, service, "chief-editor")
        deciding.close_by_hand(task, account, reason)


def enter(client: Client, account: Any, method: str = "password") -> None:
    """Sign an account in as if it had just shown this: a password, or "mfa"."""
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


@pytest.fixture
def draft(english: ServicePage, editor: Any) -> ArticlePage:
    """Give an article that was never released."""
    body = [{"kind": "paragraph", "text": "Everyone may seek information."}]
    words = (english, "Who May Know", body, editor)
    place = {"section": "society", "address": "right-to-know"}
    made_again(
        f"draft of {english.pk}", lambda: actions.create_article(*words, **place)
    )
    return ArticlePage.objects.get()


@pytest.fixture
def released(draft: ArticlePage, editor: Any) -> ArticlePage:
    """Give an article with one release."""
    made_again(f"released {draft.pk}", lambda: actions.publish_article(draft, editor))
    return ArticlePage.objects.get()


@pytest.fixture(scope="session")
def photo() -> bytes:
    """Give a noisy photo, held sideways, that tells where and how it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "PLANTED-CAMERA"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (53.0, 54.0, 8.0),
            ExifTags.GPS.GPSMapDatum: "PLANTED-CAMERA",
        }
    )
    noise = Image.effect_noise((400, 300), 60).resize((800, 600)).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", exif=exif, comment=b"PLANTED-CAMERA", quality=85)
    return out.getvalue()
