"""Turn a draft into a wire item: the rules that hold for every family.

In this order: private passages out, notes to editors, the heading, who wrote it,
the dateline, the ending, the language, and last what only editors act on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tamizdat.wire import faults
from tamizdat.wire.decode import Decoded
from tamizdat.wire.draft.bylines import houses_of, untitled
from tamizdat.wire.draft.credit import agencies_in, credit_line
from tamizdat.wire.draft.dates import instant_of
from tamizdat.wire.draft.desk import Sorted, sort_passages, without_contact
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.embargo import lifted_at, mentions_embargo, states_embargo
from tamizdat.wire.draft.ending import Ending, take_ending
from tamizdat.wire.draft.foreign import foreign_of
from tamizdat.wire.draft.habits import DESK_MARK
from tamizdat.wire.draft.heading import Heading, read_heading
from tamizdat.wire.draft.lead import Lead, take_lead
from tamizdat.wire.draft.passages import Passage, with_lists, with_subheads
from tamizdat.wire.draft.spoken import called, others
from tamizdat.wire.draft.status import pubstatus_of, signal_of, urgency_of
from tamizdat.wire.draft.subjects import topics
from tamizdat.wire.draft.tongue import language_for
from tamizdat.wire.errors import NoItemError, WireError
from tamizdat.wire.houses import sender_in
from tamizdat.wire.items import Block, Credited, WireItem, warned
from tamizdat.wire.language import direction_of
from tamizdat.wire.parsers.saved_text.spelling import sound
from tamizdat.wire.receipt import Receipt, ReceiptWriter

_EMPTY = Receipt("", "", "", 0, "", (), ())  # until all warnings are known


@dataclass(frozen=True, slots=True)
class Source:
    """Hold the file an item came from.

    Attributes:
        data: the bytes of the whole file.
        file: its name, for messages.
        decoded: its text, with how the encoding was found.
    """

    data: bytes
    file: str
    decoded: Decoded


_IN_BRACKETS = re.compile(r"\[[^\[\]]+\]|\([^()]+\)|\{[^{}]+\}")
# Families whose times hardly ever name a zone: nothing to tell of.
_WITHOUT_ZONES = {
    "iptc-7901",
    "anpa-1312",
    "docx",
    "html",
    "mhtml",
    "saved-text",
    "wxr",
}
MOST_ITEMS = 20_000  # of one file; what holds more is an archive
_TOLD = 5  # refusals that the next item's receipt names


def finish_all(drafts: Sequence[Draft | WireError], source: Source) -> list[WireItem]:
    """Finish every draft of a file; a bad one never stops the others.

    The receipt of the next item, or of the last one, tells what was refused and why.

    Args:
        drafts: in the order of the file; an error where none could be made.
        source: the file.

    Raises:
        ParserFaultError: every draft met a fault of the rules.
        NoItemError: no draft holds anything; see `finish`.
    """
    items: list[WireItem] = []
    refused: list[WireError] = []
    for number, draft in enumerate(drafts[:MOST_ITEMS], start=1):
        place = f"item {number}" if len(drafts) > 1 else "the whole file"
        found = _tried(draft, source, place)
        if isinstance(found, WireError):
            refused.append(found)
        else:
            items.append(warned(found, _told_of(refused)))
            refused = []
    if not items:
        raise refused[0]
    items[-1] = warned(items[-1], _told_of(refused))
    if len(drafts) > MOST_ITEMS:
        told = f"{len(drafts):,} items: only the first {MOST_ITEMS:,} are read"
        items[0] = warned(items[0], [told])
    return items


def _tried(
    draft: Draft | WireError, source: Source, place: str
) -> WireItem | WireError:
    """Finish a draft, or give the error for which that cannot be."""
    if isinstance(draft, WireError):
        return draft
    try:
        with faults.told(source.file, draft.family, place):
            return finish(draft, source)
    except WireError as error:
        # A traceback would keep every tree that was refused.
        return error.with_traceback(None)


def _told_of(refused: list[WireError]) -> list[str]:
    """Say which items were refused; of very many the last."""
    more = len(refused) - _TOLD
    told = [f"another item of the file was refused: {one}" for one in refused[-_TOLD:]]
    return [*told, *([f"{more:,} more items were refused"] if more > 0 else [])]


def finish(draft: Draft, source: Source) -> WireItem:
    """Apply the rules of spec/wire-item.md to a draft.

    Raises:
        NoItemError: it says nothing at all.
    """
    story = _story(draft)
    told = (draft.guid, story.heading.headline, draft.media, draft.associations)
    if not any(told) and not story.ending.passages:
        raise NoItemError(source.file, f"the item in line {draft.line}")
    item = WireItem(
        family=draft.family,
        type=draft.type,
        receipt=_EMPTY,
        **_of_the_story(draft, story),
        **_for_editors(draft, story),
    )
    said = called(part.block for part in story.ending.passages)
    foreign = foreign_of(item, draft, said)
    return replace(item, foreign=foreign, receipt=_sealed(draft, source))


@dataclass(frozen=True, slots=True)
class _Story:
    heading: Heading
    lead: Lead
    ending: Ending

    @property
    def authors(self) -> tuple[Credited, ...]:
        """Name who wrote it: above the text, else below."""
        return self.lead.byline or tuple(self.ending.signed)


def _story(draft: Draft) -> _Story:
    """Read the story itself, from the outside in."""
    draft.provider = draft.provider or sender_in(draft.guid)
    headline = next(iter(draft.headlines), "")
    parts = sort_passages(draft.passages, draft.receipt, headline)
    if draft.passages and not parts.text and parts.hidden:
        draft.receipt.warn("all of the text stands below a mark: not for publication")
    notes = [*draft.ednotes, *parts.ednotes]
    draft.ednotes = [n for one in notes if (n := without_contact(one, draft.receipt))]
    draft.bylines += parts.by_role.get("byline", [])
    draft.datelines += parts.by_role.get("dateline", [])
    draft.headlines += parts.by_role.get("headline", [])
    draft.kicker = draft.kicker or " ".join(parts.by_role.get("kicker", [])) or None
    abstract = _abstract(draft, parts)
    if draft.slugline and sound(abstract) == sound(draft.slugline):
        abstract = ""
    if abstract and states_embargo(abstract):
        draft.ednotes.append(abstract)
        abstract = ""
    draft.rights = draft.rights or " ".join(parts.by_role.get("copyright", [])) or None
    heading = read_heading(draft, parts.text, draft.receipt)
    _hold(draft)
    text = with_subheads(with_lists(parts.text))
    lead = take_lead(draft, text, heading.headline, abstract, draft.receipt)
    taglines = parts.by_role.get("tagline", [])
    own = [*agencies_in(draft.credits), *([draft.provider] if draft.provider else [])]
    ending = take_ending(lead.passages, taglines, draft.receipt, own)
    return _Story(heading, lead, ending)


def _abstract(draft: Draft, parts: Sorted) -> str:
    """Read the standfirst; a second one, in the text, stays there."""
    shown = parts.by_role.get("abstract", [])
    if not draft.abstract:
        return " ".join(shown)
    if shown and sound(" ".join(shown)) != sound(draft.abstract):
        again = [Passage(Block("paragraph", text)) for text in shown]
        parts.text[:0] = again
    return draft.abstract


def _hold(draft: Draft) -> None:
    """Hold what is under an embargo in words, to the time they say if it is certain."""
    said = [*draft.ednotes, *([draft.usageterms] if draft.usageterms else [])]
    notes = [note for note in said if mentions_embargo(note)]
    if not notes or (draft.embargo or "").strip():
        return
    sent = instant_of(draft.updated_at or draft.published_at, "", ReceiptWriter())
    draft.embargo = next((t for n in notes if (t := lifted_at(n, sent))), None)
    if draft.embargo is not None:
        draft.receipt.warn(f"the embargo is read from words: {draft.embargo}")
        return
    draft.receipt.warn("an embargo in words, see the ednote: no certain time, hold it")
    draft.pubstatus = draft.pubstatus or "withheld"


def _of_the_story(draft: Draft, story: _Story) -> dict[str, Any]:
    """Gather what a story is made of, and which one it is."""
    heading, lead, ending = story.heading, story.lead, story.ending
    running = "\n".join([heading.headline or "", *(p.text for p in ending.passages)])
    language = language_for(draft.language, running, draft.receipt)
    return {
        "provider": draft.provider,
        "guid": draft.guid,
        "version": draft.version,
        "language": language,
        "direction": direction_of(running),
        "slugline": DESK_MARK.sub("", draft.slugline) if draft.slugline else None,
        "kicker": draft.kicker,
        "headline": heading.headline,
        "byline": untitled(draft, story.authors),
        "bio": draft.bio or ending.bio,
        "contributors": untitled(draft, (*draft.contributors, *ending.contributors)),
        "dateline": lead.dateline if lead.dateline and lead.dateline.place else None,
        "rights": draft.rights or ending.rights,
        "abstract": lead.abstract,
        "body": others((part.block for part in ending.passages), language),
        "media": tuple(draft.media),
        "associations": tuple(draft.associations),
    }


def _for_editors(draft: Draft, story: _Story) -> dict[str, Any]:
    """Read what only editors act on: status, times, terms, credit."""
    receipt = draft.receipt
    signal = signal_of(draft, story.heading, receipt)
    published = instant_of(draft.published_at, "first created", receipt)
    updated = instant_of(draft.updated_at, "this version created", receipt)
    credits_ = [*draft.credits, *story.ending.credits] or houses_of(story.authors)
    embargo = instant_of(draft.embargo, "embargo", receipt)
    if draft.family not in _WITHOUT_ZONES:
        _tell_zoneless({"published": published, "updated": updated}, receipt)
    _tell_zoneless({"embargo": embargo}, receipt)
    return {
        "pubstatus": pubstatus_of(draft, receipt),
        "signal": signal,
        "breaking": draft.breaking or story.heading.breaking,
        "updated": signal in {"update", "correction", "replace"},
        "urgency": urgency_of(draft.urgency, receipt),
        "subjects": topics(draft.subjects),
        "embargo": embargo,
        "published_at": published or updated,
        "updated_at": updated if published and updated != published else None,
        "credit": credit_line(credits_),
        "credit_agencies": agencies_in(credits_),
        "usageterms": draft.usageterms,
        "ednote": "\n".join(_each_once(draft.ednotes)) or None,
    }


def _tell_zoneless(times: dict[str, str | None], receipt: ReceiptWriter) -> None:
    """Say which times name no zone, so that nobody takes them for another's."""
    told = [name for name, at in times.items() if at and "T" in at and at[-1] != "Z"]
    if told:
        receipt.warn(f"names no zone: {' and '.join(told)}")


def _each_once(notes: list[str]) -> list[str]:
    """Keep each note once, without the brackets that stand round all of it."""
    bare = [
        note[1:-1].strip() if _IN_BRACKETS.fullmatch(note) else note for note in notes
    ]
    once = {sound(note): note for note in reversed(bare) if note}
    return list(reversed(once.values()))


def _sealed(draft: Draft, source: Source) -> Receipt:
    decoded = source.decoded
    return draft.receipt.seal(draft.family, decoded.encoding, decoded.by, source.data)
