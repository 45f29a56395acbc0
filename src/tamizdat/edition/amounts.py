"""Find the numbers of a text that are written with a sign, a unit or in groups.

Decides where such a number begins and ends, in figures of any script. A page from right
to left would set its parts in another order than they were written in.

Source: spec/story-document.md, "Other languages in a text".
"""

import re

ANY_FIGURE = "0-9\u0660-\u0669\u06f0-\u06f9"
PLUS_MINUS = "+\u00b1\u2212"
_BLANK = "[ \u00a0\u202f]"
HYPHEN = "\\-\u2010\u2011"
ARABIC = "\u0660-\u0669"  # figures that go from right to left, group by group
_LATE = "0-9\u06f0-\u06f9"  # in Arabic figures a minus stands behind the number
SPAN = f"[{ANY_FIGURE}]+"
_FRONT = "(?<![^\\s(\\[\u00ab\u201c\u201e\u2018\"'])"  # of a word
_PART = f"(?:[.,\u066b\u066c]{SPAN})"
_RANGE = f"(?:{_PART}|[:/]{SPAN}|(?<![{ARABIC}])[{HYPHEN}\u2013][{_LATE}]+)*+"
_MONEY = "$\u00a2-\u00a5\u058f\u20a0-\u20cf"
_CURRENCY = f"(?:[{_MONEY}]{_BLANK}?)"
_PER_CENT = "%\u066a\u2030"
_UNIT = f"{_BLANK}?[{_PER_CENT}\u00b0{_MONEY}]"
_HYPHEN_MINUS = (  # elsewhere a dash, or a range
    f"{_FRONT}(?<![{ANY_FIGURE}{_PER_CENT}\u00b0{_MONEY}]{_BLANK})-"
)
SIGN = re.compile(  # a hyphen is one with money or a unit, or where it stands alone
    f"(?<![{ANY_FIGURE}])"
    f"(?:[+\u00b1](?={_CURRENCY}?[{ANY_FIGURE}])|\u2212(?={_CURRENCY}?[{_LATE}]))"
    f"|{_HYPHEN_MINUS}(?={_CURRENCY}[{_LATE}]"
    f"|[{_LATE}]++{_PART}*+{_BLANK}?[\u00b0{_MONEY}]|[0-9]++{_PART}*+{_UNIT})"
    f"|\\A-(?=[{_LATE}]++{_PART}*+(?:{_UNIT})?\\Z)"
)
_SIGNED = re.compile(f"[{PLUS_MINUS}-]{_CURRENCY}?{SPAN}{_RANGE}(?:{_UNIT})?+")
_GROUP = f"[{_LATE}]+"
_JOIN = f"[ \u00a0\u202f./{HYPHEN}]"
_TELEPHONE = re.compile(  # "+1 (202) 555-01"
    f"\\+{_GROUP}(?:{_JOIN}?\\({_GROUP}\\)|{_JOIN}{_GROUP}|(?<=\\)){_GROUP})*"
)
_LEAST_DIALLED = 7  # figures; fewer with a plus are an amount
BEFORE = re.compile(  # as in "3G", "10-12.5 °C", "\u2212US$5", "@name", ".NET"
    f"(?:(?:(?<![{ANY_FIGURE}])[{PLUS_MINUS}])?{SPAN}{_RANGE}"
    f"(?:[{HYPHEN}/]|{_BLANK}?\u00b0)?"
    f"|{_HYPHEN_MINUS}[{_LATE}]++{_PART}*+{_BLANK}?\u00b0"
    f"|(?:[{PLUS_MINUS}]|{_HYPHEN_MINUS})?{_CURRENCY}{SPAN}{_RANGE}(?:/|{_BLANK})?"
    f"|{_FRONT}(?:[{PLUS_MINUS}]|[@#.]+[_{ANY_FIGURE}]*+))\\Z"
)
HYPHEN_SIGN = f"-(?={_CURRENCY}?[{_LATE}])"  # it may be one


def number_end(text: str, start: int) -> int:
    """Find where a number ends. `start`: of its sign, as `SIGN` finds it."""
    dialled = _TELEPHONE.match(text, start)
    if dialled and sum(map(str.isdecimal, dialled[0])) >= _LEAST_DIALLED:
        return dialled.end()
    signed = _SIGNED.match(text, start)
    return signed.end() if signed else start
