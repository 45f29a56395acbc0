"""The first document of a feed: the newest twenty in every script."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urljoin

import feedparser
import pytest

from edition.paper import FIRST, plain_story, release, salt, service
from tamizdat.edition.pages import (
    PAGE_BYTES,
    card,
    corrections_list,
    news_list,
    noted,
)

HOME = "https://press.example"
WORDS = {  # of some length, in scripts of one, two and three bytes a letter
    "en": "river record village council answer letter month seventeen",
    "ru": "река запись деревня совет ответ письмо месяц семнадцать",
    "hy": "գետ արձանագրություն գյուղ խորհուրդ պատասխան նամակ ամիս",
    "ka": "მდინარე ჩანაწერი სოფელი საბჭო პასუხი წერილი თვე ჩვიდმეტი",
}


def prose(language, seed, letters):
    """Write words of a language, none of them twice in the same order."""
    some, found = WORDS[language].split(), ""
    while len(found) < letters:
        digest = sha256(f"{seed} {len(found)}".encode()).digest()
        found += f"{some[digest[0] % len(some)]}{'. ' if digest[1] < 32 else ' '}"
    return found[:letters].strip()


def corrected(language, hour):
    """Make the releases of a story that was corrected half an hour later."""
    first = release(1, "publish")
    second = release(2, "correction", prose(language, f"note {hour}", 280))
    time = FIRST + timedelta(hours=hour)
    return (
        replace(first, time=time, salt=salt(f"first {hour}")),
        replace(second, time=time + timedelta(minutes=30), salt=salt(f"{hour}")),
    )


def wide(language, headline, standfirst, count=45):
    """Print the feeds of stories of some length, each fifth corrected, by path."""
    ours = replace(service(home=HOME), id=language, language=language)
    told = [
        plain_story(
            n,
            id=f"told-of-the-river-{n}",
            uri=f"tag:press.example,2026:{language}/told-of-the-river-{n}",
            language=language,
            headline=f"{n} {prose(language, n, headline)}",
            standfirst=prose(language, -n, standfirst),
            **({} if n % 5 else {"releases": corrected(language, n)}),
        )
        for n in range(1, count + 1)
    ]
    noted_ = [
        replace(one, releases=corrected(language, n)) for n, one in enumerate(told)
    ]
    notes = [note for one in noted_ for note in noted(one, ())]
    cards = sorted(map(card, told), key=lambda one: one.published)
    pages = news_list(ours).pages(cards, lambda one: one.published)
    pages += corrections_list(ours).pages(notes, lambda one: one.time)
    return {p.path: p.content for p in pages if not p.path.endswith(".html")}


FIRSTS = ("news.atom", "feeds/news.rss", "feeds/news.json", "corrections.atom")


def told(path, content):
    """Read the entries of a document: title and summary of each, newest first."""
    if path.endswith(".json"):
        items = json.loads(content)["items"]
        return [(one["title"], one["content_text"]) for one in items]
    feed = feedparser.parse(content)
    assert not feed.bozo, (path, feed.get("bozo_exception"))
    return [(one.title, one.get("summary", "")) for one in feed.entries]


@pytest.mark.parametrize("language", WORDS)
def test_first_document_tells_of_the_newest_twenty_in_every_script(language):
    """What does not fit is said in fewer words, alike for all; headlines are whole."""
    printed = wide(language, 76, 127)
    for path in FIRSTS:
        entries = told(path, printed[path])
        summaries = [summary for _, summary in entries]

        assert len(entries) >= 20, path
        assert len(printed[path]) <= PAGE_BYTES
        assert len(gzip.compress(printed[path])) <= PAGE_BYTES // 2
        assert not any("…" in title for title, _ in entries)
        assert all(len(title) > 70 for title, _ in entries)
        assert all(len(summary) > 25 for summary in summaries)
    kinds = [s for _, s in told(FIRSTS[0], printed[FIRSTS[0]]) if ": " in s]
    assert len(kinds) >= 4
    whole = [e for p, c in printed.items() if "/all_" in p for e in told(p, c)]
    assert whole
    assert not any("…" in summary for _, summary in whole)
    assert printed == wide(language, 76, 127)


@pytest.mark.parametrize("language", WORDS)
def test_first_document_of_endless_headlines_tells_of_twenty_too(language):
    """Headlines are shortened alike where they leave no room; the chain loses none."""
    printed = wide(language, 400, 127)
    for path in FIRSTS:
        titles = [title for title, _ in told(path, printed[path])]

        assert len(titles) >= 20, path
        assert len(printed[path]) <= PAGE_BYTES
        assert all(len(title) > 40 for title in titles)
    seen, path = set(), "news.atom"
    while path:
        feed = feedparser.parse(printed[path])
        seen |= {entry.id for entry in feed.entries}
        after = [one.href for one in feed.feed.links if one.rel == "next"]
        path = urljoin(path, after[0]) if after else ""
    assert len(seen) == 45
