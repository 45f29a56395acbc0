"""What holds for every parser of agency copy, whatever the bytes are.

Items come out, or one error that names the file. Items can be written as JSON;
no text in them is empty, holds a control character or a letter that was lost.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tamizdat.wire.parsers import FAMILIES, family_of
from tamizdat.wire.receipt import Receipt

COPY = Path(__file__).parents[1] / "wire" / "copy"
SAMPLES = COPY.parent / "samples"
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ufffe\uffff\ud800-\udfff]"
)
_NAMED, _LONGEST = 30, 300  # words of other languages of one item, characters of each
_KINDS = {"paragraph", "subhead", "quote", "list", "table"}
_MODULES = {family.name: family.parser for family in FAMILIES}


def _zipped(*names: str) -> Callable[[bytes], bytes]:
    """Put bytes into a zip under each of the names, so that its sums are right."""

    def pack(content: bytes) -> bytes:
        packed = BytesIO()
        with ZipFile(packed, "w") as archive:
            for name in names:
                archive.writestr(name, content)
        return packed.getvalue()

    return pack


def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 1, mtime=0)


# Of archives, the bytes that are tried are those of what lies in them: nearly all
# others end at a sum that is wrong. Those of the zip itself are tried, too.
_PACKED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "docx": ("archive", _zipped("word/document.xml")),
    "gzip": ("archive", _gzipped),
    "wacz": ("archive", _zipped("datapackage.json", "archive/data.warc")),
    "zip-page": ("archive", _zipped("page.html")),
}
_DOCX = (
    "<w:document><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Bridge"
    " closes</w:t></w:r></w:p><w:p><w:r><w:t>By Ann Poe</w:t></w:r></w:p><w:p><w:pPr>"
    "<w:numPr/></w:pPr><w:r><w:t>A list</w:t><w:tab/><w:br/></w:r></w:p><w:tbl><w:tr>"
    "<w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:rPr>"
    "<w:lang w:val='fr-FR' w:bidi='fa-IR'/></w:rPr><w:t>زن، زندگی</w:t></w:r><w:r>"
    "<w:rPr>"
    "<w:vanish/></w:rPr><w:t>Hidden</w:t></w:r><w:del><w:r><w:delText>Gone</w:delText>"
    "</w:r></w:del><w:r><w:t>The council may replace the old bridge before winter."
    "</w:t></w:r></w:p></w:body></w:document>"
)


@cache
def copies() -> dict[str, list[bytes]]:
    """Read the pieces of copy, by family; what lies in archives, by the archive."""
    found = _copies()
    found["saved-text"] = [path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))]
    found["docx"] = [_DOCX.encode()]
    found["zip"] = [
        _zipped("word/document.xml")(_DOCX.encode()),
        _zipped("a.xml")(found["rdf"][0]),
    ]
    found["gzip"] = [found["nitf"][0], found["warc"][0]]
    found["wacz"] = found["warc"]
    found["zip-page"] = found["html"]
    return found


def _copies() -> dict[str, list[bytes]]:
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
    name, pack = _PACKED.get(family) or (_MODULES[family], bytes)
    packed = pack(content)
    most = max(len(content), len(packed))
    items = import_module(f"tamizdat.wire.parsers.{name}").parse(packed, "f")
    assert items
    for item in items:
        written = json.dumps(item.to_json(), ensure_ascii=False).encode()
        assert 0 < json.loads(written)["receipt"]["size"] <= most
        assert isinstance(item.receipt, Receipt)
        assert {block.kind for block in item.body} <= _KINDS
        for text in _texts(item.to_json()):
            assert text.strip(), item
            assert _CONTROLS.search(text) is None, text
        assert len({one.words for one in item.foreign}) == len(item.foreign) <= _NAMED
        told = [*_texts({**item.to_json(), "foreign": []})]
        for one in item.foreign:
            assert one.words == one.words.strip(), one
            assert len(one.words) <= _LONGEST, one
            assert any(one.words in text for text in told), one


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
