"""Tell whether a document is too long for whoever waits for it, before all is read.

Ten pages, spread over the document, tell how long all are looked at: of text, some 500
in half a minute. Everybody who brings a file in waits for it.
"""

import io
import time

from pypdf import PdfReader

from tamizdat.newsroom.cleaning.pdf.pages import clean
from tamizdat.newsroom.cleaning.pdf.unseen import unseen
from tamizdat.newsroom.errors import AttachmentError

SECONDS = 30.0  # of CPU, for a document that somebody waits for
_FEW, _TRIED = 50, 10  # pages: so few are never asked; so many are tried


def refuse_long(data: bytes) -> None:
    """Refuse a document whose pages would take too long.

    Raises:
        AttachmentError: too many pages of their kind, with the number that is taken.
    """
    try:
        pages = len(PdfReader(io.BytesIO(data)).pages)
    except Exception:  # noqa: BLE001 (whoever cleans it says what is wrong)
        return
    if pages <= _FEW:
        return
    # What they draw with is shared by all pages, and written once: it is not counted.
    tried = clean(data, {pages * number // _TRIED for number in range(_TRIED)})
    begun = time.process_time()
    unseen(*tried)
    each = (time.process_time() - begun) / _TRIED
    if each * pages > SECONDS:
        most = max(_FEW, int(SECONDS / each) // 10 * 10)
        raise AttachmentError(
            "expected at most %(most)d pages of this kind, found %(found)d: split it",
            most=most,
            found=pages,
        )
