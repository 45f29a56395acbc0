"""Count by address without knowing one.

Whoever tries passwords is told from others by a hash of the address, keyed with a
secret of the day. The secret stands in the cache all processes share and nowhere else;
when the next day's is made, it is deleted with everything that had run out.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from tamizdat.newsroom.models import Kept

_LONGEST = timedelta(days=1)


def hidden(address: str, now: datetime | None = None) -> str:
    """Give 32 hexadecimal digits that stand for an address today, and never again.

    Args:
        address: of whoever asks.
        now: UTC.
    """
    secret = _secret(now or timezone.now())
    return hmac.digest(secret.encode(), address.encode(), "sha256").hex()[:32]


def _secret(now: datetime) -> str:
    key = f"tamizdat.day.{now:%Y-%m-%d}"
    found = cache.get(key)
    if found is None:
        Kept.objects.filter(expires__lt=now).delete()
        cache.add(key, secrets.token_hex(32), timeout=_LONGEST.total_seconds())
        found = cache.get(key)
    return str(found)
