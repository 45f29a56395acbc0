"""Verify what stands on a mirror beside its trees: files to carry along, indexes."""

from collections.abc import Sequence

from tamizdat.mirrors.finding import check_index
from tamizdat.mirrors.findings import Findings
from tamizdat.mirrors.offline import check_files
from tamizdat.mirrors.transports import Reading


class Beside(Findings):
    """What a mirror holds in no tree."""

    @property
    def verified(self) -> bool:
        """Tell whether every such file proves itself, or stands in a list that does."""
        return not self.count


def check(source: Reading, fingerprint: str, services: Sequence[str]) -> Beside:
    """Verify every offline file of a mirror and the index of words of services.

    Args:
        source: the mirror.
        fingerprint: SHA-256 in hex of its first trust note.
        services: ids.
    """
    found = Beside()
    names, problems = check_files(source, fingerprint)
    found.files += len(names)
    for service in services:
        count, more = check_index(source, fingerprint, service)
        found.files += count
        problems += more
    for problem in problems:
        found.add(problem)
    return found
