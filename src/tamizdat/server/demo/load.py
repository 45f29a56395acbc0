"""Fill a newsroom with the demo: its services, stories, pictures and corrections.

Everything goes through the desk's verbs, at the times the demo tells. Two steps, so
that first versions can be printed before they are corrected.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tamizdat.newsroom import actions
from tamizdat.newsroom.models import (
    ArticlePage,
    PagePlace,
    PageTag,
    Picture,
    Place,
    RelatedStory,
    Release,
    ServicePage,
    Tag,
)
from tamizdat.newsroom.pictures import WHOLE
from tamizdat.newsroom.releases.beside import with_post
from tamizdat.newsroom.writing.streams import Store, posts_stream, stream
from tamizdat.server.demo.drawings import Drawn, draw

CONTENT = Path(__file__).parent / "content"
WORKERS = 2  # processes that draw and cut pictures

Document = Mapping[str, Any]


def load(home_content: Path = CONTENT) -> None:
    """Load all of the demo at once."""
    load_services_and_stories(home_content)
    apply_corrections(home_content)


def load_services_and_stories(
    home_content: Path = CONTENT, actor: Any = None
) -> list[Release]:
    """Open the services and publish the first version of every story.

    Args:
        home_content: folder of one JSON file a service.
        actor: the account that publishes, or None.

    Returns:
        The releases, in the order of their times.
    """
    documents = _read(home_content)
    services = {d["service"]["id"]: _open(d["service"]) for d in documents}
    kept = _keep_pictures(_stories(documents))
    return [
        _publish_first(services[service], story, kept, actor)
        for service, story in _stories(documents)
    ]


def apply_corrections(home_content: Path = CONTENT, actor: Any = None) -> list[Release]:
    """Release what came after the first versions, in the order of time.

    Corrections, and each post of a live story that is later than its first version.

    Args:
        home_content: folder of one JSON file a service.
        actor: the account that publishes, or None.
    """
    changes = [
        (change["at"], service, story["id"], change)
        for service, story in _stories(_read(home_content))
        for change in (*story.get("corrections", ()), *_later_posts(story))
    ]
    changes.sort(key=lambda row: row[:3])
    return [
        _correct(service, article_id, change, actor)
        for _, service, article_id, change in changes
    ]


def _later_posts(story: Document) -> Iterator[Document]:
    """List the posts that a first version does not have, as updates of their times."""
    for post in story.get("posts", ()):
        if post["time"] > story["published"]:
            changes = {"posts": (post,)}
            yield {"at": post["time"], "kind": "update", "note": "", "changes": changes}


def _read(folder: Path) -> list[Document]:
    files = sorted(folder.glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def _stories(documents: Iterable[Document]) -> list[tuple[str, Document]]:
    """List stories with their service, in the order they were published."""
    rows = [(d["service"]["id"], story) for d in documents for story in d["stories"]]
    return sorted(rows, key=lambda row: (row[1]["published"], row[0], row[1]["id"]))


def _open(document: Document) -> ServicePage:
    notice = document.get("notice") or {}
    return actions.create_service(
        document["id"],
        document["name"],
        document["language"],
        [(section["id"], section["name"]) for section in document["sections"]],
        direction=document["direction"],
        time_zone=document["time_zone"],
        calendar=document.get("calendar", "gregorian"),
        territories=", ".join(document["territories"]),
        bio=document.get("bio") or "",
        home=document.get("home") or "",
        notice_designation=notice.get("designation") or "",
        notice_paragraphs="\n\n".join(notice.get("paragraphs", ())),
        notice_more=notice.get("more") or "",
    )


def _keep_pictures(stories: Iterable[tuple[str, Document]]) -> dict[str, Picture]:
    named: dict[str, Document] = {}
    for _service, story in stories:
        for name, words in story.get("pictures", {}).items():
            named.setdefault(name, words)
        if story.get("picture"):
            named[story["picture"]["name"]] = story["picture"]
    # Spawned, not forked: a fork would share this process's database connection.
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        drawn = zip(named, pool.map(draw, named), strict=True)
        return dict(_keep(named, drawn))


def _keep(
    named: Mapping[str, Document], drawn: Iterable[tuple[str, Drawn]]
) -> Iterator[tuple[str, Picture]]:
    for name, picture in drawn:
        words = named[name]
        yield (
            name,
            actions.keep_picture(
                picture.original,
                name,
                words["alt"],
                words.get("credit") or "",
                cuts=picture.cuts,
            ),
        )


def _publish_first(
    service: ServicePage, story: Document, kept: Mapping[str, Picture], actor: Any
) -> Release:
    article = actions.create_article(
        service,
        story["headline"],
        (),
        actor,
        address=story["id"],
        section=story["section"],
        slugline=story.get("slugline") or "",
        kicker=story.get("kicker") or "",
        standfirst=story.get("standfirst") or "",
        credit_line=story.get("credit_line") or "",
        urgency=story.get("urgency"),
        breaking=bool(story.get("breaking")),
        **_dateline(story),
        **_lead(story, kept),
        **_source(story),
    )
    _show(article, story, kept)
    _tie(article, service, story)
    return _published(article, actor, "publish", "", story["published"])


class _Drawn(Store):
    """The drawings that a story shows, with its words for them."""

    def __init__(self, story: Document, kept: Mapping[str, Picture]) -> None:
        super().__init__(())
        self._words: Mapping[str, Document] = story.get("pictures", {})
        self._kept = kept

    def picture(self, name: str, shape: str = WHOLE) -> dict[str, Any]:
        """Give a drawing as a block of the form has it. As `Store.picture`."""
        if shape != WHOLE:
            raise ValueError(f"{name}: a drawing is shown whole, not {shape}")
        words = self._words[name]
        return {"picture": self._kept[name], "terms": "", **words}


def _show(article: ArticlePage, story: Document, kept: Mapping[str, Picture]) -> None:
    """Put into a page what stands in its text."""
    drawn = _Drawn(story, kept)
    article.body = stream(story["body"], drawn)
    first = [p for p in story.get("posts", ()) if p["time"] <= story["published"]]
    article.posts = posts_stream(first, drawn)
    article.live_state = story.get("live", "")


def _tie(article: ArticlePage, service: ServicePage, story: Document) -> None:
    """Put into a page what it is about, and what goes with it."""
    article.sections_also = " ".join(story.get("sections_also", ()))
    article.place_rows = [
        PagePlace(subject=_place(service, row)) for row in story.get("places", ())
    ]
    article.tag_rows = [
        PageTag(subject=_tag(service, row)) for row in story.get("tags", ())
    ]
    others = (name.split("/") for name in story.get("related", ()))
    article.related_rows = [
        RelatedStory(article=_article(*name).article) for name in others
    ]


def _place(service: ServicePage, row: Document) -> Place:
    said = {"name": row["name"], "territory": row["territory"]}
    place: Place
    place, _made = Place.objects.get_or_create(
        service=service, key=row["id"], defaults=said
    )
    return place


def _tag(service: ServicePage, row: Document) -> Tag:
    tag: Tag
    tag, _made = Tag.objects.get_or_create(
        service=service, key=row["id"], defaults={"name": row["name"]}
    )
    return tag


def _dateline(story: Document) -> dict[str, Any]:
    dateline = story.get("dateline")
    if not dateline:
        return {}
    return {"dateline_place": dateline["place"], "dateline_date": dateline.get("date")}


def _lead(story: Document, kept: Mapping[str, Picture]) -> dict[str, Any]:
    picture = story.get("picture")
    if not picture:
        return {}
    return {
        "lead_picture": kept[picture["name"]],
        "lead_caption": picture["caption"],
        "lead_alt": picture["alt"],
        "lead_credit": picture.get("credit") or "",
    }


def _source(story: Document) -> dict[str, Any]:
    of = story.get("translation_of")
    if not of:
        return {}
    source = _article(of["service"], of.get("id", story["id"])).article
    return {"source": source, "relation": of["relation"]}


def _correct(service: str, article_id: str, change: Document, actor: Any) -> Release:
    article = _article(service, article_id)
    changes = dict(change["changes"])
    if "headline" in changes:
        article.title = changes.pop("headline")
    if "body" in changes:
        article.body = stream(changes.pop("body"), Store(()))
    for post in posts_stream(changes.pop("posts", ()), Store(())).get_prep_value():
        article.posts = with_post(article, post)
    for field, value in changes.items():
        setattr(article, field, value)
    return _published(article, actor, change["kind"], change["note"], change["at"])


def _article(service: str, article_id: str) -> ArticlePage:
    found: ArticlePage = ArticlePage.objects.get(
        article__service__service_id=service, article__address=article_id
    )
    return found


def _published(
    article: ArticlePage, actor: Any, kind: str, note: str, time: str
) -> Release:
    at = datetime.fromisoformat(time)
    release = actions.publish_article(article, actor, kind, note, time=at)
    if release is None:
        raise RuntimeError(f"{article.address}: nothing to release at {time}")
    return release
