"""Addresses of the editors' site. Readers have none here: they read editions."""

from django.urls import include, path, re_path
from wagtail.admin import urls as admin_urls

from tamizdat.newsroom import views

urlpatterns = [
    path("", views.home),
    # Wagtail's documents are uploads of any kind; the app is there for its pages alone.
    re_path(
        r"^admin/(?:documents|bulk/wagtaildocs|api/main/documents)/", views.nothing
    ),
    path("admin/account/", views.account),
    path("admin/", include(admin_urls)),
    path("media/<path:name>", views.media),
    path("preview-media/<str:name>", views.preview_media, name="preview_media"),
]
