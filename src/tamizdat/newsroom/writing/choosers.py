"""Let editors choose a sound or a document, or bring one in, inside the form."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from tamizdat.newsroom.models import Attachment
from tamizdat.newsroom.writing.policies import RightPolicy
from tamizdat.newsroom.writing.uploads import PaperForm, SoundForm

BRINGING = "write translate pictures"  # any of these brings files in
POLICY = RightPolicy(Attachment, add=BRINGING, change="edit", delete="edit")


class _OfKind:
    kind = ""

    def get_object_list(self) -> Any:
        return Attachment.objects.filter(kind=self.kind)


def _views(kind: str) -> tuple[Any, Any]:
    choose = type(f"Choose_{kind}", (_OfKind, ChooseView), {"kind": kind})
    results = type(f"Results_{kind}", (_OfKind, ChooseResultsView), {"kind": kind})
    return choose, results


class AttachmentChooser(ChooserViewSet):
    """Choosing one kind of attachment."""

    model = Attachment
    permission_policy = POLICY
    per_page = 20


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
