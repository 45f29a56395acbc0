"""Draw a picture of the demo and cut it: work for a process that knows no Django."""

import io
from dataclasses import dataclass

from tamizdat.newsroom import pictures
from tamizdat.server.demo import pictures as drawings


@dataclass(frozen=True)
class Drawn:
    """A drawing in every form the newsroom keeps."""

    original: bytes
    cuts: list[pictures.Cut]


def draw(name: str) -> Drawn:
    """Draw a picture of the demo and cut it; runs in a process of its own."""
    out = io.BytesIO()
    drawings.draw(name).save(out, "PNG")
    original, _ = pictures.packed(pictures.pixels(out.getvalue()))
    return Drawn(original, pictures.cuts(original))
