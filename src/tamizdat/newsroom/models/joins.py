"""Copy with a number of its own that is a version of something: sure, or asked.

Source: docs/decisions/0073-copy-that-waits-and-copy-that-joins.md.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from tamizdat.newsroom.models.wire import KeptItem

SURE, OPEN, YES, NO = "sure", "open", "yes", "no"
ANSWERS = [(SURE, SURE), (OPEN, OPEN), (YES, YES), (NO, NO)]


class WireJoin(models.Model):
    """One item that says something about another, by words and not by identifier.

    Attributes:
        chain: that the item would have by its own identifier.
        into: chain of the other one.
        item: the one that came later.
        other: a version of the other one, as it stood then.
        by: "slugline", "headline", "number" (the text names it), "likeness" or
            "words" (all words of one are in the other).
        share: of the shorter text's runs of four words in common, 0 to 100; None where
            there is too little text to compare.
        answer: "sure" if it was joined at once, "open" while an editor is asked.
        asked: UTC.
        answered: UTC; None while nobody did.
    """

    chain = models.CharField(max_length=64)
    into = models.CharField(max_length=64)
    item = models.ForeignKey(KeptItem, on_delete=models.CASCADE, related_name="joins")
    other = models.ForeignKey(KeptItem, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=10)
    share = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=4, choices=ANSWERS)
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    actor: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "into"], name="wire_joined_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["into"], name="wire_join_into"),
            models.Index(
                fields=["asked"],
                name="wire_join_open",
                condition=models.Q(answer=OPEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.other}"
