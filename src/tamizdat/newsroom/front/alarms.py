"""Show what breaks, in which service and for how long, and what others make of it.

Views parse what was posted, call one verb and answer.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from tamizdat.newsroom.errors import BreakingError, NewsroomError
from tamizdat.newsroom.front import breaking, offers
from tamizdat.newsroom.front.desk import now
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Offer,
    OfferOptOut,
)
from tamizdat.newsroom.models.breaking import (
    FRONT,
    HOURS,
    MOST_HOURS,
    NOT_FOR_US,
    TRANSLATE,
)
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.writing.translating import translate

ANSWERED = 20  # offers that are shown with what was chosen


@require_safe
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """Show what breaks now, the open offers, and what was made of others."""
    answered = Offer.objects.exclude(choice="").select_related(
        "service", "actor", "breaking__article__service"
    )
    context = {
        "now": breaking_now(request.user),
        "offers": offer_rows(request.user),
        "answered": answered.order_by("-chosen")[:ANSWERED],
        "opt_outs": _opt_outs(request.user),
        "hours": HOURS,
        "most": MOST_HOURS,
    }
    return render(request, "newsroom/front/breaking.html", context)


def breaking_now(account: Any) -> list[dict[str, Any]]:
    """List the stories that break, with whether somebody may end that."""
    rows = Article.objects.filter(breaking_until__isnull=False)
    return [
        {"article": row, "may": may(account, "breaking", row.service)}
        for row in rows.select_related("service").order_by("breaking_until")
    ]


def offer_rows(account: Any) -> list[dict[str, Any]]:
    """List the open offers of somebody with the choices that are theirs."""
    rows = offers.open_to(account)
    return [
        {
            "offer": offer,
            "article": offer.breaking.article,
            "own": own,
            "translate": may(account, "translate", offer.service),
            "arrange": may(account, "arrange", offer.service),
        }
        for offer, own in zip(rows, offers.own_versions(rows), strict=True)
    ]


def _opt_outs(account: Any) -> list[OfferOptOut]:
    rows = OfferOptOut.objects.select_related("service", "source")
    return [row for row in rows if may(account, "arrange", row.service)]


@never_cache
def story(request: HttpRequest, key: int) -> HttpResponse:
    """Show whether a story breaks; begin it, change its end, or end it."""
    article = get_object_or_404(Article.objects.select_related("service"), pk=key)
    if not may(request.user, "breaking", article.service):
        raise PermissionDenied
    if request.method == "POST":
        return _set(request, article)
    context = {
        "article": article,
        "rows": article.breakings.select_related("actor")[:ANSWERED],
        "hours": HOURS,
        "most": MOST_HOURS,
    }
    return render(request, "newsroom/front/story.html", context)


def _set(request: HttpRequest, article: Article) -> HttpResponse:
    moment = now()
    try:
        if request.POST.get("do") == "end":
            breaking.end(article, request.user, moment)
            said = _("“%(story)s” breaks no more.")
        else:
            hours = _hours(request.POST.get("hours", ""))
            breaking.begin(article, request.user, moment + hours, moment)
            said = _("“%(story)s” stands above everything else on the front page.")
    except NewsroomError as error:
        messages.error(request, str(error))
        return redirect("breaking_story", article.pk)
    messages.success(request, said % {"story": isolated(article)})
    return redirect("breaking_news")


def _hours(text: str) -> timedelta:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:3]) <= MOST_HOURS):
        words = _("Say for how many hours: a whole number from 1 to %(most)d.")
        raise BreakingError(words % {"most": MOST_HOURS})
    return timedelta(hours=int(text))


@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Note what a service makes of an offer, and lead on to the work."""
    rows = Offer.objects.select_related("service", "breaking__article")
    offer = get_object_or_404(rows, pk=key)
    choice = request.POST.get("choice", "")
    if choice not in {TRANSLATE, FRONT, NOT_FOR_US}:
        return redirect("breaking_news")
    (own,) = offers.own_versions([offer])
    if choice == FRONT and (own is None or not own.number):
        messages.error(request, _("This service has not released the story yet."))
        return redirect("breaking_news")
    try:
        kept = offers.choose(offer, choice, request.user, now())
    except NewsroomError as error:
        raise PermissionDenied from error
    if kept.choice != choice or kept.actor != request.user:
        words = _("%(who)s was faster and chose “%(choice)s”.")
        said = {"who": isolated(kept.actor), "choice": kept.get_choice_display()}
        messages.warning(request, words % said)
        return redirect("breaking_news")
    if request.POST.get("never"):
        offers.opt_out(offer.service, offer.breaking.article.service, request.user)
    return _lead_on(request, offer, own)


def _lead_on(request: HttpRequest, offer: Offer, own: Article | None) -> HttpResponse:
    choice = request.POST["choice"]
    if choice == FRONT and own is not None:
        place = reverse("front_desk", args=(offer.service.service_id,))
        return redirect(f"{place}?{urlencode({'lead': own.pk})}")
    if choice == TRANSLATE:
        page = ArticlePage.objects.filter(article=own).first() if own else None
        if page is None and own is None:
            page = _begin(request, offer)
        if page is not None:
            return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("breaking_news")


def _begin(request: HttpRequest, offer: Offer) -> ArticlePage | None:
    """Begin the translation as the button of an article does, or say why not."""
    try:
        return translate(offer.breaking.article, offer.service, request.user)
    except NewsroomError as error:
        messages.error(request, str(error))
        return None


@require_POST
def opt_in(request: HttpRequest) -> HttpResponse:
    """Let a service have the offers of another again."""
    rows = OfferOptOut.objects.select_related("service", "source")
    key = request.POST.get("opt_out", "")
    row = rows.filter(pk=key).first() if key.isdecimal() else None
    if row is not None:
        try:
            offers.opt_in(row.service, row.source, request.user)
        except NewsroomError as error:
            raise PermissionDenied from error
    return redirect("breaking_news")
