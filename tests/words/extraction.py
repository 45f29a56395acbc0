"""Find the words of ours in the editors' site, and bring the catalogues up to date.

    PYTHONPATH=src:tests .venv/bin/python tests/words/extraction.py

writes every message of a room that a catalogue lacks into it, empty, and takes away
those that nothing says any more. Babel finds them: in templates after Django has told
it where they are.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src" / "tamizdat"
ROOMS = ("newsroom", "mirrors")
LANGUAGES = ("be", "bg", "fa", "hu", "ka", "ro", "ru", "uk")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "said_later"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
DRAFT = (
    "# Draft: nobody whose language this is has read these words yet.\n"
    "# docs/howto/translate-the-editors-site.md\n"
)
HEAD = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"
"X-State: draft\n"
"""


def catalogue_path(room: str, language: str) -> Path:
    """Name the file of a room's words in a language."""
    return SOURCE / room / "locale" / language / "LC_MESSAGES" / "django.po"


def messages_of(room: str) -> Catalog:
    """Gather what a room says to editors, with the first place of each."""
    found = Catalog()
    for path in sorted((SOURCE / room).rglob("*")):
        if path.suffix not in (".py", ".html") or "migrations" in path.parts:
            continue
        place = path.relative_to(SOURCE).as_posix()
        for message, context in _messages_in(path):
            if found.get(message, context) is None:
                found.add(message, context=context, locations=[(place, None)])
    return found


def _messages_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # In brackets, lines may begin anywhere: Django keeps those of the template.
        text = f"({templatize(text, origin=str(path))})"
    rows = extract("python", io.BytesIO(text.encode()), KEYWORDS)
    for _line, message, _comments, context in rows:
        yield message, context


def read_catalogue(room: str, language: str) -> Catalog:
    """Read the words of a room in a language."""
    with catalogue_path(room, language).open("rb") as file:
        return read_po(file, abort_invalid=True)


def write_catalogue(room: str, language: str, catalogue: Catalog) -> None:
    """Write them as they are kept: no dates, no line numbers, no obsolete ones."""
    written = io.BytesIO()
    write_po(
        written,
        catalogue,
        width=88,
        omit_header=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    head = HEAD.format(language=language, plurals=catalogue.plural_forms)
    path = catalogue_path(room, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = written.getvalue().decode("utf-8")
    path.write_text(f"{DRAFT}{head}\n{text}", encoding="utf-8")


def update(room: str, language: str) -> int:
    """Bring a catalogue up to date; return how many messages it lacks words for."""
    catalogue = read_catalogue(room, language)
    catalogue.update(messages_of(room), no_fuzzy_matching=True)
    write_catalogue(room, language, catalogue)
    return sum(not all(_forms(m.string)) for m in catalogue if m.id)


def _forms(string: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string or ("",)


if __name__ == "__main__":
    for one in ROOMS:
        for language in LANGUAGES:
            told = f"{one} {language}: {update(one, language)} without words\n"
            sys.stdout.write(told)
