"""Say what nobody may do to a released article, whatever their role.

Readers hold what was released; taking it out of the site would only hide that. The
verbs for it are retraction and, later, withdrawal.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from tamizdat.newsroom.rights import is_staff_of, may, reads_draft

WHY = _("Released: retract it instead of unpublishing, deleting, moving or copying")


class ArticlePermissions(PagePermissionTester):
    """Refuses what would leave the ledger without its article, or copy its identity."""

    page: Any

    def can_publish(self) -> bool:
        """Ask for the right in the service."""
        return super().can_publish() and may(self.user, "publish", self.page.service)

    def can_unpublish(self) -> bool:
        """Refuse once something is released."""
        return super().can_unpublish() and not self._released()

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 (Wagtail's)
        """Refuse once something is released. Nothing stands below an article."""
        del ignore_bulk
        if self._released() or not self.user.is_active:
            return False
        if self.user.is_superuser or "change" in self.permissions:
            return True
        return "add" in self.permissions and bool(self.page.owner_id == self.user.pk)

    def can_move(self) -> bool:
        """Refuse: the service stands in the address."""
        return False

    def can_copy(self) -> bool:
        """Refuse: a copy would be a second article with one address and story."""
        return False

    def can_reorder_children(self) -> bool:
        """Refuse: no menu lists articles; readers have them by time and front page."""
        return False

    def can_unlock(self) -> bool:
        """Let whoever may edit take a lock away: none waits for an administrator."""
        return bool(self.page.locked and self.can_edit())

    def can_set_view_restrictions(self) -> bool:
        """Refuse: what is released is on mirrors, for everybody."""
        return False

    def _released(self) -> bool:
        return bool(self.page.article.number)

    def can_read(self) -> bool:
        """Let whoever holds a role in the service read its drafts."""
        return reads_draft(self.user, self.page.article)


class ServicePermissions(ArticlePermissions):
    """Refuses to remove a service that has released something.

    Permissions on the page of a service reach its articles too: whoever edits these
    has no business in the notice to readers, and nobody but a superuser removes it.
    """

    def can_edit(self) -> bool:
        """Ask for the right of its own."""
        return super().can_edit() and may(self.user, "service", self.page)

    def can_publish(self) -> bool:
        """Ask for the same."""
        return PagePermissionTester.can_publish(self) and self.can_edit()

    def can_publish_subpage(self) -> bool:
        """Ask for the right to publish its articles."""
        return super().can_publish_subpage() and may(self.user, "publish", self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 (Wagtail's)
        """Refuse to all but superusers, and once something is released."""
        return self.user.is_superuser and super().can_delete(ignore_bulk)

    def can_read(self) -> bool:
        """Let whoever holds a role in it read."""
        return is_staff_of(self.user, self.page)

    def _released(self) -> bool:
        return bool(self.page.articles.filter(number__gt=0).exists())
