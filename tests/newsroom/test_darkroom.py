"""One picture's life: covered, checked, worded, replaced, let go, and who may what."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from newsroom import planted
from newsroom.article_form import form
from newsroom.conftest import enter, staff
from newsroom.test_opening import imported
from tamizdat.newsroom import actions
from tamizdat.newsroom.darkroom import (
    covering,
    originals,
    replacing,
    rights,
    vault,
    words,
)
from tamizdat.newsroom.desk.due import PICTURE, due
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.errors import ObstacleError, PictureError, VaultError
from tamizdat.newsroom.models import (
    ArticlePage,
    Person,
    Picture,
    PictureWords,
    PrivateOriginal,
    Rendition,
    ServiceDesk,
    Showing,
)
from tamizdat.newsroom.obstacles import obstacles
from tamizdat.newsroom.pictures import Block
from tamizdat.newsroom.renditions import rendition_path, renditions
from tamizdat.newsroom.roles import ROLES

NOW = datetime.now(UTC)
YESTERDAY = NOW.date() - timedelta(days=1)
PASSPHRASE = "correct horse battery"  # noqa: S105 (of a key made here)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Give an empty media folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def page(draft: ArticlePage, english: Any) -> ArticlePage:
    """Give a draft with a picture at its head."""
    actions.attach_picture(draft, photo("white"), "A street", "People walk")
    return draft


def photo(colour: str) -> bytes:
    """Make a picture with a red square, the face, in its middle."""
    image = Image.new("RGB", (400, 300), colour)
    image.paste("red", (150, 100, 250, 200))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _is_red(data: bytes) -> bool:
    """Say whether anything of the square can be seen."""
    colours = Image.open(io.BytesIO(data)).convert("RGB").getcolors(1 << 20) or []
    return any(red > 120 and green < 90 for _n, (red, green, _b) in colours)


# Who is on it


def test_covered_face_is_in_no_file_any_more(
    page: ArticlePage, editor: Any, media: Path, client: Client
) -> None:
    """Blocks are burnt into the kept file; older sizes and small views go."""
    picture: Any = page.lead_picture
    picture.get_rendition("max-165x165")
    assert any(map(_is_red, _bytes_below(media)))
    client.force_login(editor)
    place = reverse("newsroom_picture_faces", args=(picture.pk,))

    blocks = json.dumps([[140, 90, 120, 120], [390, 0, 900, 900]])
    seen = picture.file_hash
    with_blocks = {"blocks": blocks, "cover": "1", "seen": seen}
    answer = client.post(place, with_blocks)
    # The files go when it is committed, which a test never does.
    picture = Picture.objects.get()
    renditions(picture)

    assert 302 == answer.status_code
    assert seen != picture.file_hash
    with picture.open_file() as file:
        assert not _is_red(file.read())
    for row in Rendition.objects.all():
        assert not _is_red(rendition_path(row.sha256).read_bytes())


def _bytes_below(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_files_of_an_uncovered_picture_are_deleted(editor: Any, media: Path) -> None:
    """Once it is committed, no byte of the face lies on the disk."""
    picture = actions.keep_picture(photo("white"), "A street")
    assert [data for data in _bytes_below(media) if _is_red(data)]

    covering.cover(picture, [Block(140, 90, 120, 120)], editor)

    assert 1 <= len([data for data in _bytes_below(media) if data])
    assert not [data for data in _bytes_below(media) if data and _is_red(data)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "draw a block"),
        ("[]", "draw a block"),
        ("[[900, 900, 10, 10]]", "draw a block"),
        ("{", "four whole numbers"),
        ("[[1, 2, 3]]", "four whole numbers"),
        ("[[1, 2, 3, 4.5]]", "four whole numbers"),
        ('[["1", 2, 3, 4]]', "four whole numbers"),
        (json.dumps([[1, 1, 9, 9]] * 101), "four whole numbers"),
    ],
)
def test_odd_blocks_cover_nothing(text: str, why: str) -> None:
    """What is no block is refused, and the picture stays what it was."""
    with pytest.raises(PictureError, match=why):
        covering.read_blocks(text, (400, 300))


def test_source_goes_out_only_after_somebody_looked(
    page: ArticlePage, editor: Any, client: Client
) -> None:
    """A check is recorded with who and when, and any change makes it void."""
    picture: Any = page.lead_picture
    picture.depicts_source = True
    picture.save()
    with pytest.raises(ObstacleError, match="look for faces and number plates"):
        actions.publish_article(page, editor)
    client.force_login(editor)
    place = reverse("newsroom_picture_faces", args=(picture.pk,))

    client.post(place, {"check": "1", "seen": picture.file_hash})
    assert picture.is_checked
    assert "editor" in client.get(place).content.decode()

    covering.cover(picture, [Block(0, 0, 9, 9)], editor)
    assert not picture.is_checked
    client.post(place, {"check": "1", "seen": "another file"})
    assert not picture.is_checked
    covering.check(picture, editor, NOW)
    assert actions.publish_article(ArticlePage.objects.get(pk=page.pk), editor)
    logged = ModelLogEntry.objects.filter(object_id=str(picture.pk))
    told = {entry.action for entry in logged}
    assert {covering.CHECKED, covering.COVERED} <= told


def test_source_that_readers_have_is_told_at_home(
    page: ArticlePage, english: Any, editor: Any, client: Client
) -> None:
    """Until somebody has looked, and readers have what was looked at."""
    actions.publish_article(page, editor)
    picture = Picture.objects.get()
    picture.collection = english.desk.pictures
    picture.save()
    edit = reverse("wagtailimages:edit", args=(picture.pk,))
    fields = {"title": "A", "description": "B", "tags": "", "collection": ""}
    home = reverse("wagtailadmin_home")

    def say(**typed: Any) -> set[str]:
        client.post(edit, {**fields, "collection": picture.collection_id, **typed})
        logged = ModelLogEntry.objects.filter(object_id=str(picture.pk))
        return {one.action for one in logged if one.user.username == "pictures"}

    client.force_login(staff("far", english, "translator"))
    say(depicts_source="on")
    assert not Picture.objects.get().depicts_source
    client.force_login(staff("pictures", english, "picture-editor"))
    assert "shows a source" not in client.get(home).content.decode()
    assert covering.SHOWS in say(depicts_source="on")
    assert "nobody has looked at it" in client.get(home).content.decode()

    picture.refresh_from_db()
    covering.cover(picture, [Block(140, 90, 120, 120)], editor)
    covering.check(picture, editor, NOW)
    renditions(Picture.objects.get())
    assert "an older file of it" in client.get(home).content.decode()
    assert list(replacing.release_everywhere(replacing.uses(picture), editor))
    assert "shows a source" not in client.get(home).content.decode()
    assert covering.SHOWS_NOT in say()


# Words and rights


def test_words_of_a_language_stand_where_an_article_has_none(
    page: ArticlePage, persian: Any, editor: Any, client: Client
) -> None:
    """The article's own words come first, then the language's, then the picture's."""
    picture: Any = page.lead_picture
    client.force_login(editor)
    fields = {"caption-fa": "یک خیابان", "alt-fa": "مردم", "credit-en": "The desk"}
    client.post(reverse("newsroom_picture_words", args=(picture.pk,)), fields)
    page.lead_caption = page.lead_alt = page.lead_credit = ""
    told = words.told(picture, "fa", {"credit": "عکاس"})

    assert told == {
        "caption": "یک خیابان",
        "alt": "مردم",
        "credit": "عکاس",
        "terms": "",
    }
    assert ["Say what the picture shows."] == obstacles(page, editor, "publish")
    entry = article_content(page)["associations"][0]
    assert ("The desk", "People walk") == (
        entry["by"],
        entry["descriptions"][0]["value"],
    )
    client.post(reverse("newsroom_picture_words", args=(picture.pk,)), {})
    assert not PictureWords.objects.exists()


