"""Find the press of this newsroom: its archive, its keys, its pictures.

<home>/keys/       signing keys and trust notes, mode 0700
<home>/archive/    every byte ever published, in the layout of a mirror
"""

from pathlib import Path

from django.conf import settings

from tamizdat.press.archive import Archive
from tamizdat.press.run import Press


def key_folder() -> Path:
    """Name the folder of the signing keys."""
    home: Path = settings.TAMIZDAT.path
    return home / "keys"


def open_press() -> Press:
    """Open the newsroom's press.

    Raises:
        KeyFileError: there are no keys, or no trust note.
    """
    home: Path = settings.TAMIZDAT.path
    return Press(Archive(home / "archive"), key_folder())


def rendition_folder() -> Path:
    """Name the folder of picture renditions, <h2>/<sha256>."""
    media: Path = settings.TAMIZDAT.media
    return media / "renditions"
