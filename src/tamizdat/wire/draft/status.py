"""Read what a sender asks for: usable or not, update or kill, how urgent."""

from typing import Protocol

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.receipt import ReceiptWriter

# Codes without their scheme, in lower case, as every family spells them.
_STATUS = {
    "usable": "usable",
    "published": "usable",
    "withheld": "withheld",
    "embargoed": "withheld",
    "commissioned": "withheld",  # announced: the text is still to come
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
    "withdrawn": "canceled",
}
_SIGNALS = {
    "update": "update",
    "updatemandatory": "update",
    "updateadvised": "update",
    "u": "update",
    "updated": "update",
    "writethru": "update",
    "correction": "correction",
    "korr": "correction",
    "c": "correction",
    "corrected": "correction",
    "correct": "correction",
    "corrective": "correction",
    "clarification": "correction",
    "rectify": "correction",
    "rectification": "correction",
    "replace": "replace",
    "replacement": "replace",
    "refile": "replace",
    "supersede": "replace",
    "kill": "kill",
    "delete": "kill",
    "d": "kill",
    "withdraw": "kill",
    "withdrawal": "kill",
    "retraction": "kill",
    "cancel": "kill",
    "elimination": "kill",
    "takeback": "kill",
    "withhold": "kill",
    "disregard": "kill",
}
# What is sent besides and says nothing about an earlier version.
_PLAIN = {"n", "o", "a", "s", "atomic", "new", "news", "original", "outing", "none"}
_PLAIN |= {"newsalert", "alert", "flash", "breaking", "bulletin", "advisory"}
_URGENCY = {"flash": 1, "alert": 1, "bulletin": 2, "urgent": 3, "rush": 3, "normal": 5}
_URGENCY |= {"high": 3, "routine": 5, "regular": 5, "low": 7, "deferred": 6}
# Letters of teletypes. Source: ANPA 1312, priority codes.
_URGENCY |= {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5, "s": 6, "h": 6, "w": 7}
_RANKS = ("kill", "correction", "replace", "update")
_LEAST, _MOST = 1, 9


class Marks(Protocol):
    """Promise what a heading tells about the version."""

    @property
    def signal(self) -> str | None:
        """Name the signal that stood before the headline."""


def pubstatus_of(draft: Draft, receipt: ReceiptWriter) -> str | None:
    """Read the status: "usable", "withheld" or "canceled", None where none is given."""
    if draft.pubstatus is None:
        return None
    status = _STATUS.get(_bare(draft.pubstatus))
    if status is None:
        receipt.warn(f"unknown status {draft.pubstatus!r}")
    if status == "canceled":
        receipt.warn("canceled: never to be used, and taken back where it was")
    return status


def signal_of(draft: Draft, heading: Marks, receipt: ReceiptWriter) -> str | None:
    """Read what is asked for; of several, the one that asks most."""
    found = []
    for code in draft.signals:
        bare = _bare(code)
        if bare in _SIGNALS:
            found.append(_SIGNALS[bare])
        elif bare and bare not in _PLAIN:
            receipt.warn(f"unknown signal {code!r}")
    found += [heading.signal] if heading.signal else []
    return strongest(found)


def strongest(signals: list[str]) -> str | None:
    """Take of several signals the one that asks most; None where there is none."""
    return next((rank for rank in _RANKS if rank in signals), None)


def urgency_of(text: str | None, receipt: ReceiptWriter) -> int | None:
    """Read an urgency, 1 highest to 9 lowest; None where none is given."""
    if text is None:
        return None
    bare = _bare(text)
    if bare in _URGENCY:
        return _URGENCY[bare]
    if bare.isascii() and bare.isdigit() and _LEAST <= int(bare[:3]) <= _MOST:
        return int(bare)
    if bare not in {"", "0"}:
        receipt.warn(f"unknown urgency {text!r}")
    return None


def _bare(code: str) -> str:
    return code.rpartition(":")[2].rpartition("/")[2].strip().lower()
