"""Why a held release did not go out is kept without a language, and said in each."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from newsroom.article_form import form
from tamizdat.newsroom import schedule
from tamizdat.newsroom.errors import HoldError, LedgerError
from tamizdat.newsroom.models import ArticlePage, HeldRelease, ServicePage
from tamizdat.newsroom.releases import refusals


def test_why_it_did_not_go_out_is_said_in_the_language_of_whoever_reads(
    english: ServicePage, released: ArticlePage, desk: Client, editor: Any
) -> None:
    """What is kept has no language; what was put right since is named no more."""
    told = "The story is under embargo"
    english.hold_seconds = 60
    english.save()
    fields = form(title="More", next_kind="update") | {"action-publish": "1"}
    desk.post(reverse("wagtailadmin_pages:edit", args=(released.pk,)), fields)
    held = HeldRelease.objects.get()
    story = held.page.article.story
    place = reverse("held_release", args=(released.pk,))
    story.embargo = held.until + timedelta(days=1)
    story.save()
    with translation.override("fa"):  # as a newsroom may run
        schedule.publish_due(held.until)
    assert {"why": "obstacles"} == HeldRelease.objects.get().refused
    for page in (place, reverse("wagtailadmin_home"), reverse("press_board")):
        assert told in desk.get(page).content.decode()

    UserProfile.objects.update_or_create(
        user=editor, defaults={"preferred_language": "ru"}
    )
    russian = desk.get(place).content.decode()
    assert told not in russian
    assert "эмбарго" in russian
    story.embargo = None
    story.save()
    assert "эмбарго" not in desk.get(place).content.decode()


@pytest.mark.parametrize(
    ("error", "english", "russian"),
    [
        (
            HoldError("release %(number)d is held until %(until)s", number=2, until=3),
            "release 2 is held until 3",
            "публикация 2 ждёт",
        ),
        (LedgerError("an older one of no catalogue, 100%"), "catalogue, 100%", "100%"),
        (ValidationError({"title": "too long"}), "stands in: title", "заголовок"),
    ],
)
def test_what_is_kept_of_a_refusal_is_words_and_what_they_name(
    error: Exception, english: str, russian: str
) -> None:
    """It goes through the database as it is."""
    kept = json.loads(json.dumps(refusals.kept(error)))
    one = HeldRelease(refused=kept)

    assert english in refusals.said(one)
    with translation.override("ru"):
        assert russian in refusals.said(one)
