"""Read a folder of saved pages with our parser: incoming_ours.py FOLDER OUT."""

import json
import sys
from pathlib import Path

from tamizdat.wire.errors import WireError
from tamizdat.wire.parsers import parse


def main(folder: Path, out: Path) -> None:
    """Write the headline and the text of each page, in the order of the names."""
    with out.open("w", encoding="utf-8") as file:
        for path in sorted(folder.rglob("*.html")):
            try:
                (item,) = parse(path.read_bytes(), str(path))
            except WireError:
                row = {"title": None, "text": ""}
            else:
                text = "\n".join(block.text or "" for block in item.body)
                row = {"title": item.headline, "text": text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
