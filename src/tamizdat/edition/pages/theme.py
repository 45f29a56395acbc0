"""Turn templates and the stylesheet into the bytes of a page.

Decides how a page looks: which rules of the stylesheet a kind of page carries and which
letters it is set in. Everything it reads is read once, at import.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from minijinja import Environment, Markup, TemplateError

from tamizdat.edition.dress import MARK, is_kept
from tamizdat.edition.errors import StoryError
from tamizdat.edition.languages import direction, has_persian_digits, script
from tamizdat.edition.looks import LEAST, PAPERS, faintest
from tamizdat.edition.pages.addresses import up
from tamizdat.edition.pages.budget import PAGE_BYTES, fits
from tamizdat.edition.pages.directed import directed
from tamizdat.edition.pages.marked import told
from tamizdat.edition.stories import Look, Service
from tamizdat.edition.wording import wording

# By script: faces that systems bring, leading of text, of headings, of notes, size of
# a story's headline: wide letters are set smaller, so that a screen shows text. Sources
# in docs/explanation/typography.md. Georgia lacks letters of Kazakh, Tatar, Chechen.
_LARGE, _SMALLER, _SMALL = (
    f"clamp({least},5vw,{most})"
    for least, most in (("1.8rem", "2.8rem"), ("1.7rem", "2.5rem"), ("1.5rem", "2rem"))
)
_TYPE = {
    "Arab": ('"Noto Naskh Arabic",Tahoma,serif', "1.85", "1.5", "1.7", _SMALLER),
    "Armn": ('"Noto Serif Armenian",Sylfaen,serif', "1.65", "1.3", "1.5", _SMALL),
    "Cyrl": ('"Noto Serif",Cambria,serif', "1.6", "1.2", "1.5", _SMALLER),
    "Geor": ('"Noto Serif Georgian",Sylfaen,serif', "1.65", "1.35", "1.5", _SMALL),
}
_USUAL = ("Georgia,serif", "1.55", "1.15", "1.45", _LARGE)
_SLOTS = ("--serif", "--leading", "--tight", "--ui", "--large")  # in the stylesheet
ACCENT = ("9d1220", "ff938c")  # --red of the stylesheet, on light paper and on dark
_RED = re.compile("--red:#([0-9a-f]{6})")
_LOGO = "svg{max-width:100%}"  # eight times as wide as high, in letters twice as large
LATER_PAGE, PORTRAIT = "later", "portrait"  # what an article's page may have or not
_FITTED = {"article.html"}  # its pages carry rules for what stands on them alone
_ELEMENT, _CLASS = re.compile("<([a-z][a-z0-9]*)"), re.compile('class="([^"]*)"')
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")  # not one that holds rules
_NOTHING = re.compile(r"@[^{}]*\{\}")
_PSEUDO = re.compile(r"::?[a-z-]+(?:\((?:[^()]|\([^()]*\))*\))?|\[[^]]*\]")
_NAMED = re.compile(r"\.?[a-z][a-z0-9]*")
_PARTS = frozenset(  # templates of no whole page
    {"changed.html", "piece.html", "packstory.html"}
)
_MAIN = '<main id="text">'


class Day(NamedTuple):
    """A day under which a page shows stories.

    Attributes:
        day: ISO, in the zone of the service; its id on the page, too.
        time, story: of the newest story under it: when it was first released, UTC in
            ISO, and its id.
    """

    day: str
    time: str
    story: str


@dataclass(frozen=True)
class Page:
    """One file of an edition.

    Attributes:
        path: inside the service's tree, as "a/2026-11/20/right-to-know.html".
        content: identity bytes, UTF-8, at most 16,384.
        days: of a list of stories, newest first.
    """

    path: str
    content: bytes
    days: tuple[Day, ...] = ()


def frame(path: str, service: Service, title: str) -> dict[str, Any]:
    """Give what every page of a service shows around its text."""
    return {**_frame(up(path), service), "title": title}


@lru_cache(maxsize=256)
def _frame(root: str, service: Service) -> dict[str, Any]:
    """Give what all pages of a service show that stand as deep as each other."""
    words = wording(service.language)
    return {
        "lang": service.language,
        "dir": service.direction,
        "root": root,
        "service": service,
        "publisher": words.fill("publisher", organisation=service.organisation),
        "boxed": True,
        "later": False,
        "mast": own_part(service.look.mast, service, root),
        "foot": own_part(service.look.foot, service, root),
        "logo": Markup(service.look.logo or ""),
        "slim": False,
    }


def framed(service: Service, *, bar: bool) -> bytes:
    """Print a page that says nothing, with the bar of sections or without."""
    view = frame("404.html", service, "")
    if bar:
        empty = {"years": (), "newest": None, "older": None}
        return render("archive.html", view | empty).encode()
    return render("missing.html", view | {"advice": ""}).encode()


def own_part(
    template: str | None, service: Service, root: str, *, lines: bool = False
) -> str | None:
    """Fill a template of a newsroom's own; it knows `service`, `root`, `w`, `logo`.

    Args:
        template: None where the page has ours.
        service: whose page it is.
        root: the way up to the service.
        lines: keep them apart, for whoever looks for a mistake.

    Raises:
        StoryError: it cannot be filled.
    """
    if template is None:
        return None
    words = wording(service.language).html
    try:
        html = _OWN.render_str(
            template if lines else _template(template),
            service=service,
            root=root,
            w=words,
            logo=Markup(service.look.logo or ""),
        )
    except TemplateError as error:
        reason = f"line {error.line}: {error.message}"
        raise StoryError(f"service {service.id}", "look", reason) from error
    return Markup(html)


def render(template: str, view: Mapping[str, Any]) -> str:
    """Fill a template in the words and the letters of the view's `lang`."""
    language: str = view["lang"]
    way = direction(language)
    words, service = wording(language), view.get("service")
    extras = view.get("extras", ())
    rules = stylesheet(template, language, extras)
    fill = partial(
        _ENVIRONMENT.render_template, template, w=words.html, plain=words.plain, **view
    )
    if template not in _FITTED:
        return _directed(template, _plain(fill(css=dressed(rules, service))), way)
    html = _directed(template, _plain(fill(css="")), way)
    rules = dressed(fitting(rules, html), service)
    return html.replace("<style>", f"<style>{rules}", 1)


