"""Find the press of this newsroom: its archive, its keys, its pictures.

<home>/keys/       signing keys and trust notes, mode 0700
<home>/archive/    every byte ever published, in the layout of a mirror
"""

from pathlib import Path

from django.conf import settings

from tamizdat.press.archive import Archive
from tamizdat.press.errors import KeyFileError
from tamizdat.press.run import Press


def key_folder() -> Path:
    """Name the folder of the signing keys."""
    home: Path = settings.TAMIZDAT.path
    return home / "keys"


def open_press() -> Press:
    """Open the newsroom's press.

    Raises:
        KeyFileError: there are no keys, no trust note, or another organisation's.
    """
    home: Path = settings.TAMIZDAT.path
    press = Press(Archive(home / "archive"), key_folder())
    wanted, found = settings.TAMIZDAT.organisation.id, press.chain[0].organisation
    if wanted != found:
        raise KeyFileError(f"{key_folder()}: keys of {found}, expected {wanted}")
    return press


def rendition_folder() -> Path:
    """Name the folder of picture renditions, <h2>/<sha256>."""
    media: Path = settings.TAMIZDAT.media
    return media / "renditions"
