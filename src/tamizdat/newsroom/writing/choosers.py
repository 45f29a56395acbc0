"""Let editors choose a sound or a document, or bring one in, inside the form."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
    CreateView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from tamizdat.newsroom.models import Attachment
from tamizdat.newsroom.writing.policies import FilePolicy
from tamizdat.newsroom.writing.uploads import BRINGING, PaperForm, SoundForm

POLICY = FilePolicy(Attachment, add=BRINGING, change="edit", delete="edit")


class _OfKind:
    kind = ""
    request: Any

    def get_object_list(self) -> Any:
        some = POLICY.choosable(self.request.user).filter(refused__isnull=True)
        return some.filter(kind=self.kind)


class _WhoBrings:
    """Tells the form by which a file comes in who brings it."""

    request: Any

    def get_creation_form_kwargs(self) -> Any:
        return {**super().get_creation_form_kwargs(), "user": self.request.user}  # type: ignore[misc]


class _Create(_WhoBrings, CreateView):
    """Brings a file in, for a service of whoever brings it."""


class _Chosen(ChosenView):
    """Gives back what was chosen, of what may be."""

    def get_object(self, pk: Any) -> Any:
        """Find it, or answer that it is not there."""
        return get_object_or_404(POLICY.choosable(self.request.user), pk=pk)


class _ChosenTogether(ChosenMultipleView):
    """The same of several."""

    def get_objects(self, pks: Any) -> Any:
        """Find those that may be chosen."""
        return POLICY.choosable(self.request.user).filter(pk__in=pks)


def _views(kind: str) -> tuple[Any, Any]:
    bases = (_OfKind, _WhoBrings)
    choose = type(f"Choose_{kind}", (*bases, ChooseView), {"kind": kind})
    results = type(f"Results_{kind}", (*bases, ChooseResultsView), {"kind": kind})
    return choose, results


class AttachmentChooser(ChooserViewSet):
    """Choosing one kind of attachment."""

    model = Attachment
    # Wagtail's own are in the language of its start.
    edit_item_text, search_tab_label = _("Edit"), _("Search")
    permission_policy = POLICY
    per_page = 20
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenTogether
    create_view_class = _Create


class SoundChooser(AttachmentChooser):
    """Choosing a sound."""

    icon = "media"
    choose_one_text = _("Choose a sound")
    choose_another_text = _("Choose another sound")
    create_action_label = _("Bring in")
    creation_tab_label = _("Bring in a sound")
    creation_form_class = SoundForm
    choose_view_class, choose_results_view_class = _views("audio")


class PaperChooser(AttachmentChooser):
    """Choosing a document."""

    icon = "doc-full"
    choose_one_text = _("Choose a document")
    choose_another_text = _("Choose another document")
    create_action_label = _("Bring in")
    creation_tab_label = _("Bring in a document")
    creation_form_class = PaperForm
    choose_view_class, choose_results_view_class = _views("document")


CHOOSERS: dict[str, ChooserViewSet] = {
    "audio": SoundChooser("sound_chooser"),
    "document": PaperChooser("paper_chooser"),
}
