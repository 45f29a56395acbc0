"""Read the lines and the metadata of all components of an item."""

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.habits import UNDER
from tamizdat.wire.draft.people import add_line, add_titled, people_of
from tamizdat.wire.items import Credited
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, line_of, values, words
from tamizdat.wire.parsers.newsml_1.content import CAPTIONS, role_of

_SUBJECTS = ("subjectdetail", "subjectmatter", "subject")
_ROUTING = ("ofinterestto", "location", "topicoccurrence")
_CODE_DIGITS = 8  # of an IPTC Subject Code


def read_metadata(item: Element, draft: Draft) -> None:
    """Read lines, credit, rights, language and subjects into a draft."""
    lines = [one for one in item.iter("newslines") if not _of_media(one)]
    for one in lines or list(item.iter("newslines")):
        _lines(one, draft)
    _administrative(item, draft)
    _rights(item, draft)
    descriptive = first(item, ".//descriptivemetadata/language", ".//language")
    told = {lang for one in item.iter("newscomponent") if (lang := one.get("lang"))}
    draft.language = (
        attribute(descriptive, "formalname", "lang")
        or attribute(item, "lang")
        or (told.pop() if len(told) == 1 else None)
    )
    draft.subjects += _subjects(item)


def _of_media(lines: Element) -> bool:
    """Tell lines of a picture or recording, whose headline is a caption."""
    component = lines.getparent()
    contents = [] if component is None else list(component.iter("contentitem"))
    files = any(attribute(one, "href") for one in contents)
    return files and not any(
        first(one, ".//datacontent") is not None and role_of(one) not in CAPTIONS
        for one in contents
    )


def _lines(lines: Element, draft: Draft) -> None:
    draft.headlines += [
        text for one in every(lines, "headline") if (text := words(one))
    ]
    below = UNDER.sub("", words(lines, "subheadline") or "", count=1)
    draft.abstract = draft.abstract or below or None
    title = words(lines, "bylinetitle")
    for one in every(lines, "byline"):
        text = words(one)
        if text and title:
            people = people_of(text)
            titled = [Credited(p.name, p.role, p.title or title) for p in people]
            add_titled(draft, titled)
        elif text:
            add_line(draft, text)
    dateline = words(lines, "dateline")
    draft.datelines += [dateline] if dateline else []
    credit = words(lines, "creditline")
    draft.credits += [credit] if credit else []
    draft.rights = draft.rights or words(lines, "copyrightline", "rightsline")
    slug = words(lines, "slugline")  # a name in the identification is for machines
    draft.slugline = slug or draft.slugline or words(lines, "keywordline")
    for one in every(lines, "newsline"):
        _other_line(one, draft)


def _other_line(line: Element, draft: Draft) -> None:
    kind = (attribute(first(line, "newslinetype"), "formalname") or "").lower()
    text = words(line, "newslinetext")
    if text is None:
        return
    if "note" in kind or "advisory" in kind or "instruction" in kind:
        draft.ednotes.append(text)
    elif "kicker" in kind or "overline" in kind:
        draft.kicker = draft.kicker or text
    elif kind in CAPTIONS:
        return  # beside its picture
    elif "abstract" in kind or "summary" in kind or "lead" in kind:
        draft.abstract = draft.abstract or text
    else:
        draft.receipt.drop(line_of(line), text, f"line of the kind {kind!r}")


def _administrative(item: Element, draft: Draft) -> None:
    """Read provider and sources; creators and contributors are logins of staff."""
    party = first(item, ".//administrativemetadata/provider/party", ".//provider/party")
    draft.provider = attribute(party, "formalname") or draft.provider
    if not draft.credits:
        draft.credits += values(
            item, ".//administrativemetadata/source/party", "formalname"
        )
    for path in (
        ".//administrativemetadata/creator",
        ".//administrativemetadata/contributor",
    ):
        for one in every(item, path):
            draft.receipt.drop(line_of(one), None, "staff named in the envelope")
    for one in every(item, ".//newsmanagement/comment"):
        text = words(one)
        draft.ednotes += [text] if text else []


def _rights(item: Element, draft: Draft) -> None:
    rights = first(item, ".//rightsmetadata")
    holder = words(rights, ".//copyrightholder")
    draft.rights = (
        draft.rights
        or " ".join(
            part for part in (holder, words(rights, ".//copyrightdate")) if part
        )
        or None
    )
    terms = [text for one in every(rights, "usagerights") if (text := words(one))]
    draft.usageterms = "\n".join(dict.fromkeys(terms)) or None


def _subjects(item: Element) -> list[str]:
    codes: list[str] = []
    for name in _SUBJECTS:
        for subject in item.iter(name):
            code = attribute(subject, "formalname")
            if code and code.isdigit() and len(code) == _CODE_DIGITS:
                codes.append(f"subj:{code}")
            elif code:
                codes.append(code)
    return codes
