"""Print what the releases of a story changed, on a page beside it.

Decides what of a frozen change is shown: all of it, of a retracted story only its
notice, of a withdrawn one nothing.

Source: spec/addresses.md, "Stories".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

from minijinja import Markup

from tamizdat.edition.blocks import Foreign, Mark
from tamizdat.edition.changes import NOTICE_PARTS
from tamizdat.edition.compare import (
    ADDED,
    KEPT,
    OMITTED,
    REMOVED,
    Run,
    behind_cut,
    beside,
)
from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import stamp
from tamizdat.edition.errors import StoryError
from tamizdat.edition.foreign import spoken
from tamizdat.edition.pages.addresses import article_path, continued, link, told_path
from tamizdat.edition.pages.budget import PAGE_BYTES, SHARES, fits
from tamizdat.edition.pages.cards import WITHDRAWN, note_of, standing
from tamizdat.edition.pages.flow import Piece, lay
from tamizdat.edition.pages.marked import told
from tamizdat.edition.pages.pager import page_name, pager
from tamizdat.edition.pages.theme import Page, frame, render
from tamizdat.edition.stories import SHOWN_KINDS, Change, Release, Service, Story
from tamizdat.edition.wording import wording

_CHANGED = (REMOVED, ADDED)
_GAP = "gap"  # a blank between both that stands in neither text
_MARGIN = 64  # bytes; the digits of page numbers are not known before the pages are
_LEAST_ROOM = 2_000  # bytes for the changes on each page


def changes_path(story: Story) -> str:
    """Give the path of the first page of what a story's releases changed."""
    return told_path(article_path(story))


def changes_pages(
    story: Story, service: Service, printed: Sequence[Page] = ()
) -> list[Page]:
    """Show what each release changed, newest first, with its note.

    Args:
        story: whose releases.
        service: whose pages.
        printed: the pages of the story; its first may lead here for notes.

    Returns:
        No page if nothing was changed and nothing leads here.

    Raises:
        StoryError: what stands around the changes leaves no room for them.
    """
    if not (_is_changed(story) or _leads_here(story, printed)):
        return []
    view, path = _view(story, service), changes_path(story)
    laid = _laid(story, service)
    found = []
    for number, pieces in enumerate(laid, 1):
        turns = pager(path, service.language, number, len(laid))
        content = _render(view, pieces, turns if len(laid) > 1 else None)
        found.append(Page(continued(path, number), content))
    return found


def _leads_here(story: Story, printed: Sequence[Page]) -> bool:
    """Tell whether notes without room on the first page of a story are led to."""
    stem = page_name(changes_path(story), 1).removesuffix("html")
    return any(f'<a href="{stem}'.encode() in page.content for page in printed[:1])


def changes_links(story: Story, service: Service) -> dict[int, str]:
    """Say where each release stands, if anything was changed, as `changes_places`."""
    return changes_places(story, service) if _is_changed(story) else {}


def changes_places(story: Story, service: Service) -> dict[int, str]:
    """Say where on these pages each release stands, as the article links to it."""
    path = changes_path(story)
    return {
        int(piece.anchor[1:]): link(f"{page_name(path, number)}#{piece.anchor}")
        for number, pieces in enumerate(_laid(story, service), 1)
        for piece in pieces
        if piece.anchor
    }


def _is_changed(story: Story) -> bool:
    """Tell whether there is anything to show: of most stories there is not."""
    return any(r.changes for r in story.releases) and standing(story) != WITHDRAWN


def _view(story: Story, service: Service) -> dict[str, Any]:
    words = wording(service.language)
    title = f"{words.plain['changes_title']} – {clipped(story.headline)}"  # noqa: RUF001
    return frame(changes_path(story), service, title) | {
        "slim": True,
        "salt": story.release.salt,
        "whole": _is_changed(story),
        "headline": told(clipped(story.headline), story.foreign),
        "article": link(page_name(article_path(story), 1)),
    }


@lru_cache(maxsize=1)  # the pages of the story ask for it, too, some more than once
def _laid(story: Story, service: Service) -> Sequence[Sequence[Piece]]:
    """Lay the changes on pages."""
    view, pieces = _view(story, service), list(_pieces(story, service))
    whole = _render(view, pieces, None)
    if fits(whole):
        return [pieces]
    place = f"{story.service}/{story.id}"
    turns = pager(changes_path(story), service.language, 2, 3)
    room = PAGE_BYTES - _MARGIN - len(_render(view, (), turns))
    if room < _LEAST_ROOM:
        reason = f"the frame leaves {room} bytes of a page, at least {_LEAST_ROOM}"
        raise StoryError(place, "headlines", reason)
    size = partial(_size, view)
    for share in SHARES:
        try:
            laid = lay(pieces, partial(_free, int(room * share)), size)
        except ValueError as error:
            raise StoryError(place, "tamizdat.releases", str(error)) from error
        if all(fits(_render(view, some, turns)) for some in laid):
            return laid
    raise StoryError(place, "tamizdat.releases", "too dense for pages of 8 KB of gzip")


def _render(
    view: Mapping[str, Any], pieces: Sequence[Piece], turns: dict[str, Any] | None
) -> bytes:
    return render("changes.html", {**view, "pieces": pieces, "pager": turns}).encode()


def _free(room: int, _number: int) -> int:
    return room


