"""A folder over SSH. Files stay where they are.

The key of the server is known beforehand, by its fingerprint: who answers with another
is not told a password. Nothing of the account that runs the newsroom is used, no
agent, no key and no setting of its own.

Source: RFC 4253; the SSH File Transfer Protocol, version 3 (IETF draft, 2001).
"""

import asyncio
import socket
import stat
from fnmatch import fnmatchcase
from typing import Any

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources import kinds, listed
from tamizdat.newsroom.sources.kinds import Came, Fetched, Key, Road
from tamizdat.newsroom.sources.listed import Listed
from tamizdat.newsroom.sources.network import Clock, connect, reason
from tamizdat.newsroom.sources.said import at, say


def _fingerprint(text: str) -> str:
    if not text.startswith("SHA256:") or len(text) != len("SHA256:") + 43:
        raise ValueError(repr(text))
    return text


KEYS = {
    "host": Key("a host's name", read=kinds.host),
    "port": Key("a TCP port", "22", kinds.port),
    "path": Key("a folder there", ".", kinds.one_line),
    "names": Key("a pattern of names, as *.xml", "*", kinds.one_line),
    "host_key": Key("the fingerprint of its key, as SHA256:...", read=_fingerprint),
}
_MOST_LISTED = 20_000  # files of a folder


def fetch(road: Road) -> Fetched:
    """Read the files that are new or changed. Raises as `kinds.fetch`."""
    import asyncssh  # noqa: PLC0415 - a second to load, and few newsrooms have one

    host, clock = road.place["host"], Clock(road.seconds)
    sock = connect(host, int(road.place["port"]), clock, road.rules)
    with sock:
        try:
            begun = _fetch(sock, road, clock)
            return asyncio.run(asyncio.wait_for(begun, clock.left))
        except asyncssh.PermissionDenied as error:
            said = say(_("the server lets nobody in like this"))
            raise SourceError(at(host, said)) from error
        except (asyncssh.Error, OSError, ValueError) as error:
            raise SourceError(at(host, _why(error, clock))) from error


async def _fetch(sock: socket.socket, road: Road, clock: Clock) -> Fetched:
    connection = await _enter(sock, road)
    try:
        return await _read_new(await connection.start_sftp_client(), road, clock)
    finally:
        connection.close()


async def _enter(sock: socket.socket, road: Road) -> Any:
    """Sign in where the server shows the key that is expected."""
    import asyncssh  # noqa: PLC0415 (as above)

    shown: list[str] = []
    wanted = road.place["host_key"]

    class Client(asyncssh.SSHClient):
        """Believes one key."""

        def validate_host_public_key(
            self, host: str, addr: str, port: int, key: Any
        ) -> bool:
            del host, addr, port
            shown.append(key.get_fingerprint())
            return bool(key.get_fingerprint() == wanted)

    try:
        return await asyncssh.connect(
            sock=sock,
            client_factory=Client,
            known_hosts=([], [], []),
            config=None,
            agent_path=None,
            username=road.credentials.user or "anonymous",
            password=road.credentials.password or None,
            client_keys=_keys(road.credentials.key),
        )
    except asyncssh.HostKeyNotVerifiable as error:
        found = shown[-1] if shown else say(_("another kind of key"))
        said = _("expected the key %(wanted)s, found %(found)s")
        raise SourceError(say(said, wanted=wanted, found=found)) from error


def _keys(text: str) -> list[Any] | None:
    """Read the client's own key, if it has one."""
    import asyncssh  # noqa: PLC0415 (as above)

    if not text:
        return None  # an empty list would be read as: take those of the account
    try:
        return [asyncssh.import_private_key(text)]
    except asyncssh.KeyImportError:
        # Its message may quote the key.
        said = _(
            "the key in the secret: expected an OpenSSH private key, no passphrase"
        )
        raise SourceError(say(said)) from None


async def _read_new(client: Any, road: Road, clock: Clock) -> Fetched:
    listing = await _listing(client, road.place["path"], road.place["names"])
    # What is wanted is decided without reading, then read, then put together.
    plan = listed.fetch_listed(listing, road.state, lambda _name: b"")
    held: dict[str, bytes] = {}
    lost: dict[str, str] = {}
    left = list(plan.files)
    while left and not (held and clock.is_late()):
        one = left.pop(0)
        try:
            held[one.name] = await _read(client, f"{road.place['path']}/{one.name}")
        except OSError as error:
            lost[one.name] = error.strerror or type(error).__name__
    unread = {*lost, *(one.name for one in left)}
    seen = {k: mark for k, mark in plan.state["seen"].items() if k not in unread}
    told = tuple(at(name, why) for name, why in lost.items())
    files = tuple(Came(name, data) for name, data in held.items())
    more = plan.more or bool(left)
    return Fetched(files, {"seen": seen}, more, (*plan.warnings, *told))


async def _listing(client: Any, path: str, pattern: str) -> list[Listed]:
    found = list[Listed]()
    async for entry in client.scandir(path):
        name, about = str(entry.filename), entry.attrs
        plain = stat.S_ISREG(about.permissions or stat.S_IFREG)
        if len(found) >= _MOST_LISTED:
            raise SourceError(listed.too_many(_MOST_LISTED))
        if plain and not kinds.is_unfinished(name) and fnmatchcase(name, pattern):
            mark = f"{about.mtime or 0:012}-{about.size or 0}"
            found.append(Listed(name, about.size or 0, mark))
    return found


async def _read(client: Any, path: str) -> bytes:
    import asyncssh  # noqa: PLC0415 (as above)

    try:
        async with client.open(path, "rb") as file:
            data = await file.read(kinds.FILE_BYTES + 1)
    except asyncssh.SFTPError as error:
        said = _("expected a file, found SFTP error %(number)s")
        raise OSError(0, say(said, number=error.code)) from error
    if len(data) > kinds.FILE_BYTES:
        raise listed.TooLongError(path)
    return bytes(data)


def _why(error: BaseException, clock: Clock) -> str:
    if isinstance(error, TimeoutError):
        return say(_("the time for one fetch is over"))
    said = reason(error, clock)
    no_folder = say(_("expected a folder, found none"))
    return said if said != "SFTPNoSuchFile" else no_folder
