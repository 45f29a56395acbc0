"""Say which words a form or a document names as those of another language in vain.

Decides where such words must stand to be told: wherever a page marks them. What stands
in no such text is left out of a document: a row must not outlive the text whose words
it repeats, least of all where a redaction took that text out.

Source: docs/decisions/0093-words-in-another-language.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from tamizdat.edition.blocks import Foreign
from tamizdat.edition.foreign import bare, is_same_language, likeness, spoken
from tamizdat.newsroom.bodies import Shown, body_of, posts_of
from tamizdat.newsroom.desk.sheets import words_in
from tamizdat.newsroom.pictures import WIDE
from tamizdat.newsroom.richtext import language_of, plain

# Parts of a document whose words pages mark nowhere: names, and what editors read.
_UNTOLD = frozenset(
    {"dateline", "foreign", "lineage", "places", "related", "translations"}
)
_FIELDS = ("title", "kicker", "standfirst", "credit_line", "next_note")
_LEAD = ("caption", "alt", "credit", "terms")

Linked = tuple[str, str | None]  # headline and language, None for the article's own


def words_of(typed: str | None) -> str:
    """Give words as a document has them: a clean line, and nothing unseen around it."""
    return bare(plain(typed) or "")


def refuse(rows: Iterable[Any], language: str, own: str) -> None:
    """Refuse rows of a form that are wrong by themselves or name words twice.

    Args:
        rows: forms of `NamedWords`, cleaned.
        language: of whatever names the words.
        own: says that a row has that one.
    """
    seen: set[str] = set()
    for row in rows:
        for field, why in _faults(row.cleaned_data, language, own):
            row.add_error(field, why)
        words = likeness(words_of(row.cleaned_data.get("words")))
        if words in seen:
            row.add_error("words", _("These words stand here already."))
        seen |= {words} - {""}


def _faults(
    row: Mapping[str, Any], language: str, own: str
) -> Iterator[tuple[str, str]]:
    tag = row.get("language")
    if tag and language_of(tag) is None:
        yield "language", _("No language has this tag. Use one as “fa” or “sr-Latn”.")
    elif tag and is_same_language(tag, language):
        yield "language", own


def rows_of(named: Iterable[Any], language: str) -> list[dict[str, str]]:
    """Write rows as a document has them: each words once, none of its own language.

    Args:
        named: rows of `NamedWords`.
        language: of the document.
    """
    found = {}
    for row in named:
        words, tag = words_of(row.words), row.language
        if words and tag and not is_same_language(tag, language):
            found[likeness(words)] = {"words": words, "language": tag}
    return [*found.values()]


def is_told(
    words: str,
    texts: Iterable[str],
    language: str = "",
    linked: Iterable[Linked] = (),
) -> bool:
    """Tell whether words stand in any of some texts as readers' pages find them.

    Args:
        words: as they were typed.
        texts: in the language of the article.
        language: of the words.
        linked: headlines of other stories; one in the language of the words says it
            for all of itself, and of no words in it.
    """
    one = Foreign(words_of(words), "und")
    heads = (text for text, tag in linked if not is_same_language(tag or "", language))
    every = chain(texts, heads)
    return bool(one.words) and any(spoken(text, (one,)) for text in every)


def untold(
    rows: Iterable[Any], texts: Iterable[str], linked: Iterable[Linked] = ()
) -> list[Any]:
    """List the rows of a form whose words stand in none of some texts.

    Args:
        rows: forms with `words` and `language`; what is refused already has none.
        texts: as for `is_told`.
        linked: the same.
    """
    known, heads = [*texts], [*linked]
    return [
        row
        for row in rows
        if (words := row.cleaned_data.get("words"))
        and not is_told(words, known, row.cleaned_data.get("language") or "", heads)
    ]


def without_untold(
    content: Mapping[str, Any], notes: Iterable[str] = ()
) -> dict[str, Any]:
    """Leave out of a story document the named words that stand in no text of it.

    Args:
        content: a whole document; it stays as it is.
        notes: to readers, which the ledger has and the document has not.
    """
    ours = content["tamizdat"]
    if not ours.get("foreign"):
        return dict(content)
    texts = [*_texts_in(content), *notes]
    others = ours.get("related") or ()
    linked = [(row["headline"], row.get("language")) for row in others]
    rows = [
        row
        for row in ours["foreign"]
        if is_told(row["words"], texts, row["language"], linked)
    ]
    rest = {key: value for key, value in ours.items() if key != "foreign"}
    return {**content, "tamizdat": rest | ({"foreign": rows} if rows else {})}


def _texts_in(content: Mapping[str, Any]) -> list[str]:
    ours = {k: v for k, v in content["tamizdat"].items() if k not in _UNTOLD}
    ours["bylines"] = [row.get("bio") for row in ours.get("bylines") or ()]
    around = (content[key] for key in ("headlines", "descriptions", "associations"))
    return list(words_in(_told_in([*around, ours])))


def _told_in(value: Any) -> Any:
    """Take what pages may mark out of a part of a document.

    A list or a table that has a language is left as it is; a description of a picture
    is an attribute, which is in one language.
    """
    if isinstance(value, Mapping):
        if value.get("language") or value.get("role") == "alt":
            return None
        return {key: _told_in(one) for key, one in value.items()}
    return [*map(_told_in, value)] if isinstance(value, list) else value


def notes_after(page: Any, *, kind: str, keeps: bool) -> list[str]:
    """List the older notes that readers have once a page is released.

    Args:
        page: of an article, released or not.
        kind: of that release.
        keeps: a redaction keeps them.
    """
    if not page.article_id or (kind == "redaction" and not keeps):
        return []
    releases = page.article.releases.exclude(note="")
    # Words that are to be erased may wait for it, and yet they are gone.
    gone = page.article.erasures.filter(keeps_notes=False).order_by("-release__number")
    last = gone.values_list("release__number", flat=True).first()
    return list(
        releases.filter(number__gte=last or 0).values_list("note", flat=True),
    )


@dataclass(frozen=True)
class Texts:
    """What an article says, for whoever asks which words lack a language.

    Attributes:
        body: blocks as in a story document.
        around: all other texts; none has marks.
        foreign: words that it names.
    """

    body: list[dict[str, Any]]
    around: list[str]
    foreign: list[Foreign]


def texts_of_page(page: Any, language: str) -> Texts:
    """Read an article as it stands. `language`: of it."""
    shown = Shown(language)
    body = [*body_of(page.body, shown), *posts_of(page.posts, shown)]
    fields = [getattr(page, name) for name in (*_FIELDS, "lead_caption")]
    said = (word for block in body for word in _said(block))
    rows = ((words_of(row.words), row.language) for row in page.foreign_rows.all())
    foreign = [Foreign(words, tag) for words, tag in rows if words]
    return Texts(body, [*filter(None, map(plain, fields)), *said], foreign)


def _said(block: Mapping[str, Any]) -> Iterator[str]:
    """List the titles and heads of a block, and of those in it."""
    is_embed = block["kind"] == "embed"
    for key in ("title", "headline", *(("text",) if is_embed else ())):
        if block.get(key):
            yield block[key]
    for inner in block.get("body", ()):
        yield from _said(inner)


def texts_of(values: Mapping[str, Any], language: str) -> list[str]:
    """List the texts of an article as it stands in its form.

    Args:
        values: cleaned, by field.
        language: of the article.

    Raises:
        PictureError: a picture cannot be opened.
    """
    shown = Shown(language)
    if values.get("lead_picture"):
        words = {key: values.get(f"lead_{key}") or "" for key in _LEAD}
        shown.picture(values["lead_picture"], words, "lead", WIDE)
    body = [
        *body_of(values.get("body") or (), shown),
        *posts_of(values.get("posts") or (), shown),
    ]
    typed = [plain(values.get(name) or "") for name in _FIELDS]
    return list(words_in(_told_in([typed, body, shown.associations()])))
