"""Pages beside the article form: open, translate, add a post, what is offered."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.forms import AUTO_TEXT, AUTO_TEXTAREA
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    HeldRelease,
    ServicePage,
    UndonePost,
)
from tamizdat.newsroom.obstacles import Obstacle, obstacles
from tamizdat.newsroom.richtext import plain
from tamizdat.newsroom.rights import is_staff_of, may, reads_draft
from tamizdat.newsroom.writing import topics
from tamizdat.newsroom.writing.opening import open_article
from tamizdat.newsroom.writing.posting import add_post, typed
from tamizdat.newsroom.writing.source import words_of
from tamizdat.newsroom.writing.translating import services_for, translate

OPENERS = ("write", "translate", "edit")  # rights with which one opens an article
MOST_POST = 20_000  # characters


@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article as it is released, and open it for editing when asked."""
    article = get_object_or_404(Article.objects.select_related("service"), pk=pk)
    page = ArticlePage.objects.filter(article=article).first()
    may_open = any(may(request.user, right, article.service) for right in OPENERS)
    if page is not None and is_staff_of(request.user, article.service):
        return redirect("wagtailadmin_pages:edit", page.pk)
    release = article.newest_release
    if release is None:
        raise Http404
    if request.method == "POST":
        if not may_open:
            return _refused(request)
        return _open(request, article)
    context = {
        "article": article,
        "service": article.service,
        "release": release,
        "words": words_of(release.content),
        "may_open": may_open,
    }
    return render(request, "newsroom/open.html", context)


def _refused(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = permission_denied(request)
    return answer


def _open(request: HttpRequest, article: Article) -> HttpResponse:
    try:
        page = open_article(article, request.user)
    except NewsroomError as error:
        messages.error(request, _("Not opened: %(why)s.") % {"why": error})
        return redirect("newsroom_open", article.pk)
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def translate_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask into which service, and begin the translation."""
    source = get_object_or_404(Article.objects.select_related("service"), pk=pk)
    services = services_for(source, request.user)
    if not services:
        return _refused(request)
    if source.number == 0:
        raise Http404
    if request.method == "POST":
        chosen = [
            s for s, there in services if str(s.pk) == request.POST.get("service")
        ]
        if chosen:
            return _translate(request, source, chosen[0])
    context = {"source": source, "services": services}
    return render(request, "newsroom/translate.html", context)


def _translate(
    request: HttpRequest, source: Article, service: ServicePage
) -> HttpResponse:
    try:
        page = translate(source, service, request.user)
    except NewsroomError as error:
        messages.error(request, str(error))
        return redirect("newsroom_translate", source.pk)
    return redirect("wagtailadmin_pages:edit", page.pk)


class PostForm(forms.Form):
    """A post: what happened, and who says so."""

    headline = forms.CharField(
        label=gettext_lazy("Headline"), required=False, max_length=300, widget=AUTO_TEXT
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=MOST_POST,
        widget=AUTO_TEXTAREA,
        help_text=gettext_lazy("An empty line starts a new paragraph."),
    )
    by = forms.CharField(
        label=gettext_lazy("Who wrote it"),
        required=False,
        max_length=300,
        widget=AUTO_TEXT,
    )

    def clean_text(self) -> list[str]:
        """Split paragraphs."""
        typed = self.cleaned_data["text"].replace("\r\n", "\n").split("\n\n")
        found = [text for text in map(plain, typed) if text]
        if not found:
            raise forms.ValidationError(_("Write the text."))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
def post_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a post to a live story: one short form."""
    page = get_object_or_404(ArticlePage, pk=pk)
    if not may(request.user, "write", page.service):
        return _refused(request)
    in_the_way = _in_the_way(request, page)
    if "drop" in request.POST:
        _forget(request, page)
        return redirect("newsroom_post", page.pk)
    if request.method != "POST":
        waits = _waiting(request, page)
        form = PostForm(initial=typed(waits.post) if waits else None)
        return _post_form(request, page, form, in_the_way, waits.pk if waits else "")
    form = PostForm(request.POST)
    if form.is_valid() and not in_the_way:
        done: HttpResponse | None = _add(request, page, form)
        if done is not None:
            return done
    undone = request.POST.get("undone", "")
    return _post_form(request, page, form, in_the_way, undone)


def _in_the_way(request: HttpRequest, page: ArticlePage) -> list[Obstacle]:
    """List why no post can be added to what readers have now."""
    page.go_live_at = None  # an hour of the draft is not that of a post
    return obstacles(page, request.user, "update")


def _post_form(
    request: HttpRequest,
    page: ArticlePage,
    form: PostForm,
    in_the_way: list[Obstacle],
    undone: int | str,
) -> HttpResponse:
    context = {"page": page, "form": form, "obstacles": in_the_way, "undone": undone}
    return render(request, "newsroom/post.html", context)


def _waiting(request: HttpRequest, page: ArticlePage) -> UndonePost | None:
    """Find the post that was undone last, for who may read drafts of the story."""
    if not reads_draft(request.user, page.article):
        return None
    waits: UndonePost | None = page.undone_posts.first()
    return waits


def _forget(request: HttpRequest, page: ArticlePage) -> None:
    """Drop the undone post that a form was filled with; others go on waiting."""
    key = request.POST.get("undone", "")
    if key.isdecimal() and reads_draft(request.user, page.article):
        page.undone_posts.filter(pk=key).delete()


def _add(request: HttpRequest, page: ArticlePage, form: PostForm) -> Any:
    words = form.cleaned_data
    headline, by = plain(words["headline"]) or "", plain(words["by"]) or ""
    try:
        release = add_post(page, request.user, words["text"], headline, by)
    except NewsroomError as error:
        form.add_error(None, str(error))
        return None
    _forget(request, page)  # its words are held or out
    if isinstance(release, HeldRelease):
        return redirect("held_release", page.pk)
    number = release.number if release else page.article.number
    messages.success(request, _("Posted: release %(number)s.") % {"number": number})
    return redirect(reverse("newsroom_post", args=(page.pk,)))


@require_safe
def subjects(request: HttpRequest, service_id: int, kind: str) -> HttpResponse:
    """List tags or places of a service that fit what is typed."""
    service = get_object_or_404(ServicePage, pk=service_id)
    if kind not in topics.MODELS or not is_staff_of(request.user, service):
        raise Http404
    begun = (request.GET.get("q") or "").strip()
    names = topics.offered(service, kind, begun) if begun else []
    return JsonResponse({"names": names})
