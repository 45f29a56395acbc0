"""Fetch from every source when its hour has come: tasks in the newsroom's database.

`django-tasks` with `django-tasks-db` holds the queue. Whoever enqueues sets the next
hour of the source in the same transaction, so that no hour is enqueued twice; whoever
runs a task takes the lease of the source, so that nobody fetches twice at once. A task
whose worker was killed is not run again: its source has its next hour.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections, connections, transaction
from django.db.models import Q
from django.db.utils import InterfaceError, OperationalError
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tamizdat.newsroom import uncoded
from tamizdat.newsroom.darkroom import making
from tamizdat.newsroom.models import WireSource
from tamizdat.newsroom.sources.polling import poll
from tamizdat.newsroom.wire_desk import alerts, retention

BACKEND = QUEUE = "wire"
PACE = 5.0  # seconds between two looks at the hours
_GRACE = 2.0  # seconds for a sound to be ready, once told to stop
SWEEP = timedelta(hours=1)  # between two looks for what is kept long enough
_RESULTS = timedelta(days=2)  # for which rows of tasks that are done stay

_log = logging.getLogger(__name__)


@task(backend=BACKEND, queue_name=QUEUE)
def fetch_source(key: int) -> int:
    """Fetch once from a source; gives how many items were new."""
    source = WireSource.objects.filter(pk=key).first()
    return len(poll(source, datetime.now(UTC)).kept) if source else 0


@task(backend=BACKEND, queue_name=QUEUE)
def sweep() -> int:
    """Let go of what was kept long enough; gives how many items went."""
    now = datetime.now(UTC)
    ours = (BACKEND, making.BACKEND, uncoded.BACKEND)
    done = DBTaskResult.objects.filter(backend_name__in=ours)
    done.filter(finished_at__lte=now - _RESULTS).delete()
    alerts.close_what_is_over(now)
    return retention.sweep(now)


def enqueue_due(now: datetime) -> int:
    """Enqueue a fetch from every source whose hour has come; gives how many."""
    free = Q(lease=None) | Q(lease__lte=now)
    due = WireSource.objects.filter(free, active=True)
    due = due.filter(Q(due=None) | Q(due__lte=now))
    return sum(enqueue(key, now) for key in list(due.values_list("pk", flat=True)))


@transaction.atomic
def enqueue(key: int, now: datetime) -> bool:
    """Enqueue one fetch, and set the hour of the one after it."""
    source = WireSource.objects.select_for_update().get(pk=key)
    after = now + timedelta(seconds=source.every)
    if source.due is not None and source.due > now:
        return False  # somebody else was faster
    WireSource.objects.filter(pk=key).update(due=after)
    fetch_source.enqueue(key)
    return True


def watch(stop: Callable[[], bool], workers: int) -> None:
    """Enqueue and run fetches, make sizes, code sounds, until told to stop.

    Args:
        stop: asked between two looks.
        workers: how many fetch at once.
    """
    uncoded.ENDING.clear()
    hands = [_Hand(f"wire-{number}") for number in range(workers)]
    hands.append(_Hand("pictures", making.QUEUE))
    hands.append(_Hand("sounds", uncoded.QUEUE))
    for hand in hands:
        hand.start()
    swept = None
    try:
        while not stop():
            now = datetime.now(UTC)
            try:
                close_old_connections()
                enqueue_due(now)
                making.catch_up()
                uncoded.catch_up()
                if swept is None or swept <= now - SWEEP:
                    sweep.enqueue()
                    swept = now
            except (OperationalError, InterfaceError) as error:
                _log.error("the database failed and is asked again: %s", type(error))
            _rest(stop)
    finally:
        uncoded.ENDING.set()
        for hand in hands:
            hand.worker.running = False
        for hand in hands:
            # A sound that is cut off is coded by whoever watches next.
            hand.join(_GRACE if hand.name == uncoded.QUEUE else None)


def _rest(stop: Callable[[], bool]) -> None:
    end = time.monotonic() + PACE
    while not stop() and time.monotonic() < end:
        time.sleep(0.1)


class _Hand(threading.Thread):
    """A worker of the queue in a thread of its own."""

    def __init__(self, name: str, queue: str = QUEUE) -> None:
        super().__init__(name=name, daemon=True)
        self.worker = worker(name, queue=queue)

    def run(self) -> None:
        """Run tasks until told to stop; a database that fails is asked again."""
        while self.worker.running:
            try:
                self.worker.run()
            except (OperationalError, InterfaceError):
                close_old_connections()
                time.sleep(PACE)
        connections.close_all()


def worker(name: str, *, batch: bool = False, queue: str = QUEUE) -> Worker:
    """Give one that runs tasks of a queue. `batch`: until there are none."""
    return Worker(
        queue_names=[queue],
        interval=0.5,
        batch=batch,
        backend_name=queue,  # each queue has a backend of its name
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