def test_words_in_the_letters_of_another_language_are_a_warning(
    page: ArticlePage, persian: Any, editor: Any
) -> None:
    """A description in English is no description for who listens in Persian."""
    picture: Any = page.lead_picture
    page.lead_alt = page.lead_credit = ""
    page.opened_in = persian
    there = list(rights.foreign_words(page, "fa"))
    here = list(rights.foreign_words(page, "en"))
    words.keep(picture, [PictureWords(language="fa", alt="مردم", credit="عکاس")])
    page.lead_picture = Picture.objects.get(pk=picture.pk)

    assert ["lead_picture"] == [field for _text, field in there]
    assert [] == here
    assert [] == list(rights.foreign_words(page, "fa"))


def test_picture_whose_right_ends_before_the_hour_is_told_when_that_is_set(
    page: ArticlePage, editor: Any
) -> None:
    """Nobody waits for the night to hear of it."""
    now = datetime.now(UTC)
    page.lead_picture.expires = now.date() + timedelta(days=1)
    assert [] == list(rights.faults(page, "en", "publish"))

    page.go_live_at = now + timedelta(days=3)
    assert "ended on" in " ".join(t for t, _f in rights.faults(page, "en", "publish"))


def test_picture_without_a_description_goes_out_nowhere(
    page: ArticlePage, editor: Any
) -> None:
    """In the head, in the text and in a gallery, each is described for everyone."""
    bare = actions.keep_picture(photo("blue"), "Bare")
    row = {"picture": bare, "caption": "Blue"}
    page.body = [("picture", row), ("gallery", {"pictures": [row]})]
    page.save_revision()

    refused = " ".join(obstacles(page, editor, "publish"))

    assert 2 == refused.count("Describe the picture")
    words.keep(bare, [PictureWords(language="en", alt="Blue walls")])
    fresh = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert actions.publish_article(fresh, editor)


