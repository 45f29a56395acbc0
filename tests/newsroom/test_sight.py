"""Who sees what: drafts and pictures of a service are seen by its own people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Page

from newsroom.conftest import staff
from newsroom.own_ids import PLANTED, filled, named_routes, one_of_each
from newsroom.test_doors import addresses
from patience import PATIENT
from tamizdat.edition.media import name_of
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, Picture, Rendition, ServicePage, Story
from tamizdat.newsroom.roles import ROLES

HEADLINE = "Planted Headline"  # of a draft
QUERIES = ("?q=Planted&fields=*", "?page_type=newsroom.articlepage")
if PATIENT:
    QUERIES += ("?q=Planted", "?fields=*", f"{QUERIES[1]}&q=Planted")


@pytest.fixture
def secret(english: ServicePage, editor: Any) -> ArticlePage:
    """Give a draft of the English service."""
    body = [{"kind": "paragraph", "text": HEADLINE}]
    return actions.create_article(english, HEADLINE, body, editor, section="society")


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> None:
    """Give an empty media folder, of which no view is remembered."""
    caches["renditions"].clear()
    settings.MEDIA_ROOT = tmp_path


def test_staff_of_another_service_find_no_draft_anywhere(
    client: Client, secret: ArticlePage, persian: ServicePage
) -> None:
    """Whatever address of the site is tried, with every role next door."""
    account = staff("next door", persian, *ROLES)
    client.force_login(account)
    tried = [
        f"/{address}{query}".replace("/x/", f"/{secret.pk}/")
        for address in addresses(get_resolver().url_patterns, secret.pk)
        for query in ("", *(QUERIES if _lists(address) else ()))
        if "failwhale" not in address  # it fails on purpose
    ]
    tried += list(_by_service(secret))

    assert len(tried) > 250
    telling = []
    for address in tried:
        client.force_login(account)  # one of them signs out
        answer = client.get(address)
        content = b"" if answer.streaming else answer.content
        if HEADLINE in content.decode(errors="replace"):
            telling.append(address)

    assert not telling, "\n".join(telling)


def test_staff_of_another_service_see_nothing_of_what_stands_there(
    client: Client, english: ServicePage, editor: Any, persian: ServicePage, media: None
) -> None:
    """Each address is asked for one of what it is about, with every role next door."""
    keys = one_of_each(english, editor)
    account = staff("next door", persian, *ROLES)
    client.raise_request_exception = False
    telling = set()
    for name, route in named_routes():
        client.force_login(account)
        answer = client.get(filled(route, keys))
        content = b"" if answer.streaming else answer.content
        if PLANTED in content.decode(errors="replace"):
            telling.add(name or route)

    assert set() == telling


@pytest.mark.parametrize("role", ["reporter", "legal-reviewer", "chief-editor"])
def test_staff_of_the_service_read_its_drafts(
    client: Client, secret: ArticlePage, role: str
) -> None:
    """Also those who may not change them."""
    client.force_login(staff("someone", secret.service, role))
    listed = client.get(reverse("wagtailadmin_explore", args=(secret.service.pk,)))
    read = client.get(reverse("wagtailadmin_pages:view_draft", args=(secret.pk,)))

    assert HEADLINE in listed.content.decode()
    assert 200 == read.status_code
    assert HEADLINE in read.content.decode()


def test_draft_next_door_is_not_read(
    client: Client, secret: ArticlePage, persian: ServicePage
) -> None:
    """The view that shows drafts refuses as the others do."""
    client.force_login(staff("next door", persian, *ROLES))
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=(secret.pk,)))

    assert 302 == answer.status_code
    assert reverse("wagtailadmin_home") == answer.url


@pytest.mark.parametrize("role", ["moderator", "operator"])
def test_sensitive_draft_is_read_by_who_works_on_texts_alone(
    client: Client, secret: ArticlePage, role: str
) -> None:
    """No view of it is open to others of its own service, whatever its address."""
    client.force_login(staff("someone", secret.service, role))
    places = [
        *(
            reverse(f"newsroom_{one}", args=(secret.pk,))
            for one in ("compare", "widths")
        ),
        reverse("wagtailadmin_pages:history", args=(secret.pk,)),
        reverse("wagtailadmin_pages:view_draft", args=(secret.pk,)),
        reverse("wagtailadmin_pages:move_confirm", args=(secret.pk, secret.pk)),
        reverse("wagtailadmin_choose_page_child", args=(secret.pk,)),
    ]
    before = [HEADLINE in client.get(place).content.decode() for place in places]
    Story.objects.update(sensitive=True)
    after = [HEADLINE in client.get(place).content.decode() for place in places]

    assert any(before)
    assert not any(after), list(zip(places, after, strict=True))


def test_released_article_is_offered_for_translation(
    client: Client, secret: ArticlePage, persian: ServicePage, editor: Any
) -> None:
    """A translator next door chooses among what readers have."""
    client.force_login(staff("next door", persian, "translator"))
    chooser = reverse("article_chooser:choose")
    before = client.get(chooser).content.decode()
    actions.publish_article(secret, editor)

    assert HEADLINE not in before
    assert HEADLINE in client.get(chooser).content.decode()


def test_pictures_of_a_service_are_its_own(
    client: Client, secret: ArticlePage, persian: ServicePage, photo: bytes, media: None
) -> None:
    """A photograph may tell more than the text: it is not handed next door."""
    picture = actions.attach_picture(secret, photo, "A street", "People walk")
    half = name_of(Rendition.objects.all()[0].sha256)
    thumbnail = picture.get_rendition("max-165x165")
    places = [
        picture.file.url,
        thumbnail.url,
        reverse("preview_media", args=(f"{half}.avif",)),
    ]
    near = staff("here", secret.service, "reporter")
    far = staff("next door", persian, *ROLES)

    assert secret.service.desk.pictures == picture.collection
    for account, status in ((near, 200), (far, 404)):
        client.force_login(account)
        assert [status] * 3 == [_status(client, place) for place in places]


def test_picture_of_a_released_article_is_seen_by_all_desks(
    client: Client,
    secret: ArticlePage,
    persian: ServicePage,
    photo: bytes,
    media: None,
) -> None:
    """Readers have it: previews of a translation show it, too; not what was cut off."""
    picture = actions.attach_picture(secret, photo, "A street", "People walk")
    actions.publish_article(secret, None)
    half = name_of(Rendition.objects.all()[0].sha256)
    client.force_login(staff("next door", persian, "translator"))

    place = reverse("preview_media", args=(f"{half}.avif",))

    assert 200 == _status(client, place)
    assert 200 == _status(client, picture.get_rendition("max-165x165").url)
    for whole in (picture.file.url, picture.get_rendition("max-800x600").url):
        assert 404 == _status(client, whole)


@pytest.mark.parametrize("role", ["reporter", "translator", "picture-editor", "editor"])
def test_upload_goes_into_the_pictures_of_the_service(
    client: Client, english: ServicePage, photo: bytes, media: None, role: str
) -> None:
    """Whoever works on texts brings pictures, and into their collection alone."""
    client.force_login(staff("someone", english, role))
    file = SimpleUploadedFile("photo.jpg", photo)
    client.post(reverse("wagtailimages:add"), {"title": "A street", "file": file})

    assert english.desk.pictures == Picture.objects.get().collection


@pytest.mark.parametrize("role", ["moderator", "operator", "legal-reviewer"])
def test_who_works_on_no_text_brings_no_picture(
    client: Client, english: ServicePage, photo: bytes, media: None, role: str
) -> None:
    """The door is closed to them."""
    client.force_login(staff("someone", english, role))
    file = SimpleUploadedFile("photo.jpg", photo)
    client.post(reverse("wagtailimages:add"), {"title": "A street", "file": file})

    assert not Picture.objects.exists()


def _status(client: Client, place: str) -> int:
    answer = client.get(place)
    if answer.streaming:
        # Read to its end: closed before, it would close the database with it.
        assert b"".join(answer.streaming_content)
    return answer.status_code


def _lists(address: str) -> bool:
    words = ("search", "choose", "api/main/pages", "reports", "results", "explore")
    return any(word in address for word in words)


def _by_service(page: ArticlePage) -> Iterator[str]:
    """List addresses that name the service, or the root, in place of the draft."""
    for parent in (page.service.pk, Page.get_first_root_node().pk):
        for name in ("wagtailadmin_explore", "wagtailadmin_choose_page_child"):
            yield reverse(name, args=(parent,))
        yield f"/admin/api/main/pages/?child_of={parent}&fields=*"
        yield f"/admin/api/main/pages/?descendant_of={parent}"
    yield "/admin/choose-page/search/?q=Planted"
    yield "/admin/pages/search/?q=Planted"
