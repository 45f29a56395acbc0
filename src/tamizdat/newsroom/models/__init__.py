"""What the newsroom keeps: fields and constraints; verbs stand in `actions`."""

from tamizdat.newsroom.models.articles import Article, Story
from tamizdat.newsroom.models.attachments import Attachment, AttachmentFile
from tamizdat.newsroom.models.breaking import Breaking, Offer, OfferOptOut
from tamizdat.newsroom.models.decisions import WireReading, WireVerdict
from tamizdat.newsroom.models.desks import ServiceDesk, ServiceRole
from tamizdat.newsroom.models.doors import Attempt, Invitation, Kept, Session
from tamizdat.newsroom.models.followups import FollowUp, Mention, Origin
from tamizdat.newsroom.models.fronts import Arrangement, Slot
from tamizdat.newsroom.models.holds import Erasure, HeldRelease, UndonePost
from tamizdat.newsroom.models.imports import Imported, ImportedPicture, OldAddress
from tamizdat.newsroom.models.joins import WireJoin
from tamizdat.newsroom.models.ledger import Release
from tamizdat.newsroom.models.pages import ArticlePage
from tamizdat.newsroom.models.people import Person, PersonName
from tamizdat.newsroom.models.pictures import (
    EverShown,
    Picture,
    PictureCheck,
    PictureWords,
    PrivateOriginal,
    Rendition,
    Showing,
    Thumbnail,
)
from tamizdat.newsroom.models.rows import (
    Byline,
    ForeignWords,
    PagePlace,
    PageTag,
    RelatedStory,
)
from tamizdat.newsroom.models.searches import SavedSearch
from tamizdat.newsroom.models.services import Section, ServicePage, ServiceWords
from tamizdat.newsroom.models.signoffs import SignOff
from tamizdat.newsroom.models.stories import StoryChange
from tamizdat.newsroom.models.subjects import Place, Tag
from tamizdat.newsroom.models.versions import Hold, Version
from tamizdat.newsroom.models.wire import (
    KeptItem,
    RefusedFile,
    Sketch,
    WireAlert,
    WireSource,
    WireUse,
)

__all__ = [
    "Arrangement",
    "Article",
    "ArticlePage",
    "Attachment",
    "AttachmentFile",
    "Attempt",
    "Breaking",
    "Byline",
    "Erasure",
    "EverShown",
    "FollowUp",
    "ForeignWords",
    "HeldRelease",
    "Hold",
    "Imported",
    "ImportedPicture",
    "Invitation",
    "Kept",
    "KeptItem",
    "Mention",
    "Offer",
    "OfferOptOut",
    "OldAddress",
    "Origin",
    "PagePlace",
    "PageTag",
    "Person",
    "PersonName",
    "Picture",
    "PictureCheck",
    "PictureWords",
    "Place",
    "PrivateOriginal",
    "RefusedFile",
    "RelatedStory",
    "Release",
    "Rendition",
    "SavedSearch",
    "Section",
    "ServiceDesk",
    "ServicePage",
    "ServiceRole",
    "ServiceWords",
    "Session",
    "Showing",
    "SignOff",
    "Sketch",
    "Slot",
    "Story",
    "StoryChange",
    "Tag",
    "Thumbnail",
    "UndonePost",
    "Version",
    "WireAlert",
    "WireJoin",
    "WireReading",
    "WireSource",
    "WireUse",
    "WireVerdict",
]
