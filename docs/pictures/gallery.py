"""Take the gallery of pages: each type in five scripts, four at four widths, all words.

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
PHONE, TALL = 360, 960  # CSS pixels of a page and of what is kept of its height
SHOWN = 240  # pixels of a page on a sheet
GAP, BETWEEN = 8, "#8a8a8a"
COLOURS = 32  # of a sheet; words stay sharp and files small


def main() -> None:
    """Take every sheet."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        globe = draw("globe")
        paths = {language: write(folder, language, globe) for language in SCRIPTS}
        for kind in paths["en"]:
            some = [folder / paths[language][kind] for language in SCRIPTS]
            _sheet(kind, list(_shots(browser, some)))
        for kind in WIDE:
            page = folder / paths["ru"][kind]
            _sheet(f"widths-{kind}", [_shot(browser, page, w) for w in WIDTHS])
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


def _sheet(name: str, shots: list[Image.Image]) -> None:
    """Put pictures side by side, each as wide as the others."""
    shown = [_small(shot) for shot in shots]
    tall = max(one.height for one in shown)
    wide = (SHOWN + GAP) * len(shown) - GAP
    sheet = Image.new("RGB", (wide, tall), BETWEEN)
    for at, one in enumerate(shown):
        sheet.paste(one, (at * (SHOWN + GAP), 0))
    _save(sheet, name)


def _small(shot: Image.Image) -> Image.Image:
    kept = shot.crop((0, 0, shot.width, min(shot.height, TALL * shot.width // PHONE)))
    size = (SHOWN, kept.height * SHOWN // kept.width)
    return kept.resize(size, Image.Resampling.LANCZOS)


def _save(sheet: Image.Image, name: str) -> None:
    few = sheet.quantize(COLOURS, dither=Image.Dither.NONE)
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
    few = _image(page).convert("L").quantize(4, dither=Image.Dither.NONE)
    few.save(HERE / "words.png", optimize=True)


def _block(tag: str) -> str:
    head, words = heading(tag), wording(tag).plain
    own = catalogue(tag).texts
    lines = (html.escape(own.get(key, words[key])) for key in words)
    rows = "".join(f"<p>{line}</p>" for line in lines)
    about = f'lang="{tag}" dir="{head.direction}"'
    return f"<div {about}><h2>{html.escape(head.name)} {tag}</h2>{rows}</div>"


if __name__ == "__main__":
    main()
