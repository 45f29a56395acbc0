"""Imports point one way: the order of the rooms is the order a story travels."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from patience import PATIENT

PACKAGE = Path(__file__).parents[1] / "src" / "tamizdat"
PURE = ("edition", "envelope", "rules")
NUMBERED = (
    "wire",
    "newsroom",
    "intake",
    "discussion",
    "debate",
    "contact",
    "press",
    "mirrors",
    "witness",
    "server",
)
WORLD = {
    "asyncio",
    "django",
    "http",
    "locale",
    "os",
    "pathlib",
    "random",
    "requests",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "time",
    "urllib",
    "wagtail",
}
LATE = ("newsroom.archives.bringing", "newsroom.wire_desk.by_hand", "mirrors.resident")
# Each is the first that is imported once Django is ready: in a process of its own.
_EACH_FIRST = """
import importlib, os, sys
import django
django.setup()
for name in sys.argv[1:]:
    if os.fork() == 0:
        importlib.import_module(f"tamizdat.{name}")
        sys.exit()
failed = [name for name in sys.argv[1:] if os.wait()[1]]
sys.exit(len(failed))
"""


def modules() -> list[Path]:
    """List every module of the package."""
    return sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)


def imports(path: Path) -> Iterator[str]:
    """List the modules a file imports, at the top or inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str | None:
    """Name the room of "tamizdat.press.run", or None outside the rooms."""
    parts = name.split(".")
    inside = parts[0] == "tamizdat" and len(parts) > 1
    return parts[1] if inside and parts[1] in (*PURE, *NUMBERED) else None


def test_module_that_is_loaded_late_imports_in_no_ring():
    """What a command imports once it runs comes in whatever order came before."""
    done = subprocess.run(
        [sys.executable, "-c", _EACH_FIRST, *(LATE if PATIENT else LATE[:1])],
        capture_output=True,
        check=False,
        text=True,
    )

    assert 0 == done.returncode, done.stderr


def test_every_folder_is_a_room_of_the_design():
    """No room is added that the drawing does not show."""
    folders = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}

    assert folders <= {*PURE, *NUMBERED, "reader"}


@cache
def named(path: Path) -> tuple[str, ...]:
    """Keep what a file imports."""
    return tuple(imports(path))


def is_ahead(room: str, name: str) -> bool:
    """Tell whether a room must not import this module of another room."""
    other = room_of(name)
    if other is None or other == room:
        return False
    if room in PURE:
        return True
    numbered = room in NUMBERED and other in NUMBERED
    return numbered and NUMBERED.index(other) > NUMBERED.index(room)


def test_room_imports_only_rooms_before_it():
    """A pure room imports no room; a numbered one only pure and lower rooms."""
    found = [
        (str(path), name)
        for path in modules()
        for name in named(path)
        if is_ahead(path.relative_to(PACKAGE).parts[0], name)
    ]

    assert [] == found


def test_pure_room_touches_no_world():
    """No clock, network, disk, settings or randomness decides a byte."""
    touched = [
        (str(path), name)
        for path in modules()
        if path.relative_to(PACKAGE).parts[0] in PURE
        for name in named(path)
        if name.split(".")[0] in WORLD and not name.startswith("urllib.parse")
    ]

    assert [] == touched
