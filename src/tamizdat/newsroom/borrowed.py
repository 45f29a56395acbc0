"""Words that Wagtail itself says, and lacks in some of the languages of our site.

`locale/borrowed.pot` lists those of its pages that people of a newsroom see, and
`locale/borrowedjs.pot` those of its scripts. Each language has a catalogue of what
Wagtail lacks in it and of nothing else: `borrowed.po` is read with the words of ours,
`borrowedjs.po` here.

Source: docs/decisions/0041-words-of-the-editors-site.md.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

from tamizdat.newsroom import catalogues


class _Scripts(JavaScriptCatalog):
    """What the scripts of Wagtail say, with what it lacks in a language."""

    def get_catalog(self) -> dict[str, Any]:
        """Put ours where the language has none; theirs may be those of another one."""
        theirs: dict[str, Any] = super().get_catalog()
        # As Django's own view reads it; forms of a plural stand at (message, number).
        keys = self.translation._catalog.keys()  # type: ignore[attr-defined] # noqa: SLF001
        own = {key[0] if isinstance(key, tuple) else key for key in keys}
        ours = _words(get_language() or "")
        return theirs | {said: ours[said] for said in ours.keys() - own}


@cache
def _words(language: str) -> dict[str, str | list[str]]:
    """Read the words for scripts: a sentence, or its plural forms in their order."""
    path = catalogues.place(Path(__file__).parent, language, "borrowedjs")
    if not path.exists():
        return {}
    return {
        m.id if isinstance(m.id, str) else m.id[0]: (
            m.string if isinstance(m.string, str) else list(m.string or ())
        )
        for m in catalogues.read(path)
        if m.id
    }


_scripts = _Scripts.as_view(packages=["wagtail.admin"])


def script_words(request: HttpRequest) -> HttpResponse:
    """Answer with the words of scripts, in the language of whoever is signed in."""
    answer: HttpResponse = get_localized_response(_scripts, request)
    return answer
