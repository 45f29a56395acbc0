"""Take the pictures of the documentation from a running demo: `make pictures`.

Starts a demo in a folder of its own, looks at it with headless Chromium, ends it. With
the word `work` it takes those of the desk alone (`work.py`), with `photos` those of
pictures (`photos.py`).
"""

import io
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import photos
import work
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)
SIZES = {360: 740, 1280: 860}  # width: height, CSS pixels
SECONDS = 900  # for the demo to stand, on a busy machine
SCREENS = {  # of the press and of the door, by the address below admin/
    "press": "press/",
    "door": "door/",
    "invite": "accounts/invite/",
    "accounts": "accounts/",
}
# News of editions, which comes and goes while the pictures are taken.
DISMISS = """() => document.querySelectorAll(".mirrors-strip button").forEach(
  (button) => button.click())"""
COLOURS = 256  # of a picture: enough for pages, and a third of the bytes


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        process, said = _start(Path(folder) / "demo")
        try:
            with sync_playwright() as playwright:
                path = shutil.which("chromium")
                browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
                _all(browser, said, Path(folder) / "demo")
                browser.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _all(browser: Browser, said: str, home: Path) -> None:
    asked = set(sys.argv[1:])
    if not asked:
        _mirror_pictures(browser, _find(said, r"mirror Archive\s+(\S+)"))
        _newsroom_pictures(browser, said)
    if not asked or "work" in asked:
        _work_pictures(browser, said, _set_up(home, work.SET_UP))
    if not asked or "photos" in asked:
        _photo_pictures(browser, said, _set_up(home, photos.SET_UP))


def _set_up(home: Path, words: str) -> dict[str, Any]:
    """Run a program inside the demo's newsroom; give what it says."""
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-c", words],
        env={**os.environ, "TAMIZDAT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _start(folder: Path) -> tuple["subprocess.Popen[bytes]", str]:
    """Start a demo at a terminal, where it stays, and read what it says."""
    ours, theirs = pty.openpty()
    command = [Path(sys.executable).with_name("tamizdat"), "demo", "--dir", folder]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs)  # noqa: S603
    said, end = "", time.monotonic() + SECONDS
    while "Ctrl-C" not in said and time.monotonic() < end:
        said += os.read(ours, 65536).decode(errors="replace")
    time.sleep(3)  # the editors' site starts last
    return process, said


def _find(said: str, pattern: str) -> str:
    match = re.search(pattern, said)
    if match is None:
        sys.exit(f"the demo did not say {pattern}:\n{said}")
    return match[1]


def _mirror_pictures(browser: Browser, url: str) -> None:
    for width in SIZES:
        page = _page(browser, width, scripts=False)
        for service in ("en", "fa", "ru"):
            page.goto(f"{url}{service}/")
            _take(page, f"front-{service}-{width}")
            page.locator("main h2 a, main h3 a").first.click()
            _take(page, f"article-{service}-{width}")
        page.close()


def _newsroom_pictures(browser: Browser, said: str) -> None:
    url = _find(said, r"newsroom\s+(http\S+)")
    password = _find(said, r"password (\S+)")
    for width in SIZES:
        page = _page(browser, width, scripts=True)
        page.goto(url)
        _take(page, f"entrance-{width}")
        _sign_in(page, password)
        _take(page, f"newsroom-{width}")
        page.goto(f"{url}admin/roles/")
        _take(page, f"roles-{width}")
        page.goto(f"{url}admin/mirrors/")
        _take(page, f"mirrors-{width}")
        _screens(page, f"{url}admin/", SCREENS, width)
        for service, name in (("en", "edit"), ("fa", "edit-rtl")):
            page.goto(f"{url}admin/")
            page.locator("tr", has_text=service).first.get_by_role("link").first.click()
            page.locator("td.title a").first.click()
            page.wait_for_load_state("networkidle")
            _take(page, f"{name}-{width}")
        page.goto(f"{url}admin/desk/search/")
        _take(page, f"search-{width}")
        page.goto(f"{url}admin/releases/stale/?show=all")
        _take(page, f"stale-{width}")
        _writing_pictures(page, url, width)
        _desk_pictures(page, f"{url}admin/", width)
        _persian_pictures(page, f"{url}admin/", width)
        page.close()


def _sign_in(page: Page, password: str) -> None:
    page.fill("input[name=login]", "editor")
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("/admin/$"))


