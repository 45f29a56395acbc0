"""The bar under the article form: two buttons in view, and why one may not publish."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from tamizdat.newsroom import signoffs
from tamizdat.newsroom.intents import intended
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.obstacles import CHECKS, obstacles, warnings

LAST = 1_000  # after what other apps have put in
SAVE = "action-save-draft"
PUBLISH, SUBMIT, APPROVE = "action-publish", "action-submit", "approve"
# What stands beside Save draft: the first of them that somebody may press. The last
# approval publishes too, and leaves the way of the text as it was walked.
NEXT = (PUBLISH, APPROVE, SUBMIT)
NEXT_AT_THE_END = (APPROVE, PUBLISH, SUBMIT)


class SaveAndNext(ActionMenuItem):
    """Two buttons in view, side by side, in this order.

    A browser presses the first button of a form when somebody types Enter in a line:
    that must be Save draft.
    """

    name = "save-and-publish"

    def __init__(
        self,
        items: Iterable[ActionMenuItem],
        reasons: Sequence[str],
        signed: Sequence[Any],
        warned: Sequence[str],
    ) -> None:
        super().__init__()
        self._items = tuple(items)
        self._reasons, self._signed, self._warned = reasons, signed, warned

    def render_html(self, parent_context: Any = None) -> SafeString:
        """Render why not, then both."""
        buttons = [(item.render_html(parent_context),) for item in self._items]
        context = {
            "reasons": self._reasons,
            "signed": self._signed,
            "warned": self._warned,
            "buttons": format_html_join("", "{}", buttons),
        }
        return render_to_string("newsroom/action_bar.html", context)


@hooks.register("construct_page_action_menu", order=LAST)
def show_next_step(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Show Publish to those who may, else what hands the text on; say why not."""
    save = next((item for item in items if item.name == SAVE), None)
    if save is None:
        return
    names = [item.name for item in items]
    wanted = NEXT_AT_THE_END if _is_at_the_end(context.get("page")) else NEXT
    step = next((items[names.index(name)] for name in wanted if name in names), None)
    spare = {PUBLISH, SUBMIT} if PUBLISH in names else set()  # one way to publish
    rest = [one for one in items if one not in (save, step) and one.name not in spare]
    shown = [save] if step is None else [save, step]
    items[:] = [SaveAndNext(shown, *_why(request, context)), *rest]


def _is_at_the_end(page: Any) -> bool:
    state = page.current_workflow_state if page is not None and page.pk else None
    return bool(state and state.is_at_final_task)


def _why(
    request: HttpRequest, context: dict[str, Any]
) -> tuple[Sequence[str], Sequence[Any], Sequence[str]]:
    """List what is in the way, who has signed what was last saved, and warnings."""
    page = context.get("page")
    if isinstance(page, ArticlePage) and page.pk:
        kind, _note = intended(page)
        signed = signoffs.standing(page, kind)
        if signed and not signoffs.reason(page, kind):
            signed = []  # one is enough by now
        return obstacles(page, request.user, kind), signed, warnings(page)
    parent = context.get("parent_page")
    service = parent.specific if parent is not None else None
    if not isinstance(service, ServicePage):
        return [], [], []
    begun = ArticlePage()
    begun.opened_in = service
    found = [r for check in CHECKS for r in check(begun, request.user, "publish")]
    return found, [], []
