"""What can stop a witness.

WitnessRoomError
└── BookError    the book cannot be read or written; nothing is cosigned then

A request that is not cosigned is no error here: it is an `Answer` with its status.
A key file that cannot be used is a KeyFileError of the press's key files.
"""


class WitnessRoomError(Exception):
    """Report why a witness cannot work."""


class BookError(WitnessRoomError):
    """Report a book that cannot be read or written, or a log it cannot take."""
