"""The newest 50 stories: our pack beside 50 pages, each packed by itself.

A pack holds the words of 50 stories and no page of them, so the peers' pages are our
own: what a reader would fetch story by story. Every part and every page is compressed
by itself, as a host sends them. Ukrainian is in no corpus: its words are sentences of
our own catalogues, real ones that are no news; a part repeats none of them. What
continuous text of a language weighs is asked of `bench.prose`.
"""

import itertools
import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import mean

from tamizdat.edition import pack, parts
from tamizdat.edition.documents import read_document
from tamizdat.edition.pages import article_pages
from tamizdat.edition.stories import Service, Story

from . import stories
from .corpus import Corpus
from .measure import ROOT, gzipped, program, run, say
from .stories import Record
from .table import Row, size

# Design, section 6: bytes of gzip. Of Ukrainian and Belarusian as of Russian.
GOALS = {"ru": 109e3, "uk": 109e3, "be": 109e3, "hy": 109e3, "fa": 70e3, "en": 56e3}
_PACKS = 10  # whose mean is taken, each a few stories further on
_STEP = 7  # stories
WORDS = 400  # of a story, with headline, standfirst and byline
_WANTED = parts.REACH + _PACKS * _STEP
_SENTENCE = re.compile(r'^msgstr(?:\[\d\])? "(.{20,})"$', re.MULTILINE)
_PEERS = {"brotli 11": ("brotli", "-q", "11", "-c"), "zstd 19": ("zstd", "-19", "-c")}


def measure(corpus: Corpus) -> list[Row]:
    """Weigh packs of six languages beside their pages by gzip, brotli and zstd."""
    return [row for language in GOALS for row in _measure(corpus, language)]


def _measure(corpus: Corpus, language: str) -> Iterator[Row]:
    found = _stories(corpus, language)
    if len(found) < parts.WINDOW + _PACKS * _STEP:
        say(f"pack {language}: skipped, {len(found)} stories in the corpus")
        return
    ends = [len(found) - at * _STEP for at in range(_PACKS)]
    packs = [weigh(found[max(end - parts.REACH, 0) : end]) for end in ends]
    at = f"pack {language}: {parts.WINDOW} stories of {WORDS} words"
    held = mean(count for _bytes, count in packs)
    mine = mean(weight * parts.WINDOW / count for weight, count in packs)
    words = mean(words_of(found[end - parts.WINDOW : end]) for end in ends)
    yield Row(
        f"{at}; {held:.1f} in it",
        size(mine),
        f"{size(words)} of words alone",
        mine,
        GOALS[language],
        least=False,
    )
    pages = [_page(story, _service(language)) for story in found[-parts.WINDOW :]]
    for name, compress in _peers().items():
        theirs = compress(pages)
        yield Row(
            f"{at}, beside pages",
            size(mine),
            f"{name}: {size(theirs)}",
            mine / theirs,
            least=False,
        )


def _peers() -> dict[str, Callable[[Sequence[bytes]], int]]:
    """Name who compresses pages, each by itself."""
    found: dict[str, Callable[[Sequence[bytes]], int]] = {"gzip 9": gzipped}
    for name, (tool, *how) in _PEERS.items():
        command = program(tool)
        if command is None:
            say(f"pack: skipped, {tool} is not installed")
        else:
            found[name] = _piped([command, *how])
    return found


def _piped(command: Sequence[object]) -> Callable[[Sequence[bytes]], int]:
    return lambda pages: sum(len(run(command, feed=page)) for page in pages)


