"""Strip or cut photos as the newsroom does: pictures_ours.py JOB FOLDER REPORT."""

import io
import json
import sys
from collections import Counter
from pathlib import Path

from PIL import Image

from tamizdat.newsroom.darkroom import cell
from tamizdat.newsroom.pictures import SQUARE, WHOLE, WIDE, WIDTHS

SMALL = "at 320"


def main(job: str, folder: Path, report: Path) -> None:
    """Do a job with every photo; write how many files it made, and their bytes."""
    made: Counter[str] = Counter()
    count = 0
    if job == "start":
        cell.strip(_small())  # so that the limited process is there
    for photo in sorted(folder.glob("*.jpg")) if job != "start" else []:
        data = photo.read_bytes()
        clean, _ending = cell.strip(data)
        count += 1
        if job == "strip":
            continue
        for shape in (WIDE, WHOLE, SQUARE):
            for cut in cell.cuts(clean, shape=shape):
                count += 1
                made[cut.type] += len(cut.data)
                if (shape, cut.width, cut.type) == (WIDE, WIDTHS[0], "image/avif"):
                    made[SMALL] += len(cut.data)
    report.write_text(json.dumps({"count": count, "bytes": made}), encoding="ascii")


def _small() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 180)).save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
