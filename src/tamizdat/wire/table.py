"""Draw which fields were found in which items, one row an item, for many files."""

from collections.abc import Iterable

from tamizdat.wire.items import WireItem

# Heading of a column -> field. A list shows how many, all else only that it is there.
COLUMNS = {
    "prov": "provider",
    "guid": "guid",
    "vers": "version",
    "stat": "pubstatus",
    "sign": "signal",
    "lang": "language",
    "slug": "slugline",
    "kick": "kicker",
    "head": "headline",
    "brea": "breaking",
    "upda": "updated",
    "byli": "byline",
    "bio": "bio",
    "cont": "contributors",
    "date": "dateline",
    "urge": "urgency",
    "subj": "subjects",
    "emba": "embargo",
    "publ": "published_at",
    "chan": "updated_at",
    "cred": "credit",
    "righ": "rights",
    "term": "usageterms",
    "edno": "ednote",
    "abst": "abstract",
    "body": "body",
    "medi": "media",
    "asso": "associations",
    "noti": "notices",
}
_NAME = 28  # columns for the end of a file's name
_HEAD = f"{'file':<{_NAME}} {'family':<11} {'type':<8}"


def heading() -> str:
    """Write the heading of the table."""
    return f"{_HEAD} {' '.join(f'{name:>4}' for name in COLUMNS)} drop warn\n"


def rows(file: str, items: Iterable[WireItem]) -> str:
    """Write one row for each item of a file."""
    return "".join(_row(file, item) for item in items)


def refused(file: str) -> str:
    """Write the row of a file that was refused; why stands on standard error."""
    return f"{file[-_NAME:]:<{_NAME}} refused\n"


def _row(file: str, item: WireItem) -> str:
    cells = [_cell(getattr(item, field)) for field in COLUMNS.values()]
    cells += [str(len(item.receipt.dropped)), str(len(item.receipt.warnings))]
    first = f"{file[-_NAME:]:<{_NAME}} {item.family:<11} {item.type:<8}"
    return f"{first} {' '.join(f'{cell:>4}' for cell in cells)}\n"


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return str(len(value)) if value else "."
    return "x" if value not in {None, False} else "."
