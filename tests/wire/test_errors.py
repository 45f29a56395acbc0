import inspect

import pytest

from tamizdat.wire import errors
from tamizdat.wire.errors import NoBodyError, WireError
from tamizdat.wire.parsers import parse


@pytest.mark.parametrize(
    "data",
    [
        b"Hello",
        b"XS\nSM",
        b"One Two\n\nThree Four",
        b"(" * 60_000,
        b"( " * 30_000,
        b"1 2 3 4 5 6 7 8 9.",
        "\u2014 ".encode() * 40 + b".",
    ],
    ids=lambda data: str(data[:20]),
)
def test_page_without_a_paragraph_is_refused(data):
    with pytest.raises(NoBodyError) as caught:
        parse(data, "f.txt")

    assert str(caught.value).startswith("f.txt: the body: expected a headline and")


def test_every_error_of_the_room_is_in_the_drawn_tree():
    kinds = [
        name
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, WireError)
    ]

    assert not [name for name in kinds if name not in (errors.__doc__ or "")]
