"""List the words of a story document in the order in which they are translated."""

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]


def words_of(content: Document) -> list[dict[str, str]]:
    """List texts as rows of `kind` and `text`.

    Args:
        content: a story document, with or without its ledger.

    Returns:
        kicker, headline, standfirst, body in order, then the words of the lead picture.
    """
    rows = [_row(one["role"], one["value"]) for one in content["headlines"]]
    rows.sort(key=lambda row: row["kind"] != "kicker")
    rows += [_row("standfirst", one["value"]) for one in content["descriptions"]]
    shown = {one["name"]: one for one in content["associations"]}
    for block in content["tamizdat"]["body"]:
        rows += _block(block, shown)
    if "lead" in shown:
        rows += _medium(shown["lead"])
    return rows


def _row(kind: str, text: str) -> dict[str, str]:
    return {"kind": kind, "text": text}


def _block(block: Document, shown: Mapping[str, Document]) -> Iterator[dict[str, str]]:
    kind = block["kind"]
    for key in ("title", "headline", "text", "source"):
        if block.get(key):
            yield _row(kind if key == "text" else key, block[key])
    for item in block.get("items", ()):
        yield _row("list", item)
    for cells in block.get("rows", ()):
        yield _row("table", " | ".join(cells))
    for name in (block.get("name"), *block.get("names", ())):
        if name:
            yield from _medium(shown[name])
    for inner in block.get("body", ()):
        yield from _block(inner, shown)


def _medium(medium: Document) -> Iterator[dict[str, str]]:
    for entry in medium.get("headlines") or ():
        yield _row("title", entry["value"])
    for entry in medium.get("descriptions") or ():
        yield _row(entry["role"], entry["value"])
    for entry in medium.get("bodies") or ():
        yield _row("transcript", entry["value"])
