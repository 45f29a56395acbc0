"""Record how bytes became a wire item: encoding, what was dropped, warnings.

A receipt is for the editor, never for the reader. It lets a parse be judged
without the file: each line that is not in the item stands here with a reason.
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

MOST_DROPPED = 5_000  # lines of one receipt


@dataclass(frozen=True, slots=True)
class Dropped:
    """One line of the file that went into no field.

    Attributes:
        line: number of the line in the file, from 1.
        text: the line without its bullet; None where it was marked as not for
            publication, for a receipt is kept as long as the item.
        why: the reason, in words.
    """

    line: int
    text: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Tell how the bytes of one file were read.

    Attributes:
        family: name of the parser's family.
        encoding: name of the encoding the bytes were read in.
        encoding_by: "bom", "utf-8", "declared" or "evidence".
        size: length of the file, in bytes.
        sha256: of the file's bytes, in hexadecimal.
        dropped: in the order of the lines.
        warnings: what an editor should look at, in words.
    """

    family: str
    encoding: str
    encoding_by: str
    size: int
    sha256: str
    dropped: tuple[Dropped, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class ReceiptWriter:
    """Collect the entries of one receipt while one file is parsed."""

    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    passed: int = 0  # lines, with those that are no longer noted

    def drop(self, line: int, text: str | None, why: str) -> None:
        """Note a line that goes into no field; of very many the first."""
        self.passed += 1
        if self.passed <= MOST_DROPPED:
            self.dropped.append(Dropped(line, text, why))

    def warn(self, warning: str) -> None:
        """Note something that an editor should look at."""
        self.warnings.append(warning)

    def copied(self) -> "ReceiptWriter":
        """Begin the receipt of one of several items: what held for the file holds."""
        return ReceiptWriter(list(self.dropped), list(self.warnings), self.passed)

    def seal(self, family: str, encoding: str, by: str, data: bytes) -> Receipt:
        """Make the receipt of `data`, its entries in the order of the lines."""
        more = self.passed - MOST_DROPPED
        if more > 0:
            self.warn(f"{more:,} more lines go into no field")
        return Receipt(
            family=family,
            encoding=encoding,
            encoding_by=by,
            size=len(data),
            sha256=_digest(data),
            dropped=tuple(sorted(self.dropped, key=lambda entry: entry.line)),
            warnings=tuple(self.warnings),
        )


@lru_cache(maxsize=1)  # one file may hold thousands of items
def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
