"""Write a PDF anew: its pages and what they draw, nothing of who wrote it, or where."""

from tamizdat.newsroom.cleaning.pdf.lengths import refuse_long
from tamizdat.newsroom.cleaning.pdf.pages import clean, is_pdf
from tamizdat.newsroom.cleaning.pdf.unseen import Unseen, unseen

__all__ = ["Unseen", "clean", "is_pdf", "refuse_long", "unseen"]
