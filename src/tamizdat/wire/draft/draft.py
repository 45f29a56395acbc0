"""Hold what a parser found, in the words of the copy, before any rule judged it.

A parser fills a draft and takes no decision of its own: what is private, who is
a person, where a dateline ends and which language this is, is decided once for all
families in `finish`.
"""

from dataclasses import dataclass, field

from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.items import Association, Block, Credited, Media
from tamizdat.wire.receipt import ReceiptWriter


@dataclass(slots=True, kw_only=True)
class Draft:
    """Collect the fields of one item as they stand in the copy.

    Attributes:
        family: name of the parser's family.
        line: of the file, on which the item begins.
        type: "text", "picture", "graphic", "video", "audio" or "package".
        language: tag or name as declared, right or wrong.
        headlines: in the order of trust; the first with words is taken.
        bylines: lines as printed, "By" and job titles included.
        byline, contributors: where the copy itself parts name, role and title.
        datelines: as printed: "MOSCOW, Monday (Reuters)".
        place, date: of the dateline, where the copy itself parts them.
        urgency: as sent, 1 to 9 or a word.
        subjects: codes with their scheme where it is known ("medtop:20000523").
        embargo, published_at, updated_at: as sent; `finish` reads them.
        credits: lines or names of whom the copy is credited to.
        signals: codes of the sender ("sig:update", "edStat:C", "Correction").
        ednotes: notes to editors, in order.
        abstract, standfirsts: the first one, and others that stand in its place.
        passages: the body, all of it.
        noted: texts of the file as its markup has them, wherever it names words of
            other languages; which of them is a text of the item, nobody knows yet.
        receipt: what was dropped and what an editor should look at.
    """

    family: str
    line: int = 1
    type: str = "text"
    provider: str | None = None
    guid: str | None = None
    version: str | None = None
    pubstatus: str | None = None
    signals: list[str] = field(default_factory=list)
    language: str | None = None
    slugline: str | None = None
    kicker: str | None = None
    headlines: list[str] = field(default_factory=list)
    breaking: bool = False
    bylines: list[str] = field(default_factory=list)
    byline: list[Credited] = field(default_factory=list)
    bio: str | None = None
    contributors: list[Credited] = field(default_factory=list)
    datelines: list[str] = field(default_factory=list)
    place: str | None = None
    date: str | None = None
    urgency: str | None = None
    subjects: list[str] = field(default_factory=list)
    embargo: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    credits: list[str] = field(default_factory=list)
    rights: str | None = None
    usageterms: str | None = None
    ednotes: list[str] = field(default_factory=list)
    abstract: str | None = None
    standfirsts: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    noted: list[Block] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    associations: list[Association] = field(default_factory=list)
    receipt: ReceiptWriter = field(default_factory=ReceiptWriter)
