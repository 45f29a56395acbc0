"""Turn text with markup into a tree, whatever it tries to pull in or to blow up.

No DTD is read, nothing fetched; a DOCTYPE is taken out, for real wires carry one, and
references become characters before the reader of XML sees them (`entities`).
Namespaces and prefixes go and names become lower case: agencies spell them
`nitf:body`, `BODY` and `body`, and mean one thing.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TypeAlias

from lxml import etree
from lxml import html as lxml_html

from tamizdat.wire.errors import MarkupError, TooLargeError
from tamizdat.wire.markup.attributes import MOST_ATTRIBUTES, bounded
from tamizdat.wire.markup.entities import outside_cdata, resolved
from tamizdat.wire.receipt import ReceiptWriter

Element: TypeAlias = etree._Element  # noqa: SLF001 - the type has no other name

MOST_CHARACTERS = (
    32 << 20
)  # of one file with markup; its tree takes about ten times that
_MOST_ATTRIBUTES = 200  # of one element; formats have two dozen
_MOST_DEPTH = 250  # libxml2 itself stops at 256
_DECLARATION = re.compile(r"<\?xml\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"(</?)([A-Za-z][\w:.-]*)")
_NAME = re.compile(r"[a-z_][a-z0-9_.-]*")  # others, lxml reads and does not write
_MISMATCH = ("ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED")
_LIMITS = ("ERR_RESOURCE_LIMIT", "ERR_ENTITY_LOOP")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_xml(
    text: str,
    file: str,
    receipt: ReceiptWriter,
    prefixes: Mapping[str, str] | None = None,
) -> Element:
    """Turn XML into a tree with plain lower-case names.

    Args:
        text: the whole file; a wrong or missing declaration does no harm.
        file: its name, for messages.
        receipt: gets a warning for what was repaired.
        prefixes: of namespaces whose names stay apart, by address in lower case:
            in feeds `media:title` is not `title`, and becomes `media.title`.

    Raises:
        EntityBombError: entities that are built of entities.
        TooLargeError: too long.
        MarkupError: nested too deep, a DOCTYPE without an end, or no element in it.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLargeError(file, len(text), MOST_CHARACTERS)
    plain = _prepared(text, file, receipt)
    tree, faults = _parsed(plain)
    if any(name.endswith(_MISMATCH) for name, _ in faults):
        lowered = outside_cdata(plain, lambda part: _TAG.sub(_lowered, part))
        tree, faults = _parsed(lowered)
    if tree is None:
        raise MarkupError(file, "the beginning", "an element", "no element")
    _refuse_depth(file, faults)
    if faults:
        receipt.warn(f"damaged XML: {len(faults)} faults, the first {faults[0][1]}")
    return _named_plainly(tree, prefixes)


def read_html(text: str, receipt: ReceiptWriter | None = None) -> Element | None:
    """Turn HTML, or a piece of it, into a tree; None where there is nothing.

    HTML has no faults: whatever stands there becomes a tree.

    Args:
        text: the whole page or piece.
        receipt: gets a warning where a tag has too many attributes.
    """
    plain = _FORBIDDEN.sub("", _DECLARATION.sub("", text, count=1))
    plain, dropped = bounded(plain)
    if dropped and receipt is not None:
        receipt.warn(
            f"a tag has more than {MOST_ATTRIBUTES:,} attributes: {dropped:,} dropped"
        )
    if not plain.strip():
        return None
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    data = plain.encode("utf-8", "replace")
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    return None if tree is None else _named_plainly(tree)


def _prepared(text: str, file: str, receipt: ReceiptWriter) -> str:
    plain = _FORBIDDEN.sub("", text).lstrip("\ufeff")
    before = plain.partition("<")[0]
    if before.strip():
        receipt.drop(1, before.strip()[:80], "text before the first element")
    plain = "\n" * before.count("\n") + plain[len(before) :]
    return resolved(_DECLARATION.sub(_newlines, plain, count=1), file, receipt)


def _newlines(match: re.Match[str]) -> str:
    """Keep the lines of what is taken out, so that others keep their numbers."""
    return "\n" * match[0].count("\n")


def _lowered(found: re.Match[str]) -> str:
    return found[1] + found[2].lower()


def _parsed(text: str) -> tuple[Element | None, list[tuple[str, str]]]:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
        collect_ids=False,
    )
    try:
        tree = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        tree = None
    faults = [
        (entry.type_name, f"in line {entry.line}: {entry.message.strip()}")
        for entry in parser.error_log
        if entry.domain_name != "NAMESPACE"
    ]
    return tree, faults


def _refuse_depth(file: str, faults: list[tuple[str, str]]) -> None:
    if any(name.endswith(_LIMITS) or "xcessive depth" in say for name, say in faults):
        found = re.split(", (?:use|try) ", next(say for _, say in faults))[0]
        raise MarkupError(
            file, "the markup", f"texts below 10 MB, {_MOST_DEPTH} levels", found
        )


def _named_plainly(tree: Element, prefixes: Mapping[str, str] | None = None) -> Element:
    """Give every element and attribute its lower-case name without a namespace."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            _dropped(element)
            continue
        element.tag = _prefix(element.tag, prefixes) + _local(element.tag)
        _thin_out(element)
        for name, value in list(element.attrib.items()):
            plain = _local(name)
            if plain != name:
                # A page may name an attribute in a way that nobody can ask for.
                with suppress(KeyError, ValueError):
                    del element.attrib[name]
                if plain not in element.attrib:
                    element.set(plain, value)
    etree.cleanup_namespaces(tree)
    return tree


def _thin_out(element: Element) -> None:
    """Leave an element its first attributes: each is looked up along all others."""
    names = element.keys()
    if len(names) > _MOST_ATTRIBUTES:
        kept = [(name, element.get(name)) for name in names[:_MOST_ATTRIBUTES]]
        element.attrib.clear()
        for name, value in kept:
            # Libxml2 reads names that nobody can write ("xmlns:xmlns:content").
            with suppress(ValueError):
                element.set(name, value)


def _prefix(name: str, prefixes: Mapping[str, str] | None) -> str:
    """Tell the prefix of a name that stays apart, "" of all others."""
    if not prefixes:
        return ""
    space = name.lstrip("{").rpartition("}")[0].lower().rstrip("/#")
    written = name.rpartition("}")[2].rpartition(":")[0].lower()
    prefix = prefixes.get(space)
    if prefix is None and written in prefixes.values():
        prefix = written  # nobody declared it
    return f"{prefix}." if prefix else ""


def _local(name: str) -> str:
    local: str = name.rpartition("}")[2].rpartition(":")[2].lower()
    return local if _NAME.fullmatch(local) else "unnamed"


def _dropped(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        etree.strip_elements(parent, element.tag, with_tail=False)
