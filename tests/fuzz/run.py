"""Search for inputs that break a parser, for some minutes: `make fuzz MINUTES=10`.

Guided by coverage where atheris is installed; else by chance, with the mutator of the
tests, and it says so. What reaches lines that no vector reaches is kept, the smallest
inputs first; what breaks a law is kept too, so that the tests fail until it is mended.
"""

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random, SystemRandom

try:
    import atheris
except ImportError:
    atheris = None
finally:
    # To prepare the modules below takes its part of the minutes.
    _STARTED = time.monotonic()

if atheris:
    with atheris.instrument_imports(include=["tamizdat.edition", "tamizdat.wire"]):
        from fuzz.parsers import MOST, PARSERS, holds
else:
    from fuzz.parsers import MOST, PARSERS, holds
from fuzz.mutate import Mutator
from fuzz.seeds import CORPUS, kept, seeds

FILES = 200  # kept for one parser
_SEARCHING = 0.6  # of its time; in the rest what was found is traced, line by line
_ROOMS = ("tamizdat/edition", "tamizdat/wire")  # whose lines count

Step = tuple[str, int, int]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=5.0, help="in all")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9))
    parser.add_argument("--only", choices=PARSERS, action="append", default=[])
    return parser.parse_args()


def main() -> int:
    """Search for each parser in turn; return how many broke a law."""
    given = _arguments()
    parsers = given.only or list(PARSERS)
    whole = given.minutes * 60
    how = "guided by coverage" if atheris else "by chance: atheris is not installed"
    _say(
        f"fuzz: {how}; seed {given.seed}; {whole / len(parsers):.1f} s for each parser"
    )
    end = _STARTED + whole
    broken = 0
    for number, parser in enumerate(parsers):
        # What one parser leaves of its share the others have.
        share = (end - time.monotonic()) / (len(parsers) - number)
        if share <= 0:
            _say(f"{parser}: no time is left for it")
        else:
            broken += _search(parser, share, given.seed)
    return broken


def _search(parser: str, share: float, seed: int) -> bool:
    """Search for a parser, and keep what was found, in `share` seconds together."""
    end = time.monotonic() + share
    seconds = share * _SEARCHING
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if atheris:
            broken = _apart(parser, folder, max(1, int(seconds)), seed)
        else:
            broken = _by_chance(parser, folder, seconds, seed)
        found = [path.read_bytes() for path in folder.iterdir()]
    looked_at = _keep(parser, found, end)
    late = (
        "" if looked_at == len(found) else f", {len(found) - looked_at} not looked at"
    )
    _say(f"{parser}: {len(found)} seen, {len(kept(parser))} kept{late}")
    return broken


def _apart(parser: str, folder: Path, seconds: int, seed: int) -> bool:
    """Run libFuzzer in a process of its own: it ends the process it runs in.

    A copy of this process, for a new one would read and prepare every module again.
    """
    for number, content in enumerate([*seeds(parser), *kept(parser).values()]):
        (folder / f"seed-{number}").write_bytes(content)
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            os.dup2(said.fileno(), sys.stdout.fileno())
            os.dup2(said.fileno(), sys.stderr.fileno())
            _guided(parser, folder, seconds, seed)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            said.seek(0)
            _say(said.read()[-6000:].decode(errors="replace"))
    return status != 0


def _guided(parser: str, folder: Path, seconds: int, seed: int) -> None:
    """Let libFuzzer search; it writes to the folder and does not return."""
    (CORPUS / parser).mkdir(exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={MOST[parser]}",
        f"-seed={seed % 2**31 or 1}",
        f"-artifact_prefix={CORPUS / parser}/",
        "-timeout=10",
    ]
    atheris.Setup(
        [sys.argv[0], *options, str(folder)],
        lambda content: _feed(parser, content),
        custom_mutator=_mutate,
    )
    atheris.Fuzz()


def _feed(parser: str, content: bytes) -> None:
    holds(parser, content)


def _mutate(content: bytes, most: int, seed: int) -> bytes:
    """Change bytes as libFuzzer does, or, half of the time, as the tests do."""
    random = Random(seed)  # noqa: S311 (no secret)
    if random.random() < 1 / 2:
        mutated: bytes = atheris.Mutate(content, most)
        return mutated
    return Mutator(random, [content], most).input()


def _by_chance(parser: str, folder: Path, seconds: float, seed: int) -> bool:
    random = Random(seed)  # noqa: S311 (no secret)
    mutator = Mutator(random, seeds(parser), MOST[parser])
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        content = mutator.input()
        try:
            taken = holds(parser, content)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is the find)
            _say(f"{parser}: {error!r}")
            _write(parser, content, "crash-")
            return True
        if taken:
            (folder / _name(content)).write_bytes(content)
    return False


def _keep(parser: str, found: list[bytes], end: float) -> int:
    """Keep the smallest inputs that reach what the vectors do not, and the broken.

    Args:
        parser: whose they are.
        found: inputs of this search.
        end: of the monotonic clock; what is not looked at by then changes nothing.

    Returns:
        How many of `found` were looked at.
    """
    before = kept(parser)
    reached = set[Step]()
    for seed in seeds(parser):
        if time.monotonic() >= end:
            return 0
        reached |= _steps(parser, seed)
    names = {content: name for name, content in before.items()}
    left = sorted({*found, *before.values()}, key=lambda c: (len(c), c))
    chosen = {name for name in before if name.startswith("crash-")}
    while left and time.monotonic() < end:
        content = left.pop(0)
        new = _steps(parser, content) - reached
        if new and len(chosen) < FILES:
            reached |= new
            chosen.add(_write(parser, content))
    chosen |= {names[content] for content in left if content in names}
    for name in before.keys() - chosen:
        (CORPUS / parser / name).unlink()
    return len(found) - len({*left} & {*found})


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _write(parser: str, content: bytes, before: str = "") -> str:
    name = before + _name(content)
    (CORPUS / parser).mkdir(exist_ok=True)
    (CORPUS / parser / name).write_bytes(content)
    return name


def _steps(parser: str, content: bytes) -> set[Step]:
    """Name the steps from line to line that an input takes through the room."""
    with _traced() as steps:
        try:
            holds(parser, content)
        except Exception as error:  # noqa: BLE001 (told when it was found)
            _say(f"{parser}: {error!r}")
    return steps


@contextmanager
def _traced() -> Iterator[set[Step]]:
    steps: set[Step] = set()
    last: dict[int, int] = {}

    def line(frame, event, _argument):
        key, number = id(frame), frame.f_lineno
        steps.add((frame.f_code.co_qualname, last.get(key, 0), number))
        last[key] = number
        return line

    def call(frame, event, _argument):
        last.pop(id(frame), None)
        return (
            line if any(room in frame.f_code.co_filename for room in _ROOMS) else None
        )

    sys.settrace(call)
    try:
        yield steps
    finally:
        sys.settrace(None)


if __name__ == "__main__":
    sys.exit(main())
