"""Take the gallery of pages: each type in five scripts, some at all widths, all words.

Three types are shown whole and as large as on a phone, one sheet a script.

The pages are those that the tests pin by their hashes (`tests/edition/specimen.py`).
"""

import html
import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from edition.specimen import SCRIPTS, write
from tamizdat.edition.catalogues import catalogue
from tamizdat.edition.headings import heading, tags
from tamizdat.edition.wording import wording
from tamizdat.server.demo.pictures import draw

HERE = Path(__file__).parent / "gallery"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
WIDTHS = (320, 640, 960, 1280)  # CSS pixels: XS, SM, MD, LG
WIDE = ("front", "article", "section", "trust")  # shown at each of them
WHOLE = ("article", "live", "corrections")  # shown to their feet, in parts side by side
PART, WHOLE_COLOURS = 2_000, 16  # pixels of a part's height
ALPHABET = 1_280  # CSS pixels that show every letter
PHONE, TALL = 360, 960  # CSS pixels of a page and of what is kept of its height
SHOWN = 240  # pixels of a page on a sheet
GAP, BETWEEN = 8, "#8a8a8a"
COLOURS = 32  # of a sheet; words stay sharp and files small
INK = 150  # lightest tone of ink where a sheet has but ink and paper


def main() -> None:
    """Take every sheet."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        globe = draw("globe")
        paths = {language: write(folder, language, globe) for language in SCRIPTS}
        for kind in [one for one in paths["en"] if one not in WHOLE]:
            some = [folder / paths[language][kind] for language in SCRIPTS]
            kept = ALPHABET if kind == "letters" else TALL
            _sheet(kind, list(_shots(browser, some)), kept)
        for kind in WIDE:
            page = folder / paths["ru"][kind]
            _sheet(f"widths-{kind}", [_shot(browser, page, w) for w in WIDTHS])
        for kind in WHOLE:
            for language in SCRIPTS:
                shot = _shot(browser, folder / paths[language][kind], PHONE)
                _whole(f"{kind}-{language}", shot)
        page = folder / paths["ru"]["page-2"]
        _feet("widths-page-2", [_shot(browser, page, w) for w in WIDTHS[2:]])
        dark = [folder / paths[one][kind] for one, kind in _DARK]
        _sheet("dark", list(_shots(browser, dark, "dark")))
        _words(browser, folder)
        browser.close()


_DARK = [("en", "front"), ("ru", "article"), ("fa", "live"), ("hy", "latest")]
_DARK += [("ka", "trust")]


def _shots(
    browser: Browser, pages: list[Path], theme: str = "light"
) -> Iterator[Image.Image]:
    for page in pages:
        yield _shot(browser, page, PHONE, theme)


def _shot(
    browser: Browser, path: Path, width: int, theme: str = "light"
) -> Image.Image:
    size = {"width": width, "height": TALL * max(width, PHONE) // PHONE // 2}
    page = browser.new_page(viewport=size, java_script_enabled=False)
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(path.as_uri())
    shot = _image(page)
    page.close()
    return shot


def _image(page: Page) -> Image.Image:
    page.wait_for_timeout(100)
    data = page.screenshot(full_page=True)
    return Image.open(io.BytesIO(data)).convert("RGB")


def _sheet(name: str, shots: list[Image.Image], kept: int = TALL) -> None:
    """Put pictures side by side, each as wide as the others."""
    shown = [_small(shot, kept) for shot in shots]
    tall = max(one.height for one in shown)
    wide = (SHOWN + GAP) * len(shown) - GAP
    sheet = Image.new("RGB", (wide, tall), BETWEEN)
    for at, one in enumerate(shown):
        sheet.paste(one, (at * (SHOWN + GAP), 0))
    _save(sheet, name)


def _whole(name: str, shot: Image.Image) -> None:
    """Keep a page pixel by pixel, cut into parts that stand side by side."""
    tops = range(0, shot.height, PART)
    high = min(PART, shot.height)
    wide = (shot.width + GAP) * len(tops) - GAP
    sheet = Image.new("RGB", (wide, high), BETWEEN)
    for at, top in enumerate(tops):
        part = shot.crop((0, top, shot.width, min(top + PART, shot.height)))
        sheet.paste(part, (at * (shot.width + GAP), 0))
    _save(sheet, name, WHOLE_COLOURS)


def _feet(name: str, shots: list[Image.Image]) -> None:
    """Put the ends of wide pages one below the other, pixel by pixel."""
    feet = [one.crop((0, one.height - TALL, one.width, one.height)) for one in shots]
    size = max(one.width for one in feet), (TALL + GAP) * len(feet) - GAP
    sheet = Image.new("RGB", size, BETWEEN)
    for at, one in enumerate(feet):
        sheet.paste(one, (0, at * (TALL + GAP)))
    _save(sheet, name, WHOLE_COLOURS)


def _small(shot: Image.Image, kept: int) -> Image.Image:
    high = min(shot.height, kept * shot.width // PHONE)
    top = shot.crop((0, 0, shot.width, high))
    size = (SHOWN, top.height * SHOWN // top.width)
    return top.resize(size, Image.Resampling.LANCZOS)


def _save(sheet: Image.Image, name: str, colours: int = COLOURS) -> None:
    few = sheet.quantize(colours, dither=Image.Dither.NONE)
    few.save(HERE / f"{name}.png", optimize=True)


def _words(browser: Browser, folder: Path) -> None:
    """Show the words of all languages on one sheet."""
    blocks = "".join(_block(tag) for tag in tags())
    path = folder / "words.html"
    path.write_text(
        "<!doctype html><meta charset=utf-8><style>body{columns:9;width:2600px;margin:"
        "8px;font:11px/1.45 system-ui,sans-serif}h2{font-size:15px;margin:12px 0 4px}"
        "p{margin:0;border-bottom:1px solid #ddd;break-inside:avoid}</style>" + blocks,
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": 2620, "height": 900})
    page.goto(path.as_uri())
    ink = _image(page).convert("L").point(lambda tone: 255 * (tone > INK))
    ink.convert("1").save(HERE / "words.png", optimize=True)


def _block(tag: str) -> str:
    head, words = heading(tag), wording(tag).plain
    own = catalogue(tag).texts
    lines = (html.escape(own.get(key, words[key])) for key in words)
    rows = "".join(f"<p>{line}</p>" for line in lines)
    about = f'lang="{tag}" dir="{head.direction}"'
    return f"<div {about}><h2>{html.escape(head.name)} {tag}</h2>{rows}</div>"


if __name__ == "__main__":
    main()