def _work_pictures(browser: Browser, said: str, there: dict[str, Any]) -> None:
    """Take those of the desk, from left to right and from right to left."""
    url = _find(said, r"newsroom\s+(http\S+)")
    admin = f"{url}admin/"
    for width in SIZES:

        def take(page: Page, name: str, width: int = width) -> None:
            page.evaluate(DISMISS)
            _take(page, f"{name}-{width}")

        page = _page(browser, width, scripts=True)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(url)
        _sign_in(page, _find(said, r"password (\S+)"))
        page.goto(f"{admin}desk/calendar/?service=fa")
        take(page, "calendar-rtl")
        page.goto(f"{admin}releases/tasks/")
        take(page, "tasks")
        work.pictures(page, admin, there, take)
        _speak(page, admin, "fa")
        work.persian(page, admin, there, take)
        page.goto(f"{admin}releases/tasks/")
        take(page, "tasks-fa")
        _speak(page, admin, "")
        page.context.close()


def _photo_pictures(browser: Browser, said: str, there: dict[str, Any]) -> None:
    """Take those of pictures, from left to right and from right to left."""
    url = _find(said, r"newsroom\s+(http\S+)")
    for width in SIZES:
        for language in ("", "fa"):

            def take(
                page: Page, name: str, tag: str = language, width: int = width
            ) -> None:
                _take(page, f"{name}-{tag}-{width}" if tag else f"{name}-{width}")

            page = _page(browser, width, scripts=True)
            page.goto(url)
            _sign_in(page, _find(said, r"password (\S+)"))
            _speak(page, f"{url}admin/", language)
            photos.pictures(page, f"{url}admin/", there, take)
            _speak(page, f"{url}admin/", "")
            page.context.close()


def _screens(page: Page, admin: str, screens: dict[str, str], width: int) -> None:
    """Look at screens that need nothing but an address."""
    for name, place in screens.items():
        page.goto(f"{admin}{place}")
        _take(page, f"{name}-{width}")


def _persian_pictures(page: Page, admin: str, width: int) -> None:
    """Let the account have the site in Persian, and look at it from right to left."""
    _speak(page, admin, "fa")
    page.goto(admin)
    _take(page, f"newsroom-fa-{width}")
    page.goto(f"{admin}mirrors/")
    _take(page, f"mirrors-fa-{width}")
    _screens(
        page, admin, {f"{name}-fa": place for name, place in SCREENS.items()}, width
    )
    page.goto(admin)
    page.locator("tr", has_text="fa").first.get_by_role("link").first.click()
    page.locator("td.title a").first.click()
    page.wait_for_load_state("networkidle")
    _take(page, f"edit-fa-{width}")
    _speak(page, admin, "")


def _speak(page: Page, admin: str, language: str) -> None:
    """Choose the language of the site, as an editor does in the account."""
    page.goto(f"{admin}account/")
    chosen = page.locator("select[name$=preferred_language]")
    chosen.select_option(language, force=True)
    with page.expect_navigation():
        chosen.evaluate("field => field.form.requestSubmit()")
    if language and page.locator("html").get_attribute("lang") != language:
        sys.exit(f"the account did not take the language {language}")


def _writing_pictures(page: Page, url: str, width: int) -> None:
    """Look at what an article has beside its text."""
    page.goto(f"{url}admin/")
    page.locator("tr", has_text="en").first.get_by_role("link").first.click()
    page.locator("td.title a", has_text="post by post").first.click()
    for tab in ("Topics", "Credits"):
        page.get_by_role("tab", name=tab).click()
        page.evaluate("scrollTo(0, 0)")
        _take(page, f"{tab.lower()}-{width}")


def _desk_pictures(page: Page, admin: str, width: int) -> None:
    """Take the desks of front pages, one half arranged, and of breaking news."""
    for service, name in (("en", "desk"), ("fa", "desk-rtl")):
        page.goto(f"{admin}front/{service}/")
        for _ in range(3):
            page.get_by_role("button", name=re.compile("^Add")).first.press("Enter")
            page.wait_for_timeout(500)
        _take(page, f"{name}-{width}")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview at four widths").press("Enter")
    opened.value.set_viewport_size({"width": width, "height": SIZES[width]})
    opened.value.wait_for_load_state("networkidle")
    _take(opened.value, f"preview-{width}")
    opened.value.close()
    page.goto(f"{admin}breaking/")
    _take(page, f"breaking-{width}")


def _page(browser: Browser, width: int, *, scripts: bool) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        java_script_enabled=scripts,
    )
    return context.new_page()


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(
        HERE / f"{name}.png", optimize=True
    )


if __name__ == "__main__":
    main()
