"""What a fixture makes in an empty newsroom: made by its verb once, then told again.

A service is some hundred rows that its verb works out anew for each of a thousand
tests, with the same outcome each time. The statements that wrote them are kept, and
told to the database again where it stands as it stood then. Tests of a verb call it.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection

_Statement = tuple[str, Any, bool]  # SQL, its parameters, whether they are many rows
_State = tuple[tuple[str, int], ...]  # tables that were written to, and their last keys
_KEPT: dict[tuple[str, _State], list[_Statement]] = {}
_WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def made_again(name: str, make: Callable[[], object]) -> None:
    """Have in the database what `make` writes, by its statements if they are known.

    Args:
        name: of what is made, and in what: the same writes the same rows. Two services
            made in another order leave the same last keys.
        make: asks the verb. It is asked where the test commits for real, since the verb
            may wait for that, and on PostgreSQL, whose keys are never given out twice.
    """
    if connection.vendor != "sqlite" or not connection.in_atomic_block:
        make()
        return
    place = name, _state()
    if place not in _KEPT:
        kept: list[_Statement] = []
        with connection.execute_wrapper(_keeper(kept)):
            make()
        _KEPT[place] = kept
        return
    with connection.cursor() as cursor:
        for sql, parameters, many in _KEPT[place]:
            (cursor.executemany if many else cursor.execute)(sql, parameters)


def _state() -> _State:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        return tuple(cursor.fetchall())


def _keeper(kept: list[_Statement]) -> Callable[..., Any]:
    def keep(execute: Callable[..., Any], *statement: Any) -> Any:
        sql, parameters, many, context = statement
        if many:
            parameters = [tuple(row) for row in parameters]
        if sql.startswith(_WRITING):
            kept.append((sql, parameters, many))
        return execute(sql, parameters, many, context)

    return keep
