"""Strip photos with Pillow, cut them with libvips.

pictures_peer.py JOB FOLDER REPORT
"""

import io
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PIL import Image, ImageOps

SMALL = "at 320"
SHAPES = {  # widths, and height for one pixel of width; None as it is
    "wide": ((320, 640, 960, 1280), 9 / 16),
    "whole": ((320, 640, 960, 1280), None),
    "square": ((160, 320, 640), 1.0),
}
# Qualities and effort are ours: libheif's speed is 9 less `effort`.
TYPES = {
    "image/avif": "avif[Q=50,compression=av1,effort=3,strip]",
    "image/webp": "webp[Q=70,strip]",
    "image/jpeg": "jpg[Q=72,optimize_coding,interlace,strip]",
}


def main(job: str, folder: Path, report: Path) -> None:
    """Do a job with every photo; write how many files it made, and their bytes."""
    made: Counter[str] = Counter()
    count = 0
    for photo in sorted(folder.glob("*.jpg")) if job != "start" else []:
        count += 1
        if job == "strip":
            _strip(photo.read_bytes())
            continue
        with tempfile.TemporaryDirectory() as place:
            for kind, name, length in _cut(photo, Path(place)):
                count += 1
                made[kind] += length
                if (kind, name) == ("image/avif", "wide-320"):
                    made[SMALL] += length
    report.write_text(json.dumps({"count": count, "bytes": made}), encoding="ascii")


def _strip(data: bytes) -> bytes:
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=92, optimize=True)
    return out.getvalue()


def _cut(photo: Path, place: Path):  # noqa: ANN202 (rows of type, name and bytes)
    for shape, (widths, tall) in SHAPES.items():
        for width in widths:
            # Without a height the box must not bind: a photo may stand upright.
            box = f"{width}x{round(width * tall)}" if tall else f"{width}x100000"
            crop = ["--smartcrop", "centre"] if tall else []
            for kind, options in TYPES.items():
                out = place / f"{shape}-{width}.{options}"
                run = ["vipsthumbnail", photo, "--size", box, *crop, "-o", out]
                subprocess.run(list(map(str, run)), check=True)  # noqa: S603
                name = Path(str(out).partition("[")[0])
                yield kind, name.stem, name.stat().st_size


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
