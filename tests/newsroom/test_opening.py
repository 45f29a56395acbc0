"""Opening an article that has only a ledger: the form says what the release says."""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hands import keep_attachment
from patience import examples
from tamizdat.edition.languages import listed
from tamizdat.newsroom import actions, pictures
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.errors import OpeningError
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Picture,
    Release,
    ServicePage,
    Story,
)
from tamizdat.newsroom.renditions import renditions, write_rendition
from tamizdat.newsroom.writing.opening import open_article

SAMPLES = Path(__file__).parent / "samples"
TIME = datetime(2026, 11, 20, 9, tzinfo=UTC)
WORDS = (
    st.text("abcджя نم<>&|'\"\u200f", min_size=1, max_size=30)
    .map(str.split)
    .map(" ".join)
    .filter(bool)
)
MAYBE = st.none() | WORDS
SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)


@pytest.fixture
def store(db: None, photo: bytes) -> dict[str, Any]:
    """Give what documents may show: a picture, what is left of one, files."""
    picture = actions.keep_picture(photo, "Street", "A street", "")
    mp3 = (SAMPLES / "tone.mp3").read_bytes()
    return {
        "whole": [row.document() for row in renditions(picture, pictures.WHOLE)],
        "wide": [row.document() for row in renditions(picture)],
        "square": [row.document() for row in renditions(picture, pictures.SQUARE)],
        "uri": _uri(picture),
        "left": _printed_alone(),
        "audio": keep_attachment("audio", mp3, "Tone", credit="Us"),
        "document": keep_attachment("document", b"a,b\n", "Table", name="t.csv"),
    }


def _uri(picture: Picture) -> str:
    with picture.open_file() as file:
        return f"sha256:{hashlib.sha256(file.read()).hexdigest()}"


def _printed_alone() -> list[dict[str, Any]]:
    """Keep files of a picture whose original the newsroom never had."""
    out = io.BytesIO()
    Image.new("RGB", (320, 180), "teal").save(out, "JPEG")
    return [
        {
            "name": "320.jpg",
            "href": f"sha256:{write_rendition(out.getvalue())}",
            "contentType": "image/jpeg",
            "width": 320,
            "height": 180,
            "sizeInBytes": len(out.getvalue()),
        }
    ]


@st.composite
def texts(draw: Any, kinds: tuple[str, ...]) -> dict[str, Any]:
    """Draw a block of text."""
    kind = draw(st.sampled_from(kinds))
    if kind == "list":
        items = draw(st.lists(WORDS, min_size=1, max_size=3))
        return {"kind": kind, "items": items, **draw(SPOKEN)}
    if kind == "table":
        width = draw(st.integers(1, 3))
        cells = st.lists(WORDS, min_size=width, max_size=width)
        rows = draw(st.lists(cells, min_size=1, max_size=3))
        return {"kind": kind, "rows": rows, **draw(SPOKEN)}
    text = draw(WORDS)
    # Marks of one kind that overlap say no more than one: no rich text has them.
    kinds = st.lists(_marks(len(text)), max_size=2, unique_by=lambda m: m["kind"])
    marks = draw(kinds)
    block = {"kind": kind, "text": text}
    if marks or kind == "paragraph":
        block["marks"] = sorted(
            marks,
            key=lambda m: (m["from"], -m["to"], m["kind"] != "language", m["kind"]),
        )
    return block


@st.composite
def _marks(draw: Any, length: int) -> dict[str, Any]:
    start = draw(st.integers(0, length - 1))
    mark = {
        "kind": draw(st.sampled_from(["strong", "em", "link", "language"])),
        "from": start,
        "to": draw(st.integers(start + 1, length)),
    }
    extra = {"link": {"href": "https://a.example/?b&c"}, "language": draw(LANGUAGE)}
    return mark | extra.get(mark["kind"], {})


