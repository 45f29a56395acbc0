"""The editors' site over a full ledger, in a process of its own: started by `admin`.

Arguments: the newsroom's folder, the corpus's and its number of stories, how many of
them to take, and how many of these become pages. Standard output: `{}` once the ledger
is full, then the answer to each order, one a line: `pages`, `saves`. Everybody here has
a second factor, and has shown it.
"""

import http.client
import io
import json
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from itertools import islice
from pathlib import Path
from statistics import median
from threading import Barrier, BrokenBarrierError
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from PIL import Image

from tamizdat.newsroom.commands import migrate, start_django
from tamizdat.newsroom.home import Organisation, make_home

from . import stories
from .corpus import Corpus
from .measure import BenchError
from .stories import Record

LOOKS = 5  # at each page, after one that fills the caches
SAVES = 5  # of each editor
DRAFTS, RELATED, SIGNING = 3, 6, 2  # of the article that is looked at
CHIEF = "chief-editor"
_HOST = "127.0.0.1"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main(home: Path, corpus: Corpus, count: int, pages: int) -> None:
    """Make a newsroom with a full ledger and serve orders until standard input ends."""
    port = _free_port()
    who = Organisation(stories.ORGANISATION, stories.PAPER, 2024)
    make_home(home, who, _HOST, port)
    start_django(home)
    migrate()
    from . import ledger  # noqa: PLC0415 - needs Django

    services = ledger.open_services(())
    # The newest stories are the ones at work, so they come first.
    newest = sorted(
        islice(corpus.records(), count), key=lambda r: r["published"], reverse=True
    )
    ledger.fill(services, newest, pages)
    _answer({})
    for order in map(json.loads, sys.stdin):
        if order["do"] == "pages":
            _work_on(newest[0])
            _answer(pages_shown())
        else:
            _answer(saves(newest[: order["editors"]]))


def _work_on(record: Record) -> None:
    """Give an article the drafts of somebody who wrote in it, with all it may have."""
    from tamizdat.newsroom import actions  # noqa: PLC0415 - needs Django
    from tamizdat.newsroom.models import Article  # noqa: PLC0415 - the same
    from tamizdat.newsroom.models.rows import (  # noqa: PLC0415 - the same
        Byline,
        RelatedStory,
    )
    from tamizdat.newsroom.writing import topics  # noqa: PLC0415 - the same

    from . import ledger  # noqa: PLC0415 - needs Django

    page = ledger.edit(record, "update", "Written today.")
    page.bylines = [Byline(person=person) for person in _people(record["service"])]
    others = Article.objects.exclude(pk=page.article_id).order_by("-published")
    page.related_rows = [RelatedStory(article=one) for one in others[:RELATED]]
    topics.settle(page, page.service, "tag", ["press freedom", "courts", "mirrors"])
    actions.attach_picture(page, _photo(), "What it shows.", "What is seen.")
    for _ in range(DRAFTS):
        page = page.get_latest_revision_as_object()
        page.standfirst = f"Written at {time.time_ns()}."
        page.save_revision(user=_account(f"writer-{time.time_ns()}", "reporter"))


def _people(language: str) -> list[Any]:
    from tamizdat.newsroom.models import Person  # noqa: PLC0415 - needs Django
    from tamizdat.newsroom.models.people import PersonName  # noqa: PLC0415 - the same

    people = [Person.objects.create() for _ in range(SIGNING)]
    for number, person in enumerate(people):
        names = {"person": person, "name": f"Correspondent {number}"}
        PersonName.objects.create(language=language, **names)
    return people


def _photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 900), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def pages_shown() -> dict[str, dict[str, float]]:
    """Ask for each of the commonest pages, as two who are asked for rights differently.

    Returns:
        By page, of the one for whom it costs more: `queries`, and the median of
        `seconds`.
    """
    lookers = [_entered(_account("everything")), _entered(_account("chief", CHIEF))]
    found = {}
    for name, place in _places().items():
        costs = [_shown(browser, place) for browser in lookers]
        found[name] = {key: max(c[key] for c in costs) for key in costs[0]}
    return found


