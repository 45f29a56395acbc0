"""Sign in to a mailbox, by a password or by a token of OAuth 2.

A token is asked for elsewhere, by a program that writes it into the secret: it ends
after an hour, and who may ask for another is between an organisation and its provider.

Source: RFC 9051, 6.2.3 (LOGIN); RFC 4616 (PLAIN); RFC 7628 (OAUTHBEARER); XOAUTH2, as
Google and Microsoft document it.
"""

import imaplib
from collections.abc import Callable

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources.credentials import Credentials
from tamizdat.newsroom.sources.kinds import Road
from tamizdat.newsroom.sources.said import at, say


def enter(client: imaplib.IMAP4, road: Road) -> None:
    """Sign in.

    Raises:
        SourceError: the server lets nobody in like this, and why if it says so.
    """
    secret, host = road.credentials, road.place["host"]
    if "LOGINDISABLED" in client.capabilities:
        said = say(_("the server lets nobody in without TLS"))
        raise SourceError(at(host, said))
    said = say(_("expected to be let in; look at the secret"))
    try:
        if secret.bearer:
            said = say(_("the token in the secret has ended, or was never right"))
            _by_token(client, road)
        elif (secret.user + secret.password).isascii():
            client.login(secret.user, secret.password)
        else:
            # LOGIN has no letters but ASCII; PLAIN has.
            pair = f"\0{secret.user}\0{secret.password}".encode()
            client.authenticate("PLAIN", lambda _asked: pair)
    except imaplib.IMAP4.abort:
        raise  # it hung up: the secret may be right
    except imaplib.IMAP4.error as error:
        raise SourceError(at(host, said)) from error


def _by_token(client: imaplib.IMAP4, road: Road) -> None:
    secret, place = road.credentials, road.place
    if place["tls"] == "no":
        said = say(_("expected TLS: a token goes by nothing else"))
        raise SourceError(at(place["host"], said))
    for name, form in (("XOAUTH2", _xoauth2), ("OAUTHBEARER", _oauthbearer)):
        if f"AUTH={name}" in client.capabilities:
            client.authenticate(name, _once(form(secret, place["host"], place["port"])))
            return
    said = say(_("the server takes no token (XOAUTH2, OAUTHBEARER)"))
    raise SourceError(at(place["host"], said))


def _once(told: str) -> Callable[[bytes], bytes]:
    """Tell it once; to what a server says of its refusal, answer with nothing."""
    left = [told.encode()]
    return lambda _asked: left.pop() if left else b""


def _xoauth2(secret: Credentials, _host: str, _port: str) -> str:
    return f"user={secret.user}\1auth=Bearer {secret.bearer}\1\1"


def _oauthbearer(secret: Credentials, host: str, port: str) -> str:
    user = secret.user.replace("=", "=3D").replace(",", "=2C")
    told = f"host={host}\1port={port}\1auth=Bearer {secret.bearer}"
    return f"n,a={user},\1{told}\1\1"
