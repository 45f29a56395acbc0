"""Two editors who save at the same moment, on a database that lets both work."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from newsroom.article_form import form
from postgres import Postgres
from tamizdat.newsroom.models import ArticlePage, Version
from tamizdat.newsroom.turns import take_turn

pytestmark = [
    pytest.mark.both,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_of_two_saves_at_once_neither_is_lost(
    postgres: Postgres, draft: ArticlePage, editor: Any
) -> None:
    """Of two requests one becomes the text, and the other stays beside it."""
    place = reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    clients = [_signed_in(editor), _signed_in(editor)]
    opened = [_opened(client, place) for client in clients]
    titles = ["From the first window", "From the second window"]
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            take_turn(draft.pk)  # both requests come while this lasts
            jobs = [
                pool.submit(_save, client, place, fields, title)
                for client, fields, title in zip(clients, opened, titles, strict=True)
            ]
            postgres.until_somebody_waits(connection.settings_dict["NAME"])
        assert [302, 302] == [job.result(60) for job in jobs]

    newest = ArticlePage.objects.get(pk=draft.pk).latest_revision.content["title"]
    beside = Version.objects.waiting().get().revision.content["title"]
    assert sorted(titles) == sorted([newest, beside])


def _signed_in(editor: Any) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def _opened(client: Client, place: str) -> dict[str, str]:
    context = client.get(place).context
    return {
        "loaded_revision_id": str(context["page"].latest_revision_id),
        "loaded_revision_created_at": context["loaded_revision_created_at"],
    }


def _save(client: Client, place: str, fields: dict[str, str], title: str) -> int:
    try:
        answer = client.post(place, form(title=title, address="right-to-know") | fields)
        return int(answer.status_code)
    finally:
        connection.close()
