"""Write sizes and lengths of files as the readers of a service do.

Source: Unicode CLDR unit patterns, from the pinned CLDR data.
"""

from functools import lru_cache

from babel.units import format_unit

from tamizdat.edition.languages import locale_of, own_digits

_KILO, _MEGA = 1_000, 1_000_000  # bytes, as CLDR and shops count them
_WHOLE = 10  # megabytes from which on nobody needs a fraction
_DECIMAL = str.maketrans(".,", "\u066b\u066b")  # beside the digits of Persian


@lru_cache(maxsize=4096)
def write_size(size: int, language: str) -> str:
    """Write a size in bytes, as "183 kB" or "2.4 MB"."""
    if size < _MEGA:
        unit, value = "digital-kilobyte", float(max(1, round(size / _KILO)))
    else:
        unit, value = "digital-megabyte", size / _MEGA
        value = round(value, 0 if value >= _WHOLE else 1)
    number: float | int = int(value) if value.is_integer() else value
    text = format_unit(number, unit, "short", locale=locale_of(language))
    own = own_digits(text, language)
    return own if own == text else own.translate(_DECIMAL)


def write_length(seconds: int, language: str) -> str:
    """Write a length in seconds, as "5:12" or "1:02:03"."""
    minutes, rest = divmod(seconds, 60)
    hours, left = divmod(minutes, 60)
    clock = f"{hours}:{left:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return own_digits(clock, language)
