"""Weigh a pack of continuous prose: python -m bench.prose LANGUAGE FILE.

The corpora are chains of words that mean nothing, so each sentence is news to whoever
compresses it; real text keeps to its subject. FILE has a paragraph a line and at least
20,000 words, which are cut in their order to stories of 400. It has to be brought:
prose of a language under a licence of its own is no part of this project.
"""

import itertools
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tamizdat.edition import parts

from . import stories
from .pack import WORDS, story_of, weigh, words_of
from .stories import Record
from .table import size

_HEADLINE, _STANDFIRST, _BYLINE = 9, 24, "Demo Press"  # words of the first two


def main(language: str, path: Path) -> int:
    """Print what 50 stories weigh, by as many packs as the text has words for."""
    made = sorted(
        (story_of(record, language) for record in _records(language, path)),
        key=lambda one: (one.published, one.id),
    )
    ends = range(len(made), parts.WINDOW - 1, -parts.WINDOW)
    if not ends:
        print(f"{path}: {len(made)} stories, expected {parts.WINDOW}")  # noqa: T201
        return 1
    for end in ends:
        weight, held = weigh(made[max(end - parts.REACH, 0) : end])
        alone = words_of(made[end - parts.WINDOW : end])
        each = size(weight * parts.WINDOW / held)
        print(f"{language}: {each}; {size(alone)} of words alone")  # noqa: T201
    return 0


def _records(language: str, path: Path) -> Iterator[Record]:
    """Cut prose to stories of 400 words in all."""
    start = datetime(2024, 1, 1, tzinfo=UTC)
    words = _words(path)
    for number in itertools.count():
        headline, standfirst = _taken(words, _HEADLINE), _taken(words, _STANDFIRST)
        told = _HEADLINE + _STANDFIRST + len(_BYLINE.split())
        body = _taken(words, WORDS - told)
        if not body:
            return
        yield {
            "service": language,
            "slug": f"a{number:07d}",
            "section": stories.SECTIONS[number % len(stories.SECTIONS)],
            "headline": " ".join(headline).replace("\n", ""),
            "standfirst": " ".join(standfirst).replace("\n", ""),
            "byline": _BYLINE,
            "published": (start + timedelta(minutes=25 * number)).isoformat(),
            "tags": [],
            "body": [line.strip() for line in " ".join(body).split("\n")],
            "later": [],
            "source": None,
            "translations": [],
        }


def _words(path: Path) -> Iterator[str]:
    """Give words in their order; the last one of a paragraph ends in a line feed."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            *before, last = line.split() or [""]
            yield from before
            if last:
                yield f"{last}\n"


def _taken(words: Iterator[str], count: int) -> list[str]:
    """Take so many words, or none if there are fewer."""
    found = list(itertools.islice(words, count))
    return found if len(found) == count else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
