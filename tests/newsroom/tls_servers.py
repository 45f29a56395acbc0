"""Certificates made here, and an FTP server that speaks TLS."""

import socket
import socketserver
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from newsroom.servers import PASSWORD, served

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """Says who is who.

    Attributes:
        path: of its certificate.
    """

    path: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def context(self, host: str, *, ended: bool = False) -> ssl.SSLContext:
        """Give what a server proves with that it is this host."""
        key = ec.generate_private_key(ec.SECP256R1())
        until = datetime.now(UTC) + (-_DAY if ended else _DAY)
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        made = _certificate(host, key, self.certificate.subject, until)
        path = self.path.with_name(f"{host}-{ended}.pem")
        whole = made.add_extension(names, critical=False).sign(
            self.key, hashes.SHA256()
        )
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(private + whole.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def authority(folder: Path) -> Authority:
    """Make one."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(folder.name)
    made = _certificate(folder.name, key, subject, datetime.now(UTC) + _DAY)
    whole = made.add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    ).sign(key, hashes.SHA256())
    path = folder / "authority.pem"
    path.write_bytes(whole.public_bytes(Encoding.PEM))
    return Authority(path, key, whole)


def _certificate(
    name: str, key: Any, issuer: x509.Name, until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(issuer, _name(name), key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(until - 3 * _DAY).not_valid_after(until)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass
class SecureFiles:
    """A folder served by FTP with TLS, by as much of it as is asked.

    Attributes:
        lists: whether it knows MLSD.
        stalls: the file of which it sends half, and then nothing.
        said: what it was told; secrets where no TLS was spoken.
    """

    files: dict[str, bytes]
    context: ssl.SSLContext
    lists: bool = True
    stalls: str = ""
    said: list[str] = field(default_factory=list)
    port: int = 0


@contextmanager
def secure_ftp(folder: SecureFiles) -> Iterator[SecureFiles]:
    """Serve it."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                _Session(folder, self.request).serve()

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    folder.port = int(server.server_address[1])
    with served(server):
        yield folder


class _Session:
    """One client. Data goes only over a session of TLS that the client had before."""

    def __init__(self, folder: SecureFiles, sock: Any) -> None:
        self.folder, self.sock = folder, sock
        self.lines = sock.makefile("rb")
        self.door = socket.socket()

    def serve(self) -> None:
        self.say("220 ready")
        with closing(self):
            while line := self.lines.readline():
                self.answer(line.decode().rstrip())

    def close(self) -> None:
        """Close what TLS has put in the place of the socket that came."""
        for one in (self.lines, self.sock, self.door):
            one.close()

    def say(self, text: str) -> None:
        self.sock.sendall(f"{text}\r\n".encode())

    def answer(self, command: str) -> None:
        verb, _space, rest = command.partition(" ")
        self.folder.said.append(command.replace(PASSWORD, "..."))
        match verb:
            case "AUTH":
                self.say("234 begin")
                self.sock = self.folder.context.wrap_socket(self.sock, server_side=True)
                self.lines = self.sock.makefile("rb")
            case "USER":
                self.say("331 password")
            case "PASS":
                self.say("230 in" if rest == PASSWORD else f"530 not {rest}")
            case "PASV":
                self.door.close()
                self.door = socket.create_server(("127.0.0.1", 0))
                high, low = divmod(self.door.getsockname()[1], 256)
                self.say(f"227 here (127,0,0,1,{high},{low})")
            case "MLSD" if not self.folder.lists:
                self.say("500 unknown")
            case "MLSD" | "LIST" | "RETR":
                self.send(verb, rest)
            case _:
                self.say("200 done")

    def send(self, verb: str, name: str) -> None:
        data = self.folder.files[name] if verb == "RETR" else self.listing(verb)
        self.say("150 it comes")
        raw, _address = self.door.accept()
        with self.folder.context.wrap_socket(raw, server_side=True) as sock:
            if not sock.session_reused:
                self.say("522 session reuse required")
                return
            if name and name == self.folder.stalls:
                sock.sendall(data[: len(data) // 2])
                self.lines.readline()  # until the client gives up
                return
            sock.sendall(data)
            with suppress(OSError):  # a client may hang up without a word
                sock.unwrap()
        self.say("226 done")

    def listing(self, verb: str) -> bytes:
        rows = self.folder.files.items()
        if verb == "MLSD":
            lines = [
                f"type=file;size={len(d)};modify=20261126050000; {n}" for n, d in rows
            ]
        else:
            lines = ["total 8", "drwxr-xr-x 2 0 0 4096 Nov 26 05:00 archive"]
            lines += [f"-rw-r--r-- 1 0 0 {len(d)} Nov 26 05:00 {n}" for n, d in rows]
        return "".join(f"{line}\r\n" for line in lines).encode()
