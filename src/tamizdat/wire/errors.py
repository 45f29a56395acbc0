"""Say what is wrong with a file that was to become wire items.

    WireError
    |-- UnreadableFileError     the file could not be opened or read
    |-- EmptyFileError          it holds nothing, or white space only
    |-- EncodingError
    |   |-- BinaryDataError     it is no text in any encoding
    |   `-- UnknownEncodingError    no encoding yields a known language
    |-- TooLargeError           it is longer than any wire item is
    |-- MarkupError             its markup holds nothing, or is nested too deep
    |   `-- EntityBombError     its DOCTYPE is built to grow
    |-- JsonError               its JSON holds no object, or is nested too deep
    |-- ArchiveError            nothing in it can be read
    |-- NoEndError              an export of many was cut short
    |-- CutShortError           what is left of a file that was cut short is refused
    |-- NotNewsError            it is sound, and holds concepts or events, no news
    |-- NoItemError             it is copy that says nothing
    |-- ParserFaultError        the parser itself is wrong
    `-- NoBodyError             it is a page without a paragraph

Only UnreadableFileError may pass when tried again; the others are about the
bytes, which do not change.
"""


class WireError(Exception):
    """Name a file, the place in it, what was expected there and what was found.

    Attributes:
        file: the name as the caller gave it.
        place: where in the file, in words.
        expected: what would have been right.
        found: what stands there.
    """

    def __init__(self, file: str, place: str, expected: str, found: str) -> None:
        """Compose the one line that people read."""
        super().__init__(f"{file}: {place}: expected {expected}, found {found}")
        self.file = file
        self.place = place
        self.expected = expected
        self.found = found


class UnreadableFileError(WireError):
    """The file could not be opened or read; trying again may help."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, "the file", "a file that can be read", reason)


class EmptyFileError(WireError):
    """The file holds nothing, or white space only."""

    def __init__(self, file: str, size: int) -> None:
        found = "0 bytes" if size == 0 else f"only white space in {size} bytes"
        super().__init__(file, "the whole file", "some text", found)


class EncodingError(WireError):
    """The bytes do not become text."""


class BinaryDataError(EncodingError):
    """The bytes are no text in any encoding."""

    def __init__(self, file: str, offset: int, value: int) -> None:
        found = f"binary data (0x{value:02x})"
        super().__init__(file, f"byte {offset}", "text", found)


class UnknownEncodingError(EncodingError):
    """No known encoding yields words of a known language."""

    def __init__(self, file: str, offset: int, value: int) -> None:
        expected = "UTF-8, a declared encoding, or words in one of the old ones"
        found = f"0x{value:02x} in no encoding that yields known words"
        super().__init__(file, f"byte {offset}", expected, found)


class NoItemError(WireError):
    """The copy says nothing: no id, no headline, no body, no media."""

    def __init__(self, file: str, place: str) -> None:
        expected = "an id, a headline, a body, media or references"
        super().__init__(file, place, expected, "none of them")


class NoBodyError(WireError):
    """The page has no paragraph."""

    def __init__(self, file: str, lines: int) -> None:
        expected = "a headline and at least one paragraph"
        found = f"no paragraph in {lines} lines of text"
        super().__init__(file, "the body", expected, found)


class TooLargeError(WireError):
    """The file is longer than any wire item is."""

    def __init__(
        self, file: str, size: int, most: int, unit: str = "characters"
    ) -> None:
        found = f"{size:,} {unit}"
        super().__init__(file, "the whole file", f"at most {most:,}", found)


class MarkupError(WireError):
    """The markup holds nothing that can be read, or is built to break readers."""


class EntityBombError(MarkupError):
    """The DOCTYPE declares entities that are built of entities."""

    def __init__(self, file: str) -> None:
        found = "an entity built of entities"
        super().__init__(file, "the DOCTYPE", "no entities, or plain ones", found)


class JsonError(WireError):
    """The JSON holds nothing that can be read, or is built to break readers."""

    def __init__(self, file: str, expected: str, found: str) -> None:
        super().__init__(file, "the JSON", expected, found)


class ArchiveError(WireError):
    """The archive holds nothing that can be read."""

    def __init__(self, file: str, found: str) -> None:
        super().__init__(file, "the archive", "a file of a known family", found)


class NoEndError(WireError):
    """An export was cut short: its last posts may be missing."""

    def __init__(self, file: str, end: str) -> None:
        found = "none: it was cut short, and posts may be missing"
        super().__init__(file, "the end", end, found)


class CutShortError(WireError):
    """What is left of a file that was cut short is refused."""

    def __init__(self, refusal: WireError, cut: str) -> None:
        found = f"{refusal.found}; {cut}"
        super().__init__(refusal.file, refusal.place, refusal.expected, found)


class NotNewsError(WireError):
    """The file is sound, and of a kind that holds no news."""

    def __init__(self, file: str, found: str) -> None:
        expected = "a news item, a package or a message of them"
        super().__init__(file, "the first element", expected, found)


class ParserFaultError(WireError):
    """A parser failed at bytes that nobody foresaw; the fault is ours."""

    def __init__(
        self, file: str, family: str, fault: str, place: str = "the whole file"
    ) -> None:
        found = f"a fault of the parser ({fault}): please report it"
        super().__init__(file, place, f"copy of the family {family}", found)
