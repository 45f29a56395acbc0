"""Say who may manage people, tags, places and files: by rights, not by lists."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex
from wagtail.permission_policies.base import BasePermissionPolicy

from tamizdat.newsroom.rights import may, services_of, services_with


class RightPolicy(BasePermissionPolicy):
    """Grants an action to who has a right.

    Args:
        model: what is managed; where it has a service, the right counts there.
        rights: by action, one of several with spaces between; an action without
            one is nobody's.
    """

    def __init__(self, model: Any, **rights: str) -> None:
        super().__init__(model)
        self._rights = {"choose": "", "view": "", **rights}

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask whether the account may do it in any service."""
        return self._has(user, action, None)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Ask for several actions."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Any
    ) -> bool:
        """Ask for one thing, in its service."""
        return self._has(user, action, getattr(instance, "service", None))

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        """List what may be seen: all of it, for who may do something."""
        rows = self.model._default_manager.all()  # noqa: SLF001 (Django's name)
        return rows if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Any) -> Any:
        """List the accounts that may."""
        users = get_user_model().objects.filter(is_active=True)
        may_ = [u.pk for u in users if self.user_has_any_permission(u, actions)]
        return users.filter(pk__in=may_)

    def _has(self, user: Any, action: str, service: Any) -> bool:
        right = self._rights.get(action)
        if right is None:
            return False
        if not right:
            return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))
        return any(may(user, one, service) for one in right.split())


class FilePolicy(RightPolicy):
    """Grants what is done to sounds and documents in the service they belong to.

    Drafts of a service are nobody else's, nor are their files. What belongs to no
    service is looked after by who may everything. All choose what readers have.
    """

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Any
    ) -> bool:
        """Ask in the service of the file."""
        if instance.service is None:
            return bool(user.is_active and user.is_superuser)
        if action in ("choose", "view"):
            return bool(self.choosable(user).filter(pk=instance.pk).exists())
        return super().user_has_permission_for_instance(user, action, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        """List those of the services in which somebody may do it."""
        rows = self.model._default_manager.all()  # noqa: SLF001 (Django's name)
        if user.is_superuser:
            return rows
        rights = {r for a in actions for r in self._rights.get(a, "").split()}
        return rows.filter(service__in=services_with(user, *rights))

    def choosable(self, user: Any) -> Any:
        """List what somebody may put into a text: their own, and what is out."""
        rows = self.model._default_manager.all()  # noqa: SLF001 (Django's name)
        if user.is_superuser:
            return rows
        return rows.filter(Q(service__in=services_of(user)) | Q(pk__in=_out(rows)))


def _out(rows: Any) -> Any:
    """List the keys of what live pages show."""
    kinds = ContentType.objects.get_for_models(rows.model, Page)
    live = Page.objects.live().annotate(key=Cast("pk", CharField())).values("key")
    references = ReferenceIndex.objects.filter(
        to_content_type=kinds[rows.model],
        base_content_type=kinds[Page],
        object_id__in=live,
    )
    return [int(key) for key in references.values_list("to_object_id", flat=True)]
