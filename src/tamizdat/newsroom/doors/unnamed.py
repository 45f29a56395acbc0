"""Let the form of an account ask for no real name and no address, and give no role.

Wagtail requires the first three before it saves anything, also that an account is
closed. Roles are given on a page of ours, which writes down who gave them.
"""

from typing import Any

from wagtail.users.forms import UserEditForm

NOT_ASKED = ("email", "first_name", "last_name")


def ask_no_names() -> None:
    """Take the fields out of the form, once, when the newsroom starts."""
    form: Any = UserEditForm
    for name in NOT_ASKED:
        form.base_fields.pop(name, None)
    form.base_fields["groups"].disabled = True  # shown, and not taken from what is sent