def _plain(html: str) -> str:
    """Write a slash as what it is, which the engine escapes; it ends nothing here."""
    return html.replace("&#x2f;", "/")


def _directed(template: str, html: str, way: str) -> str:
    """Set what runs against a page in order, but for its head and the paper's name."""
    if template in _PARTS:
        return directed(html, way)
    before, begin, rest = html.partition(_MAIN)
    text, end, after = rest.partition("</main>")
    if not end:
        return html
    return before + directed(begin + text + end, way) + _foot(after, way)


@lru_cache(maxsize=256)
def _foot(html: str, way: str) -> str:
    """Set the foot of a page in order, which many pages share."""
    foot, end, after = html.partition("</footer>")
    return directed(foot + end, way) + after if end else html


def part(template: str, language: str, **view: Any) -> str:
    """Fill the template of a part that stands on many pages."""
    words = wording(language)
    return Markup(
        _ENVIRONMENT.render_template(template, w=words.html, plain=words.plain, **view)
    )


def printed(path: str, template: str, view: Mapping[str, Any]) -> Page:
    """Print a page that cannot be continued on another.

    Raises:
        StoryError: its words are too long for one page.
    """
    page = Page(path, render(template, view).encode())
    if not fits(page.content):
        reason = f"{len(page.content)} bytes, at most {PAGE_BYTES}, or too dense"
        raise StoryError(view["title"], path, reason)
    return page


def stylesheet(template: str, language: str, extras: Iterable[str] = ()) -> str:
    """Give the stylesheet that pages of a template carry in a language.

    Args:
        template: its file name.
        language: BCP 47 tag.
        extras: further parts of the stylesheet, as LATER_PAGE, PORTRAIT or "by".
    """
    kinds = [template.removesuffix(".html"), *sorted(extras)]
    kinds += ["persian"] if has_persian_digits(language) else []
    return _stylesheet(" ".join(kinds), script(language))


def fitting(css: str, html: str) -> str:
    """Keep the rules of a stylesheet whose elements and classes a page has.

    Args:
        css: as `minify` gives it.
        html: as a template gives it; what its style holds is no element.
    """
    named = " ".join(_CLASS.findall(html)).split()
    return _fitting(
        css, frozenset((*_ELEMENT.findall(html), *(f".{n}" for n in named)))
    )


def refitted(html: str) -> str:
    """Keep the rules that a page needs which lost some of what stood on it."""
    before, start, rest = html.partition("<style>")
    css, end, after = rest.partition("</style>")
    rules, mark, own = css.partition(MARK)
    kept = fitting(rules, f"{before}{after}")
    return f"{before}{start}{kept}{mark}{own}{end}{after}"


