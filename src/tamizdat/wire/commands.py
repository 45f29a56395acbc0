"""Hold the commands `tamizdat wire ...`: the edge where files are read.

Nothing here needs a database or settings, so the commands start at once.
"""

import json
import sys
from pathlib import Path

import click

from tamizdat.wire import table
from tamizdat.wire.errors import UnreadableFileError, WireError
from tamizdat.wire.items import WireItem


@click.group()
def wire() -> None:
    """Read agency copy, feeds and saved pages."""


@wire.command(
    epilog="Example: tamizdat wire parse page.txt --json > items.jsonl",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option(
    "--table", "as_table", is_flag=True, help="Print a table of the fields found."
)
@click.option(
    "--encoding",
    metavar="NAME",
    help="Read in this encoding, whatever the bytes say.",
)
@click.pass_context
def parse(
    context: click.Context,
    files: tuple[str, ...],
    *,
    as_json: bool,
    as_table: bool,
    encoding: str | None,
) -> None:
    """Parse each FILE and print the wire items in it.

    The keys stand in spec/wire-item.md. A file that cannot be parsed gets one
    line on standard error, the others are parsed all the same, and the exit
    status is 1.
    """
    if as_json and as_table:
        raise click.UsageError("--json and --table are two forms of output: take one")
    failed = False
    chosen = chosen_encoding(encoding)
    _print(table.heading() if as_table else "")
    for file in files:
        try:
            items = read(file, chosen)
        except WireError as error:
            click.echo(f"error: {error}", err=True)
            _print(table.refused(file) if as_table else "")
            failed = True
            continue
        write = as_line if as_json else as_summary
        _print(table.rows(file, items) if as_table else "".join(map(write, items)))
    context.exit(1 if failed else 0)


def _print(text: str) -> None:
    """Write at once: what is parsed stays, whatever comes of the next file."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()


def chosen_encoding(name: str | None) -> str | None:
    """Find Python's name of an encoding; None where none is named.

    Raises:
        BadParameter: no copy can be in it.
    """
    if name is None:
        return None
    from tamizdat.wire.decode import known_encoding  # noqa: PLC0415 - not for --help

    found = known_encoding(name)
    if found is None:
        raise click.BadParameter(f"no encoding that copy may be in: {name!r}")
    return found


def read(file: str, encoding: str | None = None) -> list[WireItem]:
    """Read one file and parse it.

    Args:
        file: where it is.
        encoding: that was chosen for it; None to tell it by the bytes.

    Raises:
        UnreadableFileError: the file cannot be opened or read.
        WireError: the bytes are refused, see `errors`.
    """
    # The parsers compile the word lists of all languages: not for --help.
    from tamizdat.wire import decode, parsers  # noqa: PLC0415 - see above
    from tamizdat.wire.parsers import archive  # noqa: PLC0415
    from tamizdat.wire.parsers.head import LOOKED_AT  # noqa: PLC0415

    try:
        with Path(file).open("rb") as stream:
            head = stream.read(LOOKED_AT)
            if head and parsers.family_of(head).name in parsers.ARCHIVES:
                stream.seek(0)
                with decode.reading_in(encoding):
                    return archive.parse_stream(stream, file)
            data = head + stream.read(parsers.MOST_BYTES + 1 - len(head))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no path at all"
        raise UnreadableFileError(file, reason.lower()) from error
    return parsers.parse(data, file, encoding)


def as_line(item: WireItem) -> str:
    """Write an item as one line of JSON."""
    return json.dumps(item.to_json(), ensure_ascii=False) + "\n"


def as_summary(item: WireItem) -> str:
    """Write an item for people: what was found, and what to look at."""
    rows = [
        ("headline", item.headline),
        ("language", item.language),
        ("byline", ", ".join(one.name for one in item.byline)),
        ("dateline", item.dateline and item.dateline.place),
        ("body", f"{len(item.body)} blocks"),
        ("pictures", str(len(item.media))),
        ("credit", item.credit),
        ("notices", ", ".join(one.designation or "?" for one in item.notices)),
        ("dropped", f"{len(item.receipt.dropped)} lines"),
        *(("warning", warning) for warning in item.receipt.warnings),
    ]
    return "".join(f"{name:>9}  {value or '-'}\n" for name, value in rows) + "\n"
