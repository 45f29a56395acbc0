"""Let those who change one page take turns, whatever the database.

SQLite has one writer. PostgreSQL lets two editors work at once, and the second would
decide by what stood there before the first: so each holds the page's row from its first
look to the end of its transaction. Pages of others go on meanwhile.
"""

from wagtail.models import Page


def take_turn(key: int) -> None:
    """Wait until nobody else changes a page, then hold it until the transaction ends.

    References from other rows stay possible: a translation waits for nobody.

    Args:
        key: of a page; one that is not there is nobody's.
    """
    rows = Page.objects.select_for_update(no_key=True).filter(pk=key)
    rows.order_by().values_list("pk").first()