@lru_cache(maxsize=2048)
def _fitting(css: str, there: frozenset[str]) -> str:
    def kept(rule: re.Match[str]) -> str:
        parts = [
            part
            for part in rule[1].split(",")
            if there.issuperset(_NAMED.findall(_PSEUDO.sub("", part)))
        ]
        return f"{','.join(parts)}{{{rule[2]}}}" if parts else ""

    return Markup(_NOTHING.sub("", _RULE.sub(kept, css)))


@lru_cache(maxsize=512)
def dressed(css: str, service: Service | None) -> str:
    """Set a stylesheet in the colours and rules that a service chose, if any."""
    look = service.look if service else Look()
    for own, chosen in zip(ACCENT, look.accent or ACCENT, strict=True):
        css = css.replace(f"--red:#{own}", f"--red:#{chosen}", 1)
    added = f"{_LOGO if look.logo else ''}{look.style or ''}"
    return Markup(f"{css}{MARK}{added}" if added else css)


def undressed(css: str) -> str:
    """Take a service's own colours and rules out, if all can be read with them."""
    rest, mark, own = css.partition(MARK)
    rules = own.removesuffix("</style>").removeprefix(_LOGO)
    if mark and (not rules or is_kept(rules)):
        css = rest + own[len(own.removesuffix("</style>")) :]
    found = _RED.findall(css)[: len(ACCENT)]
    readable = (faintest(c, p) >= LEAST for c, p in zip(found, PAPERS, strict=False))
    if len(found) < len(ACCENT) or not all(readable):
        return css
    ours = iter(ACCENT)
    return _RED.sub(lambda _: f"--red:#{next(ours)}", css, count=len(ACCENT))


@lru_cache(maxsize=256)
def _stylesheet(kinds: str, letters: str) -> str:
    wanted = {"all", letters.lower(), *kinds.split()}
    rules = "".join(text for names, text in _RULES if wanted & names)
    for slot, value in zip(_SLOTS, _TYPE.get(letters, _USUAL), strict=True):
        rules = rules.replace(slot, value)
    return Markup(rules)


def faces(language: str) -> tuple[str, str, str]:
    """Give what suits the script of a language, as values of CSS.

    Returns:
        Faces that systems bring, leading of text, leading of headings.
    """
    serif, leading, tight, *_ = _TYPE.get(script(language), _USUAL)
    return serif, leading, tight


def minify(css: str) -> str:
    """Strip comments and white space from a stylesheet.

    Source rules it relies on: no comment inside a string, no space before a colon that
    starts a pseudo-class, a space on both sides of + and - in calc().
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{}:;,>]) ?", r"\1", css)
    return css.replace(";}", "}").strip()


def _rules(css: str) -> list[tuple[frozenset[str], str]]:
    """Cut the stylesheet at its `/* for: article listing */` comments."""
    parts = re.split(r"/\* for: ([a-z ]+) \*/", css)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(frozenset(names.split()), minify(text)) for names, text in pairs]


def _template(source: str) -> str:
    """Drop indentation and line breaks: in a template neither is ever output."""
    return "".join(line.strip() for line in source.splitlines())


def _environment() -> Environment:
    found = (files("tamizdat.edition") / "templates").iterdir()
    templates = {
        entry.name: _template(entry.read_text("utf-8"))
        for entry in found
        if entry.name.endswith(".html")
    }
    return Environment(
        templates=templates,
        undefined_behavior="strict",
        auto_escape_callback=lambda _: "html",
        filters={"told": told},
    )


def _fingerprint() -> str:
    """Digest every file that decides how a page looks or what it says."""
    found = hashlib.sha256()
    for folder in ("templates", "words"):
        for entry in sorted(_files(folder), key=lambda entry: entry.name):
            found.update(f"{folder}/{entry.name}\n".encode() + entry.read_bytes())
    return found.hexdigest()


def _files(folder: str) -> list[Traversable]:
    entries = (files("tamizdat.edition") / folder).iterdir()
    return [entry for entry in entries if entry.is_file()]


# Templates of newsrooms know none of ours, and end however long their loops are.
_OWN = Environment(
    undefined_behavior="strict", auto_escape_callback=lambda _: "html", fuel=20_000
)
THEME = _fingerprint()  # changes whenever pages may change though no story did
_ENVIRONMENT = _environment()
_RULES = _rules((files("tamizdat.edition") / "templates/reader.css").read_text("utf-8"))
