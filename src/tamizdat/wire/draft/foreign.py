"""Name the words of an item that are in another language and stand in no paragraph.

Decides which of the texts that markup was noted for became texts of the item, by their
letters, and which of the words in them are worth a name. A story names such words once
(decision 0093), so they are of the item, not of the text that they stand in.

Source: docs/decisions/0096-languages-of-copy.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tamizdat.edition.foreign import FOREIGN, is_apart
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.spoken import LEFT_OUT, Letters, follow, is_own, may_share
from tamizdat.wire.draft.spoken import MOST as MOST_IN_ONE
from tamizdat.wire.draft.tongue import agree, language_named
from tamizdat.wire.items import Block, Foreign, Spoken, WireItem
from tamizdat.wire.language import language_by_words

MOST = FOREIGN  # words of one item: as many as a story names
LONGEST = 300  # characters
# What is compared for one item: its texts, each with notes of the file, all of them of
# so many characters together. Copy is written by strangers, and each with each is the
# square of its length.
_MOST_HEADS, _MOST_NOTES, _MOST_COMPARED = 200, 300, 10_000_000
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
    for text, one in _spoken(item, draft):
        if one.language != called and not _is_of_item(text, one, item, draft):
            words = text.text[one.start : one.end].strip(_BLANKS)
            found.setdefault(words, one.language)
    return tuple(_worth(found, draft))


def _worth(found: dict[str, str], draft: Draft) -> Iterator[Foreign]:
    count = 0
    for words, language in found.items():
        if len(words) > LONGEST:
            why = f"{LEFT_OUT} more than {LONGEST} characters"
        elif count == MOST:
            why = f"{LEFT_OUT} more than {MOST} of them"
        else:
            count += 1
            yield Foreign(words, language)
            continue
        draft.receipt.drop(draft.line, words[:LONGEST], why)


def _is_of_item(text: Letters, one: Spoken, item: WireItem, draft: Draft) -> bool:
    """Tell words in the language of an item, and a text called what the copy is.

    Senders give a whole headline the language of their form.
    """
    if is_own(one.language, item.language):
        return True
    if one.start > text.places[0] or text.places[-1] >= one.end:
        return False
    tags = language_named(draft.language or ""), language_by_words(text.text)
    declared, said = (tag.partition("-")[0] if tag else "" for tag in tags)
    own = (item.language or "").partition("-")[0]
    is_said = bool(said) and agree(said, own)
    return not own or is_said or agree(one.language, declared)


def _spoken(item: WireItem, draft: Draft) -> Iterator[tuple[Letters, Spoken]]:
    """Find what was noted in the texts of an item, whole words alone."""
    notes, left_out = _Notes(draft.noted), dict[str, None]()
    heads = _heads(item)
    if len(heads) > _MOST_HEADS:
        left_out[f"only the first {_MOST_HEADS} headlines and captions are read"] = None
    for text in map(Letters, heads[:_MOST_HEADS]):
        found = [*islice(notes.near(text, left_out), MOST_IN_ONE + 1)]
        if len(found) > MOST_IN_ONE:
            left_out[f"only the first {MOST_IN_ONE} of one text are read"] = None
        yield from _apart(text, found[:MOST_IN_ONE])
    for text in map(Letters, _parts(item.body)):
        yield from _apart(text, notes.same(text))
    for told in left_out:
        draft.receipt.warn(f"{LEFT_OUT} {told}")


def _apart(text: Letters, found: Iterable[Spoken]) -> Iterator[tuple[Letters, Spoken]]:
    for one in dict.fromkeys(found):
        if is_apart(text.text, one.start, one.end):
            yield text, one


class _Notes:
    """The noted texts of a file, for those of one item to be compared with."""

    def __init__(self, notes: Sequence[Block]) -> None:
        self._all = [(Letters(note.text or ""), note) for note in notes]
        self._same = {both[0].letters: both for both in reversed(self._all)}
        self._compared = 0  # characters

    def same(self, text: Letters) -> Iterator[Spoken]:
        """Find stretches of a text that was noted."""
        if text.letters in self._same:
            before, note = self._same[text.letters]
            yield from follow(note, before, text)

    def near(self, text: Letters, left_out: dict[str, None]) -> Iterator[Spoken]:
        """Find stretches of a text that rules cut, or put together, too.

        Args:
            text: of the item.
            left_out: gets what the receipt is to say.
        """
        if text.letters in self._same:
            yield from self.same(text)
            return
        if len(self._all) > _MOST_NOTES:
            left_out[
                "headlines and captions that are a part of a text are looked for in "
                f"the first {_MOST_NOTES} texts with any"
            ] = None
        for before, note in self._all[:_MOST_NOTES]:
            if may_share(before, text):
                self._compared += len(before.text) + len(text.text)
                if self._compared > _MOST_COMPARED:
                    left_out["too much to compare: not all is read"] = None
                    return
                yield from follow(note, before, text)


def _heads(item: WireItem) -> list[str]:
    """List the texts that rules cut, or put together."""
    media = [text for one in item.media for text in (one.caption, one.credit)]
    texts = [item.headline, item.kicker, item.abstract, item.credit, *media]
    return [text for text in texts if text]


def _parts(body: Iterable[Block]) -> Iterator[str]:
    """List items and cells, but for those of a block that names its own language."""
    for block in body:
        if block.language is None:
            yield from block.items or ()
            yield from (cell for row in block.rows or () for cell in row)
