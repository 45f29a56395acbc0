"""Read an element whose name is misspelt as the one that is missing there.

Only names that a parser asks for are looked for, only below the elements in which their
formats have them, and only where the true one does not stand beside. A name that is as
near to two of them, or of which two differ from one of them, is left as it is.
"""

from collections import Counter
from functools import lru_cache

from tamizdat.wire.markup.names import BLOCKS, SILENT
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import line_of
from tamizdat.wire.receipt import ReceiptWriter

# By element: what parsers ask for in it. Source: NITF 3.6, NewsML 1.2, NewsML-G2 2.
_ASKED = {
    "nitf": "head body",
    "head": "title docdata tobject",
    "docdata": "doc-id urgency date.issue date.release du-key fixture ed-msg series"
    " key-list correction doc.copyright doc.rights",
    "tobject": "tobject.subject",
    "body": "body.head body.content body.end",
    "body.head": "hedline byline dateline abstract distributor rights note",
    "hedline": "hl1 hl2",
    "dateline": "location story.date",
    "newsml": "newsenvelope newsitem",
    "newsitem": "identification newsmanagement newscomponent itemmeta contentmeta"
    " contentset rightsinfo",
    "packageitem": "itemmeta contentmeta groupset rightsinfo",
    "identification": "newsidentifier namelabel",
    "newsidentifier": "providerid newsitemid revisionid publicidentifier",
    "newsmanagement": "firstcreated thisrevisioncreated status statuswillchange urgency"
    " instruction newsitemtype",
    "newscomponent": "newslines administrativemetadata rightsmetadata contentitem"
    " descriptivemetadata newscomponent role",
    "newslines": "headline subheadline byline bylinetitle dateline creditline slugline"
    " copyrightline rightsline keywordline",
    "contentitem": "datacontent mediatype format",
    "descriptivemetadata": "language subjectcode",
    "newsmessage": "header itemset",
    "itemset": "newsitem packageitem",
    "itemmeta": "itemclass provider versioncreated firstcreated embargoed pubstatus"
    " ednote signal title",
    "contentmeta": "urgency contentcreated creator language subject slugline headline"
    " dateline byline creditline infosource description",
    "contentset": "inlinexml inlinedata remotecontent",
    "rightsinfo": "copyrightholder copyrightnotice usageterms",
    "groupset": "group",
}
# What else the formats have there, and agencies: none of it is misspelt.
_KNOWN = """
meta base pubdata iim ds revision-history evloc del-list date.expire doc-scope
identified-content headline kicker copyrite bodycontent tagline bibliography
tobject.property hl3 hl4 city region country catalog sentfrom transmissionid
sentto priority newsservice newsproduct dateandtime dateid previousrevision
derivedfrom associatedwith topicset property futurestatus update comment newsline
newslinetype newslinetext seriesline metadata basisforchoice topicuse newsitemref
characteristics encoding genre oflocation subjectdetail subjectmatter
subjectqualifier ofinterestto location keyword hoplist catalogref assert partmeta
service generator profile filename link memberof instanceof expires hash
contentmodified located audience by icon contributor rating rights accountable
inlineref sender timestamp sent destination channel
"""
_LONG = 7  # letters of a name in which two may be wrong; in others one
_MOST_NAMES = 20  # unknown names of one element that are looked at
_TOLD = 10  # names that a receipt has


def mend_names(tree: Element, receipt: ReceiptWriter) -> None:
    """Give misspelt elements of a tree their names, each with a warning.

    Args:
        tree: of NITF or NewsML, its names in lower case.
        receipt: is told what was read as what.
    """
    mended: Counter[tuple[str, str]] = Counter()
    lines: dict[tuple[str, str], int] = {}
    for holder in tree.iter():
        for element, name in _misspelt(holder) if holder.tag in _ASKED else ():
            pair = (element.tag, name)
            lines.setdefault(pair, line_of(element))
            mended[pair] += 1
            element.tag = name
    for (wrong, name), times in list(mended.items())[:_TOLD]:
        where = f"in line {lines[wrong, name]}"
        where += f" and {times - 1:,} more" if times > 1 else ""
        receipt.warn(f"<{wrong}> {where} is read as <{name}>, which is missing there")


def _misspelt(holder: Element) -> list[tuple[Element, str]]:
    """Pair the elements of one holder with the names that they should have."""
    there = {one.tag: one for one in holder}
    missing = set(_ASKED[str(holder.tag)].split()) - there.keys()
    odd = [tag for tag in there if tag not in _EVERY][:_MOST_NAMES]
    meant = {str(tag): _meant(str(tag), frozenset(missing)) for tag in odd}
    once = Counter(name for name in meant.values() if name)
    return [
        (one, name)
        for one in holder
        if (name := meant.get(str(one.tag))) and once[name] == 1
    ]


_EVERY = frozenset().union(
    _KNOWN.split(),
    BLOCKS,
    SILENT,
    _ASKED,
    *(names.split() for names in _ASKED.values()),
)


@lru_cache(maxsize=1_000)
def _meant(wrong: str, missing: frozenset[str]) -> str | None:
    """Tell which one of the missing names a misspelt one stands for."""
    far = {
        name: letters
        for name in missing
        if wrong != f"{name}s" and (letters := _letters_wrong(wrong, name)) is not None
    }
    near = [name for name, letters in far.items() if letters == min(far.values())]
    return near[0] if len(near) == 1 else None


def _letters_wrong(one: str, other: str) -> int | None:
    """Count the letters that turn one name into another; None where there are many.

    A letter is wrong, missing, too many or changed places with the next one.
    """
    most = 2 if len(other) >= _LONG else 1
    if abs(len(one) - len(other)) > most:
        return None
    before, above = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, meant in enumerate(other, start=1):
            cost = above[column - 1] + (letter != meant)
            cost = min(cost, above[column] + 1, line[-1] + 1)
            if row > 1 < column and one[row - 2 : row] == meant + other[column - 2]:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, above = above, line
    return above[-1] if above[-1] <= most else None
