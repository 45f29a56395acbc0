"""Pictures of work at a desk: what is held, compared, taken over, pasted, in the way.

`SET_UP` runs once inside the demo's newsroom and gives the screens something real to
show; it says on standard output where.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

Take = Callable[[Page, str], None]
SAMPLES = Path(__file__).parents[2] / "tests/newsroom/clipboard"
# What another program puts into the clipboard when somebody copies there.
COPY = """([html, text]) => document.addEventListener("copy", (event) => {
  event.preventDefault();
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", text);
}, { once: true })"""
SET_UP = """
from tamizdat.newsroom.commands import start_django
start_django()
import json
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.utils import timezone
from tamizdat.newsroom import actions
from tamizdat.newsroom.desk import locks
from tamizdat.newsroom.models import (
    Article, ArticlePage, FollowUp, ServicePage, Version)
from tamizdat.newsroom.writing import stories

people, now = get_user_model().objects, timezone.now()
editor, colleague = people.get(username="editor"), people.create_user("colleague")
en, fa = (ServicePage.objects.get(service_id=name) for name in ("en", "fa"))
ServicePage.objects.filter(pk=en.pk).update(hold_seconds=600)
colleague.groups.add(en.roles.get(role="duty-editor").group)

def write(service, headline, text, **fields):
    body = [{"kind": "paragraph", "text": text}] if text else []
    section = fields.pop("section", service.sections.first().section_id)
    return actions.create_article(
        service, headline, body, editor, section=section, **fields)

two = write(en, "Court opens its archive", "The archive opens on Monday.",
            standfirst="Readers may ask for any file.")
base = two.latest_revision
late = two.get_latest_revision_as_object()
late.title = "Court opens its archive to all"
late.standfirst = "Anybody may ask for any file, without saying why."
beside = late.save_revision(user=editor)
newest = base.as_object()
newest.kicker = "Right to know"
newest.standfirst = "From Monday on, readers may ask for any file."
newest.save_revision(user=colleague)
version = Version.objects.create(
    revision=beside, base=base, kind=Version.BESIDE, person=editor, made=now,
    name="Kept beside")
taken = write(en, "Library lends its press", "A press of 1922 prints again.")
locks.take(taken.pk, colleague)
unready = write(en, "Notes from the trial", "", section="")
for days, (headline, text) in enumerate((
    ("دادگاه بایگانی خود را می‌گشاید", "بایگانی از دوشنبه باز است."),
    ("کتابخانه چاپخانهٔ خود را به امانت می‌دهد", "چاپخانه‌ای از ۱۹۲۲ دوباره کار می‌کند."),
    ("نشست خبری ناشران", "ناشران دربارهٔ کتاب‌های ممنوع سخن می‌گویند."),
), start=1):
    page = write(fa, headline, text)
    stories.set_embargo(page, now + timedelta(days=days, hours=1), editor)
    page.go_live_at = now + timedelta(days=days, hours=2)
    page.save_revision(user=editor).publish(user=editor)
longest = Article.objects.filter(service=en).order_by("-number", "pk").first()
pair = Article.objects.filter(service=fa, source__service=en, number__gt=0).first()
actions.publish_article(ArticlePage.objects.get(article=pair), None, "redaction")
source = ArticlePage.objects.get(article=pair.source)
held = ArticlePage.objects.filter(
    article__service=en, article__number=1, article__followups=None).first()
print(json.dumps({
    "merge": [two.pk, version.pk], "taken": taken.pk, "unready": unready.pk,
    "longest": [longest.pk, longest.page.pk, longest.number], "held": held.pk,
    "answers": source.pk, "service": en.pk,
    "task": FollowUp.objects.on(source.article_id).get().pk}))
