"""Read who watches the log: the witness lines of a trust note.

Decides which policy is well-formed. Whether a checkpoint meets it is for the round in
which witnesses cosign.

Source: C2SP tlog-policy.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from tamizdat.edition.errors import NoteError, TrustError
from tamizdat.edition.note import Verifier, parse_verifier, parse_witness

MEMBERS = 32  # witnesses, and as many groups, that a policy may name

_LEAST = re.compile(r"[1-9][0-9]?")  # a group has at most 64 members


@dataclass(frozen=True)
class Group:
    """Members of whom at least `least` must have cosigned."""

    least: int
    members: tuple[str, ...]


@dataclass
class Policy:
    """A log, its witnesses, and how many of them make a checkpoint witnessed.

    Attributes:
        urls: where witnesses are asked, by name, of those that have an address.
        quorum: a witness or group by name, or None: no cosignature is asked for.
    """

    log: Verifier | None = None
    witnesses: dict[str, Verifier] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    quorum: str | None = None

    @property
    def asks(self) -> bool:
        """Tell whether a checkpoint without cosignatures waits for some."""
        return self.quorum not in {None, "none"}

    def keys(self) -> list[bytes]:
        """List every key of the policy."""
        log = [self.log.key] if self.log else []
        return [*log, *(witness.key for witness in self.witnesses.values())]


def parse_policy(lines: tuple[str, ...]) -> Policy:
    """Read the policy lines of a trust note; exactly one log and one quorum.

    Raises:
        TrustError: a line is unknown, out of place, or names what is not there.
    """
    policy = Policy()
    for line in lines:
        word, *rest = line.split(" ")
        reader = _READERS.get(word)
        if reader is None or not all(rest):
            raise TrustError(f"expected a policy line, found {line[:60]!r}")
        try:
            reader(policy, rest)
        except NoteError as error:
            raise TrustError(str(error)) from error
    if policy.log is None or not lines[-1].startswith("quorum "):
        raise TrustError("expected a log line first and a quorum line last")
    return policy


def _log(policy: Policy, words: list[str]) -> None:
    if policy.log or len(words) not in {1, 2}:
        raise TrustError("expected one line `log <vkey> [<url>]`")
    policy.log = parse_verifier(words[0])


def _witness(policy: Policy, words: list[str]) -> None:
    if len(words) not in {2, 3}:
        raise TrustError("expected `witness <name> <vkey> [<url>]`")
    _refuse_name(policy, words[0], policy.witnesses)
    policy.witnesses[words[0]] = parse_witness(words[1])
    policy.urls.update(zip(words[:1], words[2:], strict=False))


def _group(policy: Policy, words: list[str]) -> None:
    name, threshold, *members = [*words, "", ""][: max(2, len(words))]
    known = policy.witnesses.keys() | policy.groups.keys()
    if (
        not members
        or len(set(members)) != len(members)
        or not known.issuperset(members)
    ):
        raise TrustError(f"group {name!r}: expected members defined before, once each")
    _refuse_name(policy, name, policy.groups)
    words_for: Mapping[str, int] = {"any": 1, "all": len(members)}
    number = int(threshold) if _LEAST.fullmatch(threshold) else 0
    least = words_for.get(threshold, number)
    if not 1 <= least <= len(members):
        raise TrustError(
            f"group {name!r}: {threshold[:20]} of {len(members)} is no threshold"
        )
    policy.groups[name] = Group(least, tuple(members))


def _quorum(policy: Policy, words: list[str]) -> None:
    known = {"none", *policy.witnesses, *policy.groups}
    if len(words) != 1 or words[0] not in known or policy.quorum:
        raise TrustError(f"quorum {words}: expected one name defined before, or none")
    policy.quorum = words[0]


def _refuse_name(policy: Policy, name: str, among: Collection[str]) -> None:
    if name in {"none", *policy.witnesses, *policy.groups}:
        raise TrustError(f"the name {name!r} is defined already")
    if len(among) >= MEMBERS:
        raise TrustError(f"more than {MEMBERS} witnesses or groups")


_READERS: Mapping[str, Callable[[Policy, list[str]], None]] = {
    "log": _log,
    "witness": _witness,
    "group": _group,
    "quorum": _quorum,
}
