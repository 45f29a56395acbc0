"""Let editors choose an article, whether it has a page or not."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

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


class ArticleChooser(ChooserViewSet):
    """Choosing an article of any service, by its headline."""

    model = Article
    icon = "doc-full"
    choose_one_text = _("Choose an article")
    choose_another_text = _("Choose another article")
    edit_item_text = _("Edit")  # Wagtail's own is in the language of its start
    choose_view_class = _Choose
    choose_results_view_class = _Results
    per_page = 20


article_chooser = ArticleChooser("article_chooser")
