"""Read a content file: service and story documents, one a line.

Decides which documents fit together. What one document may say is for
`edition.documents`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tamizdat.edition.documents import DOCUMENT_BYTES, read_document
from tamizdat.edition.errors import StoryError
from tamizdat.edition.stories import Service, Story
from tamizdat.press.errors import ContentError


@dataclass(frozen=True)
class Content:
    """The frozen input of one press run.

    Attributes:
        services: by id, in the order of their ids.
        stories: of each service, by time of first release and id.
        refused: what was left out, and why.
    """

    services: dict[str, Service]
    stories: dict[str, list[Story]]
    refused: tuple[StoryError, ...] = ()


def read_content(path: Path) -> Content:
    """Read a content file; documents that do not fit are refused one by one.

    Raises:
        ContentError: the file is missing, empty or cannot be read.
    """
    refused: list[StoryError] = []
    documents: list[tuple[str, Service | Story]] = []
    for number, line in _lines(path):
        place = f"{path.name} line {number}"
        try:
            documents.append((place, read_document(line, place)))
        except StoryError as error:
            refused.append(error)
    if not documents and not refused:
        raise ContentError(f"{path}: empty, expected one document a line")
    return gather(documents, refused)


def gather(
    documents: Iterable[tuple[str, Service | Story]],
    refused: Iterable[StoryError] = (),
) -> Content:
    """Sort documents by service and refuse those that do not fit together.

    Args:
        documents: each with its place, for messages.
        refused: what could not be read at all.
    """
    errors = list(refused)
    services: dict[str, Service] = {}
    articles: dict[tuple[str, str], tuple[str, Story]] = {}
    for place, document in documents:
        key = (document.service, document.id) if isinstance(document, Story) else None
        if key in articles or (key is None and document.id in services):
            errors.append(StoryError(place, "id", f"{document.id!r} stands twice"))
        elif isinstance(document, Story):
            articles[document.service, document.id] = (place, document)
        else:
            services[document.id] = document
    stories: dict[str, list[Story]] = {id_: [] for id_ in sorted(services)}
    for place, story in articles.values():
        if error := _misfit(place, story, services.get(story.service)):
            errors.append(error)
        else:
            stories[story.service].append(story)
    for rows in stories.values():
        rows.sort(key=lambda story: (story.published, story.id))
    return Content(dict(sorted(services.items())), stories, tuple(errors))


def picture_folder(folder: Path) -> Callable[[str], bytes | None]:
    """Make a reader of pictures kept as <h2>/<sha256> below a folder."""

    def read(digest: str) -> bytes | None:
        try:
            return (folder / digest[:2] / digest).read_bytes()
        except FileNotFoundError:
            return None

    return read


def _misfit(place: str, story: Story, service: Service | None) -> StoryError | None:
    place = f"{place} ({story.service}/{story.id})"
    if service is None:
        return StoryError(place, "tamizdat.service", f"no service {story.service!r}")
    if story.language != service.language:
        return StoryError(place, "language", f"expected {service.language}")
    if story.section not in {section.id for section in service.sections}:
        return StoryError(place, "tamizdat.section", f"no section {story.section!r}")
    return None


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(DOCUMENT_BYTES + 2):
                number += 1
                if line.strip():
                    yield number, line
    except OSError as error:
        raise ContentError(f"{path}: {error.strerror}") from error
