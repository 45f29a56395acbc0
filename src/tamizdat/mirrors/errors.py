"""What can go wrong on the way to a mirror and back.

    MirrorError
    ├── RoadError      the mirror did not answer; trying again can help
    ├── MissingError   the mirror answered: there is no such file
    ├── PutOffError    the reading was ended by this side, for something more urgent
    └── HeldError      another process does this work already

Bytes that are not the signed ones are an EditionError, not one of these.
"""


class MirrorError(Exception):
    """Report that a mirror could not be written or read."""


class RoadError(MirrorError):
    """Report a mirror that does not answer; trying again can help."""


class MissingError(MirrorError):
    """Report a file the mirror does not have."""


class PutOffError(MirrorError):
    """Report a reading that this side ended for something more urgent."""


class HeldError(MirrorError):
    """Report work that another process does already; names it."""