def test_lapsed_picture_is_offered_and_released_no_more(
    page: ArticlePage, editor: Any, client: Client, english: Any
) -> None:
    """It was told of before; a retraction goes out all the same."""
    picture: Any = page.lead_picture
    actions.publish_article(page, editor)
    assert Showing.objects.get(picture=picture).article == page.article
    picture.expires = NOW.date() + timedelta(days=3)
    picture.save()
    (one,) = due([english], NOW, NOW + timedelta(days=7))
    assert (PICTURE, 4) == (one.kind, (one.time.date() - NOW.date()).days)
    client.force_login(editor)
    assert "ends on" in client.get(reverse("wagtailadmin_home")).content.decode()

    results = reverse("wagtailimages_chooser:choose_results")
    chosen = reverse("wagtailimages_chooser:chosen", args=(picture.pk,))
    searched = client.get(results, {"q": picture.title})
    assert chosen in searched.content.decode()

    picture.expires = YESTERDAY
    picture.save()
    page.refresh_from_db()
    page.title = "Who May Know Now"

    offered = client.get(reverse("wagtailimages_chooser:choose")).content.decode()
    assert picture.title not in json.loads(offered)["html"]
    searched = client.get(results, {"q": picture.title})
    assert chosen not in searched.content.decode()
    with pytest.raises(ObstacleError, match="ended on"):
        actions.publish_article(page, editor, "correction", "A word.")
    uses = reverse("newsroom_picture_uses", args=(picture.pk,))
    assert "ended on" in client.get(uses).content.decode()
    assert "still have it" in client.get(reverse("wagtailadmin_home")).content.decode()
    assert not obstacles(page, None, "retraction")


# Replacing


def test_replaced_picture_reaches_every_story_by_one_press(
    page: ArticlePage, persian: Any, editor: Any, client: Client
) -> None:
    """Readers get the new one with a minor release; a draft beside it stays."""
    actions.publish_article(page, editor)
    other = actions.create_article(
        persian, "دو", [{"kind": "paragraph", "text": "متن"}], editor, section="society"
    )
    other.body = [("picture", {"picture": page.lead_picture, "caption": "یک"})]
    other.save_revision()
    actions.publish_article(other, editor)
    other.title = "پیش‌نویس"
    other.save_revision()
    client.force_login(editor)
    picture: Any = page.lead_picture
    edit = reverse("wagtailimages:edit", args=(picture.pk,))
    file = SimpleUploadedFile("b.png", photo("green"), "image/png")
    fields = {"title": "Green", "description": "Trees", "file": file, "tags": ""}
    client.post(edit, fields | {"collection": picture.collection_id})
    picture = Picture.objects.get()
    assert 2 == sum(use.old for use in replacing.uses(picture))

    uses = reverse("newsroom_picture_uses", args=(picture.pk,))
    assert "2 stories show an older picture" in client.get(uses).content.decode()
    client.post(uses)

    assert not [use for use in replacing.uses(picture) if use.old]
    files = {row.sha256 for row in picture.sizes.filter(master=picture.file_hash)}
    for one in (page, other):
        one.article.refresh_from_db()
        newest = one.article.newest_release
        assert (2, "minor") == (newest.number, newest.kind)
        hrefs = newest.content["associations"][0]["renditions"]
        assert {row["href"].removeprefix("sha256:") for row in hrefs} <= files
    draft = ArticlePage.objects.get(pk=other.pk).get_latest_revision_as_object()
    assert "پیش‌نویس" == draft.title
    assert "دو" == other.article.newest_release.content["headlines"][0]["value"]


