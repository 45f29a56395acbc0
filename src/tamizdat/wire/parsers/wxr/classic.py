"""Turn what WordPress keeps into HTML: paragraphs without tags, shortcodes, blocks.

WordPress adds paragraphs only when it shows a post. Source: `wpautop`, `do_shortcode`.
"""

import re

_BLOCK = (
    "p|div|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|pre|figure|figcaption"
    "|section|article|aside|header|footer|hr|form|iframe|script|style|dl|dt|dd|main"
    "|details|summary|address|video|audio"
)
_STARTS = re.compile(rf"\s*</?(?:{_BLOCK})\b", re.IGNORECASE)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n")
_CAPTION = re.compile(
    r"\[(?:wp_)?caption\b(?P<attributes>[^\]]*)\](?P<inside>.*?)\[/(?:wp_)?caption\]",
    re.DOTALL | re.IGNORECASE,
)
_IMAGE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_OLD_CAPTION = re.compile(r"caption=(?:\"([^\"]*)\"|'([^']*)')")
# Names of shortcodes whose words are no text; of all others only the tags go.
_SILENT = re.compile(
    r"\[(?P<name>gallery|embed|video|audio|playlist|contact-form\w*|ads?|advert\w*|poll"
    r"|youtube|vimeo|tweet|instagram|soundcloud|raw|script)\b[^\]]*\]"
    r"(?:.*?\[/(?P=name)\])?",
    re.DOTALL | re.IGNORECASE,
)
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]*(?:\s+[\w-]+=[^\]]*|\s*/)?\]")


def html_of(text: str) -> str:
    """Write a post as HTML with all its paragraphs.

    Args:
        text: as the database has it, whatever its line ends.
    """
    text = _COMMENTS.sub("\n\n", text.replace("\r\n", "\n"))
    text = _CAPTION.sub(_figure, text)
    text = _SILENT.sub("\n\n", text)
    text = _SHORTCODE.sub("", text)
    parts = (part for part in _BLANK.split(text) if part.strip())
    return "\n".join(p if _STARTS.match(p) else f"<p>{p.strip()}</p>" for p in parts)


def _figure(found: re.Match[str]) -> str:
    image = _IMAGE.search(found["inside"])
    if image is None:
        return found["inside"]
    old = _OLD_CAPTION.search(found["attributes"])
    said = found["inside"].replace(image[0], "").strip()
    said = said or ((old[1] or old[2] or "") if old else "")
    return f"\n\n<figure>{image[0]}<figcaption>{said}</figcaption></figure>\n\n"
