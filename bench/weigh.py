"""Run one program and write what it cost: weigh.py REPORT PROGRAM [ARGUMENT...].

A process of its own, because the kernel counts the memory of whoever starts a program
as that program's. Started with -I it is small, and imports nothing of this project.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main(report: Path, argv: list[str]) -> int:
    """Write CPU seconds, wall seconds and peak memory in bytes as JSON to `report`."""
    start = time.perf_counter()
    child = subprocess.Popen(argv)  # noqa: S603
    _, status, usage = os.wait4(child.pid, 0)
    cost = {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.perf_counter() - start,
        "rss": usage.ru_maxrss * 1024,
    }
    report.write_text(json.dumps(cost), encoding="ascii")
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
