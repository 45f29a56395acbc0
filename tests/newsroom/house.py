"""A service as somebody finds it who comes to change something, and how it answers."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from newsroom.article_form import form
from tamizdat.newsroom.models import ArticlePage, Picture, ServicePage

_HOME, _SIGN_IN = "/admin/", "/admin/login/"
_NO = "Sorry, you do not have permission to access this area."


def is_refused(answer: Any) -> bool:
    """Say whether an answer shows the door: no such page, no right, or sign in first.

    Who has no right is led home by Wagtail, with these very words. What is wrong with
    the form is no refusal: whoever is told so came as far as the form.
    """
    place = answer.headers.get("Location", "")
    if answer.status_code in {403, 404} or place.startswith(_SIGN_IN):
        return True
    told = [str(one).strip() for one in get_messages(answer.wsgi_request)]
    return answer.status_code == 302 and place == _HOME and _NO in told


@dataclass
class House:
    """What stands in a service when somebody comes to change it.

    Attributes:
        account: who comes.
        own, others: drafts of that person and of somebody else.
        out: a released article of somebody else.
        picture: of somebody else.
    """

    client: Client
    account: Any
    service: ServicePage
    own: ArticlePage
    others: ArticlePage
    out: ArticlePage
    picture: Picture
    answers: list[Any] = field(default_factory=list)

    def send(self, place: str, **fields: Any) -> Any:
        """Send a form to an address, and keep the answer."""
        self.answers.append(self.client.post(place, fields))
        return self.answers[-1]

    def get(self, name: str, /, *args: Any) -> Any:
        """Ask for a page, and keep the answer."""
        self.answers.append(self.client.get(reverse(name, args=args)))
        return self.answers[-1]

    def post(self, name: str, /, *args: Any, **fields: Any) -> Any:
        """Send a form, as a browser would."""
        return self.send(reverse(name, args=args), **fields)

    def edit(self, page: Any, press: str = "save", **changes: Any) -> None:
        """Press a button of an article's form."""
        fields = form(**changes) | {f"action-{press}": "1"}
        self.post("wagtailadmin_pages:edit", page.pk, **fields)

    def bulk(self, verb: str, *some: Any, **fields: Any) -> None:
        """Do something to what is chosen in a list, all of one kind."""
        meta = (Page if isinstance(some[0], Page) else type(some[0]))._meta  # noqa: SLF001
        names = (meta.app_label, meta.model_name, verb)
        chosen = "&".join(f"id={one.pk}" for one in some)
        place = reverse("wagtail_bulk_action", args=names)
        self.send(f"{place}?{chosen}", **fields)
