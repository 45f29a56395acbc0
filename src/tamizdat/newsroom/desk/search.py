"""Search the stories of all services, and the drafts one may see."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tamizdat.newsroom.desk import words
from tamizdat.newsroom.desk.steps import read_steps
from tamizdat.newsroom.kinds import CHOICES, kind_name
from tamizdat.newsroom.models import Article, ServicePage
from tamizdat.newsroom.rights import readable_drafts, reads_draft

AT_ONCE = 50
DRAFTS, ALL = "drafts", ""
DAY = forms.DateInput(attrs={"type": "date"})


class SearchForm(forms.Form):
    """What is asked for; everything left empty asks for nothing."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_(
            "Beginnings of words, in any script; in quotation marks as they stand."
        ),
    )
    service = forms.ModelChoiceField(
        ServicePage.objects.none(), label=_("Service"), required=False
    )
    section = forms.CharField(
        label=pgettext_lazy("of a paper", "Section"), required=False, max_length=60
    )
    person = forms.CharField(
        label=_("Signed by"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    since = forms.DateField(
        label=pgettext_lazy("day", "From"), required=False, widget=DAY
    )
    until = forms.DateField(
        label=pgettext_lazy("day", "To"), required=False, widget=DAY
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            (ALL, _("Any")),
            (DRAFTS, _("Drafts that readers have not")),
            *CHOICES,
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services: Any = self.fields["service"]
        services.queryset = ServicePage.objects.few().order_by("title")


def search(request: HttpRequest) -> HttpResponse:
    """Show what is found, newest first."""
    form = SearchForm(request.GET or None)
    asks = form.is_valid() if form.is_bound else False
    wanted = form.cleaned_data if asks else {}
    start = _start(request)
    rows = list(find(wanted, request.user)[start : start + AT_ONCE + 1])
    query = request.GET.copy()
    query["start"] = str(start + AT_ONCE)
    context = {
        "form": form,
        "rows": _rows(rows[:AT_ONCE], request.user),
        "is_asking": any(wanted.values()),
        "more": query.urlencode() if len(rows) > AT_ONCE else "",
        "start": start,
    }
    return TemplateResponse(request, "newsroom/desk/search.html", context)


def _start(request: HttpRequest) -> int:
    text = request.GET.get("start", "")
    return min(int(text), 1_000_000) if text.isdecimal() and len(text) < 8 else 0  # noqa: PLR2004


def find(wanted: dict[str, Any], person: Any) -> QuerySet[Any]:
    """Find articles, newest first; drafts only of services one works for.

    Args:
        wanted: cleaned data of a `SearchForm`.
        person: who asks.
    """
    articles: QuerySet[Any] = Article.objects.select_related("service", "story", "page")
    articles = _told_by(articles, wanted, person)
    if wanted.get("service"):
        articles = articles.filter(service=wanted["service"])
    if wanted.get("section"):
        section = wanted["section"]
        articles = articles.filter(Q(section=section) | Q(page__section=section))
    for name, test, edge in (("since", "gte", time.min), ("until", "lte", time.max)):
        if wanted.get(name):
            moment = datetime.combine(wanted[name], edge, UTC)
            articles = articles.filter(**{f"released__{test}": moment})
    return articles.order_by(F("released").desc(nulls_first=True), "-pk")


def _told_by(
    articles: QuerySet[Any], wanted: dict[str, Any], person: Any
) -> QuerySet[Any]:
    """Keep what readers have, or a draft that one may see, with the words asked for."""
    question, signed = wanted.get("q", ""), wanted.get("person", "")
    kind = wanted.get("kind", ALL)
    drafts = words.found(
        articles.filter(_own(person), page__has_unpublished_changes=True),
        words.DRAFT,
        f"{question} {signed}",
    )
    if kind == DRAFTS:
        return drafts
    released = words.found(articles.filter(number__gt=0), words.RELEASED, question)
    released = words.found(released, words.PEOPLE, signed)
    if kind:
        return released.filter(kind=kind)
    if not question and not signed:
        return articles.filter(Q(number__gt=0) | _own(person))
    either = Q(pk__in=released.values("pk")) | Q(pk__in=drafts.values("pk"))
    return articles.filter(either)


def _own(person: Any) -> Q:
    return readable_drafts(person, ServicePage.objects.few())


def _rows(articles: list[Any], person: Any) -> list[dict[str, Any]]:
    read_steps(article.page for article in articles if hasattr(article, "page"))
    return [_row(article, person) for article in articles]


def _row(article: Any, person: Any) -> dict[str, Any]:
    page: Any = getattr(article, "page", None)
    sees = page is not None and reads_draft(person, article)
    may_edit = sees and page.permissions_for_user(person).can_edit()
    is_draft = bool(sees and page.has_unpublished_changes)
    return {
        "article": article,
        "page": page if sees else None,
        "may_edit": may_edit,
        "is_draft": is_draft,
        "kind": kind_name(article.kind),
        "headline": (is_draft and page.draft_title) or str(article),
    }
