"""A press kept warm in a process of its own: started by `edit`, one edit a line.

Standard input: JSON `{"line": story document, "time": ...}`. Standard output: `{}` once
it is warm, then the cost of each edit. CPU is this process's, all threads.
"""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from .ours import START, Resident


def main(content: Path, archive: Path, keys: Path) -> None:
    """Serve edits until standard input ends."""
    press = Resident(content, archive, keys)
    press.warm(START)
    _answer({})
    for row in sys.stdin:
        edit = json.loads(row)
        line, now = edit["line"].encode(), datetime.fromisoformat(edit["time"])
        wall, cpu = time.perf_counter(), time.process_time()
        press.publish(line, now)
        _answer(
            {
                "cpu": time.process_time() - cpu,
                "wall": time.perf_counter() - wall,
                "rss": _peak(),
            }
        )


def _peak() -> int:
    """Read the peak of memory in bytes; getrusage would count the parent's too."""
    status = Path("/proc/self/status").read_text("ascii")
    line = next(x for x in status.splitlines() if x.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _answer(row: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
