"""Read agency copy that somebody saved as text: its dateline says whose it is.

The rules of agency copy hold for it as soon as a known agency stands in the
dateline of its first paragraph; without one it is a page like any other.
"""

from dataclasses import dataclass

from tamizdat.wire.items import Block, Credited, Dateline
from tamizdat.wire.receipt import ReceiptWriter


@dataclass(frozen=True, slots=True)
class Wired:
    """Hold what the dateline and the ending say; a page has hardly any of it.

    Attributes:
        dateline: place and date, None where there is none.
        body: without dateline and sign-offs.
        byline: who stands in the dateline beside the agency.
        contributors: who is named below the text.
        credits: the agency, and those of the ending.
        rights: line of copyright, None where there is none.
    """

    dateline: Dateline | None
    body: tuple[Block, ...]
    byline: tuple[Credited, ...] = ()
    contributors: tuple[Credited, ...] = ()
    credits: tuple[str, ...] = ()
    rights: str | None = None


def of_agency(blocks: tuple[Block, ...], receipt: ReceiptWriter) -> Wired | None:
    """Take dateline and sign-offs off a body; None where no agency is named."""
    # The draft's modules read the words of this package, so they come later.
    from tamizdat.wire.draft.credit import is_agency  # noqa: PLC0415
    from tamizdat.wire.draft.dateline import dateline_in  # noqa: PLC0415
    from tamizdat.wire.draft.ending import take_ending  # noqa: PLC0415
    from tamizdat.wire.draft.passages import Passage  # noqa: PLC0415
    from tamizdat.wire.draft.people import read_bylines  # noqa: PLC0415

    text = blocks[0].text if blocks and blocks[0].kind == "paragraph" else None
    found = dateline_in(text) if text else None
    if text is None or found is None or not found.agency or not is_agency(found.agency):
        return None
    first = Block("paragraph", text[found.end :].strip())
    whole = [first, *(block for block in blocks[1:] if _has_words(block))]
    passages = [Passage(block) for block in whole]
    ending = take_ending(passages, [], receipt)
    return Wired(
        dateline=found.dateline,
        body=tuple(part.block for part in ending.passages),
        byline=read_bylines([found.person] if found.person else []),
        contributors=tuple(ending.contributors),
        credits=(found.agency, *ending.credits),
        rights=ending.rights,
    )


def _has_words(block: Block) -> bool:
    """Tell a block from a rule between parts."""
    return block.text is None or any(map(str.isalnum, block.text))
