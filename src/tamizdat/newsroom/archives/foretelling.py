"""Say what a run would do, and write nothing.

The same questions are asked in the same order as when stories are recorded, of the
newsroom and of what this run would have written before.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tamizdat.newsroom import actions
from tamizdat.newsroom.archives import stories
from tamizdat.newsroom.archives.addresses import MOST, path_of
from tamizdat.newsroom.archives.leaving import why_held, why_not_newer, why_not_touch
from tamizdat.newsroom.archives.ready import Ready
from tamizdat.newsroom.forms import fresh_id
from tamizdat.newsroom.models import (
    Article,
    Imported,
    OldAddress,
    Release,
    ServicePage,
    Story,
)
from tamizdat.newsroom.models.ledger import fresh_salt

Content = Callable[[Article, Sequence[str]], dict[str, Any]]
Ledger = tuple[tuple[int, str, datetime], ...]  # number, kind and time


@dataclass(frozen=True)
class Verdict:
    """What would become of a story; as of `Row`."""

    result: str
    article: Article | None = None
    permalinks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    why: str | None = None


@dataclass(slots=True)
class _State:
    """An article as the run would have left it."""

    article: Article
    ledger: Ledger
    permalinks: tuple[str, ...]
    rows_at: int | None = None
    lines: list["_Line"] = field(default_factory=list)
    is_bare: bool = True  # as far as the run knows: rows say it of themselves

    @property
    def number(self) -> int:
        return self.ledger[-1][0]

    def append(self, kind: str, time: datetime) -> None:
        self.ledger = (*self.ledger, (self.number + 1, kind, time))


@dataclass(slots=True)
class _Line:
    """A row of `Imported` as the run would have left it."""

    state: _State
    words: str
    sha256: str
    number: int
    bare: bool


@dataclass
class Foretelling:
    """What a run would have written so far, for one service."""

    service: ServicePage
    bare: bool
    _states: dict[int, _State] = field(default_factory=dict)
    _lines: dict[str, _Line] = field(default_factory=dict)
    _by_words: dict[str, str] = field(default_factory=dict)
    _by_bytes: dict[str, str] = field(default_factory=dict)
    _paths: dict[str, _State] = field(default_factory=dict)

    def has(self, one: Ready) -> bool:
        """Say whether this run would have written a story by any of its names."""
        return one.key in self._lines or one.words in self._by_words

    def told_bytes(self, sha256: str) -> Article | None:
        """Give the article that bytes would have become in an earlier batch."""
        line = self._lines.get(self._by_bytes.get(sha256, ""))
        return line.state.article if line and line.sha256 == sha256 else None

    def is_replaced(self, row: Imported) -> bool:
        """Say whether the run would have put other bytes in place of a row."""
        line = self._lines.get(row.key)
        return line is not None and line.sha256 != row.sha256

    def has_words(self, words: str) -> bool:
        """Say whether a story of these words would be here."""
        return self._twin(words) is not None

    def is_bare(self, key: str) -> bool:
        """Say whether a story would be here without its pictures."""
        line = self._line(key)
        return line is not None and line.bare

    def verdict(self, one: Ready, write: Content) -> Verdict:
        """Say what would become of a story.

        Args:
            one: the story.
            write: gives its document, of an article and the addresses that lead to it.

        Raises:
            CopyError: the press would refuse it.
        """
        known = self._line(one.key)
        if known is not None and known.words != one.words:
            return self._updated(one, write, known)
        if known is not None and known.bare and one.found:
            return self._illustrated(one, write, known)
        twin = known or self._twin(one.words)
        if twin is not None:
            return self._merged(one, twin, is_same=known is not None)
        return self._created(one, write)

    def _created(self, one: Ready, write: Content) -> Verdict:
        article = Article(service=self.service, story=Story(), address=fresh_id())
        times = one.times
        ledger: Ledger = ((1, "publish", times.published),)
        if times.updated is not None:
            ledger = (*ledger, (2, "update", times.updated))
        state = _State(article, ledger, ())
        paths, warnings = self._taken(one.addresses, state)
        _proofread(one, write, state, paths)
        self._lead(state, paths)
        self._note(one, state)
        return Verdict("in", None, state.permalinks, warnings)

    def _updated(self, one: Ready, write: Content, known: _Line) -> Verdict:
        state = known.state
        time = one.times.updated or one.times.published
        why = why_not_newer(
            state.article,
            is_as_it_came=known.number == state.number,
            is_newer=time > state.ledger[-1][2],
        )
        if why is not None:
            return Verdict("merged", state.article, why=why)
        paths, warnings = self._taken(one.addresses, state)
        later = _State(state.article, state.ledger, state.permalinks)
        later.append("update", max(time, state.ledger[-1][2] + actions.TICK))
        _proofread(one, write, later, paths)
        state.ledger = later.ledger
        self._lead(state, paths)
        self._note(one, state)
        return Verdict("updated", state.article, state.permalinks, warnings)

    def _illustrated(self, one: Ready, write: Content, known: _Line) -> Verdict:
        state = known.state
        why = why_not_touch(state.article, is_as_it_came=known.number == state.number)
        if why is not None:
            return Verdict("merged", state.article, why=why)
        later = _State(state.article, state.ledger, state.permalinks)
        later.append("minor", state.ledger[-1][2] + actions.TICK)
        _proofread(one, write, later, {})
        self._move_on(state, later.ledger)
        state.is_bare = False
        for line in (*state.lines, known):
            line.bare = False
        return Verdict("updated", state.article, state.permalinks)

    def _merged(self, one: Ready, twin: _Line, *, is_same: bool) -> Verdict:
        state, paths, warnings = twin.state, dict[str, str](), tuple[str, ...]()
        article = state.article
        as_it_came = twin.number == state.number
        held = why_held(article)
        free = why_not_touch(article, is_as_it_came=as_it_came) is None
        if free and not article.taken_back:
            paths, warnings = self._taken(one.addresses, state)
        if paths:
            later = _State(article, state.ledger, state.permalinks)
            later.append("minor", state.ledger[-1][2] + actions.TICK)
            self._move_on(state, later.ledger)
            self._lead(state, paths)
        if not is_same:
            self._note(one, state)
        why = held or "here already"
        return Verdict("merged", article, state.permalinks, warnings, why)

    def _move_on(self, state: _State, ledger: Ledger) -> None:
        """Append a release that every row of an article is moved on to."""
        state.ledger = ledger
        state.rows_at = state.number
        for line in state.lines:
            line.number = state.number

    def _note(self, one: Ready, state: _State) -> None:
        line = _Line(state, one.words, one.sha256, state.number, self.bare)
        state.lines.append(line)
        self._lines[one.key] = line
        self._by_words.setdefault(one.words, one.key)
        self._by_bytes[one.sha256] = one.key

    def _line(self, key: str) -> _Line | None:
        if key in self._lines:
            return self._lines[key]
        rows = Imported.objects.filter(service=self.service, key=key)
        return self._of(rows.select_related("article__story").first())

    def _twin(self, words: str) -> _Line | None:
        rows = Imported.objects.filter(service=self.service, words=words)
        for row in rows.select_related("article__story").order_by("pk"):
            line = self._lines.get(row.key)
            if line is None or line.words == words:
                return line or self._of(row)
        line = self._lines.get(self._by_words.get(words, ""))
        return line if line is not None and line.words == words else None

    def _of(self, row: Imported | None) -> _Line | None:
        if row is None:
            return None
        state = self._states.get(row.article_id) or self._read(row.article)
        number = row.number if state.rows_at is None else state.rows_at
        return _Line(
            state, row.words, row.sha256, number, bool(row.bare) and state.is_bare
        )

    def _read(self, article: Article) -> _State:
        releases = list(article.releases.order_by("number"))
        ledger = tuple((row.number, row.kind, row.time) for row in releases)
        ours = releases[-1].content.get("tamizdat") or {}
        state = _State(article, ledger, tuple(ours.get("permalinks") or ()))
        self._states[article.pk] = state
        return state

    def _taken(
        self, addresses: Iterable[str], state: _State
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        """Say which addresses would lead to an article now, and which lead elsewhere.

        Returns:
            By address its path; and words.
        """
        paths, warnings = dict[str, str](), list[str]()
        for address in addresses:
            known = {*state.permalinks, *paths}
            path = None if address in known or len(known) >= MOST else path_of(address)
            if path is None:
                continue
            if self._leads_elsewhere(path, state):
                warnings.append(f"{address} leads to another story already")
            else:
                paths[address] = path
        return paths, tuple(warnings)

    def _leads_elsewhere(self, path: str, state: _State) -> bool:
        if path in self._paths:
            return self._paths[path] is not state
        rows = OldAddress.objects.filter(service=self.service, path=path)
        return bool(rows.exclude(article=state.article.pk).exists())

    def _lead(self, state: _State, paths: dict[str, str]) -> None:
        state.permalinks = (*state.permalinks, *paths)
        self._paths.update(dict.fromkeys(paths.values(), state))


def _proofread(one: Ready, write: Content, state: _State, paths: Iterable[str]) -> None:
    content = write(state.article, [*state.permalinks, *paths])
    releases = [
        Release(number=number, kind=kind, time=time, salt=fresh_salt())
        for number, kind, time in state.ledger
    ]
    stories.proofread(content, releases, one.candidate.name)