# The form offers the first three; a document may name any.
TAGS = ("fa", "ka", "zh-Hant", "ku-Arab", "tt-Latn", "de-CH", "zh-TW")
LANGUAGE = st.sampled_from(TAGS).map(lambda tag: {"language": tag})
SPOKEN = st.just({}) | LANGUAGE
TEXTS = ("paragraph", "subhead", "quote", "list", "table")


class _Builder:
    """Draws the body of a document and names what it shows, as the newsroom does."""

    def __init__(self, draw: Any, store: dict[str, Any]) -> None:
        self.draw, self.store = draw, store
        self.associations: list[dict[str, Any]] = []
        self._counts: dict[str, int] = {}

    def _name(self, letter: str) -> str:
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return f"{letter}{self._counts[letter]}"

    def picture(self, name: str = "", shape: str = "whole") -> str:
        draw, left = self.draw, self.draw(st.booleans())
        name = name or self._name("p")
        entry = {
            "name": name,
            "uri": f"sha256:{'6' * 64}" if left else self.store["uri"],
            "type": "picture",
            "by": draw(MAYBE),
            "descriptions": [
                {"role": "caption", "value": draw(WORDS)},
                {"role": "alt", "value": draw(WORDS)},
            ],
            "renditions": self.store["left" if left else shape],
        }
        terms = draw(MAYBE)
        self.associations.append(entry | ({"usageTerms": terms} if terms else {}))
        return name

    def video(self) -> str:
        name, href = self._name("v"), "https://video.example/77"
        self.picture(name, "wide")
        page = {
            "name": "page",
            "href": href,
            "contentType": "text/html",
            "duration": self.draw(st.integers(1, 359_999)),
        }
        entry = self.associations[-1]
        rows = [*entry["renditions"], page]
        entry |= {"type": "video", "uri": href, "renditions": rows}
        return name

    def attachment(self, kind: str) -> str:
        kept = self.store[kind]
        name = self._name("a" if kind == "audio" else "d")
        entry = {
            "name": name,
            "type": "audio" if kind == "audio" else "text",
            "uri": f"sha256:{kept.digest}",
            "by": self.draw(MAYBE),
            "headlines": [{"role": "main", "value": self.draw(WORDS)}],
            "renditions": [file.document() for file in kept.files.all()],
        }
        if kind == "audio" and self.draw(st.booleans()):
            said = self.draw(st.lists(WORDS, min_size=1, max_size=2))
            entry["bodies"] = [{"role": "transcript", "value": one} for one in said]
            caption = {"role": "caption", "value": self.draw(WORDS)}
            entry["descriptions"] = [caption]
        self.associations.append(entry)
        return name

    def block(self) -> dict[str, Any]:  # noqa: PLR0911 (one for each kind)
        kinds = ["text"] * 3 + ["picture", "gallery", "video", "audio", "document"]
        kinds += ["box", "embed"]
        match self.draw(st.sampled_from(kinds)):
            case "text":
                return self.draw(texts(TEXTS))
            case "picture":
                return {"kind": "picture", "name": self.picture()}
            case "gallery":
                names = [self.picture() for _ in range(self.draw(st.integers(1, 2)))]
                return {"kind": "gallery", "names": names, "title": self.draw(MAYBE)}
            case "video":
                return {"kind": "video", "name": self.video()}
            case "box":
                body = self.draw(st.lists(texts(TEXTS), min_size=1, max_size=2))
                return {"kind": "box", "title": self.draw(MAYBE), "body": body}
            case "embed":
                return {
                    "kind": "embed",
                    "href": "https://t.example/1?a=b",
                    "text": self.draw(WORDS),
                    "source": self.draw(MAYBE),
                }
            case kind:
                return {"kind": kind, "name": self.attachment(kind)}

    def post(self, hour: int) -> dict[str, Any]:
        return {
            "kind": "post",
            "id": f"{self.draw(SLUGS)}-{hour}",
            "time": f"2026-11-20T{hour:02}:30:05Z",
            "headline": self.draw(MAYBE),
            "by": self.draw(MAYBE),
            "body": [self.block()],
        }


