"""Know the folder of one newsroom: its organisation, address, secret and paths.

Decides what stands in `tamizdat.toml`. Imports no Django: settings are made from it.

    <home>/tamizdat.toml      who the organisation is, where the newsroom listens
    <home>/secret.key         signs sessions, mode 0600, never in a backup of editions
    <home>/newsroom.sqlite3   the newsroom, unless PostgreSQL holds it
    <home>/media/             pictures, already without metadata
    <home>/archive/           every byte ever published; the press writes it
"""

import json
import os
import re
import secrets
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tamizdat.newsroom.errors import HomeError

# Roles whose accounts sign in with a second factor, unless an operator says otherwise.
SECOND_FACTOR = ("operator", "chief-editor", "legal-reviewer")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ARCHIVE = "archive"
NOWHERE = "newsroom.invalid"  # the organisation of no newsroom
SECRET_BYTES = 48  # above the 50 characters Django asks for, once in hex

_DOMAIN = re.compile(r"(?=.{4,100}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HOST = re.compile(r"[a-z0-9.:-]{1,100}")
_AGENCY = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_STATE = re.compile(r"([A-Z]{2})?")


Told = tuple[str, tuple[tuple[str, str], ...]]  # id of an agency; keys and texts


@dataclass(frozen=True)
class Organisation:
    """Who publishes.

    Attributes:
        id: a domain the organisation holds, as "demo.tamizdat.example".
        name: as readers see it.
        since: year from which it held that domain; stands in every `tag:` URI.
    """

    id: str
    name: str
    since: int


@dataclass(frozen=True)
class Home:
    """One newsroom on disk.

    Attributes:
        port: TCP port of the editors' site.
        language: tag of the language it has for who has chosen none.
        second_factor: roles that have to sign in with one; empty asks nobody.
        labels_state_agencies: whether credit lines say which agencies states own.
        agencies: what the newsroom adds to the table of agencies; keys are "state",
            "name" or tags of languages.
        private_hosts: hosts that sources of the wire may reach although they are
            private.
        wire_folders: below which folders may be watched; `wire/` beside the newsroom
            always.
    """

    path: Path
    organisation: Organisation
    host: str
    port: int
    secret: str
    language: str = "en"
    second_factor: tuple[str, ...] = SECOND_FACTOR
    labels_state_agencies: bool = True
    agencies: tuple[Told, ...] = ()
    private_hosts: tuple[str, ...] = ()
    wire_folders: tuple[str, ...] = ()

    @property
    def database(self) -> Path:
        """Where SQLite keeps the newsroom."""
        return self.path / "newsroom.sqlite3"

    @property
    def media(self) -> Path:
        """Where pictures are kept."""
        return self.path / "media"

    @property
    def trust_notes(self) -> Path:
        """Where the press keeps the trust notes beside its keys."""
        return self.path / "keys" / "trust"

    @property
    def is_private(self) -> bool:
        """Whether editors reach it on this machine alone, without TLS."""
        return self.host in LOOPBACK


def read_home(path: Path) -> Home:
    """Read the folder of a newsroom.

    Raises:
        HomeError: not made, or a value is odd.
    """
    text = _text(path, "tamizdat.toml", "utf-8")
    secret = _text(path, "secret.key", "ascii").strip()
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HomeError(f"{path / 'tamizdat.toml'}: {error}") from error
    if len(secret) < SECRET_BYTES:
        raise HomeError(f"{path / 'secret.key'}: expected {SECRET_BYTES} characters")
    return _home(path, values, secret)


def _text(path: Path, name: str, encoding: str) -> str:
    try:
        return (path / name).read_text(encoding=encoding)
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"{path}: no newsroom here; make one with `tamizdat init {path}`"
        raise HomeError(message) from error
    except OSError as error:
        raise HomeError(f"{path / name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        found = f"0x{error.object[error.start]:02x} at byte {error.start}"
        message = f"{path / name}: expected {encoding} text, found {found}"
        raise HomeError(message) from error


def make_home(
    path: Path,
    organisation: Organisation,
    host: str,
    port: int,
    second_factor: Sequence[str] = SECOND_FACTOR,
) -> Home:
    """Make the folder of a newsroom: its file, its secret, its empty folders.

    Raises:
        HomeError: a newsroom stands there, or a value is odd.
    """
    if (path / "tamizdat.toml").exists():
        raise HomeError(f"{path}: a newsroom stands here already")
    values = _values(organisation, host, port, second_factor)
    home = _home(path, values, secrets.token_hex(48))
    try:
        _write(home)
    except OSError as error:
        message = f"{path}: expected a folder that can be written, {error.strerror}"
        raise HomeError(message) from error
    return home


@contextmanager
def unmade_on_failure(home: Home) -> Iterator[None]:
    """Take a folder just made away again if what follows fails or is interrupted.

    A database that lay there before stays, and so does every other file.
    """
    kept = home.database.exists()
    try:
        yield
    except BaseException:
        _unmake(home, database=not kept)
        raise


def _unmake(home: Home, *, database: bool) -> None:
    names = ["tamizdat.toml", "secret.key"]
    if database:
        names += [f"{home.database.name}{ending}" for ending in ("", "-wal", "-shm")]
    for name in names:
        (home.path / name).unlink(missing_ok=True)
    for folder in (home.media, home.path / ARCHIVE, home.path):
        with suppress(OSError):  # not empty: somebody else's files
            folder.rmdir()


def _write(home: Home) -> None:
    home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.path.chmod(0o700)  # it may have stood before; drafts are nobody else's
    home.media.mkdir(exist_ok=True)
    # Empty: nothing was ever printed. One that is missing later is lost.
    (home.path / ARCHIVE).mkdir(exist_ok=True)
    _write_secret(home.path / "secret.key", home.secret)
    (home.path / "tamizdat.toml").write_text(_toml(home), encoding="utf-8")


def _values(
    organisation: Organisation, host: str, port: int, second_factor: Sequence[str]
) -> dict[str, Any]:
    return {
        "organisation": vars(organisation),
        "newsroom": {"host": host, "port": port},
        "accounts": {"second_factor": list(second_factor)},
    }


def _home(path: Path, values: dict[str, Any], secret: str) -> Home:
    place = path / "tamizdat.toml"
    organisation = _table(place, values, "organisation", {"id", "name", "since"})
    newsroom = _table(
        place, values, "newsroom", {"host", "port"}, optional={"language": "en"}
    )
    values = {"accounts": {"second_factor": list(SECOND_FACTOR)}, **values}
    accounts = _table(place, values, "accounts", {"second_factor"})
    values = {"credits": {}, **values}
    credits_ = _table(
        place, values, "credits", set(), {"label_state_agencies": True, "agencies": {}}
    )
    values = {"wire": {}, **values}
    wire = _table(
        place, values, "wire", set(), optional={"private_hosts": [], "folders": []}
    )
    known = {"organisation", "newsroom", "accounts", "credits", "wire"}
    if values.keys() - known:
        raise HomeError(f"{place}: unknown {sorted(values)}")
    return Home(
        path=path,
        organisation=Organisation(
            id=_match(place, "organisation.id", organisation["id"], _DOMAIN),
            name=_match(place, "organisation.name", organisation["name"], _NAME),
            since=_number(place, "organisation.since", organisation["since"], 1985),
        ),
        host=_match(place, "newsroom.host", newsroom["host"], _HOST),
        port=_number(place, "newsroom.port", newsroom["port"], 1),
        secret=secret,
        language=_match(place, "newsroom.language", newsroom["language"], _TAG),
        second_factor=_roles(place, accounts["second_factor"]),
        labels_state_agencies=_switch(place, credits_["label_state_agencies"]),
        agencies=tuple(_agencies(place, credits_["agencies"])),
        private_hosts=_texts(place, "wire.private_hosts", wire["private_hosts"]),
        wire_folders=_folders(place, wire["folders"]),
    )


_NAME = re.compile(r"\S[^\x00-\x1f\x7f\"\\]{0,98}")  # also safe inside TOML quotes


_WORDS = {
    "organisation.id": "a domain in small letters, as news.example",
    "organisation.name": "1 to 99 characters, no quotation mark and no backslash",
    "newsroom.host": "a host name or address",
    "newsroom.language": "a language tag as ru",
    "state": 'a code of ISO 3166-1 as RU, or "" for none',
}


def _table(
    place: Path,
    values: Any,
    name: str,
    keys: set[str],
    optional: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    table, spare = values.get(name), optional or {}
    if not isinstance(table, dict) or table.keys() - spare.keys() != keys:
        wanted = ", ".join(sorted(keys or spare))
        raise HomeError(f"{place}: [{name}]: expected {wanted}")
    return {**spare, **table}


def _match(place: Path, name: str, value: Any, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise HomeError(f"{place}: {name}: expected {_WORDS[name]}, found {value!r}")
    return value


def _number(place: Path, name: str, value: Any, least: int, most: int = 65535) -> int:
    if type(value) is not int or not least <= value <= most:
        raise HomeError(f"{place}: {name}: expected {least} to {most}, found {value!r}")
    return value


def _roles(place: Path, value: Any) -> tuple[str, ...]:
    """Read names of roles; whether there are such roles, the settings ask."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        wanted = 'a list of roles, as ["operator"]; [] asks nobody'
        found = f"expected {wanted}, found {value!r}"
        raise HomeError(f"{place}: accounts.second_factor: {found}")
    return tuple(value)


def _switch(place: Path, value: Any) -> bool:
    if not isinstance(value, bool):
        found = f"expected true or false, found {value!r}"
        raise HomeError(f"{place}: credits.label_state_agencies: {found}")
    return value


def _agencies(place: Path, value: Any) -> Iterator[Told]:
    """Read what a newsroom says of agencies; each is a table of names."""
    tables = value.items() if isinstance(value, dict) else [("", value)]
    for id_, table in tables:
        where = f"{place}: credits.agencies.{id_}"
        if not isinstance(table, dict) or not _AGENCY.fullmatch(id_):
            raise HomeError(
                f"{where}: expected a table named in small letters, with name, state"
                " or tags of languages"
            )
        for key, text in table.items():
            pattern = _STATE if key == "state" else _NAME
            if not isinstance(text, str) or not pattern.fullmatch(text):
                wanted = _WORDS["state" if key == "state" else "organisation.name"]
                raise HomeError(f"{where}.{key}: expected {wanted}, found {text!r}")
            if key not in {"state", "name"} and not _TAG.fullmatch(key):
                raise HomeError(
                    f"{where}.{key}: expected name, state or the tag of a language"
                )
        yield id_, tuple(sorted(table.items()))


def _texts(place: Path, name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise HomeError(f"{place}: {name}: expected a list of texts, found {value!r}")
    return tuple(value)


def _folders(place: Path, value: Any) -> tuple[str, ...]:
    """Read the folders that may be watched: whole paths, never one that holds all."""
    found = _texts(place, "wire.folders", value)
    for one in found:
        if not Path(one).is_absolute() or Path(one).parent == Path(one):
            wanted = "expected a whole path below /"
            raise HomeError(f"{place}: wire.folders: {wanted}, found {one!r}")
    return found


def _write_secret(path: Path, secret: str) -> None:
    # Exclusive, and closed to others from the first instant.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")


def _toml(home: Home) -> str:
    return (
        "[organisation]\n"
        f'id = "{home.organisation.id}"  # never changes: it stands in every address\n'
        f'name = "{home.organisation.name}"\n'
        f"since = {home.organisation.since}\n"
        "\n[accounts]\n"
        f"second_factor = {json.dumps(home.second_factor)}  # who must have one\n"
        "\n[newsroom]\n"
        f'host = "{home.host}"\n'
        f"port = {home.port}\n"
    )
