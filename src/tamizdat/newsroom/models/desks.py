"""What a service has in the editors' site: groups, a collection, a workflow."""

from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Collection, GroupApprovalTask, Workflow

from tamizdat.newsroom.models.services import ServicePage


class ServiceRole(models.Model):
    """A group whose members hold one role in one service.

    Attributes:
        role: a key of `roles.ROLES`.
    """

    service = models.ForeignKey(
        ServicePage, on_delete=models.CASCADE, related_name="roles"
    )
    role = models.CharField(max_length=30)
    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, related_name="service_role"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "role"], name="role_once_in_a_service"
            )
        ]

    def __str__(self) -> str:
        return str(self.group)


class ServiceDesk(models.Model):
    """Where a service keeps its pictures, and the way its drafts take."""

    service = models.OneToOneField(
        ServicePage, on_delete=models.CASCADE, related_name="desk"
    )
    pictures = models.OneToOneField(
        Collection, on_delete=models.PROTECT, related_name="+"
    )
    workflow = models.OneToOneField(
        Workflow, on_delete=models.PROTECT, related_name="+"
    )
    editing = models.OneToOneField(
        GroupApprovalTask, on_delete=models.PROTECT, related_name="+"
    )
    signing = models.OneToOneField(
        GroupApprovalTask, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.service)
