"""One of each kind in a service, and every address of the site filled with them.

A number that stands for an article in one address stands for a picture in the next:
each route is filled with what it asks for. A route of an unknown kind fails.
"""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.models import TaskState, UploadedFile

from newsroom.agency_copy import keep, text
from newsroom.conftest import staff
from tamizdat.edition.media import name_of
from tamizdat.newsroom import actions
from tamizdat.newsroom.doors import invitations
from tamizdat.newsroom.models import (
    ArticlePage,
    Attachment,
    Breaking,
    FollowUp,
    Offer,
    Person,
    Place,
    PrivateOriginal,
    Rendition,
    ServicePage,
    Tag,
    Version,
    WireAlert,
    WireJoin,
)

PLANTED = "Planted Headline"
_PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")
# What "key" and "pk" stand for, by the beginning of an address.
_KEYS = {
    "admin/accounts/": "account",
    "admin/api/main/^documents/": "document",
    "admin/api/main/^images/": "picture",
    "admin/api/main/^pages/": "draft",
    "admin/article_chooser/": "article",
    "admin/articles/": "article",
    "admin/breaking/offers/": "offer",
    "admin/breaking/": "released",
    "admin/choose-page/": "draft",
    "admin/choose-site/": "service",
    "admin/choose-user/": "account",
    "admin/collections/": "collection",
    "admin/documents/": "document",
    "admin/door/keys/": "authenticator",
    "admin/groups/": "group",
    "admin/images/": "picture",
    "admin/originals/": "original",
    "admin/pages/": "draft",
    "admin/paper_chooser/": "attachment",
    "admin/pictures/": "picture",
    "admin/releases/tasks/": "task",
    "admin/snippets/choose/newsroom/attachment/": "attachment",
    "admin/snippets/choose/newsroom/person/": "person",
    "admin/snippets/choose/newsroom/place/": "place",
    "admin/snippets/choose/newsroom/tag/": "tag",
    "admin/snippets/newsroom/attachment/": "attachment",
    "admin/snippets/newsroom/person/": "person",
    "admin/snippets/newsroom/place/": "place",
    "admin/snippets/newsroom/tag/": "tag",
    "admin/sound_chooser/": "attachment",
    "admin/users/": "account",
    "admin/wire/alerts/": "alert",
    "admin/wire/desk/": "copy",
    "admin/wire/joins/": "join",
    "admin/workflows/tasks/": "workflow_task",
    "admin/workflows/": "workflow",
}
# What other parameters stand for, wherever they stand.
_NAMED = {
    "account_id": "account",
    "article_id": "released",
    "collection_id": "collection",
    "destination_id": "service",
    "doc_id": "document",
    "document_id": "document",
    "image_id": "picture",
    "object_id": "draft",
    "page_id": "draft",
    "page_pk": "draft",
    "page_to_move_id": "draft",
    "parent_page_id": "service",
    "revision_id": "revision",
    "session_id": "editing",
    "task_id": "workflow_task",
    "task_state_id": "task_state",
    "uploaded_file_id": "upload",
    "version_id": "version",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow_state",
}
# Words rather than numbers: by address where one word does not suit all.
_WORDS = {
    "action": "delete",
    "action_name": "approve",
    "app_label": "wagtailcore",
    "app_name": "newsroom",
    "content_type_app_name": "newsroom",
    "content_type_model_name": "articlepage",
    "filter_spec": "max-165x165",
    "kind": "tag",
    "model_name": "page",
    "uidb64": "MQ",
}
_SPECIAL = {
    ("admin/api/main/^pages/", "action_name"): "publish",
    ("admin/pages/create/", "app_label"): "newsroom",
    ("admin/pages/create/", "model_name"): "articlepage",
    ("admin/tag-autocomplete/", "model_name"): "tag",
    ("admin/tag-autocomplete/", "app_name"): "taggit",
    ("admin/workflows/tasks/add/", "model_name"): "groupapprovaltask",
}