def _content(data: Any, store: dict[str, Any], service: Any, other: Article) -> Any:
    draw = data.draw
    build = _Builder(draw, store)
    if draw(st.booleans()):
        build.picture("lead", "wide")
    body = [build.block() for _ in range(draw(st.integers(1, 3)))]
    live = draw(st.sampled_from([None, "live", "ended"]))
    if live:
        body += [build.post(hour) for hour in (8, 5)]
    bylines = [_byline(draw, build, n) for n in range(1, draw(st.integers(2, 3)))]
    address = actions.fresh_id()
    related = {
        "service": other.service.service_id,
        "id": other.address,
        "published": "2026-11-19T09:00:00Z",
        "headline": other.headline,
        "language": "fa",
    }
    some = {
        "sections_also": draw(st.sampled_from([[], ["law"]])),
        "live": {"state": live} if live else None,
        "places": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "id": SLUGS,
                        "name": WORDS,
                        "territory": st.just("CH-GE"),
                    }
                ),
                max_size=2,
                unique_by=lambda row: row["id"],
            )
        ),
        "related": draw(st.sampled_from([[], [related]])),
        "permalinks": draw(st.sampled_from([[], ["http://old.example/1?a=b"]])),
    }
    lineage = {
        "relation": "condensed",
        "service": "fa",
        "id": other.address,
        "release": 1,
        "name": other.service.title,
        "language": other.service.language,
        "by": draw(WORDS),
    }
    heads = [{"role": "main", "value": draw(WORDS)}]
    if draw(st.booleans()):
        heads.append({"role": "kicker", "value": draw(WORDS)})
    subjects = draw(
        st.lists(
            st.fixed_dictionaries({"name": WORDS, "literal": SLUGS}),
            max_size=3,
            unique_by=lambda row: row["literal"],
        )
    )
    content = {
        "uri": f"tag:elsewhere.example,2001:{address}",
        "type": "text",
        "language": service.language,
        "pubStatus": "usable",
        "urgency": draw(st.none() | st.integers(1, 9)),
        "slugline": draw(MAYBE),
        "headlines": heads,
        "descriptions": draw(
            st.sampled_from([[], [{"role": "summary", "value": "It is old."}]])
        ),
        "by": listed([byline["name"] for byline in bylines], service.language),
        "associations": build.associations,
        "tamizdat": {
            "format": "tamizdat-story/1",
            "service": service.service_id,
            "id": address,
            "section": "society",
            "breaking": False,
            "dateline": draw(
                st.sampled_from([None, {"place": "Geneva", "date": "2026-11-20"}])
            ),
            "body": body,
            "credit_line": draw(MAYBE),
            "bylines": bylines,
            "lineage": draw(st.sampled_from([None, lineage])),
            **{key: value for key, value in some.items() if value},
        },
    }
    return content | ({"subjects": subjects} if subjects else {})


def _byline(draw: Any, build: _Builder, number: int) -> dict[str, Any]:
    row = {"name": draw(WORDS), "role": draw(MAYBE), "bio": draw(MAYBE)}
    kind = draw(st.sampled_from(["", "person", "service"]))
    if kind:
        row["kind"] = kind
    if kind == "person" and draw(st.booleans()):
        row["portrait"] = {
            "wide": f"b{number}-wide",
            "square": f"b{number}-square",
        }
        for shape in ("wide", "square"):
            entry = {
                "name": f"b{number}-{shape}",
                "uri": build.store["uri"],
                "type": "picture",
                "by": None,
                "descriptions": [{"role": "alt", "value": "A street"}],
                "renditions": build.store[shape],
            }
            build.associations.append(entry)
    return row


def imported(service: ServicePage, content: dict[str, Any]) -> Article:
    """Bring an article in as an archive does: a ledger, and no page."""
    article = Article.objects.create(
        service=service,
        story=Story.objects.create(),
        address=content["tamizdat"]["id"],
    )
    lineage = content["tamizdat"].get("lineage")
    source = Article.objects.get(address=lineage["id"]) if lineage else None
    release = Release(
        number=1,
        kind="publish",
        time=TIME,
        salt=actions.fresh_salt(),
        content=content,
    )
    actions.append_release(article, release, source)
    return article


