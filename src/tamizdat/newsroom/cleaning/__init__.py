"""Make sounds and documents fit to publish: nothing of who made them, where or when.

Bytes in, bytes out: no Django, no disk. What is not understood is refused, never
passed through.
"""

from tamizdat.newsroom.cleaning.files import (
    MAX_BYTES,
    Cleaned,
    clean_file,
    is_like,
    weigh_sound,
)
from tamizdat.newsroom.cleaning.pdf import Unseen

__all__ = ["MAX_BYTES", "Cleaned", "Unseen", "clean_file", "is_like", "weigh_sound"]
