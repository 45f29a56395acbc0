"""Bring a mirror from whatever it holds to the archive's newest editions.

Decides the order of writing. At every instant the mirror's `latest` names objects the
mirror has, so a reader never meets a half-delivered edition that verifies as bad:

    1 objects, children before the directories that name them
    2 log tiles, entries and checkpoint
    3 trust notes
    4 pages at their friendly paths
    5 `latest`

Source: spec/mirror-layout.md, "Order of writing".
"""

from collections.abc import Iterator

from tamizdat.edition import tree
from tamizdat.edition.errors import EditionError
from tamizdat.edition.log import parse_checkpoint, tile_at
from tamizdat.edition.note import NOTE_BYTES, parse_note
from tamizdat.edition.statement import LATEST_BYTES, Latest, parse_latest
from tamizdat.edition.tree import Target
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.transports import Source, Transport
from tamizdat.press.archive import Archive
from tamizdat.press.build import ROOT_PAGE


def deliver(archive: Archive, mirror: Transport, service: str) -> int:
    """Deliver the newest edition of one service.

    Args:
        archive: what the press keeps.
        mirror: where to; nothing it holds is believed.
        service: id of the language service.

    Returns:
        Bytes written, identity.

    Raises:
        MirrorError: the mirror cannot be written; what it held stays readable.
    """
    latest = (archive.root / service / "latest").read_bytes()
    wanted = parse_latest(latest)
    before = _held(archive, mirror, service)
    root = tree.root_of(wanted.statement.tree)
    written = _send_objects(archive, mirror, root)
    written += _send_log(archive, mirror)
    written += _send_trust(archive, mirror)
    _place_pages(archive, mirror, service, before, root)
    mirror.write(f"{service}/latest", latest)
    return written + len(latest)


def _held(archive: Archive, mirror: Source, service: str) -> Target | None:
    """Name the tree the mirror shows now, if the archive knows it."""
    try:
        held = parse_latest(mirror.read(f"{service}/latest", LATEST_BYTES))
    except (MissingError, EditionError):
        return None
    known = archive.object_path(held.statement.tree).exists()
    return tree.root_of(held.statement.tree) if known else None


def _send_objects(archive: Archive, mirror: Transport, target: Target) -> int:
    """Send a directory object and what it names, children first.

    A mirror that has a directory object has everything below it, because children
    are sent first; so what did not change is not even looked at.
    """
    if mirror.exists(_object(target)):
        return 0
    content = archive.object(target, target.digest)
    written = 0
    for entry in tree.parse_directory(content, target.digest).entries:
        if entry.kind == "d":
            written += _send_objects(archive, mirror, entry.target)
        elif not mirror.exists(_object(entry.target)):
            inner = archive.object(entry.target, entry.name)
            mirror.write(_object(entry.target), inner)
            written += len(inner)
    mirror.write(_object(target), content)
    return written + len(content)


def _object(target: Target) -> str:
    return f"o/{target.digest[:2]}/{target.digest}"


def _send_log(archive: Archive, mirror: Transport) -> int:
    checkpoint = (archive.root / "log" / "checkpoint").read_bytes()
    size = parse_checkpoint(parse_note(checkpoint)).size
    written = 0
    for path in _log_paths(size):
        if not mirror.exists(path):
            content = (archive.root / path).read_bytes()
            mirror.write(path, content)
            written += len(content)
    mirror.write("log/checkpoint", checkpoint)
    return written + len(checkpoint)


def _log_paths(size: int) -> Iterator[str]:
    for level in (-1, 0, 1, 2, 3, 4, 5):
        full = size >> (8 * max(level, 0))
        for index in range(-(-full // 256)):
            yield f"log/{tile_at(level, index, size).path}"


def _send_trust(archive: Archive, mirror: Transport) -> int:
    written = 0
    for note in sorted((archive.root / "trust").glob("*.note")):
        path, content = f"trust/{note.name}", note.read_bytes()
        if not _holds(mirror, path, content):
            mirror.write(path, content)
            written += len(content)
    return written


def _holds(mirror: Source, path: str, content: bytes) -> bool:
    try:
        return mirror.read(path, NOTE_BYTES) == content
    except MissingError:
        return False


def _place_pages(
    archive: Archive,
    mirror: Transport,
    service: str,
    before: Target | None,
    root: Target,
) -> None:
    for path, _old, new in tree.changes(before, root, archive.object):
        if new is None:
            mirror.remove(f"{service}/{path}")
        else:
            mirror.place(f"{service}/{path}", new.digest)
    chooser = tree.find(root, ROOT_PAGE, archive.object)
    if chooser is None:
        raise MirrorError(f"{service}/{ROOT_PAGE}: not in the tree")
    mirror.place("index.html", chooser.digest)


def repair(archive: Archive, mirror: Transport, service: str) -> int:
    """Write everything of a service again that the mirror holds wrongly.

    Returns:
        Files mended.
    """
    latest: Latest = parse_latest((archive.root / service / "latest").read_bytes())
    root = tree.root_of(latest.statement.tree)
    mended = 0

    def mend(target: Target, path: str) -> bytes:
        nonlocal mended
        content = archive.object(target, path)
        place = _object(target)
        if not _is(mirror, place, content):
            mirror.write(place, content)
            mended += 1
        return content

    for path, target in tree.walk(root, mend):
        content = mend(target, path)
        if not _is(mirror, f"{service}/{path}", content):
            mirror.place(f"{service}/{path}", target.digest)
            mended += 1
    return mended


def _is(mirror: Source, path: str, content: bytes) -> bool:
    try:
        return mirror.read(path, len(content)) == content
    except MissingError:
        return False
