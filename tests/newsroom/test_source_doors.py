"""How sources sign in: to whom, by what, and what is said when it fails.

Every test ends with a look at the log, which holds no secret.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest

from newsroom.servers import PASSWORD, Mailbox, Web, ftp, imap, sftp, web
from newsroom.tls_servers import Authority, SecureFiles, authority, secure_ftp
from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.sources import kinds
from tamizdat.newsroom.sources.credentials import Credentials
from tamizdat.newsroom.sources.kinds import Fetched, Road, Rules

HERE = Rules(frozenset({"127.0.0.1", "localhost"}))
TOKEN = "token-of-ours"  # noqa: S105 - of these servers
GIVEN = Credentials("wire", PASSWORD)
WORDS = b"The council voted on Monday."
PLAIN = "expected TLS, found a server that speaks without"


@pytest.fixture(autouse=True)
def _no_secret_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.DEBUG):
        yield
    assert not [one for one in (PASSWORD, TOKEN, "PRIVATE KEY") if one in caplog.text]


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give an authority."""
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def believed(proof: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Give an authority that this machine believes."""
    monkeypatch.setenv("SSL_CERT_FILE", str(proof.path))
    return proof


def ask(
    kind: str,
    given: Credentials = GIVEN,
    state: dict[str, object] | None = None,
    **place: object,
) -> Fetched:
    """Fetch from a place on this machine."""
    texts = {key: str(value) for key, value in place.items()}
    whole = kinds.read_place(kind, texts)
    return kinds.fetch(kind, Road(whole, state or {}, given, HERE))


class Place:
    """A server of one kind that speaks TLS, and what it was told."""

    def __init__(self, kind: str, stack: ExitStack, context: object) -> None:
        self.kind = kind
        self._box = Mailbox({1: WORDS})
        self._files = SecureFiles({"1.txt": WORDS}, context)  # type: ignore[arg-type]
        self._site = Web(WORDS)
        if kind == "http":
            stack.enter_context(web(self._site, context, "localhost"))  # type: ignore[arg-type]
        elif kind == "imap":
            self._port = stack.enter_context(imap(self._box, context))  # type: ignore[arg-type]
        else:
            self._port = stack.enter_context(secure_ftp(self._files)).port

    def ask(self, host: str = "localhost") -> list[bytes]:
        """Fetch from it by this name."""
        if self.kind == "http":
            url = self._site.url.replace("localhost", host)
            found = ask("http", url=url)
        else:
            found = ask(self.kind, host=host, port=self._port)
        return [one.data for one in found.files]

    @property
    def told(self) -> str:
        """What it was told of who asks."""
        said = [*self._box.said, *self._files.said, *map(str, self._site.asked)]
        words = ("LOGIN", "USER", "PASS", "Authorization")
        return "\n".join(line for line in said if any(w in line for w in words))


@pytest.mark.parametrize("kind", ["http", "ftp", "imap"])
def test_who_does_not_prove_its_name_is_told_nothing(
    kind: str,
    believed: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A certificate of another name, an old one and a stranger's are refused."""
    with ExitStack() as stack:
        good = Place(kind, stack, believed.context("localhost"))
        assert [WORDS] == good.ask()
        assert good.told
    with ExitStack() as stack:
        stranger = authority(tmp_path)
        places = {
            "hostname mismatch": believed.context("agency.example"),
            "certificate has expired": believed.context("localhost", ended=True),
            "unable to get local issuer": stranger.context("localhost"),
        }
        for why, context in places.items():
            place = Place(kind, stack, context)
            with pytest.raises(
                SourceError, match=f"localhost: its certificate is not believed: {why}"
            ):
                place.ask()
            assert place.told == ""


def test_who_speaks_without_tls_is_told_nothing(tmp_path: Path) -> None:
    """Where TLS was asked for, a server that has none learns neither name nor word."""
    site, box = Web(WORDS), Mailbox({1: WORDS})
    with ExitStack() as stack:
        stack.enter_context(web(site))
        ports = {
            "imap": stack.enter_context(imap(box)),
            "ftp": stack.enter_context(ftp(tmp_path)),
        }
        with pytest.raises(SourceError, match=PLAIN):
            ask("http", url=site.url.replace("http:", "https:"))
        for kind, port in ports.items():
            with pytest.raises(SourceError, match=PLAIN):
                ask(kind, host="127.0.0.1", port=port)

    assert ([], []) == (site.asked, [one for one in box.said if "LOGIN" in one])


def test_mailbox_that_begins_without_tls_is_asked_for_it_first(
    believed: Authority,
) -> None:
    """STARTTLS comes before any name; who hides it, or is another, is told nothing."""
    box = Mailbox({1: WORDS}, offers="STARTTLS", starts=believed.context("localhost"))
    with imap(box) as port:
        came = ask("imap", host="localhost", port=port, tls="starttls")
        assert [WORDS] == [one.data for one in came.files]
        assert box.said.index("STARTTLS") < next(
            at for at, said in enumerate(box.said) if said.startswith("LOGIN")
        )
        box.said.clear()
        box.starts = believed.context("agency.example")
        with pytest.raises(SourceError, match="hostname mismatch"):
            ask("imap", host="localhost", port=port, tls="starttls")
        box.offers = ""
        with pytest.raises(SourceError, match="a server that offers STARTTLS"):
            ask("imap", host="localhost", port=port, tls="starttls")
    assert not [said for said in box.said if "LOGIN" in said]


@pytest.mark.parametrize("way", ["XOAUTH2", "OAUTHBEARER"])
def test_mailbox_is_opened_by_a_token(way: str, believed: Authority) -> None:
    """User and token go by TLS alone; one that has ended is said to have."""
    given = Credentials("wire@agency.example", bearer=PASSWORD)
    box = Mailbox({1: WORDS}, offers=f"AUTH={way}")
    with imap(box, believed.context("localhost")) as port:
        assert ask("imap", given, host="localhost", port=port).files
        assert "wire@agency.example" in box.plain[0]
        with pytest.raises(SourceError, match="the token in the secret has ended"):
            ask("imap", replace(given, bearer=TOKEN), host="localhost", port=port)
        box.offers = ""
        with pytest.raises(SourceError, match="takes no token"):
            ask("imap", given, host="localhost", port=port)
    box.plain.clear()
    with imap(box) as port, pytest.raises(SourceError, match="expected TLS"):
        ask("imap", given, host="localhost", port=port, tls="no")
    assert [] == box.plain


def test_folder_of_ftp_is_listed_by_whatever_list_there_is(
    believed: Authority,
) -> None:
    """Folders are left out, and what was seen by one list is not fetched again."""
    files = SecureFiles(
        {"a b.txt": WORDS, "2.txt": b"x"}, believed.context("localhost")
    )
    with secure_ftp(files):
        for lists in (True, False):
            files.lists = lists
            first = ask("ftp", host="localhost", port=files.port)
            assert ["2.txt", "a b.txt"] == sorted(one.name for one in first.files)
            again = ask("ftp", state=first.state, host="localhost", port=files.port)
            assert ((), ()) == (again.files, again.warnings)


def test_slow_line_brings_what_it_can(believed: Authority) -> None:
    """A line that breaks keeps what came before; alone the first file fails a fetch."""
    files = SecureFiles({"1": WORDS, "2": WORDS}, believed.context("localhost"))
    with secure_ftp(files):
        place = kinds.read_place("ftp", {"host": "localhost", "port": str(files.port)})
        road = Road(place, {}, GIVEN, HERE, seconds=1)
        files.stalls = "2"
        found = kinds.fetch("ftp", road)
        assert (["1"], True) == ([one.name for one in found.files], found.more)
        with pytest.raises(SourceError, match="the time for one fetch is over"):
            kinds.fetch("ftp", replace(road, state=found.state))


def test_key_of_ssh_opens_where_it_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other keys are refused in words; those of the account here are never shown."""
    own = asyncssh.generate_private_key("ssh-ed25519")
    monkeypatch.setenv("HOME", str(tmp_path / "account"))
    (tmp_path / "account" / ".ssh").mkdir(parents=True)
    own.write_private_key(tmp_path / "account" / ".ssh" / "id_ed25519")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "1.txt").write_bytes(WORDS)
    other = asyncssh.generate_private_key("ecdsa-sha2-nistp256")

    def key(one: asyncssh.SSHKey) -> Credentials:
        return Credentials("wire", key=one.export_private_key().decode())

    with sftp(tmp_path / "there", own) as (port, shown):
        place = {"host": "127.0.0.1", "port": port, "path": "/", "host_key": shown}
        assert [WORDS] == [one.data for one in ask("sftp", key(own), **place).files]
        for given in (key(other), GIVEN):
            with pytest.raises(SourceError, match="lets nobody in like this"):
                ask("sftp", given, **place)
        broken = Credentials("wire", key=key(own).key[:-60])
        with pytest.raises(SourceError, match="expected an OpenSSH private key"):
            ask("sftp", broken, **place)
        place["host_key"] = "SHA256:" + "A" * 43
        with pytest.raises(
            SourceError, match=f"expected the key .*, found {re.escape(shown)}"
        ):
            ask("sftp", key(own), **place)


def test_token_opens_until_it_ends() -> None:
    """An expired token is said to be one, and appears in no message."""
    given = Credentials(bearer=TOKEN)
    with web(Web(WORDS, bearer=TOKEN)) as site:
        assert [WORDS] == [one.data for one in ask("http", given, url=site.url).files]
        site.bearer = "another"
        with pytest.raises(SourceError, match="the token in the secret has") as refused:
            ask("http", given, url=site.url)

    assert TOKEN not in f"{refused.value!r} {given!r}"


def test_what_was_modified_since_is_asked_for() -> None:
    """Where a server has no ETag, its date is what the next request carries."""
    monday, tuesday = (f"{d} Nov 2026 05:00:00 GMT" for d in ("Mon, 23", "Tue, 24"))
    with web(Web(WORDS, modified=monday)) as site:
        state: dict[str, object] = {}
        counts = []
        for site.modified in (monday, monday, tuesday):
            site.body = site.modified.encode()
            found = ask("http", state=state, url=site.url)
            state = dict(found.state)
            counts.append(len(found.files))

    assert [1, 0, 1] == counts
    assert [None, monday, monday] == [
        one.get("If-Modified-Since") for one in site.asked
    ]


def test_password_in_any_letters_is_sent_as_it_is() -> None:
    """IMAP's LOGIN has ASCII alone; other passwords go by another way."""
    box = Mailbox({1: WORDS})
    with imap(box) as port:
        given = Credentials("wire", "ключ-ы")
        ask("imap", given, host="127.0.0.1", port=port, tls="no")

    assert ["\0wire\0ключ-ы"] == box.plain
