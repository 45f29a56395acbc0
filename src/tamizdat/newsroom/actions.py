"""The verbs of the newsroom: whatever happens to a story happens here.

Order of a story's life: `create_service`, `create_article` (`wire_desk.taking` calls
it), `attach_picture`, `publish_article`, which records a release through Wagtail's own
Publish. The editors' site and the command line call the same verbs.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import get_active_log_context
from wagtail.models import Collection, Locale, Page, PageLogEntry, Revision
from wagtail.search.backends import get_search_backend

from tamizdat.edition.headings import find, is_own
from tamizdat.edition.stories import NOTED_KINDS
from tamizdat.newsroom import pictures, renditions
from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.darkroom import cell, showing
from tamizdat.newsroom.desk.words import put_new, put_release
from tamizdat.newsroom.documents import article_content, told
from tamizdat.newsroom.errors import (
    ObstacleError,
    PictureError,
    ReleaseError,
    said_later,
)
from tamizdat.newsroom.forms import fresh_id
from tamizdat.newsroom.front import breaking
from tamizdat.newsroom.groups import settle_desk
from tamizdat.newsroom.intents import (
    NO_ANSWER,
    Answer,
    aim,
    answer,
    coming_number,
    intended,
)
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Byline,
    ForeignWords,
    Picture,
    Release,
    Section,
    ServicePage,
    Story,
)
from tamizdat.newsroom.models.articles import STANDING
from tamizdat.newsroom.models.ledger import fresh_salt
from tamizdat.newsroom.named import require_named
from tamizdat.newsroom.obstacles import Obstacle, require_publishable
from tamizdat.newsroom.opening import beginning
from tamizdat.newsroom.releases import (
    erasing,
    followups,
    late,
    links,
    mentions,
    origins,
)
from tamizdat.newsroom.releases.beside import SCHEDULED
from tamizdat.newsroom.turns import take_turn
from tamizdat.newsroom.wire_desk import alerts
from tamizdat.newsroom.writing import stories, topics

TICK = timedelta(seconds=1)  # releases carry whole seconds


@transaction.atomic
def create_service(
    service_id: str,
    name: str | None = None,
    language: str | None = None,
    sections: Iterable[tuple[str, str]] | None = None,
    **fields: Any,
) -> ServicePage:
    """Open a language service under the root.

    What is left out comes from the file of the language.

    Args:
        service_id: path prefix, as "ru".
        name: as readers see it.
        language: BCP 47 tag; without one, that of the file `service_id` names.
        sections: id and name each, in the order of the front page.
        fields: others of `ServicePage`, by their names.

    Raises:
        UnnamedError: there are trust notes, and the newest does not name it.
        ValidationError: a field or a section is odd.
    """
    language = _language_of(language or service_id, asked=language is not None)
    if ServicePage.objects.filter(service_id=service_id).exists():
        said = gettext("a service %(id)s is open already") % {"id": service_id}
        raise ValidationError({"service_id": said})
    require_named(settings.TAMIZDAT.trust_notes, service_id)
    begun = beginning(language, settings.TAMIZDAT.organisation.name)
    service = ServicePage(
        service_id=service_id,
        title=begun.name if name is None else name,
        language=language,
        **{**begun.fields, **fields},
    )
    settle_service(service)
    pairs = begun.sections if sections is None else sections
    service.sections = [_section(order, *pair) for order, pair in enumerate(pairs)]
    if (
        len({row.section_id for row in service.sections.all()})
        < service.sections.count()
    ):
        raise ValidationError({"sections": "expected each path once"})
    Page.get_first_root_node().add_child(instance=service)
    service.save_revision().publish()
    service.refresh_from_db()
    settle_desk(service)
    return service


def _language_of(tag: str, *, asked: bool) -> str:
    """Find the tag by which a language has its file, as fa-AF for prs.

    Args:
        tag: of a language, or the path of a service that may be one.
        asked: somebody said that it is a language.
    """
    head = find(tag)
    if head is not None and is_own(tag):
        return head.tag
    if not asked:
        raise ValidationError({"language": f"no language file has this name: {tag}"})
    return tag


def _section(order: int, section_id: str, name: str) -> Section:
    section = Section(sort_order=order, section_id=section_id, name=name)
    try:
        section.clean_fields(exclude=["service"])
    except ValidationError as error:
        raise ValidationError({f"section {section_id}": error.messages}) from error
    return section


def settle_service(service: ServicePage) -> None:
    """Give a service its address and its language tree, before it is saved."""
    service.slug = service.service_id
    service.locale = Locale.objects.get_or_create(language_code=service.language)[0]


@transaction.atomic
def create_article(  # noqa: PLR0913 (what an article is)
    service: ServicePage,
    headline: str,
    body: Iterable[Mapping[str, Any]],
    actor: Any,
    *,
    bylines: Iterable[Mapping[str, str]] = (),
    foreign: Iterable[Mapping[str, str]] = (),
    **fields: Any,
) -> ArticlePage:
    """Draft an article.

    Args:
        service: whose article it is.
        headline: as readers see it.
        body: blocks as in a story document.
        actor: the account that drafts it, or None.
        bylines: name, role and bio each.
        foreign: words of other languages, and which each.
        fields: others of `ArticlePage`, by their names, and `address`, without which
            one is made; with `source` it becomes
            another version of the source's story.
    """
    address = fields.pop("address", "")
    page = ArticlePage(title=headline, owner=actor, **fields)
    page.body = stream_of(body)
    page.bylines = [Byline(**row) for row in bylines]
    page.foreign_rows = [
        ForeignWords(sort_order=order, **row) for order, row in enumerate(foreign)
    ]
    page.live = False
    settle_article(page, service, address)
    service.add_child(instance=page)
    page.save_revision(user=actor)
    page.refresh_from_db()
    return page


def settle_article(page: ArticlePage, service: Any, address: str = "") -> None:
    """Give a page its article with story and address, before it is saved.

    Args:
        page: as the form left it.
        service: the service it stands in.
        address: as typed; "" keeps the one there is, or makes one.
    """
    source, is_new = page.source, page.article_id is None
    if is_new:
        story = source.story if source else Story.objects.create()
        page.article = Article.objects.create(
            service=service, story=story, address=address or fresh_id()
        )
    article = page.article
    stood = article.story_id, article.address
    if source is not None:
        page.source_release = page.source_release or source.number
    if article.number == 0:  # what is released moves with a release
        if source is not None:
            stories.join(page, source.story)
        article.address = address or article.address
    if stood != (article.story_id, article.address):  # else searched anew for nothing
        article.save(update_fields=["story", "address"])
    moved = stood[0] != (source.story_id if source else article.story_id)
    origins.note_draft(article, source)
    late.settle(page, is_new=is_new, is_new_link=moved)
    page.locale, page.slug = service.locale, article.address
    aim(page)


@transaction.atomic
def publish_article(  # noqa: PLR0913 (what a release is)
    article: ArticlePage,
    actor: Any,
    kind: str = "update",
    note: str = "",
    *,
    time: datetime | None = None,
    answers: Answer = NO_ANSWER,
) -> Release | None:
    """Publish an article as it stands, through Wagtail, and record its release.

    Args:
        article: with the changes to publish.
        actor: the account that publishes.
        kind: of the release; the first is always "publish".
        note: to readers.
        time: when it went out, if that was before; UTC.
        answers: the holds that a redaction settles.

    Returns:
        The release, or None when nothing was there to release.

    Raises:
        ReleaseError: it cannot be released as it stands.
    """
    intend(article, kind, note, answers)
    article.next_time = time
    revision = article.save_revision(user=actor)
    revision.publish(user=actor, skip_permission_checks=True)  # obstacles say more
    erasing.erase_due(article.article_id)
    article.refresh_from_db()
    return Release.objects.filter(
        article=article.article_id, number=article.next_number
    ).first()


def intend(
    article: ArticlePage, kind: str, note: str, answers: Answer = NO_ANSWER
) -> None:
    """Say what the next release of an article is to be, on the page, unsaved.

    Args:
        article: whose turn is taken until the transaction ends.
        kind: of the release; the first is always "publish".
        note: to readers.
        answers: the holds that a redaction settles.
    """
    take_turn(article.pk)
    article.article.refresh_from_db()
    if article.next_number != coming_number(article):
        article.breaking = False  # it was asked for an earlier release
    aim(article)
    article.next_kind = "publish" if article.next_number == 1 else kind
    article.next_note, article.next_keeps_notes = note, False
    article.next_answers = sorted(answers.tasks)
    article.next_same_words = answers.same_words


@transaction.atomic
def record_release(
    article: ArticlePage, actor: Any, *, time: datetime | None = None
) -> Release | None:
    """Append to the ledger what Wagtail has just published.

    Publishing words that are out already, with nothing to say about them, records
    nothing; nor does a publication set for later, which comes again when it is due.

    Args:
        article: as published, with `next_kind` and `next_note`.
        actor: the account that published, or None for a timer.
        time: UTC; by default `next_time`, or now.

    Raises:
        ObstacleError: something is in the way, whoever asked and from where.
        ReleaseError: the time is not after the release before.
    """
    if not article.live:
        return None
    take_turn(article.pk)
    article.article.refresh_from_db()
    topics.make_new(article)
    newest = article.newest_release
    kind, note = intended(article)
    content = _content(article, actor, kind)
    asked = article.next_number == (newest.number + 1 if newest else 1)
    is_same = newest is not None and told(newest.content) == told(content)
    if is_same and not _tells(article, kind):
        if asked:
            _break_again(article, kind, actor)
        return None
    origins.move(article, actor, kind)  # then what holds for its new story holds
    require_publishable(article, actor, kind)
    followups.require_asked(article, actor, kind)
    settles = answer(article)
    if kind == "withdrawal":
        erasing.blank(article)
        article.save(clean=False)
        content = _content(article, actor, kind)
    release = append_release(
        article.article,
        Release(
            number=newest.number + 1 if newest else 1,
            kind=kind,
            note=note,
            time=_release_time(newest, time or _next_time(article, newest)),
            salt=fresh_salt(),
            actor=actor,
            content=content,
        ),
        article.source,
        settles,
    )
    erasing.note(article.article, release, keep_notes=article.next_keeps_notes)
    if asked:
        breaking.follow(article, kind, actor, timezone.now())
    return release


def _content(article: ArticlePage, actor: Any, kind: str) -> dict[str, Any]:
    """Write what a release says, or refuse it where a picture is not to be had."""
    try:
        return article_content(article)
    except (PictureError, OSError) as error:
        said = gettext("The file of a picture is missing or damaged: choose another.")
        raise ObstacleError(article, actor, kind, [Obstacle(said)]) from error


def _break_again(article: ArticlePage, kind: str, actor: Any) -> None:
    """Let words that are out already break, if the draft asks for it.

    Whatever is in the way of an update is in the way of this.
    """
    if not breaking.asks(article, kind):
        return
    held = list(followups.held_by(article.article))
    if held:
        raise ObstacleError(article, actor, kind, held)
    require_publishable(article, actor, kind)
    breaking.follow(article, kind, actor, timezone.now())


@transaction.atomic
def append_release(
    article: Article,
    release: Release,
    source: Article | None,
    settles: Answer = NO_ANSWER,
) -> Release:
    """Append a release to the ledger, and note on the article what it now says.

    Args:
        article: whose ledger it is.
        release: not saved yet, without its article.
        source: what its text was made from.
        settles: the holds that it answers, of a redaction.
    """
    release.article = article
    release.save()
    linked = links.linked(article, release.kind)
    article.stand(release, source)
    article.save(update_fields=STANDING)  # not when it breaks: others write that
    article.note_behind(release)
    mentions.note(release)
    origins.note(release, article.source)
    showing.note(release)
    followups.open_for(release, linked, settles)
    followups.close_by(release, settles)
    alerts.close_by(release)
    if article.taken_back:
        breaking.end_of_taken_back(article, release.actor, timezone.now())
    put_release(article, release.content)
    return release


@transaction.atomic
def append_firsts(ledgers: Sequence[Sequence[Release]]) -> None:
    """Append the first releases of articles that are new, many at once.

    It comes to the same as `append_release` of each: what is new follows nothing, is
    followed by nothing, breaks nothing and was named by nobody.

    Args:
        ledgers: releases of one article each, in order, not saved yet, with their
            article and its story, which are not saved either.
    """
    articles = [releases[0].article for releases in ledgers]
    for releases in ledgers:
        for release in releases:
            release.article.stand(release, None)
    Story.objects.bulk_create([article.story for article in articles])
    Article.objects.bulk_create(articles)
    every = [release for releases in ledgers for release in releases]
    Release.objects.bulk_create(every)
    for release in every:
        mentions.note(release)
        showing.note(release)
    put_new((releases[-1].article, releases[-1].content) for releases in ledgers)
    get_search_backend().add_bulk(Article, articles)


def publisher(revision: Revision) -> Any:
    """Say who is publishing.

    Whoever is signed in; else, when an hour has come, who set it; else who wrote the
    revision.
    """
    signed_in = get_active_log_context().user
    return signed_in if signed_in is not None else who_set(revision)


def who_set(revision: Revision) -> Any:
    """Say who set a revision for an hour, else who wrote it.

    Raises:
        ReleaseError: that account is no more, and nobody else answers for it.
    """
    key = key_of_setter(revision)
    if key is None:
        return None
    found = get_user_model().objects.filter(pk=key).first()
    if found is None:
        said = said_later("Who set it for this hour has no account any more.")
        raise ReleaseError(said)
    return found


def key_of_setter(revision: Revision) -> int | None:
    """Give the key of the account that set a revision for an hour, else wrote it."""
    told = PageLogEntry.objects.filter(revision=revision, action=SCHEDULED)
    entry = told.order_by("-timestamp").first()
    key: int | None = entry.user_id if entry else revision.user_id
    return key


@transaction.atomic
def attach_picture(
    article: ArticlePage,
    image_bytes: bytes,
    caption: str,
    alt: str,
    credit: str = "",
) -> Picture:
    """Put a picture at the head of an article, and save that as a draft.

    Args:
        article: of any state.
        image_bytes: a picture file, with whatever metadata.
        caption: says what it shows.
        alt: describes it for those who do not see it.
        credit: whom it is credited to.

    Raises:
        PictureError: the file cannot be used as a picture.
    """
    picture = keep_picture(
        image_bytes,
        caption[:255],
        alt[:255],
        credit,
        collection=article.service.desk.pictures,
    )
    article.lead_picture = picture
    article.lead_caption, article.lead_alt = caption, alt
    article.lead_credit = credit
    article.save_revision()
    return picture


def keep_picture(  # noqa: PLR0913 (what a picture is kept with)
    image_bytes: bytes,
    title: str,
    alt: str = "",
    credit: str = "",
    *,
    cuts: Iterable[pictures.Cut] | None = None,
    collection: Collection | None = None,
) -> Picture:
    """Keep a picture, stripped, with all its sizes.

    Args:
        image_bytes: a picture file, with whatever metadata.
        title: its name in the site.
        alt: describes it, unless an article describes it better.
        credit: whom it is credited to.
        cuts: its sizes, if they are made already.
        collection: whose it is; without one, of those who may everything.

    Raises:
        PictureError: the file cannot be used as a picture.
    """
    data, ending = cell.strip(image_bytes)
    picture = Picture(title=title, description=alt, credit=credit, waits=False)
    if collection is not None:
        picture.collection = collection
    picture.file = ContentFile(data, name=f"picture.{ending}")
    picture._set_image_file_metadata()  # noqa: SLF001 (Wagtail's forms do the same)
    picture.save()
    renditions.keep(picture, cell.cuts(data) if cuts is None else cuts)
    return picture


def says_nothing_new(article: ArticlePage) -> bool:
    """Say whether publishing a draft would do nothing: readers have it already."""
    newest = article.newest_release
    if newest is None or told(newest.content) != told(article_content(article)):
        return False
    if article.breaking and article.article.breaking_until is None:
        return False
    return not _tells(article, intended(article)[0])


def _tells(article: ArticlePage, kind: str) -> bool:
    """Say whether a release of unchanged words tells readers something."""
    if kind in NOTED_KINDS or kind in erasing.KINDS:
        return True
    return kind == "update" and bool(article.taken_back)


def _next_time(article: ArticlePage, newest: Release | None) -> datetime | None:
    meant_for_this = article.next_number == (newest.number + 1 if newest else 1)
    return article.next_time if meant_for_this else None


def _release_time(newest: Release | None, given: datetime | None) -> datetime:
    time = (given or timezone.now()).astimezone(UTC).replace(microsecond=0)
    if newest is None or time > newest.time:
        return time
    if given is not None:
        said = said_later("expected a time after %(newest)s, found %(time)s")
        raise ReleaseError(said, newest=newest.time, time=time)
    return newest.time + TICK
