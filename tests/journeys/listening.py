"""Listen to a page as a screen reader does: Chromium's own accessibility tree."""

import re
from dataclasses import dataclass
from itertools import pairwise

_SILENT = {"none", "generic", "InlineTextBox", "LineBreak", "ListMarker"}
_LANDMARKS = ("banner", "main", "contentinfo")
SHOWN = r"""() => {
    const found = [], walker = document.createTreeWalker(document.body, 4);
    for (let node; (node = walker.nextNode());) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const [line] = range.getClientRects();
        if (!line || !node.data.trim()) continue;
        const columns = [...document.querySelectorAll("ul")].find(one =>
            one.contains(node) && getComputedStyle(one).columnWidth !== "auto");
        const box = columns ? columns.getBoundingClientRect() : line;
        found.push([node.data, Math.round(box.top), Math.round(box.bottom)]);
    }
    return found;
}"""  # each text that is shown, with the edges of its first line, or of its columns


@dataclass(frozen=True)
class Told:
    """One thing that is told. `level`: of a heading, 0 of everything else."""

    role: str
    name: str
    level: int = 0


def told(page):
    """List what a screen reader is told of a page, in its order."""
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return list(_below(nodes[0], by_id))


def _below(node, by_id):
    role = node.get("role", {}).get("value", "")
    if not node["ignored"] and role not in _SILENT:
        level = [p for p in node.get("properties", ()) if p["name"] == "level"]
        number = level[0]["value"]["value"] if level and role == "heading" else 0
        yield Told(role, node.get("name", {}).get("value", ""), number)
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from _below(by_id[child], by_id)


def mistakes(page):
    """Name what somebody who listens would miss, or hear in another order than seen."""
    heard = told(page)
    shown = page.evaluate(SHOWN)
    said = "".join(one.name for one in heard if one.role == "StaticText")
    found = []
    if _bare(said) != _bare("".join(text for text, *_edges in shown)):
        found.append("words are shown that are not told in their order, or told alone")
    found += [
        f"{after[0].strip()[:40]!r} is told after what stands below it"
        for before, after in pairwise(shown)
        if after[2] <= before[1]
    ]
    found += [
        f"{one.role} without a name"
        for one in heard
        if one.role in {"link", "image", "button", "region", "group"} and not one.name
    ]
    levels = [0, *(one.level for one in heard if one.role == "heading")]
    deeper = (b > a + 1 for a, b in pairwise(levels))
    if levels.count(1) != 1 or any(deeper):
        found.append(f"headings go {levels[1:]}")
    marks = [one.role for one in heard if one.role in _LANDMARKS]
    if marks != [one for one in _LANDMARKS if one in marks] or "main" not in marks:
        found.append(f"landmarks go {marks}")
    return found


def _bare(text):
    """Leave out space: whether there is any between two lines is not told."""
    return re.sub(r"[\s\u200e\u200f]+", "", text)
