"""Name kinds of release in the language of whoever reads it."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tamizdat.edition.stories import RELEASE_KINDS

NAMES: dict[str, str | Promise] = {
    "publish": pgettext_lazy("kind of release", "publish"),
    "update": pgettext_lazy("kind of release", "update"),
    "correction": pgettext_lazy("kind of release", "correction"),
    "clarification": pgettext_lazy("kind of release", "clarification"),
    "retraction": pgettext_lazy("kind of release", "retraction"),
    "redaction": pgettext_lazy("kind of release", "redaction"),
    "withdrawal": pgettext_lazy("kind of release", "withdrawal"),
    "minor": pgettext_lazy("kind of release", "minor"),
    # None of them: what two people sign of a task.
    "hold": pgettext_lazy("kind of sign-off", "the words do not stand there"),
}
CHOICES = [(kind, NAMES[kind]) for kind in RELEASE_KINDS]


def kind_name(kind: str) -> str:
    """Name a kind for a sentence; what is none of them stands as it came."""
    return str(NAMES.get(kind, kind))
