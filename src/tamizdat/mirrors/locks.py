"""Let one process alone do something for as long as it lives."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tamizdat.mirrors.errors import HeldError


@contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Hold a lock file; the kernel lets it go with the process.

    Args:
        path: of the file; made if missing.
        what: is done under it, for the message.

    Raises:
        HeldError: another process holds it; names the process.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise HeldError(f"{path}: process {holder} is {what} already") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
