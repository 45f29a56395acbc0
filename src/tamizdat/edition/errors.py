"""What can be wrong with an edition.

    EditionError
    ├── StoryError        a document of the frozen input is not as specified
    ├── WordsError        a language file is not as it must be
    ├── NoteError         a signed note does not parse or verify
    ├── TrustError        a trust note is not what the chain allows
    ├── StatementError    a statement or `latest` is not what its key may say
    ├── ProofError        a checkpoint or Merkle proof does not hold
    ├── FileError         an offline file is not the one its statement names
    ├── PageError         an article's page is not of the shape the press prints
    └── TreeError         a directory object is malformed
        └── ObjectError   the bytes found are not the bytes named

Each says what was expected and what was found; none holds a reader's datum.
"""


class EditionError(Exception):
    """Report data that must not be believed or printed."""


class StoryError(EditionError):
    """Report a document of the frozen input that breaks the specification.

    Attributes:
        place: where, as "en/right-to-know" or "line 12".
        field: path of the field, as "tamizdat.releases[1].time".
    """

    def __init__(self, place: str, field: str, reason: str) -> None:
        super().__init__(f"{place}: {field}: {reason}")
        self.place = place
        self.field = field
        self.reason = reason


class WordsError(EditionError):
    """Report a language file that cannot be used as it stands.

    Attributes:
        file: its name, as "ba.po".
        line: from 1.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class NoteError(EditionError):
    """Report a signed note that does not parse or verify."""


class TrustError(EditionError):
    """Report a trust note that the chain before it does not allow."""


class StatementError(EditionError):
    """Report a statement or `latest` that its signer may not make."""


class ProofError(EditionError):
    """Report a checkpoint or a Merkle proof that does not hold."""


class FileError(EditionError):
    """Report an offline file that carries no proof, or other bytes than it proves."""


class PackError(EditionError):
    """Report a part of a pack that is malformed."""


class PageError(EditionError):
    """Report a page that cannot be read back into an article's parts."""


class TreeError(EditionError):
    """Report a malformed directory object."""


class ObjectError(TreeError):
    """Report bytes that are not the bytes named.

    Attributes:
        path: where the bytes were found.
        expected: SHA-256 in hex that the tree names.
        found: SHA-256 in hex of the bytes, or a word when there are none.
    """

    def __init__(self, path: str, expected: str, found: str) -> None:
        super().__init__(f"{path}: expected sha256 {expected}, found {found}")
        self.path = path
        self.expected = expected
        self.found = found