def test_story_that_nobody_opened_gets_the_replaced_picture(
    page: ArticlePage, english: Any, editor: Any, client: Client
) -> None:
    """Opening it brings back neither the old file nor the words of the old one."""
    actions.publish_article(page, editor)
    picture = Picture.objects.get()
    content = page.article.newest_release.content
    content["tamizdat"]["id"] = "came-in-alone"
    article = imported(english, content)
    edit = reverse("wagtailimages:edit", args=(picture.pk,))
    file = SimpleUploadedFile("b.png", photo("green"), "image/png")
    fields = {"title": "Green", "description": "Trees", "file": file, "tags": ""}
    fields |= {"credit": "Another", "collection": picture.collection_id}
    client.force_login(editor)
    client.post(edit, fields)
    saved = client.get(edit).content.decode()
    client.post(reverse("newsroom_picture_uses", args=(picture.pk,)))

    assert "Readers of 2 stories have the picture as it was" in saved
    picture = Picture.objects.get()  # and no second one
    assert not [use for use in replacing.uses(picture) if use.old]
    article.refresh_from_db()
    (entry,) = article.newest_release.content["associations"]
    files = {row.sha256 for row in picture.sizes.filter(master=picture.file_hash)}
    assert {row["href"].removeprefix("sha256:") for row in entry["renditions"]} <= files
    said = {row["role"]: row["value"] for row in entry["descriptions"]}
    assert ("Trees", "A street") == (said["alt"], said["caption"])
    assert "Another" == entry["by"]


def test_picture_is_not_typed_past_the_chooser(
    page: ArticlePage, english: Any, client: Client
) -> None:
    """A number of another desk's picture, or a lapsed one, is refused in words."""
    foreign = actions.keep_picture(photo("blue"), "Secret title", "x", "")
    lapsed = actions.keep_picture(photo("grey"), "Old street", "x", "")
    lapsed.collection = ServiceDesk.objects.get(service=english).pictures
    lapsed.expires = YESTERDAY
    lapsed.save()
    client.force_login(staff("desk", english, "editor"))
    edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))

    def sent(**fields: Any) -> str:
        return client.post(edit, form(**fields), follow=True).content.decode()

    said = sent(lead_picture=str(foreign.pk))
    assert f"The picture with the number {foreign.pk} is not one of those" in said
    assert "Secret title" not in said
    assert "“Old street” ended on" in sent(lead_picture=str(lapsed.pk))
    said = sent(**_picture_block(foreign.pk))
    assert f"The picture with the number {foreign.pk} is not one of those" in said
    latest: Any = ArticlePage.objects.get().get_latest_revision_as_object()
    assert page.lead_picture == latest.lead_picture
    ours = str(latest.lead_picture.pk)  # of nobody's collection, there before
    assert "is not one of those" not in sent(lead_picture=ours, title="Kept")
    latest = ArticlePage.objects.get().get_latest_revision_as_object()
    assert ("Kept", ours) == (latest.title, str(latest.lead_picture_id))

    names = {"language": "en", "name": "A Reporter", "role": "", "bio": ""}
    person = {"kind": "named", "portrait": str(foreign.pk)}
    fields = nested_form_data({**person, "names": inline_formset([names])})
    said = client.post(
        reverse("wagtailsnippets_newsroom_person:add"), fields
    ).content.decode()
    assert f"The picture with the number {foreign.pk} is not one of those" in said
    assert "Secret title" not in said
    assert not Person.objects.exists()


def _picture_block(key: int) -> dict[str, str]:
    """Write a body of one picture as the form sends it."""
    fields = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0"}
    fields |= {"body-0-type": "picture", "body-0-id": ""}
    words = {"caption": "x", "alt": "x", "credit": "", "terms": ""}
    fields |= {f"body-0-value-{name}": text for name, text in words.items()}
    return fields | {"body-0-value-picture": str(key)}


