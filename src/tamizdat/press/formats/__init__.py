"""Offline files: one edition as a text, a page, a book or a library.

Each format writes a draft: a file whose seal is zeros still, and where that lies.
"""
