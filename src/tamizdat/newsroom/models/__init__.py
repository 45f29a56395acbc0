"""What the newsroom keeps: fields and constraints; verbs stand in `actions`."""

from tamizdat.newsroom.models.articles import Article, Story
from tamizdat.newsroom.models.breaking import Breaking, Offer, OfferOptOut
from tamizdat.newsroom.models.desks import ServiceDesk, ServiceRole
from tamizdat.newsroom.models.fronts import Arrangement, Slot
from tamizdat.newsroom.models.ledger import Release
from tamizdat.newsroom.models.pages import ArticlePage, Byline
from tamizdat.newsroom.models.pictures import Picture, Rendition, Thumbnail
from tamizdat.newsroom.models.services import Section, ServicePage
from tamizdat.newsroom.models.signoffs import SignOff
from tamizdat.newsroom.models.versions import Hold, Version

__all__ = [
    "Arrangement",
    "Article",
    "ArticlePage",
    "Breaking",
    "Byline",
    "Hold",
    "Offer",
    "OfferOptOut",
    "Picture",
    "Release",
    "Rendition",
    "Section",
    "ServiceDesk",
    "ServicePage",
    "ServiceRole",
    "SignOff",
    "Slot",
    "Story",
    "Thumbnail",
    "Version",
]
