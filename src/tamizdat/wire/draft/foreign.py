"""Name the words of an item that are in another language and stand in no paragraph.

Decides which of the texts that markup was noted for became texts of the item, by their
letters, and which of the words in them are worth a name. A story names such words once
(decision 0093), so they are of the item, not of the text that they stand in.

Source: docs/decisions/0096-languages-of-copy.md.
"""

from collections.abc import Iterable, Iterator

from tamizdat.edition.foreign import FOREIGN, is_apart
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.spoken import Letters, follow, is_own
from tamizdat.wire.draft.tongue import agree, language_named
from tamizdat.wire.items import Block, Foreign, Spoken, WireItem
from tamizdat.wire.language import language_by_words

MOST = FOREIGN  # words of one item: as many as a story names
LONGEST = 300  # characters
_MOST_HEADS, _MOST_COMPARED = 200, 300  # texts of an item, and notes of its file
_BLANKS = " \t\u00a0\u202f"


def foreign_of(item: WireItem, draft: Draft, called: str | None) -> tuple[Foreign, ...]:
    """List the words of other languages in the texts of an item, each once.

    Args:
        item: all of it but these words and its receipt.
        draft: with what was noted; its receipt tells which words are left out.
        called: the language that markup names for most of the body.
    """
    if not draft.noted:
        return ()
    found = dict[str, str]()
    for text, one in _spoken(item, draft.noted):
        if one.language != called and not _is_of_item(text, one, item, draft):
            words = text[one.start : one.end].strip(_BLANKS)
            found.setdefault(words, one.language)
    return tuple(_worth(found, draft))


def _worth(found: dict[str, str], draft: Draft) -> Iterator[Foreign]:
    count = 0
    for words, language in found.items():
        if len(words) > LONGEST:
            why = f"words in another language: more than {LONGEST} characters"
        elif count == MOST:
            why = f"words in another language: more than {MOST} of them"
        else:
            count += 1
            yield Foreign(words, language)
            continue
        draft.receipt.drop(draft.line, words[:LONGEST], why)


def _is_of_item(text: str, one: Spoken, item: WireItem, draft: Draft) -> bool:
    """Tell words in the language of an item, and a text called what the copy is.

    Senders give a whole headline the language of their form.
    """
    if is_own(one.language, item.language):
        return True
    if any(map(str.isalnum, text[: one.start] + text[one.end :])):
        return False
    tags = language_named(draft.language or ""), language_by_words(text)
    declared, said = (tag.partition("-")[0] if tag else "" for tag in tags)
    own = (item.language or "").partition("-")[0]
    is_said = bool(said) and agree(said, own)
    return not own or is_said or agree(one.language, declared)


def _spoken(item: WireItem, notes: list[Block]) -> Iterator[tuple[str, Spoken]]:
    """Find what was noted in the texts of an item, whole words alone."""
    known = [(Letters(note.text or ""), note) for note in notes]
    same = {letters.letters: (letters, note) for letters, note in reversed(known)}
    heads = [*_heads(item)]
    for place, text in enumerate([*heads, *_parts(item.body)]):
        after = Letters(text)
        exact = same.get(after.letters)
        if exact is not None:
            compared = [exact]
        else:
            compared = known[:_MOST_COMPARED] if place < len(heads) else []
        for before, note in compared:
            for one in follow(note, before, after):
                if is_apart(text, one.start, one.end):
                    yield text, one


def _heads(item: WireItem) -> list[str]:
    """List the texts that rules cut, or put together."""
    media = ((one.caption, one.credit) for one in item.media)
    texts = (item.headline, item.kicker, item.abstract, item.credit, *sum(media, ()))
    return [text for text in texts if text][:_MOST_HEADS]


def _parts(body: Iterable[Block]) -> Iterator[str]:
    """List items and cells, but for those of a block that names its own language."""
    for block in body:
        if block.language is None:
            yield from block.items or ()
            yield from (cell for row in block.rows or () for cell in row)
