"""Find who signed a release: the person in our lists, whatever name stands there.

A pen name that became a typed one would go out on one person's word, so a protected
person is never lost on the way to a translation.

Source: spec/story-document.md, `bylines`.
"""

import re
from collections.abc import Mapping
from typing import Any

from tamizdat.newsroom.models import Person

_ID = re.compile(r"p([0-9]{1,18})")


def person_of(row: Mapping[str, Any]) -> Person | None:
    """Find the person of a byline.

    By its id; else, in a release of before there were any, by its name. Of several
    with one name a protected one is meant, who needs two people; of several others
    nobody knows who.

    Args:
        row: a byline of a story document that says it is a person's.
    """
    known = _ID.fullmatch(row.get("id") or "")
    if known:
        found: Person | None = Person.objects.filter(pk=int(known[1])).first()
        if found is not None:
            return found
    named = Person.objects.filter(names__name=row["name"]).distinct()
    people: list[Person] = list(named.order_by("pk"))
    hidden = [one for one in people if one.is_protected]
    if hidden:
        return hidden[0]
    return people[0] if len(people) == 1 else None
