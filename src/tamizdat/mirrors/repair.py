"""Write again what a mirror holds wrongly, and take away what it should not have.

Source: spec/mirror-layout.md, "Repair".
"""

from tamizdat.edition import tree
from tamizdat.edition.log import parse_checkpoint
from tamizdat.edition.note import parse_note
from tamizdat.edition.statement import parse_latest
from tamizdat.edition.tree import Target
from tamizdat.mirrors.deliver import latest_of, log_paths, object_path, stands
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.finding import mend_index
from tamizdat.mirrors.neighbours import BESIDE
from tamizdat.mirrors.offline import mend_files
from tamizdat.mirrors.transports import Listing, Source, Transport
from tamizdat.mirrors.withdraw import delete_withdrawn
from tamizdat.press.archive import Archive


def repair(
    archive: Archive, mirror: Transport, service: str, latest: bytes | None = None
) -> int:
    """Write everything of a service again that the mirror holds wrongly.

    The log and the trust notes are compared too. Where files can be listed, those
    below the service that its tree does not name are taken away.

    Returns:
        Files mended.

    Raises:
        MirrorError: as `deliver`.
    """
    wanted = parse_latest(latest or (archive.root / service / "latest").read_bytes())
    held = latest_of(mirror, service)
    if held is not None and stands(archive, mirror, held, wanted):
        return 0
    mender = _Mender(archive, mirror)
    root = tree.root_of(wanted.statement.tree)
    named = {f"{service}/latest", f"{service}/{BESIDE}"}
    for path, target in tree.walk(root, mender.object):
        content = mender.object(target, path)
        named.add(f"{service}/{path}")
        if not _is(mirror, f"{service}/{path}", content):
            mirror.place(f"{service}/{path}", target.digest)
            mender.mended += 1
    size = parse_checkpoint(
        parse_note((archive.root / "log" / "checkpoint").read_bytes())
    ).size
    for path in log_paths(size):
        mender.mend(path, (archive.root / path).read_bytes())
    mender.remove_strays(service, named)
    mender.mended += delete_withdrawn(archive, mirror, root)
    mender.mended += mend_index(archive, mirror, service)
    mender.mended += mend_files(archive, mirror, service)
    mirror.settle()
    return mender.mended


class _Mender:
    """One repair under way. `mended`: files written or taken away."""

    def __init__(self, archive: Archive, mirror: Transport) -> None:
        self._archive = archive
        self._mirror = mirror
        self.mended = 0

    def object(self, target: Target, path: str) -> bytes:
        """Give an object's bytes, after seeing that the mirror has the same."""
        content = self._archive.object(target, path)
        self.mend(object_path(target), content)
        return content

    def mend(self, path: str, content: bytes) -> None:
        """Write a file unless the mirror has these bytes."""
        if not _is(self._mirror, path, content):
            self._mirror.write(path, content)
            self.mended += 1

    def remove_strays(self, service: str, named: set[str]) -> None:
        """Take away files of a service that nothing names."""
        if not isinstance(self._mirror, Listing):
            return
        for path in list(self._mirror.list(service)):
            if path not in named:
                self._mirror.remove(path)
                self.mended += 1


def _is(mirror: Source, path: str, content: bytes) -> bool:
    try:
        return mirror.read(path, len(content)) == content
    except MissingError:
        return False
