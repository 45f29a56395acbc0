"""Give Django the editors' words of each room, straight from their catalogues.

Django reads compiled catalogues alone, and those would have to be made on each machine
after each change. Babel reads what people write; it is here for the readers' words
anyhow. Ours stand below those of Django and Wagtail: no word of ours changes one of
theirs.

Source: docs/decisions/0041-words-of-the-editors-site.md.
"""

import gettext
import io
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.utils.translation import to_locale, trans_real

PLACE = "locale/{}/LC_MESSAGES/django.po"  # below the folder of a room
PACKAGE = "tamizdat."


def install() -> None:
    """Let every language that is activated from now on have the words of ours."""
    trans_real.DjangoTranslation = _Worded  # type: ignore[misc]


def files(language: str) -> Iterator[Path]:
    """List the catalogues of a language: one of each room that has words."""
    for app in apps.get_app_configs():
        path = Path(app.path) / PLACE.format(to_locale(language))
        if app.name.startswith(PACKAGE) and path.exists():
            yield path


class _Worded(trans_real.DjangoTranslation):
    """The words of one language."""

    def _init_translation_catalog(self) -> None:
        super()._init_translation_catalog()  # type: ignore[misc]
        for path in files(self.to_language()):
            self.merge(_read(path))


def _read(path: Path) -> gettext.GNUTranslations:
    # Slow, and only asked for where somebody has chosen another language.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
