"""Keep the rows of editors' small views in memory, while their files are there.

Django names it in `CACHES`: a page with forty pictures asks the database for none.
"""

from typing import Any

from django.core.cache.backends.locmem import LocMemCache


class SmallViewsCache(LocMemCache):
    """Forgets a row whose file is gone.

    Wagtail keeps rows by the hash of the picture's file. One that gets its former file
    again would be shown by a view that went with it the first time, in every process.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Give a row, or the default where there is none or its file is gone."""
        row = super().get(key, None, version)
        if row is None or not row.file.storage.exists(row.file.name):
            return default
        return row
