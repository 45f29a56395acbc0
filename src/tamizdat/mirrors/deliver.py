"""Bring a mirror from whatever it holds to the archive's newest editions.

Decides the order of writing. At every instant the mirror's `latest` names objects the
mirror has, so a reader never meets a half-delivered edition that verifies as bad:

    1 objects, children before the directories that name them
    2 log tiles and entries, then the checkpoint; or else `latest` to come, at
      `latest.beside`
    3 trust notes
    4 the tree noted in `.placing/<service>`, pages at their friendly paths
    5 `latest`; the one before at `latest.beside`; objects it withdraws deleted, the
      note of step 4 taken away
    6 offline files and files of the index of words that it lacks; those the archive
      has no more taken away

Killed in step 4, the next delivery knows from the note which pages may stand there, and
whoever reads the mirror from `latest.beside` or the log.

Source: spec/mirror-layout.md, "Order of writing".
"""

from collections.abc import Iterator, Sequence

from tamizdat.edition import tree
from tamizdat.edition.errors import EditionError
from tamizdat.edition.log import parse_checkpoint, tile_at
from tamizdat.edition.note import NOTE_BYTES, parse_note
from tamizdat.edition.pages.constant import ROOT_PAGE
from tamizdat.edition.statement import LATEST_BYTES, Latest, parse_latest
from tamizdat.edition.tree import Target
from tamizdat.edition.verify import verify_checkpoint, verify_latest
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.finding import send_index
from tamizdat.mirrors.neighbours import BESIDE
from tamizdat.mirrors.offline import send_files
from tamizdat.mirrors.probe import trust_of
from tamizdat.mirrors.transports import Source, Transport
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.mirrors.withdraw import delete_withdrawn
from tamizdat.press.archive import Archive
from tamizdat.press.notes import ENDED

PLACING = ".placing"  # trees whose pages may stand on the mirror, a line each
_PLACING_BYTES = 65 * 1000  # a thousand deliveries that died one after another


def deliver(
    archive: Archive,
    mirror: Transport,
    service: str,
    latest: bytes | None = None,
    *,
    log: bool = True,
) -> int:
    """Deliver an edition of one service, unless the mirror has a newer one.

    Args:
        archive: what the press keeps.
        mirror: where to; nothing it holds is believed.
        service: id of the language service.
        latest: of the edition; None for the newest.
        log: whether the log comes too, if the mirror does not need it.

    Returns:
        Bytes written, identity.

    Raises:
        MirrorError: the mirror cannot be written, or shows a newer edition than the
            archive has; what it held stays readable.
    """
    latest = latest or (archive.root / service / "latest").read_bytes()
    written = _deliver(archive, mirror, service, latest, log=log)
    return written + send_index(archive, mirror, service)


def _deliver(
    archive: Archive, mirror: Transport, service: str, latest: bytes, *, log: bool
) -> int:
    wanted = parse_latest(latest)
    held = latest_of(mirror, service)
    if held is not None and stands(archive, mirror, held, wanted):
        return send_files(archive, mirror)
    before = _before(archive, mirror, service, held)
    root = tree.root_of(wanted.statement.tree)
    mirror.sweep()
    written = _send_objects(archive, mirror, root)
    mirror.settle()
    log = log or _needs_log(mirror, service)
    written += _send_log(archive, mirror) if log else 0
    written += _send_trust(archive, mirror)
    if not log:
        written += _name_beside(mirror, service, latest)
    _place_pages(archive, mirror, service, before, root)
    mirror.settle()
    last = _read(mirror, f"{service}/latest")
    mirror.write(f"{service}/latest", latest)
    if last and not log:
        written += _name_beside(mirror, service, last)
    for old in before:
        delete_withdrawn(archive, mirror, root, old)
    mirror.settle()
    mirror.remove(f"{PLACING}/{service}")
    return written + len(latest) + send_files(archive, mirror)


def _needs_log(mirror: Transport, service: str) -> bool:
    """Tell a mirror that has no log, or whose pages only a log explains.

    `latest.beside` names one edition; after a delivery that died there may be two.
    """
    return not mirror.exists("log/checkpoint") or bool(_placing(mirror, service))


def _read(mirror: Source, path: str) -> bytes:
    try:
        return mirror.read(path, LATEST_BYTES)
    except MissingError:
        return b""


def _name_beside(mirror: Transport, service: str, latest: bytes) -> int:
    """Show the edition next to `latest`, of which pages may stand there too.

    Else whoever reads a mirror whose log is behind would take them for forged.
    """
    mirror.write(f"{service}/{BESIDE}", latest)
    return len(latest)


