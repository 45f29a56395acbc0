"""Say what changed between two editions in the words of an editor, a line each."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tamizdat.edition.compare import ADDED, KEPT, REMOVED, Run, written
from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import Way, write_day
from tamizdat.edition.printing import PARTS
from tamizdat.edition.releases import Line
from tamizdat.edition.stories import NOTED_KINDS
from tamizdat.mirrors import differences
from tamizdat.mirrors.differences import CHANGED, GONE, NEW, Article, Difference
from tamizdat.mirrors.reprint import UNKNOWN_STYLE, Found

_MARK = re.compile(r"<link [^>]*>|</?(?:strong|em)>|⟨U\+[0-9A-F]+⟩")
_NAMED = 10  # numbers or articles named in one line


def told(found: Difference) -> Iterator[str]:
    """Say what changed, a line each: articles, other files, the count."""
    first = found.before.statement.number if found.before else "none"
    yield f"{found.service}: edition {first} to {found.after.statement.number}"
    for article in found.articles:
        if not article.same and not article.styled:
            yield f"  {article_line(article)}"
    if styled := [article for article in found.articles if article.styled]:
        yield f"  changed without a release line: {UNKNOWN_STYLE}: {_some(styled)}"
    if same := [article for article in found.articles if article.same]:
        yield f"  reprinted, words the same: {_some(same)}"
    for number, runs in found.frames.items():
        yield f"  around every article, from edition {number}: {_frame(runs)}"
    for name, editions in sorted(found.packed.items()):
        yield f"  {_packed(name, editions)}"
    for path, number in found.swapped:
        yield f"  picture changed under its name, in edition {number}: {path}"
    for group, files in found.files.items():
        yield f"  {group}: {_files(group, files)}"
    if found.unread:
        yield f"  not on the mirror, lines unknown: {_unread(found)}"
    yield f"{found.service}: {_count(found)}"


def _some(articles: Sequence[Article]) -> str:
    """Count articles, and name the first of them."""
    named = ", ".join(article.id for article in articles[:_NAMED])
    more = len(articles) - _NAMED
    rest = f" and {more} more" if more > 0 else ""
    return f"{_many(len(articles))}: {named}{rest}"


def _many(articles: int) -> str:
    return "1 article" if articles == 1 else f"{articles} articles"


def _frame(runs: Sequence[Run]) -> str:
    changed = any(run.kind != KEPT for run in runs)
    return written(runs) if changed else "the look; its words are the same"


def _packed(name: str, editions: Mapping[int, Sequence[str]]) -> str:
    """Say what the pack has otherwise; never its words, which may be withdrawn."""
    many = "edition" if len(editions) == 1 else "editions"
    numbers = ", ".join(map(str, editions))
    said = dict.fromkeys(one for found in editions.values() for one in found)
    what = f"the pack is not what its articles say, in {many} {numbers}"
    return f"{what}: {name}: {', '.join(said)}"


def _unread(found: Difference) -> str:
    named = ", ".join(map(str, found.unread[:_NAMED]))
    more = len(found.unread) - _NAMED
    many = "edition" if len(found.unread) == 1 else "editions"
    return f"{many} {named}" + (f" and {more} more" if more > 0 else "")


def article_line(article: Article) -> str:
    """Say in one line what happened to an article, and why."""
    name = f"{article.id} ({article.path})" if article.path else article.id
    alarm = ""
    if article.silent:
        word = "changed" if article.change == differences.SAME else article.change
        alarm = f"{word} without a release line{_editions(article)}: "
    elif article.broken:
        alarm = "a release line is out of its chain: "
    kinds = ", ".join(_kind(line) for line in article.lines)
    change = "" if article.change == CHANGED else article.change
    said = ", ".join(part for part in (change, kinds) if part)
    rest = "; ".join(_sayings(article))
    return f"{alarm}{name}: {said + ': ' if said else ''}{rest}"


def _editions(article: Article) -> str:
    many = "edition" if len(article.silent) == 1 else "editions"
    return f" in {many} {', '.join(map(str, article.silent))}"


def _kind(line: Line) -> str:
    day = write_day(line.time.date(), Way("gregorian"), "en-GB")
    return f"{line.kind} of {day}"


def _sayings(article: Article) -> Iterator[str]:
    yield from article.broken
    if said := _instead(article):
        yield said
    for part, runs in article.parts.items():
        if part in {"headline", "note"} or article.change not in {NEW, GONE}:
            yield _part(part, runs)
    for found in article.silent.values():
        yield from _unseen(article, found)
    if article.path and article.change != GONE and not article.problem:
        yield from _notes(article)


def _unseen(article: Article, found: Found) -> Iterator[str]:
    """Say what was changed silently in places where the text does not show it."""
    shown = article.parts.keys() - {"links"}
    for part, runs in found.items():
        name = PARTS.get(part, part)
        if not runs or article.hidden:
            yield f"differs: {name}"
        elif part not in shown or _marks(runs, ADDED) != _marks(runs, REMOVED):
            yield f"{name}: {written(runs)}"


def _marks(runs: Sequence[Run], without: str) -> list[str]:
    """List links, emphasis and unseen characters of one of two compared texts."""
    return _MARK.findall("".join(run.text for run in runs if run.kind != without))


def _instead(article: Article) -> str:
    """Say why no part of an article is shown, if none is."""
    if article.problem:
        return article.problem
    if article.hidden:
        return "its words are not shown"
    if not article.path:
        return "no page of it differs"
    return "" if article.parts or article.silent else "its words are the same"


def _notes(article: Article) -> Iterator[str]:
    """Miss the notes that readers are owed, and name those that cannot be shown."""
    last = max(
        (one.number for one in article.lines if one.kind == "withdrawal"), default=0
    )
    for line in article.lines:
        # A withdrawn story shows no note: it could say which story it was.
        owed = line.kind in (*NOTED_KINDS, "redaction") and line.number > last
        if owed and line.number not in article.noted:
            yield f"no note stands for release {line.number}"
        elif owed and article.hidden:
            yield f"the note of release {line.number} stands"


def _part(part: str, runs: Sequence[Run]) -> str:
    old = clipped("".join(run.text for run in runs if run.kind != ADDED))
    new = clipped("".join(run.text for run in runs if run.kind != REMOVED))
    if part == "headline" and old and new:
        return f"headline “{old}” is now “{new}”"
    if part == "headline":
        return f"headline “{new or old}”"
    if part == "note" and not old:
        return f"note: “{new}”".replace("\n", "” “")
    return f"{part}: {written(runs)}"


def _files(group: str, files: Sequence[tuple[str, str]]) -> str:
    if group in {"trust page", "other files"}:
        return ", ".join(f"{path} ({change})" for path, change in files)
    by = [change for _path, change in files]
    words = [word for word in (NEW, CHANGED, GONE) if word in by]
    unit = "page" if group == "lists" else "file"
    total = f"{len(by)} {unit}{'' if len(by) == 1 else 's'}"
    if words == [CHANGED]:
        return total
    return f"{total}: {', '.join(f'{by.count(word)} {word}' for word in words)}"


def _count(found: Difference) -> str:
    by = [article.change for article in found.articles if not article.same]
    same = len(found.articles) - len(by)
    silent = sum(bool(article.silent) for article in found.articles)
    broken = sum(bool(article.broken) for article in found.articles)
    counts = [f"{by.count(word)} {word}" for word in (NEW, CHANGED, GONE)]
    counts += [f"{same} reprinted"] if same else []
    verdict = [f"{silent} without a release line"] if silent else []
    verdict += [f"{broken} with a release line out of its chain"] if broken else []
    verdict += [f"{len(found.swapped)} pictures swapped"] if found.swapped else []
    verdict += [f"{len(found.packed)} unlike it in the pack"] if found.packed else []
    said = ", ".join(verdict) or "each has its line"
    if not found.articles and not found.swapped and not found.packed:
        return "no article changed"
    return f"{_many(len(found.articles))}: {', '.join(counts)}; {said}"
