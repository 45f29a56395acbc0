"""Read a folder of saved pages with trafilatura: incoming_peer.py FOLDER OUT."""

import json
import sys
from pathlib import Path

from trafilatura import bare_extraction


def main(folder: Path, out: Path) -> None:
    """Write the title and the text of each page, in the order of the names."""
    with out.open("w", encoding="utf-8") as file:
        for path in sorted(folder.rglob("*.html")):
            found = bare_extraction(
                path.read_bytes(), with_metadata=True, include_comments=False
            )
            row = {
                "title": getattr(found, "title", None),
                "text": getattr(found, "text", None) or "",
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
