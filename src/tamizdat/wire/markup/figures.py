"""Spell as `figure` what old programs write as a box with a picture and a caption."""

import re
from itertools import islice

from tamizdat.wire.markup.reader import Element

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|bildunterschrift|legende|epigrafe|didascalia|bijschrift"
    r"|bildetekst|bildtext|kuvateksti)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = {"div", "p", "span", "dd", "small", "em", "td"}
_LEVELS = 4  # between the words below a picture and the box round both
_MOST = 200  # of one page
_LONGEST = 1_000  # letters of a caption


def spell_figures(tree: Element) -> None:
    """Make figures of boxes that hold one picture and its caption, in place."""
    captions = (one for one in tree.iter(*_TAGS) if _is_caption(one))
    for one in list(islice(captions, _MOST)):
        box = _box_of(one)
        if box is not None:
            box.tag, one.tag = "figure", "figcaption"


def _is_caption(one: Element) -> bool:
    named = _CAPTION.search(one.get("class") or "") is not None
    # An outer box has the name, too: it holds the picture.
    return named and next(one.iter("img", "video", "audio"), None) is None


def _box_of(caption: Element) -> Element | None:
    """Find the nearest element round a caption that has a picture, and nothing else."""
    text = "".join(caption.itertext()).strip()
    if not text or len(text) > _LONGEST:
        return None
    for around in islice(caption.iterancestors(), _LEVELS):
        if around.tag in {"figure", "body", "html", "article", "table"}:
            return None
        if len(list(islice(around.iter("img", "video", "audio"), 2))) == 1:
            whole = "".join(around.itertext()).strip()
            return around if whole == text else None
    return None
