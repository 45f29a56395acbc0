"""Addresses of the editors' site. Readers have none here: they read editions."""

from django.urls import include, path
from wagtail.admin import urls as admin_urls

from tamizdat.newsroom import views

urlpatterns = [
    path("", views.home),
    path("admin/", include(admin_urls)),
    path("media/<path:name>", views.media),
    path("preview-media/<str:name>", views.preview_media, name="preview_media"),
]
