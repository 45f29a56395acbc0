"""The mirrors as a part of the editors' site."""

from django.apps import AppConfig


class MirrorsConfig(AppConfig):
    """Names the room."""

    name = "tamizdat.mirrors"
    label = "mirrors"
    default_auto_field = "django.db.models.BigAutoField"
