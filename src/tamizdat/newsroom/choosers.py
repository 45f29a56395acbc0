"""Let editors choose an article, whether it has a page or not."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from tamizdat.newsroom.forms import NOT_RELEASED
from tamizdat.newsroom.models import Article


class _Newest:
    """Offers what was released last first; drafts are nobody's source."""

    ordering = "-released"

    def get_object_list(self) -> Any:
        return Article.objects.released().select_related("service")


class _Choose(_Newest, ChooseView):
    pass


class _Results(_Newest, ChooseResultsView):
    pass


class _Chosen(ChosenView):
    """Names what was chosen, of what readers have."""

    def get_object(self, pk: Any) -> Any:
        """Find it, or answer that it is not there."""
        return get_object_or_404(Article.objects.released(), pk=pk)


class _ChosenTogether(ChosenMultipleView):
    """The same of several."""

    def get_objects(self, pks: Any) -> Any:
        """Find those that may be chosen."""
        return Article.objects.released().filter(pk__in=pks)


class ArticleWidget(BaseChooser):
    """Shows what is chosen; of a draft not even its address: it may be anyone's."""

    def get_instance(self, value: Any) -> Any:
        """Find it; a form may name what never was."""
        try:
            return super().get_instance(value)
        except Article.DoesNotExist:
            return None

    def get_display_title(self, instance: Article) -> str:
        """Name a released article by its headline."""
        return str(instance if instance.number else NOT_RELEASED)


class ArticleChooser(ChooserViewSet):
    """Choosing an article of any service, by its headline."""

    model = Article
    icon = "doc-full"
    choose_one_text = _("Choose an article")
    choose_another_text = _("Choose another article")
    edit_item_text = _("Edit")  # Wagtail's own is in the language of its start
    choose_view_class = _Choose
    choose_results_view_class = _Results
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenTogether
    base_widget_class = ArticleWidget
    per_page = 20


article_chooser = ArticleChooser("article_chooser")
