"""Read user, password and key of a source from a file that nobody else can read.

    <home>/secrets/<name>      mode 0600, TOML: user, password, key, bearer

They are in no row, no log and no message; what holds them does not show them.
"""

import os
import re
import stat
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources.said import at, say, system

FOLDER = "secrets"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}\Z")
_MOST = 64 << 10  # bytes


@dataclass(frozen=True)
class Credentials:
    """Hold what a place asks for; "" where it asks for none of it.

    Attributes:
        key: an OpenSSH private key, as text.
        bearer: a token, of a web address or, with its user, of a mailbox.
    """

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    bearer: str = field(default="", repr=False)


def read(home: Path, name: str) -> Credentials:
    """Read the credentials of a source; without a name there are none.

    Raises:
        SourceError: no such file, others can read it, or it is odd. The message
            quotes nothing of it.
    """
    if not name:
        return Credentials()
    if not _NAME.match(name):
        said = say(_("expected the name of a file in %(folder)s/"), folder=FOLDER)
        raise SourceError(at(repr(name), said))
    path = home / FOLDER / name
    text = _text(path)
    known = {one.name for one in fields(Credentials)}
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # The error itself would quote a line.
        raise SourceError(at(path, say(_("expected TOML")))) from None
    odd = sorted(key for key in values if key not in known)
    if odd or not all(isinstance(one, str) for one in values.values()):
        wanted = ", ".join(sorted(known))
        said = say(_("expected texts named %(names)s"), names=wanted)
        raise SourceError(at(path, said))
    return Credentials(**values)


def _text(path: Path) -> str:
    try:
        # Not through a link: the mode asked of is that of the file that is read.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise SourceError(at(path, system(error.strerror or ""))) from error
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o077:
            mode = stat.S_IMODE(found.st_mode)
            said = say(_("expected mode 0600, found %(mode)s"), mode=f"{mode:04o}")
            raise SourceError(at(path, said))
        data = file.read(_MOST)
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise SourceError(at(path, say(_("expected UTF-8")))) from None
