"""Answer "why can I not publish?": every reason, in words, from one list.

The form, the Publish button and the verb that records a release ask the same question.
Whoever adds a reason adds a small function to `CHECKS`, or to `TEXT_CHECKS` if the
text must be put right before it is handed to others, too.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Self

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tamizdat.edition.stories import NOTED_KINDS, RELEASE_KINDS
from tamizdat.newsroom import attachments, letting_in, signoffs
from tamizdat.newsroom.darkroom import rights as pictures
from tamizdat.newsroom.errors import ObstacleError
from tamizdat.newsroom.foreign import unnamed
from tamizdat.newsroom.intents import intended
from tamizdat.newsroom.isolates import isolated, listed
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.rights import may, who_may

NAMED = 5  # of those who may, or of passages, in a sentence
SHORT = 60  # characters of a passage there


class Obstacle(str):
    """One reason, in a sentence.

    Attributes:
        field: of the article form, where one is to be mended; else "".
        waits: whether pressing Publish signs, and another person publishes.
    """

    __slots__ = ("field", "waits")

    field: str
    waits: bool

    def __new__(cls, text: str, field: str = "", *, waits: bool = False) -> Self:
        """Make one of its words."""
        one = super().__new__(cls, text)
        one.field, one.waits = field, waits
        return one


Check = Callable[[Any, Any, str], Iterator[Obstacle]]


def obstacles(page: Any, user: Any, kind: str) -> list[Obstacle]:
    """List why this person cannot publish this page now.

    Args:
        page: an `ArticlePage` as it would go out.
        user: the account; None for the newsroom's own commands, whom no right binds.
        kind: of the release.

    Returns:
        Sentences; empty when nothing is in the way.
    """
    checks = (*TEXT_CHECKS, *CHECKS)
    return [found for check in checks for found in check(page, user, kind)]


def gaps(page: Any, user: Any, kind: str) -> list[Obstacle]:
    """List what the text lacks, whoever is to publish it."""
    return [found for check in TEXT_CHECKS for found in check(page, user, kind)]


def require_publishable(page: Any, user: Any, kind: str) -> None:
    """Refuse a release that something is in the way of.

    Raises:
        ObstacleError: with every reason.
    """
    found = obstacles(page, user, kind)
    if found:
        raise ObstacleError(page, user, kind, found)


def warnings(page: Any) -> list[Obstacle]:
    """List what somebody should look at before publishing; none of it is in the way."""
    return [found for check in WARNINGS for found in check(page)]


def waits(found: Sequence[str]) -> bool:
    """Say whether nothing is missing but another person."""
    return bool(found) and all(getattr(one, "waits", False) for one in found)


def service_of(page: Any) -> Any:
    """Find the service of a page, also of one that is not saved yet."""
    return page.service if page.article_id else getattr(page, "opened_in", None)


def people(accounts: list[Any]) -> str:
    """Name accounts for a sentence."""
    names = [isolated(one) for one in accounts[:NAMED]]
    if len(accounts) > NAMED:
        names.append(_("others"))
    return listed(names) or _("nobody yet")


def _kind(page: Any, _user: Any, kind: str) -> Iterator[Obstacle]:
    first = not page.article_id or page.article.number == 0
    if not kind and not first:
        yield Obstacle(
            _(
                "Say what kind of change it is: minor, if readers learn nothing new "
                "from it, else material, and which."
            ),
            "next_kind",
        )
    elif kind not in RELEASE_KINDS or (kind == "publish") != first:
        yield Obstacle(
            _("“%(kind)s” is no kind of release here.") % {"kind": isolated(kind)},
            "next_kind",
        )


def _note(page: Any, _user: Any, kind: str) -> Iterator[Obstacle]:
    if intended(page)[1]:
        return
    taken_back = page.taken_back if page.article_id else ""
    if kind in NOTED_KINDS:
        yield Obstacle(
            _("A %(kind)s needs a note: tell readers why.") % {"kind": kind_name(kind)},
            "next_note",
        )
    elif kind == "update" and taken_back:
        yield Obstacle(
            _(
                "An update after a %(kind)s needs a note: tell readers why the text "
                "comes back."
            )
            % {"kind": kind_name(taken_back)},
            "next_note",
        )


def _text(page: Any, _user: Any, kind: str) -> Iterator[Obstacle]:
    if not page.section:
        yield Obstacle(_("Choose a section before publishing."), "section")
    gone = page.article_id and page.taken_back == "withdrawal" and kind != "update"
    if not (page.body or page.posts) and kind != "withdrawal" and not gone:
        yield Obstacle(_("Write the text before publishing."), "body")


def _translates(page: Any, user: Any, _kind: str) -> Iterator[Obstacle]:
    """Ask who translates and does not write for the article it was made from."""
    service = service_of(page)
    if user is None or page.relation != "original" or may(user, "write", service):
        return
    if may(user, "translate", service):
        text = _("You translate here: say from which article this was made.")
        yield Obstacle(text, "relation")


def _source(page: Any, _user: Any, kind: str) -> Iterator[Obstacle]:
    source, number = page.source, page.source_release
    if source is None:
        if page.relation != "original":
            yield Obstacle(_("Choose the article it was made from."), "source")
    elif source.number == 0:
        yield Obstacle(_("That article is not released yet."), "source")
    elif source.taken_back and kind == "publish":
        text = _("That article was taken back: readers have no text.")
        yield Obstacle(text, "source")
    elif number and not 1 <= number <= source.number:
        yield Obstacle(
            _("That article has no release %(number)s.") % {"number": number},
            "source_release",
        )


def _picture(page: Any, _user: Any, kind: str) -> Iterator[Obstacle]:
    service = service_of(page)
    language = service.language if service else ""
    for text, field in pictures.faults(page, language, kind):
        yield Obstacle(text, field)


def _files(page: Any, _user: Any, kind: str) -> Iterator[Obstacle]:
    """Refuse files that are taken no more, unless something is taken back."""
    if kind not in pictures.TAKING_BACK:
        yield from (Obstacle(text, "body") for text in attachments.faults(page))


def _posts(page: Any, _user: Any, kind: str) -> Iterator[Obstacle]:
    """Refuse to tell readers news by a release that says there are none."""
    if kind != "minor" or not page.posts:
        return
    body = page.newest_release.content["tamizdat"]["body"]
    known = {block["id"] for block in body if block["kind"] == "post"}
    if any(post.id not in known for post in page.posts):
        yield Obstacle(_("A new post is news: choose Update."), "next_kind")


def _right(page: Any, user: Any, kind: str) -> Iterator[Obstacle]:
    if user is None:
        return
    service = service_of(page)
    if not may(user, "publish", service):
        text = _("You write here but do not publish. Ask: %(people)s.")
        yield Obstacle(text % {"people": people(who_may("publish", service))})
        return
    if kind in signoffs.SERIOUS and not may(user, "serious", service):
        text = _("A %(kind)s is not among your rights. Ask: %(people)s.")
        names = people(who_may("serious", service))
        yield Obstacle(text % {"kind": kind_name(kind), "people": names}, "next_kind")
    if _announces(page) and not may(user, "breaking", service):
        text = _("Breaking news is not among your rights. Ask: %(people)s.")
        names = people(who_may("breaking", service))
        yield Obstacle(text % {"people": names}, "breaking")


def _announces(page: Any) -> bool:
    """Say whether readers would hear of breaking news that they have not yet."""
    heard = page.article_id and page.article.breaking_until is not None
    return bool(page.breaking) and not heard


def _two_people(page: Any, user: Any, kind: str) -> Iterator[Obstacle]:
    why = signoffs.reason(page, kind)
    if not why or user is None:
        return
    if page.go_live_at and page.go_live_at > timezone.now():
        text = _("It is not set for an hour: both must be there when it goes out.")
        yield Obstacle(f"{why} {text}", "go_live_at")
        return
    signed = signoffs.standing(page, kind) if page.article_id else []
    now = timezone.now()
    if any(letting_in.are_two(one.actor, user, now) for one in signed):
        return
    names = people(signoffs.others_who_may(service_of(page), user, kind))
    yield Obstacle(f"{why} {_second(signed, user, names)}", waits=True)


def _second(signed: list[Any], user: Any, names: str) -> str:
    near = [one for one in signed if one.actor != user]
    if near:
        until = letting_in.until(near[0].actor, user, timezone.now())
        text = _(
            "%(signed)s signed, but one hand let both of you in lately: that is one "
            "person. Publish signs for you; then another publishes: %(people)s. Or "
            "wait until %(until)s UTC."
        )
        row = {"signed": isolated(near[0].actor), "people": names}
        return text % {**row, "until": isolated(f"{until:%Y-%m-%d %H:%M}")}
    if signed:
        text = _(
            "You signed at %(when)s UTC. It goes out when another presses Publish by "
            "this time tomorrow: %(people)s. Any change makes it void."
        )
        return text % {"people": names, "when": isolated(f"{signed[0].time:%H:%M}")}
    text = _("Publish signs for you; then another publishes: %(people)s.")
    return text % {"people": names}


def _held(page: Any, user: Any, kind: str) -> Iterator[Obstacle]:
    from tamizdat.newsroom.releases import followups  # noqa: PLC0415 (it asks rights)

    yield from followups.holding(page, user, kind)


def _withdrawn_copy(page: Any, user: Any, kind: str) -> Iterator[Obstacle]:
    from tamizdat.newsroom.wire_desk import alerts  # noqa: PLC0415 (it asks rights)

    yield from alerts.holding(page, user, kind)


def _embargo(page: Any, user: Any, kind: str) -> Iterator[Obstacle]:
    """Refuse all but what takes something back before the story's embargo ends.

    A text changes by any other kind as much as by an update.
    """
    del user
    kept = page.article.story.embargo if page.article_id else None
    until = getattr(page, "embargo_typed", kept)  # by the form, not saved yet
    if until is None or kind in signoffs.SERIOUS:
        return
    hour = page.go_live_at
    if hour is None or hour <= timezone.now():
        if until > timezone.now():
            text = _("The story is under embargo until %(until)s.")
            if kind != "publish":
                text = _(
                    "The story is under embargo until %(until)s. Before that only a "
                    "retraction, a redaction or a withdrawal goes out."
                )
            yield Obstacle(text % {"until": shown_time(until)}, "embargo")
    elif hour < until:
        text = _("It is set for an hour before the embargo ends: %(until)s.")
        yield Obstacle(text % {"until": shown_time(until)}, "go_live_at")


def _credits(page: Any) -> Iterator[Obstacle]:
    """Warn of agencies whose work is used and not credited, and the other way round."""
    from tamizdat.newsroom.credits import used  # noqa: PLC0415 (it asks us)

    service = service_of(page)
    if service is not None and used.agencies_used(page):
        for text in used.said(page, service.language):
            yield Obstacle(text, "credit_line")
    if not page.credit_line.strip() and used.has_nameless(page):
        text = _("Copy that names no agency is used, and nobody is credited.")
        yield Obstacle(text, "credit_line")


def _foreign_words(page: Any) -> Iterator[Obstacle]:
    """Warn of pictures told of in foreign letters, or credited to nobody."""
    service = service_of(page)
    if service is not None:
        for ask in (pictures.foreign_words, pictures.uncredited):
            for text, field in ask(page, service.language):
                yield Obstacle(text, field)


def _unnamed_passages(page: Any) -> Iterator[Obstacle]:
    """Warn of passages that a screen reader would say in the wrong language."""
    from tamizdat.newsroom.writing import named  # noqa: PLC0415 (needs the models)

    service = service_of(page)
    if service is None:
        return
    texts = named.texts_of_page(page, service.language)
    found = [
        isolated(Truncator(text).chars(SHORT))
        for text in unnamed(texts.body, service.language, texts.around, texts.foreign)
    ]
    if found:
        text = _(
            "No language is named for: %(passages)s. Select the words and press "
            "Ctrl+Shift+L, choose it below a list or a table, or name the words under "
            "“Words in another language”: screen readers say them in it."
        )
        names = found[:NAMED] + ["…"] * (len(found) > NAMED)
        yield Obstacle(text % {"passages": " · ".join(names)}, "body")


def _redacts_nothing(page: Any) -> Iterator[Obstacle]:
    from tamizdat.newsroom.releases import followups  # noqa: PLC0415 (it asks rights)

    if page.article_id is not None:
        yield from followups.changing_nothing(page)


def shown_time(time: datetime) -> str:
    """Write an instant in the time zone of whoever reads it."""
    return isolated(date_format(timezone.localtime(time), "DATETIME_FORMAT"))


TEXT_CHECKS: tuple[Check, ...] = (
    *(_kind, _note, _text, _translates, _source, _picture, _files, _posts),
)
CHECKS: tuple[Check, ...] = (*(_embargo, _right, _held, _withdrawn_copy, _two_people),)
WARNINGS: tuple[Callable[[Any], Iterator[Obstacle]], ...] = (
    *(_credits, _foreign_words, _unnamed_passages, _redacts_nothing),
)
