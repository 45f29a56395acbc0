"""Documentation fails the build when it is behind the code."""

import ast
import hashlib
import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from tamizdat.server.cli import main

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
SKIPPED = {"build", "demo", "dist", "node_modules"}
AGPL_3 = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_MAKE = re.compile(r"^ *make ([a-z]+)\b", re.MULTILINE)
_TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
_SETTING = re.compile(r"TAMIZDAT_[A-Z]+(_[A-Z]+)*")
_PLACE = re.compile(r"(?:src|tests|spec)/[\w./-]+\.(?:py|md|mjs|html|css)")
_CELL = re.compile(r"^\| `?([A-Za-z0-9_-]+)`? \|", re.MULTILINE)


@cache
def documents() -> list[Path]:
    """List every Markdown page of the project."""
    found = []
    for folder, inner, files in os.walk(ROOT):
        inner[:] = [name for name in inner if not _outside((name,))]
        found += [Path(folder, name) for name in files if name.endswith(".md")]
    return sorted(path for path in found if not _outside((path.name,)))


def _outside(parts: tuple[str, ...]) -> bool:
    return any(part in SKIPPED or part.startswith((".", "demo-")) for part in parts)


def name(path: Path) -> str:
    """Name a page in the list of tests."""
    return str(path.relative_to(ROOT))


@cache
def text_of(page: str) -> str:
    """Read a page by its path below the project."""
    return (ROOT / page).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """Take code blocks out of a page."""
    return _FENCE.sub("", text)


def links(text: str) -> Iterator[str]:
    """List links that lead inside the project."""
    for link in _LINK.findall(_CODE.sub("", prose(text))):
        if not re.match(r"[a-z]+:", link):
            yield link


def is_picture(link: str) -> bool:
    """Tell pictures of pages and of the newsroom from other links."""
    return "pictures/" in link and link.endswith(".png")


def headings(text: str) -> set[str]:
    """List the anchors of a page."""
    titles = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", t.lower()).replace(" ", "-") for t in titles}


def commands(
    group: click.Group = main, path: tuple[str, ...] = ("tamizdat",)
) -> Iterator[tuple[str, click.Command]]:
    """List every command that does something, with its full name."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, word))
        elif command is not None:
            yield " ".join((*path, word)), command


def options(command: click.Command) -> set[str]:
    """List the long options of a command."""
    return {
        name
        for option in command.params
        if isinstance(option, click.Option)
        for name in (*option.opts, *option.secondary_opts)
        if name.startswith("--")
    }


def sections() -> dict[str, str]:
    """Cut the reference of commands at its headings."""
    parts = re.split(
        r"^## `(.+)`$", text_of("docs/reference/commands.md"), flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def shell_lines() -> Iterator[tuple[str, str]]:
    """List the lines of all shell examples, each with its page."""
    for page in documents():
        for language, block in _FENCE.findall(page.read_text(encoding="utf-8")):
            if language == "sh":
                for line in block.splitlines():
                    yield name(page), line


def test_every_command_is_documented_and_no_other():
    """The reference of commands is the command line."""
    assert {full for full, _ in commands()} == set(sections())


@pytest.mark.parametrize("full", [full for full, _ in commands()])
def test_command_is_documented_with_its_options_and_exit_status(full):
    """What a command can be told stands in the reference, and nothing it cannot."""
    section = sections()[full]
    listed = set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE))

    assert options(dict(commands())[full]) - {"--help"} == listed
    assert f"`{full}" in section
    assert "Exit status:" in section


@pytest.mark.parametrize("page", documents(), ids=name)
def test_no_link_is_dead(page):
    """A link inside the project leads to a file, and to a heading if it names one."""
    text = page.read_text(encoding="utf-8")
    for link in links(text):
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if is_picture(link):
            continue
        assert target.exists(), link
        if anchor:
            assert anchor in headings(target.read_text(encoding="utf-8")), link


@pytest.mark.skipif(not PICTURES.is_dir(), reason="pictures are drawn by the demo")
@pytest.mark.parametrize("page", documents(), ids=name)
def test_every_picture_is_there(page):
    """A page shows no empty frame."""
    for link in links(page.read_text(encoding="utf-8")):
        if is_picture(link):
            assert (page.parent / link).is_file(), link


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_is_a_target(page):
    """`make something` in the first two pages does something."""
    text = text_of(page)
    code = [block for _, block in _FENCE.findall(text)] + _CODE.findall(prose(text))
    named = {target for part in code for target in _MAKE.findall(part)}

    assert named
    assert named <= set(_TARGET.findall(text_of("Makefile")))


def test_readme_gives_the_two_commands():
    """A stranger starts with one command and checks with another."""
    block = _FENCE.search(text_of("README.md"))

    assert block is not None
    assert ["demo", "test"] == _MAKE.findall(block[2])


@pytest.mark.parametrize(
    ("page", "line"), [pair for pair in shell_lines() if "tamizdat " in pair[1]]
)
def test_example_is_a_command_with_such_options(page, line):
    """A command line in any page can be typed as it stands."""
    known = dict(commands())
    words = shlex.split(line, comments=True)
    start = next(n for n, word in enumerate(words) if word.endswith("tamizdat"))
    rest = words[start + 1 :]
    full = next(
        (full for full in known if rest[: full.count(" ")] == full.split()[1:]), None
    )

    assert full is not None, f"{page}: {line}"
    assert {word for word in rest if word.startswith("--")} <= options(known[full])


def test_every_setting_is_documented():
    """What the newsroom reads from the environment stands in the reference."""
    source = text_of("src/tamizdat/server/settings.py")
    read = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _SETTING.fullmatch(node.value)
    }

    assert read
    assert read == {
        cell
        for cell in _CELL.findall(text_of("docs/reference/settings.md"))
        if cell.startswith("TAMIZDAT_")
    }


def test_every_dependency_has_its_line():
    """Why each package is here, and who keeps it, can be looked up."""
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    named = {re.split(r"[<>=\[ ;]", one)[0] for one in wanted}
    page = text_of("docs/decisions/0009-dependencies-of-the-first-release.md")

    assert named == set(_CELL.findall(page)) - {"Package"}


def test_every_decision_is_listed():
    """The list of decisions is complete."""
    folder = ROOT / "docs" / "decisions"
    listed = set(links(text_of("docs/decisions/README.md")))

    assert {p.name for p in folder.glob("[0-9]*.md")} == listed


@pytest.mark.parametrize("page", documents(), ids=name)
def test_files_that_a_page_names_are_there(page):
    """Whoever looks for the test behind a promise finds it."""
    for code in _CODE.findall(prose(page.read_text(encoding="utf-8"))):
        if _PLACE.fullmatch(code):
            assert (ROOT / code).is_file(), code


def test_licence_is_the_unmodified_agpl():
    """The licence is the text of the Free Software Foundation, byte for byte."""
    assert AGPL_3 == hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
