"""The log: who did what when, over all services or for one article.

What is told of whom is decided in `deeds`. Never a title or a text: the log outlives
drafts, and is carried away in files.
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

from tamizdat.newsroom.desk import deeds
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.rights import is_staff_of, may

AT_ONCE = 100
MOST = 20_000  # lines that are paged through, and of a file
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
        asked: Any = self.fields["deed"]
        asked.choices = [("", _("Any")), *deeds.KINDS, *sorted(registry.get_choices())]


def show(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Show the log, or give it as a file of lines."""
    services = [s for s in ServicePage.objects.few() if _reads(request.user, s)]
    if not services and not request.user.is_superuser:
        raise PermissionDenied
    form = LogForm(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = _asked(request, services, wanted)
    if request.GET.get("export") == "csv":
        return _file(asked)
    start = request.GET.get("start", "0")
    at = int(start) if start.isascii() and start.isdecimal() else 0
    at = min(at, MOST)  # whoever looks for older things narrows the days
    rows = deeds.newest(asked, at, AT_ONCE + 1)
    query = request.GET.copy()
    query.pop("start", None)
    context = {
        "form": form,
        "rows": [deed.row() for deed in rows[:AT_ONCE]],
        "query": query.urlencode(),
        "next": at + AT_ONCE if len(rows) > AT_ONCE and at < MOST else None,
        "newer": max(0, at - AT_ONCE) if at else None,
    }
    return TemplateResponse(request, "newsroom/desk/log.html", context)


def _reads(person: Any, service: Any) -> bool:
    """Editors read the log of their articles, operators that of all they look after."""
    return may(person, "operate", service) or is_staff_of(person, service)


def _asked(request: HttpRequest, services: list[Any], wanted: Any) -> deeds.Asked:
    """Say what is asked for; a service that is not theirs gives nothing."""
    if wanted.get("service"):
        services = [s for s in services if s.service_id == wanted["service"]]
    days = [
        datetime.combine(wanted[name], edge, UTC) if wanted.get(name) else None
        for name, edge in (("since", time.min), ("until", time.max))
    ]
    return deeds.Asked(
        services,
        request.user.is_superuser and not wanted.get("service"),
        (wanted.get("article") or "").strip(),
        (wanted.get("person") or "").strip(),
        wanted.get("deed") or "",
        *days,
    )


def _file(asked: deeds.Asked) -> StreamingHttpResponse:
    lines = csv.writer(Echo())
    answer = StreamingHttpResponse(
        _lines(lines, asked), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="log.csv"'
    return answer


def _lines(lines: Any, asked: deeds.Asked) -> Iterator[str]:
    yield lines.writerow(HEADS)
    for deed in deeds.newest(asked, 0, MOST):
        row = deed.row()
        cells = (row[name] for name in HEADS)
        # A spreadsheet takes what begins so for a formula.
        yield lines.writerow(
            f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in cells
        )
