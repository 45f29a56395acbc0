"""What a reading of a mirror found: problems, counted and in words.

Decides how a problem is called. What is a problem is for `probe` and `logbook`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from tamizdat.edition.errors import ObjectError
from tamizdat.mirrors.errors import MirrorError, MissingError

PROBLEMS = 100  # listed for one service; the rest is counted


@dataclass(frozen=True)
class Problem:
    """One thing that is not as signed.

    Attributes:
        kind: forged, missing, unfinished, refused, unknown or unreachable.
        path: below the mirror's root.
        expected: SHA-256 in hex, or words.
        found: SHA-256 in hex, or words.
    """

    kind: str
    path: str
    expected: str
    found: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.path}: {self.kind}: expected {self.expected}, found {self.found}"


@dataclass(kw_only=True)
class Findings:
    """What a reading found.

    Attributes:
        files: files checked; `size`: their bytes, identity.
        count: of all problems; `problems` has the first hundred.
    """

    files: int = 0
    size: int = 0
    count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.count += 1
        if len(self.problems) < PROBLEMS:
            self.problems.append(problem)

    def drop(self, path: str) -> None:
        """Forget the problems of one path."""
        kept = [problem for problem in self.problems if problem.path != path]
        self.count -= len(self.problems) - len(kept)
        self.problems = kept


@dataclass
class Report(Findings):
    """What a mirror holds of one service.

    Attributes:
        number: of the edition its `latest` names, None if that does not verify.
        index, leaf: of its statement in the log; the leaf hash has 32 bytes.
        latest: the file that verified.
        withheld: False if the service has no edition yet, so that nothing is.
        seconds: since the first of its bytes was read.
        witnesses: names of those that cosigned the head in its `latest`.
        witnessed: they are the quorum; `asked`: the trust note asks for one.
    """

    service: str
    number: int | None = None
    time: datetime | None = None
    tree: str | None = None
    index: int | None = None
    leaf: bytes = b""
    latest: bytes = b""
    withheld: bool = True
    seconds: float = 0.0
    witnesses: tuple[str, ...] = ()
    witnessed: bool = False
    asked: bool = False

    @property
    def verified(self) -> bool:
        """Tell whether every byte looked at is the signed one."""
        return not self.count and (self.number is not None or not self.withheld)


def refused(path: str, error: Exception) -> Problem:
    """Turn an error met at a path into a problem."""
    if isinstance(error, ObjectError):
        return Problem("forged", error.path, error.expected, error.found)
    found = str(error).removeprefix(f"{path}: ")
    if isinstance(error, MissingError):
        return Problem("missing", path, "a file", found)
    if isinstance(error, MirrorError):
        return Problem("unreachable", path, "an answer", found)
    return Problem("refused", path, "signed bytes", found)
