"""Say to editors why the press stopped, what is wrong at a mirror, what a witness does.

The rooms name each cause by a word for programs, and what it concerns. Said here is
that word, in the language of whoever reads; the rooms' own sentence is evidence, stays
in English and stands beside it.

Source: docs/decisions/0041-words-of-the-editors-site.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tamizdat.newsroom.isolates import isolated


@dataclass(frozen=True)
class Reason:
    """Why something is not as it should be.

    Attributes:
        said: to editors; "" where there is no more to say than the evidence.
        evidence: in English, as it was noted; "" for none.
    """

    said: str
    evidence: str


def of_trouble(code: str, facts: Mapping[str, Any]) -> str:
    """Say why a service is not printed, "" if its code has no sentence.

    Args:
        code: of a `PressError`, or "story" and "edition".
        facts: what it names.
    """
    sentence = _troubles().get(code, "")
    try:
        return sentence % {key: isolated(value) for key, value in facts.items()}
    except KeyError:
        return ""  # noted by another version


def _troubles() -> dict[str, str]:
    return {
        **_of_memory(),
        "doubt": _(
            "A witness of the log disagrees with the press. Nothing is signed until "
            "they agree."
        ),
        "key": _("A key of the press is missing, or is another one."),
        "key-expired": _("The key %(key)s has expired and has to be renewed."),
        "key-unnamed": _("Trust note %(note)s names no key for this service."),
        "archive": _("The archive of the press is damaged or cannot be written."),
        "content": _("What the newsroom hands over does not fit what is printed."),
        "story": _("The story %(place)s cannot be printed as it stands: %(field)s."),
        "fault": _(
            "The service cannot be printed as it stands: its notice, or something else "
            "that it sets, is too long."
        ),
        "edition": _("Something that was signed or kept does not verify."),
        "clock": _("The clock of the press is not later than edition %(number)s."),
        "service": _("The service is not open."),
    }


def _of_memory() -> dict[str, str]:
    return {
        "memory": _(
            "The memory of the press cannot be read, so nothing is signed. You can go "
            "on writing: releases wait. Whoever runs this newsroom stops %(command)s, "
            "restores the newest backup of the archive or has the memory rebuilt with "
            "%(recover)s, and starts it again."
        ),
        "fork": _(
            "The log holds %(shown)s leaves, but the press remembers %(kept)s. To sign "
            "on would fork it."
        ),
        "lost": _(
            "A mirror shows a newer edition than the press remembers: its memory was "
            "lost, or is an old copy. Restore the newest backup of the archive, or let "
            "%(command)s rebuild it."
        ),
    }


def of_mirror(state: str) -> str:
    """Say what is wrong at a mirror, by the state of a `Holding`."""
    return {
        "unfinished": _("A delivery to it is not finished."),
        "forged": _("It shows other bytes than were signed."),
        "missing": _("A file of the edition is missing there."),
        "refused": _("What it shows does not verify."),
        "unreachable": _("It does not answer."),
    }.get(state, "")


def of_witness(state: str) -> str:
    """Say what a witness of the log did, by its state."""
    return {
        "cosigned": _("cosigned"),
        "unreachable": _("does not answer"),
        "refused": _("gives an answer that is none"),
        "larger": _("has cosigned more of the log than the press has"),
        "other": _("has cosigned another log"),
        "clock": _("has a clock that differs from the one here"),
    }.get(state, "")
