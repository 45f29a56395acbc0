"""What desks keep beside their articles: who is at work, and versions with names."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tamizdat.newsroom.models.pages import ArticlePage

SILENCE = timedelta(minutes=5)  # an open window reports every ten seconds


class Hold(models.Model):
    """Who is at work on an article; nobody once its windows have been silent.

    Attributes:
        since, seen: UTC, when the work began and when a window last reported.
        taken_from: whose work it interrupted, None for nobody's.
    """

    page = models.OneToOneField(
        ArticlePage, on_delete=models.CASCADE, related_name="hold"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField()
    seen = models.DateTimeField()
    taken_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    def __str__(self) -> str:
        return f"{self.page_id} {self.person_id}"


class VersionQuerySet(models.QuerySet["Version"]):
    """Reads versions."""

    def of(self, page: Any) -> "VersionQuerySet":
        """Keep those of an article, newest first."""
        keys = page.revisions.order_by().values("pk")
        return self.filter(revision__in=keys).order_by("-made", "-pk")

    def waiting(self) -> "VersionQuerySet":
        """Keep what was saved late and nobody has looked at yet."""
        return self.filter(kind=Version.BESIDE, settled=False)


class Version(models.Model):
    """A state of a draft that is kept for good, with a name.

    Attributes:
        base: the state it was written upon, if it was saved beside another one.
        settled: somebody has made one text of it and the draft, or set it aside.
    """

    NAMED, TAKEN_OVER, BESIDE = "named", "taken over", "beside"
    KINDS: ClassVar = [
        (NAMED, _("Named")),
        (TAKEN_OVER, _("Taken over")),
        (BESIDE, _("Kept beside")),
    ]

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="version"
    )
    base = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    kind = models.CharField(max_length=10, choices=KINDS, default=NAMED)
    name = models.CharField(max_length=100)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made = models.DateTimeField()
    settled = models.BooleanField(default=False)

    objects = VersionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
