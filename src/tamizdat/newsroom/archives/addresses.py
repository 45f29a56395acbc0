"""Let the addresses that readers had for a story lead to the article it became."""

from collections.abc import Iterable, Sequence

from tamizdat.edition.pages.addresses import old_path
from tamizdat.newsroom.models import Article, OldAddress
from tamizdat.wire.items import WireItem

MOST = 20  # of one story, as its document allows
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


def claim(
    asked: Sequence[tuple[Article, Sequence[str]]],
) -> tuple[list[OldAddress], list[tuple[list[str], list[str]]]]:
    """Let addresses lead to articles that are new, as `take` does for each.

    Args:
        asked: articles of one service, not saved yet, with addresses as readers had
            them.

    Returns:
        What is to be saved behind the articles; and for each article the addresses
        that will lead to it, and in words those that lead elsewhere.
    """
    paths = [[(one, path_of(one)) for one in some] for _article, some in asked]
    wanted = {path for some in paths for _one, path in some if path}
    rows = OldAddress.objects.filter(service=asked[0][0].service, path__in=wanted)
    taken = set(rows.values_list("path", flat=True))
    places, told = list[OldAddress](), list[tuple[list[str], list[str]]]()
    for (article, _addresses), some in zip(asked, paths, strict=True):
        leading, warnings, mine = list[str](), list[str](), set[str]()
        for address, path in some:
            if path is None or address in leading or len(leading) >= MOST:
                continue
            if path in taken - mine:
                warnings.append(f"{address} leads to another story already")
                continue
            if path not in mine:
                row = OldAddress(service=article.service, article=article, path=path)
                places.append(row)
            mine.add(path)
            taken.add(path)
            leading.append(address)
        told.append((leading, warnings))
    return places, told


def path_of(address: str) -> str | None:
    """Give the path of an old address; None for the front of a site."""
    try:
        return old_path(address)
    except ValueError:
        return None


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
        if address in permalinks or len(permalinks) >= MOST:
            continue
        path = path_of(address)
        if path is None:
            continue
        place, _made = OldAddress.objects.get_or_create(
            service=article.service, path=path, defaults={"article": article}
        )
        if place.article_id == article.pk:
            permalinks.append(address)
        else:
            warnings.append(f"{address} leads to another story already")
    return permalinks, warnings
