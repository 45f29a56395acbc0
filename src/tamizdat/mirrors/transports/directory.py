"""A mirror in a directory: a USB stick, a mounted disk, a web server's root."""

import os
import secrets
from pathlib import Path

from tamizdat.mirrors.errors import MissingError, RoadError


class DirectoryTransport:
    """Read and write a mirror below one directory."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str, limit: int) -> bytes:
        """Read a file whole. Raises as `Source.read`."""
        try:
            with (self.root / path).open("rb") as file:
                content = file.read(limit + 1)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise MissingError(f"{path}: no such file") from error
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error
        return content

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        return (self.root / path).is_file()

    def write(self, path: str, content: bytes) -> None:
        """Put a whole file in place."""
        try:
            temporary = self._beside(path)
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.root / path)
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error

    def place(self, path: str, digest: str) -> None:
        """Put an object at a friendly path as a hard link.

        A copy would be as right; a link costs no space.
        """
        try:
            stored = self.root / "o" / digest[:2] / digest
            temporary = self._beside(path)
            os.link(stored, temporary)
            temporary.replace(self.root / path)
            temporary.unlink(missing_ok=True)  # replacing a link by itself does nothing
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error

    def remove(self, path: str) -> None:
        """Take a friendly path away."""
        try:
            (self.root / path).unlink(missing_ok=True)
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error

    def _beside(self, path: str) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.with_name(f".{secrets.token_hex(8)}")
