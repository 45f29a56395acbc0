"""Read at which step of their workflow pages are: once, where it is asked often.

Wagtail asks a dozen times while it shows one form, and once for each row of a list,
unless the answer was laid beside the page as its own lists do.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.models import WorkflowState


def read_steps(pages: Iterable[Any]) -> None:
    """Lay beside each page the workflow it is in; true for as long as nothing moves.

    Args:
        pages: of articles, each as its own class.
    """
    states = WorkflowState.objects.active().select_related("current_task_state__task")
    kept = Prefetch("_specific_workflow_states", states, "_current_workflow_states")
    prefetch_related_objects(list(pages), kept)
