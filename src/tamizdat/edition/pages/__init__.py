"""Print the pages of a service: pure functions from stories to bytes.

Decides what stands at which address. Every page is complete without a script, asks no
other host for anything, links only to its own mirror and is at most 16,384 bytes long.

Source: spec/addresses.md.
"""

from tamizdat.edition.pages.addresses import article_path, continued, text_path
from tamizdat.edition.pages.almanac import archive_pages, month_pages, month_path
from tamizdat.edition.pages.articles import article_pages
from tamizdat.edition.pages.budget import PAGE_BYTES
from tamizdat.edition.pages.cards import (
    LATELY,
    WITHDRAWN,
    Author,
    Card,
    Shown,
    Sound,
    Thumb,
    card,
    standing,
)
from tamizdat.edition.pages.changes import changes_pages, changes_path
from tamizdat.edition.pages.constant import (
    Carried,
    about_pages,
    chooser_pages,
    feeds_pages,
    mirrors_pages,
    moved_pages,
    not_found_page,
    notice_pages,
    trust_page,
)
from tamizdat.edition.pages.exhibits import Face
from tamizdat.edition.pages.feeds import TOLD
from tamizdat.edition.pages.front import front_page
from tamizdat.edition.pages.listings import (
    Heard,
    Noted,
    author_list,
    corrections_list,
    news_list,
    noted,
    podcast_list,
    section_list,
    tag_list,
)
from tamizdat.edition.pages.shelves import (
    FULL,
    Chunk,
    Shelf,
    last_chunk,
    open_chunks,
    unit_of,
)
from tamizdat.edition.pages.syndication import SITEMAP, news_sitemap
from tamizdat.edition.pages.textonly import text_front, text_pages
from tamizdat.edition.pages.texts import texts_of
from tamizdat.edition.pages.theme import THEME, Page

__all__ = [
    "FULL",
    "LATELY",
    "PAGE_BYTES",
    "SITEMAP",
    "THEME",
    "TOLD",
    "WITHDRAWN",
    "Author",
    "Card",
    "Carried",
    "Chunk",
    "Face",
    "Heard",
    "Noted",
    "Page",
    "Shelf",
    "Shown",
    "Sound",
    "Thumb",
    "about_pages",
    "archive_pages",
    "article_pages",
    "article_path",
    "author_list",
    "card",
    "changes_pages",
    "changes_path",
    "chooser_pages",
    "continued",
    "corrections_list",
    "feeds_pages",
    "front_page",
    "last_chunk",
    "mirrors_pages",
    "month_pages",
    "month_path",
    "moved_pages",
    "news_list",
    "news_sitemap",
    "not_found_page",
    "noted",
    "notice_pages",
    "open_chunks",
    "podcast_list",
    "section_list",
    "standing",
    "tag_list",
    "text_front",
    "text_pages",
    "text_path",
    "texts_of",
    "trust_page",
    "unit_of",
]
