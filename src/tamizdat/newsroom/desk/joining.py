"""Make one text of two that were written upon the same one.

Decides which parts differ, which side is taken unless somebody chooses, and what comes
out. Pure: contents are those of Wagtail's revisions, as JSON has them.

Source: docs/decisions/0036-holds-versions-and-pasting.md.
"""

import json
import math
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from tamizdat.edition.compare import Run, compare
from tamizdat.newsroom.richtext import paragraphs

NEWEST, LATE, BOTH = "newest", "late", "both"
BODY, POSTS = "body", "posts"
_LINE_KEY = re.compile(r' data-block-key="[^"]*"')  # the rich text editor's own
Block = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """A part in which two texts differ.

    Attributes:
        key: the field, for a stretch of the body with its number, for a post with its
            id.
        name: the field.
        newest, late: what each side has there; blocks for a stretch of the body, None
            where a post is absent.
        chosen: the side taken unless somebody chooses.
        open: both sides changed it since both began.
        runs: how the newest becomes the late one, word by word.
    """

    key: str
    name: str
    newest: Any
    late: Any
    chosen: str
    open: bool
    runs: Sequence[Run] = field(default=())

    @property
    def choices(self) -> tuple[str, ...]:
        """Both can stand only where blocks do."""
        return (NEWEST, LATE, BOTH) if self.name == BODY else (NEWEST, LATE)


def differences(
    newest: Mapping[str, Any],
    late: Mapping[str, Any],
    base: Mapping[str, Any] | None,
    names: Iterable[str],
) -> list[Difference]:
    """List the parts in which two texts differ, in the order of `names`.

    Args:
        newest: content of the revision that stands.
        late: of the one kept beside.
        base: of what both were written upon, None if that is not known.
        names: fields to look at.
    """
    found: list[Difference] = []
    for name in names:
        if name == BODY:
            found += _stretches(*(_blocks(side) for side in (newest, late, base)))
        elif name == POSTS:
            found += _posts(newest, late, base)
        elif _plain(newest.get(name)) != _plain(late.get(name)):
            found.append(_field(name, newest, late, base))
    return found


def joined(
    newest: Mapping[str, Any],
    late: Mapping[str, Any],
    chosen: Mapping[str, str],
    names: Sequence[str],
) -> dict[str, Any]:
    """Make one content of two.

    Args:
        newest: content of the revision that stands; what is in no field comes from it.
        late: of the one kept beside.
        chosen: by key of a difference the side taken; without one, the newest.
        names: fields that were looked at.
    """
    content = dict(newest)
    for name in names:
        if name not in (BODY, POSTS) and chosen.get(name) == LATE:
            content[name] = late.get(name)
    if POSTS in names:
        content[POSTS] = json.dumps(_joined_posts(newest, late, chosen))
    if BODY in names:
        body = _joined_body(_blocks(newest) or [], _blocks(late) or [], chosen)
        content[BODY] = json.dumps(body)
    return content


def _field(
    name: str,
    newest: Mapping[str, Any],
    late: Mapping[str, Any],
    base: Mapping[str, Any] | None,
) -> Difference:
    sides = newest.get(name), late.get(name)
    was = None if base is None else (_plain(base.get(name)),)
    chosen, is_open = _changed(_plain(sides[0]), _plain(sides[1]), was)
    runs = compare(words_of(sides[0]), words_of(sides[1]))
    return Difference(name, name, *sides, chosen, is_open, runs)


def _changed(newest: Any, late: Any, was: tuple[Any] | None) -> tuple[str, bool]:
    """Take the side that changed something, the newest where both did."""
    if was == (newest,):
        return LATE, False
    return NEWEST, was != (late,)


def _plain(value: Any) -> Any:
    """Leave out keys of rows and lines, which differ where nobody wrote anything."""
    if isinstance(value, str):
        return _LINE_KEY.sub("", value)
    if isinstance(value, list):
        return [_plain(row) for row in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in {"pk", "id"}}
    return "" if value is None else value


def _posts(
    newest: Mapping[str, Any], late: Mapping[str, Any], base: Mapping[str, Any] | None
) -> Iterator[Difference]:
    """Compare post by post: one that a side alone added stands without being asked."""
    ours, theirs = _by_id(newest), _by_id(late)
    old = None if base is None else _by_id(base)
    for key in {**ours, **theirs}:
        sides = ours.get(key), theirs.get(key)
        one, other = (_key(post) if post else None for post in sides)
        if one == other:
            continue
        was = (old or {}).get(key)
        if was is None and None in (one, other):
            chosen, is_open = (NEWEST if one else LATE), old is None
        else:
            chosen, is_open = _changed(one, other, (_key(was),) if was else None)
        runs = compare(*(_words([post] if post else []) for post in sides))
        yield Difference(f"{POSTS}-{key}", POSTS, *sides, chosen, is_open, runs)


def _by_id(content: Mapping[str, Any]) -> dict[str, Block]:
    """Give posts by their ids, which both sides have from what they were written on."""
    return {str(p.get("id") or _key(p)): p for p in _blocks(content, POSTS) or ()}


