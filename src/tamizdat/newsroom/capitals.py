"""Begin a label with the capital that its script begins a sentence with.

Django takes the upper case of a letter. Georgian has one, Mtavruli, for lines that are
capitals throughout: no sentence begins with it, and the title case is the letter
itself.

Source: The Unicode Standard 16.0, section 7.7, Georgian.
"""

import sys
from typing import Any

from django.utils import text
from django.utils.functional import keep_lazy_text

_DJANGOS = text.capfirst


@keep_lazy_text
def capfirst(value: Any) -> str:
    """Give words with their first letter in title case. Empty stays empty."""
    words = str(value) if value else ""
    return words[:1].title() + words[1:]


def register() -> None:
    """Put it in the place of Django's, in what has been imported, too."""
    for module in list(sys.modules.values()):
        if vars(module).get("capfirst") is _DJANGOS:
            module.capfirst = capfirst  # type: ignore[attr-defined]
