"""Read one post of an export into a wire item."""

import re

from tamizdat.wire.decode import Decoded
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.items import Association, Media, Rendition, WireItem
from tamizdat.wire.markup.loose import passages_of_loose
from tamizdat.wire.markup.noted import noted
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, words
from tamizdat.wire.parsers.wxr.classic import html_of
from tamizdat.wire.parsers.wxr.site import Site, postmeta, tree_of
from tamizdat.wire.receipt import ReceiptWriter

__all__ = ["Site", "read_post"]
FAMILY = "wxr"
_KINDS = {"post", "page", "article", "news", "story"}
_NEVER = {
    *("attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset"),
    *("oembed_cache", "wp_block", "wp_template", "wp_navigation", "wp_global_styles"),
    *("acf-field", "acf-field-group", "wpcf7_contact_form", "feedback", "popup"),
    *("wp_template_part", "wp_font_family", "wp_font_face", "user_request"),
}
_STATUS = {"publish": "usable", "future": "withheld"}
_SUBTITLES = ("subtitle", "_subtitle", "sub_title", "kicker", "post_subtitle", "lead")
_NO_DATE = "0000-00-00"
_ZERO = re.compile(r"0000-00-00.*")


def read_post(data: bytes, place: str, site: Site) -> WireItem | None:
    """Read a post; None for what is none: pictures, menus, revisions.

    Raises:
        WireError: it cannot be read.
    """
    receipt = ReceiptWriter()
    tree = tree_of(site.head, data, place, receipt)
    item = first(tree, ".//item")
    kind = words(item, "wp.post_type") or "post"
    if item is None or kind in _NEVER:
        return None
    draft = Draft(family=FAMILY, receipt=receipt, noted=noted(item, receipt))
    _fields(item, draft, site)
    _status(item, draft)
    _content(item, draft, site)
    return finish(draft, Source(data, place, Decoded("", "utf-8", "utf-8", 0)))


def _fields(item: Element, draft: Draft, site: Site) -> None:
    draft.provider, draft.language = site.title, site.language
    draft.guid = words(item, "guid") or words(item, "link")
    title = words(item, "title")
    draft.headlines += [unescaped(title)] if title else []
    login = words(item, "dc.creator")
    if login:
        draft.bylines.append(site.authors.get(login, login))
    link = words(item, "link")
    if link and link != draft.guid:
        draft.associations.append(Association("permalink", link))
    created = _when(item, "wp.post_date_gmt")
    draft.published_at = f"{created}Z" if created else _local(item)
    changed = _when(item, "wp.post_modified_gmt")
    draft.updated_at = f"{changed}Z" if changed else None
    for one in every(item, "category"):
        name = words(one)
        if name and attribute(one, "domain") in {"category", "post_tag", None}:
            draft.subjects.append(unescaped(name))
    excerpt = words(item, "excerpt.encoded")
    draft.abstract = unescaped(excerpt) if excerpt else None


def _when(item: Element, name: str) -> str | None:
    said = words(item, name)
    return None if said is None or _ZERO.match(said) else said.replace(" ", "T")


def _local(item: Element) -> str | None:
    return _when(item, "wp.post_date") or words(item, "pubdate")


def _status(item: Element, draft: Draft) -> None:
    status = words(item, "wp.status") or "publish"
    draft.pubstatus = _STATUS.get(status, "withheld")
    if status == "future":
        draft.embargo = draft.published_at
    elif status == "trash":
        draft.pubstatus = "canceled"
    if status not in _STATUS:
        draft.receipt.warn(f"the site had it as {status!r}, not before readers")
    if words(item, "wp.post_password"):
        draft.pubstatus = "withheld"
        draft.receipt.warn("the site showed it to who had a password alone")
    comments = len(every(item, "wp.comment"))
    if comments:
        draft.receipt.drop(1, None, f"{comments} comments of readers")


def _content(item: Element, draft: Draft, site: Site) -> None:
    written = first(item, "content.encoded", "encoded")
    text = "".join(written.itertext()) if written is not None else ""
    base = words(item, "link") or site.address
    draft.passages, draft.media = passages_of_loose(
        html_of(text), 1, base, draft.receipt
    )
    fields = postmeta(item)
    for name in _SUBTITLES:
        if name in fields and draft.abstract is None:
            draft.abstract = unescaped(fields[name])
    lead = site.pictures.get(fields.get("_thumbnail_id", ""))
    shown = {r.href for one in draft.media for r in one.renditions}
    if lead is not None and lead.href not in shown:
        file = (Rendition(href=lead.href),)
        picture = Media("picture", lead.caption, lead.alt, renditions=file)
        draft.media.insert(0, picture)
    if not draft.passages:
        draft.receipt.warn("no body")
