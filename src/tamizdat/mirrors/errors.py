"""What can go wrong on the way to a mirror and back.

    MirrorError
    ├── RoadError      the mirror did not answer; trying again can help
    └── MissingError   the mirror answered: there is no such file

Bytes that are not the signed ones are an EditionError, not one of these.
"""


class MirrorError(Exception):
    """Report that a mirror could not be written or read."""


class RoadError(MirrorError):
    """Report a mirror that does not answer; trying again can help."""


class MissingError(MirrorError):
    """Report a file the mirror does not have."""
