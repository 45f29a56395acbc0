"""Versions over autosave noise: what has a name stays, a late save is kept beside.

Decides which states of a draft are kept, and where a save goes that was written upon
an older text than the one that stands there now.

Source: docs/decisions/0036-holds-versions-and-pasting.md.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log
from wagtail.models import Comment, PageLogEntry, Revision, TaskState

from tamizdat.newsroom.desk.folding import words
from tamizdat.newsroom.desk.sheets import draft_words
from tamizdat.newsroom.desk.words import text_fields
from tamizdat.newsroom.models.versions import Version

TICK = timedelta(microseconds=1)
UNDER_WAY = timedelta(seconds=30)  # an autosave takes no longer, on a busy machine
ALL_OF = timedelta(days=2)
DAILY_OF = timedelta(days=30)
NAME_LENGTH = 100
# Forms send both in other letters than a revision keeps.
STAMP = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")
SWITCHES = {"true", "false"}
KEEPING = ("wagtail.publish", "wagtail.publish.schedule", "wagtail.workflow.start")


def name_revision(
    revision: Any, name: str, person: Any, kind: str = Version.NAMED
) -> Version:
    """Give a state of a draft a name; the last name given counts.

    Raises:
        ValueError: the name is empty.
    """
    clean = " ".join(name.split())[:NAME_LENGTH]
    if not clean:
        raise ValueError("expected a name")
    found = Version.objects.filter(revision=revision).first()
    version = found or Version(revision=revision, kind=kind, made=timezone.now())
    version.name, version.person = clean, person
    version.save()
    return version


def is_late(page: Any, posted: Any, person: Any) -> bool:
    """Tell whether a form was written upon an older text than stands there now.

    Args:
        page: as its newest revision has it.
        posted: fields of the form; one that does not say what it was written upon is
            taken for timely.
        person: who saves.
    """
    latest = page.latest_revision
    if latest is None:
        return False
    overwritten = posted.get("overwrite_revision_id", "")
    if overwritten:
        return bool(overwritten != str(latest.pk))
    loaded = posted.get("loaded_revision_id", "")
    if not loaded:
        return False
    time = posted.get("loaded_revision_created_at", "")
    if (loaded, time) == (str(latest.pk), latest.created_at.isoformat()):
        return False
    older = _own_autosave_upon(page, (loaded, time), person)
    return older is None or _drops_words(page, older, posted)


def _own_autosave_upon(
    page: Any, loaded: tuple[str, str], person: Any
) -> Revision | None:
    """Find what a form was written upon, if the newest text may be its own autosave.

    A button pressed while autosave is under way sends what the form knew before.

    Args:
        page: as its newest revision has it.
        loaded: key and time of what the form was written upon.
        person: who saves.
    """
    latest = page.latest_revision
    if latest.user_id != person.pk or latest.created_at < timezone.now() - UNDER_WAY:
        return None
    older = page.revisions.exclude(pk=latest.pk).order_by("-created_at", "-pk").first()
    if older is None or loaded != (str(older.pk), older.created_at.isoformat()):
        return None
    return older


def _drops_words(page: Any, older: Revision, posted: Any) -> bool:
    """Tell whether a form lacks words that somebody wrote since: in another window.

    What a form saved by itself stands in it still, its last word perhaps longer.

    Args:
        page: as its newest revision has it.
        older: what the form was written upon.
        posted: fields of the form.
    """
    before, now = (
        words(STAMP.sub("", "\n".join(draft_words(one.content, text_fields(page)))))
        for one in (older, page.latest_revision)
    )
    typed = "\n".join(text for _name, texts in posted.lists() for text in texts)
    said = " ".join(words(typed))
    return any(word not in said for word in set(now) - set(before) - SWITCHES)


def spare_named(request: Any) -> None:
    """Let autosave begin a new state where it would overwrite one that has a name."""
    key = request.POST.get("overwrite_revision_id", "")
    if not key.isdecimal():
        return
    version = Version.objects.filter(revision=key).select_related("revision").first()
    if version is None or version.kind == Version.BESIDE:
        return
    posted = request.POST.copy()
    del posted["overwrite_revision_id"]
    posted["loaded_revision_id"] = key
    posted["loaded_revision_created_at"] = version.revision.created_at.isoformat()
    request.POST = posted


def keep_beside(page: Any, form: Any, person: Any) -> Version:
    """Keep what a late form holds as a version beside the newest one.

    Its revision is dated just before the newest, so that nothing takes it for the
    draft. A form that saves again writes into the version it made before.

    Args:
        page: as its newest revision has it.
        form: bound, of any state; what is refused in it is kept as it was typed.
        person: who saves.
    """
    content = _content(page, form)
    posted = form.data
    version = _own(posted.get("overwrite_revision_id", ""), person)
    if version is not None:
        version.revision.content = content
        version.revision.save(update_fields=["content"])
        return version
    newest = page.latest_revision
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=person,
        created_at=newest.created_at - TICK,
        content=content,
        object_str=str(content["title"]),
    )
    name = _("%(name)s's text, saved beside") % {"name": get_user_display_name(person)}
    log(page, "newsroom.beside", user=person, revision=revision)
    return Version.objects.create(
        revision=revision,
        base=_base(page, posted),
        kind=Version.BESIDE,
        name=name[:NAME_LENGTH],
        person=person,
        made=timezone.now(),
    )


def _own(key: str, person: Any) -> Version | None:
    if not key.isdecimal():
        return None
    versions = Version.objects.waiting().filter(revision=key, person=person)
    return versions.select_related("revision").first()


def _base(page: Any, posted: Any) -> Revision | None:
    """Find what a form was written upon, if that still stands as the form found it."""
    key = posted.get("overwrite_revision_id", "")
    if key.isdecimal():
        return page.revisions.filter(pk=key).first()
    key = posted.get("loaded_revision_id", "")
    found = page.revisions.filter(pk=key).first() if key.isdecimal() else None
    time = posted.get("loaded_revision_created_at", "")
    return found if found and found.created_at.isoformat() == time else None


def _content(page: Any, form: Any) -> dict[str, Any]:
    """Read a form into what a revision keeps, also where it is refused."""
    form.defer_required_fields()
    form.is_valid()
    for name in set(text_fields(page)) & set(form.errors) & set(form.fields):
        # What a rule refuses is still somebody's work: it is kept as typed.
        setattr(form.instance, name, form[name].data)
    comments = form.formsets.pop("comments", None)
    if comments is not None and comments.is_valid():
        comments.save()
    _read_rows(form)
    content: dict[str, Any] = form.instance.serializable_data()
    return content


def _read_rows(form: Any) -> None:
    for formset in form.formsets.values():
        if formset.is_valid():
            formset.instance = form.instance
            formset.save(commit=False)


def settle(version: Version, person: Any, page: Any) -> None:
    """Note that nobody has to look at a late version any more; it stays a version."""
    version.settled = True
    version.save(update_fields=["settled"])
    log(page, "newsroom.settle", user=person, revision=version.revision)


def prune(page: Any, now: datetime | None = None) -> int:
    """Drop states of a draft that nobody asked to keep.

    Returns:
        How many went.
    """
    time = now or timezone.now()
    old = page.revisions.filter(created_at__lt=time - ALL_OF)
    if not old.exists():  # as after most saves
        return 0
    old = old.exclude(_kept(page))
    rows = list(old.order_by("-created_at", "-pk").values("pk", "user", "created_at"))
    seen: set[tuple[Any, Any]] = set()
    going = []
    for row in rows:
        day = (row["user"], row["created_at"].date())
        if row["created_at"] < time - DAILY_OF or day in seen:
            going.append(row["pk"])
        seen.add(day)
    for revision in page.revisions.filter(pk__in=going).defer("content"):
        revision.delete()
    return len(going)


def _kept(page: Any) -> Q:
    """Name the states of a draft that something else points at."""
    own = (page.latest_revision_id, page.live_revision_id, page.scheduled_revision)
    keys = {getattr(key, "pk", key) for key in own} - {None}
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=KEEPING)
    comments = Comment.objects.filter(page=page.pk, resolved_at=None)
    return (
        Q(pk__in=keys)
        | Q(approved_go_live_at__isnull=False)
        | Q(version__isnull=False)
        | Q(pk__in=Version.objects.filter(base__isnull=False).values("base"))
        | Q(pk__in=entries.filter(revision__isnull=False).values("revision"))
        | Q(pk__in=TaskState.objects.filter(revision__isnull=False).values("revision"))
        | Q(
            pk__in=comments.filter(revision_created__isnull=False).values(
                "revision_created"
            )
        )
    )
