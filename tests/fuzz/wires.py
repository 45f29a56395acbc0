"""What holds for every parser of agency copy, whatever the bytes are.

Items come out, or one error that names the file. Items can be written as JSON;
no text in them is empty, holds a control character or a letter that was lost.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

from tamizdat.wire.parsers import FAMILIES, family_of
from tamizdat.wire.receipt import Receipt

COPY = Path(__file__).parents[1] / "wire" / "copy"
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ufffe\uffff\ud800-\udfff]"
)
_KINDS = {"paragraph", "subhead", "quote", "list", "table"}
_MODULES = {family.name: family.parser for family in FAMILIES}


@cache
def copies() -> dict[str, list[bytes]]:
    """Read the pieces of copy, by family."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(COPY.iterdir()):
        if path.suffix != ".json":
            content = path.read_bytes()
            found.setdefault(family_of(content).name, []).append(content)
    return found


def wires() -> dict[str, Callable[[bytes], None]]:
    """List the parsers of agency copy by "wire-" and the name of their family.

    Each reads one piece first: what is loaded and compiled then is no work on an input.
    """
    for name, pieces in copies().items():
        _parse(name, pieces[0])
    return {f"wire-{name}": partial(_parse, name) for name in copies()}


def _parse(family: str, content: bytes) -> None:
    parser = import_module(f"tamizdat.wire.parsers.{_MODULES[family]}")
    items = parser.parse(content, "f")
    assert items
    for item in items:
        written = json.dumps(item.to_json(), ensure_ascii=False).encode()
        assert 0 < json.loads(written)["receipt"]["size"] <= len(content)
        assert isinstance(item.receipt, Receipt)
        assert {block.kind for block in item.body} <= _KINDS
        for text in _texts(item.to_json()):
            assert text.strip(), item
            assert _CONTROLS.search(text) is None, text


def _texts(value: Any) -> Iterator[str]:
    """List every text of an item but its receipt and the empty cells of tables."""
    if isinstance(value, dict):
        for key, part in value.items():
            texts = _texts(part) if key != "receipt" else ()
            yield from texts if key != "rows" else filter(str.strip, texts)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value
