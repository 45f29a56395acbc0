# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Take out of a story's element what is no story: buttons, promises, neighbours."""

import re

from tamizdat.wire.draft.text import one_line
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.parsers.saved_text.spelling import plain

_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|relacionad\w*|relatert\w*|relaterad\w*"
    r"|verwandt\w*|correlat[ie]\w*|lire-aussi|compartir|partager|condividi|teilen"
    r"|recommend\w*|recirc|promo|advert\w*|ads?"
    r"|adv|banner|newsletter|subscri\w*|comments?|disqus|sidebar|breadcrumbs?|footer|nav"
    r"|navigation|menu|cookie|consent|popup|modal|tags?|tag-list|authorbox|author-(?:box|bio)"
    r"|printonly|embed|player|widget|read-?more|see-?also|also-?read|more-?on|donat\w*"
    r"|paywall|toolbar|wm-ipp\w*|outbrain|taboola|skip|hidden|sr-only|visually-hidden"
    r"|screen-reader-text|jp-relatedposts|sharedaddy|addtoany|most-?read|popular|teaser"
    r"|rating|poll|meta|rovat|rubric|rubrika|media-block__title|byline-time|published|dateline-time|caption|credit|wp-caption-text"
    r"|media-download|player-and-link|c-mmp|infgraphicsattach)(?:$|[\s_-])",
    re.IGNORECASE,
)
_KEPT = re.compile(r"tagged|metabox|has-\w+-hidden", re.IGNORECASE)
_TAGS = frozenset(
    {
        *("nav", "aside", "footer", "form", "button", "script", "style", "noscript"),
        *("select", "input", "textarea", "dialog", "ins"),
    }
)
_TEXTS = frozenset({"p", "li", "td", "th", "blockquote", "h1", "h2", "h3", "em", "b"})
_ROLES = {"navigation", "complementary", "banner", "contentinfo", "search", "dialog"}
_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ALSO = re.compile(
    r"(?:read (?:more|also|next)|see also|related(?: stor(?:y|ies))?|more on this"
    r"|also read"
    r"|lire aussi|à lire aussi|lesen sie auch|mehr zum thema|siehe auch|lea también"
    r"|lee también|leggi anche|leia também|czytaj (?:też|także)|zobacz też|čtěte také"
    r"|читайте также|читать также|смотрите также|смотри также|глядзіце таксама"
    r"|также по теме|по теме|читайте ще"
    r"|читайте також|чытайце таксама|вижте още|прочетете още|ayr[ıi]ca oku\w*|bkz"
    r"|بیشتر بخوانید|اقرأ أيضا|також читайте)\b"
)
# Alone above a list of links.
_ABOVE_LINKS = re.compile(
    r"(?:related(?: (?:topics|articles|stories|content|news|links))?"
    r"|more (?:on|from) .{2,40}|read (?:more|also|next)|see also"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)"
    r"|te puede interesar|(?:notas|noticias|temas) relacionad[ao]s|lee también"
    r"|(?:à )?lire aussi|sur le même (?:sujet|thème)|à lire également"
    r"|mehr zum thema|lesen sie auch|weitere (?:artikel|themen)|themen"
    r"|leggi anche|potrebbe interessarti|articoli correlati"
    r"|leia (?:mais|também)|veja também"
    r"|(?:материалы |новости )?по теме|читайте также|читайте також|чытайце таксама"
    r"|czytaj także|zobacz też|läs (?:också|mer)|les også|lue myös|lees ook"
    r"|i̇lgili haberler|ilgili haberler|مطالب مرتبط|بیشتر بخوانید|مواضيع ذات صلة)\W*"
)
_HEAD_WORDS = 6
_LABEL = 30  # letters of such a label
_MOST = 0.5  # share of the letters: what holds more of them is the story itself


def without_junk(element: Element) -> Element:
    """Take out, from a copy of its own, all that only stands beside a story."""
    most = len("".join(element.itertext())) * _MOST
    doomed = [
        one
        for one in element.iter()
        if one is not element and is_junk(one) and len("".join(one.itertext())) <= most
    ]
    for one in doomed:
        _take(one)
    return element


def is_junk(one: Element) -> bool:
    """Tell an element that only stands beside a story."""
    named = one.tag in _TAGS or one.get("role") in _ROLES
    named = named or str(one.tag).startswith("amp-")
    if named or _is_label(one) or _leads_elsewhere(one) or _is_of_links(one):
        return True
    if one.get("aria-hidden") == "true" or one.get("hidden") is not None:
        return one.tag not in {"img", "svg", "figure", "picture"}
    if _STYLE.search(one.get("style") or ""):
        return True
    if one.tag in {"p", "figure", "img", "picture", "video", "audio", "table", "body"}:
        return "caption" in (one.get("class") or "") and one.tag == "p"
    if next(one.iterancestors("figure"), None) is not None:
        return False  # captions belong to their pictures
    said = f"{one.get('class') or ''} {one.get('id') or ''}"
    return bool(_CLASSES.search(said)) and not _KEPT.search(said)


def _leads_elsewhere(one: Element) -> bool:
    """Tell a line that only leads to another story: "Read also: ..."."""
    if one.tag in {"h3", "h4", "h5"}:
        said = one_line("".join(one.itertext()))
        return ":" in said and _ALSO.match(plain(said)) is not None
    if one.tag not in {"p", "div", "li"} or one.find(".//a") is None:
        return False
    if one.find(".//div") is not None or one.find(".//p") is not None:
        return False
    text = one_line("".join(one.itertext()))
    linked = sum(len("".join(a.itertext())) for a in one.iter("a"))
    return _ALSO.match(plain(text)) is not None and linked * 2 >= len(text) - _LABEL


def _is_of_links(one: Element) -> bool:
    """Tell a list of links below "Related stories", and those words above it."""
    if one.tag in {"ul", "ol"}:
        head = one.getprevious()
        return head is not None and _is_above_links(head) and _is_linked(one)
    below = one.getnext()
    return below is not None and below.tag in {"ul", "ol"} and _is_above_links(one)


def _is_above_links(head: Element) -> bool:
    words = one_line("".join(head.itertext()))
    few = 0 < len(words.split()) <= _HEAD_WORDS
    return few and _ABOVE_LINKS.fullmatch(plain(words)) is not None


def _is_linked(one: Element) -> bool:
    """Tell an element all of whose words are links."""
    linked = sum(len("".join(a.itertext())) for a in one.iter("a"))
    return linked * 10 >= len(one_line("".join(one.itertext()))) * 9 > 0


def _is_label(one: Element) -> bool:
    """Tell a time alone or beside a story; inside a sentence it is text."""
    around = one.getparent()
    return one.tag == "time" and around is not None and around.tag not in _TEXTS


def _take(one: Element) -> None:
    parent = one.getparent()
    if parent is None:
        return
    if one.tail:
        before = one.getprevious()
        if before is None:
            parent.text = (parent.text or "") + one.tail
        else:
            before.tail = (before.tail or "") + one.tail
    parent.remove(one)
