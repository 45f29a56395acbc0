"""Show a person at a terminal what takes time; say nothing to a program."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Show a moving line on standard error while something is done."""
    from rich.console import Console  # noqa: PLC0415 - quick start of other commands

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(what):
        yield
    console.print(f"  [green]done[/green]  {what}", highlight=False)
