"""Follow what one service corrected through every service that tells the same story.

Decides which articles a release concerns, by when each has to follow, and when it has.
All of it happens in the transaction that appends the release.

Source: docs/decisions/0033-held-erased-followed.md.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.documents import article_content, told
from tamizdat.newsroom.errors import ObstacleError
from tamizdat.newsroom.intents import NO_ANSWER, Answer, answer
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import Article, FollowUp, Release
from tamizdat.newsroom.models.followups import ASKED_BEFORE, NAMES_ALONE
from tamizdat.newsroom.obstacles import Obstacle
from tamizdat.newsroom.releases import late, mentions
from tamizdat.newsroom.releases.links import HOLDING, with_words

THROUGH_A_HOLD = (*HOLDING, "retraction")


def open_for(
    release: Release, articles: Collection[Article], settles: Answer = NO_ANSWER
) -> None:
    """Open a follow-up on each article that a release concerns.

    Args:
        release: taken up by its article, and saved.
        articles: the linked ones; those that show its headline are found here.
        settles: the holds that it answers, not closed yet.
    """
    if release.kind not in HOLDING:
        _open(release, articles)
        return
    asked, excused = _who_is_asked(release, articles, settles)
    showing = set(mentions.endangered(release)) - asked
    for reason, some in excused.items():
        late.excuse(release, set(some) - showing, reason)
    _open(release, with_words(asked))
    strangers = showing - set(articles)
    _open(release, with_words(showing - strangers))
    _open(release, with_words(strangers), named_only=True)


def _open(
    release: Release, articles: Collection[Article], *, named_only: bool = False
) -> None:
    now = timezone.now()
    FollowUp.objects.bulk_create(
        FollowUp(
            article=article,
            cause=release,
            holds=release.kind in HOLDING,
            named_only=named_only,
            opened=now,
            due=now + late.time_given(article, release.kind),
        )
        for article in articles
    )


def _who_is_asked(
    release: Release, articles: Collection[Article], settles: Answer
) -> tuple[set[Article], dict[str, set[Article]]]:
    """Part linked articles into who is asked and, by reason, who is not.

    Two people may have said that a redaction takes out nothing but what it answers.
    Then whoever was asked for all of that before is not asked again; and where that is
    headlines of related stories alone, nobody is who shows none of them.
    """
    everyone = set(articles)
    if not (settles.same_words and settles.tasks):
        return everyone, {}
    answered = FollowUp.objects.on(release.article_id).filter(pk__in=settles.tasks)
    answers = list(answered.select_related("cause__article__service"))
    if not _takes_names_alone(release, answers, settles):
        before = everyone & _asked_before(answers)
        return everyone - before, {ASKED_BEFORE: before}
    gone = mentions.taken_out(release)
    strangers = {one for one in everyone if not mentions.shows(one, gone)}
    before = {one for one in everyone - strangers if _asked_of(one, answers, gone)}
    excused = {ASKED_BEFORE: before, NAMES_ALONE: strangers}
    return everyone - strangers - before, excused


def _takes_names_alone(
    release: Release, answers: Collection[FollowUp], settles: Answer
) -> bool:
    """Say whether no word goes but headlines among the related stories."""
    in_text = any(not one.named_only for one in answers)
    keeps = settles.keeps_notes or not mentions.has_notes(release)
    return keeps and not in_text and mentions.takes_out_names_alone(release)


def _asked_before(answers: Collection[FollowUp]) -> set[Article]:
    """List who was asked for everything that a redaction answers, or took it back.

    An exemption is one of an article from one hold: who was asked for the words of one
    answered hold, and not for those of another, is asked for the latter. Who was held
    for a headline among its related stories was not asked for its text.
    """
    found: list[set[Article]] = []
    for one in answers:
        rows = FollowUp.objects.filter(cause=one.cause, named_only=False)
        in_text = rows.exclude(reason=NAMES_ALONE)
        held = Article.objects.filter(followups__in=in_text)
        found.append({one.cause.article, *held})
    return set.intersection(*found) if found else set()


def _asked_of(
    article: Article, answers: Collection[FollowUp], gone: Collection[mentions.Shown]
) -> bool:
    """Say whether an article has, or had, a task for each of these that it shows."""
    causes = {one.cause_id: one.cause.article for one in answers}
    known = FollowUp.objects.filter(article=article, cause__in=causes)
    told = [causes[key] for key in known.values_list("cause", flat=True)]
    named = {(one.service.service_id, one.address) for one in told}
    return not mentions.shows(article, {one for one in gone if one[:2] not in named})


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
                same_words=one.holds and settles.same_words and one.pk in settles.tasks,
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
    for text in _told(holds):
        yield Obstacle(text, "next_kind")


def require_asked(page: Any, actor: Any, kind: str) -> None:
    """Refuse what was begun or linked at the very instant of what was taken back.

    Raises:
        ObstacleError: nobody was asked about this article.
    """
    if kind not in THROUGH_A_HOLD:
        found = list(late.unasked(page.article, page.source))
        if found:
            raise ObstacleError(page, actor, kind, found)


def held_by(article: Article) -> Iterator[str]:
    """Say of each open hold on an article whose it is, and how it ends."""
    return _told(list(FollowUp.objects.on(article.pk).with_cause()))


def _told(holds: list[FollowUp]) -> Iterator[str]:
    for one in holds:
        text = _(
            "%(service)s published a %(kind)s of this story: the words may "
            "endanger someone here too. Redact or withdraw, or say under Tasks "
            "that they do not stand here."
        )
        if one.named_only:
            text = _(
                "%(service)s published a %(kind)s of a story whose headline stands "
                "among the related stories here. Under Tasks it is taken out."
            )
        yield text % {
            "service": isolated(one.cause.article.service.title),
            "kind": kind_name(one.cause.kind),
        }


def changing_nothing(page: Any) -> Iterator[Obstacle]:
    """Warn of a redaction that ends holds and leaves every word as it stands."""
    newest = page.newest_release if answer(page).tasks else None
    if newest is not None and told(newest.content) == told(article_content(page)):
        yield Obstacle(
            _(
                "This redaction takes no word out of what readers have now, and yet "
                "ends holds. What older releases said goes, and nothing else. If the "
                "words stand here, take them out first."
            ),
            "next_answers",
        )


def by_taking_out(article: Article) -> list[FollowUp]:
    """List the holds that are settled once related stories are named anew.

    Those of a story that is linked, too, are not: its words may stand in the text.
    """
    return list(FollowUp.objects.on(article.pk).filter(named_only=True).with_cause())


def unsettled(source: Article, article: int | None) -> bool:
    """Say whether an article is held for words that another made from it was not.

    A headline among its related stories is none of them: nobody translates those.

    Args:
        source: the article in which they may stand.
        article: key of what is made from it; None while it has no row.
    """
    holds = FollowUp.objects.on(source.pk).filter(named_only=False)
    if article is not None:
        known = FollowUp.objects.filter(article=article).values("cause")
        holds = holds.exclude(cause__in=known).exclude(cause__article=article)
    return bool(holds.exists())
