"""Delete from a mirror what an edition withdraws, at once.

Source: spec/withdrawals.md.
"""

from tamizdat.edition import tree, withdrawals
from tamizdat.edition.tree import Target
from tamizdat.mirrors.transports import Transport
from tamizdat.press.archive import Archive

FOLDER = "withdrawn"  # of a tree


def delete_withdrawn(
    archive: Archive, mirror: Transport, root: Target, before: Target | None = None
) -> int:
    """Delete the objects that a tree names as withdrawn.

    Args:
        archive: what the press keeps.
        mirror: where from.
        root: the tree that the mirror's `latest` names now.
        before: the tree it named before, whose withdrawals are done; None for all.

    Returns:
        Objects deleted.
    """
    deleted = 0
    for path, _old, new in tree.changes(before, root, archive.object):
        if new is None or not path.startswith(f"{FOLDER}/"):
            continue
        for digest in withdrawals.read_part(archive.object(new, path), path):
            place = f"o/{digest[:2]}/{digest}"
            if mirror.exists(place):
                mirror.remove(place)
                deleted += 1
    return deleted
