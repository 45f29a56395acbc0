"""Build saved pages of the shape that real ones have, piece by piece."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tamizdat.wire.parsers import parse

SAMPLES = Path(__file__).parent / "samples"
HEADLINE = "Valley Council 'Open' To New Bridge After Second Spring Flood"
CAPTION = "Council workers carry sandbags at the old bridge during the flood."
PARAGRAPHS = (
    "The valley council says it may replace the old bridge before winter.",
    'The bridge "has served everyone who needed it," a spokeswoman said.',
    "Engineers have said twice that the piers cannot carry lorries.",
)
NOTICE = (
    (
        'Demo Press has been declared an "undesirable organization" by the Examplian'
        " government."
    ),
    (
        "If you are in Examplia or the occupied lowland and hold an Examplian passport,"
        " please note that you could face fines for sharing our content."
    ),
    "To find out more, click here.",
)
BIO = "Demo Press reporters cover four valleys where local papers have closed."


@dataclass(frozen=True)
class PageSimulator:
    """Compose a page; each part may be changed or left out."""

    top: tuple[str, ...] = ("Accessibility links", "Breaking News")
    headline: tuple[str, ...] = (HEADLINE,)
    marks: tuple[str, ...] = ("Updated",)
    caption: str = f"{CAPTION}\n{CAPTION}"
    paragraphs: tuple[str, ...] = PARAGRAPHS
    credit: str = "With reporting by AP, Reuters, and TASS"
    ratio: str = "  \u2022 16x9 Image"
    box: str = f"    Demo Press\n\n    {BIO}"
    notices: tuple[str, ...] = NOTICE
    bottom: str = "XS\nSM\nMD\nLG"

    def with_(self, **parts: Any) -> "PageSimulator":
        """Change some parts."""
        return replace(self, **parts)

    def text(self) -> str:
        """Write the page as a browser saves it."""
        foot = "\n".join(part for part in (self.credit, self.ratio) if part)
        blocks = (*self.top, *self.headline, *self.marks, self.caption)
        blocks = (*blocks, *self.paragraphs, foot, self.box, *self.notices, self.bottom)
        return "\n\n".join(block for block in blocks if block)

    def item(self) -> dict[str, Any]:
        """Parse the page."""
        return item_of(self.text())


def item_of(page: str | bytes) -> dict[str, Any]:
    """Parse one page and yield its item as JSON has it."""
    data = page.encode() if isinstance(page, str) else page
    (item,) = parse(data, "page.txt")
    return item.to_json()


def texts(item: dict[str, Any]) -> list[str]:
    """List the texts of the body's blocks."""
    return [block["text"] for block in item["body"]]
