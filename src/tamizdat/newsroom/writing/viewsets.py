"""The lists in which people, tags, places, sounds and documents are looked after."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from tamizdat.newsroom.models import Attachment, Person, Place, Tag
from tamizdat.newsroom.writing.policies import RightPolicy


class _Listed(SnippetViewSet):
    copy_view_enabled = False
    inspect_view_enabled = False


class People(_Listed):
    """People and protected names. Whoever writes may choose them."""

    model = Person
    icon = "user"
    menu_label = _("People")
    list_display = ("__str__", "kind")
    list_filter = ("kind",)
    permission_policy = RightPolicy(Person, add="edit", change="edit", delete="edit")


class _Subjects(_Listed):
    list_filter = ("service",)
    ordering = ("name",)


class Tags(_Subjects):
    """Tags of all services; made in the article form."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    list_display = ("name", "key", "service", "merged_into")
    permission_policy = RightPolicy(Tag, change="service")


class Places(_Subjects):
    """Places of all services; made in the article form."""

    model = Place
    icon = "globe"
    menu_label = _("Places")
    list_display = ("name", "territory", "service", "merged_into")
    permission_policy = RightPolicy(Place, change="service")


class Attachments(_Listed):
    """Sounds and documents; brought in where they are used."""

    model = Attachment
    icon = "media"
    menu_label = _("Sounds and documents")
    list_display = ("title", "kind", "created")
    list_filter = ("kind",)
    permission_policy = RightPolicy(Attachment, change="edit", delete="edit")


class Names(SnippetViewSetGroup):
    """One entry of the menu for all of them."""

    items = (People, Tags, Places, Attachments)
    menu_label = _("Names and files")
    menu_icon = "list-ul"
    menu_order = 300
