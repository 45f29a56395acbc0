"""The log: who did what when, over all services or for one article.

Decides what of Wagtail's log is shown: the deed, the person, the hour and which
article. Never a title or a text: the log outlives drafts, and is carried away in files.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.rights import is_staff_of, may

AT_ONCE = 100
HEADS = ("time", "person", "deed", "service", "article")
DAY = forms.DateInput(attrs={"type": "date"})


class Echo:
    """A file that gives each line back at once."""

    def write(self, line: str) -> str:
        """Give it back."""
        return line


class LogForm(forms.Form):
    """What is asked of the log."""

    service = forms.CharField(label=gettext_lazy("Service"), required=False)
    article = forms.CharField(label=gettext_lazy("Article"), required=False)
    person = forms.CharField(label=gettext_lazy("Person"), required=False)
    deed = forms.ChoiceField(label=gettext_lazy("Deed"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("day", "From"), required=False, widget=DAY
    )
    until = forms.DateField(
        label=pgettext_lazy("day", "To"), required=False, widget=DAY
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deeds: Any = self.fields["deed"]
        deeds.choices = [("", _("Any")), *sorted(registry.get_choices())]


def show(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Show the log, or give it as a file of lines."""
    services = [s for s in ServicePage.objects.few() if _reads(request.user, s)]
    if not services:
        raise PermissionDenied
    form = LogForm(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    entries = _entries(services, wanted)
    if request.GET.get("export") == "csv":
        return _file(entries)
    start = request.GET.get("start", "0")
    at = int(start) if start.isdecimal() and len(start) < 8 else 0  # noqa: PLR2004
    rows = list(entries[at : at + AT_ONCE + 1])
    query = request.GET.copy()
    query.pop("start", None)
    context = {
        "form": form,
        "rows": list(_rows(rows[:AT_ONCE])),
        "query": query.urlencode(),
        "next": at + AT_ONCE if len(rows) > AT_ONCE else None,
    }
    return TemplateResponse(request, "newsroom/desk/log.html", context)


def _reads(person: Any, service: Any) -> bool:
    """Editors read the log of their articles, operators that of all they look after."""
    return may(person, "operate", service) or is_staff_of(person, service)


def _entries(services: list[Any], wanted: dict[str, Any]) -> Any:
    pages = ArticlePage.objects.filter(article__service__in=services)
    keys = [service.pk for service in services]
    if wanted.get("service"):
        pages = pages.filter(article__service__service_id=wanted["service"])
        keys = [s.pk for s in services if s.service_id == wanted["service"]]
    if wanted.get("article"):
        pages, keys = pages.filter(article__address=wanted["article"]), []
    found = PageLogEntry.objects.filter(page__in=pages.order_by().values("pk"))
    if keys:
        found = found | PageLogEntry.objects.filter(page__in=keys)
    if wanted.get("person"):
        found = found.filter(user__username__iexact=wanted["person"].strip())
    if wanted.get("deed"):
        found = found.filter(action=wanted["deed"])
    for name, test, edge in (("since", "gte", time.min), ("until", "lte", time.max)):
        if wanted.get(name):
            moment = datetime.combine(wanted[name], edge, UTC)
            found = found.filter(**{f"timestamp__{test}": moment})
    return found.select_related("user").order_by("-timestamp", "-pk")


def _rows(entries: list[Any]) -> Iterator[dict[str, str]]:
    keys = {entry.page_id for entry in entries}
    articles = ArticlePage.objects.filter(pk__in=keys).select_related(
        "article__service"
    )
    places = {
        page.pk: (page.article.service.service_id, page.article.address)
        for page in articles
    }
    services = ServicePage.objects.filter(pk__in=keys)
    places |= {service.pk: (service.service_id, "") for service in services}
    for entry in entries:
        service, article = places.get(entry.page_id, ("", ""))
        yield {
            "time": f"{entry.timestamp:%Y-%m-%d %H:%M:%S}",
            "person": entry.user.get_username() if entry.user else "",
            "deed": str(registry.get_action_label(entry.action)),
            "service": service,
            "article": article,
        }


def _file(entries: Any) -> StreamingHttpResponse:
    lines = csv.writer(Echo())
    answer = StreamingHttpResponse(
        _lines(lines, entries), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="log.csv"'
    return answer


def _lines(lines: Any, entries: Any) -> Iterator[str]:
    yield lines.writerow(HEADS)
    at = 0
    while batch := list(entries[at : at + 1_000]):
        for row in _rows(batch):
            # A spreadsheet takes what begins so for a formula.
            cells = (row[name] for name in HEADS)
            yield lines.writerow(
                f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
                for cell in cells
            )
        at += 1_000
