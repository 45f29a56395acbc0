"""What can stop the press.

PressError
├── KeyFileError    a key file is missing, readable by others, or another key's
│   └── PassphraseError   it was typed wrong, or is too short; trying again can help
├── CeremonyError   a trust note cannot be drafted, signed or finished as asked
├── ContentError    a content file cannot be read
├── ArchiveError    the archive is not what the press left
├── FormatError     an offline file cannot be made
├── WitnessError    a witness did not cosign; the others are asked all the same
├── FaultError      one service cannot be printed; the others can
├── CrowdedError    the root of a service would have too many entries
├── DoubtError      a witness saw another log, or another time: nothing is signed
└── BusyError       another press run holds the archive; trying again can help
"""

from typing import ClassVar

from tamizdat.edition.errors import PackError, StoryError


class PressError(Exception):
    """Report why no edition was made.

    Attributes:
        code: the cause in a word, for those who say it in another language.
        facts: what it names.
    """

    CODE: ClassVar = "press"

    def __init__(self, reason: str, code: str = "", **facts: str | int) -> None:
        super().__init__(reason)
        self.code = code or self.CODE
        self.facts = facts


class CrowdedError(PressError):
    """Report a service whose root would have more entries than a reader fetches."""


class FaultError(PressError):
    """Report a service that cannot be printed, though its stories can be.

    Attributes:
        service: which.
        cause: what of it does not fit; never that its archive is damaged.
        takes_back: a withdrawal or a redaction of it waits for that.
    """

    CODE = "fault"

    def __init__(
        self,
        service: str,
        cause: StoryError | PackError | CrowdedError,
        *,
        takes_back: bool = False,
    ) -> None:
        waits = "; of it words are to be taken back, so nothing is signed"
        super().__init__(f"{service}: {cause}{waits if takes_back else ''}")
        self.service = service
        self.cause = cause
        self.takes_back = takes_back


class KeyFileError(PressError):
    """Report a key file that cannot be used."""

    CODE = "key"


class PassphraseError(KeyFileError):
    """Report a passphrase that opens nothing; trying again can help."""


class CeremonyError(PressError):
    """Report a trust note that cannot be drafted, signed or finished yet."""


class ContentError(PressError):
    """Report a content file that cannot be read, or documents that do not fit."""

    CODE = "content"


class ArchiveError(PressError):
    """Report an archive that is not what the press left behind."""

    CODE = "archive"


class FormatError(PressError):
    """Report an offline file that cannot be made, or was made otherwise before."""


class WitnessError(PressError):
    """Report what a witness answered instead of a cosignature.

    Attributes:
        state: one word for programs: unreachable, refused, larger or other.
    """

    def __init__(self, state: str, reason: str) -> None:
        super().__init__(reason)
        self.state = state


class DoubtError(PressError):
    """Report that signing on could fork the log or lie about the time."""

    CODE = "doubt"


class BusyError(PressError):
    """Report another press run on the same archive; trying again can help."""
