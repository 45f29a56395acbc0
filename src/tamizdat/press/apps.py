"""The press as a part of the editors' site."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    """Names the room."""

    name = "tamizdat.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"
