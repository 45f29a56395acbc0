"""The frame round a page, for whoever asks: `{% extends request|frame %}`."""

from django import template

from tamizdat.newsroom import trouble

register = template.Library()
register.filter("frame", trouble.frame)
