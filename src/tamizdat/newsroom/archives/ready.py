"""A story that is read, and what it is known by; nothing of it is recorded yet."""

from dataclasses import dataclass, field

from tamizdat.newsroom.archives.addresses import addresses_of
from tamizdat.newsroom.archives.pictures import Kept
from tamizdat.newsroom.archives.sources import Candidate
from tamizdat.newsroom.archives.stories import Times
from tamizdat.wire.items import WireItem


@dataclass(frozen=True)
class Ready:
    """Hold a story that is read, with all that its transaction needs.

    Attributes:
        key, words: as of `Imported`.
        kept: its pictures, as the newsroom keeps them.
        missing: in words, what of them is not kept.
        found: how many come in with it.
    """

    candidate: Candidate
    item: WireItem
    key: str
    words: str
    times: Times
    kept: list[Kept] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    found: int = 0

    @property
    def sha256(self) -> str:
        """Hash its bytes, in hex."""
        return self.candidate.sha256

    @property
    def addresses(self) -> list[str]:
        """List the addresses that readers had for it, each once."""
        olds = self.candidate.olds
        return addresses_of(self.item, [self.candidate.address, *olds])
