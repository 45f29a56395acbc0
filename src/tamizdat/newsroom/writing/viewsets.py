"""The lists in which people, tags, places, sounds and documents are looked after."""

from typing import Any, ClassVar

from django.forms import RadioSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail.snippets.widgets import AdminSnippetChooser

from tamizdat.newsroom import attachments
from tamizdat.newsroom.models import Attachment, Person, Place, Tag
from tamizdat.newsroom.models.attachments import PAPER, SOUND
from tamizdat.newsroom.rights import services_of
from tamizdat.newsroom.writing.policies import FilePolicy, RightPolicy

LIBRARY = FilePolicy(Attachment, change="edit", delete="edit")
LOOKING_AFTER = ("change", "delete")
_PAGES = "wagtailsnippets_newsroom_attachment:"
_CHOOSER = "wagtailsnippetchoosers_newsroom_attachment:"  # beside that of the form


class _Listed(SnippetViewSet):
    copy_view_enabled = False
    index_results_template_name = "newsroom/names.html"
    inspect_view_enabled = False
    # Those of lists are in the language of Wagtail's start.
    breadcrumbs_items = WagtailAdminTemplateMixin.breadcrumbs_items


class _PersonChooser(chooser.SnippetChooserViewSet):
    @cached_property
    def widget_class(self) -> AdminSnippetChooser:
        """Say each sentence when it is asked for; Wagtail says it once, for all."""
        return AdminSnippetChooser(
            model=self.model,
            icon=self.icon,
            choose_one_text=_("Choose a person"),
            choose_another_text=_("Choose another person"),
            link_to_chosen_text=_("Edit this person"),
        )


class People(_Listed):
    """People and protected names. Whoever writes may choose them."""

    model = Person
    icon = "user"
    chooser_viewset_class = _PersonChooser
    menu_label = _("People")
    list_display = ("__str__", "kind")
    list_filter = ("kind",)
    permission_policy = RightPolicy(Person, add="edit", change="edit", delete="edit")


def _own(rows: Any, user: Any) -> Any:
    """Keep those of one's own services: a draft may have named the others."""
    if user.is_superuser:
        return rows
    return rows.filter(service__in=services_of(user))


class _Choosing:
    request: Any

    def get_object_list(self) -> Any:
        """Offer those of one's own services."""
        return _own(super().get_object_list(), self.request.user)  # type: ignore[misc]


class _Choose(_Choosing, chooser.ChooseView):
    pass


class _ChooseResults(_Choosing, chooser.ChooseResultsView):
    pass


class _SubjectChooser(chooser.SnippetChooserViewSet):
    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults

    @cached_property
    def widget_class(self) -> AdminSnippetChooser:
        """Say each sentence when it is asked for, as that of people."""
        return AdminSnippetChooser(
            model=self.model,
            icon=self.icon,
            choose_one_text=_("Choose one"),
            choose_another_text=_("Choose another"),
            link_to_chosen_text=_("Edit it"),
        )


class _Subjects(_Listed):
    list_filter = ("service",)
    ordering = ("name",)
    chooser_viewset_class = _SubjectChooser

    def get_queryset(self, request: HttpRequest) -> Any:
        """List those of one's own services."""
        rows = self.model._default_manager.all()  # noqa: SLF001 (Django's name)
        return _own(rows, request.user)


class Tags(_Subjects):
    """Tags of one's services; made in the article form."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    list_display = ("name", "key", "service", "merged_into")
    permission_policy = RightPolicy(Tag, change="service")


class Places(_Subjects):
    """Places of one's services; made in the article form."""

    model = Place
    icon = "globe"
    menu_label = _("Places")
    list_display = ("name", "territory", "service", "merged_into")
    permission_policy = RightPolicy(Place, change="service")


class _OfOneKind(WagtailFilterSet):
    kind = ChoiceFilter(
        label=_("Kind"),
        choices=[(SOUND, _("Sound")), (PAPER, _("Document"))],
        empty_label=_("All"),
        widget=RadioSelect,
    )

    class Meta:
        model = Attachment
        fields: ClassVar = ["kind"]


class Attachments(_Listed):
    """Sounds and documents; brought in where they are used."""

    model = Attachment
    icon = "media"
    menu_label = _("Sounds and documents")
    list_display = (
        "title",
        Column("kind", _("Kind"), attachments.kind_and_state, sort_key="kind"),
        "service",
        Column("created", _("Created"), sort_key="created"),
    )
    filterset_class = _OfOneKind
    permission_policy = LIBRARY

    def get_queryset(self, request: HttpRequest) -> Any:
        """List those of one's own services."""
        return LIBRARY.instances_user_has_any_permission_for(
            request.user, LOOKING_AFTER
        )


class Names(SnippetViewSetGroup):
    """One entry of the menu for all of them."""

    items = (People, Tags, Places, Attachments)
    menu_label = _("Names and files")
    menu_icon = "list-ul"
    menu_order = 300


def refuse_strangers_files(request: HttpRequest) -> HttpResponse | None:
    """Show no sound and no document of another service in any list or page of one.

    Wagtail asks in some of these views for no permission on the one thing they show.
    """
    match, user = request.resolver_match, getattr(request, "user", None)
    if match is None or user is None or not user.is_authenticated:
        return None
    if not match.view_name.startswith((_PAGES, _CHOOSER)) or user.is_superuser:
        return None
    if match.view_name.startswith(_PAGES) and "pk" not in match.kwargs:
        return None
    key = match.kwargs.get("pk")
    one = get_object_or_404(Attachment, pk=key) if key else None
    if one is not None and LIBRARY.user_has_any_permission_for_instance(
        user, LOOKING_AFTER, one
    ):
        return None
    denied: HttpResponse = permission_denied(request)
    return denied
