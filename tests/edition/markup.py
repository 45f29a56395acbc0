"""Read a page strictly: what an honest browser would have to guess is an error."""

import posixpath
from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "img", "source"}


class Reader(HTMLParser):
    """A page taken apart.

    Attributes:
        addresses: every href, src and srcset entry, in order.
        ids: every id.
        text: the visible characters, without style and script.
        tags: every start tag with its attributes, in order.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.script = self.style = self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], f"left open: {self._open}"
        assert len(set(self.ids)) == len(self.ids), "an id stands twice"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, its addresses and its id."""
        values = {name: value or "" for name, value in attrs}
        assert len(values) == len(attrs), f"{tag} has an attribute twice"
        self.tags.append((tag, values))
        if "id" in values:
            self.ids.append(values["id"])
        self.addresses += [values[n] for n in ("href", "src") if n in values]
        srcset = values.get("srcset", "")
        self.addresses += [part.split()[0] for part in srcset.split(",") if part]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last and nothing else."""
        assert self._open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        """Keep text apart from style and script."""
        where = self._open[-1] if self._open else ""
        if where == "script":
            self.script += data
        elif where == "style":
            self.style += data
        elif where != "title":
            self.text += data

    def links(self) -> list[dict[str, str]]:
        """List the attributes of every link a reader can follow."""
        return [values for tag, values in self.tags if tag == "a"]


def resolve(path: str, address: str) -> tuple[str, str]:
    """Find the path and the fragment that an address on a page leads to."""
    target, _, fragment = address.partition("#")
    if not target:
        return path, fragment
    joined = posixpath.join(posixpath.dirname(path), target)
    return posixpath.normpath(joined), fragment
