"""Articles: a story as one language service told it, whoever wrote it and where.

An article is its ledger. One that an editor works on has a page in the editors' site
besides; one that came in with an archive has none until an editor opens it.
"""

import uuid
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from tamizdat.newsroom.forms import SLUG
from tamizdat.newsroom.models.services import ServicePage

RELATIONS = [
    ("original", _("Written for this service")),
    ("translated", _("Translated")),
    ("adapted", _("Adapted")),
    ("condensed", _("Condensed")),
]

FOLLOWING = ("translated", "adapted", "condensed")
# Only an update brings a text back: the rule of the pages that readers see.
TAKING_BACK = ("retraction", "withdrawal")
GIVING = ("publish", "update")

# What an article says of its ledger.
STANDING = (
    *("number", "kind", "material", "published", "released", "headline", "section"),
    *("taken_back", "relation", "source", "follows", "stale_since"),
)


class Story(models.Model):
    """What the versions of one story in several services share.

    Attributes:
        embargo: UTC; nothing new goes out before, in any service.
        sensitive: it may endanger someone: two people sign, and no address is typed.
        home: the service that told it first, once another tells it, too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    embargo = models.DateTimeField(null=True, blank=True)
    sensitive = models.BooleanField(default=False)
    home = models.ForeignKey(
        ServicePage,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return str(self.id)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Reads articles as their ledgers leave them."""

    def released(self) -> "ArticleQuerySet":
        """Keep those that readers have seen."""
        return self.filter(number__gt=0)

    def stale(self) -> "ArticleQuerySet":
        """Keep those whose source has said something new since they followed it."""
        return self.released().filter(stale_since__isnull=False)


class Article(index.Indexed, models.Model):
    """The telling of one story by one service.

    Attributes:
        address: last part of its address, fixed by the first release.
        number, kind: of the newest release; 0 and "" before the first.
        material: number of the newest release that told readers something.
        published, released: UTC, times of the first and of the newest release.
        headline, section: as last released; "" before the first release.
        taken_back: the kind of release that took the text back, "" while readers
            have it.
        relation, source, follows: the article it was made from, and the number of
            that one's release it follows, as last released. Drafts have their own.
        breaking_until: UTC; None unless it is breaking news. The press goes by
            whether it is there, never by the clock.
        stale_since: UTC, when the source first told something that this article does
            not follow; None while it follows.
    """

    service = models.ForeignKey(
        ServicePage, on_delete=models.CASCADE, related_name="articles"
    )
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="articles")
    address = models.CharField(max_length=60, validators=[SLUG])
    number = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=13, blank=True)
    material = models.PositiveIntegerField(default=0)
    published = models.DateTimeField(null=True)
    released = models.DateTimeField(null=True)
    headline = models.TextField(blank=True)
    section = models.CharField(max_length=60, blank=True)
    taken_back = models.CharField(max_length=13, blank=True)
    relation = models.CharField(max_length=10, choices=RELATIONS, default="original")
    source = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="derived"
    )
    follows = models.PositiveIntegerField(default=0)
    breaking_until = models.DateTimeField(null=True)
    stale_since = models.DateTimeField(null=True)

    objects = ArticleQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("headline", boost=2),
        index.AutocompleteField("headline"),
        index.FilterField("service"),
        index.FilterField("number"),
        index.FilterField("released"),
    ]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["story", "service"], name="story_once_in_a_service"
            ),
            models.UniqueConstraint(
                fields=["service", "address"], name="address_once_in_a_service"
            ),
            models.CheckConstraint(
                condition=~models.Q(address=""), name="article_has_an_address"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["service", "-released"], name="article_by_release"),
            models.Index(fields=["-released"], name="article_by_release_of_all"),
            models.Index(fields=["service", "-published"], name="article_by_birth"),
            models.Index(
                fields=["breaking_until"],
                name="article_by_end_of_breaking",
                condition=models.Q(breaking_until__isnull=False),
            ),
            models.Index(
                fields=["service"],
                name="article_breaking_in_service",
                condition=models.Q(breaking_until__isnull=False),
            ),
            models.Index(
                fields=["-stale_since"],
                name="article_stale",
                condition=models.Q(stale_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.address

    def stand(self, release: Any, source: "Article | None") -> None:
        """Take up what a new release says, unsaved.

        Args:
            release: the newest line of its ledger.
            source: what its text was made from.
        """
        ours = release.content["tamizdat"]
        self.number, self.kind = release.number, release.kind
        if release.kind != "minor":
            self.material = release.number
        self.released = release.time
        if release.number == 1:
            self.published = release.time
        self.headline = main_headline(release.content)
        self.section = ours["section"]
        if release.kind in TAKING_BACK:
            self.taken_back = release.kind
        elif release.kind in GIVING:
            self.taken_back = ""
        lineage = ours.get("lineage") or {}
        self.relation = lineage.get("relation", "original")
        self.follows = lineage.get("release") or 0
        self.source = source if lineage else None
        self.stale_since = None

    def note_behind(self, release: Any) -> None:
        """Note who is behind after a release that is saved: this article, or others.

        Asked once this row is written, so that of two releases at one time the later
        one sees the other.
        """
        if self.source is not None:
            later = self.source.releases.filter(number__gt=self.follows)
            told = later.exclude(kind="minor").order_by("number")
            self.stale_since = told.values_list("time", flat=True).first()
        if self.stale_since is not None:
            self.save(update_fields=["stale_since"])
        if release.kind != "minor":
            behind = self.derived.filter(follows__lt=release.number, stale_since=None)
            behind.filter(number__gt=0).update(stale_since=release.time)

    @property
    def newest_release(self) -> Any:
        """The newest line of its ledger, or None before the first."""
        if "releases" in getattr(self, "_prefetched_objects_cache", ()):
            return max(self.releases.all(), key=attrgetter("number"), default=None)
        return self.releases.order_by("-number").first()


def main_headline(content: Mapping[str, Any]) -> str:
    """Find the headline in a story document."""
    rows = content["headlines"]
    return next((row["value"] for row in rows if row["role"] == "main"), "")