@pytest.fixture
def other(persian: ServicePage) -> Article:
    """Give a released article of another service, which others may name."""
    page = actions.create_article(
        persian,
        "حق دانستن",
        [{"kind": "paragraph", "text": "متن"}],
        None,
        section="society",
    )
    time = datetime(2026, 11, 19, 9, tzinfo=UTC)
    actions.publish_article(page, None, time=time)
    return page.article


@settings(
    max_examples=examples(6, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_opened_page_says_what_its_release_says(
    data: Any, english: ServicePage, other: Article, store: dict[str, Any]
) -> None:
    """For every block and field: the page's document is the release's content."""
    content = _content(data, store, english, other)
    article = imported(english, content)

    page = open_article(article, None)

    assert content == article_content(ArticlePage.objects.get(pk=page.pk))
    assert content == article_content(page.get_latest_revision_as_object())
    assert 1 == article.releases.count()


def test_opened_page_waits_for_nothing(
    english: ServicePage, editor: Any, other: Article
) -> None:
    """Opening releases nothing, and publishing it as it stands neither."""
    article = imported(english, _plain(english))

    page = open_article(article, editor)

    assert page.live
    assert not page.has_unpublished_changes
    assert actions.publish_article(page, editor) is None
    assert page == open_article(article, editor)


def test_opened_page_is_updated_like_any_other(
    english: ServicePage, editor: Any
) -> None:
    """What an editor changes goes out as the next release, under the same URI."""
    page = open_article(imported(english, _plain(english)), editor)
    page.title = "Who Knew"

    release = actions.publish_article(page, editor)

    assert release is not None
    assert (2, "update") == (release.number, release.kind)
    assert "tag:elsewhere.example,2001:a" == release.content["uri"]


def test_article_that_names_what_is_not_here_is_refused(
    english: ServicePage, editor: Any
) -> None:
    """Nothing is left out in silence: the place is named, and no page is made."""
    content = _plain(english)
    content["tamizdat"]["related"] = [
        {
            "service": "xx",
            "id": "gone",
            "published": "2026-11-19T09:00:00Z",
            "headline": "Gone",
            "language": None,
        }
    ]
    article = imported(english, content)

    with pytest.raises(OpeningError, match="xx/gone"):
        open_article(article, editor)

    assert not ArticlePage.objects.filter(article=article).exists()


def test_headline_too_long_for_the_form_is_refused(
    english: ServicePage, editor: Any
) -> None:
    """What a field cannot hold is not cut off."""
    content = _plain(english)
    content["headlines"][0]["value"] = "x" * 300

    with pytest.raises(OpeningError, match="title"):
        open_article(imported(english, content), editor)


def test_draft_without_a_release_cannot_be_opened(draft: ArticlePage) -> None:
    """There is nothing to open."""
    article = Article.objects.create(
        service=draft.service, story=Story.objects.create(), address="bare"
    )

    with pytest.raises(OpeningError, match="never released"):
        open_article(article, None)


def _plain(service: ServicePage) -> dict[str, Any]:
    return {
        "uri": "tag:elsewhere.example,2001:a",
        "type": "text",
        "language": service.language,
        "pubStatus": "usable",
        "urgency": None,
        "slugline": None,
        "headlines": [{"role": "main", "value": "Who May Know"}],
        "descriptions": [],
        "by": None,
        "associations": [],
        "tamizdat": {
            "format": "tamizdat-story/1",
            "service": service.service_id,
            "id": "imported",
            "section": "society",
            "breaking": False,
            "dateline": None,
            "body": [{"kind": "paragraph", "text": "Everyone.", "marks": []}],
            "credit_line": None,
            "bylines": [{"name": "A Reporter", "role": None, "bio": None}],
            "lineage": None,
        },
    }