def _shown(browser: Any, place: str) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415 - needs Django
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    _look(browser, place)
    with CaptureQueriesContext(connection) as queries:
        _look(browser, place)
    asked = len(queries)  # now: the next request empties the list
    times = [_timed(lambda: _look(browser, place)) for _ in range(LOOKS)]
    return {"queries": asked, "seconds": median(times)}


def _places() -> dict[str, str]:
    """Name the pages that editors have open all day."""
    from django.urls import reverse  # noqa: PLC0415 - needs Django

    from tamizdat.newsroom.models import ArticlePage  # noqa: PLC0415 - the same

    article = ArticlePage.objects.order_by("pk").first()
    if article is None or not article.latest_revision:
        raise BenchError("the newsroom has no article that somebody works on")
    service = article.service
    return {
        "home": reverse("wagtailadmin_home"),
        "articles of a service": reverse("wagtailadmin_explore", args=[service.pk]),
        "an article": reverse("wagtailadmin_pages:edit", args=[article.pk]),
        "a new article": reverse(
            "wagtailadmin_pages:add", args=["newsroom", "articlepage", service.pk]
        ),
        "history of an article": reverse(
            "wagtailadmin_pages:history", args=[article.pk]
        ),
        "search of all stories": f"{reverse('newsroom_search')}?q=news",
        "stale translations": reverse("stale"),
        "what must follow": reverse("followups"),
        "front page desk": reverse("front_desk", args=[service.service_id]),
        "mirrors": reverse("mirrors"),
        "press board": reverse("press_board"),
    }


def _entered(account: Any) -> Any:
    """Give a browser of somebody who has just shown their second factor."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - needs Django
    from django.test import Client  # noqa: PLC0415 - the same

    Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data={"secret": "-"}
    )
    browser = Client(SERVER_NAME=_HOST)
    browser.force_login(account)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return browser


def _look(browser: Any, place: str) -> None:
    answer = browser.get(place)
    if answer.status_code != http.HTTPStatus.OK:
        raise BenchError(f"{place}: answers {answer.status_code}")


def saves(records: Sequence[Record]) -> dict[str, float]:
    """Let one editor save, then all at one instant; each works on their own article."""
    from django.conf import settings  # noqa: PLC0415 - needs Django

    from tamizdat.newsroom.models import ArticlePage  # noqa: PLC0415 - the same
    from tamizdat.server.commands import newsroom_site  # noqa: PLC0415 - the same

    pages = ArticlePage.objects.order_by("pk")[: len(records)]
    desks = [
        _Desk(settings.TAMIZDAT.port, page.pk, record["body"])
        for page, record in zip(pages, records, strict=True)
    ]
    with newsroom_site(_HOST, settings.TAMIZDAT.port):
        for desk in desks:
            list(desk.save_often(Barrier(1)))  # fills caches, and gives it a draft
        alone = list(desks[0].save_often(Barrier(1)))
        together = _at_once(desks)
    lost = sum(not desk.is_kept() for desk in desks)
    return {
        "alone": median(alone),
        "together": median(together),
        "slowest": max(together),
        "lost": lost,
    }


def _at_once(desks: Sequence["_Desk"]) -> list[float]:
    start = Barrier(len(desks))

    def work(desk: "_Desk") -> list[float]:
        try:
            return list(desk.save_often(start))
        except BaseException:
            start.abort()  # else the others wait for this one for ever
            raise

    with ThreadPoolExecutor(len(desks)) as pool:
        begun = [pool.submit(work, desk) for desk in desks]
    failed = [one.exception() for one in begun if one.exception() is not None]
    for error in failed:
        if not isinstance(error, BrokenBarrierError):
            raise error
    return [seconds for one in begun for seconds in one.result()]


class _Desk:
    """An editor's browser with one article open."""

    def __init__(self, port: int, key: int, words: Sequence[str]) -> None:
        client = _entered(_account(f"editor-{key}", "duty-editor"))
        self._session = client.cookies["sessionid"].value
        self._port, self._key, self._title = port, key, ""
        self._words = "".join(f"<p>{escape(text)}</p>" for text in words)

    def save_often(self, start: Barrier) -> Iterator[float]:
        """Save drafts, each with another headline; yield the seconds of each.

        Args:
            start: all who wait here press Save at one instant.
        """
        for _ in range(SAVES):
            fields, token = self._open()
            self._title = f"Saved at {time.time_ns()}"
            fields = {**fields, "title": self._title}
            body = urlencode(list(fields.items())).encode()
            start.wait()
            yield _timed(lambda body=body, token=token: self._post(body, token))

    def is_kept(self) -> bool:
        """Tell whether the newest draft is the one saved last."""
        from tamizdat.newsroom.models import ArticlePage  # noqa: PLC0415

        page = ArticlePage.objects.get(pk=self._key)
        return bool(page.get_latest_revision_as_object().title == self._title)

    def _open(self) -> tuple[dict[str, str], str]:
        """Read the form as a browser does; the body's blocks are made by its script."""
        status, html, cookies = self._ask("GET", b"", {})
        if status != http.HTTPStatus.OK:
            raise BenchError(f"the form answers {status}")
        form = BeautifulSoup(html, "html.parser").find(id="page-edit-form")
        if form is None:
            raise BenchError("the page has no form")
        fields = dict(_fields(form))
        return {**fields, **_body(self._words)}, cookies

    def _post(self, body: bytes, token: str) -> None:
        cookie = {"Cookie": f"sessionid={self._session}; csrftoken={token}"}
        status, _html, _ = self._ask("POST", body, {**_FORM, **cookie})
        if status != http.HTTPStatus.FOUND:
            raise BenchError(f"a save answers {status}")

    def _ask(
        self, verb: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes, str]:
        link = http.client.HTTPConnection(_HOST, self._port, timeout=120)
        try:
            own = {"Cookie": f"sessionid={self._session}", **headers}
            link.request(verb, f"/admin/pages/{self._key}/edit/", body, own)
            answer = link.getresponse()
            html = answer.read()
            set_ = answer.headers.get_all("Set-Cookie") or []
            token = next((c for c in set_ if c.startswith("csrftoken=")), "=;")
            return answer.status, html, token.partition("=")[2].partition(";")[0]
        finally:
            link.close()


