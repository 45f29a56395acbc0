"""Count ahead what an import will go through, where that costs next to nothing.

A folder has files, a zip has entries, an export has items. What a WARC or a packed file
holds is known when it was read, and then nobody asks any more.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from tamizdat.newsroom.archives.sources import BESIDE, files_in, is_archive

_CHUNK = 1 << 20  # bytes
_ITEM, _EXPORT = b"<item>", b"wordpress.org/export"


def total_of(paths: Iterable[Path]) -> int | None:
    """Count the stories of paths, one a file; None where one of them cannot tell.

    Args:
        paths: files and folders; what cannot be opened counts as one.
    """
    counts = [_of_folder(one) if one.is_dir() else _of_file(one) for one in paths]
    known = [one for one in counts if one is not None]
    return sum(known) if len(known) == len(counts) else None


def _of_folder(folder: Path) -> int | None:
    return total_of(files_in(folder))


def _of_file(path: Path) -> int | None:
    if not is_archive(path):
        return 1
    try:
        if zipfile.is_zipfile(path):
            return _of_zip(path)
        with path.open("rb") as stream:
            begins = stream.read(_CHUNK)
            if _EXPORT not in begins:
                return None
            count, rest = begins.count(_ITEM), begins[1 - len(_ITEM) :]
            while chunk := stream.read(_CHUNK):
                count += (rest + chunk).count(_ITEM)
                rest = chunk[1 - len(_ITEM) :]
            return count
    except (OSError, ValueError, zipfile.BadZipFile):
        return 1


def _of_zip(path: Path) -> int | None:
    with zipfile.ZipFile(path) as archive:
        names = [one.filename for one in archive.infolist() if not one.is_dir()]
    endings = [name.rpartition(".")[2].lower() for name in names]
    if {"warc", "gz", "zip"} & set(endings):
        return None
    return sum(ending not in BESIDE for ending in endings)