"""


def pictures(page: Page, admin: str, there: dict[str, Any], take: Take) -> None:
    """Take them all.

    Args:
        page: signed in as the editor.
        admin: address of the editors' site.
        there: as `SET_UP` told.
        take: keeps what a page shows, under a name.
    """
    _plain(page, admin, there, take)
    _edit(page, admin, there["unready"])
    page.locator("#why-not summary").first.click()
    take(page, "why")
    _edit(page, admin, there["taken"])
    take(page, "taken")
    _held(page, admin, there, take)
    _pasted(page, admin, there, take)
    _edit(page, admin, there["answers"])
    page.locator("[name=next_kind][value=redaction]").check()
    page.locator("[name=next_answers]").first.check()
    _show(page, "[name=next_keeps_notes]")
    take(page, "answers")


def persian(page: Page, admin: str, there: dict[str, Any], take: Take) -> None:
    """Take those that are looked at from right to left; the site is in Persian."""
    page.goto(f"{admin}front/fa/")
    take(page, "desk-fa")
    page.goto(f"{admin}desk/merge/{'/'.join(map(str, there['merge']))}/")
    take(page, "merge-fa")
    _edit(page, admin, there["unready"])
    page.locator("#why-not summary").first.click()
    take(page, "why-fa")
    page.goto(f"{admin}releases/tasks/{there['task']}/")
    take(page, "task-fa")


def _plain(page: Page, admin: str, there: dict[str, Any], take: Take) -> None:
    """Look at what needs nothing but an address."""
    article, form, newest = there["longest"]
    places = {
        "merge": f"desk/merge/{'/'.join(map(str, there['merge']))}/",
        "compare": f"releases/changes/{article}/?from=1&to={newest}",
        "history": f"pages/{form}/history/",
        "log": "desk/log/",
        "task": f"releases/tasks/{there['task']}/",
    }
    for name, place in places.items():
        page.goto(f"{admin}{place}")
        if name in {"history", "log"}:
            _show(page, ".listing tbody tr:nth-of-type(3), .listing tbody tr")
        take(page, name)


def _edit(page: Page, admin: str, key: int) -> None:
    page.goto(f"{admin}pages/{key}/edit/")
    page.wait_for_load_state("networkidle")


def _show(page: Page, selector: str) -> None:
    """Bring a field to the middle of the window, clear of what stands at its edges."""
    middle = "one => one.scrollIntoView({ block: 'center', behavior: 'instant' })"
    page.locator(selector).first.evaluate(middle)


def _held(page: Page, admin: str, there: dict[str, Any], take: Take) -> None:
    """Press Publish, look at what is held, and undo it."""
    _edit(page, admin, there["held"])
    page.fill("[name=standfirst]", "What changed this week, and what did not.")
    page.locator("[name=next_kind][value=update]").check()
    button = page.locator("button[name=action-publish]").first
    if not button.is_visible():
        page.get_by_role("button", name="More actions").click()
    button.click()
    page.wait_for_url(re.compile("/held/"))
    take(page, "held")
    page.locator("#main").get_by_role("button", name="Undo").click()
    page.wait_for_url(re.compile("/edit/"))


def _pasted(page: Page, admin: str, there: dict[str, Any], take: Take) -> None:
    """Copy from Word, look at that, and at the draft that is made of it."""
    other = page.context.new_page()
    html = (SAMPLES / "word.html").read_text(encoding="utf-8")
    other.set_content(f"<style>body {{ margin: 2rem }}</style>{html}")
    take(other, "paste-before")
    other.evaluate(COPY, [html, "the words alone"])
    other.keyboard.press("Control+a")
    other.keyboard.press("Control+c")
    page.bring_to_front()
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{admin}desk/paste/{there['service']}/")
    page.get_by_label("Text").click()
    page.keyboard.press("Control+v")
    page.get_by_text("Its headings, lists, tables and links are kept").wait_for()
    page.get_by_role("button", name="Make a draft").click()
    page.wait_for_url(re.compile("/edit/"))
    page.wait_for_load_state("networkidle")
    _show(page, ".public-DraftEditor-content")
    take(page, "paste-after")
    other.close()
