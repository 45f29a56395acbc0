"""Do what was set for an hour that has come, and tell which hour is next.

Publications come first; then pins on front pages end, and breaking news does; private
originals of pictures whose day is over go.

An hour that comes changes no row, so no database tells of it: whoever stays awake keeps
the next one in mind.
"""

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from wagtail import hooks
from wagtail.models import Revision

from tamizdat.newsroom.darkroom import originals
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.front import arranging, breaking
from tamizdat.newsroom.releases import erasing, holds
from tamizdat.newsroom.turns import take_turn

_log = logging.getLogger(__name__)


def make_ready() -> None:
    """Load what a publication needs, so that the first one after a start does not wait.

    Wagtail looks for its apps' hooks when they are first asked for: a second or more.
    """
    hooks.search_for_hooks()


def next_hour(now: datetime) -> datetime | None:
    """Tell when something is to be done next, after now. Both UTC."""
    hours = (
        *(_next_publication(now), holds.next_end(now)),
        *(arranging.next_end(now), breaking.next_end(now)),
    )
    return min((hour for hour in hours if hour is not None), default=None)


def _next_publication(now: datetime) -> datetime | None:
    later = Revision.objects.filter(approved_go_live_at__gt=now)
    hour = later.order_by("approved_go_live_at").values_list("approved_go_live_at")
    found: tuple[datetime] | None = hour.first()
    return found[0] if found else None


def do_due(now: datetime) -> None:
    """Do all that was set for now or before.

    Args:
        now: UTC.
    """
    publish_due(now)
    arranging.end_pins(now)
    breaking.end_due(now)
    originals.erase_due(now)


def publish_due(now: datetime) -> None:
    """Publish what was held or set for now or before; a refusal stops nothing else.

    Args:
        now: UTC.
    """
    holds.release_due(now)
    due = Revision.objects.filter(approved_go_live_at__lte=now)
    in_order = due.order_by("approved_go_live_at", "pk")
    for key in list(in_order.values_list("pk", flat=True)):
        try:
            _publish(key)
        except (NewsroomError, ValidationError):
            # Its message may quote a draft.
            _log.warning("revision %s is due and was refused: publish it by hand", key)
        except (OperationalError, InterfaceError):
            raise  # of the database, which whoever calls asks again
        except Exception as error:  # noqa: BLE001 - one that cannot stops no other
            what = type(error).__name__
            _log.error("revision %s is due and failed: %s: publish it", key, what)


@transaction.atomic
def _publish(key: int) -> None:
    """Publish a revision, unless an editor took it off the list meanwhile."""
    revision = Revision.objects.get(pk=key)
    take_turn(int(revision.object_id))
    revision.refresh_from_db()
    if revision.approved_go_live_at is not None:
        revision.publish(log_action="wagtail.publish.scheduled")
        page = revision.content_object
        erasing.erase_due(getattr(page, "article_id", None))
