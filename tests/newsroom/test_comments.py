"""Comments in the margin: seen by the desk, kept in a late save, never sent by mail."""

from typing import Any

from django.core.mail.backends.dummy import EmailBackend
from django.utils.module_loading import import_string
from wagtail.models import Comment
from wagtail.test.utils.form_data import inline_formset

from newsroom.conftest import staff
from newsroom.test_holds import Window
from tamizdat.newsroom.models import ArticlePage, ServicePage, Version
from tamizdat.server import settings


def _comment(text: str) -> dict[str, Any]:
    row = {
        "text": text,
        "contentpath": "title",
        "position": "",
        "deleted": "",
        "resolved": "",
        "id": "",
        "replies": inline_formset([]),
    }
    return inline_formset([row])


def test_comment_is_seen_by_colleagues(
    draft: ArticlePage, english: ServicePage, editor: Any
) -> None:
    """It stands in the form of whoever may edit."""
    Window(editor, draft).save(comments=_comment("Is this confirmed?"))
    colleague = staff("colleague", english, "editor")

    assert 1 == Comment.objects.count()
    shown = Window(colleague, draft).open().content.decode()
    assert "Is this confirmed?" in shown


def test_comment_of_a_late_save_is_kept(draft: ArticlePage, editor: Any) -> None:
    """What was written in the margin is not lost with the text beside."""
    first, second = Window(editor, draft), Window(editor, draft)
    first.save(title="First")

    second.save(title="Second", comments=_comment("From the late form"))

    assert Version.objects.waiting().exists()
    assert "From the late form" == Comment.objects.get().text


def test_nothing_is_sent_by_mail() -> None:
    """Notices would carry words of drafts out of the house."""
    assert EmailBackend is import_string(settings.EMAIL_BACKEND)
