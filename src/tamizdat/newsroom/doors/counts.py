"""Keep what doors count where every process sees it, and the rest where it is quick.

Wagtail asks the same cache for the addresses of its sites, once for each row of a list:
those stay in the process, as they do in a newsroom without counts.
"""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT as DEFAULT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache

_OF_WAGTAIL = "wagtail_"


class CountsCache(DatabaseCache):
    """A cache in a table, but for Wagtail's own keys, which no door counts by."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self._near = LocMemCache(table, params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Look up one key."""
        if key.startswith(_OF_WAGTAIL):
            return self._near.get(key, default, version)
        return super().get(key, default, version)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT, version: int | None = None
    ) -> None:
        """Keep one value for `timeout` seconds."""
        if key.startswith(_OF_WAGTAIL):
            return self._near.set(key, value, timeout, version)
        return super().set(key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget one key; say whether it was there."""
        if key.startswith(_OF_WAGTAIL):
            return bool(self._near.delete(key, version))
        return bool(super().delete(key, version))

    def clear(self) -> None:
        """Forget everything."""
        self._near.clear()
        super().clear()
