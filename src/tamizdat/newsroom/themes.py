"""Read the folder of templates and rules that a newsroom made for its pages.

`theme/` in the home of the newsroom holds them for every service, `theme/<service>/`
for one. Decides that a file with a mistake stands on no page: the theme's own part does
in its place, and whoever looks at the preview reads which file and line it is.
"""

import json
import logging
from pathlib import Path
from typing import Any

from django.conf import settings

from tamizdat.edition import dress
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import EditionError
from tamizdat.edition.services import Crowd, crowded, flaw_of
from tamizdat.edition.stories import Service

FILES = {"mast": "mast.html", "foot": "foot.html", "style": "style.css"}
LONGEST = 2_000  # characters of a template

log = logging.getLogger(__name__)


def dressed(document: dict[str, Any]) -> dict[str, Any]:
    """Add to a service document what stands in the folder for it."""
    parts = parts_of(document)[0]
    return document | {"look": document.get("look", {}) | parts} if parts else document


def parts_of(document: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Read what stands in the folder for a service.

    Args:
        document: of the service, without any of it.

    Returns:
        What a service document says of it, by key; and what is wrong: file, line,
        reason.
    """
    parts: dict[str, str] = {}
    wrong: list[str] = []
    for key, name in FILES.items():
        path = _path(document["id"], name)
        if path is None:
            continue
        try:
            text = _read(path, document)
            _check_room(document, parts | {key: text})
        except ValueError as error:
            log.warning("%s: %s; pages keep the theme's own", path, error)
            wrong.append(f"{path.relative_to(settings.TAMIZDAT.path)}: {error}")
        else:
            parts |= {key: text} if text else {}
    return parts, wrong


def _path(service: str, name: str) -> Path | None:
    folder = settings.TAMIZDAT.path / "theme"
    places = (folder / service / name, folder / name)
    return next((path for path in places if path.is_file()), None)


def _read(path: Path, document: dict[str, Any]) -> str:
    """Read one file.

    Raises:
        ValueError: it cannot stand on a page.
    """
    try:
        text = path.read_text("utf-8").rstrip()
    except UnicodeDecodeError as error:
        raise ValueError(f"expected UTF-8: {error.reason}") from error
    if path.suffix == ".css":
        return dress.kept(text)
    if len(text) > LONGEST:
        raise ValueError(f"{len(text)} characters, at most {LONGEST}")
    flaw = flaw_of(text, _service(document)) if text else ""
    if flaw:
        raise ValueError(flaw)
    return text


def _check_room(document: dict[str, Any], parts: dict[str, str]) -> None:
    """Refuse what leaves pages no room for news.

    Raises:
        ValueError: says how much there may be.
    """
    look = document.get("look", {}) | {key: text for key, text in parts.items() if text}
    crowd = crowd_of(document | {"look": look})
    if crowd is not None and crowd_of(document) is None:
        raise ValueError(crowd.reason)


def crowd_of(document: dict[str, Any]) -> Crowd | None:
    """Find what of a service leaves its pages no room; None of one that is refused."""
    try:
        return crowded(_service(document))
    except ValueError:
        return None


def _service(document: dict[str, Any]) -> Service:
    try:
        found = read_document(json.dumps(document).encode(), "service")
    except EditionError as error:
        raise ValueError(f"the service itself: {error}") from error
    if not isinstance(found, Service):
        raise TypeError("expected a service")
    return found
