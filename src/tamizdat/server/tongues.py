"""Tell Django and Wagtail of the languages a newsroom works in.

Django keeps a list of languages by itself and refuses to name any other: it knows no
Bashkir, Chechen, Crimean Tatar, Dari, Montenegrin or Pashto.
"""

from django.conf import global_settings
from django.conf.locale import LANG_INFO

from tamizdat.edition.headings import heading, tags

_OTHERS = (  # a newsroom may write them; its pages say their own words in English
    ("ar", "العربية"),
    ("tr", "Türkçe"),
    ("ur", "اردو"),
    ("zh-hans", "简体中文"),
)
# What editors may have the site in: languages of ours in which Wagtail has some of it.
ADMIN = ("en", "ru", "be", "bg", "fa", "hu", "ka", "ro", "uk")


def register() -> None:
    """Add to Django's names of languages those of the language files."""
    for head in map(heading, tags()):
        for tag in (head.tag, *head.also):
            LANG_INFO.setdefault(
                tag,
                {
                    "bidi": head.direction == "rtl",
                    "code": tag,
                    "name": head.english,
                    "name_local": head.name,
                },
            )


def content_languages() -> list[tuple[str, str]]:
    """List what a service may be written in: tag and own name, sorted by tag."""
    return sorted([*((tag, heading(tag).name) for tag in tags()), *_OTHERS])


def right_to_left() -> list[str]:
    """List the tags of languages written from right to left."""
    ours = {tag for tag in tags() if heading(tag).direction == "rtl"}
    return sorted(ours | set(global_settings.LANGUAGES_BIDI))


def admin_languages() -> list[tuple[str, str]]:
    """List what an editor may have the site in."""
    names = dict(content_languages())
    return [(tag, names[tag]) for tag in ADMIN]
