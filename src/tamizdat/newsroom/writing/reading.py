"""Read together what an article's form shows: a question a sort, not one a row.

What was read stands in memory before the form is made, where form, checks, choosers and
comparison all look for it.
"""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.admin.widgets import BaseChooser

from tamizdat.newsroom.models.articles import Article

BYLINES, RELATED, FOREIGN = "bylines", "related_rows", "foreign_rows"
ROWS = (BYLINES, "tag_rows", "place_rows", RELATED, FOREIGN)  # of a page


def read_rows(thing: Any, *names: str) -> list[Any]:
    """Read rows of a page into memory; give those of the last name."""
    rows: list[Any] = []
    for name in names:
        rows = getattr(thing, name).get_object_list()
    return rows


def read_article(page: Any) -> None:
    """Read an article's page with all that it names.

    Args:
        page: an `ArticlePage` as a draft has it, or a new one.
    """
    whole = Article.objects.select_related("service", "story")
    told = Article.objects.select_related("service")
    if page.article_id:
        prefetch_related_objects([page], Prefetch("article", whole))
    prefetch_related_objects(
        [page], Prefetch("source", told), "lead_picture", "translator__names"
    )
    read_rows(page, *ROWS)
    prefetch_related_objects(read_rows(page, BYLINES), "person__names")
    prefetch_related_objects(read_rows(page, RELATED), Prefetch("article", told))


def show_chosen(form: Any) -> None:
    """Lay beside each chooser what was read: it would ask again for what it shows."""
    for name, field in form.fields.items():
        if isinstance(field.widget, BaseChooser) and form.initial.get(name):
            field.widget.known = getattr(form.instance, name)