def _joined_posts(
    newest: Mapping[str, Any], late: Mapping[str, Any], chosen: Mapping[str, str]
) -> list[Block]:
    """Take each post from the side chosen, the newest post first."""
    ours, theirs = _by_id(newest), _by_id(late)
    taken = [
        (theirs if chosen.get(f"{POSTS}-{key}") == LATE else ours).get(key)
        for key in {**ours, **theirs}
    ]
    posts = [post for post in taken if post is not None]
    if {*theirs} <= {*ours}:
        return posts  # in the order that somebody gave them
    return sorted(posts, key=_hour, reverse=True)


def _hour(post: Block) -> float:
    """Say when a post was made; one without a time is being written now."""
    time = post["value"].get("time")
    return datetime.fromisoformat(time).timestamp() if time else math.inf


def _blocks(content: Mapping[str, Any] | None, name: str = BODY) -> list[Block] | None:
    if content is None:
        return None
    body = content.get(name) or "[]"
    blocks: list[Block] = json.loads(body) if isinstance(body, str) else body
    return blocks


def _key(block: Block) -> str:
    return json.dumps([block["type"], _plain(block["value"])], sort_keys=True)


def _stretches(
    newest: list[Block] | None, late: list[Block] | None, base: list[Block] | None
) -> Iterator[Difference]:
    was = None if base is None else {_key(block) for block in base}
    pairs = (pair for same, *pair in _aligned(newest or [], late or []) if not same)
    for number, (left, right) in enumerate(pairs):
        chosen, is_open = _taken(left, right, was)
        runs = compare(_words(left), _words(right))
        key = f"{BODY}-{number}"
        yield Difference(key, BODY, left, right, chosen, is_open, runs)


def _taken(
    left: Sequence[Block], right: Sequence[Block], was: set[str] | None
) -> tuple[str, bool]:
    """Take the side that changed a stretch, both where both did or nobody knows."""
    if was is None:
        return BOTH, True
    left_old, right_old = ({_key(b) for b in side} <= was for side in (left, right))
    # An empty side has cut blocks away, which counts only if the other left them alone.
    if left and left_old:
        return LATE, False
    if right and right_old:
        return NEWEST, False
    if not left or not right:
        return (NEWEST if left else LATE), False
    return BOTH, True


def _aligned(
    newest: Sequence[Block], late: Sequence[Block]
) -> Iterator[tuple[bool, Sequence[Block], Sequence[Block]]]:
    keys = [_key(block) for block in newest], [_key(block) for block in late]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        left, right = newest[i1:i2], late[j1:j2]
        if tag == "replace" and len(left) == len(right):
            for one, other in zip(left, right, strict=True):
                yield False, [one], [other]
        else:
            yield tag == "equal", left, right


def _joined_body(
    newest: Sequence[Block], late: Sequence[Block], chosen: Mapping[str, str]
) -> list[Block]:
    body: list[Block] = []
    number = 0
    for same, left, right in _aligned(newest, late):
        side = NEWEST if same else chosen.get(f"{BODY}-{number}", NEWEST)
        number += not same
        body += [*left] if side in (NEWEST, BOTH) else []
        body += [*right] if side in (LATE, BOTH) else []
    return list(_told_apart(body))


def _told_apart(body: Iterable[Block]) -> Iterator[Block]:
    """Give a block that came from both sides a key of its own the second time."""
    seen: set[Any] = set()
    for block in body:
        key = block.get("id")
        yield {**block, "id": str(uuid.uuid4())} if key in seen else block
        seen.add(key)


def _words(blocks: Iterable[Block]) -> str:
    return "\n".join(words_of(block["value"], spoken=True) for block in blocks)


def words_of(value: Any, *, spoken: bool = False) -> str:
    """Write what a field or a block holds as lines of text, whatever its shape.

    Args:
        value: of the field or the block.
        spoken: whether tags of languages stand behind what they are named of, as in the
            form: two texts may differ in them alone.
    """
    if isinstance(value, str):
        if not value.startswith("<"):
            return value
        line = _spoken_line if spoken else _line
        return "\n".join(map(line, paragraphs(value)))
    if isinstance(value, Mapping):
        if {"type", "value"} <= value.keys():
            return words_of(value["value"], spoken=spoken)
        rows = [
            words_of(v, spoken=spoken) for k, v in value.items() if k not in _UNSEEN
        ]
        if spoken and value.get("language"):
            rows.append(f"[{value['language']}]")
        return "\n".join(row for row in rows if row)
    if isinstance(value, Iterable):
        return "\n".join(words_of(one, spoken=spoken) for one in value)
    return "" if value is None else str(value)


def _line(paragraph: Mapping[str, Any]) -> str:
    return str(paragraph["text"])


def _spoken_line(paragraph: Mapping[str, Any]) -> str:
    text, at, pieces = paragraph["text"], 0, list[str]()
    for mark in paragraph["marks"]:
        if mark["kind"] == "language":
            pieces += [text[at : mark["to"]], f" [{mark['language']}]"]
            at = mark["to"]
    return "".join([*pieces, text[at:]])


_UNSEEN = {"pk", "id", "sort_order", "article", "language"}
