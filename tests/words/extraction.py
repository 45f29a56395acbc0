"""Find the words of ours in the editors' site, and bring the catalogues up to date.

    PYTHONPATH=src:tests .venv/bin/python tests/words/extraction.py

writes every message of a room that a catalogue lacks into it, empty, and takes away
those that nothing says any more. Babel finds them: in templates after Django has told
it where they are.

What Wagtail says is listed in `borrowed.pot` and `borrowedjs.pot`; a language wants
words for those that Wagtail lacks in it.
"""

import gettext
import io
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src" / "tamizdat"
ROOMS = ("newsroom", "mirrors")
BORROWED = {"borrowed": "django", "borrowedjs": "djangojs"}  # and Wagtail's own name
SOURCES = (*ROOMS, *BORROWED)
# Whose words count before ours, and where they keep them.
THEIRS = {
    "django": "conf/locale",
    **dict.fromkeys(
        (
            *(f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions")),
            "django.contrib.postgres",
            *(f"wagtail.{app}" for app in ("admin", "documents", "images", "search")),
            *("wagtail.snippets", "wagtail.users", "wagtail", "allauth", "taggit"),
        ),
        "locale",
    ),
}
SPOKEN = (".py", ".html", ".txt")  # the last: messages that allauth shows
LANGUAGES = ("be", "bg", "fa", "hu", "ka", "ro", "ru", "uk")
KEYWORDS = {
    **dict.fromkeys(
        ("_", "gettext", "gettext_lazy", "said_later", "AttachmentError"), (1,)
    ),
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


def catalogue_path(source: str, language: str) -> Path:
    """Name the file of a source's words in a language.

    Args:
        source: a room, or one of the lists of what Wagtail says.
        language: its tag.
    """
    room, name = ("newsroom", source) if source in BORROWED else (source, "django")
    return SOURCE / room / "locale" / language / "LC_MESSAGES" / f"{name}.po"


def wanted(source: str, language: str) -> Catalog:
    """Gather what a catalogue has to have words for."""
    return _lacking(source, language) if source in BORROWED else messages_of(source)


def _lacking(source: str, language: str) -> Catalog:
    theirs, found = said_by_others(source, language), Catalog()
    for message in listed(source):
        if message.id and _key(message) not in theirs:
            found.add(message.id, context=message.context, locations=message.locations)
    return found


def _key(message: Message) -> str:
    """Name a message as compiled catalogues do."""
    said: str = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\x04{said}" if message.context else said


@cache
def listed(source: str) -> Catalog:
    """Read what Wagtail says and people see."""
    path = SOURCE / "newsroom" / "locale" / f"{source}.pot"
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def said_by_others(source: str, language: str) -> set[str]:
    """Gather what has words without this list: in others' catalogues and in rooms'."""
    keys: set[str | tuple[str, int]] = set()
    for package, folder in THEIRS.items():
        spec = find_spec(package)
        assert spec
        assert spec.origin
        place = Path(spec.origin).parent / folder
        words = gettext.translation(BORROWED[source], place, [language], fallback=True)
        keys |= getattr(words, "_catalog", {}).keys()
    theirs = {key[0] if isinstance(key, tuple) else key for key in keys}
    if source == "borrowed":
        theirs |= {_key(m) for room in ROOMS for m in messages_of(room) if m.id}
    return theirs


@cache
def messages_of(room: str) -> Catalog:
    """Gather what a room says to editors, with the first place of each."""
    found = Catalog()
    for path in sorted((SOURCE / room).rglob("*")):
        if path.suffix not in SPOKEN or "migrations" in path.parts:
            continue
        place = path.relative_to(SOURCE).as_posix()
        for message, context in _messages_in(path):
            if found.get(message, context) is None:
                found.add(message, context=context, locations=[(place, None)])
    return found


def _messages_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # In brackets, lines may begin anywhere: Django keeps those of the template.
        text = f"({templatize(text, origin=str(path))})"
    rows = extract("python", io.BytesIO(text.encode()), KEYWORDS)
    for _line, message, _comments, context in rows:
        yield message, context


def read_catalogue(source: str, language: str) -> Catalog:
    """Read the words of a source in a language."""
    with catalogue_path(source, language).open("rb") as file:
        return read_po(file, abort_invalid=True)


def write_catalogue(source: str, language: str, catalogue: Catalog) -> None:
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
    path = catalogue_path(source, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = written.getvalue().decode("utf-8")
    path.write_text(f"{DRAFT}{head}\n{text}", encoding="utf-8")


def update(source: str, language: str) -> int:
    """Bring a catalogue up to date; return how many messages it lacks words for."""
    catalogue = read_catalogue(source, language)
    catalogue.update(wanted(source, language), no_fuzzy_matching=True)
    write_catalogue(source, language, catalogue)
    return sum(not all(_forms(m.string)) for m in catalogue if m.id)


def _forms(string: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string or ("",)


if __name__ == "__main__":
    for one in SOURCES:
        for language in LANGUAGES:
            told = f"{one} {language}: {update(one, language)} without words\n"
            sys.stdout.write(told)
