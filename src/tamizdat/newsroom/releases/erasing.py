"""Take the words out of the newsroom that a redaction or withdrawal took back.

Decides which rows hold words of an article. What is to be done is noted in the
transaction of the release; it is done in the same one where that release was pressed
or held, else by the press that stays awake, which also cleans the database's files.

Safe if the power fails: every step can be done again, and is until it is noted as done.

Source: docs/decisions/0033-held-erased-followed.md, FORMATS "Withdrawal".
"""

import secrets
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail import hooks
from wagtail.admin.models import FormState
from wagtail.models import COMMENTS_RELATION_NAME, PageLogEntry, TaskState

from tamizdat.edition.foreign import likeness
from tamizdat.edition.wording import wording
from tamizdat.newsroom.darkroom import showing
from tamizdat.newsroom.database import overwrite_freed
from tamizdat.newsroom.models import Article, ArticlePage, Erasure, Release
from tamizdat.newsroom.releases import files, mentions, subjects
from tamizdat.newsroom.turns import take_turn
from tamizdat.newsroom.writing.named import words_of

KINDS = ("redaction", "withdrawal")
HOOK = "tamizdat_erase_article"  # functions that take the article and its page or None
# All else that a page says goes with a withdrawal, whatever is added to it later.
KEPT = frozenset(
    {
        *("page_ptr", "article", "section", "urgency"),
        *("next_kind", "next_note", "next_keeps_notes", "next_number", "next_time"),
        *("next_answers", "next_same_words"),
    }
)
_NAMES = ("title", "draft_title", "seo_title", "search_description")
FILLED = (  # tables in which words were, cleaned on PostgreSQL
    *("newsroom_release", "newsroom_articlepage", "newsroom_words"),
    *("wagtailcore_page", "wagtailcore_revision", "wagtailcore_pagelogentry"),
    *("newsroom_erasure", "newsroom_mention", "newsroom_signoff"),
    *("newsroom_picture", "newsroom_rendition", "newsroom_thumbnail"),
    *("newsroom_showing", "newsroom_evershown"),
    *("newsroom_attachment", "newsroom_attachmentfile", "newsroom_heldrelease"),
    *("wagtailcore_modellogentry", "wagtailcore_referenceindex"),
    *("wagtailsearch_indexentry", "wagtailadmin_formstate"),
    *("wagtailcore_comment", "wagtailcore_commentreply", "wagtailcore_taskstate"),
    *("newsroom_article", "newsroom_byline", "newsroom_version"),
    *("newsroom_tag", "newsroom_place", "newsroom_pagetag", "newsroom_pageplace"),
    "newsroom_foreignwords",
    *("newsroom_undonepost", "newsroom_wireuse", "newsroom_wirealert"),
    "newsroom_imported",
)


def note(article: Article, release: Release, *, keep_notes: bool) -> None:
    """Note in the transaction of a release that older words are to go."""
    if release.kind in KINDS:
        keep = keep_notes and release.kind == "redaction"
        Erasure.objects.create(
            article=article,
            release=release,
            keeps_notes=keep,
            files=files.taken_back(article, release),
            subjects=subjects.named_before(article, release.number),
        )


def blank(page: ArticlePage) -> None:
    """Leave of a page, unsaved, what a withdrawn article says: that it was one."""
    words = wording(page.service.language).plain
    for name in _NAMES:
        setattr(page, name, "")
    page.title = page.draft_title = words["withdrawn_title"]
    for field in ArticlePage._meta.local_fields:  # noqa: SLF001 (Django's way)
        if field.name not in KEPT:
            setattr(page, field.name, _nothing(field))
    for relation in get_all_child_relations(ArticlePage):
        name = relation.get_accessor_name()
        if name != COMMENTS_RELATION_NAME:
            setattr(page, name, [])


def _nothing(field: Any) -> Any:
    """Say what a field holds before anybody wrote into it."""
    if field.has_default():
        return field.get_default()
    return None if field.null else field.to_python("")


