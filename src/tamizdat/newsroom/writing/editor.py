"""The editor of a text, without what a strict policy would refuse.

Wagtail's writes its invitation to write into a style inside the page; named hashes let
in what is left: nothing at all, and how lists in lists are numbered.
"""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea


class TextEditor(DraftailRichTextArea):
    """Draftail that says nothing where nothing is written yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["placeholder"] = ""
