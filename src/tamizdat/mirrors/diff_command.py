"""Two editions on the command line: what changed, in an editor's words or as JSON."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import click

from tamizdat.edition.compare import ADDED, REMOVED, Run, clipped, written
from tamizdat.edition.dates import utc_stamp, write_day
from tamizdat.edition.errors import EditionError, TrustError
from tamizdat.edition.releases import Line
from tamizdat.edition.stories import NOTED_KINDS
from tamizdat.edition.verify import VerifiedEdition
from tamizdat.mirrors import differences, probe
from tamizdat.mirrors.commands import refuse_demo, source_at
from tamizdat.mirrors.differences import CHANGED, GONE, NEW, Article, Difference
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.ledger import Place

_NUMBERED = re.compile(r"(.+)@([1-9][0-9]{0,11})", re.DOTALL)
_UNREAD = 10  # numbers named in one line


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


def told(found: Difference) -> Iterator[str]:
    """Say what changed, a line each: articles, other files, the count."""
    first = found.before.statement.number if found.before else "none"
    yield f"{found.service}: edition {first} to {found.after.statement.number}"
    for article in found.articles:
        yield f"  {article_line(article)}"
    for group, files in found.files.items():
        yield f"  {group}: {_files(group, files)}"
    if found.unread:
        yield f"  not on the mirror, lines unknown: {_unread(found)}"
    yield f"{found.service}: {_count(found)}"


def _unread(found: Difference) -> str:
    named = ", ".join(map(str, found.unread[:_UNREAD]))
    more = len(found.unread) - _UNREAD
    many = "edition" if len(found.unread) == 1 else "editions"
    return f"{many} {named}" + (f" and {more} more" if more > 0 else "")


def article_line(article: Article) -> str:
    """Say in one line what happened to an article, and why."""
    name = f"{article.id} ({article.path})" if article.path else article.id
    alarm = ""
    if article.silent:
        word = "changed" if article.change == differences.SAME else article.change
        alarm = f"{word} without a release line{_editions(article)}: "
    kinds = ", ".join(_kind(line) for line in article.lines)
    change = "" if article.change == CHANGED else article.change
    said = ", ".join(part for part in (change, kinds) if part)
    rest = "; ".join(_sayings(article))
    return f"{alarm}{name}: {said + ': ' if said else ''}{rest}"


def _editions(article: Article) -> str:
    many = "edition" if len(article.silent) == 1 else "editions"
    return f" in {many} {', '.join(map(str, article.silent))}"


def _kind(line: Line) -> str:
    day = write_day(line.time.date(), "gregorian", "en-GB")
    return f"{line.kind} of {day}"


def _sayings(article: Article) -> Iterator[str]:
    if said := _instead(article):
        yield said
    for part, runs in article.parts.items():
        if part in {"headline", "note"} or article.change not in {NEW, GONE}:
            yield _part(part, runs)
    if article.path and article.change != GONE and not article.problem:
        yield from _notes(article)


def _instead(article: Article) -> str:
    """Say why no part of an article is shown, if none is."""
    if article.problem:
        return article.problem
    if article.hidden:
        return "its words are not shown"
    if not article.path:
        return "no page of it differs"
    return "" if article.parts else "its words are the same"


def _notes(article: Article) -> Iterator[str]:
    """Miss the notes that readers are owed, and name those that cannot be shown."""
    for line in article.lines:
        owed = line.kind in (*NOTED_KINDS, "redaction")
        if owed and line.number not in article.noted:
            yield f"no note stands for release {line.number}"
        elif owed and article.hidden:
            yield f"the note of release {line.number} stands"


def _part(part: str, runs: Sequence[Run]) -> str:
    old = clipped("".join(run.text for run in runs if run.kind != ADDED))
    new = clipped("".join(run.text for run in runs if run.kind != REMOVED))
    if part == "headline" and old and new:
        return f"headline “{old}” is now “{new}”"
    if part == "headline":
        return f"headline “{new or old}”"
    if part == "note" and not old:
        return f"note: “{new}”".replace("\n", "” “")
    return f"{part}: {written(runs)}"


def _files(group: str, files: Sequence[tuple[str, str]]) -> str:
    if group in {"trust page", "other files"}:
        return ", ".join(f"{path} ({change})" for path, change in files)
    by = [change for _path, change in files]
    words = [word for word in (NEW, CHANGED, GONE) if word in by]
    unit = "page" if group == "lists" else "file"
    total = f"{len(by)} {unit}{'' if len(by) == 1 else 's'}"
    if words == [CHANGED]:
        return total
    return f"{total}: {', '.join(f'{by.count(word)} {word}' for word in words)}"


def _count(found: Difference) -> str:
    by = [article.change for article in found.articles]
    silent = sum(bool(article.silent) for article in found.articles)
    many = "1 article" if len(by) == 1 else f"{len(by)} articles"
    counts = ", ".join(f"{by.count(word)} {word}" for word in (NEW, CHANGED, GONE))
    verdict = f"{silent} without a release line" if silent else "each has its line"
    return f"{many}: {counts}; {verdict}" if by else "no article changed"


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
        "change": article.change,
        "releases": [
            {
                "number": line.number,
                "kind": line.kind,
                "time": utc_stamp(line.time),
                "note": line.number in article.noted,
            }
            for line in article.lines
        ],
        "without_release_line": list(article.silent),
        "words_hidden": article.hidden,
        "parts": {part: list(map(list, runs)) for part, runs in article.parts.items()},
        "problem": article.problem or None,
    }