def bring_heads(archive: Archive, mirror: Transport, services: Sequence[str]) -> int:
    """Bring the log, each `latest` that says the same with a newer head, and files.

    Args:
        archive: what the press keeps.
        mirror: where to; a service of which it has another statement is left to
            `deliver`.
        services: ids.

    Returns:
        Bytes written, identity.

    Raises:
        MirrorError: the mirror shows a larger log than the archive has.
    """
    if not (archive.root / "log" / "checkpoint").exists():
        return 0  # nothing is printed yet
    _refuse_larger(archive, mirror)
    written = _send_log(archive, mirror)
    written += _send_trust(archive, mirror)
    mirror.settle()
    for service in services:
        written += _bring_head(archive, mirror, service)
    mirror.settle()
    for service in services:
        written += send_index(archive, mirror, service)
    return written + send_files(archive, mirror)


def _bring_head(archive: Archive, mirror: Transport, service: str) -> int:
    latest = (archive.root / service / "latest").read_bytes()
    shown = _read(mirror, f"{service}/latest")
    held = latest_of(mirror, service)
    if held is None or held.leaf != parse_latest(latest).leaf or shown == latest:
        return 0
    mirror.write(f"{service}/latest", latest)
    return len(latest)


def _refuse_larger(archive: Archive, mirror: Source) -> None:
    """Refuse to take a log back on a mirror: the archive is an old one."""
    try:
        shown = parse_note(mirror.read("log/checkpoint", NOTE_BYTES))
        head = verify_checkpoint(shown, trust_of(DirectoryTransport(archive.root))[-1])
    except (MissingError, EditionError):
        return  # nonsense stops no delivery
    content = (archive.root / "log" / "checkpoint").read_bytes()
    ours = parse_checkpoint(parse_note(content))
    if (head.origin, True) == (ours.origin, head.size > ours.size):
        raise MirrorError(
            f"log/checkpoint: the mirror shows {head.size} leaves, the archive has"
            f" {ours.size}; restore the newest backup of the archive, or rebuild it:"
            " tamizdat log recover"
        )


def _before(
    archive: Archive, mirror: Source, service: str, held: Latest | None
) -> list[Target | None]:
    """Name the trees whose pages may stand on the mirror; None: nobody knows."""
    digests = _placing(mirror, service)
    if held is not None:
        digests.append(held.statement.tree)
    known = [d for d in digests if archive.object_path(d).exists()]
    complete = held is not None and known == digests
    roots: list[Target | None] = [tree.root_of(digest) for digest in known]
    return roots if complete else [None, *roots]


def latest_of(mirror: Source, service: str) -> Latest | None:
    """Take apart what a mirror shows as `latest`; None if there is no sense in it."""
    try:
        return parse_latest(mirror.read(f"{service}/latest", LATEST_BYTES))
    except (MissingError, EditionError):
        return None


def stands(archive: Archive, mirror: Source, held: Latest, wanted: Latest) -> bool:
    """Tell whether a mirror holds, verified, an edition newer than the wanted one.

    Raises:
        MirrorError: and the archive does not know it. An archive restored from an old
            backup would take news back and sign a number twice.
    """
    service, shown = wanted.statement.service, held.statement
    if shown.number < wanted.statement.number or held.leaf == wanted.leaf:
        return False
    try:
        content = mirror.read(f"{service}/latest", LATEST_BYTES)
        verify_latest(content, trust_of(DirectoryTransport(archive.root)), service)
    except EditionError:
        return False  # nonsense stops no delivery
    newest = parse_latest((archive.root / service / "latest").read_bytes())
    if shown.number < newest.statement.number or held.leaf == newest.leaf:
        return True
    raise MirrorError(
        f"{service}/latest: the mirror shows edition {shown.number}, leaf"
        f" {held.leaf.hex()[:16]}, the archive has {newest.statement.number}, leaf"
        f" {newest.leaf.hex()[:16]}; restore the newest backup of the archive,"
        " or rebuild it: tamizdat log recover"
    )


def _placing(mirror: Source, service: str) -> list[str]:
    """Read which trees were being placed when deliveries died."""
    try:
        note = mirror.read(f"{PLACING}/{service}", _PLACING_BYTES)
    except MissingError:
        return []
    return note.decode("ascii", "replace").split()


def _send_objects(archive: Archive, mirror: Transport, root: Target) -> int:
    """Send what a tree names and the mirror lacks: files, then directories from below.

    A mirror that has a directory object has everything below it, because children
    are durable first; so what did not change is not even looked at.
    """
    levels: list[list[Target]] = []
    written = _send_files(archive, mirror, root, levels, 0)
    for level in reversed(levels):
        mirror.settle()  # a directory that outlives its children would hide their loss
        for directory in level:
            content = archive.object(directory, directory.digest)
            mirror.write(object_path(directory), content)
            written += len(content)
    return written


