"""Take the address of the newsroom's database apart. Reads no environment.

    postgres://desk:password@db.example:5432/news?sslrootcert=/etc/tamizdat/db.crt
    postgres:///news                      the socket of this machine, as this account
    postgres://desk@%2Frun%2Fdb/news      a socket in another folder

Source: docs/reference/settings.md.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

EXPECTED = "postgres://user:password@host:port/name"
HERE = ("", "127.0.0.1", "::1", "localhost")
# Another machine proves who it is unless the operator says otherwise: libpq by itself
# would also send drafts and passwords in plain text.
MODES = ("verify-full", "verify-ca", "require", "disable")
CONNECT_SECONDS = 10
# A server that went away without a word is noticed within a minute.
KEEPALIVE = {
    "keepalives_idle": 30,  # seconds
    "keepalives_interval": 10,  # seconds
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}


class AddressError(Exception):
    """Report an address that names no database, without what may be a password."""


def sqlite(path: Path) -> dict[str, Any]:
    """Describe the file of a newsroom to Django."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # What is deleted is overwritten: words may endanger someone (0033).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA secure_delete=ON;",
            "transaction_mode": "IMMEDIATE",  # waits for its turn, never fails late
            "timeout": 20,  # seconds a writer waits for another
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Describe a database of a PostgreSQL server to Django.

    Raises:
        AddressError: the address is none, or asks for something unknown.
    """
    place, asked = _taken_apart(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **place,
        # A connection costs more than most questions; a lost one is made again.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": CONNECT_SECONDS,
            **KEEPALIVE,
            **_proof(place["HOST"], asked),
        },
    }


def _taken_apart(url: str) -> tuple[dict[str, str], dict[str, str]]:
    try:
        parts = urlsplit(url)
        name, port = parts.path.removeprefix("/"), str(parts.port or "")
        asked = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        # Its words would repeat what stands where a port is expected.
        raise AddressError(f"expected {EXPECTED}") from None
    if parts.scheme != "postgres" or not name or "/" in name:
        raise AddressError(f"expected {EXPECTED}")
    place = {
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": _host(parts.netloc),
        "PORT": port,
    }
    return place, asked


def _host(netloc: str) -> str:
    """Read the host as it was written: a folder's name has large letters too."""
    given = netloc.rpartition("@")[2]
    if given.startswith("["):
        return given[1:].partition("]")[0]
    return unquote(given.partition(":")[0])


def _proof(host: str, asked: dict[str, str]) -> dict[str, str]:
    """Say how the server proves who it is."""
    if asked.keys() - {"sslmode", "sslrootcert"}:
        raise AddressError("expected no more than sslmode and sslrootcert after ?")
    if asked.get("sslmode", MODES[0]) not in MODES:
        raise AddressError(f"sslmode: expected one of {', '.join(MODES)}")
    away = host not in HERE and not host.startswith("/")
    return {"sslmode": MODES[0], **asked} if away else asked
