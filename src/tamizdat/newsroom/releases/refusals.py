"""Keep why a held release did not go out, and say it in the language of whoever reads.

What is in the way is looked for anew by whoever asks: what was put right since is named
no more. All else is kept as words of a catalogue, with what they name.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import ObstacleError, SpokenError, kept_words
from tamizdat.newsroom.isolates import isolated, listed
from tamizdat.newsroom.models import ArticlePage, HeldRelease
from tamizdat.newsroom.obstacles import obstacles
from tamizdat.newsroom.releases import late
from tamizdat.newsroom.releases.followups import THROUGH_A_HOLD

OBSTACLES, FIELDS, WORDS = "obstacles", "fields", "words"


def kept(error: Exception) -> dict[str, Any]:
    """Write down why a release was refused; never in a language of somebody's own."""
    if isinstance(error, ObstacleError):
        return {"why": OBSTACLES}
    if isinstance(error, ValidationError):
        return {"why": FIELDS, "fields": sorted(getattr(error, "error_dict", ()))}
    if isinstance(error, SpokenError):
        return {"why": WORDS, **kept_words(error)}
    return {"why": WORDS, "words": str(error), "row": {}}


def said(held: HeldRelease) -> str:
    """Say why a held release did not go out; "" while nothing was refused."""
    if held.refused is None:
        return ""
    if held.refused["why"] == OBSTACLES:
        page = held.revision.as_object()
        found: list[str] = [*obstacles(page, held.actor, held.kind)]
        if held.kind not in THROUGH_A_HOLD:  # the ledger asks this last
            found += late.unasked(page.article, page.source)
        gone = _("What was in the way is gone: undo it, and publish it again.")
        return " ".join(found) or gone
    if held.refused["why"] == FIELDS:
        text = _("The form refuses what stands in: %(fields)s.")
        return text % {"fields": _names(held.refused["fields"])}
    return str(SpokenError(held.refused["words"], **held.refused["row"]))


def _names(fields: list[str]) -> str:
    known = {one.name: one for one in ArticlePage._meta.get_fields()}  # noqa: SLF001
    labels = (getattr(known.get(name), "verbose_name", name) for name in fields)
    return listed(isolated(label) for label in labels)