# Private originals


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give a newsroom the key to originals, of a cheap passphrase."""
    path = tmp_path / "originals.key"
    path.write_text(vault.new_key(PASSPHRASE, 1 << 12))
    monkeypatch.setattr(originals, "key_path", lambda: path)
    return path


def test_original_is_kept_sealed_opened_by_right_and_erased_in_time(
    key: Path, english: Any, editor: Any, client: Client, media: Path
) -> None:
    """No byte of it lies open, each try is logged, and after its day it is gone."""
    came = planted.picture("JPEG")
    file = SimpleUploadedFile("a.jpg", came, "image/jpeg")
    fields = {"title": "A", "file": file, "tags": "", "keep_original": "on"}
    fields |= {"original_until": NOW.date().isoformat()}
    fields |= {"collection": english.desk.pictures.pk}
    client.force_login(editor)
    client.post(reverse("wagtailimages:add"), fields)
    row = PrivateOriginal.objects.get()
    for data in _bytes_below(media):
        assert not [trace for trace in planted.TRACES if trace in data]
    place = reverse("newsroom_original", args=(row.pk,))

    enter(client, staff("chief", english, "chief-editor"))
    wrong = client.post(place, {"passphrase": "not the one at all"})
    right = client.post(place, {"passphrase": PASSPHRASE})

    assert b"passphrase is wrong" in wrong.content
    assert came == right.content
    logged = ModelLogEntry.objects.filter(action=originals.OPENED)
    assert ["chief", "chief"] == [entry.user.username for entry in logged]
    assert 0 == originals.erase_due(NOW)
    assert 1 == originals.erase_due(NOW + timedelta(days=1))
    assert not originals.place(row.sha256).exists()


def test_passphrase_alone_opens_no_original(
    key: Path, english: Any, persian: Any, editor: Any, client: Client
) -> None:
    """Every role without the right is sent away, and all of them next door."""
    own = english.desk.pictures
    picture = actions.keep_picture(photo("white"), "A", collection=own)
    kept = originals.keep(picture, b"secret", NOW.date(), editor, NOW)
    place = reverse("newsroom_original", args=(kept.pk,))
    may = {key for key, role in ROLES.items() if "originals" in role.rights}
    opened = set()
    people = {role: staff(f"the {role}", english, role) for role in ROLES}
    for role, account in {**people, "far": staff("far", persian, *ROLES)}.items():
        enter(client, account)
        seen = 200 == client.get(place).status_code
        answer = client.post(place, {"passphrase": PASSPHRASE})
        assert seen == (b"secret" == answer.content)
        opened |= {role} if seen else set()
        if not seen:
            client.post(place, {"erase": "1"})

    assert {"picture-editor", "chief-editor"} == may == opened
    assert PrivateOriginal.objects.filter(pk=kept.pk).exists()


def test_original_is_offered_by_nobody_without_a_key(desk: Client) -> None:
    """A newsroom that made none keeps none."""
    page = desk.get(reverse("wagtailimages:add")).content.decode()

    assert "keep_original" not in page
    with pytest.raises(VaultError, match="no key"):
        originals.keep(Picture(), b"x", date(2026, 12, 1), None, NOW)


def test_original_goes_with_its_picture(key: Path, editor: Any) -> None:
    """Whoever deletes a picture deletes what it was made of."""
    picture = actions.keep_picture(photo("white"), "A")
    kept = originals.keep(picture, b"secret", NOW.date(), editor, NOW)
    picture.delete()

    originals.erase_due(NOW)

    assert not originals.place(kept.sha256).exists()
    assert not PrivateOriginal.objects.exists()


@pytest.mark.parametrize(("typed", "left"), [({}, 0), ({"keep_original": "on"}, 1)])
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_original_goes_with_what_is_covered(
    key: Path, desk: Client, editor: Any, typed: dict[str, str], left: int
) -> None:
    """What lies below a block is kept by nobody who did not say so."""
    picture = actions.keep_picture(photo("white"), "A")
    kept = originals.keep(picture, b"secret", NOW.date(), editor, NOW)
    page = reverse("newsroom_picture_faces", args=(picture.pk,))
    assert b"keep_original" in desk.get(page).content

    blocks = {"seen": picture.file_hash, "blocks": "[[0, 0, 9, 9]]", "cover": "1"}
    desk.post(page, {**blocks, **typed})

    assert left == PrivateOriginal.objects.count()
    assert originals.place(kept.sha256).exists() is bool(left)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda key, box: (key, box[:-1]), "another key, or was changed"),
        (lambda key, box: (key, b"x" + box), "expected a sealed original"),
        (lambda key, box: (key.replace("scrypt 4096", "scrypt 8192"), box), "wrong"),
        (lambda key, box: (key[:-2], box), "expected a key"),
    ],
)
def test_changed_key_or_original_does_not_open(change: Any, why: str) -> None:
    """Every byte of both is covered by a seal."""
    key = vault.new_key(PASSPHRASE, 1 << 12)
    changed, box = change(key, vault.seal(b"a picture", key))

    with pytest.raises(VaultError, match=why):
        vault.unseal(box, changed, PASSPHRASE)


def test_pages_of_a_picture_are_for_those_who_may_change_it(
    english: Any, persian: Any, client: Client
) -> None:
    """An editor of another service gets nowhere near."""
    picture = actions.keep_picture(
        photo("white"), "A", collection=english.desk.pictures
    )
    client.force_login(staff("stranger", persian, "chief-editor"))
    for name in ("faces", "words", "uses"):
        place = reverse(f"newsroom_picture_{name}", args=(picture.pk,))
        assert 200 != client.get(place).status_code
        assert 200 != client.post(place).status_code
        assert 404 == client.get(place.replace(f"/{picture.pk}/", "/999/")).status_code
