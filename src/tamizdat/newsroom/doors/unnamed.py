"""Let the form of an account ask for no real name and no address of mail.

Wagtail requires all three before it saves anything, also that an account is closed.
"""

from typing import Any

from wagtail.users.forms import UserEditForm

NOT_ASKED = ("email", "first_name", "last_name")


def ask_no_names() -> None:
    """Take the fields out of the form, once, when the newsroom starts."""
    form: Any = UserEditForm
    for name in NOT_ASKED:
        form.base_fields.pop(name, None)
