"""Ask in the article form which holds a redaction settles.

Each stands there by itself: what is not ticked goes on holding the article.

Source: docs/decisions/0059-what-a-redaction-answers.md.
"""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import FollowUp
from tamizdat.newsroom.obstacles import shown_time
from tamizdat.newsroom.releases import followups

ANSWERS, SAME_WORDS = "next_answers", "next_same_words"


def offer(form: Any, *, aimed: bool) -> None:
    """Offer the open holds of an article to be ticked; without any, ask nothing.

    Args:
        form: of an article.
        aimed: the draft says already what its next release is to be.
    """
    article = form.instance.article_id
    found = followups.holds_of(form.instance)
    holds = [one for one in found if one.article_id == article]
    if not holds or form.instance.article.number == 0:
        form.fields.pop(ANSWERS, None)
        form.fields.pop(SAME_WORDS, None)
        return
    form.fields[ANSWERS] = forms.TypedMultipleChoiceField(
        coerce=int,
        choices=[(one.pk, named(one)) for one in holds],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=capfirst(_("this redaction takes out here what these took out")),
        help_text=_(
            "Tick only those whose words you took out. What is not ticked goes on "
            "holding this article. A withdrawal settles all of them."
        ),
    )
    stands = form.initial.get(ANSWERS) or []
    form.initial[ANSWERS] = stands if aimed else []
    if not aimed:
        form.initial[SAME_WORDS] = False


def named(one: FollowUp) -> str:
    """Say in a line whose redaction or withdrawal holds an article, and since when."""
    source = one.cause.article
    return _("%(service)s: %(kind)s of “%(headline)s”, %(time)s") % {
        "service": isolated(source.service.title),
        "kind": kind_name(one.cause.kind),
        "headline": isolated(source),
        "time": shown_time(one.cause.time),
    }
