"""Say who may manage people, tags, places and files: by rights, not by lists."""

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.permission_policies.base import BasePermissionPolicy

from tamizdat.newsroom.rights import may


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
