"""One test vector: what is given, what is done with it, and what must come out."""

import base64
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Vector:
    """A file below spec/vectors/.

    Attributes:
        path: format and name, "note/crlf".
        given: the input fields of the operation.
        expect: `ok` with the result, or `refused` with an error and its reason.
    """

    path: str
    description: str
    operation: str
    given: dict[str, Any]
    expect: dict[str, Any]

    def content(self) -> bytes:
        """Write the file."""
        fields = {
            "description": self.description,
            "operation": self.operation,
            "input": self.given,
            "expect": self.expect,
        }
        return f"{json.dumps(fields, indent=1, ensure_ascii=False)}\n".encode()


@dataclass(frozen=True)
class Series:
    """Vectors of one operation on one format."""

    format: str
    operation: str

    def ok(self, name: str, description: str, given: dict, result: Any) -> Vector:
        """Make a vector whose input is accepted with a result."""
        path = f"{self.format}/{name}"
        return Vector(path, description, self.operation, given, {"ok": result})

    def bad(
        self, name: str, description: str, given: dict, why: tuple[str, str]
    ) -> Vector:
        """Make a vector whose input is refused; `why`: error and words of it."""
        expect = {"refused": why[0], "reason contains": why[1]}
        path = f"{self.format}/{name}"
        return Vector(path, description, self.operation, given, expect)


def field(name: str, content: bytes) -> dict[str, str]:
    """Give bytes as a text field where they are UTF-8, else in base64."""
    try:
        return {name: content.decode()}
    except UnicodeDecodeError:
        return {f"{name}_base64": base64.b64encode(content).decode()}


def content_of(given: dict[str, Any], name: str) -> bytes:
    """Take the bytes that `field` gave."""
    if name in given:
        return given[name].encode()
    return base64.b64decode(given[f"{name}_base64"])
