"""An editor at the desk, and an article to work on."""

from typing import Any

import pytest
from django.test import Client

from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, ServicePage


@pytest.fixture
def desk(editor: Any, client: Client) -> Client:
    """Give a browser in which the editor is signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def draft(english: ServicePage, editor: Any) -> ArticlePage:
    """Give an article that was never released."""
    body = [{"kind": "paragraph", "text": "Everyone may seek information."}]
    return actions.create_article(
        english,
        "Who May Know",
        body,
        editor,
        section="society",
        article_id="right-to-know",
    )


@pytest.fixture
def released(draft: ArticlePage, editor: Any) -> ArticlePage:
    """Give an article with one release."""
    actions.publish_article(draft, editor)
    return draft
