"""Tell the browser what a page of the editors' site may load: its own files only.

Source: https://www.w3.org/TR/CSP3/, https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# What the editor of texts writes into styles of the page: nothing, and the numbers of
# lists in lists. Wagtail's next version may write others: a journey says so.
_NOTHING = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
_NUMBERS = "'sha256-Mhr2Q/2u+/s2WzwlFRrqCw7x0IU+emukGS8Q9RtPZ44='"
_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": f"'self' {_NOTHING} {_NUMBERS}",
    "img-src": "'self' data: blob:",  # a picture before it is sent; the code of an app
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
}
POLICY = "; ".join(f"{name} {sources}" for name, sources in _SOURCES.items())
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def closed_house(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the headers on every answer that has none of its own: errors, files too."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer
