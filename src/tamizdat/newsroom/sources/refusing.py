"""Say why a file could not be read, in the language of whoever reads it.

What is wrong is a sentence of ours. Where and with what is a detail of the parser, in
words of formats, which stay in English; the sentence names it as a detail.
"""

from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources.said import Said, at, say
from tamizdat.wire import errors

# The narrowest kinds first.
_WHY: tuple[tuple[type[errors.WireError], str], ...] = (
    (errors.EmptyFileError, _("it is empty")),
    (errors.BinaryDataError, _("it is no text")),
    (errors.UnknownEncodingError, _("its encoding cannot be told")),
    (errors.TooLargeError, _("it is too large")),
    (errors.MarkupError, _("its markup cannot be read")),
    (errors.JsonError, _("its JSON cannot be read")),
    (errors.ArchiveError, _("nothing in the archive can be read")),
    (errors.NotNewsError, _("it is sound and no news")),
    (errors.NoItemError, _("the copy says nothing")),
    (errors.NoBodyError, _("it has no paragraph of a story")),
    (errors.ParserFaultError, _("a fault of ours: please report it")),
)
_MOST = 250  # characters of a detail


def reason(error: errors.WireError) -> Said:
    """Say why a file could not be read, without what its parser met."""
    found = (words for kind, words in _WHY if isinstance(error, kind))
    return say(next(found, _("it cannot be read")))


def unreadable(name: str, error: errors.WireError) -> str:
    """Say why a file could not be read; `name`: of the file."""
    why = reason(error)
    wanted, there = str(error.expected)[:_MOST], str(error.found)[:_MOST]
    detail = f"expected {wanted}, found {there}"
    said = _("%(why)s (detail: %(detail)s)")
    return at(name[:200], say(said, why=why, detail=detail))
