"""Copy off the wire: where from, each version of it, and which story used it.

Source: docs/decisions/0047-the-wire-desk.md.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.matters import Matter, never_in_silence
from tamizdat.newsroom.models.services import ServicePage

BY_HAND = "hand"  # files that somebody brought in on the command line
KINDS = [
    ("folder", _("Watched folder")),
    ("http", _("Web address or feed")),
    ("sftp", _("SFTP server")),
    ("ftp", _("FTP server")),
    ("imap", _("Mailbox")),
    (BY_HAND, _("Brought in by hand")),
]
CANCELED, CORRECTION, UPDATE = "canceled", "correction", "update"
WITHHELD = "withheld"
ALARMS = [
    (CANCELED, _("Withdrawn by the agency")),
    (WITHHELD, _("Held back by the agency")),
    (CORRECTION, _("Corrected by the agency")),
    (UPDATE, _("A newer version came")),
]


class WireSource(models.Model):
    """A place where copy comes from, and how fetching from it went.

    Attributes:
        name: on the command line, as "reuters".
        services: whose desks see its copy.
        place: where it is, by the kind's own keys; never a secret.
        secret: name of a file beside the newsroom's own, mode 0600; "" for none.
        agency: whose the copy is where it does not say so itself.
        encoding: in which its copy is read, whatever the bytes say; "" to tell by them.
        every: seconds between two fetches.
        keep_days: how long copy that nobody used is kept.
        state: where to go on, by the kind's own keys.
        families: in which families its copy has come so far.
        odd_family: another one that came since, and waits for a yes; "" for none.
        due: UTC, of the next fetch.
        lease: UTC, until which somebody is fetching; None while nobody is.
        tried, succeeded, failed: UTC, of the newest try, success and failure.
        failures: in a row.
        error: of the newest failure, in words; without a secret.
        error_said: the same as `sources.said` keeps it, for people of any language;
            {} while there was none.
        warning: of the newest success, in words.
        warnings_said: the same, one for each line.
    """

    name = models.CharField(
        max_length=40, unique=True, validators=[RegexValidator(r"\A[a-z0-9-]+\Z")]
    )
    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=KINDS)
    services = models.ManyToManyField(ServicePage, related_name="wire_sources")
    place: Any = models.JSONField(default=dict)
    secret = models.CharField(max_length=60, blank=True)
    agency = models.CharField(max_length=100, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    every = models.PositiveIntegerField(default=300)
    keep_days = models.PositiveIntegerField(default=14)
    active = models.BooleanField(default=True)
    state: Any = models.JSONField(default=dict)
    families: Any = models.JSONField(default=list)
    odd_family = models.CharField(max_length=20, blank=True)
    due = models.DateTimeField(null=True)
    lease = models.DateTimeField(null=True)
    tried = models.DateTimeField(null=True)
    succeeded = models.DateTimeField(null=True)
    failed = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    error_said: Any = models.JSONField(default=dict)
    warning = models.TextField(blank=True)
    warnings_said: Any = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        return self.title or self.name


class KeptItem(models.Model):
    """One wire item, as it came: one version of copy of one source.

    Attributes:
        chain: SHA-256 in hex of provider and guid without its revision, with the day
            where numbers begin anew: the same in every version. Of one that was joined
            (`WireJoin`) that of the other one.
        slug: words of its slugline or headline that all versions share.
        sha256: of the file it came in, as kept among the originals; hex. "" once gone.
        place: which item of that file, from 0.
        words: SHA-256 in hex of headline and text.
        item: as spec/wire-item.md has it, receipt included; without its body once
            it was erased.
        agency: whose copy it is, as printed; "" where nobody says.
        state: of the state that owns the agency, ISO 3166-1; "" where none does.
        folded: what is searched, folded as `desk.folding` does, each word between
            spaces.
        subjects: codes, each between spaces.
        sent: UTC, as the copy says, else when it came.
        newest: no later version of it is here.
        group: key of the first of those that say nearly the same.
        length: words of its text.
        erased: UTC, when its text went; None while it is here.
        revived: UTC, when somebody set its withdrawal aside; None where nobody did.
    """

    source = models.ForeignKey(
        WireSource, on_delete=models.PROTECT, related_name="items"
    )
    chain = models.CharField(max_length=64)
    slug = models.CharField(max_length=100, blank=True)
    version = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    place = models.PositiveIntegerField(default=0)
    name = models.TextField(blank=True)
    words = models.CharField(max_length=64)
    item: Any = models.JSONField()
    kind = models.CharField(max_length=10)
    headline = models.TextField(blank=True)
    agency = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=35, blank=True)
    folded = models.TextField(blank=True)
    subjects = models.TextField(blank=True)
    urgency = models.PositiveSmallIntegerField(null=True)
    pubstatus = models.CharField(max_length=10, blank=True)
    signal = models.CharField(max_length=10, blank=True)
    embargo = models.DateTimeField(null=True)
    sent = models.DateTimeField()
    received = models.DateTimeField()
    newest = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="superseded"
    )
    group = models.BigIntegerField(null=True)
    length = models.PositiveIntegerField(default=0)
    erased = models.DateTimeField(null=True)
    revived = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-received", "-id"], name="wire_by_arrival"),
            models.Index(fields=["source", "-received"], name="wire_of_a_source"),
            models.Index(fields=["chain"], name="wire_by_chain"),
            models.Index(fields=["group", "-received"], name="wire_by_group"),
            models.Index(fields=["sha256"], name="wire_by_bytes"),
            models.Index(fields=["slug", "sent"], name="wire_by_slug"),
            models.Index(fields=["signal", "-received"], name="wire_by_signal"),
            models.Index(fields=["pubstatus", "-received"], name="wire_by_status"),
        ]

    def __str__(self) -> str:
        return self.headline or self.name


class RefusedFile(models.Model):
    """A file that could not be read: its bytes wait for a better parser.

    Attributes:
        why: as people read it, in one line.
    """

    source = models.ForeignKey(
        WireSource, on_delete=models.CASCADE, related_name="refused"
    )
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    why = models.TextField()
    time = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "sha256"], name="file_refused_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


class Sketch(models.Model):
    """One band of what an item says, so that what says nearly the same is found.

    Attributes:
        band: 63 bits of the least hashes of its shingles.
    """

    item = models.ForeignKey(KeptItem, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["band"], name="wire_by_band")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.band:x}"


class WireUse(models.Model):
    """Which paragraphs of which wire item an article was made from.

    Attributes:
        paragraphs: list of [place in the item's body, text as it was taken]; the
            text is None once the article's words were taken back.
        time: UTC; the order in which an article took them.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="wire_uses"
    )
    item = models.ForeignKey(KeptItem, on_delete=models.PROTECT, related_name="uses")
    paragraphs: Any = models.JSONField(default=list)
    time = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "item"], name="wire_used_once")
        ]
        ordering: ClassVar = ["time", "pk"]

    def __str__(self) -> str:
        return f"{self.article} from {self.item}"


