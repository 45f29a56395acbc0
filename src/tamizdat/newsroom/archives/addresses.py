"""Let the addresses that readers had for a story lead to the article it became."""

from collections.abc import Iterable, Sequence

from tamizdat.edition.pages.addresses import old_path
from tamizdat.newsroom.models import Article, OldAddress
from tamizdat.wire.items import WireItem

_MOST = 20  # of one story, as its document allows
_LONGEST = 2_000


def addresses_of(item: WireItem, more: Iterable[str | None]) -> list[str]:
    """List the addresses that readers had for a story, each once.

    Args:
        item: as it was parsed.
        more: where it was found, and what led there.
    """
    found = [item.guid, *more]
    found += [one.guid for one in item.associations if one.rel == "permalink"]
    sound = [
        address
        for address in found
        if address
        and address.startswith(("http://", "https://"))
        and len(address) <= _LONGEST
    ]
    return list(dict.fromkeys(sound))


def take(
    addresses: Iterable[str], article: Article, before: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Let addresses lead to an article, those that lead nowhere yet.

    Args:
        addresses: as readers had them.
        article: saved.
        before: those that lead to it already.

    Returns:
        All that lead to it now, and in words those that lead elsewhere.
    """
    permalinks, warnings = list(before), list[str]()
    for address in addresses:
        if address in permalinks or len(permalinks) >= _MOST:
            continue
        try:
            path = old_path(address)
        except ValueError:
            continue  # the front of a site
        place, _made = OldAddress.objects.get_or_create(
            service=article.service, path=path, defaults={"article": article}
        )
        if place.article_id == article.pk:
            permalinks.append(address)
        else:
            warnings.append(f"{address} leads to another story already")
    return permalinks, warnings
