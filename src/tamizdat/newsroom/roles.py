"""Say which rights a role brings, and what of the editors' site it opens.

Data alone: `rights` asks it, `groups` makes Wagtail's groups of it. A role is held in
one language service.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RIGHTS = {
    "write": _("write articles"),
    "translate": _("write articles from those of other services"),
    "edit": _("edit articles of others"),
    "pictures": _("take care of pictures of others"),
    "originals": _("open private originals of pictures"),
    "publish": _("publish"),
    "breaking": _("announce breaking news"),
    "serious": _("retract, redact and withdraw"),
    "arrange": _("arrange the front page"),
    "moderate": _("moderate what readers send"),
    "legal": _("read drafts for legal review"),
    "operate": _("look after press and mirrors"),
    "service": _("change name, sections and notice of the service"),
    "invite": _("invite people"),
    "accounts": _("close accounts, let people in again, hand over what they had"),
}
WRITING = ("write", "translate")  # either lets somebody begin an article
TEXTS = (*WRITING, "edit", "publish", "legal")  # of those who work on texts


@dataclass(frozen=True)
class Role:
    """One part to play in a service.

    Attributes:
        name: as it stands in a group's name, in English.
        rights: keys of `RIGHTS`.
        pages, pictures: Wagtail's permissions on the pages and on the picture
            collection of the service: what is shown and opened.
    """

    name: str
    rights: frozenset[str]
    pages: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


def _role(
    name: str, rights: str, pages: str = "", pictures: str = "add choose"
) -> Role:
    return Role(
        name,
        frozenset(rights.split()),
        tuple(pages.split()),
        tuple(pictures.split()),
    )


_EDITING = "write translate edit pictures arrange"
_PUBLISHING = f"{_EDITING} publish"
_ALL_PICTURES = "add change choose delete"

ROLES = {
    "reporter": _role("reporter", "write", "add"),
    "translator": _role("translator", "translate", "add"),
    "picture-editor": _role(
        "picture editor", "write pictures originals", "add", _ALL_PICTURES
    ),
    "editor": _role("editor", _EDITING, "add change", _ALL_PICTURES),
    "duty-editor": _role(
        "duty editor", _PUBLISHING, "add change publish lock", _ALL_PICTURES
    ),
    "chief-editor": _role(
        "chief editor",
        f"{_PUBLISHING} originals breaking serious service invite",
        "add change publish lock unlock bulk_delete",
        _ALL_PICTURES,
    ),
    "moderator": _role("moderator", "moderate", pictures=""),
    "legal-reviewer": _role("legal reviewer", "legal", "lock", "choose"),
    "operator": _role("operator", "operate invite accounts", pictures=""),
}
TITLES = {  # as people say them, each in their language
    "reporter": pgettext_lazy("role", "reporter"),
    "translator": pgettext_lazy("role", "translator"),
    "picture-editor": pgettext_lazy("role", "picture editor"),
    "editor": pgettext_lazy("role", "editor"),
    "duty-editor": pgettext_lazy("role", "duty editor"),
    "chief-editor": pgettext_lazy("role", "chief editor"),
    "moderator": pgettext_lazy("role", "moderator"),
    "legal-reviewer": pgettext_lazy("role", "legal reviewer"),
    "operator": pgettext_lazy("role", "operator"),
}


def roles_with(*rights: str) -> list[str]:
    """List the roles that bring one of these rights, in order of `ROLES`."""
    return [key for key, role in ROLES.items() if role.rights & set(rights)]
