"""Addresses of the editors' site. Readers have none here: they read editions."""

from django.urls import include, path, re_path
from wagtail.admin import urls as admin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from tamizdat.newsroom import borrowed, trouble, views
from tamizdat.newsroom.desk import history

# Wagtail's documents are uploads of any kind; its other pages need the app, so that it
# stays installed, but nobody reaches it.
DOCUMENTS = r"^admin/(?:documents|bulk/wagtaildocs|api/main/documents)/"
ADMIN = decorate_urlpatterns(admin_urls.urlpatterns, trouble.in_a_line)

urlpatterns = [
    path("", views.home),
    re_path(DOCUMENTS, views.nothing),
    path("admin/pages/<int:page_id>/view_draft/", views.view_draft),
    path("admin/account/", views.account),
    path("admin/jsi18n/", borrowed.script_words),
    path("admin/", include("tamizdat.newsroom.doors.urls")),
    path("admin/pages/<int:page_id>/history/", history.history),
    path("admin/", include(ADMIN)),
    path("media/<path:name>", views.media),
    path("preview-media/<str:name>", views.preview_media, name="preview_media"),
]

handler400, handler403 = (
    f"tamizdat.newsroom.trouble.{name}" for name in ("unread", "refused")
)
handler404, handler500 = (
    f"tamizdat.newsroom.trouble.{name}" for name in ("missing", "failed")
)
