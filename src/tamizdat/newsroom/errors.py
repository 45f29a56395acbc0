"""What can go wrong at a desk.

    NewsroomError
    ├── HomeError       the folder of a newsroom is missing, half made or odd
    ├── LedgerError     someone tried to change or remove a recorded release
    ├── RightError      an account has not the right it needs
    ├── AccountError    no such account, role or service; or the last one would go
    │   └── InvitationError  a link that was used, is too old, or was never made
    ├── UnnamedError    the newest trust note names no key for a service
    ├── FrontError      a front page cannot be arranged like this
    ├── BreakingError   a story cannot be breaking news, or not for so long
    ├── CopyError       agency copy that no draft can be made of
    ├── SourceError     copy could not be fetched, or a source is not set up for it
    ├── SpokenError     said in the language of whoever reads it
    │   ├── ReleaseError    an article cannot be released as it stands
    │   │   ├── ObstacleError   somebody may not publish it now; every reason, in words
    │   │   └── HoldError       a release of it is held already
    │   ├── MalformedError  a form or an address that no browser sends
    │   ├── PictureError    a file is no picture, too large, or damaged
    │   ├── AttachmentError a file is no sound or document, or cannot be cleaned
    │   │   └── LongError       a sound lasts longer than whoever brings it waits
    │   └── VaultError  a private original, or the key to it, cannot be used
    ├── OpeningError    a release holds what the article form cannot
    └── TranslationError    an article cannot be translated into a service

Each says what was expected and what was found.
"""

from collections.abc import Sequence
from typing import Any

_SHOWN = 60  # characters of what was found


def said_later(words: str) -> str:
    """Mark words for the catalogues where nobody knows yet in which language."""
    return words


class NewsroomError(Exception):
    """Report what a desk must put right."""


class HomeError(NewsroomError):
    """Report a newsroom's folder that cannot be used."""


class LedgerError(NewsroomError):
    """Report an attempt to rewrite what was released."""


class SpokenError(NewsroomError):
    """Report something in the language of whoever reads it.

    Attributes:
        words: of a catalogue.
        row: what they name.
    """

    def __init__(self, words: str, **row: Any) -> None:
        super().__init__(words)
        self.words, self.row = words, row

    def __str__(self) -> str:
        """Say it in the language of whoever reads."""
        # Later: the process that decodes pictures knows no settings.
        from django.utils.translation import gettext  # noqa: PLC0415

        said = gettext(self.words) if self.words else ""
        return said % self.row if self.row else said


def kept_words(error: SpokenError) -> dict[str, Any]:
    """Write down what an error says, for a database: in no language."""
    row = {
        name: value if isinstance(value, int) else str(value)
        for name, value in error.row.items()
    }
    return {"words": error.words, "row": row}


class ReleaseError(SpokenError):
    """Report an article that cannot be released as it stands."""


class ObstacleError(ReleaseError):
    """Report what keeps somebody from publishing an article now.

    Attributes:
        page: the article as it was to go out.
        user: who was to publish it.
        kind: of the release.
        obstacles: each in a sentence.
    """

    def __init__(
        self, page: Any, user: Any, kind: str, obstacles: Sequence[str]
    ) -> None:
        super().__init__(" ".join(obstacles))
        self.page, self.user, self.kind = page, user, kind
        self.obstacles = tuple(obstacles)


class HoldError(ReleaseError):
    """Report an article of which a release is held already."""


class RightError(NewsroomError):
    """Report an account that has not the right it needs."""


class AccountError(NewsroomError):
    """Report an account that is not there, or a role that cannot be given or taken."""


class InvitationError(AccountError):
    """Report a link that lets nobody in, in words for whoever followed it."""


class UnnamedError(NewsroomError):
    """Report a service that no mirror could hold: the trust note names no key."""


class FrontError(NewsroomError):
    """Report an arrangement that cannot stand, in words for whoever arranges."""


class BreakingError(NewsroomError):
    """Report a story that cannot be breaking news, or not for so long."""


class MalformedError(SpokenError):
    """Report a form or an address that no browser sends, with the field.

    Args:
        place: name of the field.
        expected: words of a catalogue.
        found: as it was sent.
        row: what the words name.
    """

    def __init__(self, place: str, expected: str, found: str, **row: Any) -> None:
        super().__init__(expected, **row)
        self.place, self.found = place, found

    def __str__(self) -> str:
        """Say it in one line."""
        from django.utils.translation import gettext  # noqa: PLC0415 (as above)

        from tamizdat.newsroom.isolates import isolated  # noqa: PLC0415 (the same)

        found = isolated(repr(self.found[:_SHOWN])) if self.found else ""
        return gettext("%(place)s: expected %(expected)s, found %(found)s") % {
            "place": isolated(self.place),
            "expected": super().__str__(),
            "found": found or gettext("nothing"),
        }


class PictureError(SpokenError):
    """Report a file that cannot be used as a picture."""


class AttachmentError(SpokenError):
    """Report a file that cannot be used as a sound or a document."""


class LongError(AttachmentError):
    """Report a sound that is longer than its head says, and is not coded at once."""


class VaultError(SpokenError):
    """Report a private original, or the key to it, that cannot be used."""


class CopyError(NewsroomError):
    """Report agency copy that no draft can be made of."""


class SourceError(NewsroomError):
    """Report a source from which nothing could be fetched, without any secret.

    Attributes:
        said: why, in English; `sources.said` says it in other languages.
        wait: seconds for which the other side asks to be left alone, or None.
    """

    def __init__(self, said: str, wait: int | None = None) -> None:
        super().__init__(said)
        self.said, self.wait = said, wait


class OpeningError(NewsroomError):
    """Report a release that no page can be made of, with the place."""


class TranslationError(NewsroomError):
    """Report an article that cannot be translated into a service, in words."""
