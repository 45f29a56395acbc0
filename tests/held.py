"""Where words stand, in whatever bytes: read as a reader reads them."""

from pathlib import Path

from tamizdat.edition import letters, pack


def holders(folder: Path, *words: str | bytes) -> list[str]:
    """List the files below a folder that hold any of these words."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    sought = [one.encode() if isinstance(one, str) else one for one in words]
    return [str(path) for path in files if any(one in said_by(path) for one in sought)]


def said_by(path: Path) -> bytes:
    """Read what a file says; a part of a pack writes common strings in one byte."""
    content = path.read_bytes()
    if content.startswith(pack.TYPE.encode()):
        return "\n".join(letters.read(content)).encode()
    return content
