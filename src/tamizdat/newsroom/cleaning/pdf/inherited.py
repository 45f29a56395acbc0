"""Tell which fonts forms draw with that were chosen by what draws them.

A form begins with the font that is in force where it is drawn, and one that chooses
none shows its words in that.

Source: ISO 32000-2, 8.10.1 (forms begin with the state in force).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from tamizdat.newsroom.errors import AttachmentError

LEAST = 0.1  # of a point, and of a breadth: what a form may take over
_SIZELESS = "forms of this PDF take over letters of no size: print it to a new PDF"


class Inherited:
    """Words that forms show in a font that they did not choose."""

    def __init__(self, say: Callable[[int, Any, bytes], None]) -> None:
        """Begin. `say`: is told what a stream draws with a font."""
        self._say = say
        self._fonts: dict[int, list[tuple[Any, float]]] = defaultdict(list)
        self._texts: dict[int, list[bytes]] = defaultdict(list)
        self._below: dict[int, set[int]] = defaultdict(set)

    def show(self, form: int, text: bytes) -> None:
        """Note what a form shows in the font that it was given."""
        self._texts[form].append(text)
        for font, size in self._fonts[form]:
            self._shown(form, font, size, text)

    def call(self, stream: int, form: int, font: Any, size: float) -> None:
        """Note that a stream draws a form.

        Args:
            stream: that does.
            form: that is drawn.
            font: in force there; None where it is that which the stream was given.
            size: of it.
        """
        if font is not None:
            self._hand(form, font, size)
            return
        self._below[stream].add(form)
        for given, its in list(self._fonts[stream]):
            self._hand(form, given, its)

    def _hand(self, form: int, font: Any, size: float) -> None:
        """Give a font to a form, and to forms that it draws without another one."""
        left, is_small = [form], abs(size) < LEAST
        while left:
            one = left.pop()
            if not self._is_given(one, font, is_small=is_small):
                self._fonts[one].append((font, size))
                for text in self._texts[one]:
                    self._shown(one, font, size, text)
                left += self._below[one]

    def _is_given(self, form: int, font: Any, *, is_small: bool) -> bool:
        return any(
            given is font and (abs(size) < LEAST) == is_small
            for given, size in self._fonts[form]
        )

    def _shown(self, form: int, font: Any, size: float, text: bytes) -> None:
        if abs(size) < LEAST:
            raise AttachmentError(_SIZELESS)
        self._say(form, font, text)

    def unshown(self) -> Iterator[bytes]:
        """Give what forms show that nothing gives a font."""
        for form, texts in self._texts.items():
            if not self._fonts[form]:
                yield from texts


def refuse_narrow(width: float) -> None:
    """Refuse letters of no breadth where a form would take them over."""
    if abs(width) < LEAST:
        raise AttachmentError(_SIZELESS)
