"""Imports point one way: the order of the rooms is the order a story travels."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    "name",
    ["newsroom.archives.bringing", "newsroom.wire_desk.by_hand", "mirrors.resident"],
)
def test_module_that_is_loaded_late_imports_in_no_ring(name):
    """What a command imports once it runs comes in whatever order came before."""
    words = f"import django; django.setup(); import tamizdat.{name}"
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, check=False, text=True
    )

    assert 0 == done.returncode, done.stderr


def test_every_folder_is_a_room_of_the_design():
    """No room is added that the drawing does not show."""
    folders = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}

    assert folders <= {*PURE, *NUMBERED, "reader"}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_room_imports_only_rooms_before_it(path):
    """A pure room imports no room; a numbered one only pure and lower rooms."""
    room = path.relative_to(PACKAGE).parts[0]
    for name in imports(path):
        other = room_of(name)
        if other is None or other == room:
            continue
        if room in PURE:
            pytest.fail(f"pure room {room} imports {name}")
        if room in NUMBERED and other in NUMBERED:
            assert NUMBERED.index(other) < NUMBERED.index(room), name


@pytest.mark.parametrize(
    "path",
    [p for p in modules() if p.relative_to(PACKAGE).parts[0] in PURE],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_pure_room_touches_no_world(path):
    """No clock, network, disk, settings or randomness decides a byte."""
    touched = {
        name
        for name in imports(path)
        if name.split(".")[0] in WORLD and not name.startswith("urllib.parse")
    }

    assert set() == touched
