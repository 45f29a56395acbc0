"""What Wagtail calls when the last step of a workflow approves an article.

Wagtail imports it while its own models are being made: nothing of them is imported here
before it is called.
"""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from tamizdat.newsroom.errors import HoldError


def hold_approved(workflow_state: Any, user: Any = None) -> None:
    """Hold or publish what was approved.

    Args:
        workflow_state: of an article.
        user: the account that approved it.
    """
    from tamizdat.newsroom.releases import holds  # noqa: PLC0415 (see above)

    page = workflow_state.content_object
    revision = page.get_latest_revision()
    draft = revision.as_object()
    with suppress(HoldError):  # somebody pressed Publish meanwhile: that stands
        if holds.hold(draft, revision, user, datetime.now(UTC)) is None:
            revision.publish(user=user)
