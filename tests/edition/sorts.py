"""Stories of every sort that a newsroom can release, by what each is like."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache

from edition import specimen
from edition.paper import (
    FIRST,
    TEXTS,
    every_story,
    full_story,
    plain_story,
    release,
    rich_story,
)
from tamizdat.edition.blocks import Block, Box, Embed, Foreign, Post
from tamizdat.edition.stories import Dateline, Story


@cache
def every_sort(language: str) -> Mapping[str, Story]:
    """Make a story of every sort; not to be changed."""
    return {
        **_usual(language),
        **_released(language),
        **_live(language),
        **_shaped(language),
        **_long(language),
        **_headed(language),
    }


def _usual(language: str) -> dict[str, Story]:
    full, words = full_story(language), TEXTS[language]
    return {
        "full": full,
        "every": every_story(language),
        "plain": plain_story(3, language),
        "rich": rich_story(language),
        "breaking": replace(full, breaking=True),
        "passages": specimen.passages_story(language),
        "foreign": specimen.foreign_story(language),
        "bare": replace(
            full,
            kicker=None,
            standfirst=None,
            dateline=None,
            bylines=(),
            credit_line=None,
            picture=None,
            lineage=None,
        ),
        "no day": replace(full, dateline=Dateline(words["place"], None)),
        "ours": replace(full, bylines=(*full.bylines, *rich_story(language).bylines)),
        **{f"mixed {n}": one for n, one in enumerate(specimen.mixed_stories(language))},
    }


def _released(language: str) -> dict[str, Story]:
    """Make stories that differ by their releases."""
    full, note = full_story(language), TEXTS[language]["note"]
    first, second = full.releases
    numbers = range(2, 60)
    noted = tuple(release(n, "correction", f"{note} {n}") for n in numbers)
    ledgers = {
        "retracted": (first, second, release(3, "retraction", note)),
        "withdrawn": (first, second, release(3, "withdrawal")),
        "redacted": (first, second, release(3, "redaction", note)),
        "note removed": (first, replace(second, note=None)),
    }
    found = {name: replace(full, releases=ours) for name, ours in ledgers.items()}
    return found | {"much noted": replace(_times(full, 6), releases=(first, *noted))}


def _live(language: str) -> dict[str, Story]:
    rich, words = rich_story(language), TEXTS[language]
    post = Post("one", FIRST, words["sub"], None, (Block("paragraph", "A " * 90),))
    posts = tuple(
        replace(post, id=f"p{n}", time=FIRST - timedelta(hours=n)) for n in range(30)
    )
    texts = tuple(Block("paragraph", one) for one in words["paragraphs"] * 5)
    return {
        "live": replace(rich, live="live"),
        "ended": replace(rich, live="ended"),
        "live, long": replace(rich, body=(*texts, *rich.body[:-2], *posts)),
    }


def _shaped(language: str) -> dict[str, Story]:
    """Make stories of blocks that are no paragraphs."""
    full, words = full_story(language), TEXTS[language]
    embed = Embed("https://t.example/1", words["quote"], "Telegram")
    wide = Block("table", rows=tuple((f"{n}", words["quote"]) for n in range(99)))
    cells = Block("table", rows=(("Cell one " * 900, "Cell two " * 900), ("1", "2")))
    items = Block("list", rows=_rows(*words["items"] * 200))
    return {
        "embed": replace(full, body=(embed,)),
        "box": replace(full, body=(Box(None, (Block("list", rows=_rows("1", "2")),)),)),
        "tables": replace(full, body=(*full.body, wide, wide)),
        "cells": replace(full, body=(cells, *full.body)),
        "items": replace(full, body=(items, items)),
    }


def _long(language: str) -> dict[str, Story]:
    """Make stories of several pages."""
    full, rich = full_story(language), rich_story(language)
    quote = TEXTS[language]["quote"]
    return {
        "long": _times(full, 6),
        "long rich": replace(rich, live="ended", body=rich.body[:-2] * 4),
        "one word": replace(full, body=(Block("paragraph", "long" * 9_000),) * 3),
        "spaces": replace(full, body=(Block("paragraph", f"{quote} "),) * 300),
    }


def _headed(language: str) -> dict[str, Story]:
    """Make stories of odd headlines and kickers."""
    full, words = full_story(language), TEXTS[language]
    long = _times(full, 6)
    return {
        "headline": replace(full, headline=(words["headline"] + " ") * 15),
        "long headline": replace(long, headline="W" * 3_000, kicker="K"),
        "no kicker": replace(long, headline="W" * 3_000, kicker=None),
        **_sectioned(full, long, words["section"]),
        "signs": replace(full, headline="<b>&\"'</b> / · x", kicker="a/b & <c>"),
    }


def _sectioned(full: Story, long: Story, name: str) -> dict[str, Story]:
    """Make stories whose kicker is the name of their section, in another language."""
    told = {"kicker": name, "foreign": (Foreign(name, "la"),)}
    return {
        "section": replace(full, kicker=name),
        "section, told": replace(full, **told),
        "section, long headline": replace(long, headline="W" * 3_000, **told),
    }


def _times(story: Story, times: int) -> Story:
    return replace(story, body=story.body * times)


def _rows(*texts: str) -> tuple[tuple[str], ...]:
    """Make rows of one cell."""
    return tuple((text,) for text in texts)
