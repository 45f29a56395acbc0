"""Make and keep the corpus of one size: records, our content file and a Hugo site.

The records come from the generator beside this repository; where it is absent, from
the words of the demo, which are real but few.
"""

import hashlib
import itertools
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from . import hugo, stories
from .measure import ROOT, remove, run, say
from .stories import Record

FRESH = 50  # records beyond the corpus, for what a sync adds
GENERATOR = ROOT.parent / "shared" / "tools" / "corpus.py"
_DEMO = ROOT / "src/tamizdat/server/demo/content"
_SHARE_OF_ONE = 3  # times as many records hold enough of the largest language
_DEMO_TAGS = [f"tag {number}" for number in range(200)]
_MAKERS = (
    "corpus.py",
    "stories.py",
    "hugo.py",
)  # another text of these, another corpus


@dataclass(frozen=True)
class Corpus:
    """A corpus on the disk. `count`: stories in it; `folder` holds all there is."""

    count: int
    folder: Path

    @property
    def content(self) -> Path:
        """Our content file: service documents, then one story a line."""
        return self.folder / "content.jsonl"

    @property
    def site(self) -> Path:
        """The source of the Hugo site."""
        return self.folder / "site"

    def records(self) -> Iterator[Record]:
        """Read the records of the corpus, and of FRESH stories after it."""
        with (self.folder / "records.jsonl").open("rb") as file:
            yield from map(json.loads, file)

    def pick(self, number: int) -> list[int]:
        """Choose stories to edit, spread over the archive, the same each time."""
        rng = random.Random(number)  # noqa: S311 - the same choice each time
        return rng.sample(range(self.count), number)

    def take(self, indexes: Iterable[int]) -> dict[int, Record]:
        """Read some records by their place."""
        wanted = set(indexes)
        return {i: r for i, r in enumerate(self.records()) if i in wanted}

    def write_content(
        self, path: Path, edited: Mapping[int, bytes], added: Iterable[bytes] = ()
    ) -> None:
        """Write the content file anew with some stories edited and some added."""
        with self.content.open("rb") as old, path.open("wb") as new:
            new.writelines(itertools.islice(old, len(stories.SERVICES)))
            for number, line in enumerate(old):
                new.write(edited.get(number, line))
            new.writelines(added)

    def write_months(self, folder: Path) -> None:
        """Write the content as a folder: one file a month, services in their own."""
        folder.mkdir(parents=True)
        with self.content.open("rb") as content:
            services = itertools.islice(content, len(stories.SERVICES))
            (folder / "services.jsonl").write_bytes(b"".join(services))
            for record, line in zip(self.records(), content, strict=False):
                with _month(folder, record).open("ab") as file:
                    file.write(line)

    def edit_month(self, folder: Path, record: Record, line: bytes) -> None:
        """Write the file of one month anew with a story edited."""
        path = _month(folder, record)
        head = line[: line.index(b'", ')]  # its uri
        rows = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(line if r.startswith(head) else r for r in rows))


def _month(folder: Path, record: Record) -> Path:
    return folder / f"{stories.utc(record['published'])[:7]}.jsonl"


def prepare(work: Path, count: int) -> Corpus:
    """Make the corpus of one size below a folder, or find it there."""
    source = b"".join(Path(__file__).with_name(m).read_bytes() for m in _MAKERS)
    version = hashlib.sha256(source + bytes(GENERATOR.exists())).hexdigest()[:8]
    corpus = Corpus(count, work / f"corpus-{version}-{count}")
    done = corpus.folder / "complete"
    if not done.exists():
        remove(corpus.folder)
        corpus.folder.mkdir(parents=True)
        _make(corpus)
        done.touch()
    return corpus


def of_one_language(language: str, count: int) -> Iterator[Record]:
    """Make records of one language, the same each time."""
    wanted = _SHARE_OF_ONE * count
    found = _generated(wanted) if GENERATOR.exists() else _demo_records(wanted)
    ours = (one for one in stories.extended(found) if one["service"] == language)
    return itertools.islice(ours, count)


def _make(corpus: Corpus) -> None:
    say(f"corpus of {corpus.count}: writing records")
    _write_records(corpus.folder / "records.jsonl", corpus.count + FRESH)
    say(f"corpus of {corpus.count}: writing our content and a Hugo site")
    hugo.write_frame(corpus.site)
    with corpus.content.open("wb") as file:
        file.writelines(map(stories.service_document, stories.SERVICES))
        for record in itertools.islice(corpus.records(), corpus.count):
            file.write(stories.story_document(record))
            hugo.write_page(corpus.site, record)


def _write_records(path: Path, count: int) -> None:
    found = _generated(count) if GENERATOR.exists() else _demo_records(count)
    with path.open("w", encoding="utf-8") as file:
        for record in stories.extended(found):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _generated(count: int) -> Iterator[Record]:
    yield from map(json.loads, run([sys.executable, GENERATOR, count]).splitlines())


def _demo_records(count: int) -> Iterator[Record]:
    """Shuffle the demo's sentences into records of about 400 words."""
    say(f"no {GENERATOR.name} beside this repository: the demo's words instead")
    rng = random.Random(count)  # noqa: S311 - the same corpus each time
    sentences = {s: _sentences(s) for s in stories.SERVICES}
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(count):
        service = rng.choice(["ru"] * 9 + ["fa"] * 5 + ["en"] * 4 + ["be", "hy"])
        pool = sentences[service]
        yield {
            "service": service,
            "slug": f"a{number:07d}",
            "section": rng.choice(stories.SECTIONS),
            "headline": _words(rng, pool, 9),
            "standfirst": _words(rng, pool, 24),
            "byline": _words(rng, pool, 2),
            "published": (start + timedelta(minutes=5 * number)).isoformat(),
            "tags": rng.sample(_DEMO_TAGS, 4),
            "body": [_words(rng, pool, 50) for _ in range(8)],
        }


def _sentences(service: str) -> list[str]:
    own = _DEMO / f"{service}.json"
    text = (own if own.exists() else _DEMO / "ru.json").read_text("utf-8")
    blocks = [b for s in json.loads(text)["stories"] for b in s["body"]]
    whole = " ".join(block.get("text", "") for block in blocks)
    return [s for s in re.split(r"(?<=[.!?؟])\s+", whole) if s]


def _words(rng: random.Random, pool: list[str], count: int) -> str:
    words: list[str] = []
    while len(words) < count:
        words += rng.choice(pool).split()
    return " ".join(words[:count])
