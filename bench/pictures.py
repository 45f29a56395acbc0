"""Pictures as editors upload them: stripped, then cut to every size that is stored.

Ours decodes in the limited process. Beside it, on the same files: Pillow in the process
that asks, which limits nothing, for uploads; libvips (Debian's `vipsthumbnail`) for
sizes, at the same widths, types and qualities.
"""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageChops

from .measure import ROOT, BenchError, Cost, middle, remove, say, weigh
from .table import KIB, Row, cost, seconds, size

_PHOTOS = 12  # uploaded
_CUT = 3  # of them cut to all sizes, which takes longer
_SIZE = 4000, 3000  # pixels, of a phone
_GRAINS = (8, 16, 40, 120, 400)  # pixels across of noise, coarse to fine
_OURS = ROOT / "bench" / "pictures_ours.py"
_PEER = ROOT / "bench" / "pictures_peer.py"


def measure(work: Path, pairs: int) -> list[Row]:
    """Upload and cut the same photos, alternated with the peers."""
    folder = work / "pictures"
    remove(folder)
    _draw(folder / "all", _PHOTOS)
    _draw(folder / "few", _CUT)
    rows = _uploads(folder, pairs)
    rows += _sizes(folder, pairs) if shutil.which("vipsthumbnail") else _absent()
    remove(folder)
    return rows


def _uploads(folder: Path, pairs: int) -> list[Row]:
    begun = _alternate("start", folder / "all", folder, pairs)
    done = _alternate("strip", folder / "all", folder, pairs)
    start, whole = ([middle(some) for some in both] for both in (begun, done))
    walls = [(w.wall - s.wall) / _PHOTOS for w, s in zip(whole, start, strict=True)]
    cpus = [(w.cpu - s.cpu) / _PHOTOS for w, s in zip(whole, start, strict=True)]
    at = f"pictures of {_SIZE[0] * _SIZE[1] // 1_000_000} megapixels"
    return [
        Row(
            f"{at}: uploads a second, Pillow in process",
            f"{1 / walls[0]:.2f}",
            f"{1 / walls[1]:.2f}",
            walls[1] / walls[0],
        ),
        _less(f"{at}: CPU of an upload", *cpus, seconds),
        _less(f"{at}: peak memory", whole[0].rss, whole[1].rss, size),
        Row(
            f"{at}: the limited process starts, once",
            f"{seconds(start[0].cpu - start[1].cpu)} CPU",
            "-",
            start[0].cpu - start[1].cpu,
            least=False,
        ),
    ]


def _less(axis: str, ours: float, peer: float, written: Callable[[float], str]) -> Row:
    """Make a row of which the smaller side is the better one."""
    return Row(axis, written(ours), written(peer), ours / peer, least=False)


def _sizes(folder: Path, pairs: int) -> list[Row]:
    mine, theirs = _alternate("cut", folder / "few", folder, pairs)
    made = [_read(folder, side) for side in ("ours", "peer")]
    per = [middle(some).cpu / _CUT for some in (mine, theirs)]
    files = made[0]["count"] // _CUT
    if files != made[1]["count"] // _CUT:
        raise BenchError(f"pictures: not as many sizes as ours, {files}")
    rows = [_less(f"pictures: {files} files of one, CPU, libvips", *per, seconds)]
    for name in ("image/avif", "image/webp", "image/jpeg", "at 320"):
        ours, peer = (one["bytes"][name] / _CUT for one in made)
        rows.append(_less(f"pictures: {name} of one", ours, peer, _kib))
    return rows


def _kib(count: float) -> str:
    return f"{count / KIB:,.1f} KiB"


def _absent() -> list[Row]:
    say("pictures: no vipsthumbnail (Debian: libvips-tools), sizes are not measured")
    return []


def _alternate(
    job: str, photos: Path, folder: Path, pairs: int
) -> tuple[list[Cost], list[Cost]]:
    mine, theirs = [], []
    for number in range(1, pairs + 1):
        for program, side, costs in (
            (_OURS, "ours", mine),
            (_PEER, "peer", theirs),
        ):
            report = folder / f"{side}.json"
            costs.append(weigh([sys.executable, program, job, photos, report]))
            say(f"pictures {job}, {number} of {pairs}: {side} {cost(costs[-1])}")
    return mine, theirs


def _read(folder: Path, side: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"{side}.json").read_text("ascii"))
    if not found:
        raise BenchError(f"pictures: {side} made nothing")
    return found


def _draw(folder: Path, count: int) -> None:
    """Draw photos, held sideways, with a place in their metadata, for both sides."""
    folder.mkdir(parents=True)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = "PLANTED"
    for number in range(count):
        whole = Image.merge("RGB", [_layers() for _band in "RGB"])
        whole.save(folder / f"{number:02}.jpg", "JPEG", quality=90, exif=exif)


def _layers() -> Image.Image:
    """Lay noise of many grains on each other, as light and things do in a photo."""
    found = Image.new("L", _SIZE, 128)
    for across in _GRAINS:
        noise = Image.effect_noise((across, across * 3 // 4), 70)
        found = ImageChops.blend(
            found, noise.resize(_SIZE, Image.Resampling.BICUBIC), 0.4
        )
    return found
