"""Read the headline, and the marks round it that say which version this is."""

import re
from dataclasses import dataclass

from tamizdat.wire.draft.dateline import dateline_in
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.embargo import without_embargo
from tamizdat.wire.draft.habits_version import (
    FLASHES,
    IN_NOTES,
    IN_SLUG,
    LENGTHS_BEHIND,
    ROUTING,
    SHOUTED,
    SHOUTED_FLASHES,
    SLUG_FLASHES,
    VERSIONS,
    VERSIONS_BEHIND,
)
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.status import strongest
from tamizdat.wire.draft.text import typeset, unescaped, without_routing
from tamizdat.wire.parsers.saved_text.labels import is_breaking
from tamizdat.wire.parsers.saved_text.spelling import plain, sound
from tamizdat.wire.receipt import ReceiptWriter

_SENTENCE = re.compile(r"(?<=\w\w[.!?\u2026])[\"\u201d\u00bb']?\s+")
_ROUTED = re.compile(r"[A-Z]{2}-\S+$")  # a slug for machines: "BC-US--Bridge"
_DASHED = re.compile(r"^[-\u2013\u2014*]+\s+(?=\S)")
_MOST_WORDS = 25  # of a first sentence that stands for a headline
_NOTE_WORDS = 30  # of a note that says what a version does
_MOST_MARKS = 4  # before one headline


@dataclass(frozen=True, slots=True)
class Heading:
    """Hold the headline and what stood before it.

    Attributes:
        headline: without marks of routing and version.
        breaking: whether it or the slug said so.
        signal: "update", "correction", "replace", "kill" or None.
    """

    headline: str | None
    breaking: bool
    signal: str | None


def read_heading(
    draft: Draft, passages: list[Passage], receipt: ReceiptWriter
) -> Heading:
    """Read the first headline that has words; without one, slug or first sentence."""
    texts = (typeset(unescaped(text)) for text in draft.headlines)
    printed = next((text for text in texts if any(map(str.isalnum, text))), None)
    if printed is None:
        return _without(draft, passages, receipt)
    _tell_others(draft, printed, receipt)
    printed, embargo = without_embargo(without_routing(_DASHED.sub("", printed)))
    draft.ednotes += [embargo] if embargo else []
    headline, signals, flashed = _bare(printed)
    signals += [*signals_in(draft.slugline), *_in_notes(draft.ednotes)]
    return Heading(
        headline=headline,
        breaking=flashed or is_breaking(printed) or _flashes(draft.slugline),
        signal=strongest(signals),
    )


def _tell_others(draft: Draft, taken: str, receipt: ReceiptWriter) -> None:
    """Name the headlines that are not the one, nor one with more words round it."""
    known = [sound(taken)]
    known += [sound(text) for text in (draft.slugline, draft.abstract) if text]
    page = draft.family == "html"  # its title has the name of the site, too
    for text in (unescaped(one) for one in draft.headlines):
        spelled = sound(text)
        shown = any(spelled in one or (page and one in spelled) for one in known)
        if spelled and not shown:
            known.append(spelled)
            receipt.drop(1, text, "another headline")


def _without(draft: Draft, passages: list[Passage], receipt: ReceiptWriter) -> Heading:
    signals = [*signals_in(draft.slugline), *_in_notes(draft.ednotes)]
    flashed = _flashes(draft.slugline)
    signal = strongest(signals)
    text = next((p.block.text for p in passages if p.block.text), draft.abstract)
    text = draft.abstract or text if draft.type != "text" else text
    if draft.slugline and not (text and _ROUTED.match(draft.slugline)):
        receipt.warn("no headline: the slugline stands for it")
        return Heading(draft.slugline, flashed, signal)
    if text is None:
        return Heading(None, flashed, signal)
    receipt.warn("no headline: the first sentence stands for it")
    found = dateline_in(typeset(unescaped(text)))
    words = _SENTENCE.split(text[found.end :] if found else text)[0].split()
    cut = "\u2026" if len(words) > _MOST_WORDS else ""
    return Heading(" ".join(words[:_MOST_WORDS]) + cut, flashed, signal)


def _flashes(slugline: str | None) -> bool:
    return bool(SLUG_FLASHES.search(plain(slugline or "")))


def _bare(printed: str) -> tuple[str, list[str], bool]:
    """Take the marks off a headline, which stays itself if nothing else is left."""
    text, signals, flashed = without_routing(printed), list[str](), False
    for _ in range(_MOST_MARKS):
        spelled = plain(text)
        routing = ROUTING.match(spelled)
        flash = FLASHES.match(spelled) or SHOUTED_FLASHES.match(text)
        version = _version(text, spelled)
        found = (version[1] if version else None) or flash or routing
        if found is None or not any(map(str.isalnum, text[found.end() :])):
            break
        signals += [version[0]] if version else []
        flashed = flashed or (flash is not None and version is None)
        text = text[found.end() :]
    text = without_routing(text).strip()
    length = LENGTHS_BEHIND.search(plain(text))
    text = text[: length.start()] if length and length.start() else text
    for signal, form in VERSIONS_BEHIND:
        behind = form.search(plain(text))
        if behind is not None and behind.start():
            return text[: behind.start()], [*signals, signal], flashed
    return text, signals, flashed


def _version(text: str, spelled: str) -> tuple[str, re.Match[str]] | None:
    """Find the mark that opens a headline, by its ends or, in capitals, without."""
    both = ((VERSIONS, spelled), (SHOUTED, text))
    marks = ((s, form.match(said)) for forms, said in both for s, form in forms)
    return next(((s, mark) for s, mark in marks if mark), None)


def _in_notes(notes: list[str]) -> list[str]:
    """Read what short notes to editors say this version does to an earlier one."""
    short = [plain(note) for note in notes if len(note.split()) <= _NOTE_WORDS]
    return [s for s, form in IN_NOTES if any(form.search(note) for note in short)]


def signals_in(slugline: str | None) -> list[str]:
    """Read what a slug or a take key says of the version: "2nd Ld-Writethru"."""
    spelled = plain(slugline or "")
    return [signal for signal, form in IN_SLUG if form.search(spelled)]
