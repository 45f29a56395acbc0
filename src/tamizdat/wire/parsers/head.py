"""Look at the first bytes of a file: its first element, its keys, its marks.

Nothing here raises and nothing is parsed: what is seen is enough to name the
family, and the family's parser judges the rest.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from tamizdat.wire.decode import head_of

_JUNK = 400  # characters that stray before a declaration
LOOKED_AT = 65_536  # bytes; agencies put long comments and DOCTYPEs first
# The same, where one of them has no end before.
LOOKED_ON = 4 << 20
_BEFORE_ROOT = re.compile(
    r"(?>\s+|\ufeff|\u00ef\u00bb\u00bf|<\?.*?\?>|<!--.*?-->"
    r"|<!DOCTYPE(?>[^\[>]|\[.*?\]\s*(?=>))*+>)*+",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([\w:.-]+)", re.IGNORECASE)
# First elements whose families carry copy inside of their own.
_OTHERS = frozenset({"html", "rss", "rdf", "feed", "entry", "newsml", "nitf"})
_KEY = re.compile(r"\"([A-Za-z_$@][\w.$@:-]{0,60})\"\s*:")
# Possessive throughout: nothing is tried twice, whatever stands there.
# A comment, a guard against scripts or the name of a callback may stand before it.
_JSON = re.compile(
    r"(?>\s+|\ufeff|\u00ef\u00bb\u00bf|\)\]\}',?|//[^\n]*|/\*.*?\*/|#[^\n]*"
    r"|while\(1\);|[\w.$]{1,60}\()*+[{\[]\s*(?:/[/*]|[\"'{\[}\]])",
    re.DOTALL,
)

_DEEP = re.compile(r"(?>\s*[{\[]){9}")  # no copy begins like that


@dataclass(frozen=True)
class Head:
    """Hold the beginning of a file.

    Attributes:
        data: the first bytes, as they are.
    """

    data: bytes

    @cached_property
    def text(self) -> str:
        """Read the bytes well enough to find ASCII in them."""
        return head_of(self.data, len(self.data))

    @cached_property
    def root(self) -> str | None:
        """Name the first element, without a prefix, as it is spelled."""
        found = _ROOT.match(self.text, self._before)
        return found[1] if found else None

    @cached_property
    def is_open(self) -> bool:
        """Tell whether a DOCTYPE or comment before the first element has no end."""
        start = self.text[self._before : self._before + len("<!DOCTYPE")].upper()
        return start.startswith(("<!--", "<!DOCTYPE", "<?XML"))

    @cached_property
    def _before(self) -> int:
        """Count the characters before the first element."""
        start = max(self.text.find("<?xml", 0, _JUNK), 0)
        before = _BEFORE_ROOT.match(self.text, start)
        return before.end() if before else 0

    @cached_property
    def doctype(self) -> str | None:
        """Name the document type in lower case, None without a DOCTYPE."""
        found = _DOCTYPE.search(self.text)
        return found[1].lower() if found else None

    @cached_property
    def keys(self) -> frozenset[str]:
        """List the keys of JSON, of any depth; empty where it is none."""
        return frozenset(_KEY.findall(self.text)) if self.is_json else frozenset()

    @cached_property
    def is_json(self) -> bool:
        """Tell whether it begins as JSON does, and has a key or is nothing but JSON."""
        found = _JSON.match(self.text) if self.root is None else None
        if found is None:
            return False
        if _KEY.search(self.text) or _DEEP.match(self.text):
            return True
        return self.text.strip() in {"{}", "[]"}

    def has_root(self, *names: str) -> bool:
        """Tell whether the first element has one of these names, in any case."""
        return self.root is not None and self.root.lower() in names

    def wraps(self, *names: str) -> bool:
        """Tell whether a first element of no known name holds one of these."""
        if self.root is None or self.root.lower() in _OTHERS:
            return False
        return any(f"<{name}" in self.text for name in names)

    def holds(self, *words: str) -> bool:
        """Tell whether one of these words stands in the beginning."""
        return any(word in self.text for word in words)
