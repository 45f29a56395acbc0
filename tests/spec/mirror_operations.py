"""What the vectors of whole mirrors ask for, done over a road to the mirror.

Each takes the `input` of a vector and a source that serves its files, and returns what
stands under `ok`, or raises.
"""

import re
from collections.abc import Callable
from typing import Any

from tamizdat.edition.statement import write_time
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import check_not_older, verify_latest
from tamizdat.mirrors import history, past, probe
from tamizdat.mirrors.differences import differ, find
from tamizdat.mirrors.findings import Findings, Problem, Report
from tamizdat.mirrors.shelf import Place
from tamizdat.mirrors.transports import Source

Given = dict[str, Any]

_HASH = re.compile(r"\b([0-9a-f]{64})\b")
_FOUND = re.compile(r"(?:sha256 )?([0-9a-f]{64})\b")


def _chain(given: Given, source: Source) -> list[Trust]:
    return probe.trust_of(source, given["fingerprint"])


def _check(given: Given, source: Source) -> Any:
    chain = _chain(given, source)
    services = probe.services_of(chain, given["services"])
    reports, book = probe.check_mirror(source, chain, services)
    found = [row for report in (*reports, book) for row in _problems(report)]
    verified = all(report.verified for report in (*reports, book))
    assert verified == (not found)
    editions = {report.service: _edition(report) for report in reports if report.number}
    order = sorted(found, key=lambda row: (row["path"], row["problem"]))
    return {"editions": editions, "problems": order}


def _edition(report: Report) -> dict[str, Any]:
    time = write_time(report.time) if report.time else None
    return {"number": report.number, "time": time, "tree": report.tree}


def _problems(found: Findings) -> list[dict[str, Any]]:
    return [_row(problem) for problem in found.problems]


def _row(problem: Problem) -> dict[str, Any]:
    """Write a problem; of what was expected and found the hash, where there is one."""
    expected, found = _HASH.search(problem.expected), _FOUND.match(problem.found)
    return {
        "problem": problem.kind,
        "path": problem.path.partition(" (")[0],
        "expected": expected[1] if expected else None,
        "found": found[1] if found else None,
    }


def _follow(given: Given, source: Source) -> Any:
    chain = _chain(given, source)
    for service, before in given["seen"].items():
        seen = verify_latest(before.encode(), chain, service)
        now = history.newest(source, chain, service)
        assert now is not None
        check_not_older(now, seen)
    return _check(given, source)


def _past(given: Given, source: Source) -> Any:
    chain = _chain(given, source)
    report = past.check_edition(source, chain, "en", given["number"])
    return {
        "edition": _edition(report),
        "withdrawn": report.withdrawn,
        "problems": _problems(report),
    }


def _monitor(given: Given, source: Source) -> Any:
    """Say what changed since an edition without a word of it."""
    place = Place(source, _chain(given, source))
    seen, newest = (find(place, "en", number) for number in (given["number"], None))
    assert seen is not None
    assert newest is not None
    found = differ((place, seen), (place, newest))
    silent = {one.id: sorted(one.silent) for one in found.articles if one.silent}
    return {
        "edition": newest.statement.number,
        "explained": found.explained,
        "silent": silent,
        "broken": [one.id for one in found.articles if one.broken],
    }


MIRROR_OPERATIONS: dict[str, Callable[[Given, Source], Any]] = {
    "mirror.check": _check,
    "mirror.follow": _follow,
    "mirror.edition": _past,
    "mirror.monitor": _monitor,
}
