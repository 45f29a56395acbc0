"""Show what belongs to one picture: who is on it, its words, its stories, its original.

Views parse what was posted, call one verb and answer.
"""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from tamizdat.edition.languages import direction
from tamizdat.newsroom.darkroom import covering, originals, replacing, words
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    Picture,
    PictureWords,
    PrivateOriginal,
    ServiceDesk,
    ServicePage,
)
from tamizdat.newsroom.obstacles import people
from tamizdat.newsroom.releases import taking_out
from tamizdat.newsroom.rights import may, who_may


@never_cache
def faces(request: HttpRequest, key: int) -> HttpResponse:
    """Show a picture whole, take blocks to cover parts of it, and a check."""
    picture = _picture(request, key)
    if request.method == "POST":
        return _covered(request, picture)
    context = {
        "picture": picture,
        "checks": picture.checks.filter(master=picture.file_hash),
        "shown": picture.showings.count(),
        "sealed": picture.private_originals.first(),
        "past": sum(one.endangers for one in replacing.uses(picture)),
    }
    return render(request, "newsroom/darkroom/faces.html", context)


def _covered(request: HttpRequest, picture: Picture) -> HttpResponse:
    back = redirect("newsroom_picture_faces", picture.pk)
    if request.POST.get("seen") != picture.file_hash:
        messages.error(request, _("The picture has changed meanwhile. Look once more."))
    elif "check" in request.POST:
        covering.check(picture, request.user, datetime.now(UTC))
        messages.success(request, _("Recorded: you looked at the picture as it is."))
    else:
        try:
            text = request.POST.get("blocks", "")
            size = (picture.width, picture.height)
            blocks = covering.read_blocks(text, size)
            covering.cover(
                picture,
                blocks,
                request.user,
                keeps_originals="keep_original" in request.POST,
            )
        except NewsroomError as error:
            messages.error(request, _("Nothing was covered: %s.") % error)
        else:
            messages.success(
                request, _("Covered for good. Look at the picture once more.")
            )
    return back


@never_cache
def told(request: HttpRequest, key: int) -> HttpResponse:
    """Show and take the words of a picture, in the language of each service."""
    picture = _picture(request, key)
    kept = {row.language: row for row in picture.words.all()}
    languages = _languages()
    if request.method == "POST":
        words.keep(picture, [_typed(request, picture, tag) for tag in languages])
        messages.success(request, _("The words of the picture are kept."))
        return redirect("wagtailimages:edit", picture.pk)
    rows = [
        (name, kept.get(tag) or PictureWords(language=tag), direction(tag))
        for tag, name in languages.items()
    ]
    context = {"picture": picture, "rows": rows}
    return render(request, "newsroom/darkroom/words.html", context)


def _languages() -> dict[str, str]:
    """Name the languages of the open services, each once."""
    found: dict[str, str] = {}
    for service in ServicePage.objects.few().order_by("title"):
        found.setdefault(service.language, str(service.title))
    return found


def _typed(request: HttpRequest, picture: Picture, language: str) -> PictureWords:
    typed = {
        key: request.POST.get(f"{key}-{language}", "")[:most]
        for key, most in (("caption", 1_000), ("alt", 1_000), ("credit", 200))
    }
    return PictureWords(picture=picture, language=language, **typed)


@never_cache
def uses(request: HttpRequest, key: int) -> HttpResponse:
    """Show the stories with a picture; release those that show an older one."""
    picture = _picture(request, key)
    found = replacing.uses(picture)
    back = redirect("newsroom_picture_uses", picture.pk)
    if request.method == "POST" and "redact" in request.POST:
        return _redact(request, found) or back
    if request.method == "POST":
        _release(request, found)
        return back
    context = {
        "picture": picture,
        "uses": [one for one in found if replacing.told_to(request.user, one)],
        "past": [
            (one, taking_out.waits(one.article, request.user))
            for one in found
            if one.past and may(request.user, "serious", one.article.service)
        ],
        "has_past": any(one.past for one in found),
        "endangers": any(one.endangers for one in found),
        "deciders": _deciders(found),
        "old": sum(one.old for one in found),
        "may": replacing.may_release(request.user, found),
        "expired": picture.is_expired(datetime.now(UTC).date()),
    }
    return render(request, "newsroom/darkroom/uses.html", context)


def _deciders(found: list[replacing.Use]) -> str:
    """Name who may redact the stories whose older files endanger somebody."""
    services = {one.article.service for one in found if one.past}
    accounts = {who.pk: who for each in services for who in who_may("serious", each)}
    return people(sorted(accounts.values(), key=str))


def _redact(request: HttpRequest, found: list[replacing.Use]) -> HttpResponse | None:
    """Redact one of the stories whose older releases name files of the picture."""
    asked = request.POST.get("redact", "")
    one = next((x for x in found if x.past and str(x.article.pk) == asked), None)
    if one is not None and not may(request.user, "serious", one.article.service):
        raise PermissionDenied
    if one is None:
        messages.error(request, _("Nothing of this story is left to be taken out."))
        return None
    return taking_out.press_picture(request, one.article)


def _release(request: HttpRequest, found: list[replacing.Use]) -> None:
    asked = [one for one in found if may(request.user, "publish", one.article.service)]
    if found and not asked:
        raise PermissionDenied
    out = 0
    for one, reason in replacing.release_everywhere(asked, request.user):
        if reason:
            text = _("“%(headline)s” is not published: %(reason)s")
            row = {"headline": isolated(one.article), "reason": reason}
            messages.error(request, text % row)
        out += not reason
    if out:
        text = _("Stories released with the newer picture: %(number)d.")
        messages.success(request, text % {"number": out})


@never_cache
def original(request: HttpRequest, key: int) -> HttpResponse:
    """Open a private original for somebody who may and knows the passphrase."""
    row = get_object_or_404(PrivateOriginal.objects.exclude(picture=None), pk=key)
    if not may_open(request.user, row.picture):
        raise PermissionDenied
    if request.method == "POST" and "erase" in request.POST:
        originals.erase(row, request.user)
        messages.success(request, _("The original is erased."))
        return redirect("wagtailimages:edit", row.picture_id)
    if request.method == "POST":
        try:
            data = originals.opened(
                row, request.POST.get("passphrase", ""), request.user
            )
        except NewsroomError as error:
            messages.error(request, _("It did not open: %s.") % error)
        else:
            return HttpResponse(
                data,
                content_type="application/octet-stream",
                headers={"Content-Disposition": 'attachment; filename="original"'},
            )
    context = {"original": row, "picture": row.picture}
    return render(request, "newsroom/darkroom/original.html", context)


def may_open(user: Any, picture: Any) -> bool:
    """Say whether an account may open originals of the service a picture belongs to."""
    desk = ServiceDesk.objects.filter(pictures=picture.collection_id).first()
    if desk is None:
        return bool(user.is_superuser)
    return may(user, "originals", desk.service)


def _picture(request: HttpRequest, key: int) -> Picture:
    """Find a picture that somebody may change.

    Raises:
        Http404: there is none.
        PermissionDenied: it is none of theirs.
    """
    picture: Picture | None = Picture.objects.filter(pk=key).first()
    if picture is None:
        raise Http404
    if not covering.may_check(request.user, picture):
        raise PermissionDenied
    return picture
