"""Turn a draft into a wire item: the rules that hold for every family.

In this order: private passages out, notes to editors, the heading, who wrote it,
the dateline, the ending, the language, and last what only editors act on.
"""

from dataclasses import dataclass

from tamizdat.wire.decode import Decoded
from tamizdat.wire.draft.credit import agencies_in, credit_line
from tamizdat.wire.draft.dates import instant_of
from tamizdat.wire.draft.desk import sort_passages
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.ending import take_ending
from tamizdat.wire.draft.heading import read_heading
from tamizdat.wire.draft.lead import take_lead
from tamizdat.wire.draft.status import pubstatus_of, signal_of, urgency_of
from tamizdat.wire.draft.subjects import topics
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.draft.tongue import language_for
from tamizdat.wire.errors import NoBodyError
from tamizdat.wire.items import WireItem
from tamizdat.wire.language import direction_of


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


def finish(draft: Draft, source: Source) -> WireItem:
    """Apply the rules of spec/wire-item.md to a draft.

    Raises:
        NoBodyError: there is neither id nor headline nor body nor media.
    """
    receipt = draft.receipt
    sorted_ = sort_passages(draft.passages, receipt)
    draft.ednotes += sorted_.ednotes
    draft.bylines += sorted_.by_role.get("byline", [])
    draft.datelines += sorted_.by_role.get("dateline", [])
    draft.headlines += sorted_.by_role.get("headline", [])
    abstract = draft.abstract or one_line(" ".join(sorted_.by_role.get("abstract", [])))
    rights = draft.rights or one_line(" ".join(sorted_.by_role.get("copyright", [])))
    heading = read_heading(draft, sorted_.text, receipt)
    lead = take_lead(draft, sorted_.text, heading.headline, abstract or None, receipt)
    ending = take_ending(lead.passages, sorted_.by_role.get("tagline", []), receipt)
    body = tuple(part.block for part in ending.passages)
    if not (draft.guid or heading.headline or body or draft.media):
        raise NoBodyError(source.file, source.decoded.text.count("\n") + 1)
    running = "\n".join([heading.headline or "", *(p.text for p in ending.passages)])
    signal = signal_of(draft, heading, receipt)
    published = instant_of(draft.published_at, "first created", receipt)
    updated = instant_of(draft.updated_at, "this version created", receipt)
    embargo = instant_of(draft.embargo, "embargo", receipt)
    credit = credit_line([*draft.credits, *ending.credits])
    return WireItem(
        family=draft.family,
        type=draft.type,
        provider=draft.provider,
        guid=draft.guid,
        version=draft.version,
        pubstatus=pubstatus_of(draft, receipt),
        signal=signal,
        language=language_for(draft.language, running, receipt),
        direction=direction_of(running),
        slugline=draft.slugline,
        kicker=draft.kicker,
        headline=heading.headline,
        breaking=draft.breaking or heading.breaking,
        updated=heading.updated or signal in {"update", "correction", "replace"},
        byline=lead.byline,
        bio=draft.bio or ending.bio,
        contributors=(*draft.contributors, *ending.contributors),
        dateline=lead.dateline,
        urgency=urgency_of(draft.urgency, receipt),
        subjects=topics(draft.subjects),
        embargo=embargo,
        published_at=published or updated,
        updated_at=updated if published and updated != published else None,
        credit=credit,
        credit_agencies=agencies_in([*draft.credits, *ending.credits]),
        rights=rights or None,
        usageterms=draft.usageterms,
        ednote="\n".join(dict.fromkeys(filter(None, draft.ednotes))) or None,
        abstract=lead.abstract,
        body=body,
        media=tuple(draft.media),
        associations=tuple(draft.associations),
        receipt=receipt.seal(
            draft.family, source.decoded.encoding, source.decoded.by, source.data
        ),
    )
