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
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import to_locale, trans_real

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PACKAGE = "tamizdat."
NAMES = ("borrowed", "django")  # words that Wagtail lacks, then those of ours


def install() -> None:
    """Let every language that is activated from now on have the words of ours."""
    trans_real.DjangoTranslation = _Worded  # type: ignore[misc]


def place(room: Path, language: str, name: str) -> Path:
    """Name a catalogue of a room, which need not be there."""
    return room / f"locale/{to_locale(language)}/LC_MESSAGES/{name}.po"


def files(language: str) -> Iterator[Path]:
    """List the catalogues of a language: those of each room that has words."""
    for app in apps.get_app_configs():
        if app.name.startswith(PACKAGE):
            found = (place(Path(app.path), language, name) for name in NAMES)
            yield from filter(Path.exists, found)


def read(path: Path) -> "Catalog":
    """Read a catalogue as people write it."""
    # Slow, and only asked for where somebody has chosen another language.
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


class _Worded(trans_real.DjangoTranslation):
    """The words of one language."""

    def _init_translation_catalog(self) -> None:
        super()._init_translation_catalog()  # type: ignore[misc]
        for path in files(self.to_language()):
            self.merge(_compiled(read(path)))


def _compiled(catalogue: "Catalog") -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415

    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
