"""A PostgreSQL server for one test run: a new cluster in a folder, a socket, no port.

PostgreSQL refuses root; where tests run as root the server runs as its own account.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

USER = "pressroom"
SECONDS = 60  # for a slow machine to make a cluster and answer

# Nothing of a test run outlives it: no wait for a disk.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SMALL = ("listen_addresses=", "max_connections=40", "shared_buffers=64MB")
_WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"
)
_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


class PostgresMissingError(Exception):
    """Report that no server can be had here, and why."""


class Postgres:
    """A running server.

    Attributes:
        folder: holds the cluster in `data` and its socket.
    """

    def __init__(self, folder: Path) -> None:
        """Make a cluster and start it.

        Raises:
            PostgresMissingError: PostgreSQL is not installed, or does not start.
        """
        self.folder = folder
        self._programs = _programs()
        self._account = _account(folder)
        self._process: subprocess.Popen[bytes] | None = None
        made = self._run(
            *("initdb", "--pgdata", str(folder / "data"), "--username", USER),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"),
            "--no-sync",
        )
        _, told = made.communicate()
        if made.returncode:
            raise PostgresMissingError(f"initdb: {told.decode(errors='replace')}")
        self.start()

    def url(self, database: str) -> str:
        """Write the address of a database as the settings read it."""
        return f"postgres://{USER}@{quote(str(self.folder), safe='')}/{database}"

    def create(self, database: str, like: str = "template1") -> str:
        """Make a database, empty or like another; return its address."""
        with self.connect("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{like}"')
        return self.url(database)

    def keep(self, database: str, file: Path) -> None:
        """Write a database into a file."""
        words = (*self._at(database), "--no-owner", "--file", str(file))
        self._finish("pg_dump", *words)

    def bring(self, database: str, file: Path) -> None:
        """Make a database of a file that was kept."""
        self.create(database)
        quick = ("--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1")
        self._finish("psql", *self._at(database), *quick, "--file", str(file))

    def connect(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        """Open a connection that commits each statement."""
        return psycopg.connect(
            host=str(self.folder), user=USER, dbname=database, autocommit=True
        )

    def until_somebody_waits(self, database: str) -> None:
        """Return once a connection waits for what another one holds."""
        end = time.monotonic() + SECONDS
        with self.connect("postgres") as connection:
            while not connection.execute(_WAITING, (database,)).fetchone():
                assert time.monotonic() < end, "nobody waits: both worked at once"
                time.sleep(0.02)

    def words(self) -> set[str]:
        """List what no log may hold: where the server is, and who asks."""
        return {USER, str(self.folder)}

    def cut(self, database: str) -> None:
        """Cut every connection to a database, as a network does."""
        with self.connect("postgres") as connection:
            while connection.execute(_CUT, (database,)).fetchone():
                time.sleep(0.02)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [word for one in (*_FAST, *_SMALL) for word in ("-c", one)]
        place = ("-D", str(self.folder / "data"), "-k", str(self.folder))
        self._process = self._run("postgres", *place, *options)
        end = time.monotonic() + SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise PostgresMissingError("postgres: it did not start")
            time.sleep(0.05)

    def stop(self) -> None:
        """End the server as a machine that goes down does: connections are cut."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.communicate(timeout=SECONDS)
            self._process = None

    def _at(self, database: str) -> tuple[str, ...]:
        return ("--host", str(self.folder), "--username", USER, "--dbname", database)

    def _finish(self, program: str, *words: str) -> None:
        subprocess.run(
            [str(self._programs / program), *words],
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def _answers(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *words: str) -> "subprocess.Popen[bytes]":
        """Start a program of PostgreSQL that ends when the tests do, killed or not."""
        return subprocess.Popen(
            [
                *("setpriv", "--pdeathsig", "INT", *self._account),
                *(str(self._programs / program), *words),
            ],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        )


def _programs() -> Path:
    """Find the newest server: Debian keeps each version in a folder of its own."""
    debian = Path("/usr/lib/postgresql")
    versions = sorted(debian.glob("*/bin/postgres"), key=_version)
    found = str(versions[-1]) if versions else shutil.which("postgres")
    if found is None:
        raise PostgresMissingError("no postgres: `make tools` installs it")
    if shutil.which("setpriv") is None:
        raise PostgresMissingError("no setpriv: the tests would leave a server behind")
    return Path(found).resolve().parent


def _version(program: Path) -> int:
    name = program.parents[1].name
    return int(name) if name.isdecimal() else 0


def _account(folder: Path) -> list[str]:
    """Say as whom the server runs, and give that account the folder."""
    if os.getuid() != 0:
        return []
    try:
        account = pwd.getpwnam("postgres")
    except KeyError as error:
        raise PostgresMissingError("no account postgres to run it as") from error
    os.chown(folder, account.pw_uid, account.pw_gid)
    return [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
