"""What people look for again and again on the wire desk."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tamizdat.newsroom.models.services import ServicePage


class SavedSearch(models.Model):
    """What somebody looks for again and again on the desk of a service.

    Attributes:
        query: as it stands in the address of the desk.
    """

    service = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=60)
    query = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "account", "name"], name="search_saved_once"
            )
        ]
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
