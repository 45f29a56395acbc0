"""Let Wagtail's choosers begin without a script inside the page.

Templates of date fields and panels are overridden beside this room's own; a chooser
writes its script in Python, so that its one method is replaced. What is to begin stands
in attributes, and `made.mjs` begins it.
"""

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

MADE = "newsroom/doors/made.html"


def without_inline_scripts() -> None:
    """Replace how a chooser is written, once, when the newsroom starts."""
    BaseChooser.render = _render


def _render(
    chooser: Any, name: str, value: Any, attrs: Any = None, renderer: Any = None
) -> SafeString:
    """Write a chooser, and what it is begun with, as `BaseChooser.render` would."""
    del renderer
    key = attrs["id"]
    known = getattr(chooser, "known", None)  # laid here by a form that read it
    is_shown = known is not None and str(known.pk) == str(value)
    data = chooser.get_value_data(known if is_shown else value)
    html = chooser.render_html(name, data, attrs)
    options = json.dumps(chooser.get_js_init_options(key, name, data))
    by = chooser.js_constructor
    if isinstance(chooser, AdminTaskChooser):  # Wagtail writes another line for it
        by = "createTaskChooser"
    words = {"by": by, "id": key, "options": options}
    made: str = html + render_to_string(MADE, words)
    return mark_safe(made)  # noqa: S308 (both come from templates)
