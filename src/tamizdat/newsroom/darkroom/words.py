"""Say what a picture shows, for whom and whose it is, in the language of a service.

Decides the order: what an article says, what is kept of the picture in that language,
what is kept of it in any. A caption has no third place: it is told in a language.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from tamizdat.newsroom.models.pictures import Picture, PictureWords

KEYS = ("caption", "alt", "credit")


def told(picture: Picture, language: str, typed: Mapping[str, Any]) -> dict[str, str]:
    """Give caption, alt, credit and terms; "" for what nobody has said.

    Args:
        picture: of the newsroom's store.
        language: BCP 47 tag.
        typed: in the article, any of the four.
    """
    own = _own(picture, language)
    known = {
        "caption": own.caption,
        "alt": own.alt or picture.description,
        "credit": own.credit or picture.credit,
        "terms": picture.terms,
    }
    return {key: typed.get(key) or text for key, text in known.items()}


def _own(picture: Picture, language: str) -> PictureWords:
    # All of them, so that they can be read for many pictures together.
    found = (row for row in picture.words.all() if row.language == language)
    return next(found, None) or PictureWords(picture=picture, language=language)


@transaction.atomic
def keep(picture: Picture, rows: Iterable[PictureWords]) -> None:
    """Keep the words of a picture in some languages; empty ones go."""
    for row in rows:
        kept = {key: getattr(row, key).strip() for key in KEYS}
        same: dict[str, Any] = {"picture": picture, "language": row.language}
        if any(kept.values()):
            PictureWords.objects.update_or_create(**same, defaults=kept)
        else:
            PictureWords.objects.filter(**same).delete()