def _fields(form: Any) -> Iterator[tuple[str, str]]:
    for one in form.find_all(["input", "textarea", "select"]):
        name, kind = one.get("name"), one.get("type")
        if not name or kind in {"submit", "file"}:
            continue
        if kind in {"checkbox", "radio"} and not one.has_attr("checked"):
            continue
        yield name, _value(one)


def _value(one: Any) -> str:
    if one.name == "textarea":
        return str(one.text)
    if one.name == "select":
        chosen = one.find("option", selected=True) or one.find("option")
        return str(chosen.get("value", "")) if chosen else ""
    return str(one.get("value", ""))


def _body(html: str) -> dict[str, str]:
    from wagtail.test.utils.form_data import (  # noqa: PLC0415 - needs Django
        nested_form_data,
        rich_text,
        streamfield,
    )

    words = rich_text(html, features=["bold", "italic", "link"])
    found: dict[str, str] = nested_form_data(
        {"body": streamfield([("paragraph", words)]), "posts": streamfield([])}
    )
    return {name: str(value) for name, value in found.items()}


def _account(name: str, role: str = "") -> Any:
    """Make an account with a role in every service, or with all rights."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - needs Django

    from tamizdat.newsroom.models import ServiceRole  # noqa: PLC0415 - the same

    accounts = get_user_model().objects
    if not role:
        return accounts.create_superuser(name)
    account = accounts.create_user(name)
    for seat in ServiceRole.objects.filter(role=role):
        account.groups.add(seat.group)
    return account


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port: int = free.getsockname()[1]
        return port


def _answer(row: object) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


def _read(words: Sequence[str]) -> None:
    home, folder, whole, count, pages = words
    main(Path(home), Corpus(int(whole), Path(folder)), int(count), int(pages))


if __name__ == "__main__":
    _read(sys.argv[1:])