def _size(view: Mapping[str, Any], piece: Piece) -> int:
    part = {"lang": view["lang"], "dir": view["dir"], "piece": piece}
    return len(render("changed.html", part).encode())


def _pieces(story: Story, service: Service) -> Iterator[Piece]:
    if not _is_changed(story):
        yield from _notes(story, service)
        return
    parts = NOTICE_PARTS if standing(story) else None
    foreign = _foreign(story)
    for release in reversed(story.releases):
        yield _heading(release, story, service)
        changes = [c for c in release.changes or () if not parts or c.part in parts]
        for change in changes:
            words = wording(service.language).plain[f"part_{change.part}"]
            yield Piece("subhead", words)
            lines = (line for line in _lines(change) if line.text.strip())
            yield from (_told(line, foreign[release.number]) for line in lines)
        if release.changes == () and not parts:
            yield Piece("same")


def _notes(story: Story, service: Service) -> Iterator[Piece]:
    """Give the notes alone, as the story has them, by their day.

    Whether they stand here is a matter of room, which no release tells of: so nothing
    stands beside them that does not follow from the story's own pages.
    """
    for release in reversed(story.releases):
        if release.kind in SHOWN_KINDS:
            time = stamp(release.time, service)
            day = f'<time datetime="{time.iso[:10]}">{time.day}</time>'
            heading = _heading(release, story, service)
            yield replace(heading, aside=Markup(day))


def _foreign(story: Story) -> dict[int, tuple[Foreign, ...]]:
    """Say of each release which words are of other languages in what it changed.

    An earlier text has those that a later release took out.
    """
    found, known = {}, dict.fromkeys(story.foreign)
    for release in reversed(story.releases):
        known |= dict.fromkeys(release.foreign)
        found[release.number] = tuple(known)
    return found


def _told(line: Piece, foreign: Sequence[Foreign]) -> Piece:
    """Mark words of other languages in the text before and in the text now."""
    if not foreign:
        return line
    named: dict[int, str] = {}
    for other in _CHANGED:
        gone = {
            at
            for mark in line.marks
            if mark.kind in {other, _GAP}
            for at in range(mark.start, mark.end)
        }
        stands = [at for at in range(len(line.text)) if at not in gone]
        text = "".join(line.text[at] for at in stands)
        for mark in spoken(text, foreign):
            for at in stands[mark.start : mark.end]:
                named[at] = mark.language or ""
    return replace(line, marks=(*line.marks, *_stretches(named)))


def _stretches(named: Mapping[int, str]) -> Iterator[Mark]:
    """Make a mark of each stretch of letters in one language."""
    for _, some in groupby(
        enumerate(sorted(named)), key=lambda one: (one[1] - one[0], named[one[1]])
    ):
        places = [at for _, at in some]
        language = named[places[0]]
        yield Mark("language", places[0], places[-1] + 1, None, language)


def _heading(release: Release, story: Story, service: Service) -> Piece:
    time = stamp(release.time, service)
    note = note_of(release, service.language)
    return Piece(
        kind="release",
        text=note,
        marks=spoken(note, story.foreign),
        label=release.kind,
        aside=Markup(f'<time datetime="{time.iso}">{time.text}</time>'),
        anchor=f"r{release.number}",
    )


def _lines(change: Change) -> Iterator[Piece]:
    """Write one piece for each paragraph, with marks over what differs."""
    line, last = Piece("changed"), ""
    for run in _spaced(change.runs):
        for number, words in enumerate(run.text.split("\n")):
            if number:
                yield line
                line = Piece("changed")
            line = _with(line, run.kind, words, gap=last in _CHANGED)
            last = run.kind
    yield line


def _with(line: Piece, kind: str, words: str, *, gap: bool) -> Piece:
    """Put words at the end of a line. `gap`: part them from a change before."""
    if kind not in _CHANGED or not words:
        return replace(line, text=line.text + words)
    at = len(line.text)
    gap = gap and bool(line.text) and not words[0].isspace()
    parted = [Mark(_GAP, at, at + 1, None)] if gap else []
    end = at + len(parted) + len(words)
    mark = Mark(kind, end - len(words.lstrip() or words), end, None)
    text = f"{line.text} {words}" if gap else line.text + words
    return replace(line, text=text, marks=(*line.marks, *parted, mark))


def _spaced(runs: Iterable[Run]) -> list[Run]:
    """Put what is omitted where it belongs, and a sign where only a line ends.

    What stands on either side of words that stayed and are omitted has lines of its
    own, or it would read as one sentence.
    """
    found: list[Run] = []
    for before, run, after in beside(list(runs)):
        kind, words = run
        last = found[-1] if found else Run("", " ")
        if kind in _CHANGED and "\n" in words and not words.strip():
            words = words.replace("\n", "¶\n")
        if kind == OMITTED and last.kind in _CHANGED:
            found[-1] = Run(last.kind, last.text + words)
            continue
        if kind == OMITTED and found and after.text:
            ended = "\n" in (last.text[-1], after.text[0])
            words = words if ended else f"{words}\n{words}"
        if kind == KEPT and before.kind == OMITTED and last.kind in _CHANGED:
            words = behind_cut(words)
        parted = last.text[-1].isspace() or words[0].isspace()
        if OMITTED in (kind, last.kind) and not parted:
            words = f" {words}"
        found.append(Run(kind, words))
    return found
