"""Make every change whole: a form saved, published and recorded, or nothing of it."""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from tamizdat.newsroom.doors.watch import ask
from tamizdat.newsroom.errors import MalformedError, ObstacleError
from tamizdat.newsroom.gate import refused
from tamizdat.newsroom.strangers import refuse_strangers_things
from tamizdat.newsroom.trouble import told
from tamizdat.newsroom.turns import take_turn
from tamizdat.newsroom.views import refuse_removal, refuse_strangers
from tamizdat.newsroom.writing.viewsets import refuse_strangers_files

# They save a form as Wagtail does, without committing; ours settles story and address.
PREVIEWS = {f"wagtailadmin_pages:preview_on_{verb}" for verb in ("add", "edit")}
PAGES = {"page_id", "parent_page_id"}  # as Wagtail's addresses name what they change


class _WholePosts:
    # Wagtail publishes in several steps; a power cut between them would leave an
    # article live in the site and missing in the ledger.
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        refusal = (
            refuse_strangers(request)
            or refuse_removal(request)
            or refuse_strangers_files(request)
            or refuse_strangers_things(request)
        )
        if refusal is None and _is_preview(request):
            with transaction.atomic():
                shown = view(request, *args, **kwargs)
                transaction.set_rollback(True)
            return shown
        if refusal is not None or request.method != "POST":
            return refusal  # reading takes no lock

        def whole() -> HttpResponse:
            with transaction.atomic():
                for name in PAGES & kwargs.keys():
                    take_turn(kwargs[name])
                return view(request, *args, **kwargs)

        try:
            return whole()
        except ObstacleError as error:
            return refused(request, whole, error)
        except MalformedError as error:  # nothing is kept: the browser has it still
            return told(request, 400, str(error))
        except (
            ReauthenticationRequired
        ):  # Django tells middleware only of its own calls
            return ask(request)


def _is_preview(request: HttpRequest) -> bool:
    """Say whether a request shows what is typed, of which nothing is to stay."""
    match = request.resolver_match
    is_named = match is not None and match.view_name in PREVIEWS
    return is_named and request.method == "GET"


whole_posts = _WholePosts
