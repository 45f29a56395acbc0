"""Ask whoever brings a document in about words that its pages do not show.

They are published with it. The same file is sent again with a tick; nothing of it is
kept in between, and no log names a word of it.
"""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tamizdat.newsroom.cleaning import Cleaned, Unseen
from tamizdat.newsroom.isolates import isolated

NAME = "unseen"
_CONFIRMED = 32  # characters of a hash: of these words, and of no others


def ask_about_unseen(form: Any, file: Cleaned) -> None:
    """Refuse a document, and offer to keep it knowingly, unless that was said.

    Args:
        form: that takes the file.
        file: with words that no page shows.
    """
    told = hashlib.sha256(repr(file.unseen).encode()).hexdigest()[:_CONFIRMED]
    if form.data.get(form.add_prefix(NAME)) == told:
        return
    tick = forms.BooleanField(
        required=False,
        label=_("Keep it with these words"),
        help_text=_(
            "Readers can find and copy them. A program that read a scan puts what it "
            "read under the picture; what was covered, cut off or written in white is "
            "published as well. To keep it, tick here and send the same file again."
        ),
        widget=forms.CheckboxInput(attrs={"value": told}),
    )
    file_field = {"file": form.fields.pop("file")}
    form.fields = {**file_field, NAME: tick, **form.fields}
    form.add_error("file", _said(file.unseen))


def _plain(sign: str) -> str:
    """Give a sign that shows; others control a line, or its direction."""
    joins = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
    return sign if sign.isprintable() or sign in joins else "\N{REPLACEMENT CHARACTER}"


def _said(unseen: Unseen) -> str:
    """Say how many words there are, and which come first."""
    words = "".join(map(_plain, unseen.words))
    if len(words.split()) < unseen.count:
        words += " …"
    text = ngettext(
        "Its pages do not show %(count)d word: “%(words)s”.",
        "Its pages do not show %(count)d words: “%(words)s”.",
        unseen.count,
    )
    return text % {"count": unseen.count, "words": isolated(words)}
