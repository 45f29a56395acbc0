"""Sum up what is known of each mirror, over all services. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from tamizdat.mirrors.reasons import Reason


def mirrors(services: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sum up each mirror over all services."""
    found: dict[str, dict[str, Any]] = {}
    for row in services:
        for held in row["holdings"]:
            one = found.setdefault(
                held["mirror"],
                {
                    "mirror": held["mirror"],
                    "url": held["url"],
                    "good": 0,
                    "all": 0,
                    "behind": 0,
                    "answers": True,
                    "checked": None,
                    "read": None,
                    "reasons": [],
                },
            )
            one["all"] += 1
            one["good"] += held["verified"]
            one["answers"] = one["answers"] and held["reachable"]
            behind = (row["edition"] or 0) - (held["edition"] or 0)
            one["behind"] = max(one["behind"], behind)
            if held["checked"] and (one["checked"] or "") < held["checked"]:
                one["checked"], one["read"] = held["checked"], held["read"]
            why = Reason(held["reason_said"], held["reason"])
            if why.evidence and not _is_said(why, one["reasons"], held):
                one["reasons"].append(why)
    return list(found.values())


def _is_said(why: Reason, before: Sequence[Reason], held: Mapping[str, Any]) -> bool:
    """Say whether a reason adds nothing: silence is the same for every service."""
    if held["reachable"]:
        return why in before
    return any(one.said == why.said for one in before)
