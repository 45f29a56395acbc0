"""The command line: names the rooms' commands and loads one when it is asked for.

A command that needs no database starts without Django; `tamizdat --help` loads none.
Exit status: 0 done, 1 the thing checked is bad or could not be done, 2 wrong use.
"""

import sys
from importlib import import_module
from typing import Any, NamedTuple

import click

import tamizdat


class Lazy(NamedTuple):
    """Where a command lives, and its line in the help of its group."""

    place: str
    help: str


class LazyGroup(click.Group):
    """A group whose commands are imported on use."""

    def __init__(self, *args: Any, lazy: dict[str, Lazy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in their order here, which is the order of work."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._lazy[cmd_name].place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - the signature is click's
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the help of the group without importing a command."""
        rows = [(name, self._lazy[name].help) for name in self._lazy]
        rows += [
            (name, command.get_short_help_str())
            for name, command in self.commands.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Newsroom(LazyGroup):
    """The whole command line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; say in one line what is wrong with the newsroom's database."""
        try:
            return super().invoke(ctx)
        except Exception:
            if "django.db" not in sys.modules:
                raise  # it asked no database
            from tamizdat.newsroom.database import reached  # noqa: PLC0415

            with reached():
                raise


_WIRE = LazyGroup(
    "wire",
    help="Agency copy, feeds and saved pages in.",
    lazy={
        "parse": Lazy("tamizdat.wire.commands:parse", "Print wire items of files."),
        "import": Lazy(
            "tamizdat.newsroom.archives.commands:wire_import",
            "Make drafts of files, releases of archives.",
        ),
        "source": Lazy(
            "tamizdat.newsroom.sources.commands:source", "Where copy comes from."
        ),
        "watch": Lazy(
            "tamizdat.newsroom.sources.commands:watch", "Fetch, until interrupted."
        ),
        "reparse": Lazy(
            "tamizdat.newsroom.sources.commands:reparse", "Read kept copy again."
        ),
        "sweep": Lazy(
            "tamizdat.newsroom.sources.commands:sweep", "Let go of old copy."
        ),
    },
)
_EDITION = LazyGroup(
    "edition",
    help="Signed editions: build and verify, without a database.",
    lazy={
        "build": Lazy("tamizdat.press.commands:build", "Sign a file of stories."),
        "offline": Lazy(
            "tamizdat.press.offline_command:offline", "Make files to carry along."
        ),
        "verify": Lazy(
            "tamizdat.mirrors.commands:verify", "Check a mirror or an offline file."
        ),
        "diff": Lazy("tamizdat.mirrors.diff_command:diff", "Say what changed."),
        "index": Lazy("tamizdat.press.find_command:index", "Index words for a search."),
    },
)
_LOG = LazyGroup(
    "log",
    help="The organisation's log.",
    lazy={
        "monitor": Lazy(
            "tamizdat.mirrors.log_commands:monitor", "Follow it from outside."
        ),
        "recover": Lazy(
            "tamizdat.mirrors.log_commands:recover", "Rebuild it from what verifies."
        ),
    },
)
_PRESS = LazyGroup(
    "press",
    help="From the newsroom's releases to editions on mirrors.",
    lazy={
        "run": Lazy("tamizdat.server.commands:press_run", "Print what is released."),
        "round": Lazy("tamizdat.server.commands:press_round", "Have the log cosigned."),
        "status": Lazy("tamizdat.server.commands:press_status", "Say what is printed."),
    },
)


@click.group(
    cls=Newsroom,
    name="tamizdat",
    help="A newsroom and a press for news that is banned where it is read.",
    lazy={
        "demo": Lazy("tamizdat.server.demo.commands:demo", "Show all of it at once."),
        "init": Lazy("tamizdat.newsroom.commands:init", "Set up a newsroom."),
        "upgrade": Lazy(
            "tamizdat.newsroom.commands:upgrade", "Bring its database up to date."
        ),
        "account": Lazy(
            "tamizdat.newsroom.doors.commands:account", "Accounts of the editors' site."
        ),
        "library": Lazy(
            "tamizdat.newsroom.library_commands:library",
            "Sounds and documents that it keeps.",
        ),
        "originals": Lazy(
            "tamizdat.newsroom.darkroom.commands:originals",
            "The key to private originals of pictures.",
        ),
        "run": Lazy("tamizdat.server.commands:run", "Run newsroom and press."),
        "service": Lazy(
            "tamizdat.newsroom.service_commands:service", "Language services."
        ),
        "tasks": Lazy(
            "tamizdat.newsroom.task_commands:tasks", "What services have to follow."
        ),
        "mirror": Lazy(
            "tamizdat.mirrors.commands:mirror", "Mirrors: add, push, probe."
        ),
        "keys": Lazy("tamizdat.press.key_commands:keys", "Signing keys."),
        "witness": Lazy(
            "tamizdat.witness.commands:witness", "Watch the logs of sister newsrooms."
        ),
    },
)
@click.version_option(tamizdat.VERSION, package_name="tamizdat")
def main() -> None:
    """Name the rooms."""


for _group in (_WIRE, _EDITION, _PRESS, _LOG):
    main.add_command(_group)
