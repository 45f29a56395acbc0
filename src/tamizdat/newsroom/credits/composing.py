"""Compose the line that credits agencies, as "With reporting by AP, Reuters, and TASS".

The words are the paper's own (docs/decisions/0030-language-files.md), the list is
written by CLDR's pattern of the language, or by ours where its file has one.
"""

from collections.abc import Sequence

from django.conf import settings

from tamizdat.edition.languages import listed
from tamizdat.edition.wording import wording
from tamizdat.newsroom.credits.agencies import name_in, state_in
from tamizdat.newsroom.credits.checking import credited

LONGEST = 300  # characters of a credit line, as its field has them


def compose(ids: Sequence[str], language: str, *, labels: bool | None = None) -> str:
    """Write the credit line of a text in which the work of agencies stands.

    Args:
        ids: of agencies, or names of unknown ones, in the order of their use.
        language: BCP 47 tag of the service.
        labels: whether state agencies are called so; None as the newsroom chose.

    Returns:
        One line without a full stop, without labels where it were too long with them;
        "" where no agency is named, or too many are.
    """
    names = list(dict.fromkeys(named(one, language, labels=labels) for one in ids))
    if not names:
        return ""
    pattern = wording(language).plain["with_reporting"]
    line = pattern.format(agencies=listed(names, language))
    if len(line) <= LONGEST:
        return line
    return "" if labels is False else compose(ids, language, labels=False)


def named(id_: str, language: str, *, labels: bool | None = None) -> str:
    """Name one agency, with the state that owns it if the newsroom says so."""
    name, country = name_in(id_, language), state_in(id_, language)
    wanted = settings.TAMIZDAT.labels_state_agencies if labels is None else labels
    if not country or not wanted:
        return name
    return _labelled(name, country, language)


def unlabelled(line: str, ids: Sequence[str], language: str) -> list[str]:
    """List what a line written by hand leaves out of what is said of state agencies.

    Args:
        line: as it stands.
        ids: of the agencies whose work is used, and which the line names.
        language: of the service.

    Returns:
        Labels, as "(Russian state agency)", which the composed line has more often.
    """
    whole = compose(ids, language)
    states = (state_in(one, language) for one in ids)
    labels = [_labelled("", one, language).strip() for one in states if one]
    return [one for one in dict.fromkeys(labels) if line.count(one) < whole.count(one)]


def _labelled(name: str, country: str, language: str) -> str:
    pattern = wording(language).plain["state_agency"]
    return pattern.format(agency=name, country=country)


def follow(
    line: str, before: Sequence[str], after: Sequence[str], language: str
) -> str:
    """Follow what is used in a credit line, unless an editor wrote it by hand.

    Args:
        line: as it stands.
        before: ids of the agencies used when it was written.
        after: ids of those that are used now.
        language: of the service.

    Returns:
        The line composed anew, where `line` is empty or was composed; else `line`.
    """
    ours = {compose(before, language, labels=flag) for flag in (True, False)}
    return compose(after, language) if not line.strip() or line in ours else line


def carried(line: str, used: Sequence[str], before: str, language: str) -> str:
    """Carry a credit line over to a translation.

    Args:
        line: of the source, as its readers have it.
        used: ids of the agencies on record for the source.
        before: BCP 47 tag of the source.
        language: of the translation.

    Returns:
        The line composed anew, where it was composed, in whatever order the editors
        put the agencies; else `line`, whose words are the translator's to translate.
    """
    ids = credited(line, used)
    return compose(ids, language) if follow(line, ids, (), before) == "" else line
