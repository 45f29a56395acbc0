"""Read the bylines of NITF, wherever their names and titles stand."""

from tamizdat.wire.draft.people import is_title, people_of
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.items import Credited
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import every, words


def read_byline(byline: Element) -> tuple[list[Credited], list[str]]:
    """Read one `byline`.

    Returns:
        People where title and name stand apart, else the lines as printed.
    """
    tag = words(byline, ".//bytag")
    title = words(byline, ".//byttl") or (tag if tag and is_title(tag) else None)
    lines = _lines(byline)
    if title is None or not lines:
        return [], lines or ([title] if title else [])
    people = people_of("\n".join(lines))
    return [Credited(one.name, one.role, one.title or title) for one in people], []


def _lines(byline: Element) -> list[str]:
    """Read every part of a byline but its titles: one line each."""
    people = [text for person in every(byline, ".//person") if (text := words(person))]
    if people:
        return people
    parts = [byline.text or ""]
    for child in byline:
        titled = child.tag == "bytag" and is_title(" ".join(child.itertext()))
        if child.tag not in {"byttl", "virtloc"} and not titled:
            parts.append(one_line(" ".join(child.itertext())))
        parts.append(child.tail or "")
    return [text for part in parts if (text := one_line(part))]
