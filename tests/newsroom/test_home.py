"""The folder of a newsroom."""

import stat
from pathlib import Path

import pytest

from tamizdat.newsroom.errors import HomeError
from tamizdat.newsroom.home import (
    Home,
    Organisation,
    make_home,
    read_home,
    unmade_on_failure,
)

DEMO = Organisation("demo.tamizdat.example", "Demo Press", 2026)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Give a newsroom's folder, just made."""
    return make_home(tmp_path / "newsroom", DEMO, "127.0.0.1", 8300)


def test_folder_is_read_as_it_was_made(home: Home) -> None:
    """What is written down is what settings get."""
    assert home == read_home(home.path)


def test_secret_is_closed_to_others(home: Home) -> None:
    """Only the account that runs the newsroom reads its secret and its drafts."""
    assert 0o600 == stat.S_IMODE((home.path / "secret.key").stat().st_mode)
    assert 0o700 == stat.S_IMODE(home.path.stat().st_mode)


def test_secret_is_new_for_each_newsroom(home: Home, tmp_path: Path) -> None:
    """No two newsrooms sign with one secret."""
    other = make_home(tmp_path / "other", DEMO, "127.0.0.1", 8300)

    assert home.secret != other.secret


def test_standing_newsroom_is_not_made_again(home: Home) -> None:
    """A secret in use is never replaced."""
    with pytest.raises(HomeError, match="stands here already"):
        make_home(home.path, DEMO, "127.0.0.1", 8300)


def test_missing_newsroom_says_how_to_make_one(tmp_path: Path) -> None:
    """The message is the next step."""
    with pytest.raises(HomeError, match="tamizdat init"):
        read_home(tmp_path)


@pytest.mark.parametrize(
    ("line", "odd"),
    [
        ('id = "demo.tamizdat.example"', 'id = "Demo Press"'),
        ('name = "Demo Press"', 'name = ""'),
        ("since = 2026", 'since = "2026"'),
        ("since = 2026", "since = 1900"),
        ('host = "127.0.0.1"', 'host = "a b"'),
        ("port = 8300", "port = 0"),
        ("port = 8300", "port = 8300\ndebug = true"),
        ("port = 8300", 'port = 8300\nlanguage = "Русский"'),
        ("[newsroom]", "[news]"),
        ("[organisation]", "[organisation"),
    ],
)
def test_odd_value_is_refused(home: Home, line: str, odd: str) -> None:
    """A file that says something unexpected stops the start, and is named."""
    file = home.path / "tamizdat.toml"
    file.write_text(file.read_text().replace(line, odd))

    with pytest.raises(HomeError, match=r"tamizdat\.toml"):
        read_home(home.path)


@pytest.mark.parametrize("name", ["tamizdat.toml", "secret.key"])
def test_file_that_is_no_text_is_named(home: Home, name: str) -> None:
    """A damaged file is not taken for a missing newsroom."""
    (home.path / name).write_bytes(b"\xff")

    with pytest.raises(HomeError, match=rf"{name}: expected .* found 0xff at byte 0"):
        read_home(home.path)


def test_short_secret_is_refused(home: Home) -> None:
    """A secret that could be guessed is none."""
    (home.path / "secret.key").write_text("short\n")

    with pytest.raises(HomeError, match="expected 48 characters"):
        read_home(home.path)


def test_failure_takes_back_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    """Files that lay there before stay, a database among them."""
    folder = tmp_path / "newsroom"
    folder.mkdir()
    (folder / "newsroom.sqlite3").write_text("kept")
    home = make_home(folder, DEMO, "127.0.0.1", 8300)
    with pytest.raises(KeyboardInterrupt), unmade_on_failure(home):
        raise KeyboardInterrupt

    assert [folder / "newsroom.sqlite3"] == list(folder.iterdir())
