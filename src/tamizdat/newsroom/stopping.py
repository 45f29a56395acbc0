"""End a command that stays awake when it is asked to."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def until_signalled() -> Iterator[Callable[[], bool]]:
    """Catch Ctrl-C and a polite end, and give a question whether one came."""
    stopped: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, lambda n, _f: stopped.append(n)) for kind in kinds]
    try:
        yield lambda: bool(stopped)
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)