class WireAlertQuerySet(models.QuerySet["WireAlert"]):
    """Reads what agencies said about copy that was used."""

    def open(self) -> "WireAlertQuerySet":
        """Keep those that nobody has dealt with: what was withdrawn first."""
        return self.filter(closed=None).pressing_first()

    def pressing_first(self) -> "WireAlertQuerySet":
        """Put first what was withdrawn, then what was corrected, the oldest first."""
        pressing = models.Case(
            models.When(kind=CANCELED, then=0),
            models.When(kind=WITHHELD, then=1),
            models.When(kind=CORRECTION, then=2),
            default=3,
        )
        return self.order_by(pressing, "opened", "pk")


class WireAlert(Matter):
    """An agency took back, held, corrected or renewed what an article was made from.

    Attributes:
        item: the version that says so.
        used: the version that the article used.
        opened: UTC.
        closing: the release that tells readers.
        reason: also that the newer words were taken, or that a newer alert came.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="wire_alerts"
    )
    item = models.ForeignKey(KeptItem, on_delete=models.PROTECT, related_name="alerts")
    used = models.ForeignKey(KeptItem, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ALARMS)
    opened = models.DateTimeField()

    objects = WireAlertQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "item"], name="wire_alert_once"),
            never_in_silence("wire_alert_never_closed_in_silence"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["opened"],
                name="wire_alert_open",
                condition=models.Q(closed=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article}"

    def is_open_on(self, article: int) -> bool:
        """Say whether it waits for somebody of an article. `article`: its key."""
        return self.article_id == article and self.closed is None
