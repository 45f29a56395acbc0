"""Show what cleaning does to the look of documents: python -m bench.papers FOLDER.

Each page of each PDF is drawn before and after by Poppler (Debian's poppler-utils), and
points that differ by a sixth of the way from black to white are counted. Documents of
many programs have to be brought: what programs write is what is measured.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from tamizdat.newsroom.cleaning import clean_file
from tamizdat.newsroom.errors import AttachmentError

DOTS = 60  # an inch
PAGES = 4  # of each document, at most
SEEN = 40  # of 255: less is the edge of a letter
MOST = 0.005  # of the points of a page


def main(folder: Path) -> int:
    """Print a row for each document; return how many look different."""
    changed = 0
    for path in sorted(folder.glob("*.pdf")):
        data = path.read_bytes()
        try:
            cleaned = clean_file("document", data).data
        except AttachmentError as error:
            print(f"{path.name}: refused: {error.words}")  # noqa: T201
            continue
        share = _differs(data, cleaned)
        changed += share > MOST
        sizes = f"{len(data):,} to {len(cleaned):,} bytes"
        print(f"{path.name}: {sizes}, {share:.3%} of a page differ")  # noqa: T201
    return changed


def _differs(before: bytes, after: bytes) -> float:
    """Give the share of points that differ on the page that differs most."""
    with tempfile.TemporaryDirectory() as name:
        one, two = (
            _drawn(Path(name, when), data)
            for when, data in (("before", before), ("after", after))
        )
    shares = [_share(*pages) for pages in zip(one, two, strict=True)]
    return max(shares, default=0.0)


def _drawn(place: Path, data: bytes) -> list[Image.Image]:
    place.with_suffix(".pdf").write_bytes(data)
    command = ["pdftoppm", "-r", str(DOTS), "-l", str(PAGES), f"{place}.pdf", place]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    found = sorted(place.parent.glob(f"{place.name}-*.ppm"))
    return [Image.open(page).convert("L") for page in found]


def _share(one: Image.Image, two: Image.Image) -> float:
    if one.size != two.size:
        return 1.0
    counts = ImageChops.difference(one, two).histogram()
    return sum(counts[SEEN:]) / sum(counts)


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1])), 1))
