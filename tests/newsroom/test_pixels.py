"""What pictures of a document look like is what they looked like."""

import random
import zlib

import pypdfium2
import pytest

from newsroom import everywhere
from tamizdat.newsroom.cleaning import clean_file

_SHAPE = b"/Width 97 /Height 20 /BitsPerComponent %d %s /Filter /FlateDecode"
_ROWS = b" /DecodeParms << /Predictor 15 /BitsPerComponent %d /Columns 97 >>"


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize(
    "colours",
    [b"/ColorSpace /DeviceGray", b"/ColorSpace [/Indexed /DeviceRGB %d <%s>]"],
)
def test_rows_of_any_filter_and_width_keep_their_pixels(
    bits: int, colours: bytes
) -> None:
    """Where the last byte of a row is not full, and where a table has the colours."""
    chance = random.Random(bits)  # noqa: S311 (no secret)
    width = (97 * bits + 7) // 8
    pixels = b"".join(bytes([n % 5]) + chance.randbytes(width) for n in range(20))
    if b"Indexed" in colours:
        count = min(200, 1 << bits)
        colours %= (count - 1, chance.randbytes(3 * count).hex().encode())
    entries = _SHAPE % (bits, colours) + _ROWS % bits
    data = everywhere.picture(entries, zlib.compress(pixels))
    data = data.replace(b"9 0 0 9 0 0 cm", b"97 0 0 20 0 0 cm")

    cleaned = clean_file("document", data).data

    assert _drawn(data) == _drawn(cleaned)
    assert len(set(_drawn(data))) > 1


def _drawn(data: bytes) -> bytes:
    with pypdfium2.PdfDocument(data) as paper:
        return bytes(paper[0].render(scale=2).to_pil().tobytes())
