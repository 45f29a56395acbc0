"""What can go wrong at a desk.

    NewsroomError
    ├── HomeError       the folder of a newsroom is missing, half made or odd
    ├── LedgerError     someone tried to change or remove a recorded release
    ├── ReleaseError    an article cannot be released as it stands
    ├── UnnamedError    the newest trust note names no key for a service
    ├── CopyError       agency copy that no draft can be made of
    └── PictureError    a file is no picture, too large, or damaged

Each says what was expected and what was found.
"""


class NewsroomError(Exception):
    """Report what a desk must put right."""


class HomeError(NewsroomError):
    """Report a newsroom's folder that cannot be used."""


class LedgerError(NewsroomError):
    """Report an attempt to rewrite what was released."""


class ReleaseError(NewsroomError):
    """Report an article that cannot be released as it stands."""


class UnnamedError(NewsroomError):
    """Report a service that no mirror could hold: the trust note names no key."""


class PictureError(NewsroomError):
    """Report a file that cannot be used as a picture."""


class CopyError(NewsroomError):
    """Report agency copy that no draft can be made of."""
