"""An empty newsroom's database, made by the migrations once and copied from then on.

Going through all migrations takes some ten seconds; every test run and every journey
begins with such a database. The copy is as old as the migrations and what they stand
on: a changed one is another file.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from postgres import Postgres

_SOURCE = Path(__file__).resolve().parents[1] / "src" / "tamizdat"
_KEPT = Path(__file__).resolve().parents[1] / ".pytest_cache" / "newsroom"
_MAIN = "from tamizdat.server.cli import main; main()"
_STANDS_ON = (
    *("Django", "wagtail", "django-taggit", "django-modelcluster"),
    "django-allauth",
    "django-tasks-db",
)
_MADE_BY = ("apps.py", "commands.py", "database.py", "home.py")


def migrated() -> Path:
    """Give the file of an empty newsroom's database, made if it is not there yet."""
    place = _KEPT / f"{_digest()}.sqlite3"
    if not place.exists():
        _KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            made = _make(Path(folder) / "newsroom")
            part = _KEPT / f"{os.getpid()}.part"
            shutil.copyfile(made, part)
        part.replace(place)  # whole or absent, whoever else makes one
    return place


def lay(home: Path) -> None:
    """Put an empty newsroom's database into a folder, made if it is not there."""
    home.mkdir(exist_ok=True)
    shutil.copyfile(migrated(), home / "newsroom.sqlite3")


@cache
def migrated_on(server: Postgres) -> str:
    """Give the name of an empty newsroom's database on a server, made for copies."""
    name = "migrated"
    place = _KEPT / f"{_digest()}.sql"
    if place.exists():
        server.bring(name, place)
        return name
    url = server.create(name)
    _KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _make(Path(folder) / "newsroom", TAMIZDAT_DATABASE_URL=url)
    part = _KEPT / f"{os.getpid()}.part"
    server.keep(name, part)
    part.replace(place)
    return name


def _digest() -> str:
    digest = hashlib.sha256(" ".join(map(version, _STANDS_ON)).encode())
    for path in sorted(_SOURCE.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    for path in sorted(_SOURCE.glob("*/triggers.py")):
        digest.update(path.read_bytes())
    for name in _MADE_BY:
        digest.update((_SOURCE / "newsroom" / name).read_bytes())
    return digest.hexdigest()[:16]


def _make(home: Path, **settings: str) -> Path:
    words = ("init", str(home), "--organisation-id", "news.example")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    subprocess.run(
        [sys.executable, "-c", _MAIN, *words, "--organisation-name", "News"],
        env={
            **kept,
            **settings,
            "PYTHONPATH": str(_SOURCE.parent),
            "PYTHONWARNINGS": "ignore",
        },
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return home / "newsroom.sqlite3"


if __name__ == "__main__":
    migrated()
