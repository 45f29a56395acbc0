"""The form by which a sound or a document comes in: cleaned before it is kept."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tamizdat.newsroom import uncoded
from tamizdat.newsroom.attachments import keep_cleaned
from tamizdat.newsroom.cleaning import MAX_BYTES, Cleaned
from tamizdat.newsroom.darkroom import cell
from tamizdat.newsroom.errors import AttachmentError, LongError
from tamizdat.newsroom.forms import AUTO_TEXT, AUTO_TEXTAREA
from tamizdat.newsroom.models import Attachment, ServicePage
from tamizdat.newsroom.rights import services_with
from tamizdat.newsroom.uncoded import Uncoded, keep_uncoded
from tamizdat.newsroom.writing.unseen import ask_about_unseen

BRINGING = "write translate pictures"  # any of these rights brings files in
ACCEPT = {"audio": ".mp3,.m4a,.ogg,.opus,.oga,.wav,.flac", "document": ".pdf,.txt,.csv"}
# A file that is too large is not read at all: to the form it is not there.
NO_FILE = _("Choose a file of at most %(most)d MiB.")
HELP = {
    "audio": _("MP3, M4A, Ogg, WAV or FLAC. Only what is heard is kept, as a new MP3."),
    "document": _(
        "PDF, text or CSV. Properties, remarks and attached files are taken out."
    ),
}


class AttachmentForm(forms.ModelForm):  # type: ignore[type-arg] # not generic when run
    """Title, credit, terms and the file itself. Subclasses say of which kind."""

    kind = "audio"

    class Meta:
        model = Attachment
        fields: ClassVar = ("title", "credit", "terms", "transcript", "service")
        widgets: ClassVar = {
            "title": AUTO_TEXT,
            "credit": AUTO_TEXT,
            "terms": AUTO_TEXT,
            "transcript": AUTO_TEXTAREA,
        }

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        """Take the words and the file.

        Args:
            args: as of any form of a model.
            kwargs: likewise.
            user: the account that brings a file in; it goes into a service of theirs.
        """
        super().__init__(*args, **kwargs)
        if self.instance.pk or user is None:
            del self.fields["service"]
        else:
            self._ask_for_service(user)
        self.instance.kind = self.instance.kind or self.kind
        kind = self.instance.kind
        if kind != "audio":
            del self.fields["transcript"]
        if not self.instance.pk:
            chosen = forms.FileInput(attrs={"accept": ACCEPT[kind]})
            file = forms.FileField(label=_("File"), help_text=HELP[kind], widget=chosen)
            file.error_messages["required"] = NO_FILE % {"most": MAX_BYTES >> 20}
            self.fields = {"file": file, **self.fields}

    def _ask_for_service(self, user: Any) -> None:
        """Offer the services for which the account may bring files in."""
        asked: Any = self.fields["service"]
        services = ServicePage.objects.few().order_by("title")
        if not user.is_superuser:
            keys = services_with(user, *BRINGING.split())
            services = services.filter(pk__in=keys)
        asked.queryset, asked.empty_label = services, None
        asked.required = True
        asked.initial = services.first()

    def clean_file(self) -> Any:
        """Clean the file, or say why it cannot be used."""
        file = self.cleaned_data["file"]
        try:
            return _cleaned(self.instance.kind, file)
        except AttachmentError as error:
            message = _("This file cannot be used: %(why)s.")
            raise forms.ValidationError(message % {"why": error}) from error

    def clean(self) -> Any:
        """Ask about words that no page shows; nothing is kept before it is said."""
        values = super().clean()
        file = self.cleaned_data.get("file")
        if isinstance(file, Cleaned) and file.unseen.count:
            ask_about_unseen(self, file)
        return values

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Keep it, with its file if it is new."""
        if self.instance.pk:
            return super().save(commit=commit)
        file = self.cleaned_data["file"]
        if isinstance(file, Uncoded):
            return keep_uncoded(self.instance, file)
        return keep_cleaned(self.instance, file)


def _cleaned(kind: str, file: Any) -> Cleaned | Uncoded:
    """Clean a file, but let one wait that would take long.

    Raises:
        AttachmentError: it cannot be used, as far as is seen at once.
    """
    data = file.read()
    if kind == "audio" and cell.weigh(data) > uncoded.AT_ONCE:
        return Uncoded(data)
    try:
        return cell.clean_file(kind, data, file.name, longest=uncoded.AT_ONCE)
    except LongError:  # its head says less than it has
        return Uncoded(data)


class SoundForm(AttachmentForm):
    """Bringing in a sound."""

    kind = "audio"


class PaperForm(AttachmentForm):
    """Bringing in a document."""

    kind = "document"