def _send_files(
    archive: Archive,
    mirror: Transport,
    directory: Target,
    levels: list[list[Target]],
    depth: int,
) -> int:
    """Send the files below a directory; list the directories to send, by depth."""
    if mirror.exists(object_path(directory)):
        return 0
    if depth == len(levels):
        levels.append([])
    levels[depth].append(directory)
    content = archive.object(directory, directory.digest)
    written = 0
    for entry in tree.parse_directory(content, directory.digest).entries:
        if entry.kind == "d":
            written += _send_files(archive, mirror, entry.target, levels, depth + 1)
        elif not mirror.exists(object_path(entry.target)):
            inner = archive.object(entry.target, entry.name)
            mirror.write(object_path(entry.target), inner)
            written += len(inner)
    return written


def object_path(target: Target) -> str:
    """Name the place of an object on a mirror."""
    return f"o/{target.digest[:2]}/{target.digest}"


def _send_log(archive: Archive, mirror: Transport) -> int:
    checkpoint = (archive.root / "log" / "checkpoint").read_bytes()
    if _holds(mirror, "log/checkpoint", checkpoint):
        return 0  # tiles are durable before it
    size = parse_checkpoint(parse_note(checkpoint)).size
    written = 0
    for path in log_paths(size):
        if not mirror.exists(path):
            content = (archive.root / path).read_bytes()
            mirror.write(path, content)
            written += len(content)
    mirror.settle()
    mirror.write("log/checkpoint", checkpoint)
    return written + len(checkpoint)


def log_paths(size: int) -> Iterator[str]:
    """List tiles and entries of a log of `size` leaves."""
    for level in (-1, 0, 1, 2, 3, 4, 5):
        full = size >> (8 * max(level, 0))
        for index in range(-(-full // 256)):
            yield f"log/{tile_at(level, index, size).path}"


def _send_trust(archive: Archive, mirror: Transport) -> int:
    written = _send_ends(archive, mirror)
    version = 0
    while (note := archive.root / "trust" / f"{version + 1}.note").exists():
        version += 1
        path, content = f"trust/{note.name}", note.read_bytes()
        if not _holds(mirror, path, content):
            mirror.write(path, content)
            written += len(content)
    return written


def _send_ends(archive: Archive, mirror: Transport) -> int:
    """Prove what a mirror shows in the head where an old log was given up.

    Else the trust note that gives it up would refuse the editions of other services
    until their own delivery.
    """
    written = 0
    for path in sorted((archive.private / ENDED).glob("*")):
        ended, held = path.read_bytes(), latest_of(mirror, path.name)
        last = parse_latest(ended)
        before = held is not None and held.leaf == last.leaf
        if before and held and _log_of(held) == _log_of(last):
            mirror.write(f"{path.name}/latest", ended)
            written += len(ended)
    mirror.settle()
    return written


def _log_of(latest: Latest) -> str:
    return latest.proof.checkpoint.origin


def _holds(mirror: Source, path: str, content: bytes) -> bool:
    try:
        return mirror.read(path, NOTE_BYTES) == content
    except MissingError:
        return False


def _place_pages(
    archive: Archive,
    mirror: Transport,
    service: str,
    before: Sequence[Target | None],
    root: Target,
) -> None:
    """Place the pages of a tree over those of every tree that may stand there."""
    if any(old != root for old in before):
        _note_placing(mirror, service, [*before, root])
    done: set[str] = set()
    for old in before:
        for path, _old, new in tree.changes(old, root, archive.object):
            if path not in done:
                done.add(path)
                _place(mirror, f"{service}/{path}", new)
    chooser = tree.find(root, ROOT_PAGE, archive.object)
    if chooser is None:
        raise MirrorError(f"{service}/{ROOT_PAGE}: not in the tree")
    mirror.place("index.html", chooser.digest)


def _note_placing(
    mirror: Transport, service: str, trees: Sequence[Target | None]
) -> None:
    digests = dict.fromkeys(target.digest for target in trees if target is not None)
    note = "".join(f"{digest}\n" for digest in digests)
    mirror.write(f"{PLACING}/{service}", note.encode())
    mirror.settle()


def _place(mirror: Transport, path: str, target: Target | None) -> None:
    if target is None:
        mirror.remove(path)
    else:
        mirror.place(path, target.digest)
