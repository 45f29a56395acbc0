"""What people do in the newsroom's form, done in one call."""

from typing import Any

from tamizdat.newsroom import signoffs
from tamizdat.newsroom.actions import intend
from tamizdat.newsroom.attachments import keep_cleaned
from tamizdat.newsroom.cleaning import clean_file
from tamizdat.newsroom.models import ArticlePage, Attachment, SignOff


def sign_off(article: ArticlePage, actor: Any, kind: str, note: str = "") -> SignOff:
    """Sign what another person may then publish; keep it as the draft."""
    intend(article, kind, note)
    article.save_revision(user=actor)
    return signoffs.sign(article, actor, article.next_kind)


def keep_attachment(
    kind: str, data: bytes, title: str, *, name: str = "", **words: Any
) -> Attachment:
    """Bring a sound or a document in, cleaned."""
    cleaned = clean_file(kind, data, name)
    return keep_cleaned(Attachment(kind=kind, title=title, **words), cleaned)