def one_of_each(service: ServicePage, editor: Any) -> dict[str, Any]:
    """Put one row of each kind into a service; give what an address names it by."""
    draft, out = (_article(service, editor) for _ in range(2))
    out.title = "Out"
    release = actions.publish_article(out, editor)
    copy = keep(service, text(f"{PLANTED} votes.", guid="urn:1"))[0]
    newer = keep(service, text("The council votes no.", guid="urn:2"))[0]
    colleague = staff("colleague", service, "editor")
    now = timezone.now()
    made: dict[str, Any] = {
        "draft": draft,
        "service": service,
        "account": colleague,
        "authenticator": Authenticator.objects.create(
            user=colleague, type="totp", data={}
        ),
        "group": Group.objects.filter(service_role__service=service).first(),
        "collection": service.desk.pictures,
        "copy": copy,
        "alert": WireAlert.objects.create(
            article=draft.article, item=newer, used=copy, kind="update", opened=now
        ),
        "join": WireJoin.objects.create(
            chain=newer.chain,
            into="0" * 64,
            item=newer,
            other=copy,
            by="slugline",
            answer="open",
            asked=now,
        ),
        "task": FollowUp.objects.create(
            article=draft.article, cause=release, opened=now, due=now
        ),
        "offer": Offer.objects.create(
            breaking=Breaking.objects.create(
                article=out.article, until=now + timedelta(hours=1), time=now
            ),
            service=service,
        ),
        "person": Person.objects.create(),
        "tag": Tag.objects.create(service=service, name=f"{PLANTED} tag", key="tag"),
        "place": Place.objects.create(
            service=service, name=f"{PLANTED} place", key="place"
        ),
        "attachment": Attachment.objects.create(
            service=service, kind="sound", title=f"{PLANTED} sound"
        ),
        "document": get_document_model().objects.create(title="Paper"),
        "upload": UploadedFile.objects.create(uploaded_by_user=editor),
        "version": Version.objects.create(
            revision=draft.latest_revision,
            name="One",
            person=editor,
            made=now,
            kind=Version.BESIDE,
        ),
        "editing": EditingSession.objects.create(
            user=editor, content_object=draft, last_seen_at=now
        ),
    }
    keys = {kind: row.pk for kind, row in made.items()}
    keys |= {"article": draft.article_id, "released": out.article_id}
    keys |= {"revision": draft.latest_revision_id}
    return {**keys, **_picture(service), **_in_workflow(draft, editor)}


def _article(service: ServicePage, owner: Any) -> ArticlePage:
    body = [{"kind": "paragraph", "text": PLANTED}]
    return actions.create_article(service, PLANTED, body, owner, section="society")


def _picture(service: ServicePage) -> dict[str, Any]:
    small, own = io.BytesIO(), service.desk.pictures
    Image.effect_noise((320, 240), 60).save(small, "PNG")
    picture = actions.keep_picture(
        small.getvalue(), f"{PLANTED} picture", collection=own
    )
    original = PrivateOriginal.objects.create(
        picture=picture,
        sha256="0" * 64,
        size=1,
        kept=timezone.now(),
        until=date(2099, 1, 1),
    )
    half = name_of(Rendition.objects.filter(picture=picture)[0].sha256)
    return {
        "picture": picture.pk,
        "original": original.pk,
        "media": picture.file.name,
        "size": f"{half}.avif",
    }


def _in_workflow(draft: ArticlePage, editor: Any) -> dict[str, Any]:
    state = draft.get_workflow().start(draft, editor)
    task: TaskState = state.current_task_state
    return {
        "workflow": state.workflow_id,
        "workflow_state": state.pk,
        "workflow_task": task.task_id,
        "task_state": task.pk,
        "link": invitations.invite("asked", [draft.service.roles.all()[0]]),
    }


def named_routes() -> Iterator[tuple[str, str]]:
    """List every address of the site with its name, parameters as they are."""
    yield from _named(get_resolver().url_patterns)


def _named(
    patterns: list[URLPattern | URLResolver], space: str = "", prefix: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        place = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _named(pattern.url_patterns, inner, place)
        else:
            yield f"{space}{pattern.name}" if pattern.name else "", place


def filled(route: str, keys: Mapping[str, Any]) -> str:
    """Fill an address with what it asks for.

    Args:
        route: as the URLconf writes it.
        keys: of `one_of_each`.

    Raises:
        KeyError: nobody has said what one of its parameters stands for.
    """

    def value(match: re.Match[str]) -> str:
        return str(_value(route, match[1] or match[2], keys))

    if "/revisions/compare/" in route:  # its parameters have no names
        return f"/admin/pages/{keys['draft']}/revisions/compare/earliest...latest/"
    if route.endswith("chosen-multiple/"):
        return f"/{route}?id={_by_place(route, keys)}"
    place = "/" + re.sub(r"[\^$]|\\Z", "", _PARAMETER.sub(value, route))
    return f"{place}?id={keys['draft']}" if route.startswith("admin/bulk/") else place


def _value(route: str, name: str, keys: Mapping[str, Any]) -> Any:
    for (start, asked), word in _SPECIAL.items():
        if route.startswith(start) and asked == name:
            return word
    if name == "service_id":
        by_number = route.startswith(("admin/desk/paste/", "admin/services/"))
        return keys["service"] if by_number else "en"
    if name in {"name", "token"}:
        return {"media/": keys["media"], "preview-media/": keys["size"]}.get(
            route.partition("<")[0], keys["link"]
        )
    if name in {"pk", "key"}:
        return _by_place(route, keys)
    if name in _WORDS:
        return _WORDS[name]
    if name not in _NAMED:
        raise KeyError(f"{route}: say in _NAMED what {name} stands for")
    return keys[_NAMED[name]]


def _by_place(route: str, keys: Mapping[str, Any]) -> Any:
    starts = [start for start in _KEYS if route.startswith(start)]
    if not starts:
        raise KeyError(f"{route}: say in _KEYS what its number stands for")
    return keys[_KEYS[max(starts, key=len)]]
