"""Follow what one service corrected through every service that tells the same story.

Decides which articles a release concerns, by when each has to follow, and when it has.
All of it happens in the transaction that appends the release.

Source: docs/decisions/0033-held-erased-followed.md.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.intents import NO_ANSWER, Answer
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import Article, FollowUp, Release
from tamizdat.newsroom.obstacles import Obstacle
from tamizdat.newsroom.releases import matters, mentions
from tamizdat.newsroom.rights import may, require

FOLLOWED = ("correction", "clarification", "retraction")
HOLDING = ("redaction", "withdrawal")
THROUGH_A_HOLD = (*HOLDING, "retraction")
_STEPS = 100  # of translation after translation; a story has fewer services


def linked(article: Article, kind: str) -> list[Article]:
    """List the articles that a release of this kind concerns.

    Words that are corrected stand in what other services made from an article; words
    that endanger someone stand in what it was made from as well.

    Args:
        article: before it takes up what the release says.
        kind: of the release.
    """
    if kind in FOLLOWED:
        found = _reached({article.pk}, _made_from)
    elif kind in HOLDING:
        found = _reached({article.pk}, _beside)
    else:
        return []
    others = Article.objects.filter(pk__in=found - {article.pk})
    if kind in FOLLOWED:
        others = others.exclude(service=article.service_id)
    return list(others.select_related("service").order_by("pk"))


def _reached(start: set[int], step: Any) -> set[int]:
    """Follow links from article to article until there is none left."""
    found, edge = set(start), set(start)
    for _step in range(_STEPS):
        edge = step(edge) - found
        if not edge:
            break
        found |= edge
    return found


def _made_from(keys: Collection[int]) -> set[int]:
    """List what was made from articles, released or still a draft."""
    # Two questions, for one with OR would go through every article.
    rows = Article.objects.order_by()
    released = rows.filter(source__in=keys).values_list("pk", flat=True)
    drafts = rows.filter(page__source__in=keys).values_list("pk", flat=True)
    return {*released, *drafts}


def _beside(keys: Collection[int]) -> set[int]:
    """List what is made from articles, what they are made from, and their stories."""
    rows = Article.objects.order_by()
    stories = rows.filter(pk__in=keys).values_list("story", flat=True)
    told = rows.filter(story__in=list(stories)).values_list("pk", flat=True)
    above = rows.filter(pk__in=keys).values_list("source", "page__source")
    return {*told, *_made_from(keys), *(k for row in above for k in row if k)}


def open_for(
    release: Release, articles: Collection[Article], settles: Answer = NO_ANSWER
) -> None:
    """Open a follow-up on each article that a release concerns.

    Args:
        release: taken up by its article, and saved.
        articles: the linked ones; those that show its headline are found here.
        settles: the holds that it answers, not closed yet.
    """
    if release.kind in HOLDING:
        asked = set(articles) - _asked_before(release, settles)
        articles = _with_words({*asked, *mentions.endangered(release)})
    _open(release, articles)


def _open(release: Release, articles: Collection[Article]) -> None:
    now = timezone.now()
    FollowUp.objects.bulk_create(
        FollowUp(
            article=article,
            cause=release,
            holds=release.kind in HOLDING,
            opened=now,
            due=now + _time_given(article, release.kind),
        )
        for article in articles
    )


def catch_up(article: Article) -> None:
    """Hold an article for what was taken back of the story that it was joined to.

    Args:
        article: that was released before, and had its words from elsewhere.
    """
    others = linked(article, HOLDING[0])
    before = Release.objects.filter(article__in=others, kind__in=HOLDING)
    for release in before.exclude(followups__article=article).order_by("pk"):
        _open(release, [article])


def _asked_before(release: Release, settles: Answer) -> set[Article]:
    """List who was held for the words that a redaction takes out, or took them back.

    Only where it takes out no others: the words that it adds nobody has looked for.
    Who was held for a headline among its related stories was not asked for its text.
    """
    if not settles.same_words:
        return set()
    found: set[Article] = set()
    alone = settles.keeps_notes and mentions.takes_out_names_alone(release)
    answered = FollowUp.objects.on(release.article_id).filter(pk__in=settles.tasks)
    for cause in Release.objects.filter(followups__in=answered):
        held = set(Article.objects.filter(followups__cause=cause))
        asked = held if alone else held & set(linked(cause.article, HOLDING[0]))
        found |= {cause.article, *asked}
    return found


def _with_words(articles: Collection[Article]) -> set[Article]:
    """Leave out what was withdrawn whole and has no draft since: no word is left."""
    gone = [one.pk for one in articles if one.taken_back == "withdrawal"]
    drafts = Article.objects.filter(
        pk__in=gone, page__has_unpublished_changes=True
    ).values_list("pk", flat=True)
    empty = set(gone) - set(drafts)
    return {one for one in articles if one.pk not in empty}


def _time_given(article: Article, kind: str) -> timedelta:
    if kind in HOLDING:
        return timedelta(0)
    service = article.service
    retracted = kind == "retraction"
    hours = service.retraction_hours if retracted else service.correction_hours
    return timedelta(hours=hours)


def close_by(release: Release, settles: Answer = NO_ANSWER) -> None:
    """Close the follow-ups of an article that a new release of it follows.

    Args:
        release: of that article.
        settles: the holds that it answers, of a redaction.
    """
    open_ones = FollowUp.objects.open().filter(article=release.article_id)
    for one in open_ones.select_related("cause"):
        if _settles(release, one, settles):
            FollowUp.objects.filter(pk=one.pk).update(
                closed=timezone.now(),
                closed_by=release.actor,
                closing=release,
                same_words=one.holds and settles.same_words,
            )


def _settles(release: Release, one: FollowUp, settles: Answer) -> bool:
    """Say whether nothing is left to do once a release is out.

    Of a hold: a withdrawal leaves no word; a redaction settles those that it names.
    """
    if one.holds:
        return release.kind == "withdrawal" or one.pk in settles.tasks
    article = release.article
    return bool(article.taken_back) or _follows(article, one.cause)


def _follows(article: Article, cause: Release) -> bool:
    """Say whether an article is made from a release, or from what followed it.

    Of a translation of a translation: whether it follows the release by which the one
    between followed.
    """
    if article.source_id is None:
        return False
    if article.source_id == cause.article_id:
        return article.follows >= cause.number
    between = FollowUp.objects.filter(article=article.source_id, cause=cause).first()
    if between is None or between.closing is None:
        return False
    return bool(article.follows >= between.closing.number)


def close_by_hand(key: int, actor: Any, reason: str) -> FollowUp:
    """Close a follow-up that needs no release, and say why. Raises as `matters`.

    Args:
        key: of the follow-up.
        actor: the account that decides.
        reason: for the record; where words endanger someone, that they do not stand
            in this article.
    """
    return matters.close_by_hand(FollowUp, key, actor, reason, require_decider)


def require_decider(one: FollowUp, actor: Any) -> None:
    """Refuse who may not close a follow-up by hand.

    Raises:
        RightError: naming account, right and service.
    """
    service = one.article.service
    if one.holds:
        require(actor, "serious", service)
    elif not may(actor, "translate", service):
        require(actor, "edit", service)


def may_decide(one: FollowUp, actor: Any) -> bool:
    """Say whether an account may close a follow-up by hand."""
    return matters.allows(require_decider, one, actor)


def read_holds(page: Any) -> None:
    """Lay the holds that count for a page beside it: true while nothing is saved."""
    page.holds_read = holds_of(page)


def holds_of(page: Any) -> list[FollowUp]:
    """List the open holds on an article's own words and on what it was made from."""
    found: list[FollowUp] | None = page.__dict__.get("holds_read")
    articles = {page.article_id, page.source_id} - {None}
    if found is None and articles:
        found = list(FollowUp.objects.on(*articles).with_cause())
    return found or []


