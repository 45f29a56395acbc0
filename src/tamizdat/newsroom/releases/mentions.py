"""Find who shows the headline of a story that was redacted or withdrawn.

A story names others as related ones: their headlines stand in its own pages, under its
own salt, and in its public diffs. Where such a headline endangers someone, that story
needs a redaction too. Here is kept who names whom, and what the redaction is made of.

Source: spec/withdrawals.md, "Names are not words"; docs/decisions/
0033-held-erased-followed.md.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from tamizdat.newsroom.documents import told
from tamizdat.newsroom.models import Article, ArticlePage, Mention, Release
from tamizdat.newsroom.models.articles import main_headline
from tamizdat.newsroom.writing.named import without_untold

Named = tuple[str, str]  # service and id
Shown = tuple[str, str, str]  # service, id and headline


def note(release: Release) -> None:
    """Note whom a new release names."""
    for other in _articles(_named(release.content)):
        Mention.objects.get_or_create(article=release.article, other=other)


def note_all(ledger: Any, article: Any, mention: Any) -> None:
    """Note whom each release names; for a newsroom that kept no notes of it.

    Args:
        ledger: the model of releases, as of any migration.
        article: that of articles.
        mention: that of the notes.
    """
    for release in ledger.objects.filter(erased=None).order_by("pk").iterator(2_000):
        for service, id_ in _named(release.content):
            rows = article.objects.filter(service__service_id=service, address=id_)
            for other in rows:
                mention.objects.get_or_create(article=release.article, other=other)


def forget(article: Article) -> None:
    """Leave of the notes of an article what is not erased."""
    kept: set[Named] = set()
    for release in article.releases.filter(erased=None):
        kept.update(_named(release.content))
    others = [other.pk for other in _articles(kept)]
    article.mentions.exclude(other__in=others).delete()


def endangered(release: Release) -> list[Article]:
    """List the articles that show a headline which a release took back.

    Of a redaction: those that show another headline than the one that stays.

    Args:
        release: a redaction or withdrawal, of an article that has taken it up.
    """
    article = release.article
    stays = None if release.kind == "withdrawal" else main_headline(release.content)
    named = (article.service.service_id, article.address)
    found = Article.objects.filter(mentions__other=article).exclude(pk=article.pk)
    return [
        one
        for one in found.select_related("service").order_by("pk")
        if any(headline != stays for headline in _headlines(one, named))
    ]


def names(article: Article, other: Article) -> bool:
    """Say whether the ledger of an article shows the headline of another."""
    return bool(article.mentions.filter(other=other).exists())


def takes_out_names_alone(release: Release) -> bool:
    """Say whether a release changes how related stories are named, and nothing else.

    Args:
        release: saved, before anything of the one before it is erased.
    """
    before = release.article.releases.filter(number=release.number - 1).first()
    if before is None or before.erased is not None:
        return False
    return bool(_unnamed(before.content) == _unnamed(release.content))


def taken_out(release: Release) -> set[Shown]:
    """List the headlines of related stories that a redaction takes out.

    Args:
        release: saved, before anything older is erased.
    """
    older = release.article.releases.filter(number__lt=release.number, erased=None)
    shown = {one for before in older for one in _shown(before.content)}
    return shown - _shown(release.content)


def shows(article: Article, headlines: set[Shown]) -> bool:
    """Say whether a release of an article shows one of some headlines."""
    living = article.releases.filter(erased=None)
    return any(headlines & _shown(release.content) for release in living)


def has_notes(release: Release) -> bool:
    """Say whether a redaction finds older notes to readers, which it may erase."""
    older = release.article.releases.filter(number__lt=release.number, erased=None)
    return bool(older.exclude(note="").exists())


def _unnamed(content: Mapping[str, Any]) -> Any:
    ours = {k: v for k, v in content["tamizdat"].items() if k != "related"}
    return told(without_untold({**content, "tamizdat": ours}))


def without(page: ArticlePage, *, keeps_notes: bool) -> ArticlePage:
    """Give what readers have of an article, as a redaction; not saved.

    Related stories are named by what they say now, and a withdrawn one by nothing.

    Args:
        page: of an article that is released.
        keeps_notes: somebody looked: the words stand in no note of this article.
    """
    published: ArticlePage = ArticlePage.objects.get(
        pk=page.pk
    )  # the row is what readers have
    published.next_kind, published.next_note = "redaction", ""
    published.next_keeps_notes = keeps_notes
    published.next_answers, published.next_same_words = [], False
    published.next_number = published.article.number + 1
    published.breaking, published.go_live_at, published.next_time = False, None, None
    return published


def _headlines(article: Article, named: Named) -> Iterator[str]:
    """Give the headlines by which an article ever named another."""
    for release in article.releases.filter(erased=None).order_by("number"):
        for row in release.content["tamizdat"].get("related") or ():
            if (row["service"], row["id"]) == named:
                yield row["headline"]


def _named(content: Mapping[str, Any]) -> set[Named]:
    rows = content["tamizdat"].get("related") or ()
    return {(row["service"], row["id"]) for row in rows}


def _shown(content: Mapping[str, Any]) -> set[Shown]:
    rows = content["tamizdat"].get("related") or ()
    return {(row["service"], row["id"], row["headline"]) for row in rows}


def _articles(named: set[Named]) -> list[Article]:
    """Find articles; a name of none is left out."""
    wanted = Q()
    for service, id_ in named:
        wanted |= Q(service__service_id=service, address=id_)
    return list(Article.objects.filter(wanted)) if named else []
