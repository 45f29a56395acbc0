"""A newsroom in a process of its own: started by `publish`, one order a line.

Arguments: the newsroom's folder, the corpus's and its number of stories, and a list of
mirrors as JSON: name, folder and address each. Standard output: `{}` once the ledger is
full, then the answer to each order. Seconds are of the monotonic clock, which every
process of a machine shares.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from tamizdat.newsroom.commands import migrate, start_django
from tamizdat.newsroom.home import Organisation, make_home
from tamizdat.press.keys import new_organisation

from . import stories
from .corpus import FRESH, Corpus

# The 22 other services of an organisation of 27, one story each.
OTHERS = (
    *("ar", "az", "ba", "bg", "bs", "crh", "hu", "ka", "kk", "ky", "mk"),
    *("ps", "ro", "sq", "ce", "tg", "tk", "tr", "tt", "uk", "ur", "uz"),
)
EDITED = 200  # stories to choose from
_KINDS = ("update", "correction", "publish")


def main(home: Path, corpus: Corpus, mirrors: Sequence[Sequence[str]]) -> None:
    """Make a newsroom with a full ledger and serve orders until standard input ends."""
    make_home(
        home, Organisation(stories.ORGANISATION, stories.PAPER, 2024), "localhost", 8300
    )
    start_django(home)
    migrate()
    from . import ledger  # noqa: PLC0415 - needs Django

    services = ledger.open_services(OTHERS)
    records = corpus.records()
    ledger.fill(services, _spread(records, corpus.count))
    now = datetime.now(UTC).replace(microsecond=0)
    new_organisation(home / "keys", stories.ORGANISATION, sorted(services), now)
    _add_mirrors(mirrors)
    serve(corpus)


def _spread(records: Iterator[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    """Give the stories of a corpus, and one to each of the other services."""
    for number in range(count):
        record = next(records)
        yield record
        if number < len(OTHERS):
            yield {
                **record,
                "service": OTHERS[number],
                "source": None,
                "translations": [],
            }


def _add_mirrors(mirrors: Sequence[Sequence[str]]) -> None:
    from tamizdat.mirrors.actions import add_mirror  # noqa: PLC0415 - needs Django

    for number, (name, folder, url) in enumerate(mirrors):
        add_mirror(name, Path(folder), url, stories.ORGANISATION, archive=not number)


def serve(corpus: Corpus) -> None:
    """Obey orders: `print`, `first`, `release` with a number, `breaking`."""
    from tamizdat.press.home import open_press  # noqa: PLC0415 - needs Django

    from . import ledger  # noqa: PLC0415 - as above

    chain = open_press().chain
    chosen = _Chosen(corpus)
    _answer({})
    for order in map(json.loads, sys.stdin):
        if order["do"] in {"print", "first"}:
            everywhere = order["do"] == "first"
            services = [*stories.SERVICES, *OTHERS]
            _answer(vars(ledger.wait_for_first(services, everywhere=everywhere)))
            continue
        words = f"Written at {time.time_ns()}."
        if order["do"] == "breaking":
            releases = chosen.break_everywhere(words)
            ended = time.monotonic()
        else:
            pressed = ledger.press(chosen.story(order["number"], words))
            releases, ended = [ledger.at_end(pressed)], pressed.end
        seen = ledger.wait_for(releases)
        for release in releases:
            ledger.check(chain, release, words)
        _answer({"ended": ended, **vars(seen)})


class _Chosen:
    """The stories that are edited, and those that are new."""

    def __init__(self, corpus: Corpus) -> None:
        new = range(corpus.count, corpus.count + FRESH)
        records = corpus.take([*corpus.pick(EDITED), *new])
        self._edited = [r for i, r in records.items() if i < corpus.count]
        self._new = [r for i, r in records.items() if i >= corpus.count]

    def story(self, number: int, words: str) -> Any:
        """Give an update, a correction or a new story, in turn, not yet released."""
        from . import ledger  # noqa: PLC0415 - needs Django

        kind = _KINDS[number % len(_KINDS)]
        if kind == "publish":
            return ledger.add(self._new[number % FRESH], words)
        return ledger.edit(self._edited[number % EDITED], kind, words)

    def break_everywhere(self, words: str) -> list[Any]:
        """Release a new story in every service at once."""
        from . import ledger  # noqa: PLC0415 - needs Django

        with transaction.atomic():
            return [
                ledger.release(ledger.add({**self._new[0], "service": service}, words))
                for service in (*stories.SERVICES, *OTHERS)
            ]


def _answer(row: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _home, _folder, _count, _mirrors = sys.argv[1:]
    main(Path(_home), Corpus(int(_count), Path(_folder)), json.loads(_mirrors))
