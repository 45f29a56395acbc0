"""Read the style rules of a newsroom's own, and refuse what could hide a word.

Decides which parts of a page may be dressed and with what: letters, their weight and
size, rules and air. No rule of these can hide, move, colour or add anything, so that a
page says the same with them and without.

Source: spec/story-document.md, "Look"; CSS 2.2, section 4.1.
"""

import re

LONGEST = 600  # characters as kept: they stand on every page
MARK = "/*own*/"  # stands before them in the stylesheet of a page

_PARTS = {"body", "h1", "h2", ".mast", ".name", ".fixed", ".kick", ".stand", ".bar"}
_PARTS |= {".from", ".when", ".line", ".ends", ".related", ".by"}
_LINE = r"[0-9]px (?:solid|double|dotted|dashed)"
_AIR = r"(?:0|[0-3]?(?:\.[0-9]{1,2})?r?em)"
_VALUES = {  # of a property, as far as it may be changed
    "font-family": r"[A-Za-z0-9 ,\"'-]{1,120}",
    "font-weight": "[4-9]00|normal|bold",
    "font-style": "normal|italic",
    "font-size": r"[1-4](?:\.[0-9]{1,2})?rem",
    "line-height": r"1\.[1-9][0-9]?|2",
    "text-align": "start|center",
    "text-transform": "none|uppercase",
    **dict.fromkeys(("border-top", "border-bottom", "border-block"), f"0|{_LINE}"),
    **dict.fromkeys(("padding", "padding-block", "padding-inline"), _AIR),
    **dict.fromkeys(("margin-bottom", "margin-block"), _AIR),
}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")


def kept(text: str) -> str:
    """Keep style rules, without what space and comments say nothing.

    Raises:
        ValueError: a part, a property or a value that may not be changed, with the line
            it stands in; or too much of it.
    """
    bare = _COMMENT.sub(lambda one: "\n" * one[0].count("\n"), text)
    found, at = [], 0
    for rule in _RULE.finditer(bare):
        if bare[at : rule.start()].strip():
            break
        line = 1 + bare.count("\n", 0, rule.end(1))
        found.append(_rule(rule[1], rule[2], line))
        at = rule.end()
    if bare[at:].strip():
        line = 1 + bare.count("\n", 0, at + len(bare[at:]) - len(bare[at:].lstrip()))
        raise ValueError(
            f"line {line}: expected a rule, as “.name {{font-size: 2rem}}”"
        )
    rules = "".join(found)
    if len(rules) > LONGEST:
        raise ValueError(f"{len(rules)} characters of rules, at most {LONGEST}")
    return rules


def _rule(parts: str, body: str, line: int) -> str:
    names = [part.strip() for part in parts.split(",")]
    for name in names:
        if name not in _PARTS:
            known = " ".join(sorted(_PARTS))
            raise ValueError(f"line {line}: expected one of {known}, found {name!r}")
    said = [
        _declaration(declaration, number)
        for number, text in enumerate(body.split("\n"), line)
        for declaration in filter(None, map(str.strip, text.split(";")))
    ]
    return f"{','.join(names)}{{{';'.join(said)}}}"


def _declaration(text: str, line: int) -> str:
    name, _, value = (part.strip() for part in text.partition(":"))
    allowed = _VALUES.get(name)
    if allowed is None:
        known = " ".join(sorted(_VALUES))
        raise ValueError(f"line {line}: expected one of {known}, found {name!r}")
    if not re.fullmatch(allowed, value):
        raise ValueError(f"line {line}: {name} cannot be {value!r}")
    return f"{name}:{value}"


def is_kept(text: str) -> bool:
    """Tell whether rules are as `kept` gives them."""
    try:
        return kept(text) == text
    except ValueError:
        return False