def erase_due(article: int | None = None) -> None:
    """Empty the rows of what was redacted or withdrawn.

    Args:
        article: its key; None for every article.
    """
    due = Erasure.objects.filter(done=None).order_by("pk")
    if article is not None:
        due = due.filter(article=article)
    for erasure in due.select_related("article", "release"):
        _erase(erasure)


@transaction.atomic
def _erase(erasure: Erasure) -> None:
    article = erasure.article
    page = ArticlePage.objects.filter(article=article).first()
    if page is not None:
        take_turn(page.pk)
    Release.objects.erase(
        article, erasure.release.number, keep_notes=erasure.keeps_notes
    )
    if page is not None:
        _forget_drafts(page, erasure.release.actor)
    for signoff in article.signoffs.all():
        # Its digest is one of words without a salt: a guess could be tested.
        signoff.digest = secrets.token_hex(32)
        signoff.save(update_fields=["digest"])
    mentions.forget(article)
    showing.look_again(article)
    for forget in hooks.get_hooks(HOOK):
        forget(article, page)
    Erasure.objects.filter(pk=erasure.pk).update(done=timezone.now())


def _forget_drafts(page: ArticlePage, actor: Any) -> None:
    """Leave one version of the draft, the one released, and no word beside it.

    It is written anew: the version that went out carries comments and older names.
    """
    getattr(page, COMMENTS_RELATION_NAME).all().delete()
    _forget_previews(page)
    TaskState.objects.filter(workflow_state__object_id=str(page.pk)).filter(
        workflow_state__base_content_type=page.get_base_content_type()
    ).update(comment="")
    page = ArticlePage.objects.get(pk=page.pk)  # without the comments it had
    page.draft_title, page.go_live_at = page.title, None
    _forget_foreign(page)
    kept = page.save_revision(user=actor, changed=False, clean=False)
    page.live_revision = page.latest_revision = kept
    page.has_unpublished_changes = False
    page.save(clean=False)
    _move_tasks(page, kept)
    page.revisions.exclude(pk=kept.pk).delete()
    page.undone_posts.all().delete()
    logged = PageLogEntry.objects.filter(page=page.pk)
    logged.update(label=page.title, data={})


def _forget_foreign(page: ArticlePage) -> None:
    """Drop the rows of words in other languages that stand in nothing readers have."""
    ours = page.newest_release.content["tamizdat"]
    told = {likeness(row["words"]) for row in ours.get("foreign") or ()}
    rows = page.foreign_rows.all()
    page.foreign_rows = [row for row in rows if likeness(words_of(row.words)) in told]


def forget_page(page: ArticlePage) -> None:
    """Take an article away with its page, and what its forms held: it had no release.

    Args:
        page: that is deleted.
    """
    _forget_previews(page)
    subjects.look_again(page.article_id)
    Article.objects.filter(pk=page.article_id).delete()


def _forget_previews(page: ArticlePage) -> None:
    """Drop what previews keep of open forms, also of those that began an article."""
    keys = ("", str(page.pk))
    FormState.objects.filter(
        content_type=page.cached_content_type, object_id__in=keys
    ).delete()


def _move_tasks(page: ArticlePage, revision: Any) -> None:
    """Keep who signed what in the workflow: its rows would go with their revision."""
    states = TaskState.objects.filter(revision__object_id=str(page.pk)).filter(
        revision__base_content_type=page.get_base_content_type()
    )
    states.update(revision=revision)


def sweep() -> None:
    """Take out files and names that are to go, clean the database's files where due."""
    files.take_out()
    subjects.take_out()
    due = Erasure.objects.filter(swept=None, done__isnull=False)
    keys = list(due.values_list("pk", flat=True))
    if keys and _clean_files():
        Erasure.objects.filter(pk__in=keys).update(swept=timezone.now())


def _clean_files() -> bool:
    """Overwrite what was freed; returns whether nobody stood in the way."""
    if connection.vendor == "postgresql":
        return overwrite_freed(*FILLED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'")
        for (name,) in cursor.fetchall():
            # Merged into one, an index holds no word of a row that is gone.
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608 (a name of ours)
    return overwrite_freed()
