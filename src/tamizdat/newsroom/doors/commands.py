"""Accounts on the command line: links that let in, closing, handing over, unlocking."""

import click

from tamizdat.newsroom.commands import (
    account,
    in_words,
    refusals,
    seats_of,
    start_django,
)

LINK = "Shown once, works once, good for {hours} hours:"


@account.command("invite")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE@SERVICE",
    help="What it may, where; once for each.",
)
@click.option("--everything", is_flag=True, help="It may do everything, everywhere.")
def invite(name: str, roles: tuple[str, ...], *, everything: bool) -> None:
    """Make a link with which somebody opens the account NAME.

    Example: tamizdat account invite anna --role editor@ru
    """
    start_django()
    from tamizdat.newsroom.doors import invitations  # noqa: PLC0415 (needs Django)

    with refusals():
        token = invitations.invite(name, seats_of(roles), everything=everything)
    click.echo(f"{name} will be {in_words(roles, everything=everything)}.")
    print_link(token, hours=invitations.GOOD_FOR.days * 24)


@account.command("reset")
@click.argument("name")
def reset(name: str) -> None:
    """Let NAME in again: password, second factor and sessions go, a link comes.

    Example: tamizdat account reset anna
    """
    start_django()
    from tamizdat.newsroom import accounts  # noqa: PLC0415 (needs Django)
    from tamizdat.newsroom.doors import invitations  # noqa: PLC0415 (the same)

    with refusals():
        token = invitations.reset(accounts.account_of(name))
    click.echo(f"{name} signs in nowhere until this link is followed.")
    print_link(token, hours=int(invitations.RESET_FOR.total_seconds() // 3600))


@account.command("close")
@click.argument("name")
@click.option("--to", "colleague", metavar="NAME", help="Hand over to first.")
def close(name: str, colleague: str | None) -> None:
    """Close the account NAME: sessions end at once, locks open.

    Example: tamizdat account close anna --to boris
    """
    start_django()
    from django.db import transaction  # noqa: PLC0415 (needs Django)

    from tamizdat.newsroom import accounts  # noqa: PLC0415 (the same)
    from tamizdat.newsroom.doors import leaving  # noqa: PLC0415 (the same)

    moved = None
    with refusals(), transaction.atomic():
        person = accounts.account_of(name)
        if colleague is not None:
            moved = leaving.hand_over(person, accounts.account_of(colleague))
        leaving.close(person)
    if moved is not None:
        told = ", ".join(f"{number} {kind}" for kind, number in moved.items())
        click.echo(f"{colleague} has now of {name}: {told}.")
    click.echo(f"{name} can do nothing any more.")


@account.command("open")
@click.argument("name")
def reopen(name: str) -> None:
    """Open the closed account NAME, with what it had.

    Example: tamizdat account open anna
    """
    start_django()
    from tamizdat.newsroom import accounts  # noqa: PLC0415 (needs Django)
    from tamizdat.newsroom.doors import leaving  # noqa: PLC0415 (the same)

    with refusals():
        leaving.reopen(accounts.account_of(name))
    click.echo(f"{name} can sign in again.")


@account.command("unlock")
@click.argument("name")
def unlock(name: str) -> None:
    """Forget how often NAME was tried wrongly.

    Example: tamizdat account unlock anna
    """
    start_django()
    from tamizdat.newsroom import accounts  # noqa: PLC0415 (needs Django)
    from tamizdat.newsroom.doors import lockout  # noqa: PLC0415 (the same)

    with refusals():
        lockout.lift(accounts.account_of(name))
    click.echo(f"{name} can try again.")


def print_link(token: str, *, hours: int) -> None:
    """Print a link, alone on its line so that it can be copied or piped."""
    from tamizdat.newsroom.doors.invitations import address_of  # noqa: PLC0415

    click.echo(LINK.format(hours=hours), err=True)
    click.echo(address_of(token))
