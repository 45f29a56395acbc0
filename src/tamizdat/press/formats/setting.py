"""Set the articles of an edition for a file: links that lead somewhere, one picture.

Decides what of a page goes into a file. Links inside the file stay, so do sources that
a story cites; what would lead nowhere becomes words. Nothing loads anything.
"""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from tamizdat.edition.pages.theme import faces
from tamizdat.edition.wording import wording
from tamizdat.press.formats.paper import Chapter, Element, Paper

Name = Callable[[str], str | None]  # path in the tree to an address in the file

_STYLE = (  # small: reading programs bring their own
    "body{max-width:40rem;margin:0 auto;padding:0 1rem;overflow-wrap:anywhere;"
    "font-family:%s;line-height:%s}"
    ':lang(fa),:lang(prs),:lang(ps){font-feature-settings:"locl" 0}'  # as reader.css
    "h1,h2,h3{line-height:%s}"
    "h1{font-size:1.6em}h2{font-size:1.3em}h3{font-size:1.1em}"
    "article{margin:2rem 0;border-top:2px solid;padding-top:1rem}"
    "img{max-width:100%%;height:auto}"
    "figure{margin:1rem 0}"
    ".stand{font-size:1.15em}"
    "figcaption,.when,.line,.credit,.by,.kick,.from,.where,.links{font-size:.85em}"
    "figcaption .credit{font-size:1em}"
    ".flag{font-weight:bold}"
    ".note,.law,.box,.gone{border:1px solid;padding:0 1rem;margin:1rem 0}"
    "table{border-collapse:collapse}th,td{border:1px solid;padding:.2em .5em}"
    "pre,code{overflow-wrap:anywhere;white-space:pre-wrap}"
)
# Nothing scrolls in a book or on paper: there a row of many cells goes on below itself.
_FOLDED = (
    ".many tr{display:block;border-top:2px solid}"
    ".many th,.many td{display:inline-block}"
)
_SCROLLED = (
    "@media screen{.wide{overflow:auto;overflow-wrap:normal}"
    "th,td{min-width:5.5rem}}"  # one is cut, so that the table is seen to go on
    f"@media print{{{_FOLDED}"
    'a[href^="http"]::after{content:" <" attr(href) ">"}}'
)
_MANY = 7  # cells of a row that a page of a book holds

_GONE = (  # what leads on from a page and has no place in a file
    ".//nav",
    ".//audio",
    ".//p[@class='files']",
    ".//p[@class='to']",
    ".//p[@class='change']",
    ".//script",
)
_KEPT = {"class", "id", "href", "src", "alt", "width", "height", "datetime"}
_KEPT |= {"lang", "dir", "scope", "title", "cite"}
_KEPT |= {"role", "tabindex", "aria-label"}  # a table that scrolls does so by keyboard


@dataclass(frozen=True)
class Rules:
    """How the articles of one file are set.

    Attributes:
        link: tells where a page of the tree stands in the file, None for nowhere.
        picture: names a picture in the file, or says that there is none.
        prefix: whether ids must be told apart from those of other articles.
    """

    link: Name
    picture: Name
    prefix: bool = False


def style(language: str, *, scrolls: bool) -> str:
    """Give the stylesheet of a file.

    Args:
        language: BCP 47 tag of its words.
        scrolls: whether what shows it scrolls a wide table sidewise.
    """
    return _STYLE % faces(language) + (_SCROLLED if scrolls else _FOLDED)


def set_article(article: Element, path: str, rules: Rules) -> Element:
    """Make of a page's article what a file may hold; changes it in place."""
    for query in _GONE:
        for one in article.findall(query):
            _drop(one)
    _drop_asides(article)
    for picture in list(article.iter("picture")):
        _one_picture(picture, path, rules)
    for table in article.iter("table"):
        _mark_wide(table)
    for link in list(article.iter("a")):
        _set_link(link, path, rules)
    for one in article.iter():
        _keep_few(one, _prefix(path, rules))
    return article


def _prefix(path: str, rules: Rules) -> str:
    return f"{posixpath.basename(path).removesuffix('.html')}--" if rules.prefix else ""


def _drop(one: Element) -> None:
    one.drop_tree()


def _drop_asides(article: Element) -> None:
    """Take out ways to the page's own text and changes, with what sets them apart."""
    for line in article.findall("header/p[@class='when']"):
        for link in line.findall("a"):
            _cut_before(link, " ·\xa0")
            _drop(link)
    for note in article.findall("aside[@class='note']/p"):
        link = note.find("a")
        if link is None or link.get("href", "").startswith(("https:", "http:")):
            continue
        if (link.tail or "").startswith(")") and _cut_before(link, " ("):
            link.tail = link.tail[1:]
            _drop(link)


def _cut_before(one: Element, words: str) -> bool:
    """Take words that stand right before an element away; tells if they stood there."""
    last = one.getprevious()
    text = (one.getparent().text if last is None else last.tail) or ""
    if not text.endswith(words):
        return False
    text = text.removesuffix(words)
    if last is None:
        one.getparent().text = text
    else:
        last.tail = text
    return True


def _one_picture(picture: Element, path: str, rules: Rules) -> None:
    """Put the picture of every browser in place of its many sizes."""
    image = picture.find(".//img")  # the parser puts it inside what is before it
    if image is None:
        _drop(picture)
        return
    source = rules.picture(_inside(path, image.get("src", "")))
    if source is None:
        words = image.get("alt")
        _drop_with(picture, f"[{words}]" if words else "")
        return
    image.set("src", source)
    image.tail = picture.tail
    picture.getparent().replace(picture, image)


