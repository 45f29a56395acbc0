"""Draw the pictures of the demo, so that no photograph needs a licence.

Decides what each picture shows and nothing else: no file, clock or chance is involved,
and one name always gives the same pixels.
"""

from collections.abc import Callable

from PIL import Image

from tamizdat.server.demo.pictures import workshop, world
from tamizdat.server.demo.pictures.linocut import Sheet

_DRAWINGS: dict[str, Callable[[], Sheet]] = {
    "printing-press": workshop.printing_press,
    "envelope": workshop.envelope,
    "hash-tree": workshop.hash_tree,
    "lighthouses": world.lighthouses,
    "keys": workshop.keys,
    "radio-tower": world.radio_tower,
    "border-book": world.border_book,
    "night-reader": world.night_reader,
    "galley": workshop.galley,
    "globe": world.globe,
}
NAMES: tuple[str, ...] = tuple(_DRAWINGS)


def draw(name: str) -> Image.Image:
    """Draw one picture of the demo.

    Args:
        name: one of `NAMES`.

    Returns:
        1280 by 720 pixels, RGB, the same for the same Pillow.

    Raises:
        ValueError: no picture has this name.
    """
    if name not in _DRAWINGS:
        raise ValueError(f"expected one of {', '.join(NAMES)}, found {name!r}")
    return _DRAWINGS[name]().finished()
