"""Print the pages of a service: pure functions from stories to bytes.

Decides what stands at which address. Every page is complete without a script, asks no
other host for anything, links only to its own mirror and is at most 16,384 bytes long.

Source: spec/addresses.md.
"""

from tamizdat.edition.pages.addresses import article_path
from tamizdat.edition.pages.articles import article_pages
from tamizdat.edition.pages.cards import Card, card
from tamizdat.edition.pages.constant import (
    chooser_page,
    not_found_page,
    notice_page,
    trust_page,
)
from tamizdat.edition.pages.listings import (
    corrections,
    corrections_pages,
    front_page,
    listing,
    listing_pages,
)
from tamizdat.edition.pages.shelves import FULL, Shelf
from tamizdat.edition.pages.theme import PAGE_BYTES, Page

__all__ = [
    "FULL",
    "PAGE_BYTES",
    "Card",
    "Page",
    "Shelf",
    "article_pages",
    "article_path",
    "card",
    "chooser_page",
    "corrections",
    "corrections_pages",
    "front_page",
    "listing",
    "listing_pages",
    "not_found_page",
    "notice_page",
    "trust_page",
]