def weigh(newest: Sequence[Story]) -> tuple[int, int]:
    """Write a pack; give its bytes in gzip and how many stories are in it."""
    start = parts.start_of([story.id for story in newest])
    items = {
        (item.story, item.number): (item, story.release.salt)
        for story in newest[start:]
        for item in pack.items_of(story)
    }
    slots = [
        parts.Slot(one.story, one.number, one.published, len(one.content))
        for one, _salt in items.values()
    ]
    window = frozenset(story.id for story in newest[-parts.WINDOW :])

    @cache
    def write(part: parts.Part) -> bytes:
        some = [items[slot.story, slot.number] for slot in part.slots]
        return pack.write_part(newest[0].service, some)

    def holds(part: parts.Part) -> bool:
        return len(write(part)) <= pack.PART_BYTES

    filled = list(parts.fill(slots, window, parts.TEXT, holds))
    held = {slot.story for part in filled for slot in part.slots}
    return gzipped(map(write, filled)), len(held)


def words_of(some: Sequence[Story]) -> int:
    """Weigh the words of stories alone, cut and compressed as a pack is."""
    texts = []
    for story in some:
        lines = [text for _letter, text in pack.lines_of(pack.items_of(story))]
        texts.append("".join(f"{line}\n" for line in lines).encode())
    cut, room = [b""], pack.FULL_BYTES
    for text in texts:
        if len(cut[-1]) + len(text) > room:
            cut.append(b"")
        cut[-1] += text
    return gzipped(cut)


def _page(story: Story, service: Service) -> bytes:
    (page, *_later) = article_pages(story, service, section_name="Law")
    return page.content


def _service(language: str) -> Service:
    known = stories.SERVICES.get(language, "ltr")
    line = stories.service_document(language, known)
    found = read_document(line, language)
    if not isinstance(found, Service):
        raise TypeError(language)
    return found


# Stories


def _stories(corpus: Corpus, language: str) -> list[Story]:
    """Read stories of a language, cut to a length, oldest first."""
    if language in stories.SERVICES:
        records = (r for r in corpus.records() if r["service"] == language)
    else:
        records = _spoken(language)
    found = (story_of(r, language) for r in itertools.islice(records, _WANTED))
    return sorted(found, key=lambda one: (one.published, one.id))


def story_of(record: Record, language: str) -> Story:
    """Read a record, cut to 400 words, as the press reads its document."""
    found = read_document(stories.story_document(_cut(record)), language)
    if not isinstance(found, Story):
        raise TypeError(language)
    return found


def _cut(record: Record) -> Record:
    """Cut a story to so many words in all."""
    told = " ".join((record["headline"], record["standfirst"], record["byline"]))
    left = WORDS - len(told.split())
    body = []
    for paragraph in record["body"]:
        words = paragraph.split()[:left]
        left -= len(words)
        body += [" ".join(words)] if words else []
    return record | {"body": body}


def _spoken(language: str) -> Iterator[Record]:
    """Make records of the sentences that our catalogues have in a language.

    Each is said once before any is said again.
    """
    rng = random.Random(language)  # noqa: S311 - the same stories each time
    pool = _sentences(language)
    supply = (s for _ in itertools.count() for s in rng.sample(pool, len(pool)))
    names = sorted({word for s in pool for word in s.split() if word.isalpha()})
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(_WANTED):
        yield {
            "service": language,
            "slug": f"a{number:07d}",
            "section": rng.choice(stories.SECTIONS),
            "headline": _said(supply, 9),
            "standfirst": _said(supply, 24),
            "byline": " ".join(rng.sample(names, 2)),
            "published": (start + timedelta(minutes=25 * number)).isoformat(),
            "tags": [],
            "body": [_said(supply, 55) for _ in range(8)],
            "later": [],
            "source": None,
            "translations": [],
        }


def _said(supply: Iterator[str], count: int) -> str:
    words: list[str] = []
    while len(words) < count:
        words += next(supply).split()
    return " ".join(words[:count])


def _sentences(language: str) -> list[str]:
    files = sorted(Path(ROOT, "src").rglob(f"locale/{language}/LC_MESSAGES/*.po"))
    texts = [path.read_text("utf-8") for path in files]
    found = (match for text in texts for match in _SENTENCE.findall(text))
    return sorted({re.sub(r"%\(\w+\)[sd]|<[^>]+>|\\.", "", one) for one in found})
