"""Two editions on the command line: what changed, in an editor's words or as JSON."""

import json
import re
from collections.abc import Sequence
from typing import Any

import click

from tamizdat.edition.dates import utc_stamp
from tamizdat.edition.errors import EditionError, TrustError
from tamizdat.edition.verify import VerifiedEdition
from tamizdat.mirrors import differences, probe
from tamizdat.mirrors.commands import refuse_demo, source_at
from tamizdat.mirrors.diff_words import told
from tamizdat.mirrors.differences import (
    REPRINTED,
    Article,
    Difference,
)
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.reprint import Found
from tamizdat.mirrors.shelf import Place

_NUMBERED = re.compile(r"(.+)@([1-9][0-9]{0,11})", re.DOTALL)


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("--service", "only", help="Compare editions of this service.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object a service."
)
@click.pass_context
def diff(
    context: click.Context, old: str, new: str, only: str | None, *, as_json: bool
) -> None:
    """Say what changed from edition A to edition B, and what changed silently.

    A and B are mirrors, DIR or URL: the newest edition there, or the one whose number
    follows an @.

    Example: tamizdat edition diff /srv/mirror@3 /srv/mirror@4
    """
    explained = True
    try:
        places, numbers = _open(old, new)
        for service in _services(places, numbers, only):
            found = _differ(places, numbers, service)
            explained = explained and (found is None or found.explained)
            _show(service, found, places[0], as_json=as_json)
    except (EditionError, MirrorError) as error:
        raise click.ClickException(str(error)) from error
    if not explained:
        context.exit(1)


def _open(
    old: str, new: str
) -> tuple[tuple[Place, Place], tuple[int | None, int | None]]:
    """Open both mirrors and read their trust notes; one mirror is opened once."""
    (first, low), (second, high) = _named(old), _named(new)
    one = _place(first)
    other = one if second == first else _place(second)
    left, right = one.chain[0].digest, other.chain[0].digest
    if left != right:
        raise TrustError(
            f"{second}: expected the fingerprint {left}, as {first} has, found {right}"
        )
    return (one, other), (low, high)


def _named(text: str) -> tuple[str, int | None]:
    match = _NUMBERED.fullmatch(text)
    return (match[1], int(match[2])) if match else (text, None)


def _place(where: str) -> Place:
    try:
        source = source_at(where)
        chain = probe.trust_of(source)
        refuse_demo(source, chain[0].organisation)
    except (EditionError, MirrorError) as error:
        raise click.ClickException(f"{where}: {error}") from error
    return Place(source, chain)


def _services(
    places: Sequence[Place], numbers: Sequence[int | None], only: str | None
) -> list[str]:
    known = sorted(places[1].chain[-1].services)
    if only is not None and only not in known:
        raise click.UsageError(f"the trust note names no service {only!r}")
    if only is None and len(known) > 1 and any(numbers):
        raise click.UsageError(
            f"a number needs its --service, one of {', '.join(known)}"
        )
    return [only] if only is not None else known


def _differ(
    places: tuple[Place, Place], numbers: tuple[int | None, int | None], service: str
) -> Difference | None:
    before = differences.find(places[0], service, numbers[0])
    after = differences.find(places[1], service, numbers[1])
    if after is None and before is None:
        return None
    if after is None:
        raise MirrorError(f"{service}: B has no edition, A has one")
    if before and before.statement.number > after.statement.number:
        raise click.UsageError(
            f"{service}: A is edition {before.statement.number}, later than B,"
            f" edition {after.statement.number}"
        )
    return differences.differ((places[0], before), (places[1], after))


def _show(
    service: str, found: Difference | None, place: Place, *, as_json: bool
) -> None:
    if as_json:
        row = difference_row(found) if found else {"service": service, "to": None}
        row["fingerprint"] = place.chain[0].digest
        click.echo(json.dumps(row, ensure_ascii=False))
    elif found is None:
        click.echo(f"{service}: no edition")
    else:
        for line in told(found):
            click.echo(line)


def difference_row(found: Difference) -> dict[str, Any]:
    """Write a comparison as a JSON object."""
    return {
        "service": found.service,
        "from": found.before and _edition_row(found.before),
        "to": _edition_row(found.after),
        "explained": found.explained,
        "articles": [_article_row(article) for article in found.articles],
        "files": {
            group: [{"path": path, "change": change} for path, change in files]
            for group, files in found.files.items()
        },
        "around_articles": [
            {"edition": number, "words": list(map(list, runs))}
            for number, runs in found.frames.items()
        ],
        "pack_differs": [
            {"name": name, "edition": number, "differs": list(differs)}
            for name, editions in sorted(found.packed.items())
            for number, differs in editions.items()
        ],
        "pictures_swapped": [
            {"path": path, "edition": number} for path, number in found.swapped
        ],
        "editions_not_read": list(found.unread),
    }


def _edition_row(edition: VerifiedEdition) -> dict[str, Any]:
    statement = edition.statement
    return {
        "edition": statement.number,
        "time": utc_stamp(statement.time),
        "tree": statement.tree,
    }


def _article_row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "path": article.path or None,
        "change": REPRINTED if article.same else article.change,
        "releases": [
            {
                "number": line.number,
                "kind": line.kind,
                "time": utc_stamp(line.time),
                "note": line.number in article.noted,
            }
            for line in article.lines
        ],
        "without_release_line": [
            {"edition": number, "differs": _differs(found, hidden=article.hidden)}
            for number, found in article.silent.items()
        ],
        "reprinted": list(article.reprinted),
        "out_of_chain": list(article.broken),
        "words_hidden": article.hidden,
        "parts": {part: list(map(list, runs)) for part, runs in article.parts.items()},
        "problem": article.problem or None,
    }


def _differs(found: Found, *, hidden: bool) -> dict[str, list[list[str]]]:
    return {
        part: [] if hidden else list(map(list, runs)) for part, runs in found.items()
    }