def holding(page: Any, user: Any, kind: str) -> Iterator[Obstacle]:
    """Say what another service redacted or withdrew, while nobody has decided here."""
    del user
    if kind in THROUGH_A_HOLD:
        return
    found = holds_of(page)
    holds = [one for one in found if one.article_id == page.article_id]
    if len(found) > len(holds) and unsettled(page.source, page.article_id):
        yield Obstacle(
            _(
                "The article it was made from is held: words in it may endanger "
                "someone. Its service decides first: %(service)s."
            )
            % {"service": isolated(page.source.service.title)},
            "source",
        )
    if holds:
        for text in _told(page.article, holds):
            yield Obstacle(text, "next_kind")


def held_by(article: Article) -> Iterator[str]:
    """Say of each open hold on an article whose it is, and how it ends."""
    return _told(article, list(FollowUp.objects.on(article.pk).with_cause()))


def _told(article: Article, holds: list[FollowUp]) -> Iterator[str]:
    by_name = _only_by_name(article, holds)
    for one in holds:
        text = _(
            "%(service)s published a %(kind)s of this story: the words may "
            "endanger someone here too. Redact or withdraw, or say under Tasks "
            "that they do not stand here."
        )
        if one in by_name:
            text = _(
                "%(service)s published a %(kind)s of a story whose headline stands "
                "among the related stories here. Under Tasks it is taken out."
            )
        yield text % {
            "service": isolated(one.cause.article.service.title),
            "kind": kind_name(one.cause.kind),
        }


def by_taking_out(article: Article) -> list[FollowUp]:
    """List the holds that are settled once related stories are named anew.

    Those of a story that is linked, too, are not: its words may stand in the text.
    """
    return _only_by_name(article, list(FollowUp.objects.on(article.pk).with_cause()))


def _only_by_name(article: Article, holds: list[FollowUp]) -> list[FollowUp]:
    near = {one.pk for one in linked(article, HOLDING[0])} if holds else set()
    return [
        one
        for one in holds
        if one.cause.article_id not in near
        and mentions.names(article, one.cause.article)
    ]


def unsettled(source: Article, article: int | None) -> bool:
    """Say whether an article is held for words that another made from it was not.

    Args:
        source: the article in which they may stand.
        article: key of what is made from it; None while it has no row.
    """
    holds = FollowUp.objects.on(source.pk)
    if article is not None:
        known = FollowUp.objects.filter(article=article).values("cause")
        holds = holds.exclude(cause__in=known).exclude(cause__article=article)
    return bool(holds.exists())
