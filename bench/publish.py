"""From a release in the newsroom to an edition verified on three mirrors.

The real thing on loopback: a newsroom on SQLite with 27 services and the whole corpus
in its ledger, `tamizdat press run --watch`, and three `tamizdat mirror serve`, each a
process of its own. Releases are pressed by the newsroom's own verbs, one at a time, and
held as its services hold them; the clock runs from the end of the hold. Breaking news
is not held. No peer does this.
"""

import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from . import measure as measuring
from .corpus import Corpus
from .measure import BenchError, remove, say
from .servers import Program
from .table import Row, at_scale, seconds, size

MIRRORS = ("archive", "north", "south")  # the first gets the log before the others
EDITS = 30
_QUIET = (1.0, 2.5)  # seconds between two releases; one second has one of a service
_GOAL, _BREAKING = 1.0, 10.0  # seconds


@dataclass
class Figures:
    """What came out.

    Attributes:
        printed: seconds from the start of the press to the last first edition.
        delivered: the same, to the last one verified on the last mirror.
        memory: peak of the press in bytes: after the first prints, after the first
            deliveries, and after all releases.
        prints, waits: of each release, seconds from the end of its hold to its edition,
            and to that edition verified on all mirrors.
        cpu: seconds of the press for all those releases.
        breaking: seconds for a release in every service at once.
    """

    printed: float = 0.0
    delivered: float = 0.0
    memory: list[int] = field(default_factory=list)
    prints: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    cpu: float = 0.0
    breaking: float = 0.0


def measure(corpus: Corpus, edits: int = EDITS) -> list[Row]:
    """Release stories one at a time and wait for each on every mirror."""
    folder = corpus.folder / "publish"
    remove(folder)
    with _mirrors(folder) as urls, _desk(corpus, folder, urls) as desk:
        begun = time.monotonic()
        with _press(folder) as press:
            figures = Figures()
            _first(desk, press, begun, figures)
            _releases(desk, press, edits, figures)
            figures.breaking = _wait(desk.ask({"do": "breaking"}), "verified")
            say(f"publish {corpus.count}: 27 services {seconds(figures.breaking)}")
            figures.memory.append(press.memory())
    remove(folder)
    return _rows(corpus.count, figures)


@contextmanager
def _mirrors(folder: Path) -> Iterator[dict[str, str]]:
    """Serve three folders; gives the address of each."""
    with ExitStack() as stack:
        urls = {}
        for name in MIRRORS:
            place = folder / name
            place.mkdir(parents=True)
            argv = [_command(), "mirror", "serve", place, "--port", 0]
            server = stack.enter_context(Program(argv, PYTHONUNBUFFERED="1"))
            urls[name] = server.line().decode().strip()
        yield urls


def _desk(corpus: Corpus, folder: Path, urls: dict[str, str]) -> Program:
    say(f"publish {corpus.count}: filling the ledger")
    mirrors = [(name, str(folder / name), url) for name, url in urls.items()]
    argv = [sys.executable, "-m", "bench.desk", folder / "newsroom", corpus.folder]
    desk = Program([*argv, corpus.count, json.dumps(mirrors)])
    desk.answer()
    return desk


def _press(folder: Path) -> Program:
    environment = {"TAMIZDAT_HOME": str(folder / "newsroom")}
    return Program([_command(), "press", "run", "--watch"], **environment)


def _command() -> Path:
    command = measuring.program("tamizdat")
    if command is None:
        raise BenchError("tamizdat: not installed beside this Python")
    return command


def _first(desk: Program, press: Program, begun: float, figures: Figures) -> None:
    """Wait for the first editions; the press's memory is read on the way."""
    seen = desk.ask({"do": "print"})
    figures.memory.append(press.memory())
    figures.printed = seen["printed"] - begun
    say(f"publish: first print {seconds(figures.printed)}, {size(press.memory())}")
    seen = desk.ask({"do": "first"})
    figures.memory.append(press.memory())
    figures.delivered = seen["verified"] - begun
    say(f"publish: first delivery {seconds(figures.delivered)}, {size(press.memory())}")


def _releases(desk: Program, press: Program, edits: int, figures: Figures) -> None:
    rng = random.Random(edits)  # noqa: S311 - the same pauses each time
    spent = press.cpu()
    for number in range(edits):
        time.sleep(rng.uniform(*_QUIET))
        answer = desk.ask({"do": "release", "number": number})
        figures.prints.append(_wait(answer, "printed"))
        figures.waits.append(_wait(answer, "verified"))
        both = f"printed {seconds(figures.prints[-1])}, verified"
        say(f"publish, {number + 1} of {edits}: {both} {seconds(figures.waits[-1])}")
    figures.cpu = press.cpu() - spent


def _wait(answer: dict[str, float], until: str) -> float:
    return answer[until] - answer["ended"]


def _rows(count: int, figures: Figures) -> list[Row]:
    at = f"publish {count:,}"
    waits = figures.waits
    shown = {"p50": median(waits), "p95": rank(waits, 0.95), "max": max(waits)}
    goal = {"p95": at_scale(count, _GOAL)}
    verified = f"{at}: end of hold to verified on 3 mirrors"
    return [
        *(
            _alone(f"{verified}, {name}", value, goal.get(name))
            for name, value in shown.items()
        ),
        _alone(f"{at}: end of hold to printed, p50", median(figures.prints)),
        _alone(f"{at}: end of hold to printed, p95", rank(figures.prints, 0.95)),
        _alone(f"{at}: CPU of the press, a release", figures.cpu / len(waits)),
        _alone(
            f"{at}: 27 services at once", figures.breaking, at_scale(count, _BREAKING)
        ),
        _alone(f"{at}: start of the press to first editions", figures.printed),
        _alone(f"{at}: the same, to every byte read back", figures.delivered),
        *_peaks(f"{at}: peak memory of the press", figures.memory),
    ]


def _peaks(axis: str, memory: Sequence[int]) -> Iterator[Row]:
    stages = ("first print", "first delivery", "releases")
    for when, peak in zip(stages, memory, strict=True):
        yield Row(f"{axis}, {when}", size(peak), "-", peak / 2**20)


def _alone(axis: str, value: float, goal: float | None = None) -> Row:
    return Row(axis, seconds(value), "-", value, goal, least=False)


def rank(values: Sequence[float], share: float) -> float:
    """Take the smallest value that at least this share of all does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