def _mark_wide(table: Element) -> None:
    """Tell apart a table whose rows are wider than a page of a book."""
    if max((len(row) for row in table.iter("tr")), default=0) > _MANY:
        table.set("class", "many")


def _drop_with(one: Element, words: str) -> None:
    """Put words in place of an element."""
    one.tail = f"{words}{one.tail or ''}"
    _drop(one)


def _inside(path: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _set_link(link: Element, path: str, rules: Rules) -> None:
    href = link.get("href", "")
    if href.startswith(("https:", "http:")):
        return
    address, _, fragment = href.partition("#")
    if not address and fragment:
        link.set("href", f"#{_prefix(path, rules)}{fragment}")
        return
    there = rules.link(_inside(path, address))
    if there is None and link.get("lang"):
        link.tag = "span"  # words in another language still are
        for name in ("href", "hreflang"):
            link.attrib.pop(name, None)
    elif there is None:
        link.drop_tag()
    else:
        link.set("href", there)


def _keep_few(one: Element, prefix: str) -> None:
    if not isinstance(one.tag, str):
        return
    for name in [name for name in one.attrib if name not in _KEPT]:
        del one.attrib[name]
    if prefix and one.get("id"):
        one.set("id", f"{prefix}{one.get('id')}")


def heading_ids(chapters: list[Chapter]) -> dict[str, str]:
    """Name each chapter inside a file of one page, by its path."""
    found: dict[str, str] = {}
    for number, one in enumerate(chapters, 1):
        found[one.path] = f"s{number}"
    return found


def notice_of(paper: Paper, rules: Rules) -> Element:
    """Set the legal notice of the service, without the traces that a mirror leaves."""
    article = set_article(paper.article("notice.html"), "notice.html", rules)
    told = wording(paper.cover.language).html["notice_traces"]
    traces = words_of(etree.fromstring(f"<p>{told}</p>"))
    for one in article.findall("p"):
        if words_of(one) == traces:
            _drop(one)
    return article


def trust_of(paper: Paper, rules: Rules) -> Element:
    """Set the page of trust for somebody who holds a file, not a mirror."""
    article = set_article(paper.article("trust.html"), "trust.html", rules)
    words = wording(paper.cover.language).html
    facts = article.find("dl")
    rows = [f"<h1>{words['trust']}</h1>", f"<p>{words['trust_compare']}</p>"]
    rows += [f"<h2>{words['trust_check']}</h2>"]
    rows += ['<pre dir="ltr">tamizdat edition verify FILE</pre>']
    found = etree.fromstring(f"<article>{''.join(rows)}</article>")
    if facts is not None:
        found.insert(1, facts)
    return found


def facts_of(paper: Paper) -> list[str]:
    """List number and time of the edition in the paper's own words."""
    facts = paper.article("trust.html").find("dl")
    names = [words_of(one) for one in facts.findall("dt")]
    values = []
    for one in facts.findall("dd"):
        time = one.find("time")  # beside it stands the same in UTC
        values.append(words_of(one if time is None else time))
    pairs = list(zip(names, values, strict=True))
    return [f"{name}: {value}" for name, value in pairs[1:3]]


def title_of(article: Element) -> str:
    """Give the heading of an article, "" where it has none."""
    heading = article.find(".//h1")
    return "" if heading is None else "".join(heading.itertext())


def words_of(one: Element) -> str:
    """Join the words of an element, as a line."""
    return " ".join("".join(_texts(one)).split())


def _texts(one: Element) -> Iterator[str]:
    """Give the texts of an element in order; a break parts words."""
    yield one.text or ""
    for child in one:
        yield from (" ",) if child.tag == "br" else _texts(child)
        yield child.tail or ""


def written(one: Element) -> str:
    """Write an element as HTML."""
    return str(etree.tostring(one, method="html", encoding="unicode", with_tail=False))


def written_xml(one: Element) -> str:
    """Write an element as XML."""
    return str(etree.tostring(one, method="xml", encoding="unicode", with_tail=False))


def lines_of(article: Element) -> Iterator[str]:
    """Give an article as lines of text; an empty one parts paragraphs."""
    for one in article:
        if one.tag in {"header", "div", "aside", "section", "figure", "nav"}:
            if loose := (one.text or "").strip():
                yield from (loose, "")
            yield from lines_of(one)
        elif one.tag in {"ul", "ol"}:
            yield from (f"- {_told(row)}" for row in one.iter("li"))
            yield ""
        elif one.tag == "dl":
            yield from (f"{'' if r.tag == 'dt' else '  '}{words_of(r)}" for r in one)
            yield ""
        elif one.tag == "table":
            for row in one.iter("tr"):
                yield " | ".join(words_of(cell) for cell in row)
            yield ""
        elif words := _told(one):
            quoted = f"> {words}" if one.tag == "blockquote" else words
            yield from (quoted, "")
        if isinstance(one.tag, str) and one.tail and one.tail.strip():
            yield from (one.tail.strip(), "")


def _told(one: Element) -> str:
    """Give the words of an element, with the sources it cites."""
    cited = [link.get("href", "") for link in one.iter("a")]
    outside = [f"<{href}>" for href in cited if href.startswith("http")]
    return " ".join([words_of(one), *outside]).strip()
