"""An archive that comes in: saved pages read, and brought into a newsroom.

The pages are the words of the corpus in five layouts that newsrooms have, with the
navigation, neighbours and footers of real ones; two of five mark their text nowhere.
"""

import html
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from . import stories
from .corpus import Corpus, of_one_language
from .measure import ROOT, BenchError, Cost, middle, program, remove, run, say, weigh
from .stories import Record
from .table import Row, cost, size

_LANGUAGE = "ru"  # of the service and of all pages
_BESIDE = 12  # links to neighbours on a page
_SHARE = 0.98  # of the words of a story that must come out
_LOOKED_AT = 200  # stories whose words are counted
_PEER = ROOT / "bench" / "incoming_peer.py"
_OURS = ROOT / "bench" / "incoming_ours.py"


def measure(corpus: Corpus, pairs: int) -> list[Row]:
    """Read all pages, alternated with the peer; then bring them into a newsroom."""
    folder = corpus.folder / "pages"
    remove(folder)
    records = list(_write(corpus, folder))
    mine, theirs = [], []
    outs = corpus.folder / "pages-ours.jsonl", corpus.folder / "pages-peer.jsonl"
    for number in range(1, pairs + 1):
        mine.append(weigh([sys.executable, _OURS, folder, outs[0]]))
        say(f"incoming {corpus.count}, {number} of {pairs}: ours {cost(mine[-1])}")
        theirs.append(weigh([sys.executable, _PEER, folder, outs[1]]))
        say(f"incoming {corpus.count}, {number} of {pairs}: peer {cost(theirs[-1])}")
    found = [_found(out, records) for out in outs]
    if found[0] < _SHARE:
        raise BenchError(f"pages: only {found[0]:.1%} of the words came out")
    brought = _bring(corpus, folder)
    remove(folder)
    return _rows(corpus.count, middle(mine), middle(theirs), found, brought)


def _write(corpus: Corpus, folder: Path) -> Iterator[Record]:
    records = of_one_language(_LANGUAGE, corpus.count)
    for number, record in enumerate(records):
        path = folder / f"{number // 1000:03}" / f"{number:06}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(record, number), encoding="utf-8")
        if number < _LOOKED_AT:
            yield record


def page(record: Record, number: int) -> str:
    """Write a story as one of five layouts has it."""
    texts = [html.escape(text) for text in stories.paragraphs(record)]
    text = "".join(f"<p>{one}</p>" for one in texts)
    title = html.escape(record["headline"])
    links = "".join(
        f'<li><a href="/a/{number + n}">{title[:40]} {n}</a></li>'
        for n in range(_BESIDE)
    )
    address = f"https://old.example/{record['service']}/{number}.html"
    head, body = _LAYOUTS[number % len(_LAYOUTS)]
    words = {
        "title": title,
        "text": text,
        "links": links,
        "address": address,
        "time": stories.utc(record["published"]),
        "linked": json.dumps(_linked(record, address), ensure_ascii=False),
        "author": html.escape(record["byline"]),
    }
    frame = (
        f'<!doctype html><html lang="{record["service"]}"><head><meta charset="utf-8">'
        f"<title>{title} | {stories.PAPER}</title>{head}</head><body>"
        "<header><nav><ul>{links}</ul></nav></header>" + body + "<footer><p>All rights"
        " reserved. Subscribe to our letter and follow us.</p></footer></body></html>"
    )
    for name, value in words.items():
        frame = frame.replace("{" + name + "}", value)
    return frame


def _linked(record: Record, address: str) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": record["headline"],
        "url": address,
        "datePublished": stories.utc(record["published"]),
        "author": {"@type": "Person", "name": record["byline"]},
    }


_META = (
    '<link rel="canonical" href="{address}"><meta property="article:published_time"'
    ' content="{time}"><meta name="author" content="{author}">'
)
_BESIDE_IT = '<aside class="related"><h3>More</h3><ul>{links}</ul></aside>'
_MARKED = (
    "<main><article><h1>{title}</h1><div class='share'>Share</div>"
    f"<div itemprop='articleBody'>{{text}}</div>{_BESIDE_IT}</article></main>"
)
_CLASSED = (
    "<div id='page'><h1>{title}</h1><div class='entry-content'>{text}</div>"
    f"{_BESIDE_IT}</div>"
)
_IN_A_TABLE = (
    "<table><tr><td><ul>{links}</ul></td><td><h1>{title}</h1><div>{text}</div></td>"
    "</tr></table>"
)
_BARE = (
    "<div class='c1'><div class='c2'><h1>{title}</h1><div>{text}</div></div>"
    "<div class='c3'><ul>{links}</ul></div></div>"
)
_LAYOUTS = (
    (
        f'{_META}<script type="application/ld+json">{{linked}}</script>',
        _MARKED,
    ),
    (_META, _CLASSED),
    (_META, f"<article><h1>{{title}}</h1>{{text}}{_BESIDE_IT}</article>"),
    (_META, _IN_A_TABLE),
    (_META, _BARE),
)


def _found(out: Path, records: list[Record]) -> float:
    """Say which share of the words of stories came out, words beside them taken off."""
    rows = [json.loads(line) for line in out.open(encoding="utf-8")]
    shares = []
    for record, row in zip(records, rows, strict=False):
        wanted = " ".join(stories.paragraphs(record)).split()
        got = row["text"].split()
        shared = len(wanted) - sum(1 for word in set(wanted) if word not in got)
        beside = max(0, len(got) - len(wanted))
        shares.append(max(0.0, (shared - beside) / len(wanted)))
    return sum(shares) / len(shares)


def _bring(corpus: Corpus, folder: Path) -> tuple[Cost, int]:
    """Bring all pages of one language into a new newsroom; count what came in."""
    home = corpus.folder / "pages-home"
    remove(home)
    tamizdat = program("tamizdat")
    who = ("--organisation-id", stories.ORGANISATION, "--organisation-name", "Bench")
    run([tamizdat, "init", home, *who])
    os.environ["TAMIZDAT_HOME"] = str(home)
    run([tamizdat, "service", "add", _LANGUAGE])
    report = corpus.folder / "pages-report.jsonl"
    words = ("wire", "import", folder, "--service", _LANGUAGE, "--json")
    shell = 'exec "$0" "$@" > "$REPORT" 2>/dev/null'
    os.environ["REPORT"] = str(report)
    price = weigh(["sh", "-c", shell, tamizdat, *words])
    last = report.read_text("utf-8").splitlines()[-1]
    summary = json.loads(last)["summary"]
    remove(home)
    del os.environ["TAMIZDAT_HOME"], os.environ["REPORT"]
    return price, int(summary["in"])


def _rows(
    count: int,
    mine: Cost,
    theirs: Cost,
    found: list[float],
    brought: tuple[Cost, int],
) -> list[Row]:
    at = f"incoming {count:,}"
    rates = count / mine.cpu, count / theirs.cpu
    read = (f"{rate:,.0f}" for rate in rates)
    price, came = brought
    return [
        Row(f"{at}: pages read in a CPU second", *read, rates[0] / rates[1]),
        Row(
            f"{at}: peak memory",
            size(mine.rss),
            size(theirs.rss),
            mine.rss / theirs.rss,
            least=False,
        ),
        Row(
            f"{at}: words found, words beside them taken off",
            *(f"{part:.1%}" for part in found),
            found[0] / max(found[1], 1e-9),
        ),
        Row(
            f"{at}: {came:,} stories read and recorded in a newsroom",
            f"{cost(price)}, {came / price.cpu:,.0f} in a CPU second",
            "-",
            came / price.cpu,
        ),
    ]
