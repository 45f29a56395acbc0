"""Write a PDF anew: its pages and what they draw, nothing of who wrote it, or where."""

from tamizdat.newsroom.cleaning.pdf.pages import clean, is_pdf

__all__ = ["clean", "is_pdf"]
