"""Hold the parts of a body with what their markup says they are.

A passage becomes a block of the item, or goes to another field, or is dropped
with a reason; the rules that decide stand in `lead` and `desk`.
"""

from dataclasses import dataclass, replace

from tamizdat.wire.items import Block


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one block and where it came from.

    Attributes:
        line: of the file, from 1.
        role: what the sender's markup calls it: "byline", "dateline", "ednote",
            "private", "tagline", "abstract", "headline", "copyright"; None for
            the text itself.
    """

    block: Block
    line: int = 1
    role: str | None = None

    @property
    def text(self) -> str:
        """Read all words of the block, those of lists and tables too."""
        block = self.block
        if block.text is not None:
            return block.text
        rows = block.rows or ()
        return "\n".join((*(block.items or ()), *("\t".join(row) for row in rows)))

    def with_text(self, text: str) -> "Passage":
        """Change the words of a block that is no list and no table."""
        return replace(self, block=replace(self.block, text=text))
