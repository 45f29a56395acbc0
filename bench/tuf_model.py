"""Write the metadata that TUF would need for the same services, with python-tuf.

Source: The Update Framework 1.0; python-tuf's Metadata API.
"""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .measure import BenchError

try:
    from securesystemslib.signer import CryptoSigner
    from tuf.api import metadata as tuf
    from tuf.api.serialization.json import JSONSerializer
except ImportError as _error:
    _MISSING: ImportError | None = _error
else:
    _MISSING = None

_KEYS, _THRESHOLD = 3, 2


@dataclass(frozen=True)
class Sizes:
    """Bytes in gzip of a reader's first visit and of each update."""

    first: int
    update: int


def sizes(services: Sequence[str], now: datetime) -> Sizes:
    """Sign a repository of these services and measure what a reader of one fetches.

    Raises:
        BenchError: python-tuf is not installed.
    """
    if _MISSING:
        raise BenchError(f"{_MISSING}; see requirements/bench.txt")
    keys = {role: _signers(_KEYS) for role in ("root", "targets", *services)}
    keys |= {role: _signers(1) for role in ("timestamp", "snapshot")}
    until = now + timedelta(days=90)
    root, top = _root(keys, until), _top(services, keys, until)
    leaf = tuf.Targets(expires=until, targets=_targets(services[0]))
    meta = {f"{name}.json": tuf.MetaFile(1) for name in ("targets", *services)}
    snapshot = tuf.Snapshot(expires=until, meta=meta)
    timestamp = tuf.Timestamp(expires=until, snapshot_meta=tuf.MetaFile(1))
    moving = [
        _size(timestamp, keys["timestamp"]),
        _size(snapshot, keys["snapshot"]),
        _size(leaf, keys[services[0]]),
    ]
    constant = [_size(root, keys["root"]), _size(top, keys["targets"])]
    return Sizes(first=sum(constant + moving), update=sum(moving))


def _signers(count: int) -> list[Any]:
    return [CryptoSigner.generate_ed25519() for _ in range(count)]


def _root(keys: dict[str, list[Any]], until: datetime) -> Any:
    root = tuf.Root(expires=until, consistent_snapshot=True)
    for role in ("root", "timestamp", "snapshot", "targets"):
        for signer in keys[role]:
            root.add_key(signer.public_key, role)
    for role in ("root", "targets"):
        root.roles[role].threshold = _THRESHOLD
    return root


def _top(services: Sequence[str], keys: dict[str, list[Any]], until: datetime) -> Any:
    roles = {
        name: tuf.DelegatedRole(name, [], _THRESHOLD, True, paths=[f"{name}/*"])  # noqa: FBT003
        for name in services
    }
    top = tuf.Targets(expires=until, delegations=tuf.Delegations(keys={}, roles=roles))
    for name in services:
        for signer in keys[name]:
            top.add_key(signer.public_key, name)
    return top


def _targets(service: str) -> dict[str, Any]:
    path, tree = f"{service}/tree", hashlib.sha256(service.encode()).hexdigest()
    return {path: tuf.TargetFile(4_000, {"sha256": tree}, path)}


def _size(signed: Any, signers: list[Any]) -> int:
    metadata = tuf.Metadata(signed)
    for signer in signers[:_THRESHOLD]:
        metadata.sign(signer, append=True)
    plain = metadata.to_bytes(JSONSerializer(compact=True))
    return len(gzip.compress(plain, 9, mtime=0))
