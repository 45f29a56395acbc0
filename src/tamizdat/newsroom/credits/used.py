"""Ask from which agencies an article was made.

What was used is kept by whoever brings copy in. Each gives a reader to `READERS`, once,
when the app is ready.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tamizdat.newsroom.credits.agencies import ids_of

Reader = Callable[[Any], Iterable[str]]  # a page: names or ids, in the order of use
READERS: list[Reader] = []


def agencies_used(page: Any) -> list[str]:
    """List ids of the agencies whose work stands in an article, in the order of use.

    Args:
        page: an `ArticlePage`; one that is not saved yet has used nothing.
    """
    if not page.article_id:
        return []
    return ids_of([name for read in READERS for name in read(page)])
